#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes version-002.sql: the data of version 1 as that version takes them over. Only while it is not out."""

import pathlib
import sqlite3

HERE = pathlib.Path(__file__).resolve().parent
STEP = HERE.parents[2] / 'src' / 'agent' / 'sql' / 'version-002.sql'
HEAD = '''-- SPDX-FileCopyrightText: 2026 The Peal developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Data of schema version 2 with something in each table, as SQLite dumps them. Never changed once that version
-- is released: later ones must read it.
'''

db = sqlite3.connect(':memory:')
db.executescript((HERE / 'version-001.sql').read_text(encoding='utf-8'))
db.executescript(STEP.read_text(encoding='utf-8'))
lines = [*db.iterdump(), 'PRAGMA application_id=1348821356;', 'PRAGMA user_version=2;']
(HERE / 'version-002.sql').write_text(HEAD + '\n'.join(lines) + '\n', encoding='utf-8')

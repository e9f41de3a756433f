#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Writes version-001.sql: data of schema version 1 with something in each table. Only while that version is not out."""

import pathlib
import sqlite3

HERE = pathlib.Path(__file__).resolve().parent
SCHEMA = HERE.parents[2] / 'src' / 'agent' / 'sql' / 'version-001.sql'
HEAD = '''-- SPDX-FileCopyrightText: 2026 The Peal developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Data of schema version 1 with something in each table, as SQLite dumps them. Never changed once that version
-- is released: later ones must read it.
'''
STATES = ['draft', 'scheduled', 'held', 'publishing', 'published', 'in_inbox', 'failed', 'needs_review', 'cancelled']
ARMED = 1791000000000000
# Post, n, state, publish id, armed, proof.
ATTEMPTS = [(4, 1, 'DEAD', None, None, 'never_armed'), (4, 2, 'FINAL_ARMED', 'v_pub~4', ARMED, None),
            (5, 1, 'PUBLISHED', 'v_pub~5', ARMED, None), (6, 1, 'INBOX', 'v_pub~6', ARMED, None),
            (7, 1, 'FAILED_REMOTE', 'v_pub~7', ARMED, None), (8, 1, 'UNKNOWN', 'v_pub~8', ARMED, None)]
BEFORE = '''
INSERT INTO setting VALUES ('late_grace_s', '900'), ('paused', '0');
INSERT INTO lease VALUES (1, '0123456789abcdef0123456789abcdef', 'boot-1', 4711, 7);
INSERT INTO app VALUES ('production', 'aw1x2y3z', 'vault-app', 'direct', 1790000000000000);
INSERT INTO account (id, vault_key, environment, open_id, state, scopes, share_type, username, display_name, is_verified,
  connected_at, signed_in_until, next_sync) VALUES
  (1, 'vault-1', 'production', '-000Mara', 'connected', 'user.info.basic,video.publish', 'direct', 'mara.bakes',
   'Mara bäckt', 1, 1790000000000000, 1820000000000000, 1790003600000000),
  (2, 'vault-2', 'sandbox', '-000Two', 'reconnect', 'user.info.basic', 'inbox', NULL, NULL, NULL, 1790000000000000,
   NULL, NULL);
INSERT INTO slot VALUES (1, 1, 1080), (1, 7, 600);
INSERT INTO media (id, uuid, name, sha256, size, inode, mtime_ns, ctime_ns, container, video_codec, audio_codec,
  duration_us, width, height, rotation, fps_num, fps_den, created_at) VALUES
  (1, 'media-1', 'Rührkuchen.mp4', zeroblob(32), 121000000, 17, 1, 1, 'mp4', 'h264', 'aac', 20000000, 1080, 1920, 0,
   30000, 1001, 1790000000000000);
INSERT INTO post_group VALUES (1, 1790000000000000);
'''
AFTER = '''
INSERT INTO account_sample VALUES (1, 1790000000000000, 100, NULL, 2000, 12);
INSERT INTO video (account_id, id, create_time_s, title, view_count, sampled_at) VALUES
  (1, '7400000000000000001', 1791000100, 'Kuchen', 5000, 1791000200000000);
INSERT INTO video_sample VALUES (1, '7400000000000000001', 1791000200000000, 5000, NULL, 3, 0);
'''

db = sqlite3.connect(':memory:')
db.execute('PRAGMA foreign_keys=ON')
db.executescript(SCHEMA.read_text(encoding='utf-8'))
db.executescript(BEFORE)
for number, state in enumerate(STATES, 1):
    db.execute('INSERT INTO post (id, uuid, group_id, account_id, media_id, copy_of, version, state, hold_reason, due, '
               'zone, wall, caption, privacy_level, share_type, allow_comment, allow_duet, allow_stitch, your_brand, '
               'branded_content, ai_generated, cover_ms, created_at, error_reason) VALUES (?, ?, 1, 1, 1, ?, 2, ?, ?, ?, '
               "'Europe/Berlin', '2026-10-04T18:00', ?, 'SELF_ONLY', 'direct', 1, 0, 0, 0, 0, 0, -1, 1790000000000000, ?)",
               (number, f'post-{number}', 8 if state == 'cancelled' else None, state,
                'missed' if state == 'held' else '', ARMED + number, 'Kuchen 🍰 "frisch"\n#backen',
                'spam_risk' if state == 'failed' else None))
for number, (post, n, state, publish_id, armed_at, proof) in enumerate(ATTEMPTS, 1):
    db.execute('INSERT INTO attempt (id, uuid, post_id, n, state, version, post_version, lease_epoch, open_id, '
               'media_sha256, media_size, publish_id, url_expiry, armed_at, proof, started_at, post_ids) VALUES (?, ?, ?, '
               "?, ?, 5, 2, 7, '-000Mara', zeroblob(32), 121000000, ?, ?, ?, ?, 1790999000000000, ?)",
               (number, f'attempt-{number}', post, n, state, publish_id, armed_at and armed_at + 3600000000, armed_at,
                proof, '7400000000000000001' if state == 'PUBLISHED' else ''))
    db.execute("INSERT INTO event (at, post_id, attempt_id, kind, detail) VALUES (1790999000000000, ?, ?, 'reserved', ?)",
               (post, number, '{"attempt": "RESERVED"}'))
db.executescript(AFTER)
lines = [*db.iterdump(), 'PRAGMA application_id=1348821356;', 'PRAGMA user_version=1;']
(HERE / 'version-001.sql').write_text(HEAD + '\n'.join(lines) + '\n', encoding='utf-8')

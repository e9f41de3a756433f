/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-test-table.h"

G_BEGIN_DECLS

/* How the rules of TikTok's documents are broken, each by a name that the table prints. */

typedef void (*PealTestRule) (PealTestTable *table);

/* Never NULL. */
PealTestRule peal_test_rule_find (const char *name);

G_END_DECLS

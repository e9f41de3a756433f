/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What the user must know of the keyring: (transfer none) (nullable): a translated sentence with what to do;
 * NULL where all is well. @keyring: a word of PealAgentStatus, or NULL. */
const char *peal_keyring_text (const char *keyring);

G_END_DECLS

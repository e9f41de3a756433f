/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-keyring-store.h"

G_BEGIN_DECLS

/* Our items in libsecret's own encrypted file, whose password a sandbox gets from the desktop. libsecret does
 * not tell an item that is missing from a file that another password made: where nothing of ours opens
 * any more, that is "keyring_replaced". The file that does not open is kept beside the new one. */

#define PEAL_TYPE_KEYRING_FILE (peal_keyring_file_get_type ())
G_DECLARE_FINAL_TYPE (PealKeyringFile, peal_keyring_file, PEAL, KEYRING_FILE, PealKeyringStore)

/* Whether libsecret keeps secrets in its file here: in a sandbox whose Secret portal it knows, or where
 * SECRET_BACKEND tells it to. Asks the portal, so it may take a moment. */
gboolean peal_keyring_file_is_used (void);
/* @timeout_ms: for one call. (transfer full) */
PealKeyringStore *peal_keyring_file_new (const char *application, guint timeout_ms);

G_END_DECLS

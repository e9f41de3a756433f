/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Notices when the Secret Service comes or goes and when one of its collections is locked, unlocked, made or
 * deleted, without ever starting the service. */

#define PEAL_TYPE_KEYRING_WATCH (peal_keyring_watch_get_type ())
G_DECLARE_FINAL_TYPE (PealKeyringWatch, peal_keyring_watch, PEAL, KEYRING_WATCH, GObject)

/* Signal "changed" (gboolean owner_changed). */

/* (transfer full) */
PealKeyringWatch *peal_keyring_watch_new (void);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-keyring-store.h"

G_BEGIN_DECLS

/* Our items in the default collection of the Secret Service on the bus. Before each call it is asked afresh
 * whether there is a default collection and whether it is unlocked, for libsecret's own look-up answers
 * "nothing" to both. */

#define PEAL_TYPE_KEYRING_SERVICE (peal_keyring_service_get_type ())
G_DECLARE_FINAL_TYPE (PealKeyringService, peal_keyring_service, PEAL, KEYRING_SERVICE, PealKeyringStore)

/* @timeout_ms: for one try. (transfer full) */
PealKeyringStore *peal_keyring_service_new (const char *application, guint timeout_ms);

G_END_DECLS

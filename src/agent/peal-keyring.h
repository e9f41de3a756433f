/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-vault.h"

G_BEGIN_DECLS

/* The vault in the system's keyring, through libsecret. */

#define PEAL_TYPE_KEYRING (peal_keyring_get_type ())
G_DECLARE_FINAL_TYPE (PealKeyring, peal_keyring, PEAL, KEYRING, GObject)

/* @application: the value of the attribute "application" that sets our items apart:
 * "io.github.pealapp.Peal" or "io.github.pealapp.Peal.Practice". (transfer full) */
PealVault *peal_keyring_new (const char *application);

G_END_DECLS

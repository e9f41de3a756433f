/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-secret.h"

G_BEGIN_DECLS

/* For the two places that must see the text: the request builder and the keyring. */

/* (transfer none): valid as long as @self. */
const char *peal_secret_peek (const PealSecret *self);

G_END_DECLS

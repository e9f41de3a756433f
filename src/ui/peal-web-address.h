/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* Addresses that the window opens in a browser. What the bus or TikTok names is opened only where it is what
 * it should be. */

/* Whether @address is https anywhere, or http on this computer; without user and password. */
gboolean peal_web_address_is_web (const char *address);
/* Whether @address is https on TikTok's own site, or with @practice http on this computer. */
gboolean peal_web_address_is_tiktok (const char *address, gboolean practice);

/* (transfer full): opens @address in the user's browser, through the portal where there is one. Resolves to
 * TRUE; rejects with PEAL_ERROR_INVALID "no_browser" where nothing opened it and "address_refused" where
 * peal_web_address_is_web () does not hold. */
DexFuture *peal_web_address_open (const char *address, GCancellable *cancellable);

G_END_DECLS

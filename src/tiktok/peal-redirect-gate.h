/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* The guard before SoupServer: reads the head of one connection and lets it pass, or answers it with a page
 * and shows it out. */

/* Resolves to the head as GBytes, if it may pass (peal_redirect_head_check ()). Rejects once everybody else
 * has been answered; nothing is left to do for those but to close. @stop ends the wait for a head. */
DexFuture *peal_redirect_gate_admit (GIOStream *connection, guint16 port, GCancellable *stop);

G_END_DECLS

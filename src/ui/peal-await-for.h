/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* What a widget does when a future of its is done, without keeping the widget alive until then. */

/* @value: (nullable): what it resolved to; @error: (nullable): what it rejected with. One of them is NULL. */
typedef void (*PealAwaitForFunc) (gpointer owner, const GValue *value, const GError *error);

/* Calls @func once @future (transfer full) is done, unless @owner, a GObject, is gone by then. It may have
 * been disposed: @func looks. */
void peal_await_for (gpointer owner, DexFuture *future, PealAwaitForFunc func);

G_END_DECLS

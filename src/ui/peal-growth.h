/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-session.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* How an account's followers, likes and videos grew: their numbers with what they changed by, and the curve
 * of one of them over a range. What stands in its way (no permission, nothing read yet, an error) it says in
 * the curve's place, with what can be done. Reads again when the agent says that the account changed.
 *
 * Properties (read-write): narrow (gboolean): the ranges are a list and not side by side. */

#define PEAL_TYPE_GROWTH (peal_growth_get_type ())
G_DECLARE_FINAL_TYPE (PealGrowth, peal_growth, PEAL, GROWTH, GtkWidget)

/* To be called once, before anything else. */
void peal_growth_set_session (PealGrowth *self, PealSession *session);
/* @account: (nullable) (transfer none) */
void peal_growth_set_account (PealGrowth *self, PealAccountItem *account);

G_END_DECLS

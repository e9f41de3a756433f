/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* The plan as an agenda by day: what needs the user on top, then what goes out, soonest first; the drafts;
 * and what has gone out, latest first. Posts are fetched as they are scrolled to.
 *
 * Properties (read-only, notified): filled (gboolean). */

#define PEAL_TYPE_PLAN_PAGE (peal_plan_page_get_type ())
G_DECLARE_FINAL_TYPE (PealPlanPage, peal_plan_page, PEAL, PLAN_PAGE, AdwNavigationPage)

/* (transfer floating) */
GtkWidget *peal_plan_page_new (PealSession *session);
/* Whether it shows posts, or why there are none: from its first answer on. */
gboolean peal_plan_page_is_filled (PealPlanPage *self);
/* Opens the search. */
void peal_plan_page_search (PealPlanPage *self);
/* Shows what needs the user, on top of what is to come; a search is over with that. */
void peal_plan_page_show_attention (PealPlanPage *self);
/* Shows all that is known of @post. */
void peal_plan_page_show_post (PealPlanPage *self, gint64 post);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* An account's numbers: how it grew, and its videos. Which account was looked at last is remembered.
 *
 * Actions: insights.refresh: reads the account's numbers at TikTok now. */

#define PEAL_TYPE_INSIGHTS_PAGE (peal_insights_page_get_type ())
G_DECLARE_FINAL_TYPE (PealInsightsPage, peal_insights_page, PEAL, INSIGHTS_PAGE, AdwNavigationPage)

GtkWidget *peal_insights_page_new (PealSession *session);
/* Shows @open_id's numbers; nothing happens where there is no such account. */
void peal_insights_page_set_account (PealInsightsPage *self, const char *open_id);
/* As the action insights.refresh: for a key of the window. Nothing happens where that cannot be done now. */
void peal_insights_page_refresh (PealInsightsPage *self);

G_END_DECLS

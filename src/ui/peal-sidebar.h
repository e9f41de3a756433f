/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* The window's sidebar: the pages, the accounts, and what needs the user. */

#define PEAL_TYPE_SIDEBAR (peal_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (PealSidebar, peal_sidebar, PEAL, SIDEBAR, AdwNavigationPage)

/* To be called once. */
void peal_sidebar_set_session (PealSidebar *self, PealSession *session);
/* Marks @page as the one that is shown: "plan", "insights" or "accounts". */
void peal_sidebar_set_page (PealSidebar *self, const char *page);
/* Opens the main menu. */
void peal_sidebar_open_menu (PealSidebar *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* What the window shows as long as there is no account: what Peal is, the two ways to begin, and the steps to
 * TikTok's keys. */

#define PEAL_TYPE_WELCOME_PAGE (peal_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (PealWelcomePage, peal_welcome_page, PEAL, WELCOME_PAGE, AdwNavigationPage)

/* (transfer floating) */
GtkWidget *peal_welcome_page_new (PealSession *session);

G_END_DECLS

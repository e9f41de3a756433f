/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* An app as it stands registered in the developer portal. The table is constant; README.md lists it. */
typedef struct
{
  const char *client_key;
  const char *client_secret;
  const char *title;
  gboolean is_desktop;          /* loopback redirects and hex PKCE; otherwise the Web platform */
  gboolean is_audited;          /* may post publicly */
  gboolean is_sandbox;          /* only its target users may sign in */
  guint active_user_cap;        /* creators that may post in 24 h; 0: as the settings have it */
  const char *redirect_uris[4]; /* as registered; `*` stands for any port */
} PealPracticeApp;

/* Returns: (nullable): the app with @client_key. */
const PealPracticeApp *peal_practice_app_find (const char *client_key);

/* Returns: app number @index, NULL past the last. */
const PealPracticeApp *peal_practice_app_nth (guint index);

/* Whether @uri is one of the addresses registered for @self (TikTok: login-kit-desktop, Redirect URI). */
gboolean peal_practice_app_has_redirect (const PealPracticeApp *self, const char *uri);

/* Every scope there is; NULL-terminated. */
const char *const *peal_practice_app_scopes (void);

/* Whether the comma-separated @scopes hold @scope. */
gboolean peal_practice_scopes_contain (const char *scopes, const char *scope);

G_END_DECLS

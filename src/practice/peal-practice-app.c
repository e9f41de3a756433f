/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-app.h"

#include <string.h>

#define LOOPBACK "http://127.0.0.1:*/callback/tiktok/"

static const PealPracticeApp apps[] = {
  { .client_key = "practice-desktop",
    .client_secret = "practice-secret",
    .title = "Peal Practice",
    .is_desktop = TRUE,
    .is_audited = TRUE,
    .redirect_uris = { LOOPBACK } },
  { .client_key = "practice-web",
    .client_secret = "practice-web-secret",
    .title = "Practice Web App",
    .is_audited = TRUE,
    .redirect_uris = { "https://app.example/callback/", "https://app.example/api/auth/callback/tiktok",
                       "https://app.example/auth/callback/tiktok" } },
  { .client_key = "sbpractice-sandbox",
    .client_secret = "practice-sandbox-secret",
    .title = "Peal Practice (sandbox)",
    .is_desktop = TRUE,
    .is_sandbox = TRUE,
    .redirect_uris = { LOOPBACK } },
  { .client_key = "practice-unaudited",
    .client_secret = "practice-unaudited-secret",
    .title = "Peal Practice (not audited)",
    .is_desktop = TRUE,
    .active_user_cap = 5,
    .redirect_uris = { LOOPBACK } },
};

static const char *const scopes[] = { "user.info.basic",
                                      "user.info.profile",
                                      "user.info.stats",
                                      "video.list",
                                      "video.upload",
                                      "video.publish",
                                      NULL };

const PealPracticeApp *
peal_practice_app_find (const char *client_key)
{
  for (guint i = 0; client_key != NULL && i < G_N_ELEMENTS (apps); i++)
    if (g_str_equal (apps[i].client_key, client_key))
      return &apps[i];
  return NULL;
}

const PealPracticeApp *
peal_practice_app_nth (guint index)
{
  return index < G_N_ELEMENTS (apps) ? &apps[index] : NULL;
}

static gboolean
redirect_matches (const char *registered, const char *uri)
{
  const char *star = strchr (registered, '*');
  gsize before;
  char *end = NULL;
  guint64 port;

  if (star == NULL)
    return g_str_equal (registered, uri);
  before = (gsize)(star - registered);
  if (strncmp (registered, uri, before) != 0 || !g_ascii_isdigit (uri[before]) || uri[before] == '0')
    return FALSE;
  port = g_ascii_strtoull (uri + before, &end, 10);
  return port <= 65535 && g_str_equal (end, star + 1);
}

gboolean
peal_practice_app_has_redirect (const PealPracticeApp *self, const char *uri)
{
  g_return_val_if_fail (self != NULL && uri != NULL, FALSE);

  if (strlen (uri) >= 512)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (self->redirect_uris) && self->redirect_uris[i] != NULL; i++)
    if (redirect_matches (self->redirect_uris[i], uri))
      return TRUE;
  return FALSE;
}

const char *const *
peal_practice_app_scopes (void)
{
  return scopes;
}

gboolean
peal_practice_scopes_contain (const char *list, const char *scope)
{
  g_auto (GStrv) parts = g_strsplit (list != NULL ? list : "", ",", -1);

  return g_strv_contains ((const char *const *)parts, scope);
}

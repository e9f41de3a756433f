/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-share-url-private.h"

#include <string.h>

#define URL_MAX_BYTES 2048
#define TIKTOK_DOMAIN "tiktok.com"

/* Graphic ASCII but for what parsers disagree about. */
static gboolean
is_plain (const char *url)
{
  if (url == NULL || url[0] == '\0' || strnlen (url, URL_MAX_BYTES + 1) > URL_MAX_BYTES)
    return FALSE;
  for (; *url != '\0'; url++)
    if (!g_ascii_isgraph (*url) || strchr ("\\\"<>^`{}|", *url) != NULL)
      return FALSE;
  return TRUE;
}

static gboolean
is_tiktok_host (const char *host)
{
  g_autofree char *lower = g_ascii_strdown (host, -1);

  return strspn (lower, "abcdefghijklmnopqrstuvwxyz0123456789-.") == strlen (lower) && lower[0] != '.'
         && strstr (lower, "..") == NULL
         && (g_str_equal (lower, TIKTOK_DOMAIN) || g_str_has_suffix (lower, "." TIKTOK_DOMAIN));
}

static gboolean
is_loopback_host (const char *host)
{
  return g_str_equal (host, "127.0.0.1") || g_str_equal (host, "localhost");
}

PealShareUrl
peal_share_url_classify (const char *url)
{
  g_autoptr (GUri) uri = NULL;
  const char *scheme, *host;

  if (!is_plain (url))
    return PEAL_SHARE_URL_REFUSED;
  uri = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_userinfo (uri) != NULL)
    return PEAL_SHARE_URL_REFUSED;
  scheme = g_uri_get_scheme (uri);
  host = g_uri_get_host (uri);
  if (g_str_equal (scheme, "https") && is_tiktok_host (host)
      && (g_uri_get_port (uri) == -1 || g_uri_get_port (uri) == 443))
    return PEAL_SHARE_URL_TIKTOK;
  if (g_str_equal (scheme, "http") && is_loopback_host (host))
    return PEAL_SHARE_URL_LOOPBACK;
  return PEAL_SHARE_URL_REFUSED;
}

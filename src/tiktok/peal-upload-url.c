/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-upload-url.h"

#include <string.h>

#include "peal-error.h"

#define URL_MAX_BYTES 2048
#define UPLOAD_DOMAIN "tiktokapis.com"

static gboolean
is_loopback_host (const char *host)
{
  return g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "localhost") == 0
         || g_strcmp0 (host, "::1") == 0;
}

/* One dot at the end is the same host; two are none. */
static gboolean
is_tiktok_host (const char *host)
{
  g_autofree char *lower = g_ascii_strdown (host, -1);
  gsize length = strlen (lower);

  if (length > 0 && lower[length - 1] == '.')
    lower[length - 1] = '\0';
  if (lower[0] == '.' || strstr (lower, "..") != NULL
      || strspn (lower, "abcdefghijklmnopqrstuvwxyz0123456789-.") != strlen (lower))
    return FALSE;

  return g_str_equal (lower, UPLOAD_DOMAIN) || g_str_has_suffix (lower, "." UPLOAD_DOMAIN);
}

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

static GUri *
parse_plain (const char *url)
{
  g_autoptr (GUri) uri = NULL;

  if (!is_plain (url))
    return NULL;
  uri = g_uri_parse (url, G_URI_FLAGS_ENCODED | G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_userinfo (uri) != NULL
      || g_uri_get_fragment (uri) != NULL)
    return NULL;

  return g_steal_pointer (&uri);
}

static gboolean
is_tiktok_url (GUri *uri)
{
  return g_str_equal (g_uri_get_scheme (uri), "https")
         && (g_uri_get_port (uri) == -1 || g_uri_get_port (uri) == 443)
         && is_tiktok_host (g_uri_get_host (uri));
}

static gboolean
is_loopback_url (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);

  return (g_str_equal (scheme, "http") || g_str_equal (scheme, "https"))
         && is_loopback_host (g_uri_get_host (uri)) && g_uri_get_port (uri) != 0;
}

gboolean
peal_upload_url_check (const char *url, gboolean loopback, GError **error)
{
  g_autoptr (GUri) uri = parse_plain (url);

  if (uri != NULL && (loopback ? is_loopback_url (uri) : is_tiktok_url (uri)))
    return TRUE;

  g_propagate_error (error, peal_error_new (PEAL_ERROR_PROTOCOL, "upload_url",
                                            "The upload address is not one that may be used (host %s)",
                                            uri != NULL ? g_uri_get_host (uri) : "unreadable"));
  return FALSE;
}

char *
peal_server_address_normalize (const char *address, GError **error)
{
  g_autoptr (GUri) uri = parse_plain (address);

  if (uri == NULL || !is_loopback_url (uri) || g_uri_get_port (uri) == -1 || g_uri_get_query (uri) != NULL
      || (g_uri_get_path (uri)[0] != '\0' && !g_str_equal (g_uri_get_path (uri), "/")))
    {
      g_propagate_error (error,
                         peal_error_new (PEAL_ERROR_INVALID, "server_address",
                                         "The server must be on this computer: http://127.0.0.1:PORT"));
      return NULL;
    }

  return g_uri_join (G_URI_FLAGS_NONE, g_uri_get_scheme (uri), NULL, g_uri_get_host (uri),
                     g_uri_get_port (uri), "", NULL, NULL);
}

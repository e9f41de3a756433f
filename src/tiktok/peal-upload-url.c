/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-upload-url.h"

#include <string.h>

#include "peal-error.h"

#define URL_MAX_BYTES 2048

static const char *const upload_domains[] = { "tiktokapis.com", NULL };
/* Where avatars and covers lie: TikTok's content networks and those of the company behind it. */
static const char *const picture_domains[] = { "tiktok.com",       "tiktokcdn.com", "tiktokcdn-us.com",
                                               "tiktokcdn-eu.com", "ttwstatic.com", "byteoversea.com",
                                               "ibyteimg.com",     "ibytedtos.com", NULL };

static gboolean
is_loopback_host (const char *host)
{
  return g_strcmp0 (host, "127.0.0.1") == 0 || g_strcmp0 (host, "localhost") == 0
         || g_strcmp0 (host, "::1") == 0;
}

/* One dot at the end is the same host; two are none. */
static gboolean
is_host_of (const char *host, const char *const *domains)
{
  g_autofree char *lower = g_ascii_strdown (host, -1);
  gsize length = strlen (lower);

  if (length > 0 && lower[length - 1] == '.')
    lower[length - 1] = '\0';
  if (lower[0] == '.' || strstr (lower, "..") != NULL
      || strspn (lower, "abcdefghijklmnopqrstuvwxyz0123456789-.") != strlen (lower))
    return FALSE;

  for (; *domains != NULL; domains++)
    if (g_str_has_suffix (lower, *domains)
        && (strlen (lower) == strlen (*domains) || lower[strlen (lower) - strlen (*domains) - 1] == '.'))
      return TRUE;
  return FALSE;
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
is_url_of (GUri *uri, const char *const *domains)
{
  return g_str_equal (g_uri_get_scheme (uri), "https")
         && (g_uri_get_port (uri) == -1 || g_uri_get_port (uri) == 443)
         && is_host_of (g_uri_get_host (uri), domains);
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

  if (uri != NULL && (loopback ? is_loopback_url (uri) : is_url_of (uri, upload_domains)))
    return TRUE;

  g_propagate_error (error, peal_error_new (PEAL_ERROR_PROTOCOL, "upload_url",
                                            "The upload address is not one that may be used (host %s)",
                                            uri != NULL ? g_uri_get_host (uri) : "unreadable"));
  return FALSE;
}

gboolean
peal_picture_url_check (const char *url, gboolean loopback, GError **error)
{
  g_autoptr (GUri) uri = parse_plain (url);

  return (uri != NULL && (loopback ? is_loopback_url (uri) : is_url_of (uri, picture_domains)))
         || peal_error_refuse (error, PEAL_ERROR_INVALID, "picture_refused",
                               "The picture's address is not one that may be used (host %s)",
                               uri != NULL ? g_uri_get_host (uri) : "unreadable");
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

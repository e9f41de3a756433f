/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include <libsoup/soup.h>

#include "peal-fuzz.h"
#include "peal-upload-url.h"

/* An address that is accepted leads libsoup to the same place as the check. */
static void
check (const char *url, gboolean loopback)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) uri = NULL;
  const char *host;

  if (!peal_upload_url_check (url, loopback, &error))
    {
      g_assert_nonnull (error);
      return;
    }
  g_assert_no_error (error);
  uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, &error);
  g_assert_no_error (error);
  host = g_uri_get_host (uri);
  g_assert_null (g_uri_get_userinfo (uri));
  g_assert_null (g_uri_get_fragment (uri));
  if (loopback)
    g_assert_true (strcmp (host, "127.0.0.1") == 0 || strcmp (host, "localhost") == 0
                   || strcmp (host, "::1") == 0);
  else
    {
      g_autofree char *lower = g_ascii_strdown (host, -1);

      g_assert_cmpstr (g_uri_get_scheme (uri), ==, "https");
      g_assert_true (g_uri_get_port (uri) == 443 || g_uri_get_port (uri) == -1);
      g_assert_true (g_str_equal (lower, "tiktokapis.com") || g_str_equal (lower, "tiktokapis.com.")
                     || g_str_has_suffix (lower, ".tiktokapis.com")
                     || g_str_has_suffix (lower, ".tiktokapis.com."));
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = peal_fuzz_dup_text (data, size);
  g_autofree char *address = peal_server_address_normalize (text, NULL);

  check (text, FALSE);
  check (text, TRUE);
  if (address != NULL)
    {
      g_autofree char *again = peal_server_address_normalize (address, NULL);

      g_assert_cmpstr (address, ==, again);
      check (address, TRUE);
    }

  return 0;
}

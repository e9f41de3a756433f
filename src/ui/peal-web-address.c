/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-web-address.h"

#include <gtk/gtk.h>

#include "peal-error.h"

static GUri *
parse (const char *address)
{
  g_autoptr (GUri) uri = address != NULL ? g_uri_parse (address, G_URI_FLAGS_ENCODED, NULL) : NULL;

  if (uri == NULL || g_uri_get_host (uri) == NULL || g_uri_get_host (uri)[0] == '\0'
      || g_uri_get_userinfo (uri) != NULL)
    return NULL;
  return g_steal_pointer (&uri);
}

static gboolean
is_loopback (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  return g_str_equal (host, "127.0.0.1") || g_str_equal (host, "localhost");
}

static gboolean
is_loopback_web (GUri *uri)
{
  const char *scheme = g_uri_get_scheme (uri);

  return is_loopback (uri) && (g_str_equal (scheme, "http") || g_str_equal (scheme, "https"));
}

gboolean
peal_web_address_is_web (const char *address)
{
  g_autoptr (GUri) uri = parse (address);

  return uri != NULL && (g_str_equal (g_uri_get_scheme (uri), "https") || is_loopback_web (uri));
}

gboolean
peal_web_address_is_tiktok (const char *address, gboolean practice)
{
  g_autoptr (GUri) uri = parse (address);
  g_autofree char *host = uri != NULL ? g_ascii_strdown (g_uri_get_host (uri), -1) : NULL;

  if (uri == NULL)
    return FALSE;
  if (practice)
    return is_loopback_web (uri);
  return g_str_equal (g_uri_get_scheme (uri), "https")
         && (g_str_equal (host, "tiktok.com") || g_str_has_suffix (host, ".tiktok.com"));
}

static void
launched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;
  g_autoptr (GError) error = NULL;

  if (gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (object), result, &error))
    dex_promise_resolve_boolean (promise, TRUE);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    dex_promise_reject (promise, peal_error_new (PEAL_ERROR_CANCELLED, "cancelled", "Cancelled"));
  else
    dex_promise_reject (promise, peal_error_new (PEAL_ERROR_INVALID, "no_browser", "%s", error->message));
}

/* For no window: GTK 4.18 falls over where that is closed before the browser has come up. */
DexFuture *
peal_web_address_open (const char *address, GCancellable *cancellable)
{
  g_autoptr (GtkUriLauncher) launcher = NULL;
  g_autoptr (DexPromise) promise = NULL;

  if (!peal_web_address_is_web (address))
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "address_refused", "This is no address of a web page"));
  launcher = gtk_uri_launcher_new (address);
  promise = dex_promise_new ();
  gtk_uri_launcher_launch (launcher, NULL, cancellable, launched_cb, dex_ref (promise));
  return DEX_FUTURE (g_steal_pointer (&promise));
}

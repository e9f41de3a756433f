/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <glib/gstdio.h>

#include "peal-test-client.h"
#include "peal-tiktok-user.h"

/* Certificates that nobody vouches for, made on the spot. */
static GTlsCertificate *
make_certificate (const char *name, const char *dates)
{
  g_autofree char *dir = g_dir_make_tmp ("peal-tls-XXXXXX", NULL);
  g_autofree char *key = g_build_filename (dir, "key.pem", NULL);
  g_autofree char *cert = g_build_filename (dir, "cert.pem", NULL);
  g_autofree char *command = g_strdup_printf ("openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 "
                                              "-nodes -subj /CN=peal -addext subjectAltName=%s %s "
                                              "-keyout %s -out %s",
                                              name, dates, key, cert);
  g_autofree char *ignored = NULL;
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate;
  int status = -1;

  g_spawn_command_line_sync (command, NULL, &ignored, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  certificate = g_tls_certificate_new_from_files (cert, key, &error);
  g_assert_no_error (error);
  g_unlink (key);
  g_unlink (cert);
  g_rmdir (dir);

  return certificate;
}

/* Refused before a byte of ours is sent. */
static void
check_refused (const char *name, const char *dates)
{
  g_autoptr (GTlsCertificate) certificate = make_certificate (name, dates);
  g_autoptr (PealTestServer) server = peal_test_server_new_tls (certificate);
  g_autoptr (PealTiktokClient) client = peal_test_client_new (server);
  g_autoptr (PealAccess) access = peal_test_access_new (PEAL_SCOPE_ALL);
  g_autoptr (GError) error = NULL;

  g_assert_null (peal_test_await_boxed (peal_tiktok_fetch_user (client, access, NULL), &error));
  peal_test_assert_error (error, PEAL_ERROR_NETWORK, "tls");
  g_assert_cmpint (peal_test_server_get_n_requests (server), ==, 0);
}

static void
test_untrusted (void)
{
  check_refused ("IP:127.0.0.1", "-days 1");
}

static void
test_expired (void)
{
  check_refused ("IP:127.0.0.1", "-not_before 20200101000000Z -not_after 20200102000000Z");
}

static void
test_wrong_host (void)
{
  check_refused ("DNS:other.example", "-days 1");
}

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_assert_true (g_tls_backend_supports_tls (g_tls_backend_get_default ()));
  g_test_add_func ("/tls/untrusted", test_untrusted);
  g_test_add_func ("/tls/expired", test_expired);
  g_test_add_func ("/tls/wrong-host", test_wrong_host);

  return g_test_run ();
}

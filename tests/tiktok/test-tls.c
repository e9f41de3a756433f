/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <unistd.h>

#include <glib/gstdio.h>

#include "peal-permit-private.h"
#include "peal-test-client.h"
#include "peal-test-fiber.h"
#include "peal-tiktok-oauth.h"
#include "peal-tiktok-user.h"
#include "peal-upload.h"

/* Runs in with-ca, which makes the certificates and has one authority trusted. */

static GTlsCertificate *
read_certificate (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".pem", NULL);
  g_autofree char *path = g_build_filename (g_getenv ("PEAL_TEST_TLS"), file, NULL);
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate = g_tls_certificate_new_from_file (path, &error);

  g_assert_no_error (error);

  return certificate;
}

static DexFuture *
exchange (PealTiktokClient *client)
{
  g_autoptr (PealSecret) secret = peal_secret_new ("canary-secret");
  g_autoptr (PealAppCredentials) app = peal_app_credentials_new ("key", secret);
  g_autoptr (PealSignIn) sign_in = peal_sign_in_new ("http://127.0.0.1:1/callback/tiktok/");

  return peal_tiktok_exchange_code (client, app, sign_in, secret, NULL);
}

static DexFuture *
fetch_user (PealTiktokClient *client)
{
  g_autoptr (PealAccess) access = peal_test_access_new (PEAL_SCOPE_ALL);

  return peal_tiktok_fetch_user (client, access, NULL);
}

/* From the sender's thread and session, as a last chunk. */
static DexFuture *
upload (PealTiktokClient *client)
{
  const PealChunkPlan plan = { 1000, 1000, 1 };
  g_autofree char *url =
      g_strconcat (peal_tiktok_client_get_api_base (client), "/video/?upload_token=canary", NULL);
  g_autoptr (PealSecret) upload_url = peal_secret_new (url);
  PealUploadTicket ticket = { (char *)"v_pub_file~1", upload_url, 0, NULL };
  g_autofree char *name = NULL;
  g_autofd int fd = g_file_open_tmp ("peal-tls-XXXXXX", &name, NULL);
  g_autoptr (PealUpload) sender = NULL;

  g_assert_cmpint (ftruncate (fd, plan.video_size), ==, 0);
  g_unlink (name);
  sender = peal_upload_new (client, &ticket, fd, &plan, "video/mp4");

  return peal_upload_send_last_chunk (sender, peal_final_permit_new (ticket.publish_id));
}

static DexFuture *(*const calls[]) (PealTiktokClient *) = { exchange, fetch_user, upload };

/* Refused before a byte of ours is sent, whichever way it would have gone. */
static void
test_refused (gconstpointer data)
{
  g_autoptr (GTlsCertificate) certificate = read_certificate (data);

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (PealTestServer) server = peal_test_server_new_tls (certificate);
      g_autoptr (PealTiktokClient) client = peal_test_client_new (server);
      g_autoptr (DexFuture) done = NULL;
      g_autoptr (GError) error = NULL;

      peal_test_server_push_json (server, 200, "{}");
      done = peal_test_await (calls[i](client));
      g_assert_null (dex_future_get_value (done, &error));
      peal_test_assert_error (error, PEAL_ERROR_NETWORK, "tls");
      g_assert_cmpint (peal_test_server_get_n_bytes (server), ==, 0);
    }
}

/* What makes the refusals mean something: the same server with the same authority's good certificate. */
static void
test_good (void)
{
  g_autoptr (GTlsCertificate) certificate = read_certificate ("good");

  for (gsize i = 0; i < G_N_ELEMENTS (calls); i++)
    {
      g_autoptr (PealTestServer) server = peal_test_server_new_tls (certificate);
      g_autoptr (PealTiktokClient) client = peal_test_client_new (server);
      g_autoptr (DexFuture) done = NULL;
      g_autoptr (GError) error = NULL;

      peal_test_server_push_json (
          server, 200,
          "{\"access_token\":\"a\",\"refresh_token\":\"r\",\"open_id\":\"o\","
          "\"scope\":\"video.list\",\"data\":{\"user\":{}},\"error\":{\"code\":\"ok\"}}");
      done = peal_test_await (calls[i](client));
      dex_future_get_value (done, &error);
      g_assert_no_error (error);
      g_assert_cmpint (peal_test_server_get_n_bytes (server), >, 0);
    }
}

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_assert_true (g_tls_backend_supports_tls (g_tls_backend_get_default ()));
  g_assert_nonnull (g_getenv ("PEAL_TEST_TLS"));
  g_test_add_func ("/tls/good", test_good);
  g_test_add_data_func ("/tls/expired", "expired", test_refused);
  g_test_add_data_func ("/tls/not-yet-valid", "early", test_refused);
  g_test_add_data_func ("/tls/wrong-host", "wrong-host", test_refused);
  g_test_add_data_func ("/tls/untrusted", "untrusted", test_refused);
  g_test_add_data_func ("/tls/self-signed", "self-signed", test_refused);

  return g_test_run ();
}

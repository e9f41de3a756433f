/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-fake-clock.h"
#include "peal-secret-access.h"
#include "peal-test-client.h"
#include "peal-tiktok-oauth.h"

#define NOW_US (G_GINT64_CONSTANT (1795334400) * G_USEC_PER_SEC)
#define SECOND_US ((gint64)G_USEC_PER_SEC)
#define REDIRECT "http://127.0.0.1:43117/callback/tiktok/"

typedef struct
{
  PealTestServer *server;
  PealTiktokClient *client;
  PealAppCredentials *app;
  PealSignIn *sign_in;
  PealSecret *secret;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (NOW_US);
  g_autoptr (PealSecret) client_secret = peal_secret_new ("EXAMPLE&SECRET=1");

  self->server = peal_test_server_new ();
  self->client = peal_test_client_new_full (self->server, PEAL_CLOCK (clock), 30 * G_USEC_PER_SEC);
  self->app = peal_app_credentials_new ("awexamplekey00000", client_secret);
  self->sign_in = peal_sign_in_new (REDIRECT);
  self->secret = peal_secret_new ("Zk9-exampleCode_Qq3*0!6410.e1");
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_clear_pointer (&self->server, peal_test_server_free);
  g_clear_object (&self->client);
  g_clear_pointer (&self->app, peal_app_credentials_free);
  g_clear_pointer (&self->sign_in, peal_sign_in_free);
  g_clear_pointer (&self->secret, peal_secret_unref);
}

static PealTokens *
exchange (Fixture *self, GError **error)
{
  return peal_test_await_boxed (
      peal_tiktok_exchange_code (self->client, self->app, self->sign_in, self->secret, NULL), error);
}

static PealTokens *
refresh (Fixture *self, GError **error)
{
  return peal_test_await_boxed (peal_tiktok_refresh (self->client, self->app, self->secret, NULL), error);
}

static gboolean
try_revoke (Fixture *self, GError **error)
{
  g_autoptr (DexFuture) done = peal_tiktok_revoke (self->client, self->app, self->secret, NULL);

  while (dex_future_is_pending (done))
    g_main_context_iteration (NULL, TRUE);

  return dex_future_get_value (done, error) != NULL;
}

/* RFC 7636 appendix B, and one with every character that a verifier may have, in the form that TikTok wants.
 */
static void
test_challenge (void)
{
  g_autofree char *rfc = peal_pkce_challenge ("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
  g_autofree char *other =
      peal_pkce_challenge ("A-quick.brown_fox~0123456789-jumps.over_the~lazy-dog.ABCDEFGHIJKLMN");
  g_autofree char *vectors = peal_test_dup_fixture ("pkce_vectors.json");

  g_assert_cmpstr (rfc, ==, "13d31e961a1ad8ec2f16b10c4c982e0876a878ad6df144566ee1894acb70f9c3");
  g_assert_cmpstr (other, ==, "c0a7623eb45cf335871beb3597c4c126f73cdb0727f225fc8ec66eecc29bd58a");
  g_assert_nonnull (strstr (vectors, rfc));
}

static void
test_sign_in (void)
{
  g_autoptr (PealSignIn) one = peal_sign_in_new (REDIRECT);
  g_autoptr (PealSignIn) two = peal_sign_in_new (REDIRECT);
  g_autoptr (PealSignIn) copy = peal_sign_in_copy (one);

  g_assert_cmpuint (peal_secret_get_length (one->state), ==, 43);
  g_assert_cmpuint (peal_secret_get_length (one->verifier), ==, 64);
  g_assert_false (peal_secret_equal (one->state, two->state));
  g_assert_false (peal_secret_equal (one->verifier, two->verifier));
  g_assert_true (peal_secret_equal (one->state, copy->state));
  g_assert_cmpstr (copy->redirect_uri, ==, REDIRECT);
}

static void
test_authorize_url (void)
{
  g_autoptr (PealClock) clock = peal_system_clock_new ();
  g_autoptr (PealTiktokClient) client = peal_tiktok_client_new (NULL, clock, NULL);
  g_autoptr (PealSignIn) sign_in = peal_sign_in_new (REDIRECT);
  g_autofree char *challenge = peal_pkce_challenge (peal_secret_peek (sign_in->verifier));
  g_autofree char *url = peal_tiktok_dup_authorize_url (
      client, "awexamplekey00000", PEAL_SCOPE_USER_BASIC | PEAL_SCOPE_VIDEO_PUBLISH, sign_in);
  g_autofree char *expected = g_strdup_printf (
      "https://www.tiktok.com/v2/auth/authorize/?client_key=awexamplekey00000&response_type=code"
      "&scope=user.info.basic%%2Cvideo.publish&redirect_uri=http%%3A%%2F%%2F127.0.0.1%%3A43117%%2Fcallback%%"
      "2Ftiktok%%2F"
      "&state=%s&code_challenge=%s&code_challenge_method=S256&disable_auto_auth=1",
      peal_secret_peek (sign_in->state), challenge);

  g_assert_cmpstr (url, ==, expected);
}

static void
test_exchange (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PealTokens) tokens = NULL;
  g_autoptr (PealTestRequest) request = NULL;
  g_autofree char *type = NULL;
  g_autofree char *authorization = NULL;
  g_autofree char *body = NULL;
  g_autofree char *expected = g_strdup_printf ("client_key=awexamplekey00000&client_secret=EXAMPLE%%26SECRET%"
                                               "%3D1&code=Zk9-exampleCode_Qq3%%2A0%%216410.e1"
                                               "&grant_type=authorization_code&redirect_uri=http%%3A%%2F%%"
                                               "2F127.0.0.1%%3A43117%%2Fcallback%%2Ftiktok%%2F"
                                               "&code_verifier=%s",
                                               peal_secret_peek (self->sign_in->verifier));

  peal_test_server_push_json (
      self->server, 200,
      "{\"access_token\":\"act.exampleAccess0001!5021.e1\",\"expires_in\":7200,\"open_id\":\"-000Example\","
      "\"refresh_expires_in\":\"15552000\",\"refresh_token\":\"rft.exampleRefresh0001!5019.e1\","
      "\"scope\":\"user.info.basic,video.list,some.new.scope\",\"token_type\":\"bearer\"}");
  tokens = exchange (self, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (tokens->open_id, ==, "-000Example");
  g_assert_cmpint (tokens->scopes, ==, PEAL_SCOPE_USER_BASIC | PEAL_SCOPE_VIDEO_LIST);
  g_assert_cmpstr (peal_secret_peek (tokens->access_token), ==, "act.exampleAccess0001!5021.e1");
  g_assert_cmpstr (peal_secret_peek (tokens->refresh_token), ==, "rft.exampleRefresh0001!5019.e1");
  g_assert_cmpint (tokens->obtained_at_us, ==, NOW_US);
  g_assert_cmpint (tokens->access_expires_at_us, ==, NOW_US + 7200 * SECOND_US);
  g_assert_cmpint (tokens->refresh_expires_at_us, ==, NOW_US + 15552000 * SECOND_US);

  request = peal_test_server_pop (self->server);
  type = peal_test_request_dup_header (request, "Content-Type");
  authorization = peal_test_request_dup_header (request, "Authorization");
  body = peal_test_request_dup_body (request);
  g_assert_true (g_str_has_prefix (request->head, "POST /v2/oauth/token/ HTTP/1.1\r\n"));
  g_assert_cmpstr (type, ==, "application/x-www-form-urlencoded");
  g_assert_null (authorization);
  g_assert_cmpstr (body, ==, expected);
}

static void
test_exchange_fixture (Fixture *self, gconstpointer data)
{
  g_autofree char *text = peal_test_dup_fixture ("token_ok.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (PealTokens) tokens = NULL;

  peal_test_server_push_json (self->server, 200, text);
  tokens = exchange (self, &error);
  g_assert_no_error (error);
  g_assert_cmpint (tokens->access_expires_at_us - tokens->obtained_at_us, ==, 86400 * SECOND_US);
  g_assert_cmpint (tokens->refresh_expires_at_us - tokens->obtained_at_us, ==, 31536000 * SECOND_US);
}

/* Whatever comes in place of tokens ends the sign-in, and it is said what came. */
static void
test_exchange_bad (Fixture *self, gconstpointer data)
{
  static const struct
  {
    guint status;
    const char *body;
    PealErrorCode code;
    const char *reason;
  } cases[] = {
    { 400, "{\"error\":\"invalid_grant\",\"error_description\":\"Authorization code is expired.\"}",
      PEAL_ERROR_REJECTED, "invalid_grant" },
    { 200, "{\"error\":\"invalid_request\",\"error_description\":\"x\"}", PEAL_ERROR_REJECTED,
      "invalid_request" },
    { 401, "{\"error\":\"invalid_client\",\"error_description\":\"x\"}", PEAL_ERROR_REJECTED,
      "invalid_client" },
    { 503, "{\"error\":\"temporarily_unavailable\"}", PEAL_ERROR_SERVER, "temporarily_unavailable" },
    { 200, "{}", PEAL_ERROR_OUTCOME_UNKNOWN, "token_answer" },
    { 200, "{\"access_token\":\"\"}", PEAL_ERROR_OUTCOME_UNKNOWN, "token_answer" },
    { 200, "{\"access_token\":5}", PEAL_ERROR_OUTCOME_UNKNOWN, "token_answer" },
    { 200, "{\"access_token\":\"act.1 2\"}", PEAL_ERROR_OUTCOME_UNKNOWN, "token_answer" },
    { 200, "{\"access_token\":\"act.1\"}", PEAL_ERROR_PROTOCOL, "token_answer" },
    { 200, "{\"access_token\":\"act.1\",\"open_id\":\"o\",\"refresh_token\":\"rft.1\"}", PEAL_ERROR_PROTOCOL,
      "token_answer" },
    { 200, "{\"access_token\":\"act.1\",\"open_id\":\"o\",\"scope\":\"video.list\"}", PEAL_ERROR_PROTOCOL,
      "token_answer" },
    { 200,
      "{\"access_token\":\"act.1\",\"open_id\":\"o\",\"refresh_token\":\"rft.1\",\"scope\":\"video.list\","
      "\"token_type\":\"mac\"}",
      PEAL_ERROR_PROTOCOL, "token_answer" },
    { 200, "<html>portal</html>", PEAL_ERROR_OUTCOME_UNKNOWN, "not_json" },
    { 429, "{\"error\":\"too_many\"}", PEAL_ERROR_RATE_LIMITED, "too_many" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].body);
      peal_test_server_push_json (self->server, cases[i].status, cases[i].body);
      g_assert_null (exchange (self, &error));
      peal_test_assert_error (error, cases[i].code, cases[i].reason);
    }
}

/* Sent once: a code is good for one try. */
static void
test_exchange_lost (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  peal_test_server_push (self->server, PEAL_STEP_DROP, NULL);
  g_assert_null (exchange (self, &error));
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_OUTCOME_UNKNOWN);
  g_assert_cmpint (peal_test_server_get_n_requests (self->server), ==, 1);
}

static void
test_refresh (Fixture *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PealTokens) tokens = NULL;
  g_autoptr (PealTestRequest) request = NULL;
  g_autofree char *body = NULL;

  peal_test_server_push_json (self->server, 200, "{\"access_token\":\"act.2\"}");
  tokens = refresh (self, &error);
  g_assert_no_error (error);
  g_assert_null (tokens->refresh_token);
  g_assert_null (tokens->open_id);
  g_assert_cmpint (tokens->refresh_expires_at_us, ==, -1);
  g_assert_cmpint (tokens->access_expires_at_us, ==, NOW_US + 7200 * SECOND_US);

  request = peal_test_server_pop (self->server);
  body = peal_test_request_dup_body (request);
  g_assert_cmpstr (body, ==,
                   "client_key=awexamplekey00000&client_secret=EXAMPLE%26SECRET%3D1&grant_type=refresh_token"
                   "&refresh_token=Zk9-exampleCode_Qq3%2A0%216410.e1");
}

static void
test_refresh_dead (Fixture *self, gconstpointer data)
{
  g_autofree char *text = peal_test_dup_fixture ("token_err_refresh_invalid.json");
  g_autoptr (GError) error = NULL;

  peal_test_server_push_json (self->server, 400, text);
  g_assert_null (refresh (self, &error));
  peal_test_assert_error (error, PEAL_ERROR_AUTH, "invalid_grant");
  g_assert_cmpstr (peal_error_get_log_id (error), ==, "20260514191739EAFBD9174F26FC1A7DBF");
}

static void
test_revoke (Fixture *self, gconstpointer data)
{
  static const char *const good[] = { "", "{}", "{\"error\":\"\"}",
                                      "{\"data\":{},\"error\":{\"code\":\"ok\"}}" };
  g_autoptr (PealTestRequest) request = NULL;
  g_autofree char *body = NULL;
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    {
      peal_test_server_push_json (self->server, 200, good[i]);
      g_assert_true (try_revoke (self, &error));
      g_assert_no_error (error);
    }
  request = peal_test_server_pop (self->server);
  body = peal_test_request_dup_body (request);
  g_assert_true (g_str_has_prefix (request->head, "POST /v2/oauth/revoke/ HTTP/1.1\r\n"));
  g_assert_cmpstr (body, ==,
                   "client_key=awexamplekey00000&client_secret=EXAMPLE%26SECRET%3D1"
                   "&token=Zk9-exampleCode_Qq3%2A0%216410.e1");

  peal_test_server_push_json (self->server, 200, "{\"error\":\"invalid_grant\",\"error_description\":\"x\"}");
  g_assert_false (try_revoke (self, &error));
  peal_test_assert_error (error, PEAL_ERROR_REJECTED, "invalid_grant");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/oauth/challenge", test_challenge);
  g_test_add_func ("/oauth/sign-in", test_sign_in);
  g_test_add_func ("/oauth/authorize-url", test_authorize_url);
  ADD ("/oauth/exchange", test_exchange);
  ADD ("/oauth/exchange-fixture", test_exchange_fixture);
  ADD ("/oauth/exchange-bad", test_exchange_bad);
  ADD ("/oauth/exchange-lost", test_exchange_lost);
  ADD ("/oauth/refresh", test_refresh);
  ADD ("/oauth/refresh-dead", test_refresh_dead);
  ADD ("/oauth/revoke", test_revoke);

  return g_test_run ();
}

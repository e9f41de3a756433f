/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-redirect-listener.h"
#include "peal-tiktok-oauth.h"
#include "peal-tiktok-types.h"
#include "peal-upload.h"

static void
test_credentials (void)
{
  g_autoptr (PealSecret) secret = peal_secret_new ("s3cret");
  g_autoptr (PealAppCredentials) app = peal_app_credentials_new ("key", secret);
  g_autoptr (PealAppCredentials) copy = g_boxed_copy (PEAL_TYPE_APP_CREDENTIALS, app);

  g_assert_cmpstr (copy->client_key, ==, "key");
  g_assert_true (peal_secret_equal (copy->client_secret, secret));
}

static void
test_access (void)
{
  g_autoptr (PealSecret) token = peal_secret_new ("act.1");
  g_autoptr (PealAccess) access = peal_access_new ("open", PEAL_SCOPE_VIDEO_LIST, token);
  g_autoptr (PealAccess) copy = g_boxed_copy (PEAL_TYPE_ACCESS, access);

  g_assert_cmpstr (copy->open_id, ==, "open");
  g_assert_cmpint (copy->scopes, ==, PEAL_SCOPE_VIDEO_LIST);
  g_assert_true (peal_secret_equal (copy->access_token, token));
}

/* Every member may be unset. */
static void
test_empty (void)
{
  const struct
  {
    GType type;
    gsize size;
  } cases[] = {
    { PEAL_TYPE_TOKENS, sizeof (PealTokens) },
    { PEAL_TYPE_ACCESS, sizeof (PealAccess) },
    { PEAL_TYPE_APP_CREDENTIALS, sizeof (PealAppCredentials) },
    { PEAL_TYPE_USER, sizeof (PealUser) },
    { PEAL_TYPE_CREATOR_INFO, sizeof (PealCreatorInfo) },
    { PEAL_TYPE_UPLOAD_TICKET, sizeof (PealUploadTicket) },
    { PEAL_TYPE_PUBLISH_STATUS, sizeof (PealPublishStatus) },
    { PEAL_TYPE_CHUNK_ANSWER, sizeof (PealChunkAnswer) },
    { PEAL_TYPE_REDIRECT, sizeof (PealRedirect) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gpointer empty = g_malloc0 (cases[i].size);
      gpointer copy = g_boxed_copy (cases[i].type, empty);

      g_boxed_free (cases[i].type, empty);
      g_boxed_free (cases[i].type, copy);
    }
}

static void
test_free_null (void)
{
  peal_app_credentials_free (NULL);
  peal_tokens_free (NULL);
  peal_access_free (NULL);
  peal_user_free (NULL);
  peal_video_free (NULL);
  peal_video_page_free (NULL);
  peal_creator_info_free (NULL);
  peal_upload_ticket_free (NULL);
  peal_publish_status_free (NULL);
  peal_chunk_answer_free (NULL);
  peal_redirect_free (NULL);
  peal_sign_in_free (NULL);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/types/credentials", test_credentials);
  g_test_add_func ("/types/access", test_access);
  g_test_add_func ("/types/empty", test_empty);
  g_test_add_func ("/types/free-null", test_free_null);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-answers.h"
#include "peal-error.h"
#include "peal-fuzz.h"
#include "peal-tiktok-types.h"

#define NOW_US (G_GINT64_CONSTANT (1795600000) * G_USEC_PER_SEC)

/* A text that may be shown: UTF-8 without control characters; @lines: but for line feeds. */
static void
check_text (const char *text, gboolean lines)
{
  if (text == NULL)
    return;
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (; *text != '\0'; text = g_utf8_next_char (text))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (text)) && !(lines && *text == '\n'));
}

static void
check_number (gint64 number)
{
  g_assert_cmpint (number, >=, -1);
}

static void
check_id (const char *id)
{
  g_assert_cmpuint (strlen (id), >, 0);
  g_assert_cmpuint (strspn (id, "0123456789"), ==, strlen (id));
}

static void
check_user (const PealUser *user)
{
  check_text (user->display_name, FALSE);
  check_text (user->username, FALSE);
  check_text (user->bio, TRUE);
  check_number (user->follower_count);
  check_number (user->following_count);
  check_number (user->likes_count);
  check_number (user->video_count);
  g_assert_cmpint (user->is_verified, >=, -1);
  g_assert_cmpint (user->is_verified, <=, 1);
}

static void
check_page (const PealVideoPage *page)
{
  g_assert_true (!page->has_more || page->next_cursor_ms > 0);
  for (guint i = 0; i < page->videos->len; i++)
    {
      const PealVideo *video = page->videos->pdata[i];

      check_id (video->id);
      check_text (video->title, FALSE);
      check_text (video->description, TRUE);
      check_number (video->create_time_s);
      check_number (video->view_count);
      check_number (video->duration_s);
    }
}

static void
check_creator (const PealCreatorInfo *info)
{
  check_text (info->nickname, FALSE);
  check_text (info->username, FALSE);
  check_number (info->max_video_post_duration_s);
  g_assert_nonnull (info->privacy_level_options[0]);
}

static void
check_ticket (const PealUploadTicket *ticket)
{
  g_assert_cmpuint (strlen (ticket->publish_id), <=, 64);
  check_text (ticket->publish_id, FALSE);
  g_assert_nonnull (ticket->upload_url);
}

static void
check_status (const PealPublishStatus *status)
{
  check_text (status->raw, FALSE);
  check_text (status->fail_reason, FALSE);
  check_number (status->uploaded_bytes);
  g_assert_nonnull (status->post_ids);
  for (gsize i = 0; status->post_ids[i] != NULL; i++)
    check_id (status->post_ids[i]);
}

static void
check_tokens (const PealTokens *tokens)
{
  g_assert_nonnull (tokens->access_token);
  g_assert_cmpint (tokens->access_expires_at_us, >=, NOW_US);
  check_number (tokens->refresh_expires_at_us);
}

static void
read_value (char selector, const PealReply *reply, PealTiktokClient *client, GError **error)
{
  g_autoptr (PealUser) user = NULL;
  g_autoptr (PealVideoPage) page = NULL;
  g_autoptr (PealCreatorInfo) creator = NULL;
  g_autoptr (PealUploadTicket) ticket = NULL;
  g_autoptr (PealPublishStatus) status = NULL;
  g_autoptr (PealTokens) tokens = NULL;

  if (selector == 'u' && (user = peal_answer_read_user (reply, client, error)))
    check_user (user);
  else if (selector == 'l' && (page = peal_answer_read_video_list (reply, client, error)))
    check_page (page);
  else if (selector == 'q' && (page = peal_answer_read_video_query (reply, client, error)))
    check_page (page);
  else if (selector == 'c' && (creator = peal_answer_read_creator (reply, client, error)))
    check_creator (creator);
  else if (selector == 'i' && (ticket = peal_answer_read_ticket (reply, client, error)))
    check_ticket (ticket);
  else if (selector == 's' && (status = peal_answer_read_status (reply, client, error)))
    check_status (status);
  else if (strchr ("tr", selector) != NULL
           && (tokens = peal_answer_read_tokens (reply, selector == 't', error)))
    check_tokens (tokens);
  else if (selector != 'v')
    g_assert_true (error == NULL || *error != NULL);
}

static void
check_error (const GError *error)
{
  g_assert_true (error->domain == PEAL_ERROR);
  g_assert_nonnull (peal_error_get_reason (error));
  check_text (error->message, FALSE);
  check_text (peal_error_get_log_id (error), FALSE);
}

/* A letter for the call, a digit for the HTTP status, then the body. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const guint statuses[] = { 200, 201, 302, 400, 401, 403, 404, 429, 500, 503 };
  static PealTiktokClient *client = NULL;
  g_autofree char *body = NULL;
  g_autoptr (PealReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  PealHttpAnswer answer = { .media_type = (char *)"application/json", .date_us = -1 };
  PealEnvelopeKind kind;

  if (size < 2 || strchr ("ulqcistrv", data[0]) == NULL || data[0] == '\0')
    return 0;
  if (client == NULL)
    {
      g_autoptr (PealClock) clock = peal_system_clock_new ();

      client = peal_tiktok_client_new (NULL, clock, NULL);
    }
  kind = data[0] == 'v'                   ? PEAL_ENVELOPE_REVOKE
         : strchr ("tr", data[0]) != NULL ? PEAL_ENVELOPE_TOKEN
                                          : PEAL_ENVELOPE_API;
  body = g_memdup2 (data + 2, size - 2);
  answer.status = statuses[data[1] % G_N_ELEMENTS (statuses)];
  answer.data = body;
  answer.length = size - 2;
  reply = peal_envelope_open (&answer, kind, strchr ("itrv", data[0]) != NULL, NOW_US, &error);
  if (reply != NULL)
    read_value ((char)data[0], reply, client, &error);
  if (error != NULL)
    check_error (error);

  return 0;
}

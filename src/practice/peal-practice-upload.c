/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-upload.h"

#include "peal-practice-random.h"

struct _PealPracticeTransfer
{
  char *publish_id;
  gint64 first;
  gint64 length;
  gint64 got;
  GChecksum *digest; /* as it will be after this chunk; NULL where none is wanted */
  PealPracticeMedia *media;
};

typedef struct
{
  gint64 first;
  gint64 last;
  gint64 total;
} Range;

static gboolean
parse_range (SoupServerMessage *message, Range *range)
{
  static const char pattern[] = "^bytes ([0-9]{1,15})-([0-9]{1,15})/([0-9]{1,15})$";
  const char *text =
      soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Content-Range");
  g_autoptr (GRegex) regex = g_regex_new (pattern, G_REGEX_DEFAULT, G_REGEX_MATCH_DEFAULT, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  gint64 *numbers[] = { &range->first, &range->last, &range->total };

  if (text == NULL || !g_regex_match (regex, text, G_REGEX_MATCH_DEFAULT, &match))
    return FALSE;
  for (int i = 0; i < 3; i++)
    {
      g_autofree char *digits = g_match_info_fetch (match, i + 1);

      *numbers[i] = g_ascii_strtoll (digits, NULL, 10);
    }
  return range->first <= range->last && range->last < range->total;
}

static PealPracticePost *
find_upload (PealPracticeWorld *world, GHashTable *query)
{
  const char *id = query != NULL ? g_hash_table_lookup (query, "upload_id") : NULL;
  const char *token = query != NULL ? g_hash_table_lookup (query, "upload_token") : NULL;
  PealPracticePost *post = id != NULL ? peal_practice_world_find_upload (world, id) : NULL;

  if (post == NULL || token == NULL || !peal_practice_secret_equal (post->upload_token, token))
    return NULL;
  return post;
}

gint64
peal_practice_upload_get_chunk (PealPracticeWorld *world,
                                SoupServerMessage *message,
                                GHashTable *query,
                                gboolean *is_last)
{
  PealPracticePost *post = find_upload (world, query);
  Range range;

  *is_last = FALSE;
  if (post == NULL || !parse_range (message, &range))
    return -1;
  *is_last = range.last == post->size - 1;
  return range.first / post->chunk_size;
}

static gboolean
has_good_headers (SoupServerMessage *message, const PealPracticePost *post, Range *range)
{
  static const char *const types[] = { "video/mp4", "video/quicktime", "video/webm", NULL };
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *type = soup_message_headers_get_content_type (headers, NULL);

  return type != NULL && g_strv_contains (types, type) && parse_range (message, range)
         && range->total == post->size
         && soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
         && soup_message_headers_get_content_length (headers) == range->last - range->first + 1;
}

static void
set_progress (PealPracticeCall *call, const PealPracticePost *post)
{
  gint64 shown = call->world->settings.progress_last_index ? MAX (post->received - 1, 0) : post->received;
  g_autofree char *text =
      g_strdup_printf ("bytes 0-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, shown, post->size);

  soup_message_headers_replace (soup_server_message_get_response_headers (call->message), "Content-Range",
                                text);
}

/* Returns: @status, with the progress of @post (nullable) among the headers. */
static guint
with_progress (PealPracticeCall *call, const PealPracticePost *post, guint status)
{
  if (post != NULL)
    set_progress (call, post);
  return status;
}

/* The chunk that the plan of init has at @first. */
static gint64
planned_length (const PealPracticePost *post, gint64 first)
{
  gint64 index = first / post->chunk_size;

  return index >= post->chunk_count - 1 ? post->size - first : post->chunk_size;
}

static PealPracticeTransfer *
make_transfer (PealPracticeWorld *world, const PealPracticePost *post, const Range *range)
{
  PealPracticeTransfer *self = g_new0 (PealPracticeTransfer, 1);

  self->publish_id = g_strdup (post->publish_id);
  self->first = range->first;
  self->length = range->last - range->first + 1;
  self->digest = world->settings.hash_uploads ? g_checksum_copy (post->digest) : NULL;
  self->media = peal_practice_media_copy (post->media);
  return self;
}

PealPracticeTransfer *
peal_practice_upload_begin (PealPracticeCall *call, guint *refusal)
{
  PealPracticePost *post = find_upload (call->world, call->query);
  Range range = { 0 };

  if (post == NULL || (post->is_settled && post->uploaded == 0))
    *refusal = 404;
  else if (post->uploaded == 0 && post->upload_until <= peal_practice_world_now (call->world))
    *refusal = 403;
  else if (!has_good_headers (call->message, post, &range))
    *refusal = 400;
  else if (range.last < post->received && call->world->settings.accept_resent_chunks)
    *refusal = with_progress (call, post, post->uploaded > 0 ? 201 : 206);
  else if (range.first != post->received || post->uploaded > 0)
    *refusal = with_progress (call, post, 416);
  else if (range.last - range.first + 1 != planned_length (post, range.first))
    *refusal = 400;
  else
    return make_transfer (call->world, post, &range);
  return NULL;
}

void
peal_practice_transfer_feed (PealPracticeTransfer *self, GBytes *bytes)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);

  self->got += (gint64)length;
  if (self->digest != NULL && length > 0)
    g_checksum_update (self->digest, data, (gssize)length);
  peal_practice_media_feed (self->media, data, length);
}

gint64
peal_practice_transfer_get_length (PealPracticeTransfer *self)
{
  return self->got;
}

void
peal_practice_transfer_free (PealPracticeTransfer *self)
{
  g_free (self->publish_id);
  g_clear_pointer (&self->digest, g_checksum_free);
  g_clear_pointer (&self->media, peal_practice_media_free);
  g_free (self);
}

static void
take_chunk (PealPracticeTransfer *self, PealPracticeWorld *world, PealPracticePost *post)
{
  if (self->digest != NULL)
    {
      g_checksum_free (post->digest);
      post->digest = g_steal_pointer (&self->digest);
    }
  peal_practice_media_free (post->media);
  post->media = g_steal_pointer (&self->media);
  post->received += self->length;
  post->chunks++;
  if (post->received == post->size)
    peal_practice_world_finish_upload (world, post);
}

void
peal_practice_transfer_end (PealPracticeTransfer *self, PealPracticeWorld *world, PealPracticeCall *call)
{
  PealPracticePost *post = peal_practice_world_find_post (world, self->publish_id);
  guint status = 416;

  if (post == NULL || post->is_settled)
    status = 404;
  else if (self->got != self->length)
    status = 400;
  else if (post->received == self->first && post->uploaded == 0)
    {
      take_chunk (self, world, post);
      status = post->uploaded > 0 ? 201 : 206;
    }
  if (call != NULL)
    soup_server_message_set_status (call->message, with_progress (call, status == 404 ? NULL : post, status),
                                    NULL);
}

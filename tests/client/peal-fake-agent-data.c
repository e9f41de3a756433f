/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-fake-agent-private.h"

#include <string.h>

#define N_POSTS 3
#define DUE G_GINT64_CONSTANT (1793620800000000)
#define MAX_SAMPLES 10000

GVariant *
peal_fake_build (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = g_variant_parse (NULL, text, NULL, NULL, &error);
  g_autoptr (GBytes) bytes = NULL;

  g_assert_no_error (error);
  bytes = g_variant_get_data_as_bytes (value);
  return g_variant_new_from_bytes (g_variant_get_type (value), bytes, TRUE);
}

static GVariant *
build_accounts (void)
{
  return peal_fake_build (
      "[{'open_id': <'-000ExampleMara'>, 'username': <'mara.bakes'>, 'display_name': <'Mara\\nBakes'>,"
      "  'environment': <'sandbox'>, 'scopes': <['user.info.basic', 'video.publish']>,"
      "  'state': <'connected'>, 'share_type': <'direct'>, 'connected_at': <int64 1793613600000000>,"
      "  'follower_count': <int64 4511>, 'video_count': <int64 45>},"
      " {'open_id': <'-000ExampleOtto'>, 'username': <''>, 'display_name': <'Otto'>,"
      "  'environment': <'sandbox'>, 'scopes': <@as []>, 'state': <'reconnect'>,"
      "  'share_type': <'inbox'>}]");
}

static GVariant *
get_status (PealFakeAgent *self)
{
  return self->status != NULL
             ? self->status
             : peal_fake_build (
                   "{'version': <'0.1.0'>, 'practice': <true>, 'profile': <'sandbox'>, 'paused': <false>,"
                   " 'counts': <{'scheduled': uint32 2}>, 'attention': <[{'kind': <'post'>, 'id': <int64 3>,"
                   " 'reason': <'missed'>}]>, 'next_due': <{'id': <int64 1>, 'due': <int64 "
                   "1793620800000000>, 'account': <'-000ExampleMara'>}>}");
}

static GVariant *
build_post (PealFakeAgent *self, gint64 id)
{
  g_autofree char *text = g_strdup_printf (
      "{'id': <int64 %" G_GINT64_FORMAT ">, 'group': <int64 1>, 'account': <'-000ExampleMara'>,"
      " 'username': <'mara.bakes'>, 'state': <'%s'>, 'hold_reason': <''>, 'due': <int64 1793620800000000>,"
      " 'zone': <'Europe/Berlin'>, 'caption': <'=Plum\\u001bcake'>, 'privacy_level': <'SELF_ONLY'>,"
      " 'share_type': <'direct'>, 'allow_comment': <true>, 'media': <{'name': <'cake.mp4'>, 'size': <int64 "
      "9>}>,"
      " 'post_ids': <['7572003456789012345']>, 'error': <{'code': <'spam_risk'>, 'message': <'no'>,"
      " 'log_id': <'2026EXAMPLE'>}>, 'progress': <(uint64 3, uint64 9)>, 'attempts': <[{'n': <1>,"
      " 'state': <'UPLOADING'>, 'started_at': <int64 1793620800000000>}]>,"
      " 'events': <[{'at': <int64 1793620800000000>, 'kind': <'state'>, 'detail': "
      "<'{\"to\":\"publishing\"}'>}]>}",
      id, self->state);

  return peal_fake_build (text);
}

/* What a post and a video are whose members nobody named; as many as real ones have. */
#define PLAIN_POST                                                                                           \
  "{'group': <int64 1>, 'account': <'-000ExampleMara'>, 'username': <'mara.bakes'>, 'display_name': "        \
  "<'Mara'>, 'environment': <'sandbox'>, 'hold_reason': <''>, 'zone': <'Europe/Berlin'>, 'created_at': "     \
  "<int64 1793000000000000>, 'caption': <'Cake'>, 'privacy_level': <'SELF_ONLY'>, 'share_type': "            \
  "<'direct'>, 'allow_comment': <true>, 'allow_duet': <false>, 'allow_stitch': <false>, 'your_brand': "      \
  "<false>, 'branded_content': <false>, 'ai_generated': <false>, 'cover_ms': <int64 -1>, 'post_ids': "       \
  "<@as []>, 'progress': <(uint64 0, uint64 9000)>, 'media': <{'name': <'cake.mp4'>, 'container': "          \
  "<'mp4'>, 'video_codec': <'h264'>, 'audio_codec': <'aac'>, 'size': <int64 9000>, 'duration_us': <int64 "   \
  "8000000>, 'width': <720>, 'height': <1280>, 'rotation': <0>, 'fps_num': <30>, 'fps_den': <1>, "           \
  "'sha256': <'ab'>}>}"
#define PLAIN_VIDEO                                                                                          \
  "{'description': <'d'>, 'share_url': <'https://www.tiktok.com/@mara.bakes/video/7572000000000'>, "         \
  "'cover_url': <'https://p16.tiktokcdn.com/x'>, 'duration_s': <int64 12>, 'width': <int64 720>, "           \
  "'height': <int64 1280>, 'view_count': <int64 0>, 'like_count': <int64 1>, 'comment_count': <int64 2>, "   \
  "'share_count': <int64 3>, 'sampled_at': <int64 1793620800000000>}"

/* Begins @dict with what @text says; parsed once, as there may be ten thousand. */
static void
begin_plain (GVariantDict *dict, const char *text)
{
  static GHashTable *parsed = NULL;
  GVariant *plain = NULL;

  if (parsed == NULL)
    parsed = g_hash_table_new (g_str_hash, g_str_equal);
  if (!(plain = g_hash_table_lookup (parsed, text)))
    {
      plain = g_variant_ref_sink (peal_fake_build (text));
      g_hash_table_insert (parsed, (gpointer)text, plain);
    }
  g_variant_dict_init (dict, plain);
}

/* (transfer full): @dict with the members of @more laid over it; one that is an empty tuple is taken away. */
static GVariant *
end_plain (GVariantDict *dict, const char *more)
{
  g_autoptr (GVariant) changes = more != NULL ? g_variant_ref_sink (peal_fake_build (more)) : NULL;
  GVariantIter iter;
  const char *key;
  GVariant *value;

  if (changes != NULL)
    {
      g_variant_iter_init (&iter, changes);
      while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
        {
          if (g_variant_is_of_type (value, G_VARIANT_TYPE_UNIT))
            g_variant_dict_remove (dict, key);
          else
            g_variant_dict_insert_value (dict, key, value);
        }
    }
  return g_variant_ref_sink (g_variant_dict_end (dict));
}

static gint64
get_int (GVariant *dict, const char *key, gint64 fallback)
{
  gint64 value = fallback;

  g_variant_lookup (dict, key, "x", &value);
  return value;
}

static const char *
get_text (GVariant *dict, const char *key)
{
  const char *text = "";

  g_variant_lookup (dict, key, "&s", &text);
  return text;
}

/* By what a post is found and sorted. */
typedef struct
{
  GVariant *dict;
  gint64 id, due, instant;
  const char *state, *account;
  char *caption; /* lower case */
} FakePost;

static FakePost *
fake_post_new (GVariant *dict)
{
  FakePost *self = g_new0 (FakePost, 1);

  self->dict = dict;
  self->id = get_int (dict, "id", 0);
  self->due = get_int (dict, "due", G_MAXINT64);
  self->instant = get_int (dict, "due", get_int (dict, "created_at", 0));
  self->instant = get_int (dict, "published_at", get_int (dict, "ended_at", self->instant));
  self->state = get_text (dict, "state");
  self->account = get_text (dict, "account");
  self->caption = g_ascii_strdown (get_text (dict, "caption"), -1);
  return self;
}

static void
fake_post_free (FakePost *self)
{
  g_clear_pointer (&self->dict, g_variant_unref);
  g_clear_pointer (&self->caption, g_free);
  g_free (self);
}

static int
compare (gint64 a, gint64 b, gint64 id_a, gint64 id_b)
{
  if (a != b)
    return a < b ? -1 : 1;
  return id_a < id_b ? -1 : id_a > id_b;
}

static int
compare_soonest (gconstpointer a, gconstpointer b)
{
  const FakePost *x = *(FakePost *const *)a;
  const FakePost *y = *(FakePost *const *)b;

  return compare (x->due, y->due, x->id, y->id);
}

static int
compare_latest (gconstpointer a, gconstpointer b)
{
  const FakePost *x = *(FakePost *const *)a;
  const FakePost *y = *(FakePost *const *)b;

  return compare (y->instant, x->instant, y->id, x->id);
}

static gboolean
is_behind (const FakePost *post, gint64 after, gint64 after_instant, gboolean is_latest)
{
  if (after == 0)
    return TRUE;
  if (is_latest)
    return compare (post->instant, after_instant, post->id, after) < 0;
  return compare (post->due, after_instant, post->id, after) > 0;
}

static void
sort_posts (PealFakeAgent *self, const char *order)
{
  GHashTableIter iter;
  gpointer post;

  if (self->listed != NULL && g_strcmp0 (self->listed_order, order) == 0)
    return;
  g_clear_pointer (&self->listed, g_ptr_array_unref);
  g_set_str (&self->listed_order, order);
  self->listed = g_ptr_array_new ();
  g_hash_table_iter_init (&iter, self->posts);
  while (g_hash_table_iter_next (&iter, NULL, &post))
    g_ptr_array_add (self->listed, post);
  g_ptr_array_sort (self->listed, g_str_equal (order, "latest") ? compare_latest : compare_soonest);
}

static GVariant *
list_posts (PealFakeAgent *self, GVariant *filter, guint limit)
{
  g_auto (GVariantBuilder) posts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  const char *order = get_text (filter, "order"), *account = get_text (filter, "account");
  gboolean is_latest = g_str_equal (order, "latest");
  gint64 after = get_int (filter, "after", 0);
  gint64 after_instant = get_int (filter, "after_instant", G_MAXINT64);
  g_autofree char *text = g_ascii_strdown (get_text (filter, "text"), -1);
  g_autofree const char **states = NULL;
  guint n = 0;

  g_variant_lookup (filter, "states", "^a&s", &states);

  if (self->posts == NULL)
    for (gint64 id = after + 1; id <= N_POSTS; id++)
      g_variant_builder_add_value (&posts, build_post (self, id));
  else
    {
      sort_posts (self, order);
      for (guint i = 0; i < self->listed->len && n < limit; i++)
        {
          FakePost *post = g_ptr_array_index (self->listed, i);

          if (!is_behind (post, after, after_instant, is_latest)
              || (states != NULL && !g_strv_contains (states, post->state))
              || (account[0] != '\0' && !g_str_equal (account, post->account))
              || strstr (post->caption, text) == NULL)
            continue;
          g_variant_builder_add_value (&posts, post->dict);
          n++;
        }
    }
  return g_variant_builder_end (&posts);
}

static GVariant *
get_post (PealFakeAgent *self, gint64 id, GError **error)
{
  FakePost *post = self->posts != NULL ? g_hash_table_lookup (self->posts, &id) : NULL;

  if (self->posts == NULL)
    return g_variant_new ("(@a{sv})", build_post (self, id));
  if (post == NULL)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "post_unknown: There is no such post");
  return post != NULL ? g_variant_new ("(@a{sv})", post->dict) : NULL;
}

/* As the agent: whole seconds, so that a page may be longer than @limit. */
static GVariant *
list_videos (PealFakeAgent *self, gint64 before, guint limit)
{
  g_auto (GVariantBuilder) videos = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  gint64 last = 0;
  guint n = 0;

  for (guint i = 0; self->videos != NULL && i < self->videos->len; i++)
    {
      GVariant *video = g_ptr_array_index (self->videos, i);
      gint64 created = get_int (video, "create_time", 0);

      if (before > 0 && created >= before)
        continue;
      if (n >= limit && created != last)
        break;
      g_variant_builder_add_value (&videos, video);
      last = created;
      n++;
    }
  if (self->videos == NULL)
    g_variant_builder_add_value (
        &videos, peal_fake_build (
                     "{'id': <'7572003456789012345'>, 'create_time': <int64 1793620800>, 'title': <'=1+1, "
                     "\"x\"'>, 'description': <'-dash'>, 'view_count': <int64 12>}"));
  return g_variant_builder_end (&videos);
}

/* One a minute. */
static GVariant *
get_samples (PealFakeAgent *self, gint64 since)
{
  g_auto (GVariantBuilder) samples = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(xxxxx)"));
  guint n = 0;

  if (self->n_samples == 0)
    return peal_fake_build ("[(int64 1793620800000000, int64 10, int64 -1, int64 30, int64 4)]");
  for (guint i = 0; i < self->n_samples && n < MAX_SAMPLES; i++)
    {
      gint64 at = DUE + (gint64)i * 60 * G_USEC_PER_SEC;

      if (at < since)
        continue;
      g_variant_builder_add (&samples, "(xxxxx)", at, (gint64)i, G_GINT64_CONSTANT (-1), G_MAXINT64,
                             G_GINT64_CONSTANT (9007199254740993));
      n++;
    }
  return g_variant_builder_end (&samples);
}

GVariant *
peal_fake_agent_answer (PealFakeAgent *self, const char *method, GVariant *parameters, GError **error)
{
  gint64 number;
  guint limit;

  if (g_str_equal (method, "GetStatus"))
    return g_variant_new ("(@a{sv})", get_status (self));
  if (g_str_equal (method, "ListAccounts"))
    return g_variant_new ("(@aa{sv})", self->accounts != NULL ? self->accounts : build_accounts ());
  if (g_str_equal (method, "GetPost"))
    {
      g_variant_get (parameters, "(x)", &number);
      return get_post (self, number, error);
    }
  if (g_str_equal (method, "ListPosts"))
    {
      g_autoptr (GVariant) filter = NULL;

      g_variant_get (parameters, "(@a{sv}u)", &filter, &limit);
      return g_variant_new ("(@aa{sv})", list_posts (self, filter, limit));
    }
  if (g_str_equal (method, "ListVideos"))
    {
      g_variant_get (parameters, "(&sxu)", NULL, &number, &limit);
      return g_variant_new ("(@aa{sv})", list_videos (self, number, limit));
    }
  if (g_str_equal (method, "AddPosts"))
    return peal_fake_build ("([int64 1, 2],)");
  if (g_str_equal (method, "ResolvePost"))
    return peal_fake_build ("(int64 9,)");
  if (g_str_equal (method, "GetSamples"))
    {
      g_variant_get (parameters, "(&sx)", NULL, &number);
      return g_variant_new ("(@a(xxxxx))", get_samples (self, number));
    }
  if (g_str_equal (method, "GetVideoSamples"))
    {
      g_variant_get (parameters, "(&s&sx)", NULL, NULL, &number);
      return g_variant_new ("(@a(xxxxx))", get_samples (self, number));
    }
  return NULL;
}

void
peal_fake_agent_init_data (PealFakeAgent *self)
{
  self->state = g_strdup ("scheduled");
}

void
peal_fake_agent_clear_data (PealFakeAgent *self)
{
  g_clear_pointer (&self->state, g_free);
  g_clear_pointer (&self->listed, g_ptr_array_unref);
  g_clear_pointer (&self->listed_order, g_free);
  g_clear_pointer (&self->posts, g_hash_table_unref);
  g_clear_pointer (&self->videos, g_ptr_array_unref);
  g_clear_pointer (&self->accounts, g_variant_unref);
  g_clear_pointer (&self->status, g_variant_unref);
}

void
peal_fake_agent_set_state (PealFakeAgent *self, const char *state)
{
  g_set_str (&self->state, state);
}

void
peal_fake_agent_clear_posts (PealFakeAgent *self)
{
  g_clear_pointer (&self->listed, g_ptr_array_unref);
  g_clear_pointer (&self->posts, g_hash_table_unref);
  self->posts = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, (GDestroyNotify)fake_post_free);
}

void
peal_fake_agent_put_post (PealFakeAgent *self, gint64 id, const char *state, gint64 minute, const char *more)
{
  GVariantDict dict;

  if (self->posts == NULL)
    peal_fake_agent_clear_posts (self);
  g_clear_pointer (&self->listed, g_ptr_array_unref);
  begin_plain (&dict, PLAIN_POST);
  g_variant_dict_insert (&dict, "id", "x", id);
  g_variant_dict_insert (&dict, "state", "s", state);
  g_variant_dict_insert (&dict, "due", "x", DUE + minute * 60 * G_USEC_PER_SEC);
  g_hash_table_insert (self->posts, g_memdup2 (&id, sizeof id), fake_post_new (end_plain (&dict, more)));
}

void
peal_fake_agent_remove_post (PealFakeAgent *self, gint64 id)
{
  g_clear_pointer (&self->listed, g_ptr_array_unref);
  g_hash_table_remove (self->posts, &id);
}

void
peal_fake_agent_put_video (PealFakeAgent *self, guint n, const char *more)
{
  g_autofree char *id = g_strdup_printf ("7572000000000%06u", n);
  g_autofree char *title = g_strdup_printf ("Video %u", n);
  GVariantDict dict;

  if (self->videos == NULL)
    self->videos = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);
  while (self->videos->len <= n)
    g_ptr_array_add (self->videos, NULL);
  begin_plain (&dict, PLAIN_VIDEO);
  g_variant_dict_insert (&dict, "id", "s", id);
  g_variant_dict_insert (&dict, "title", "s", title);
  g_variant_dict_insert (&dict, "create_time", "x", DUE / G_USEC_PER_SEC - n / 2 * 60);
  g_clear_pointer (&g_ptr_array_index (self->videos, n), g_variant_unref);
  g_ptr_array_index (self->videos, n) = end_plain (&dict, more);
}

void
peal_fake_agent_set_samples (PealFakeAgent *self, guint n)
{
  self->n_samples = n;
}

void
peal_fake_agent_set_accounts (PealFakeAgent *self, const char *text)
{
  g_clear_pointer (&self->accounts, g_variant_unref);
  self->accounts = g_variant_ref_sink (peal_fake_build (text));
}

void
peal_fake_agent_set_status (PealFakeAgent *self, const char *text)
{
  g_clear_pointer (&self->status, g_variant_unref);
  self->status = g_variant_ref_sink (peal_fake_build (text));
}

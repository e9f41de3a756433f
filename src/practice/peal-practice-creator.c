/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-creator.h"

#include "peal-practice-captions.h"
#include "peal-practice-json.h"
#include "peal-practice-random.h"

typedef struct
{
  const char *name;
  GType type;
  gsize offset;
} Member;

static const Member members[] = {
  { "private", G_TYPE_BOOLEAN, G_STRUCT_OFFSET (PealPracticeCreator, is_private) },
  { "comment_disabled", G_TYPE_BOOLEAN, G_STRUCT_OFFSET (PealPracticeCreator, comment_disabled) },
  { "duet_disabled", G_TYPE_BOOLEAN, G_STRUCT_OFFSET (PealPracticeCreator, duet_disabled) },
  { "stitch_disabled", G_TYPE_BOOLEAN, G_STRUCT_OFFSET (PealPracticeCreator, stitch_disabled) },
  { "barred", G_TYPE_BOOLEAN, G_STRUCT_OFFSET (PealPracticeCreator, is_barred) },
  { "app_old", G_TYPE_BOOLEAN, G_STRUCT_OFFSET (PealPracticeCreator, is_app_old) },
  { "max_duration", G_TYPE_INT64, G_STRUCT_OFFSET (PealPracticeCreator, max_duration) },
  { "daily_posts", G_TYPE_INT64, G_STRUCT_OFFSET (PealPracticeCreator, daily_posts) },
  { "moderation_seconds", G_TYPE_INT64, G_STRUCT_OFFSET (PealPracticeCreator, moderation_seconds) },
  { "next_fail_reason", G_TYPE_STRING, G_STRUCT_OFFSET (PealPracticeCreator, next_fail_reason) },
};

static void
video_free (PealPracticeVideo *video)
{
  g_free (video->caption);
  g_free (video);
}

/* Video @nth of @count, spread unevenly but in order over the profile's span. */
static PealPracticeVideo *
make_video (PealPracticeCreator *self, guint nth, guint count)
{
  PealPracticeVideo *video = g_new0 (PealPracticeVideo, 1);
  gint64 step = self->profile->span_days * G_TIME_SPAN_DAY / (gint64)count;
  gint64 before;

  video->key = peal_practice_key_mix (self->key, 1000 + nth);
  before = (gint64)(count - nth) * step - peal_practice_key_range (video->key, 20, 0, step * 9 / 10);
  video->created = self->born - before;
  video->listed = video->created;
  video->id = (video->created / G_USEC_PER_SEC) << 32 | (gint64)(video->key & 0x7fffffff);
  video->duration = (int)peal_practice_key_range (video->key, 21, 7, MIN (self->profile->max_duration, 120));
  video->width = 1080;
  video->height = peal_practice_key_range (video->key, 22, 0, 9) == 0 ? 1080 : 1920;
  return video;
}

PealPracticeCreator *
peal_practice_creator_new (guint index, guint64 seed, gint64 born)
{
  PealPracticeCreator *self = g_new0 (PealPracticeCreator, 1);
  const PealPracticeProfile *profile = peal_practice_profile_nth (index);

  self->profile = profile;
  self->index = index;
  self->born = born;
  self->key = peal_practice_key_mix_text (seed, profile->username);
  self->is_private = profile->is_private;
  self->comment_disabled = profile->comment_disabled;
  self->duet_disabled = profile->duet_disabled;
  self->stitch_disabled = profile->stitch_disabled;
  self->is_barred = profile->is_barred;
  self->max_duration = profile->max_duration;
  self->daily_posts = profile->daily_posts;
  self->moderation_seconds = profile->moderation_seconds;
  self->videos = g_ptr_array_new_full ((guint)profile->videos, (GDestroyNotify)video_free);
  for (guint i = 0; i < (guint)profile->videos; i++)
    g_ptr_array_add (self->videos, make_video (self, i, (guint)profile->videos));
  return self;
}

void
peal_practice_creator_free (PealPracticeCreator *self)
{
  g_clear_pointer (&self->videos, g_ptr_array_unref);
  g_clear_pointer (&self->next_fail_reason, g_free);
  g_free (self);
}

void
peal_practice_creator_add_video (PealPracticeCreator *self, const PealPracticeVideo *video)
{
  guint at = self->videos->len;

  while (at > 0 && ((PealPracticeVideo *)self->videos->pdata[at - 1])->created > video->created)
    at--;
  g_ptr_array_insert (self->videos, (int)at, g_memdup2 (video, sizeof *video));
}

const PealPracticeVideo *
peal_practice_creator_find_video (PealPracticeCreator *self, gint64 id, gint64 now)
{
  for (guint i = 0; i < self->videos->len; i++)
    {
      const PealPracticeVideo *video = self->videos->pdata[i];

      if (video->id == id && video->listed <= now)
        return video;
    }
  return NULL;
}

PealPracticeCounts
peal_practice_creator_count_video (PealPracticeCreator *self, const PealPracticeVideo *video, gint64 now)
{
  return peal_practice_life_video (video->key, self->profile->typical_views, now - video->listed);
}

PealPracticeCreatorCounts
peal_practice_creator_count (PealPracticeCreator *self, gint64 now)
{
  PealPracticeCreatorCounts counts = { 0 };

  counts.following = self->profile->following;
  counts.followers = peal_practice_life_followers (self->key, self->profile->followers,
                                                   self->profile->followers_a_day, now - self->born);
  for (guint i = 0; i < self->videos->len; i++)
    {
      const PealPracticeVideo *video = self->videos->pdata[i];

      if (video->listed > now)
        continue;
      counts.videos++;
      counts.likes += peal_practice_creator_count_video (self, video, now).likes;
    }
  return counts;
}

char *
peal_practice_creator_dup_caption (PealPracticeCreator *self, const PealPracticeVideo *video)
{
  return video->caption != NULL ? g_strdup (video->caption)
                                : peal_practice_caption (self->profile->topic, video->key);
}

char *
peal_practice_creator_dup_open_id (PealPracticeCreator *self, const PealPracticeApp *app)
{
  g_autofree char *text =
      peal_practice_key_text (peal_practice_key_mix_text (self->key, app->client_key), 32);

  return g_strconcat (self->index % 2 == 0 ? "-000" : "_000", text, NULL);
}

char *
peal_practice_creator_dup_union_id (PealPracticeCreator *self)
{
  guint64 a = peal_practice_key_mix (self->key, 31);
  guint64 b = peal_practice_key_mix (self->key, 32);

  return g_strdup_printf ("%08x-%04x-5%03x-8%03x-%012" G_GINT64_MODIFIER "x", (guint)(a >> 32),
                          (guint)(a >> 16) & 0xffff, (guint)a & 0xfff, (guint)(b >> 48) & 0xfff,
                          b & G_GUINT64_CONSTANT (0xffffffffffff));
}

const char *const *
peal_practice_creator_get_privacy_levels (PealPracticeCreator *self)
{
  static const char *const public_levels[] = { "PUBLIC_TO_EVERYONE", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY",
                                               NULL };
  static const char *const private_levels[] = { "FOLLOWER_OF_CREATOR", "MUTUAL_FOLLOW_FRIENDS", "SELF_ONLY",
                                                NULL };

  return self->is_private ? private_levels : public_levels;
}

JsonObject *
peal_practice_creator_to_json (PealPracticeCreator *self)
{
  JsonObject *object = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    if (members[i].type == G_TYPE_BOOLEAN)
      json_object_set_boolean_member (object, members[i].name,
                                      G_STRUCT_MEMBER (gboolean, self, members[i].offset));
    else if (members[i].type == G_TYPE_INT64)
      json_object_set_int_member (object, members[i].name, G_STRUCT_MEMBER (gint64, self, members[i].offset));
    else
      peal_practice_json_set_text (object, members[i].name,
                                   G_STRUCT_MEMBER (char *, self, members[i].offset));
  return object;
}

static gboolean
is_acceptable (JsonObject *object, const char *name)
{
  const char *text;
  gint64 number;
  gboolean flag;

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (!g_str_equal (members[i].name, name))
        continue;
      if (members[i].type == G_TYPE_BOOLEAN)
        return peal_practice_json_bool (object, name, &flag) == PEAL_PRACTICE_PRESENT;
      if (members[i].type == G_TYPE_INT64)
        return peal_practice_json_int (object, name, &number) == PEAL_PRACTICE_PRESENT && number >= -1
               && number <= G_MAXINT32;
      return peal_practice_json_string (object, name, &text) != PEAL_PRACTICE_WRONG;
    }
  return FALSE;
}

char *
peal_practice_creator_update (PealPracticeCreator *self, JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    if (!is_acceptable (object, l->data))
      return g_strdup (l->data);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    {
      if (!json_object_has_member (object, members[i].name))
        continue;
      if (members[i].type == G_TYPE_BOOLEAN)
        peal_practice_json_bool (object, members[i].name,
                                 &G_STRUCT_MEMBER (gboolean, self, members[i].offset));
      else if (members[i].type == G_TYPE_INT64)
        peal_practice_json_int (object, members[i].name, &G_STRUCT_MEMBER (gint64, self, members[i].offset));
      else
        g_set_str (&G_STRUCT_MEMBER (char *, self, members[i].offset),
                   peal_practice_json_get_string (object, members[i].name, NULL));
    }
  return NULL;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-world.h"

#include "peal-practice-json.h"

#include <gio/gio.h>

#define STATE_VERSION 1

static JsonArray *
creators_to_json (PealPracticeWorld *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->creators->len; i++)
    {
      PealPracticeCreator *creator = self->creators->pdata[i];
      JsonObject *item = peal_practice_creator_to_json (creator);

      json_object_set_string_member (item, "username", creator->profile->username);
      json_array_add_object_element (array, item);
    }
  return array;
}

/* Videos that came of posts; the others follow from the seed. */
static JsonArray *
videos_to_json (PealPracticeWorld *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->creators->len; i++)
    {
      PealPracticeCreator *creator = self->creators->pdata[i];

      for (guint n = 0; n < creator->videos->len; n++)
        {
          const PealPracticeVideo *video = creator->videos->pdata[n];
          JsonObject *item;

          if (video->caption == NULL)
            continue;
          item = json_object_new ();
          json_object_set_string_member (item, "creator", creator->profile->username);
          json_object_set_int_member (item, "id", video->id);
          json_object_set_int_member (item, "created", video->created);
          json_object_set_int_member (item, "listed", video->listed);
          json_object_set_string_member (item, "caption", video->caption);
          json_object_set_int_member (item, "duration", video->duration);
          json_object_set_int_member (item, "width", video->width);
          json_object_set_int_member (item, "height", video->height);
          json_object_set_boolean_member (item, "is_aigc", video->is_aigc);
          json_array_add_object_element (array, item);
        }
    }
  return array;
}

static JsonObject *
world_to_json (PealPracticeWorld *self)
{
  JsonObject *object = json_object_new ();
  JsonArray *posts = json_array_new ();

  for (guint i = 0; i < self->posts->len; i++)
    json_array_add_object_element (posts, peal_practice_post_to_json (self->posts->pdata[i]));
  json_object_set_int_member (object, "version", STATE_VERSION);
  json_object_set_int_member (object, "seed", (gint64)self->seed);
  json_object_set_int_member (object, "born", self->born);
  json_object_set_int_member (object, "now", peal_practice_world_now (self));
  json_object_set_int_member (object, "ahead", peal_practice_world_now (self) - g_get_real_time ());
  json_object_set_object_member (object, "settings", peal_practice_settings_to_json (&self->settings));
  json_object_set_array_member (object, "creators", creators_to_json (self));
  json_object_set_object_member (object, "access", peal_practice_access_to_json (self->access));
  json_object_set_array_member (object, "posts", posts);
  json_object_set_array_member (object, "videos", videos_to_json (self));
  json_object_set_array_member (object, "ledger", json_array_ref (self->ledger));
  return object;
}

gboolean
peal_practice_world_save (PealPracticeWorld *self, GError **error)
{
  g_autoptr (JsonObject) object = NULL;
  g_autofree char *text = NULL;

  g_clear_handle_id (&self->save_id, g_source_remove);
  if (self->state_file == NULL)
    return TRUE;
  object = world_to_json (self);
  text = peal_practice_json_print (object);
  return g_file_set_contents_full (self->state_file, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, error);
}

static gboolean
save_cb (gpointer data)
{
  PealPracticeWorld *self = data;
  g_autoptr (GError) error = NULL;

  self->save_id = 0;
  if (!peal_practice_world_save (self, &error))
    g_message ("could not save the world: %s", error->message);
  return G_SOURCE_REMOVE;
}

void
peal_practice_world_touch (PealPracticeWorld *self)
{
  if (self->save_id == 0 && self->state_file != NULL)
    self->save_id = g_timeout_add (20, save_cb, self);
}

static void
load_creators (PealPracticeWorld *self, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *item = peal_practice_json_element (array, i);
      PealPracticeCreator *creator;
      g_autofree char *fault = NULL;

      if (item == NULL)
        continue;
      creator =
          peal_practice_world_find_creator (self, peal_practice_json_get_string (item, "username", NULL));
      json_object_remove_member (item, "username");
      if (creator != NULL)
        fault = peal_practice_creator_update (creator, item);
    }
}

static void
load_videos (PealPracticeWorld *self, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *item = peal_practice_json_element (array, i);
      PealPracticeVideo video = { 0 };
      PealPracticeCreator *creator;

      if (item == NULL)
        continue;
      creator =
          peal_practice_world_find_creator (self, peal_practice_json_get_string (item, "creator", NULL));
      if (creator == NULL)
        continue;
      video.id = peal_practice_json_get_int (item, "id", 0);
      video.key = (guint64)video.id;
      video.created = peal_practice_json_get_int (item, "created", 0);
      video.listed = peal_practice_json_get_int (item, "listed", 0);
      video.caption = g_strdup (peal_practice_json_get_string (item, "caption", ""));
      video.duration = (int)peal_practice_json_get_int (item, "duration", 0);
      video.width = (int)peal_practice_json_get_int (item, "width", 0);
      video.height = (int)peal_practice_json_get_int (item, "height", 0);
      video.is_aigc = peal_practice_json_get_bool (item, "is_aigc", FALSE);
      peal_practice_creator_add_video (creator, &video);
    }
}

static void
load_posts (PealPracticeWorld *self, JsonArray *array)
{
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonObject *item = peal_practice_json_element (array, i);
      const PealPracticeApp *app;
      PealPracticeCreator *creator;
      PealPracticePost *post = NULL;

      if (item == NULL)
        continue;
      app = peal_practice_app_find (peal_practice_json_get_string (item, "client_key", NULL));
      creator =
          peal_practice_world_find_creator (self, peal_practice_json_get_string (item, "creator", NULL));
      if (app != NULL && creator != NULL)
        post = peal_practice_post_from_json (item, app, creator);
      if (post != NULL)
        g_ptr_array_add (self->posts, post);
    }
}

static void
make_creators (PealPracticeWorld *self)
{
  for (guint i = 0; peal_practice_profile_nth (i) != NULL; i++)
    g_ptr_array_add (self->creators, peal_practice_creator_new (i, self->seed, self->born));
}

static void
load (PealPracticeWorld *self, JsonObject *object)
{
  JsonObject *part = NULL;
  JsonArray *array = NULL;
  g_autofree char *fault = NULL;

  self->seed = (guint64)peal_practice_json_get_int (object, "seed", 1);
  self->born = peal_practice_json_get_int (object, "born", self->born);
  make_creators (self);
  if (peal_practice_json_object (object, "settings", &part) == PEAL_PRACTICE_PRESENT)
    fault = peal_practice_settings_update (&self->settings, part);
  if (peal_practice_json_array (object, "creators", &array) == PEAL_PRACTICE_PRESENT)
    load_creators (self, array);
  if (peal_practice_json_object (object, "access", &part) == PEAL_PRACTICE_PRESENT)
    peal_practice_access_load (self->access, part, self->creators);
  if (peal_practice_json_array (object, "posts", &array) == PEAL_PRACTICE_PRESENT)
    load_posts (self, array);
  if (peal_practice_json_array (object, "videos", &array) == PEAL_PRACTICE_PRESENT)
    load_videos (self, array);
  if (peal_practice_json_array (object, "ledger", &array) == PEAL_PRACTICE_PRESENT)
    {
      json_array_unref (self->ledger);
      self->ledger = json_array_ref (array);
    }
}

static gboolean
load_state (PealPracticeWorld *self, double scale, GError **error)
{
  g_autofree char *text = NULL;
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (GError) local = NULL;
  gint64 now = g_get_real_time ();
  gsize length;

  if (self->state_file == NULL || !g_file_get_contents (self->state_file, &text, &length, &local))
    {
      if (local != NULL && !g_error_matches (local, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      make_creators (self);
      return TRUE;
    }
  object = peal_practice_json_parse (text, (gssize)length);
  if (object == NULL || peal_practice_json_get_int (object, "version", 0) != STATE_VERSION)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is not the state of a practice world",
                   self->state_file);
      return FALSE;
    }
  now = MAX (now + peal_practice_json_get_int (object, "ahead", 0),
             peal_practice_json_get_int (object, "now", 0));
  peal_practice_clock_start (&self->clock, now, scale);
  load (self, object);
  return TRUE;
}

PealPracticeWorld *
peal_practice_world_new (guint64 seed, double scale, const char *state_dir, GError **error)
{
  g_autoptr (PealPracticeWorld) self = g_new0 (PealPracticeWorld, 1);

  self->seed = seed;
  self->born = g_get_real_time ();
  peal_practice_clock_start (&self->clock, self->born, scale);
  peal_practice_settings_init (&self->settings);
  self->creators = g_ptr_array_new_with_free_func ((GDestroyNotify)peal_practice_creator_free);
  self->access = peal_practice_access_new ();
  self->posts = g_ptr_array_new_with_free_func ((GDestroyNotify)peal_practice_post_free);
  self->ledger = json_array_new ();
  self->rate = peal_practice_rate_new ();
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_object_unref);
  if (state_dir != NULL)
    self->state_file = g_build_filename (state_dir, "world.json", NULL);
  if (!load_state (self, scale, error))
    return NULL;
  return g_steal_pointer (&self);
}

void
peal_practice_world_free (PealPracticeWorld *self)
{
  g_clear_handle_id (&self->save_id, g_source_remove);
  g_clear_pointer (&self->posts, g_ptr_array_unref);
  g_clear_pointer (&self->access, peal_practice_access_free);
  g_clear_pointer (&self->creators, g_ptr_array_unref);
  g_clear_pointer (&self->ledger, json_array_unref);
  g_clear_pointer (&self->rate, peal_practice_rate_free);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  peal_practice_settings_clear (&self->settings);
  g_free (self->base);
  g_free (self->upload_base);
  g_free (self->state_file);
  g_free (self);
}

gint64
peal_practice_world_now (PealPracticeWorld *self)
{
  return peal_practice_clock_now (&self->clock);
}

PealPracticeCreator *
peal_practice_world_find_creator (PealPracticeWorld *self, const char *username)
{
  for (guint i = 0; i < self->creators->len; i++)
    {
      PealPracticeCreator *creator = self->creators->pdata[i];

      if (g_strcmp0 (creator->profile->username, username) == 0)
        return creator;
    }
  return NULL;
}

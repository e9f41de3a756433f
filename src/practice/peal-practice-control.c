/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-handlers.h"

#include "peal-practice-json.h"
#include "peal-practice-random.h"

#include <string.h>

static void
answer_fault (PealPracticeCall *call, guint status, const char *text)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "error", text);
  peal_practice_call_json (call, status, object);
}

static void
answer_bad_member (PealPracticeCall *call, const char *name)
{
  g_autofree char *text = g_strdup_printf ("unknown or wrong member: %s", name);

  answer_fault (call, 400, text);
}

static void
answer_list (PealPracticeCall *call, const char *name, JsonArray *array)
{
  JsonObject *object = json_object_new ();

  json_object_set_array_member (object, name, array);
  peal_practice_call_json (call, 200, object);
}

static JsonObject *
describe_creator (PealPracticeCall *call, PealPracticeCreator *creator)
{
  JsonObject *object = peal_practice_creator_to_json (creator);
  PealPracticeCreatorCounts counts =
      peal_practice_creator_count (creator, peal_practice_world_now (call->world));
  JsonObject *open_ids = json_object_new ();
  JsonArray *apps = json_array_new ();
  const PealPracticeApp *app;

  for (guint i = 0; (app = peal_practice_app_nth (i)) != NULL; i++)
    {
      g_autofree char *open_id = peal_practice_creator_dup_open_id (creator, app);

      json_object_set_string_member (open_ids, app->client_key, open_id);
      if (peal_practice_access_find_grant (call->world->access, app, creator) != NULL)
        json_array_add_string_element (apps, app->client_key);
    }
  json_object_set_string_member (object, "username", creator->profile->username);
  json_object_set_string_member (object, "nickname", creator->profile->nickname);
  json_object_set_object_member (object, "open_ids", open_ids);
  json_object_set_array_member (object, "connected_apps", apps);
  json_object_set_int_member (object, "follower_count", counts.followers);
  json_object_set_int_member (object, "likes_count", counts.likes);
  json_object_set_int_member (object, "video_count", counts.videos);
  return object;
}

static void
show_creators (PealPracticeCall *call)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < call->world->creators->len; i++)
    json_array_add_object_element (array, describe_creator (call, call->world->creators->pdata[i]));
  answer_list (call, "creators", array);
}

static void
show_posts (PealPracticeCall *call)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < call->world->posts->len; i++)
    json_array_add_object_element (array, peal_practice_post_to_json (call->world->posts->pdata[i]));
  answer_list (call, "posts", array);
}

static void
show_counts (PealPracticeCall *call)
{
  JsonObject *object = json_object_new ();
  GHashTableIter iter;
  gpointer endpoint, counts;

  g_hash_table_iter_init (&iter, call->world->counts);
  while (g_hash_table_iter_next (&iter, &endpoint, &counts))
    json_object_set_object_member (object, endpoint, json_object_ref (counts));
  peal_practice_call_json (call, 200, object);
}

static void
show_clock (PealPracticeCall *call)
{
  JsonObject *object = json_object_new ();

  json_object_set_int_member (object, "now", peal_practice_world_now (call->world));
  json_object_set_int_member (object, "born", call->world->born);
  json_object_set_double_member (object, "scale", call->world->clock.scale);
  peal_practice_call_json (call, 200, object);
}

static void
show_summary (PealPracticeCall *call)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "version", PEAL_VERSION);
  json_object_set_int_member (object, "seed", (gint64)call->world->seed);
  json_object_set_int_member (object, "now", peal_practice_world_now (call->world));
  json_object_set_string_member (object, "base", call->world->base);
  json_object_set_string_member (object, "upload_base", call->world->upload_base);
  json_object_set_object_member (object, "settings", peal_practice_settings_to_json (&call->world->settings));
  peal_practice_call_json (call, 200, object);
}

static void
change_settings (PealPracticeCall *call, JsonObject *body)
{
  g_autofree char *fault = peal_practice_settings_update (&call->world->settings, body);

  if (fault != NULL)
    {
      answer_bad_member (call, fault);
      return;
    }
  peal_practice_world_touch (call->world);
  peal_practice_call_json (call, 200, peal_practice_settings_to_json (&call->world->settings));
}

static void
advance_clock (PealPracticeCall *call, JsonObject *body)
{
  double seconds = -1;

  peal_practice_json_double (body, "seconds", &seconds);
  if (!(seconds >= 0 && seconds <= 1e9))
    {
      answer_bad_member (call, "seconds");
      return;
    }
  peal_practice_clock_advance (&call->world->clock, (gint64)(seconds * 1e6));
  peal_practice_world_settle (call->world);
  peal_practice_world_touch (call->world);
  show_clock (call);
}

static void
add_fault (PealPracticeCall *call, JsonObject *body)
{
  g_autofree char *fault = peal_practice_faults_add (call->faults, body);

  if (fault != NULL)
    answer_bad_member (call, fault);
  else
    answer_list (call, "faults", peal_practice_faults_to_json (call->faults));
}

/* The newest draft in the inbox, or the one that @publish_id names. */
static PealPracticePost *
find_draft (PealPracticeCall *call, PealPracticeCreator *creator, const char *publish_id)
{
  for (guint i = call->world->posts->len; i > 0; i--)
    {
      PealPracticePost *post = call->world->posts->pdata[i - 1];

      if (post->creator == creator && post->is_draft && post->is_settled && post->fail_reason == NULL
          && (publish_id != NULL ? g_str_equal (post->publish_id, publish_id) : !post->is_finished))
        return post;
    }
  return NULL;
}

static void
finish_draft (PealPracticeCall *call, PealPracticeCreator *creator, JsonObject *body)
{
  const char *level = peal_practice_json_get_string (body, "privacy_level", NULL);
  PealPracticePost *post =
      find_draft (call, creator, peal_practice_json_get_string (body, "publish_id", NULL));

  if (post == NULL)
    answer_fault (call, 404, "no such draft in the inbox");
  else if (level != NULL && !g_strv_contains (peal_practice_creator_get_privacy_levels (creator), level))
    answer_bad_member (call, "privacy_level");
  else
    {
      peal_practice_world_finish_draft (call->world, post, level,
                                        peal_practice_json_get_string (body, "caption", NULL));
      peal_practice_call_json (call, 200, peal_practice_post_to_json (post));
    }
}

static void
revoke_app (PealPracticeCall *call, PealPracticeCreator *creator, JsonObject *body)
{
  const char *key = peal_practice_json_get_string (body, "client_key", NULL);
  const PealPracticeApp *app = peal_practice_app_find (key);

  if (key != NULL && app == NULL)
    {
      answer_bad_member (call, "client_key");
      return;
    }
  peal_practice_world_revoke (call->world, app, creator);
  peal_practice_call_json (call, 200, describe_creator (call, creator));
}

static void
change_creator (PealPracticeCall *call, PealPracticeCreator *creator, JsonObject *body)
{
  g_autofree char *fault = peal_practice_creator_update (creator, body);

  if (fault != NULL)
    {
      answer_bad_member (call, fault);
      return;
    }
  peal_practice_world_touch (call->world);
  peal_practice_call_json (call, 200, describe_creator (call, creator));
}

/* "creators/NAME", "creators/NAME/revoke", "creators/NAME/finish-draft" */
static void
handle_creator (PealPracticeCall *call, const char *path, JsonObject *body)
{
  g_auto (GStrv) parts = g_strsplit (path, "/", 3);
  PealPracticeCreator *creator =
      parts[1] != NULL ? peal_practice_world_find_creator (call->world, parts[1]) : NULL;
  const char *action = creator != NULL ? parts[2] : NULL;

  if (creator == NULL)
    answer_fault (call, 404, "no such creator");
  else if (body == NULL && action == NULL)
    peal_practice_call_json (call, 200, describe_creator (call, creator));
  else if (body == NULL)
    answer_fault (call, 405, "POST this");
  else if (action == NULL)
    change_creator (call, creator, body);
  else if (g_str_equal (action, "revoke"))
    revoke_app (call, creator, body);
  else if (g_str_equal (action, "finish-draft"))
    finish_draft (call, creator, body);
  else
    answer_fault (call, 404, "no such action");
}

static const struct
{
  const char *path;
  void (*show) (PealPracticeCall *call);
  void (*change) (PealPracticeCall *call, JsonObject *body);
} resources[] = {
  { "", show_summary, NULL },
  { "creators", show_creators, NULL },
  { "posts", show_posts, NULL },
  { "counts", show_counts, NULL },
  { "clock", show_clock, NULL },
  { "clock/advance", NULL, advance_clock },
  { "settings", show_summary, change_settings },
  { "faults", NULL, add_fault },
};

static void
handle_delete (PealPracticeCall *call, const char *path)
{
  if (g_str_equal (path, "faults"))
    peal_practice_faults_clear (call->faults);
  else if (g_str_equal (path, "counts"))
    g_hash_table_remove_all (call->world->counts);
  else
    {
      answer_fault (call, 405, "this cannot be deleted");
      return;
    }
  peal_practice_call_json (call, 200, json_object_new ());
}

static void
handle (PealPracticeCall *call, const char *path, JsonObject *body)
{
  if (g_str_has_prefix (path, "creators/"))
    {
      handle_creator (call, path, body);
      return;
    }
  if (body == NULL && g_str_equal (path, "ledger"))
    {
      answer_list (call, "ledger", json_array_ref (call->world->ledger));
      return;
    }
  if (body == NULL && g_str_equal (path, "faults"))
    {
      answer_list (call, "faults", peal_practice_faults_to_json (call->faults));
      return;
    }
  for (guint i = 0; i < G_N_ELEMENTS (resources); i++)
    {
      if (!g_str_equal (resources[i].path, path))
        continue;
      if (body != NULL && resources[i].change != NULL)
        resources[i].change (call, body);
      else if (body == NULL && resources[i].show != NULL)
        resources[i].show (call);
      else
        answer_fault (call, 405, "another method");
      return;
    }
  answer_fault (call, 404, "no such resource");
}

static gboolean
is_allowed (PealPracticeCall *call)
{
  const char *header = peal_practice_call_get_header (call, "Authorization");

  return header != NULL && g_str_has_prefix (header, "Bearer ")
         && peal_practice_secret_equal (call->control_token, header + 7);
}

void
peal_practice_control (PealPracticeCall *call)
{
  const char *method = soup_server_message_get_method (call->message);
  const char *path = call->path + strlen ("/control/");
  g_autoptr (GBytes) bytes = peal_practice_call_dup_body (call);
  g_autoptr (JsonObject) body = NULL;

  if (!is_allowed (call))
    answer_fault (call, 401, "the control token is missing or wrong");
  else if (g_str_equal (method, "DELETE"))
    handle_delete (call, path);
  else if (g_str_equal (method, "GET"))
    handle (call, path, NULL);
  else if (!g_str_equal (method, "POST"))
    answer_fault (call, 405, "another method");
  else
    {
      body = g_bytes_get_size (bytes) == 0 ? json_object_new ()
                                           : peal_practice_json_parse (g_bytes_get_data (bytes, NULL),
                                                                       (gssize)g_bytes_get_size (bytes));
      if (body == NULL)
        answer_fault (call, 400, "the body is not a JSON object");
      else
        handle (call, path, body);
    }
}

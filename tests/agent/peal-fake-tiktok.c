/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-fake-tiktok.h"

#include <libsoup/soup.h>
#include <stdlib.h>
#include <string.h>

#define PAGE 20
#define NEWEST_S G_GINT64_CONSTANT (1790000000)
#define STEP_S 3600

struct _PealFakeTiktok
{
  SoupServer *server;
  char *address;
  PealFakeFault fault;
  PealFakeHook hook;
  gpointer hook_data;
  gboolean refusing;
  gboolean revoked;
  gboolean circling;
  char *scopes;
  char *open_id;
  char *client_key;
  guint generation;
  guint n_videos;
  guint n_refreshes;
  guint n_calls;
  guint n_revoked;
};

static void
answer (SoupServerMessage *message, guint status, char *text)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/json", SOUP_MEMORY_TAKE, text, strlen (text));
}

static void
hang_up (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

static void
answer_tokens (PealFakeTiktok *self, SoupServerMessage *message, const char *open_id)
{
  answer (message, 200,
          g_strdup_printf ("{\"access_token\":\"act.%u\",\"refresh_token\":\"rft.%u\",\"expires_in\":7200,"
                           "\"refresh_expires_in\":15552000,\"open_id\":\"%s\",\"scope\":\"%s\","
                           "\"token_type\":\"Bearer\"}",
                           self->generation, self->generation, open_id, self->scopes));
}

static void
token_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  PealFakeTiktok *self = data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *text = g_strndup (body->data, (gsize)body->length);
  g_autoptr (GHashTable) form = soup_form_decode (text);
  g_autofree char *good = NULL;
  PealFakeFault fault = self->fault;
  PealFakeHook hook = g_steal_pointer (&self->hook);
  gboolean is_refresh = g_strcmp0 (g_hash_table_lookup (form, "grant_type"), "refresh_token") == 0;

  self->fault = PEAL_FAKE_FAULT_NONE;
  self->n_refreshes += is_refresh;
  g_set_str (&self->client_key, g_hash_table_lookup (form, "client_key"));
  if (hook != NULL)
    hook (self->hook_data);
  good = g_strdup_printf ("rft.%u", self->generation);
  if (fault == PEAL_FAKE_FAULT_LOST_REQUEST)
    hang_up (message);
  else if (fault == PEAL_FAKE_FAULT_SERVER)
    answer (message, 500, g_strdup ("{\"error\":\"server_error\",\"error_description\":\"\"}"));
  else if (is_refresh
           && (self->revoked || g_strcmp0 (g_hash_table_lookup (form, "refresh_token"), good) != 0))
    answer (message, 400,
            g_strdup ("{\"error\":\"invalid_grant\",\"error_description\":\"\",\"log_id\":\"L1\"}"));
  else
    {
      self->generation++;
      if (fault == PEAL_FAKE_FAULT_LOST_ANSWER)
        hang_up (message);
      else
        answer_tokens (self, message, fault == PEAL_FAKE_FAULT_OTHER_USER ? "-000Other" : self->open_id);
    }
}

static void
revoke_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  PealFakeTiktok *self = data;

  self->n_revoked++;
  answer (message, 200, g_strdup ("{}"));
}

/* Counts the call. FALSE, with an answer, for a token that is not good. */
static gboolean
check_token (PealFakeTiktok *self, SoupServerMessage *message)
{
  g_autofree char *good = g_strdup_printf ("Bearer act.%u", self->generation);
  const char *given =
      soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");

  self->n_calls++;
  if (!self->refusing && g_strcmp0 (given, good) == 0)
    return TRUE;
  answer (
      message, 401,
      g_strdup (
          "{\"data\":{},\"error\":{\"code\":\"access_token_invalid\",\"message\":\"\",\"log_id\":\"L2\"}}"));
  return FALSE;
}

static void
user_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  PealFakeTiktok *self = data;
  gboolean has_stats = strstr (self->scopes, "user.info.stats") != NULL;

  if (!check_token (self, message))
    return;
  answer (message, 200,
          g_strdup_printf ("{\"data\":{\"user\":{\"open_id\":\"%s\",\"display_name\":\"Mara Bakes\"%s}},"
                           "\"error\":{\"code\":\"ok\",\"message\":\"\",\"log_id\":\"L3\"}}",
                           self->open_id,
                           has_stats
                               ? ",\"username\":\"mara.bakes\",\"follower_count\":10,\"following_count\":0,"
                                 "\"likes_count\":30"
                               : ""));
}

/* The cursor is the time of the page's last video; a video is before it if it is older. */
static void
videos_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  PealFakeTiktok *self = data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *text = g_strndup (body->data, (gsize)body->length);
  const char *cursor = strstr (text, "\"cursor\":");
  gint64 before_s =
      cursor != NULL ? g_ascii_strtoll (cursor + strlen ("\"cursor\":"), NULL, 10) / 1000 : G_MAXINT64;
  g_autoptr (GString) videos = g_string_new (NULL);
  guint first = before_s > NEWEST_S ? 0 : (guint)((NEWEST_S - before_s) / STEP_S + 1);
  guint end = MIN (first + PAGE, self->n_videos);
  gint64 last_s = end > first ? NEWEST_S - (gint64)(end - 1) * STEP_S : MIN (before_s, NEWEST_S) - 1;

  if (!check_token (self, message))
    return;
  for (guint i = first; i < end; i++)
    g_string_append_printf (videos,
                            "%s{\"id\":\"%u\",\"create_time\":%" G_GINT64_FORMAT
                            ",\"title\":\"Video %u\",\"view_count\":%u,\"like_count\":0}",
                            i > first ? "," : "", 1000 + i, NEWEST_S - (gint64)i * STEP_S, i, 5 * i);
  answer (message, 200,
          g_strdup_printf (
              "{\"data\":{\"videos\":[%s],\"cursor\":%" G_GINT64_FORMAT
              ",\"has_more\":%s},\"error\":{\"code\":\"ok\",\"message\":\"\",\"log_id\":\"L4\"}}",
              videos->str, last_s * 1000, end < self->n_videos || self->circling ? "true" : "false"));
}

PealFakeTiktok *
peal_fake_tiktok_new (void)
{
  PealFakeTiktok *self = g_new0 (PealFakeTiktok, 1);
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  self->server = soup_server_new (NULL, NULL);
  self->open_id = g_strdup (PEAL_FAKE_OPEN_ID);
  self->scopes = g_strdup ("user.info.basic,user.info.profile,user.info.stats,video.list,video.publish");
  self->generation = 1;
  soup_server_add_handler (self->server, "/v2/oauth/token", token_cb, self, NULL);
  soup_server_add_handler (self->server, "/v2/oauth/revoke", revoke_cb, self, NULL);
  soup_server_add_handler (self->server, "/v2/user/info", user_cb, self, NULL);
  soup_server_add_handler (self->server, "/v2/video/list", videos_cb, self, NULL);
  soup_server_listen_local (self->server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (self->server);
  self->address = g_strdup_printf ("http://127.0.0.1:%d", g_uri_get_port (uris->data));
  return self;
}

void
peal_fake_tiktok_free (PealFakeTiktok *self)
{
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_free (self->address);
  g_free (self->scopes);
  g_free (self->open_id);
  g_free (self->client_key);
  g_free (self);
}

const char *
peal_fake_tiktok_get_address (PealFakeTiktok *self)
{
  return self->address;
}

void
peal_fake_tiktok_set_fault (PealFakeTiktok *self, PealFakeFault fault)
{
  self->fault = fault;
}

void
peal_fake_tiktok_set_refusing (PealFakeTiktok *self, gboolean refusing)
{
  self->refusing = refusing;
}

void
peal_fake_tiktok_revoke (PealFakeTiktok *self)
{
  self->revoked = TRUE;
}

void
peal_fake_tiktok_set_hook (PealFakeTiktok *self, PealFakeHook hook, gpointer data)
{
  self->hook = hook;
  self->hook_data = data;
}

void
peal_fake_tiktok_set_scopes (PealFakeTiktok *self, const char *scopes)
{
  g_set_str (&self->scopes, scopes);
}

void
peal_fake_tiktok_set_open_id (PealFakeTiktok *self, const char *open_id)
{
  g_set_str (&self->open_id, open_id);
}

void
peal_fake_tiktok_set_videos (PealFakeTiktok *self, guint n, gboolean circling)
{
  self->n_videos = n;
  self->circling = circling;
}

guint
peal_fake_tiktok_get_n_refreshes (PealFakeTiktok *self)
{
  return self->n_refreshes;
}

guint
peal_fake_tiktok_get_n_calls (PealFakeTiktok *self)
{
  return self->n_calls;
}

guint
peal_fake_tiktok_get_n_revoked (PealFakeTiktok *self)
{
  return self->n_revoked;
}

const char *
peal_fake_tiktok_get_client_key (PealFakeTiktok *self)
{
  return self->client_key;
}

guint
peal_fake_tiktok_get_generation (PealFakeTiktok *self)
{
  return self->generation;
}

void
peal_fake_tiktok_set_generation (PealFakeTiktok *self, guint generation)
{
  self->generation = generation;
}

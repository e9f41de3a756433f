/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-explorer-stand-in.h"

#include <json-glib/json-glib.h>
#include <string.h>

#define SECOND G_GINT64_CONSTANT (1000000)
#define URL_LIFE (3600 * SECOND)
/* A copy that was under way may still complete an upload for this long after its address expired. */
#define LATE_LIFE (URL_LIFE + 14 * 60 * SECOND)
#define PROCESSING (8 * SECOND)

static PealStandInFunc on_processed;

static gint64
get_time (const PealStandIn *self)
{
  return self->now - self->ahead_us;
}

void
peal_stand_in_update (PealStandIn *self)
{
  gint64 now = get_time (self);

  for (guint i = 0; i < self->n_slots; i++)
    {
      PealSlot *slot = &self->slots[i];

      if (slot->late_at != 0 && slot->late_at <= now)
        {
          if (slot->received + slot->late_size == slot->size && slot->late_at < slot->begun + LATE_LIFE)
            {
              slot->received = slot->size;
              slot->whole_at = slot->late_at;
            }
          slot->late_at = 0;
        }
      if (slot->whole_at != 0 && slot->n_published == 0 && !slot->is_refused
          && slot->whole_at + PROCESSING <= now)
        slot->n_published++;
    }
}

guint
peal_stand_in_count (const PealStandIn *self, const char *caption)
{
  guint count = 0;

  for (guint i = 0; i < self->n_slots; i++)
    if (caption == NULL || g_str_equal (self->slots[i].caption, caption))
      count += self->slots[i].n_published;
  return count;
}

static const PealFault *
take_fault (PealStandIn *self, PealStandInCall call)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->faults); i++)
    {
      const PealFault *fault = self->faults[i];
      guint n;

      if (fault == NULL || fault->call != call)
        continue;
      n = self->seen[i]++;
      if (n >= fault->skip && (fault->count == 0 || n < fault->skip + fault->count))
        return fault;
    }
  return NULL;
}

static void
answer (PealStandIn *self, SoupServerMessage *message, guint status, const char *body)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (get_time (self) / SECOND);
  g_autofree char *date = soup_date_time_to_string (now, SOUP_DATE_HTTP);

  soup_message_headers_replace (headers, "Date", date);
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, body[0] == '<' ? "text/html" : "application/json",
                                    SOUP_MEMORY_COPY, body, strlen (body));
}

static void
answer_ok (PealStandIn *self, SoupServerMessage *message, const char *data)
{
  g_autofree char *body =
      g_strdup_printf ("{\"data\":%s,\"error\":{\"code\":\"ok\",\"message\":\"\",\"log_id\":\"L\"}}", data);

  answer (self, message, 200, body);
}

static void
hang_up (SoupServerMessage *message)
{
  g_autoptr (GIOStream) stream = soup_server_message_steal_connection (message);

  g_io_stream_close (stream, NULL, NULL);
}

/* What there is to say after the deed. */
static void
reply (PealStandIn *self,
       SoupServerMessage *message,
       const PealFault *fault,
       const char *name,
       const char *data)
{
  on_processed (name);
  if (fault == NULL || fault->kind == PEAL_FAULT_TWICE || fault->kind == PEAL_FAULT_REFUSED)
    answer_ok (self, message, data);
  else if (fault->kind == PEAL_FAULT_LOST || fault->kind == PEAL_FAULT_UNREAD
           || fault->kind == PEAL_FAULT_LATE)
    hang_up (message);
  else
    answer (self, message, fault->status, fault->body);
}

static gboolean
is_done (const PealFault *fault)
{
  return fault == NULL || fault->kind == PEAL_FAULT_LOST || fault->kind == PEAL_FAULT_PRETEND
         || fault->kind == PEAL_FAULT_TWICE || fault->kind == PEAL_FAULT_REFUSED;
}

static gboolean
check_token (PealStandIn *self, SoupServerMessage *message)
{
  g_autofree char *good = g_strdup_printf ("Bearer act.%u", self->generation);
  const char *given =
      soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Authorization");

  if (g_strcmp0 (given, good) == 0)
    return TRUE;
  answer (self, message, 401,
          "{\"data\":{},\"error\":{\"code\":\"access_token_invalid\",\"message\":\"\",\"log_id\":\"L\"}}");
  return FALSE;
}

static void
creator_cb (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  if (check_token (data, message))
    answer_ok (data, message,
               "{\"creator_username\":\"mara.bakes\",\"creator_nickname\":\"Mara\","
               "\"privacy_level_options\":[\"SELF_ONLY\"],\"comment_disabled\":false,"
               "\"duet_disabled\":false,\"stitch_disabled\":false,\"max_video_post_duration_sec\":300}");
}

static JsonNode *
read_body (SoupServerMessage *message)
{
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *text = g_strndup (body->data, (gsize)body->length);
  JsonNode *node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return node;
}

static PealSlot *
add_slot (PealStandIn *self, JsonNode *body)
{
  JsonObject *source = json_object_get_object_member (json_node_get_object (body), "source_info");
  JsonObject *info = json_object_get_object_member (json_node_get_object (body), "post_info");
  PealSlot *slot = &self->slots[self->n_slots++];

  *slot = (PealSlot){
    .size = json_object_get_int_member (source, "video_size"),
    .chunk_size = json_object_get_int_member (source, "chunk_size"),
    .begun = get_time (self),
    .expires = get_time (self) + URL_LIFE,
  };
  g_strlcpy (slot->caption, json_object_get_string_member (info, "title"), sizeof slot->caption);
  return slot;
}

static void
init_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  PealStandIn *self = data;
  g_autoptr (JsonNode) body = NULL;
  g_autofree char *ticket = NULL;
  const PealFault *fault = NULL;
  guint n = self->n_slots;

  if (!check_token (self, message))
    return;
  fault = take_fault (self, PEAL_AT_INIT);
  body = read_body (message);
  if (self->n_inits < PEAL_STAND_IN_SLOTS)
    self->inits_at[self->n_inits] = get_time (self);
  self->n_inits++;
  if (self->n_slots + 2 > PEAL_STAND_IN_SLOTS)
    {
      answer (self, message, 500, "");
      return;
    }
  if (is_done (fault))
    add_slot (self, body);
  if (fault != NULL && fault->kind == PEAL_FAULT_TWICE)
    add_slot (self, body);
  ticket = g_strdup_printf ("{\"publish_id\":\"v_pub_file~v2-1.%u\",\"upload_url\":"
                            "\"http://127.0.0.1:%u/upload?id=%u\"}",
                            n, self->port, n);
  reply (self, message, fault, "init processed", ticket);
}

static void
answer_chunk (PealStandIn *self, SoupServerMessage *message, const PealSlot *slot, const PealFault *fault)
{
  g_autofree char *range =
      g_strdup_printf ("bytes 0-%" G_GINT64_FORMAT "/%" G_GINT64_FORMAT, slot->received, slot->size);

  on_processed ("chunk processed");
  if (fault == NULL || fault->kind == PEAL_FAULT_TWICE || fault->kind == PEAL_FAULT_REFUSED)
    answer (self, message, slot->received == slot->size ? 201 : 206, "");
  else if (fault->kind == PEAL_FAULT_LOST || fault->kind == PEAL_FAULT_UNREAD
           || fault->kind == PEAL_FAULT_LATE)
    hang_up (message);
  else
    answer (self, message, fault->kind == PEAL_FAULT_EXPIRED ? 403 : fault->status, "");
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Content-Range", range);
}

static void
take_chunk (PealStandIn *self, PealSlot *slot, const PealFault *fault, gint64 length)
{
  if (fault != NULL && fault->kind == PEAL_FAULT_EXPIRED)
    slot->expires = get_time (self);
  else if (fault != NULL && fault->kind == PEAL_FAULT_LATE)
    {
      slot->late_size = length;
      slot->late_at = get_time (self) + fault->delay_s * SECOND;
    }
  else if (is_done (fault))
    slot->received += length;
  if (slot->received == slot->size)
    slot->whole_at = get_time (self);
  slot->is_refused = fault != NULL && fault->kind == PEAL_FAULT_REFUSED;
}

static void
upload_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  PealStandIn *self = data;
  goffset start = 0, end = 0, total = 0;
  PealSlot *slot = &self->slots[g_ascii_strtoull (g_hash_table_lookup (query, "id"), NULL, 10)];
  const PealFault *fault = NULL;
  SoupMessageBody *body = NULL;

  self->n_puts++;
  peal_stand_in_update (self);
  g_assert_cmpuint (slot - self->slots, <, self->n_slots);
  g_assert_true (soup_message_headers_get_content_range (soup_server_message_get_request_headers (message),
                                                         &start, &end, &total));
  body = soup_server_message_get_request_body (message);
  g_assert_cmpint (body->length, ==, end - start + 1);
  if (start == 0 && body->data[PEAL_CHANGED_AT] == PEAL_CHANGED_TO)
    slot->has_changed = TRUE;
  fault = take_fault (self, end + 1 == total ? PEAL_AT_LAST : PEAL_AT_CHUNK);
  if (slot->received == slot->size)
    answer (self, message, 404, "");
  else if (get_time (self) >= slot->expires)
    answer (self, message, 403, "");
  else if (start != slot->received)
    answer (self, message, 416, "");
  else
    {
      take_chunk (self, slot, fault, end - start + 1);
      answer_chunk (self, message, slot, fault);
    }
}

static void
status_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  PealStandIn *self = data;
  g_autoptr (JsonNode) body = NULL;
  g_autofree char *text = NULL;
  const char *id = NULL, *word = "PROCESSING_UPLOAD";
  const PealSlot *slot = NULL;

  if (!check_token (self, message))
    return;
  self->n_statuses++;
  peal_stand_in_update (self);
  body = read_body (message);
  id = json_object_get_string_member (json_node_get_object (body), "publish_id");
  slot = &self->slots[g_ascii_strtoull (strrchr (id, '.') + 1, NULL, 10)];
  if (slot->n_published > 0)
    word = "PUBLISH_COMPLETE";
  else if (slot->is_refused)
    word = "FAILED";
  text = g_strdup_printf ("{\"status\":\"%s\",\"fail_reason\":\"%s\",\"uploaded_bytes\":%" G_GINT64_FORMAT
                          ",\"publicaly_available_post_id\":[]}",
                          word, slot->is_refused ? "internal" : "",
                          MAX (slot->received - (self->tells_last_index ? 1 : 0), 0));
  reply (self, message, take_fault (self, PEAL_AT_STATUS), "status processed", text);
}

static void
token_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  PealStandIn *self = data;
  SoupMessageBody *body = soup_server_message_get_request_body (message);
  g_autofree char *text = g_strndup (body->data, (gsize)body->length);
  g_autoptr (GHashTable) form = soup_form_decode (text);
  g_autofree char *good = g_strdup_printf ("rft.%u", self->generation);
  g_autofree char *tokens = NULL;
  const PealFault *fault = take_fault (self, PEAL_AT_TOKEN);

  self->n_refreshes++;
  if (g_strcmp0 (g_hash_table_lookup (form, "refresh_token"), good) != 0)
    {
      answer (self, message, 400,
              "{\"error\":\"invalid_grant\",\"error_description\":\"\",\"log_id\":\"L\"}");
      return;
    }
  self->generation += is_done (fault) ? 1 : 0;
  on_processed ("refresh processed");
  tokens = g_strdup_printf ("{\"access_token\":\"act.%u\",\"refresh_token\":\"rft.%u\",\"expires_in\":86400,"
                            "\"refresh_expires_in\":15552000,\"open_id\":\"-000Mara\",\"scope\":"
                            "\"user.info.basic,video.publish\",\"token_type\":\"Bearer\"}",
                            self->generation, self->generation);
  if (fault == NULL)
    answer (self, message, 200, tokens);
  else if (fault->kind == PEAL_FAULT_LOST || fault->kind == PEAL_FAULT_UNREAD)
    hang_up (message);
  else
    answer (self, message, fault->status, fault->body);
}

static void
revoke_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  answer (data, message, 200, "{}");
}

SoupServer *
peal_stand_in_serve (PealStandIn *self, PealStandInFunc processed)
{
  SoupServer *server = soup_server_new (NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoslist (GUri) uris = NULL;

  on_processed = processed;
  soup_server_add_handler (server, "/v2/post/publish/creator_info/query", creator_cb, self, NULL);
  soup_server_add_handler (server, "/v2/post/publish/video/init", init_cb, self, NULL);
  soup_server_add_handler (server, "/v2/post/publish/status/fetch", status_cb, self, NULL);
  soup_server_add_handler (server, "/v2/oauth/token", token_cb, self, NULL);
  soup_server_add_handler (server, "/v2/oauth/revoke", revoke_cb, self, NULL);
  soup_server_add_handler (server, "/upload", upload_cb, self, NULL);
  soup_server_listen_local (server, 0, SOUP_SERVER_LISTEN_IPV4_ONLY, &error);
  g_assert_no_error (error);
  uris = soup_server_get_uris (server);
  self->port = (guint)g_uri_get_port (uris->data);
  return server;
}

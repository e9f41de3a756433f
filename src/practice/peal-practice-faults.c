/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-faults.h"

#include "peal-practice-json.h"

#include <string.h>

typedef struct
{
  JsonObject *object;
  gint64 skip;
  gint64 remaining; /* -1: without end */
} Fault;

struct _PealPracticeFaults
{
  GPtrArray *list;
};

static const struct
{
  const char *name;
  GType type;
} members[] = {
  { "endpoint", G_TYPE_STRING },
  { "count", G_TYPE_INT64 },
  { "skip", G_TYPE_INT64 },
  { "chunk", G_TYPE_INVALID },
  { "drop_before_read", G_TYPE_BOOLEAN },
  { "drop_after_process", G_TYPE_BOOLEAN },
  { "drop_after_bytes", G_TYPE_INT64 },
  { "reset", G_TYPE_BOOLEAN },
  { "delay_ms", G_TYPE_INT64 },
  { "delay_after_ms", G_TYPE_INT64 },
  { "status", G_TYPE_INT64 },
  { "body", G_TYPE_INVALID },
  { "content_type", G_TYPE_INVALID },
  { "headers", G_TYPE_INVALID },
  { "retry_after", G_TYPE_INT64 },
  { "process", G_TYPE_BOOLEAN },
  { "dup_process", G_TYPE_BOOLEAN },
  { "close_after_answer", G_TYPE_BOOLEAN },
  { "bytes_per_second", G_TYPE_INT64 },
  { "partial_body", G_TYPE_INT64 },
  { "slow_read", G_TYPE_INT64 },
  { "late_deliver_ms", G_TYPE_INT64 },
  { "captive_portal", G_TYPE_BOOLEAN },
};

static void
fault_free (Fault *fault)
{
  json_object_unref (fault->object);
  g_free (fault);
}

PealPracticeFaults *
peal_practice_faults_new (void)
{
  PealPracticeFaults *self = g_new0 (PealPracticeFaults, 1);

  self->list = g_ptr_array_new_with_free_func ((GDestroyNotify)fault_free);
  return self;
}

void
peal_practice_faults_free (PealPracticeFaults *self)
{
  g_clear_pointer (&self->list, g_ptr_array_unref);
  g_free (self);
}

/* What HTTP cannot carry is no header. */
static gboolean
is_line (const char *text)
{
  return text != NULL && strpbrk (text, "\r\n") == NULL;
}

static gboolean
are_headers (JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *name = l->data;

      if (*name == '\0' || strpbrk (name, " \t\r\n:") != NULL
          || !is_line (peal_practice_json_get_string (object, name, NULL)))
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_special_acceptable (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  gint64 number;
  const char *text;

  if (g_str_equal (name, "headers"))
    return JSON_NODE_HOLDS_OBJECT (node) && are_headers (json_node_get_object (node));
  if (g_str_equal (name, "content_type"))
    return is_line (peal_practice_json_get_string (object, name, NULL))
           && strchr (peal_practice_json_get_string (object, name, NULL), '/') != NULL;
  if (g_str_equal (name, "body"))
    return JSON_NODE_HOLDS_OBJECT (node)
           || peal_practice_json_string (object, name, &text) == PEAL_PRACTICE_PRESENT;
  return peal_practice_json_int (object, name, &number) == PEAL_PRACTICE_PRESENT
         || g_strcmp0 (peal_practice_json_get_string (object, name, NULL), "last") == 0;
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
      if (members[i].type == G_TYPE_STRING)
        return peal_practice_json_string (object, name, &text) == PEAL_PRACTICE_PRESENT;
      if (members[i].type == G_TYPE_BOOLEAN)
        return peal_practice_json_bool (object, name, &flag) == PEAL_PRACTICE_PRESENT;
      if (members[i].type == G_TYPE_INT64)
        return peal_practice_json_int (object, name, &number) == PEAL_PRACTICE_PRESENT && number >= 0;
      return is_special_acceptable (object, name);
    }
  return FALSE;
}

/* A misspelt endpoint would never fail anything, and nobody would notice. */
static gboolean
is_endpoint (const char *name)
{
  static const char *const endpoints[] = { "authorize",  "consent",    "token",        "revoke",
                                           "user_info",  "video_list", "video_query",  "creator_info",
                                           "video_init", "inbox_init", "content_init", "status",
                                           "cancel",     "upload",     "page",         "picture",
                                           "any",        NULL };

  return g_strv_contains (endpoints, name);
}

char *
peal_practice_faults_add (PealPracticeFaults *self, JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);
  gint64 status = peal_practice_json_get_int (object, "status", 200);
  Fault *fault;

  for (GList *l = names; l != NULL; l = l->next)
    if (!is_acceptable (object, l->data))
      return g_strdup (l->data);
  if (!is_endpoint (peal_practice_json_get_string (object, "endpoint", "")))
    return g_strdup ("endpoint");
  if (status < 200 || status > 599)
    return g_strdup ("status");
  fault = g_new0 (Fault, 1);
  fault->object = json_object_ref (object);
  fault->skip = peal_practice_json_get_int (object, "skip", 0);
  fault->remaining = peal_practice_json_get_int (object, "count", 1);
  if (fault->remaining == 0)
    fault->remaining = -1;
  g_ptr_array_add (self->list, fault);
  return NULL;
}

void
peal_practice_faults_clear (PealPracticeFaults *self)
{
  g_ptr_array_set_size (self->list, 0);
}

static gboolean
fits (Fault *fault, const char *endpoint, gint64 chunk, gboolean is_last_chunk)
{
  const char *wanted = peal_practice_json_get_string (fault->object, "endpoint", "");

  if (!g_str_equal (wanted, endpoint) && !g_str_equal (wanted, "any"))
    return FALSE;
  if (!json_object_has_member (fault->object, "chunk"))
    return TRUE;
  if (peal_practice_json_get_string (fault->object, "chunk", NULL) != NULL)
    return is_last_chunk;
  return peal_practice_json_get_int (fault->object, "chunk", -2) == chunk;
}

JsonObject *
peal_practice_faults_take (PealPracticeFaults *self,
                           const char *endpoint,
                           gint64 chunk,
                           gboolean is_last_chunk)
{
  for (guint i = 0; i < self->list->len; i++)
    {
      Fault *fault = self->list->pdata[i];
      JsonObject *object;

      if (!fits (fault, endpoint, chunk, is_last_chunk))
        continue;
      if (fault->skip > 0)
        {
          fault->skip--;
          continue;
        }
      object = json_object_ref (fault->object);
      if (fault->remaining > 0 && --fault->remaining == 0)
        g_ptr_array_remove_index (self->list, i);
      return object;
    }
  return NULL;
}

JsonArray *
peal_practice_faults_to_json (PealPracticeFaults *self)
{
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < self->list->len; i++)
    {
      Fault *fault = self->list->pdata[i];
      JsonObject *item = json_object_new ();

      json_object_set_object_member (item, "fault", json_object_ref (fault->object));
      json_object_set_int_member (item, "skip", fault->skip);
      json_object_set_int_member (item, "remaining", fault->remaining);
      json_array_add_object_element (array, item);
    }
  return array;
}

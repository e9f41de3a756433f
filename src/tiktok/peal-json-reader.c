/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-json-reader.h"

#include <string.h>

#include "peal-error.h"
#include "peal-text.h"

#define LINE_MAX_CHARS 500
#define PARAGRAPH_MAX_CHARS 5000
#define TEXT_MAX_BYTES 32768
#define ID_MAX_DIGITS 32

JsonNode *
peal_json_parse (const char *data, gsize length, GError **error)
{
  g_autoptr (JsonParser) parser = NULL;
  JsonNode *root = NULL;

  if (length > 0 && length <= G_MAXSSIZE && memchr (data, '\0', length) == NULL
      && g_utf8_validate (data, (gssize)length, NULL))
    {
      parser = json_parser_new_immutable ();
      json_parser_set_strict (parser, TRUE);
      if (json_parser_load_from_data (parser, data, (gssize)length, NULL))
        root = json_parser_get_root (parser);
    }
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root) || json_node_get_object (root) == NULL)
    {
      g_propagate_error (error,
                         peal_error_new (PEAL_ERROR_PROTOCOL, "not_json", "The answer is not a JSON object"));
      return NULL;
    }

  return json_node_ref (root);
}

static JsonNode *
get_value (JsonObject *object, const char *name, GType type)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) != type)
    return NULL;

  return node;
}

JsonObject *
peal_json_get_object (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

JsonArray *
peal_json_get_array (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

const char *
peal_json_get_string (JsonObject *object, const char *name, gsize max_bytes)
{
  JsonNode *node = get_value (object, name, G_TYPE_STRING);
  const char *text = node != NULL ? json_node_get_string (node) : NULL;

  if (text == NULL || text[0] == '\0' || strnlen (text, max_bytes + 1) > max_bytes)
    return NULL;

  return text;
}

char *
peal_json_dup_line (JsonObject *object, const char *name)
{
  return peal_text_dup_line (peal_json_get_string (object, name, TEXT_MAX_BYTES), LINE_MAX_CHARS);
}

char *
peal_json_dup_paragraph (JsonObject *object, const char *name)
{
  return peal_text_dup_paragraph (peal_json_get_string (object, name, TEXT_MAX_BYTES), PARAGRAPH_MAX_CHARS);
}

char *
peal_json_dup_ascii (JsonObject *object, const char *name, gsize max_bytes)
{
  const char *text = peal_json_get_string (object, name, max_bytes);

  for (const char *at = text; at != NULL && *at != '\0'; at++)
    if (!g_ascii_isgraph (*at))
      return NULL;

  return g_strdup (text);
}

PealSecret *
peal_json_dup_secret (JsonObject *object, const char *name, gsize max_bytes)
{
  const char *text = peal_json_get_string (object, name, max_bytes);

  for (const char *at = text; at != NULL && *at != '\0'; at++)
    if (!g_ascii_isgraph (*at))
      return NULL;

  return text != NULL ? peal_secret_new (text) : NULL;
}

gint64
peal_json_get_count (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_INT64);
  const char *text = NULL;
  gint64 count = -1;

  /* json-glib lets a number that is too large end at G_MAXINT64: that one is not believed. */
  if (node != NULL)
    count = json_node_get_int (node);
  else if ((text = peal_json_get_string (object, name, 20)) == NULL
           || !g_ascii_string_to_signed (text, 10, 0, G_MAXINT64 - 1, &count, NULL))
    return -1;

  return count >= 0 && count < G_MAXINT64 ? count : -1;
}

int
peal_json_get_bool (JsonObject *object, const char *name)
{
  JsonNode *node = get_value (object, name, G_TYPE_BOOLEAN);

  return node != NULL ? (json_node_get_boolean (node) ? 1 : 0) : -1;
}

static char *
dup_id_text (const char *text)
{
  gsize length = text != NULL ? strnlen (text, ID_MAX_DIGITS + 1) : 0;

  if (length == 0 || length > ID_MAX_DIGITS || strspn (text, "0123456789") != length)
    return NULL;

  return g_strdup (text);
}

char *
peal_json_node_dup_id (JsonNode *node)
{
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return dup_id_text (json_node_get_string (node));
  if (json_node_get_value_type (node) == G_TYPE_INT64)
    {
      gint64 id = json_node_get_int (node);

      return id > 0 && id < G_MAXINT64 ? g_strdup_printf ("%" G_GINT64_FORMAT, id) : NULL;
    }

  return NULL;
}

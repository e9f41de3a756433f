/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-json.h"

static PealPracticeMember
find_value (JsonObject *object, const char *name, GType type, JsonNode **node)
{
  *node = json_object_get_member (object, name);
  if (*node == NULL || JSON_NODE_HOLDS_NULL (*node))
    return PEAL_PRACTICE_ABSENT;
  if (!JSON_NODE_HOLDS_VALUE (*node) || json_node_get_value_type (*node) != type)
    return PEAL_PRACTICE_WRONG;
  return PEAL_PRACTICE_PRESENT;
}

JsonObject *
peal_practice_json_parse (const char *text, gssize length)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonNode *root;

  if (text == NULL || !json_parser_load_from_data (parser, text, length, NULL))
    return NULL;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return NULL;
  return json_object_ref (json_node_get_object (root));
}

char *
peal_practice_json_print (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

PealPracticeMember
peal_practice_json_string (JsonObject *object, const char *name, const char **value)
{
  JsonNode *node;
  PealPracticeMember member = find_value (object, name, G_TYPE_STRING, &node);

  if (member == PEAL_PRACTICE_PRESENT)
    *value = json_node_get_string (node);
  return member;
}

PealPracticeMember
peal_practice_json_int (JsonObject *object, const char *name, gint64 *value)
{
  JsonNode *node;
  PealPracticeMember member = find_value (object, name, G_TYPE_INT64, &node);

  if (member == PEAL_PRACTICE_PRESENT)
    *value = json_node_get_int (node);
  return member;
}

PealPracticeMember
peal_practice_json_double (JsonObject *object, const char *name, double *value)
{
  JsonNode *node;
  gint64 number;
  PealPracticeMember member = peal_practice_json_int (object, name, &number);

  if (member == PEAL_PRACTICE_PRESENT)
    *value = (double)number;
  if (member != PEAL_PRACTICE_WRONG)
    return member;
  member = find_value (object, name, G_TYPE_DOUBLE, &node);
  if (member == PEAL_PRACTICE_PRESENT)
    *value = json_node_get_double (node);
  return member;
}

PealPracticeMember
peal_practice_json_bool (JsonObject *object, const char *name, gboolean *value)
{
  JsonNode *node;
  PealPracticeMember member = find_value (object, name, G_TYPE_BOOLEAN, &node);

  if (member == PEAL_PRACTICE_PRESENT)
    *value = json_node_get_boolean (node);
  return member;
}

PealPracticeMember
peal_practice_json_object (JsonObject *object, const char *name, JsonObject **value)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return PEAL_PRACTICE_ABSENT;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    return PEAL_PRACTICE_WRONG;
  *value = json_node_get_object (node);
  return PEAL_PRACTICE_PRESENT;
}

PealPracticeMember
peal_practice_json_array (JsonObject *object, const char *name, JsonArray **value)
{
  JsonNode *node = json_object_get_member (object, name);

  if (node == NULL || JSON_NODE_HOLDS_NULL (node))
    return PEAL_PRACTICE_ABSENT;
  if (!JSON_NODE_HOLDS_ARRAY (node))
    return PEAL_PRACTICE_WRONG;
  *value = json_node_get_array (node);
  return PEAL_PRACTICE_PRESENT;
}

const char *
peal_practice_json_get_string (JsonObject *object, const char *name, const char *otherwise)
{
  const char *value = otherwise;

  peal_practice_json_string (object, name, &value);
  return value;
}

gint64
peal_practice_json_get_int (JsonObject *object, const char *name, gint64 otherwise)
{
  gint64 value = otherwise;

  peal_practice_json_int (object, name, &value);
  return value;
}

gboolean
peal_practice_json_get_bool (JsonObject *object, const char *name, gboolean otherwise)
{
  gboolean value = otherwise;

  peal_practice_json_bool (object, name, &value);
  return value;
}

JsonObject *
peal_practice_json_element (JsonArray *array, guint i)
{
  JsonNode *node = json_array_get_element (array, i);

  return JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

void
peal_practice_json_set_text (JsonObject *object, const char *name, const char *value)
{
  if (value != NULL)
    json_object_set_string_member (object, name, value);
  else
    json_object_set_null_member (object, name);
}

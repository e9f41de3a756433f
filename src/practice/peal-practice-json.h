/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Reading JSON that anybody may have written: nothing here asserts on the type of what it finds. A member
 * that is null counts as absent. */
typedef enum
{
  PEAL_PRACTICE_ABSENT,
  PEAL_PRACTICE_WRONG,
  PEAL_PRACTICE_PRESENT,
} PealPracticeMember;

/* Returns: (transfer full) (nullable): the object that @text holds, or NULL if it holds none. */
JsonObject *peal_practice_json_parse (const char *text, gssize length);

/* Returns: (transfer full): @object as one line of JSON. */
char *peal_practice_json_print (JsonObject *object);

/* Each looks for @name in @object and fills @value only when it returns PRESENT. Strings and objects are
 * lent. */
PealPracticeMember peal_practice_json_string (JsonObject *object, const char *name, const char **value);
PealPracticeMember peal_practice_json_int (JsonObject *object, const char *name, gint64 *value);
PealPracticeMember peal_practice_json_double (JsonObject *object, const char *name, double *value);
PealPracticeMember peal_practice_json_bool (JsonObject *object, const char *name, gboolean *value);
PealPracticeMember peal_practice_json_object (JsonObject *object, const char *name, JsonObject **value);
PealPracticeMember peal_practice_json_array (JsonObject *object, const char *name, JsonArray **value);

/* The same for those who do not mind why there is no value. */
const char *peal_practice_json_get_string (JsonObject *object, const char *name, const char *otherwise);
gint64 peal_practice_json_get_int (JsonObject *object, const char *name, gint64 otherwise);
gboolean peal_practice_json_get_bool (JsonObject *object, const char *name, gboolean otherwise);

/* Returns: (nullable): element @i of @array if it is an object, lent. */
JsonObject *peal_practice_json_element (JsonArray *array, guint i);

/* Sets a string or, for NULL, null. */
void peal_practice_json_set_text (JsonObject *object, const char *name, const char *value);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "peal-secret.h"

G_BEGIN_DECLS

/* Reads JSON that a server sent. json-glib's own getters warn and assert where a member is missing or of
 * another type; these answer "unknown" instead: NULL or -1. Each takes a NULL object. */

/* The object at the root of @length bytes at @data. NULL with PEAL_ERROR_PROTOCOL "not_json" for anything
 * else; the error never quotes the data. (transfer full) */
JsonNode *peal_json_parse (const char *data, gsize length, GError **error);
/* (transfer none) (nullable) */
JsonObject *peal_json_get_object (JsonObject *object, const char *name);
/* (transfer none) (nullable) */
JsonArray *peal_json_get_array (JsonObject *object, const char *name);
/* (transfer none) (nullable): NULL also for "" and for more than @max_bytes bytes. */
const char *peal_json_get_string (JsonObject *object, const char *name, gsize max_bytes);
/* (transfer full) (nullable): one clean line, for people (peal_text_dup_line ()). */
char *peal_json_dup_line (JsonObject *object, const char *name);
/* (transfer full) (nullable): clean, with its lines. */
char *peal_json_dup_paragraph (JsonObject *object, const char *name);
/* (transfer full) (nullable): printable ASCII without spaces, at most @max_bytes: ids, words, addresses. */
char *peal_json_dup_ascii (JsonObject *object, const char *name, gsize max_bytes);
/* (transfer full) (nullable) */
PealSecret *peal_json_dup_secret (JsonObject *object, const char *name, gsize max_bytes);
/* A number ≥ 0 that fits 63 bits, sent as integer or as decimal text; -1 where it is not. */
gint64 peal_json_get_count (JsonObject *object, const char *name);
/* -1 unknown, 0 or 1. */
int peal_json_get_bool (JsonObject *object, const char *name);
/* (transfer full) (nullable): a decimal id, from an integer that did not overflow or from up to 32 digits of
 * text. A double never is one. */
char *peal_json_node_dup_id (JsonNode *node);

G_END_DECLS

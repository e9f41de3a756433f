/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include "peal-ctl-json.h"

#include "peal-ctl-output.h"
#include "peal-when.h"

static const PealCtlField event_fields[] = {
  { "at", PEAL_CTL_INSTANT },
  { "kind" },
  { "detail", PEAL_CTL_PARSED },
  { NULL },
};

static const PealCtlField attempt_fields[] = {
  { "n" },
  { "state" },
  { "publish_id", PEAL_CTL_WORD },
  { "proof", PEAL_CTL_WORD },
  { "started_at", PEAL_CTL_INSTANT },
  { "armed_at", PEAL_CTL_INSTANT },
  { "ended_at", PEAL_CTL_INSTANT },
  { "fail_reason", PEAL_CTL_WORD },
  { "log_id", PEAL_CTL_WORD },
  { NULL },
};

static const PealCtlField error_fields[] = {
  { "code" },
  { "message" },
  { "log_id", PEAL_CTL_WORD },
  { NULL },
};

static const PealCtlField next_due_fields[] = {
  { "id" },
  { "due", PEAL_CTL_INSTANT },
  { "account" },
  { NULL },
};

const PealCtlField peal_ctl_account_fields[] = {
  { "open_id" },
  { "username", PEAL_CTL_WORD },
  { "display_name" },
  { "environment" },
  { "scopes" },
  { "state" },
  { "share_type" },
  { "connected_at", PEAL_CTL_INSTANT },
  { "signed_in_until", PEAL_CTL_INSTANT },
  { "avatar_url", PEAL_CTL_WORD },
  { "profile_url", PEAL_CTL_WORD },
  { "is_verified" },
  { "follower_count" },
  { "following_count" },
  { "likes_count" },
  { "video_count" },
  { "sampled_at", PEAL_CTL_INSTANT },
  { NULL },
};

const PealCtlField peal_ctl_post_fields[] = {
  { "id" },
  { "group" },
  { "account" },
  { "username", PEAL_CTL_WORD },
  { "display_name" },
  { "environment" },
  { "state" },
  { "hold_reason", PEAL_CTL_WORD },
  { "due", PEAL_CTL_INSTANT },
  { "zone", PEAL_CTL_WORD },
  { "created_at", PEAL_CTL_INSTANT },
  { "ended_at", PEAL_CTL_INSTANT },
  { "published_at", PEAL_CTL_INSTANT },
  { "late_grace_s" },
  { "late_us" },
  { "copy_of" },
  { "caption" },
  { "privacy_level", PEAL_CTL_WORD },
  { "share_type" },
  { "allow_comment" },
  { "allow_duet" },
  { "allow_stitch" },
  { "your_brand" },
  { "branded_content" },
  { "ai_generated" },
  { "cover_ms" },
  { "media" },
  { "publish_id", PEAL_CTL_WORD },
  { "post_ids" },
  { "share_url", PEAL_CTL_WORD },
  { "error", PEAL_CTL_PLAIN, error_fields },
  { "progress", PEAL_CTL_PROGRESS },
  { "attempts", PEAL_CTL_PLAIN, attempt_fields },
  { "events", PEAL_CTL_PLAIN, event_fields },
  { NULL },
};

const PealCtlField peal_ctl_video_fields[] = {
  { "id" },
  { "create_time", PEAL_CTL_SECONDS },
  { "title" },
  { "description" },
  { "share_url", PEAL_CTL_WORD },
  { "cover_url", PEAL_CTL_WORD },
  { "duration_s" },
  { "width" },
  { "height" },
  { "view_count" },
  { "like_count" },
  { "comment_count" },
  { "share_count" },
  { "sampled_at", PEAL_CTL_INSTANT },
  { "post" },
  { NULL },
};

const PealCtlField peal_ctl_status_fields[] = {
  { "version" },
  { "interface_version" },
  { "practice" },
  { "server", PEAL_CTL_WORD },
  { "profile" },
  { "credentials" },
  { "client_key_hint", PEAL_CTL_WORD },
  { "default_share_type" },
  { "paused" },
  { "keyring" },
  { "counts" },
  { "next_due", PEAL_CTL_PLAIN, next_due_fields },
  { "media_bytes" },
  { "attention" },
  { NULL },
};

static JsonNode *
null_node (void)
{
  return json_node_new (JSON_NODE_NULL);
}

static JsonNode *
string_node (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

static JsonNode *
int_node (gint64 number)
{
  return json_node_init_int (json_node_alloc (), number);
}

static JsonNode *
take_object (JsonObject *object)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  return node;
}

static JsonNode *
take_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

static JsonNode *
dictionary_to_object (GVariant *dict)
{
  JsonObject *object = json_object_new ();
  GVariantIter iter;
  GVariant *entry;

  g_variant_iter_init (&iter, dict);
  while ((entry = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autoptr (GVariant) taken = entry;
      g_autoptr (GVariant) key = g_variant_get_child_value (entry, 0);
      g_autoptr (GVariant) value = g_variant_get_child_value (entry, 1);

      if (g_variant_is_of_type (key, G_VARIANT_TYPE_STRING))
        json_object_set_member (object, g_variant_get_string (key, NULL), peal_ctl_json_value (value));
    }
  return take_object (object);
}

static JsonNode *
container_to_array (GVariant *container)
{
  JsonArray *array = json_array_new ();
  GVariantIter iter;
  GVariant *child;

  g_variant_iter_init (&iter, container);
  while ((child = g_variant_iter_next_value (&iter)) != NULL)
    {
      json_array_add_element (array, peal_ctl_json_value (child));
      g_variant_unref (child);
    }
  return take_array (array);
}

JsonNode *
peal_ctl_json_value (GVariant *value)
{
  g_autoptr (GVariant) inner = NULL;

  g_return_val_if_fail (value != NULL, NULL);

  switch (g_variant_classify (value))
    {
    case G_VARIANT_CLASS_VARIANT:
      inner = g_variant_get_variant (value);
      return peal_ctl_json_value (inner);
    case G_VARIANT_CLASS_STRING:
    case G_VARIANT_CLASS_OBJECT_PATH:
    case G_VARIANT_CLASS_SIGNATURE:
      return string_node (g_variant_get_string (value, NULL));
    case G_VARIANT_CLASS_BOOLEAN:
      return json_node_init_boolean (json_node_alloc (), g_variant_get_boolean (value));
    case G_VARIANT_CLASS_INT32:
      return int_node (g_variant_get_int32 (value));
    case G_VARIANT_CLASS_UINT32:
      return int_node (g_variant_get_uint32 (value));
    case G_VARIANT_CLASS_INT64:
      return int_node (g_variant_get_int64 (value));
    case G_VARIANT_CLASS_UINT64:
      return int_node ((gint64)MIN (g_variant_get_uint64 (value), G_MAXINT64));
    case G_VARIANT_CLASS_DOUBLE:
      return json_node_init_double (json_node_alloc (), g_variant_get_double (value));
    case G_VARIANT_CLASS_ARRAY:
      if (g_variant_is_of_type (value, G_VARIANT_TYPE_DICTIONARY))
        return dictionary_to_object (value);
      return container_to_array (value);
    case G_VARIANT_CLASS_TUPLE:
      return container_to_array (value);
    case G_VARIANT_CLASS_BYTE:
    case G_VARIANT_CLASS_INT16:
    case G_VARIANT_CLASS_UINT16:
    case G_VARIANT_CLASS_HANDLE:
    case G_VARIANT_CLASS_MAYBE:
    case G_VARIANT_CLASS_DICT_ENTRY:
    default:
      return null_node ();
    }
}

JsonNode *
peal_ctl_json_instant (gint64 instant, GTimeZone *zone)
{
  g_autofree char *text = peal_when_format (instant, zone);

  return text != NULL ? string_node (text) : null_node ();
}

static JsonNode *
instant_member (GVariant *value, gint64 unit_us, GTimeZone *zone)
{
  gint64 instant;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_INT64))
    return null_node ();
  instant = g_variant_get_int64 (value);
  if (instant <= 0 || instant > G_MAXINT64 / unit_us)
    return null_node ();
  return peal_ctl_json_instant (instant * unit_us, zone);
}

static JsonNode *
progress_member (GVariant *value)
{
  JsonObject *object = NULL;
  guint64 bytes, total;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE ("(tt)")))
    return null_node ();
  g_variant_get (value, "(tt)", &bytes, &total);
  object = json_object_new ();
  json_object_set_int_member (object, "bytes", (gint64)bytes);
  json_object_set_int_member (object, "total", (gint64)total);
  return take_object (object);
}

static JsonNode *
parsed_member (GVariant *value)
{
  JsonNode *parsed = NULL;

  if (!g_variant_is_of_type (value, G_VARIANT_TYPE_STRING))
    return null_node ();
  parsed = json_from_string (g_variant_get_string (value, NULL), NULL);
  return parsed != NULL ? parsed : string_node (g_variant_get_string (value, NULL));
}

static gboolean
is_empty_word (GVariant *value)
{
  return g_variant_is_of_type (value, G_VARIANT_TYPE_STRING) && g_variant_get_string (value, NULL)[0] == '\0';
}

static JsonNode *
plain_member (GVariant *value, const PealCtlField *fields, GTimeZone *zone)
{
  if (fields == NULL)
    return peal_ctl_json_value (value);
  if (g_variant_is_of_type (value, G_VARIANT_TYPE_VARDICT))
    return g_variant_n_children (value) > 0 ? peal_ctl_json_object (value, fields, zone) : null_node ();
  if (g_variant_is_of_type (value, G_VARIANT_TYPE ("aa{sv}")))
    return peal_ctl_json_array (value, fields, zone);
  return peal_ctl_json_value (value);
}

static JsonNode *
member_to_node (GVariant *value, const PealCtlField *field, GTimeZone *zone)
{
  if (value == NULL)
    return null_node ();
  switch (field->kind)
    {
    case PEAL_CTL_WORD:
      return is_empty_word (value) ? null_node () : peal_ctl_json_value (value);
    case PEAL_CTL_INSTANT:
      return instant_member (value, 1, zone);
    case PEAL_CTL_SECONDS:
      return instant_member (value, G_USEC_PER_SEC, zone);
    case PEAL_CTL_PROGRESS:
      return progress_member (value);
    case PEAL_CTL_PARSED:
      return parsed_member (value);
    case PEAL_CTL_PLAIN:
    default:
      return plain_member (value, field->fields, zone);
    }
}

JsonNode *
peal_ctl_json_object (GVariant *dict, const PealCtlField *fields, GTimeZone *zone)
{
  JsonObject *object = NULL;
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_return_val_if_fail (g_variant_is_of_type (dict, G_VARIANT_TYPE_VARDICT), NULL);

  object = json_object_new ();
  for (const PealCtlField *field = fields; field->name != NULL; field++)
    {
      g_autoptr (GVariant) member = g_variant_lookup_value (dict, field->name, NULL);

      json_object_set_member (object, field->name, member_to_node (member, field, zone));
    }
  g_variant_iter_init (&iter, dict);
  while (g_variant_iter_next (&iter, "{&sv}", &key, &value))
    {
      if (!json_object_has_member (object, key))
        json_object_set_member (object, key, peal_ctl_json_value (value));
      g_variant_unref (value);
    }
  return take_object (object);
}

JsonNode *
peal_ctl_json_array (GVariant *dicts, const PealCtlField *fields, GTimeZone *zone)
{
  JsonArray *array = NULL;
  GVariantIter iter;
  GVariant *dict;

  g_return_val_if_fail (g_variant_is_of_type (dicts, G_VARIANT_TYPE ("aa{sv}")), NULL);

  array = json_array_new ();
  g_variant_iter_init (&iter, dicts);
  while ((dict = g_variant_iter_next_value (&iter)) != NULL)
    {
      json_array_add_element (array, peal_ctl_json_object (dict, fields, zone));
      g_variant_unref (dict);
    }
  return take_array (array);
}

JsonNode *
peal_ctl_json_error (const char *code, const char *message, const char *log_id)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "code", code);
  json_object_set_string_member (object, "message", message);
  json_object_set_member (object, "log_id", log_id != NULL ? string_node (log_id) : null_node ());
  return take_object (object);
}

void
peal_ctl_json_print (JsonNode *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  peal_ctl_print (text);
  peal_ctl_print ("\n");
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-journal-plan.h"

#include "peal-media-rules.h"
#include "peal-settings.h"
#include "peal-timetable.h"

static const char *const option_members[] = { "caption",
                                              "privacy_level",
                                              "share_type",
                                              "allow_comment",
                                              "allow_duet",
                                              "allow_stitch",
                                              "your_brand",
                                              "branded_content",
                                              "ai_generated",
                                              "cover_ms",
                                              "late_grace_s",
                                              "due",
                                              "zone",
                                              "now",
                                              "next_slot",
                                              "draft",
                                              NULL };

void
peal_plan_time_clear (PealPlanTime *self)
{
  g_clear_pointer (&self->zone, g_free);
}

gboolean
peal_plan_check_members (GVariant *dict, const char *const *also, GError **error)
{
  GVariantIter iter;
  const char *key;
  GVariant *value;

  g_variant_iter_init (&iter, dict);
  while (g_variant_iter_loop (&iter, "{&sv}", &key, &value))
    if (!g_strv_contains (option_members, key) && (also == NULL || !g_strv_contains (also, key)))
      {
        peal_error_refuse (error, PEAL_ERROR_INVALID, "option_unknown", "%s", key);
        g_variant_unref (value);
        return FALSE;
      }
  return TRUE;
}

/* FALSE where @key is there with another type than @type. */
static gboolean
look_up (GVariant *dict, const char *key, const GVariantType *type, GVariant **value, GError **error)
{
  g_autoptr (GVariant) found = g_variant_lookup_value (dict, key, NULL);

  if (found != NULL && !g_variant_is_of_type (found, type))
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "option_type", "%s", key);
  *value = g_steal_pointer (&found);
  return TRUE;
}

static gboolean
look_up_flag (GVariant *dict, const char *key, gboolean *flag, GError **error)
{
  g_autoptr (GVariant) value = NULL;

  if (!look_up (dict, key, G_VARIANT_TYPE_BOOLEAN, &value, error))
    return FALSE;
  *flag = value != NULL && g_variant_get_boolean (value);
  return TRUE;
}

static gboolean
read_late_grace (GVariant *dict, gint64 *seconds, GError **error)
{
  g_autoptr (GVariant) value = NULL;

  if (!look_up (dict, "late_grace_s", G_VARIANT_TYPE_INT64, &value, error))
    return FALSE;
  *seconds = value != NULL ? g_variant_get_int64 (value) : G_MININT64;
  return value == NULL || (*seconds >= -1 && *seconds <= PEAL_MAX_LATE_GRACE_S)
         || peal_error_refuse (error, PEAL_ERROR_INVALID, "setting_range", "late_grace_s");
}

static gboolean
zone_exists (const char *zone)
{
  g_autoptr (GTimeZone) found = g_time_zone_new_identifier (zone);

  return found != NULL;
}

gboolean
peal_plan_time_read (PealPlanTime *self, GVariant *dict, gint64 now, GError **error)
{
  g_autoptr (GVariant) due = NULL;
  g_autoptr (GVariant) zone = NULL;
  int told;

  if (!look_up (dict, "due", G_VARIANT_TYPE_INT64, &due, error)
      || !look_up (dict, "zone", G_VARIANT_TYPE_STRING, &zone, error)
      || !look_up_flag (dict, "now", &self->is_now, error)
      || !look_up_flag (dict, "next_slot", &self->is_next_slot, error)
      || !look_up_flag (dict, "draft", &self->is_draft, error)
      || !read_late_grace (dict, &self->late_grace_s, error))
    return FALSE;
  told = (due != NULL) + self->is_now + self->is_next_slot + self->is_draft;
  if (told > 1)
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "time_twice", "more than one time was told");
  if (zone != NULL && !zone_exists (g_variant_get_string (zone, NULL)))
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "zone_unknown", "%s",
                              g_variant_get_string (zone, NULL));
  self->is_told = told == 1;
  self->due = due != NULL ? g_variant_get_int64 (due) : -1;
  g_set_str (&self->zone, zone != NULL ? g_variant_get_string (zone, NULL) : NULL);
  if (due != NULL && self->due < now)
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "time_past", "the time has passed");
  if (due != NULL && self->due > now + G_GINT64_CONSTANT (3660) * 86400 * G_USEC_PER_SEC)
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "time_far", "more than ten years ahead");
  return TRUE;
}

static gboolean
read_slots (sqlite3 *db, gint64 account, GArray *slots, GError **error)
{
  g_autoptr (sqlite3_stmt) row =
      peal_sql_query (db, error, "SELECT weekday, minute FROM slot WHERE account_id = ?", "i", account);
  g_autoptr (GError) local = NULL;

  if (row == NULL)
    return FALSE;
  while (peal_sql_step (row, &local))
    {
      PealSlot slot = { .weekday = sqlite3_column_int (row, 0), .minute = sqlite3_column_int (row, 1) };

      g_array_append_val (slots, slot);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
read_taken (sqlite3 *db, gint64 account, GArray *taken, GError **error)
{
  g_autoptr (sqlite3_stmt) row = peal_sql_query (db, error,
                                                 "SELECT due FROM post WHERE account_id = ? AND state IN "
                                                 "('scheduled', 'publishing', 'held') AND due IS NOT NULL",
                                                 "i", account);
  g_autoptr (GError) local = NULL;

  if (row == NULL)
    return FALSE;
  while (peal_sql_step (row, &local))
    {
      gint64 due = sqlite3_column_int64 (row, 0);

      g_array_append_val (taken, due);
    }
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

gboolean
peal_plan_time_resolve (sqlite3 *db,
                        const PealPlanTime *self,
                        gint64 account,
                        gint64 now,
                        gint64 *due,
                        GError **error)
{
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (PealSlot));
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GTimeZone) zone = NULL;

  if (!self->is_next_slot)
    {
      *due = self->is_now ? now : self->due;
      return TRUE;
    }
  if (!read_slots (db, account, slots, error) || !read_taken (db, account, taken, error))
    return FALSE;
  zone = self->zone != NULL ? g_time_zone_new_identifier (self->zone) : g_time_zone_new_local ();
  *due = peal_timetable_next_slot (zone, (const PealSlot *)slots->data, slots->len,
                                   (const gint64 *)taken->data, taken->len, now);
  return *due != -1 || peal_error_refuse (error, PEAL_ERROR_INVALID, "no_slot", "no posting slot is free");
}

char *
peal_plan_time_dup_wall (gint64 due, const char *zone)
{
  g_autoptr (GTimeZone) known = zone != NULL ? g_time_zone_new_identifier (zone) : NULL;
  PealWallTime wall;

  if (due == -1 || known == NULL)
    return NULL;
  peal_timetable_get_wall (known, due, &wall);
  return g_strdup_printf ("%04d-%02d-%02d %02d:%02d:%02d", wall.year, wall.month, wall.day, wall.hour,
                          wall.minute, wall.second);
}

gboolean
peal_plan_check_post (const PealPostOptions *options,
                      const PealMediaFacts *facts,
                      PealScopes scopes,
                      GError **error)
{
  PealScopes needed =
      options->share_type == PEAL_SHARE_INBOX ? PEAL_SCOPE_VIDEO_UPLOAD : PEAL_SCOPE_VIDEO_PUBLISH;
  PealRuleResult results[PEAL_N_RULES];
  const PealRuleResult *broken = NULL;

  if (!peal_post_options_check (options, error))
    return FALSE;
  if ((scopes & needed) == 0)
    {
      g_autofree char *name = peal_scopes_to_string (needed);

      g_propagate_error (error, peal_error_new (PEAL_ERROR_SCOPE, "scope_missing", "%s", name));
      return FALSE;
    }
  peal_media_rules_check (facts, 0, results);
  broken = peal_media_rules_find_broken (results);
  if (broken == NULL)
    return TRUE;
  g_propagate_error (
      error, peal_error_new (PEAL_ERROR_MEDIA, broken->reason, "%s", peal_rule_to_string (broken->rule)));
  return FALSE;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-post-facts.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "peal-post-text.h"
#include "peal-sentence.h"
#include "peal-time-text.h"

static void
add_row (GPtrArray *rows, const char *title, const char *text)
{
  GtkWidget *row = NULL;

  if (text == NULL || text[0] == '\0')
    return;
  row = adw_action_row_new ();
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
  adw_action_row_set_subtitle_selectable (ADW_ACTION_ROW (row), TRUE);
  gtk_widget_add_css_class (row, "property");
  g_ptr_array_add (rows, row);
}

/* (transfer full) */
static char *
describe_time (gint64 instant, gint64 now, GTimeZone *zone)
{
  g_autofree char *full = peal_time_text_full (instant, zone);
  g_autofree char *distance = peal_time_text_distance (instant, now);

  /* Translators: a time and how far away it is, as in "Tue 24 Nov 2026, 18:00 (CET) — in 2 days" */
  return g_strdup_printf (_ ("%s — %s"), full, distance);
}

static char *
describe_options (const PealPostOptions *options)
{
  const struct
  {
    gboolean is_on;
    const char *text;
  } all[] = {
    { options->allow_comment, _ ("Comments allowed") },  { options->allow_duet, _ ("Duets allowed") },
    { options->allow_stitch, _ ("Stitches allowed") },   { options->your_brand, _ ("Your brand") },
    { options->branded_content, _ ("Branded content") }, { options->ai_generated, _ ("AI-generated") },
  };
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();
  g_auto (GStrv) list = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    if (all[i].is_on)
      g_strv_builder_add (texts, all[i].text);
  list = g_strv_builder_end (texts);
  /* Translators: stands between the parts of a list, with its space */
  return g_strjoinv (_ (", "), list);
}

static char *
describe_video (PealPostItem *post)
{
  const PealMediaFacts *facts = peal_post_item_get_facts (post);
  g_autofree char *size = NULL;

  if (facts == NULL)
    return g_strdup (peal_post_item_get_media_name (post));
  size = g_format_size ((guint64)MAX (facts->size, 0));
  /* Translators: a video: name, width, height, seconds, size, as in "cake.mp4, 1080 × 1920, 42 s, 12 MB" */
  return g_strdup_printf (_ ("%s, %d × %d, %" PRId64 " s, %s"), peal_post_item_get_media_name (post),
                          facts->width, facts->height, facts->duration_us / G_USEC_PER_SEC, size);
}

GPtrArray *
peal_post_facts_create_rows (PealPostItem *post, gint64 now, GTimeZone *zone)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  const PealPostOptions *options = NULL;
  g_autofree char *video = NULL;
  g_autofree char *choices = NULL;

  g_return_val_if_fail (PEAL_IS_POST_ITEM (post), NULL);

  options = peal_post_item_get_options (post);
  video = describe_video (post);
  choices = describe_options (options);
  add_row (rows, _ ("Caption"), options->caption);
  if (peal_post_item_get_due (post) >= 0)
    {
      g_autofree char *due = describe_time (peal_post_item_get_due (post), now, zone);

      add_row (rows, _ ("Time"), due);
    }
  if (peal_post_item_get_published_at (post) >= 0)
    {
      g_autofree char *published = describe_time (peal_post_item_get_published_at (post), now, zone);

      add_row (rows, _ ("Published"), published);
    }
  add_row (rows, _ ("Share Type"),
           options->share_type == PEAL_SHARE_INBOX ? _ ("To the inbox in TikTok’s app") : _ ("Direct post"));
  add_row (rows, _ ("Who Can View"), peal_privacy_level_text (options->privacy_level));
  add_row (rows, _ ("Choices"), choices);
  add_row (rows, _ ("Video"), video);
  return g_steal_pointer (&rows);
}

GPtrArray *
peal_post_facts_create_tiktok_rows (PealPostItem *post, GVariant *dict)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_auto (GStrv) ids = NULL;
  g_autofree char *all = NULL;
  const char *publish_id = NULL;

  g_return_val_if_fail (PEAL_IS_POST_ITEM (post), NULL);
  g_return_val_if_fail (dict != NULL, NULL);

  g_variant_lookup (dict, "publish_id", "&s", &publish_id);
  g_variant_lookup (dict, "post_ids", "^as", &ids);
  all = ids != NULL ? g_strjoinv (", ", ids) : NULL;
  add_row (rows, _ ("Code"), peal_post_item_get_error_reason (post));
  add_row (rows, _ ("Message"), peal_post_item_get_error_message (post));
  add_row (rows, _ ("Log ID"), peal_post_item_get_error_log_id (post));
  add_row (rows, _ ("Publish ID"), publish_id);
  add_row (rows, _ ("Post ID"), all);
  add_row (rows, _ ("Link"), peal_post_item_get_share_url (post));
  return g_steal_pointer (&rows);
}

char *
peal_post_facts_describe_detail (const char *detail)
{
  /* An object of texts is written alike in JSON and in GVariant's own format. */
  g_autoptr (GVariant) members = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  GVariantIter iter;
  const char *key, *value;

  g_return_val_if_fail (detail != NULL, NULL);

  if (!(members = g_variant_parse (G_VARIANT_TYPE ("a{ss}"), detail, NULL, NULL, NULL)))
    return g_strdup (detail);
  g_variant_iter_init (&iter, members);
  while (g_variant_iter_next (&iter, "{&s&s}", &key, &value))
    g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", key, value);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

static const char *
describe_kind (const char *kind)
{
  static const struct
  {
    const char *kind;
    const char *text;
  } kinds[] = {
    { "adopted", N_ ("Taken over from another computer") },
    { "armed", N_ ("Handing over the last part") },
    { "armed_by_witness", N_ ("The last part may have been handed over") },
    { "attempt_dead", N_ ("The try was given up; nothing was published") },
    { "cancelled", N_ ("Cancelled") },
    { "drafted", N_ ("Saved as a draft") },
    { "edited", N_ ("Edited") },
    { "held", N_ ("Held") },
    { "moved", N_ ("Given a time") },
    { "preflight", N_ ("Checked before its time") },
    { "released", N_ ("Back on the plan") },
    { "reserved", N_ ("Began to publish") },
    { "resolved", N_ ("You said what became of it") },
    { "retried", N_ ("Tried again") },
    { "scheduled", N_ ("Scheduled") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_strcmp0 (kinds[i].kind, kind) == 0)
      return _ (kinds[i].text);
  return kind;
}

static void
add_event (GPtrArray *rows, GVariant *event, GTimeZone *zone)
{
  const char *kind = "", *detail = "{}";
  g_autofree char *time = NULL;
  g_autofree char *described = NULL;
  g_autofree char *text = NULL;
  gint64 at = 0;

  g_variant_lookup (event, "at", "x", &at);
  g_variant_lookup (event, "kind", "&s", &kind);
  g_variant_lookup (event, "detail", "&s", &detail);
  time = peal_time_text_full (at, zone);
  described = peal_post_facts_describe_detail (detail);
  text = described[0] != '\0' ? g_strdup_printf ("%s\n%s", time, described) : g_strdup (time);
  add_row (rows, describe_kind (kind), text);
}

GPtrArray *
peal_post_facts_create_event_rows (GVariant *dict, GTimeZone *zone)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  g_autoptr (GVariant) events = NULL;

  g_return_val_if_fail (dict != NULL, NULL);

  events = g_variant_lookup_value (dict, "events", G_VARIANT_TYPE ("aa{sv}"));
  for (gsize i = 0; events != NULL && i < g_variant_n_children (events); i++)
    {
      g_autoptr (GVariant) event = g_variant_get_child_value (events, i);

      add_event (rows, event, zone);
    }
  return g_steal_pointer (&rows);
}

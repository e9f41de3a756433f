/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include <glib/gi18n.h>

#include "peal-ctl-commands.h"
#include "peal-ctl-error.h"
#include "peal-ctl-json.h"
#include "peal-ctl-output.h"
#include "peal-ctl-times.h"
#include "peal-when.h"

#define PAGE 500
#define SAMPLE_PAGE 10000
#define N_COUNTERS 4
#define TITLE_COLUMNS 40

static const char *const counters[N_COUNTERS] = { "follower_count", "following_count", "likes_count",
                                                  "video_count" };

typedef struct
{
  gint64 at;
  gint64 counts[N_COUNTERS]; /* -1 unknown */
} Sample;

PealCtlStatus
peal_ctl_sync (PealCtlRun *run, GError **error)
{
  const char *account = run->args[0] != NULL ? run->args[0] : "";
  g_autoptr (GVariant) result = peal_ctl_run_job (run, "Sync", g_variant_new ("(s)", account), -1, error);
  guint32 accounts = 0, videos = 0;

  if (result == NULL)
    return PEAL_CTL_FAILED;
  g_variant_lookup (result, "accounts", "u", &accounts);
  g_variant_lookup (result, "videos", "u", &videos);
  if (run->options->json)
    {
      g_autoptr (JsonNode) node = peal_ctl_json_value (result);

      peal_ctl_json_print (node);
    }
  else
    peal_ctl_note (_ ("Read: accounts %u, videos %u."), accounts, videos);
  return PEAL_CTL_DONE;
}

static gboolean
append_samples (GVariant *page, GArray *samples)
{
  GVariantIter iter;
  Sample sample;

  if (!g_variant_is_of_type (page, G_VARIANT_TYPE ("a(xxxxx)")))
    return FALSE;
  g_variant_iter_init (&iter, page);
  while (g_variant_iter_next (&iter, "(xxxxx)", &sample.at, &sample.counts[0], &sample.counts[1],
                              &sample.counts[2], &sample.counts[3]))
    g_array_append_val (samples, sample);
  return g_variant_n_children (page) >= SAMPLE_PAGE;
}

/* (transfer full): all samples since @since. */
static GArray *
get_samples (PealCtlRun *run, gint64 since, GError **error)
{
  g_autoptr (GArray) samples = g_array_new (FALSE, FALSE, sizeof (Sample));
  gboolean more = TRUE;

  while (more)
    {
      g_autoptr (GVariant) page =
          peal_ctl_run_call (run, "GetSamples", g_variant_new ("(sx)", run->args[0], since), error);

      if (page == NULL)
        return NULL;
      more = append_samples (page, samples);
      if (more)
        since = g_array_index (samples, Sample, samples->len - 1).at + 1;
    }
  return g_steal_pointer (&samples);
}

static void
print_samples_json (PealCtlRun *run, GArray *samples)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < samples->len; i++)
    {
      const Sample *sample = &g_array_index (samples, Sample, i);
      JsonObject *object = json_object_new ();

      json_object_set_member (object, "at", peal_ctl_json_instant (sample->at, run->zone));
      for (int c = 0; c < N_COUNTERS; c++)
        {
          if (sample->counts[c] >= 0)
            json_object_set_int_member (object, counters[c], sample->counts[c]);
          else
            json_object_set_null_member (object, counters[c]);
        }
      json_array_add_object_element (array, object);
    }
  json_node_set_array (node, array);
  peal_ctl_json_print (node);
}

static char *
count_to_text (gint64 count, const char *unknown)
{
  return count >= 0 ? g_strdup_printf ("%" G_GINT64_FORMAT, count) : g_strdup (unknown);
}

static void
print_samples_csv (PealCtlRun *run, GArray *samples)
{
  g_autoptr (GString) csv = g_string_new ("at,follower_count,following_count,likes_count,video_count\r\n");

  for (guint i = 0; i < samples->len; i++)
    {
      const Sample *sample = &g_array_index (samples, Sample, i);
      g_autofree char *at = peal_when_format (sample->at, run->zone);
      g_auto (GStrv) texts = g_new0 (char *, N_COUNTERS + 1);
      PealCtlCell cells[N_COUNTERS + 1] = { { at, FALSE } };

      for (int c = 0; c < N_COUNTERS; c++)
        {
          texts[c] = count_to_text (sample->counts[c], "");
          cells[c + 1].value = texts[c];
        }
      peal_ctl_csv_append (csv, cells, G_N_ELEMENTS (cells));
    }
  peal_ctl_print (csv->str);
}

static void
print_samples (PealCtlRun *run, GArray *samples)
{
  g_autoptr (PealCtlTable) table = peal_ctl_table_new ();

  peal_ctl_table_add (table, _ ("Read at"), _ ("Followers"), _ ("Following"), _ ("Likes"), _ ("Videos"),
                      NULL);
  for (guint i = 0; i < samples->len; i++)
    {
      const Sample *sample = &g_array_index (samples, Sample, i);
      g_autofree char *at = peal_ctl_format_instant (sample->at, run->zone);
      g_autofree char *followers = count_to_text (sample->counts[0], "–");
      g_autofree char *following = count_to_text (sample->counts[1], "–");
      g_autofree char *likes = count_to_text (sample->counts[2], "–");
      g_autofree char *videos = count_to_text (sample->counts[3], "–");

      peal_ctl_table_add (table, at, followers, following, likes, videos, NULL);
    }
  peal_ctl_table_print (table);
}

static gboolean
check_format (PealCtlRun *run, GError **error)
{
  if (run->options->csv && run->options->json)
    return peal_ctl_fail_usage (error, _ ("Give either --csv or --json."));
  return TRUE;
}

PealCtlStatus
peal_ctl_stats (PealCtlRun *run, GError **error)
{
  g_autoptr (GArray) samples = NULL;
  gint64 since = 0;

  if (!check_format (run, error))
    return PEAL_CTL_USAGE;
  if (run->options->since != NULL
      && (since = peal_ctl_since_parse (run->options->since, run->zone, peal_clock_get_real_us (run->clock),
                                        error))
             < 0)
    return PEAL_CTL_USAGE;
  if (!(samples = get_samples (run, since, error)))
    return PEAL_CTL_FAILED;
  if (run->options->json)
    print_samples_json (run, samples);
  else if (run->options->csv)
    print_samples_csv (run, samples);
  else
    print_samples (run, samples);
  return PEAL_CTL_DONE;
}

/* (transfer full): all videos of the account, newest first. */
static GPtrArray *
get_videos (PealCtlRun *run, GError **error)
{
  g_autoptr (GPtrArray) videos = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);
  gint64 before = 0;
  gsize n;

  do
    {
      g_autoptr (GVariant) page = peal_ctl_run_call (
          run, "ListVideos", g_variant_new ("(sxu)", run->args[0], before, (guint32)PAGE), error);
      gint64 last = before;

      if (page == NULL)
        return NULL;
      n = g_variant_n_children (page);
      for (gsize i = 0; i < n; i++)
        {
          g_ptr_array_add (videos, g_variant_get_child_value (page, i));
          g_variant_lookup (g_ptr_array_index (videos, videos->len - 1), "create_time", "x", &before);
        }
      if (before == last)
        break;
    }
  while (n >= PAGE);
  return g_steal_pointer (&videos);
}

static char *
dup_count (GVariant *video, const char *name, const char *unknown)
{
  gint64 count;

  return g_variant_lookup (video, name, "x", &count) ? count_to_text (count, unknown) : g_strdup (unknown);
}

static const char *
get_text (GVariant *video, const char *name)
{
  const char *text = NULL;

  g_variant_lookup (video, name, "&s", &text);
  return text;
}

static gint64
get_instant (GVariant *video, const char *name, gint64 unit_us)
{
  gint64 instant = 0;

  g_variant_lookup (video, name, "x", &instant);
  return instant > 0 && instant < G_MAXINT64 / unit_us ? instant * unit_us : 0;
}

static void
print_videos_json (PealCtlRun *run, GPtrArray *videos)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < videos->len; i++)
    json_array_add_element (
        array, peal_ctl_json_object (g_ptr_array_index (videos, i), peal_ctl_video_fields, run->zone));
  json_node_set_array (node, array);
  peal_ctl_json_print (node);
}

static void
append_video (PealCtlRun *run, GString *csv, GVariant *video)
{
  g_autofree char *created = peal_when_format (get_instant (video, "create_time", G_USEC_PER_SEC), run->zone);
  g_autofree char *duration = dup_count (video, "duration_s", "");
  g_autofree char *views = dup_count (video, "view_count", "");
  g_autofree char *likes = dup_count (video, "like_count", "");
  g_autofree char *comments = dup_count (video, "comment_count", "");
  g_autofree char *shares = dup_count (video, "share_count", "");
  gint64 sampled = get_instant (video, "sampled_at", 1);
  g_autofree char *sampled_at = sampled > 0 ? peal_when_format (sampled, run->zone) : NULL;
  const PealCtlCell cells[] = {
    { get_text (video, "id"), TRUE },
    { created, FALSE },
    { get_text (video, "title"), TRUE },
    { get_text (video, "description"), TRUE },
    { get_text (video, "share_url"), TRUE },
    { duration, FALSE },
    { views, FALSE },
    { likes, FALSE },
    { comments, FALSE },
    { shares, FALSE },
    { sampled_at, FALSE },
  };

  peal_ctl_csv_append (csv, cells, G_N_ELEMENTS (cells));
}

static void
print_videos_csv (PealCtlRun *run, GPtrArray *videos)
{
  g_autoptr (GString) csv = g_string_new ("id,create_time,title,description,share_url,duration_s,view_count,"
                                          "like_count,comment_count,share_count,sampled_at\r\n");

  for (guint i = 0; i < videos->len; i++)
    append_video (run, csv, g_ptr_array_index (videos, i));
  peal_ctl_print (csv->str);
}

static void
print_videos (PealCtlRun *run, GPtrArray *videos)
{
  g_autoptr (PealCtlTable) table = peal_ctl_table_new ();

  peal_ctl_table_add (table, _ ("Created"), _ ("Views"), _ ("Likes"), _ ("Comments"), _ ("Shares"),
                      _ ("Title"), NULL);
  for (guint i = 0; i < videos->len; i++)
    {
      GVariant *video = g_ptr_array_index (videos, i);
      const char *title = get_text (video, "title");
      g_autofree char *created =
          peal_ctl_format_instant (get_instant (video, "create_time", G_USEC_PER_SEC), run->zone);
      g_autofree char *views = dup_count (video, "view_count", "–");
      g_autofree char *likes = dup_count (video, "like_count", "–");
      g_autofree char *comments = dup_count (video, "comment_count", "–");
      g_autofree char *shares = dup_count (video, "share_count", "–");
      g_autofree char *name = NULL;

      name = peal_ctl_sanitize (title != NULL && title[0] != '\0' ? title : get_text (video, "description"),
                                TITLE_COLUMNS);
      peal_ctl_table_add (table, created, views, likes, comments, shares, name, NULL);
    }
  peal_ctl_table_print (table);
}

PealCtlStatus
peal_ctl_videos (PealCtlRun *run, GError **error)
{
  g_autoptr (GPtrArray) videos = NULL;

  if (!check_format (run, error))
    return PEAL_CTL_USAGE;
  if (!(videos = get_videos (run, error)))
    return PEAL_CTL_FAILED;
  if (run->options->json)
    print_videos_json (run, videos);
  else if (run->options->csv)
    print_videos_csv (run, videos);
  else
    print_videos (run, videos);
  return PEAL_CTL_DONE;
}

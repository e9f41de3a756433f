/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-growth.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "peal-counter-tile.h"
#include "peal-count-noun.h"
#include "peal-curve.h"
#include "peal-range.h"
#include "peal-sample-source.h"
#include "peal-scope-text.h"
#include "peal-sentence.h"
#include "peal-time-text.h"

#define SPINNER_AFTER_MS 300
#define N_COUNTERS 3

struct _PealGrowth
{
  GtkWidget parent_instance;

  PealSession *session;
  PealAccountItem *account; /* (nullable) */
  gulong account_handler;
  GTimeZone *zone;
  gboolean narrow;

  PealSampleSource *source; /* (nullable): of the account */
  guint spinner_source;
  guint minute_source;

  GtkStack *stack;
  AdwStatusPage *error_page;
  AdwStatusPage *scope_page;
  GtkButton *scope_button;
  AdwBanner *scope_banner;
  AdwToggleGroup *counters;
  PealCounterTile *followers;
  PealCounterTile *likes;
  PealCounterTile *videos;
  AdwToggleGroup *ranges;
  GtkDropDown *range_list;
  PealCurve *curve;
  GtkLabel *updated;
};

G_DEFINE_FINAL_TYPE (PealGrowth, peal_growth, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_NARROW = 1,
} PealGrowthProps;

static GParamSpec *properties[PROP_NARROW + 1];

static const struct
{
  PealCounter counter;
  const char *title;
  PealChartCountFunc count;
} counters[N_COUNTERS] = {
  { PEAL_COUNTER_FOLLOWERS, N_ ("Followers"), peal_count_noun_followers },
  { PEAL_COUNTER_LIKES, N_ ("Likes"), peal_count_noun_likes },
  { PEAL_COUNTER_VIDEOS, N_ ("Videos"), peal_count_noun_videos },
};

static PealRange
get_range (PealGrowth *self)
{
  return (PealRange)MIN (gtk_drop_down_get_selected (self->range_list), PEAL_RANGE_ALL);
}

static guint
get_counter (PealGrowth *self)
{
  return MIN (adw_toggle_group_get_active (self->counters), N_COUNTERS - 1);
}

static gboolean
lacks_scope (PealGrowth *self)
{
  return self->account != NULL && (peal_account_item_get_scopes (self->account) & PEAL_SCOPE_USER_STATS) == 0;
}

static gint64
get_known_count (PealGrowth *self, PealCounter counter)
{
  switch (counter)
    {
    case PEAL_COUNTER_FOLLOWERS:
      return peal_account_item_get_follower_count (self->account);
    case PEAL_COUNTER_LIKES:
      return peal_account_item_get_likes_count (self->account);
    case PEAL_COUNTER_VIDEOS:
      return peal_account_item_get_video_count (self->account);
    default:
      return PEAL_SERIES_UNKNOWN;
    }
}

static void
show_tile (PealGrowth *self, guint index, PealSeries *series)
{
  PealCounterTile *tiles[N_COUNTERS] = { self->followers, self->likes, self->videos };
  gssize first = peal_series_find_first (series);
  gssize last = peal_series_find_last (series);
  gsize n;
  const PealPoint *points = peal_series_get (series, &n);

  peal_counter_tile_set (tiles[index],
                         last >= 0 ? points[last].value : get_known_count (self, counters[index].counter),
                         last > first ? points[first].value : PEAL_SERIES_UNKNOWN);
}

static void
show_curve (PealGrowth *self, guint index, PealSeries *series, gint64 from, gint64 to)
{
  PealRange range = get_range (self);
  /* Translators: the title of a chart: what it shows, and of what time, as in "Followers, 28 days" */
  g_autofree char *title =
      g_strdup_printf (C_ ("chart title", "%s, %s"), _ (counters[index].title), peal_range_get_title (range));

  peal_curve_set_subject (self->curve, title, _ (counters[index].title), counters[index].count);
  peal_curve_set_series (self->curve, series, from, to, peal_range_get_grain (range));
}

static void
show_updated (PealGrowth *self)
{
  gint64 at = self->account != NULL ? peal_account_item_get_sampled_at (self->account) : -1;
  g_autofree char *distance = NULL;
  g_autofree char *text = NULL;

  if (at >= 0)
    {
      distance = peal_time_text_distance (MIN (at, peal_session_get_now (self->session)),
                                          peal_session_get_now (self->session));
      /* Translators: %s is as in "3 hours ago" */
      text = g_strdup_printf (_ ("Updated %s"), distance);
    }
  gtk_label_set_label (self->updated, text != NULL ? text : "");
}

static void
show_numbers (PealGrowth *self)
{
  gint64 now = peal_session_get_now (self->session);
  gsize n;
  const PealSample *samples = peal_sample_source_get (self->source, &n);

  for (guint i = 0; i < N_COUNTERS; i++)
    {
      gint64 from, to;
      g_autoptr (PealSeries) series = peal_range_make_series (
          get_range (self), samples, n, counters[i].counter, now, self->zone, &from, &to);

      show_tile (self, i, series);
      if (i == get_counter (self))
        show_curve (self, i, series, from, to);
    }
  adw_banner_set_revealed (self->scope_banner, lacks_scope (self));
  show_updated (self);
}

static void
describe_scope (PealGrowth *self)
{
  for (guint i = 0; i < PEAL_N_SCOPES; i++)
    {
      PealScopeText text = peal_scope_text_get (i);
      g_autofree char *sentence = NULL;
      g_autofree char *markup = NULL;

      if (text.scope != PEAL_SCOPE_USER_STATS)
        continue;
      /* Translators: %s is a permission, as in "Your numbers of followers, likes and videos" */
      sentence = g_strdup_printf (
          _ ("This account did not grant “%s”. Sign in again and allow it to see how it grows."), text.title);
      markup = g_markup_escape_text (sentence, -1);
      adw_status_page_set_description (self->scope_page, markup);
    }
}

static void
describe_error (PealGrowth *self)
{
  g_autofree char *sentence = peal_sentence_for_error (peal_sample_source_get_error (self->source));
  g_autofree char *markup = g_markup_escape_text (sentence, -1);

  adw_status_page_set_description (self->error_page, markup);
}

static void
spinner_cb (gpointer data)
{
  PealGrowth *self = data;

  self->spinner_source = 0;
  if (self->source != NULL && peal_sample_source_is_loading (self->source)
      && !peal_sample_source_has_samples (self->source))
    gtk_stack_set_visible_child_name (self->stack, "loading");
}

static void
update (PealGrowth *self)
{
  if (self->source == NULL)
    gtk_stack_set_visible_child_name (self->stack, "blank");
  else if (peal_sample_source_has_samples (self->source))
    {
      show_numbers (self);
      gtk_stack_set_visible_child_name (self->stack, "curve");
    }
  else if (peal_sample_source_is_loading (self->source))
    {
      if (self->spinner_source == 0)
        self->spinner_source = g_timeout_add_once (SPINNER_AFTER_MS, spinner_cb, self);
    }
  else if (peal_sample_source_get_error (self->source) != NULL)
    {
      describe_error (self);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  else
    gtk_stack_set_visible_child_name (self->stack, lacks_scope (self) ? "scope" : "empty");
}

static void
need_samples (PealGrowth *self)
{
  if (self->source != NULL)
    peal_sample_source_need (
        self->source,
        peal_range_get_start (get_range (self), peal_session_get_now (self->session), self->zone));
}

static void
reload_cb (PealGrowth *self)
{
  if (self->source != NULL)
    peal_sample_source_reload (self->source);
}

static void
show_cb (PealGrowth *self)
{
  if (self->source != NULL && peal_sample_source_has_samples (self->source))
    show_numbers (self);
}

/* The list and the row of ranges are one choice. */
static void
range_cb (PealGrowth *self)
{
  guint active = adw_toggle_group_get_active (self->ranges);

  if (active < PEAL_N_RANGES)
    gtk_drop_down_set_selected (self->range_list, active);
}

static void
range_chosen_cb (PealGrowth *self)
{
  adw_toggle_group_set_active (self->ranges, get_range (self));
  need_samples (self);
  /* Half of a range would look like all of it. */
  if (self->source != NULL && !peal_sample_source_is_loading (self->source))
    show_cb (self);
}

static gboolean
minute_cb (gpointer data)
{
  show_updated (data);
  return G_SOURCE_CONTINUE;
}

static void
peal_growth_map (GtkWidget *widget)
{
  PealGrowth *self = PEAL_GROWTH (widget);

  GTK_WIDGET_CLASS (peal_growth_parent_class)->map (widget);
  if (self->session == NULL)
    return;
  show_updated (self);
  self->minute_source = g_timeout_add_seconds (60, minute_cb, self);
}

static void
peal_growth_unmap (GtkWidget *widget)
{
  g_clear_handle_id (&PEAL_GROWTH (widget)->minute_source, g_source_remove);
  GTK_WIDGET_CLASS (peal_growth_parent_class)->unmap (widget);
}

static void
fill_ranges (PealGrowth *self)
{
  g_autoptr (GtkStringList) titles = gtk_string_list_new (NULL);

  for (guint i = 0; i < PEAL_N_RANGES; i++)
    {
      AdwToggle *toggle = adw_toggle_new ();

      adw_toggle_set_label (toggle, peal_range_get_title ((PealRange)i));
      adw_toggle_group_add (self->ranges, toggle);
      gtk_string_list_append (titles, peal_range_get_title ((PealRange)i));
    }
  gtk_drop_down_set_model (self->range_list, G_LIST_MODEL (titles));
  gtk_drop_down_set_selected (self->range_list, PEAL_RANGE_28_DAYS);
  adw_toggle_group_set_active (self->ranges, PEAL_RANGE_28_DAYS);
  g_signal_connect_object (self->range_list, "notify::selected", G_CALLBACK (range_chosen_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
peal_growth_dispose (GObject *object)
{
  PealGrowth *self = PEAL_GROWTH (object);

  g_clear_handle_id (&self->spinner_source, g_source_remove);
  g_clear_handle_id (&self->minute_source, g_source_remove);
  if (self->account != NULL)
    g_clear_signal_handler (&self->account_handler, self->account);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_GROWTH);
  g_clear_object (&self->source);
  g_clear_object (&self->account);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_growth_parent_class)->dispose (object);
}

static void
peal_growth_finalize (GObject *object)
{
  PealGrowth *self = PEAL_GROWTH (object);

  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (peal_growth_parent_class)->finalize (object);
}

static void
peal_growth_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((PealGrowthProps)id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, PEAL_GROWTH (object)->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_growth_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealGrowth *self = PEAL_GROWTH (object);

  switch ((PealGrowthProps)id)
    {
    case PROP_NARROW:
      if (self->narrow == g_value_get_boolean (value))
        return;
      self->narrow = g_value_get_boolean (value);
      gtk_widget_set_visible (GTK_WIDGET (self->ranges), !self->narrow);
      gtk_widget_set_visible (GTK_WIDGET (self->range_list), self->narrow);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/pealapp/Peal/ui/peal-growth.ui");
  gtk_widget_class_bind_template_child (widget_class, PealGrowth, stack);
  gtk_widget_class_bind_template_child (widget_class, PealGrowth, error_page);
  gtk_widget_class_bind_template_child (widget_class, PealGrowth, scope_page);
  gtk_widget_class_bind_template_child (widget_class, PealGrowth, scope_button);
  gtk_widget_class_bind_template_child (widget_class, PealGrowth, scope_banner);
  gtk_widget_class_bind_template_child (widget_class, PealGrowth, counters);
  gtk_widget_class_bind_template_child (widget_class, PealGrowth, followers);
  gtk_widget_class_bind_template_child (widget_class, PealGrowth, likes);
  gtk_widget_class_bind_template_child (widget_class, PealGrowth, videos);
  gtk_widget_class_bind_template_child (widget_class, PealGrowth, ranges);
  gtk_widget_class_bind_template_child (widget_class, PealGrowth, range_list);
  gtk_widget_class_bind_template_child (widget_class, PealGrowth, curve);
  gtk_widget_class_bind_template_child (widget_class, PealGrowth, updated);
  gtk_widget_class_bind_template_callback (widget_class, reload_cb);
  gtk_widget_class_bind_template_callback (widget_class, show_cb);
  gtk_widget_class_bind_template_callback (widget_class, range_cb);
}

static void
peal_growth_class_init (PealGrowthClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = peal_growth_dispose;
  object_class->finalize = peal_growth_finalize;
  object_class->get_property = peal_growth_get_property;
  object_class->set_property = peal_growth_set_property;
  widget_class->map = peal_growth_map;
  widget_class->unmap = peal_growth_unmap;
  properties[PROP_NARROW] = g_param_spec_boolean (
      "narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (PEAL_TYPE_COUNTER_TILE);
  g_type_ensure (PEAL_TYPE_CURVE);
  bind_children (widget_class);
}

static void
peal_growth_init (PealGrowth *self)
{
  self->zone = g_time_zone_new_local ();
  gtk_widget_init_template (GTK_WIDGET (self));
  fill_ranges (self);
  describe_scope (self);
  peal_curve_set_zone (self->curve, self->zone);
}

void
peal_growth_set_session (PealGrowth *self, PealSession *session)
{
  g_return_if_fail (PEAL_IS_GROWTH (self));
  g_return_if_fail (PEAL_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
}

static void
follow_account (PealGrowth *self)
{
  const char *open_id = peal_account_item_get_open_id (self->account);
  g_autoptr (GVariant) target = g_variant_ref_sink (g_variant_new_string (open_id));

  self->account_handler =
      g_signal_connect_object (self->account, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  self->source = peal_sample_source_new (peal_session_get_link (self->session), open_id, NULL);
  g_signal_connect_object (self->source, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->scope_button), target);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->scope_banner), target);
}

void
peal_growth_set_account (PealGrowth *self, PealAccountItem *account)
{
  g_return_if_fail (PEAL_IS_GROWTH (self));
  g_return_if_fail (self->session != NULL);
  g_return_if_fail (account == NULL || PEAL_IS_ACCOUNT_ITEM (account));

  if (self->account == account)
    return;
  if (self->account != NULL)
    g_clear_signal_handler (&self->account_handler, self->account);
  g_set_object (&self->account, account);
  if (self->source != NULL)
    g_signal_handlers_disconnect_by_data (self->source, self);
  g_clear_object (&self->source);
  gtk_stack_set_visible_child_name (self->stack, "blank");
  if (account != NULL)
    follow_account (self);
  need_samples (self);
  update (self);
}

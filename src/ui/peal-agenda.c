/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-agenda.h"

#include <glib/gi18n.h>

#include "peal-post-list.h"
#include "peal-time-text.h"

/* A list view builds a row for each post that is in its model, seen or not. So many are in it at first, which
 * fill a window of the usual size; more come as many at a time as can be built within a frame. */
#define FIRST 6
#define STEP 2
/* The next page is fetched when so few are left. */
#define AHEAD 20
#define DAY_US (G_GINT64_CONSTANT (24) * 60 * 60 * G_USEC_PER_SEC)

struct _PealAgenda
{
  GObject parent_instance;

  PealAgendaView view;
  GTimeZone *zone;
  PealPostList *lists[2]; /* the second is NULL where there is one only */
  GtkSorter *sorter;
  GListModel *sorted; /* all that was fetched */
  GtkSliceListModel *model;
};

G_DEFINE_FINAL_TYPE (PealAgenda, peal_agenda, G_TYPE_OBJECT)

typedef enum
{
  PROP_LOADING = 1,
  PROP_LOADED,
} PealAgendaProps;

static GParamSpec *properties[PROP_LOADED + 1];

static const PealPostState attention_states[] = { PEAL_POST_HELD, PEAL_POST_FAILED, PEAL_POST_NEEDS_REVIEW };
static const PealPostState upcoming_states[] = { PEAL_POST_PUBLISHING, PEAL_POST_SCHEDULED };
static const PealPostState draft_states[] = { PEAL_POST_DRAFT };
static const PealPostState past_states[] = { PEAL_POST_PUBLISHED, PEAL_POST_IN_INBOX, PEAL_POST_CANCELLED };

static gboolean
needs_user (PealPostItem *post)
{
  PealPostState state = peal_post_item_get_state (post);

  return state == PEAL_POST_HELD || state == PEAL_POST_FAILED || state == PEAL_POST_NEEDS_REVIEW;
}

/* The day of @instant in @zone, counted from 1970. */
static gint64
get_day (gint64 instant, GTimeZone *zone)
{
  int interval = g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, instant / G_USEC_PER_SEC);
  gint64 local = instant + (gint64)g_time_zone_get_offset (zone, MAX (interval, 0)) * G_USEC_PER_SEC;

  return local >= 0 ? local / DAY_US : -((-local + DAY_US - 1) / DAY_US);
}

gint64
peal_agenda_get_section (PealPostItem *post, PealAgendaView view, GTimeZone *zone)
{
  g_return_val_if_fail (PEAL_IS_POST_ITEM (post), 0);

  if (needs_user (post))
    return G_MININT64;
  if (view == PEAL_AGENDA_DRAFTS)
    return 0;
  if (view == PEAL_AGENDA_PAST)
    return -get_day (peal_post_item_get_instant (post), zone);
  return get_day (peal_post_item_get_due (post), zone);
}

char *
peal_agenda_describe_section (PealPostItem *post, PealAgendaView view, gint64 now, GTimeZone *zone)
{
  g_return_val_if_fail (PEAL_IS_POST_ITEM (post), NULL);

  if (needs_user (post))
    return g_strdup (_ ("Needs You"));
  if (view == PEAL_AGENDA_DRAFTS)
    return g_strdup (_ ("Drafts"));
  return peal_time_text_day (view == PEAL_AGENDA_PAST ? peal_post_item_get_instant (post)
                                                      : peal_post_item_get_due (post),
                             now, zone);
}

static int
compare_sections (gconstpointer a, gconstpointer b, gpointer data)
{
  PealAgenda *self = data;
  gint64 first = peal_agenda_get_section ((gpointer)a, self->view, self->zone);
  gint64 second = peal_agenda_get_section ((gpointer)b, self->view, self->zone);

  return (first > second) - (first < second);
}

static void
notify_cb (PealAgenda *self, GParamSpec *pspec)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

static void
follow (PealAgenda *self, GListStore *models, PealPostList *list)
{
  g_signal_connect_object (list, "notify", G_CALLBACK (notify_cb), self, G_CONNECT_SWAPPED);
  g_list_store_append (models, list);
}

static void
make_model (PealAgenda *self)
{
  GListStore *models = g_list_store_new (G_TYPE_LIST_MODEL);
  GtkFlattenListModel *flat = NULL;
  GtkSortListModel *sorted = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (self->lists); i++)
    if (self->lists[i] != NULL)
      follow (self, models, self->lists[i]);
  flat = gtk_flatten_list_model_new (G_LIST_MODEL (models));
  sorted = gtk_sort_list_model_new (G_LIST_MODEL (flat), NULL);
  self->sorter = GTK_SORTER (gtk_custom_sorter_new (compare_sections, self, NULL));
  gtk_sort_list_model_set_section_sorter (sorted, self->sorter);
  self->sorted = g_object_ref (G_LIST_MODEL (sorted));
  self->model = gtk_slice_list_model_new (G_LIST_MODEL (sorted), 0, FIRST);
}

static void
peal_agenda_dispose (GObject *object)
{
  PealAgenda *self = PEAL_AGENDA (object);

  /* It may be asked once more by a model that outlives this. */
  if (self->sorter != NULL)
    gtk_custom_sorter_set_sort_func (GTK_CUSTOM_SORTER (self->sorter), NULL, NULL, NULL);
  g_clear_object (&self->sorter);
  g_clear_object (&self->model);
  g_clear_object (&self->sorted);
  g_clear_object (&self->lists[0]);
  g_clear_object (&self->lists[1]);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  G_OBJECT_CLASS (peal_agenda_parent_class)->dispose (object);
}

static void
peal_agenda_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PealAgenda *self = PEAL_AGENDA (object);
  gboolean loading = FALSE;

  switch ((PealAgendaProps)id)
    {
    case PROP_LOADING:
      for (gsize i = 0; i < G_N_ELEMENTS (self->lists); i++)
        loading = loading || (self->lists[i] != NULL && peal_post_list_is_loading (self->lists[i]));
      g_value_set_boolean (value, loading);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, peal_agenda_is_loaded (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_agenda_class_init (PealAgendaClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = peal_agenda_dispose;
  object_class->get_property = peal_agenda_get_property;
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
peal_agenda_init (PealAgenda *self)
{
  self->zone = g_time_zone_new_local ();
}

PealAgenda *
peal_agenda_new (PealAgentLink *link, PealAgendaView view)
{
  PealAgenda *self = NULL;

  g_return_val_if_fail (PEAL_IS_AGENT_LINK (link), NULL);

  self = g_object_new (PEAL_TYPE_AGENDA, NULL);
  self->view = view;
  switch (view)
    {
    case PEAL_AGENDA_DRAFTS:
      self->lists[0] =
          peal_post_list_new (link, draft_states, G_N_ELEMENTS (draft_states), PEAL_POST_ORDER_SOONEST);
      break;
    case PEAL_AGENDA_PAST:
      self->lists[0] =
          peal_post_list_new (link, past_states, G_N_ELEMENTS (past_states), PEAL_POST_ORDER_LATEST);
      break;
    case PEAL_AGENDA_UPCOMING:
    default:
      self->lists[0] = peal_post_list_new (link, attention_states, G_N_ELEMENTS (attention_states),
                                           PEAL_POST_ORDER_SOONEST);
      self->lists[1] =
          peal_post_list_new (link, upcoming_states, G_N_ELEMENTS (upcoming_states), PEAL_POST_ORDER_SOONEST);
      break;
    }
  make_model (self);
  return self;
}

GListModel *
peal_agenda_get_model (PealAgenda *self)
{
  g_return_val_if_fail (PEAL_IS_AGENDA (self), NULL);

  return G_LIST_MODEL (self->model);
}

void
peal_agenda_set_filter (PealAgenda *self, const char *account, const char *text)
{
  g_return_if_fail (PEAL_IS_AGENDA (self));

  gtk_slice_list_model_set_size (self->model, FIRST);
  for (gsize i = 0; i < G_N_ELEMENTS (self->lists); i++)
    if (self->lists[i] != NULL)
      peal_post_list_set_filter (self->lists[i], account, text);
}

/* What needs the user stands above the rest and is fetched whole first. */
static void
fetch_more (PealAgenda *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->lists); i++)
    if (self->lists[i] != NULL && peal_post_list_has_more (self->lists[i]))
      {
        if (!peal_post_list_is_loading (self->lists[i]))
          peal_post_list_load_more (self->lists[i]);
        return;
      }
}

void
peal_agenda_show_more (PealAgenda *self)
{
  guint n_fetched, n_shown;

  g_return_if_fail (PEAL_IS_AGENDA (self));

  n_fetched = g_list_model_get_n_items (self->sorted);
  n_shown = gtk_slice_list_model_get_size (self->model);
  if (n_fetched > n_shown)
    gtk_slice_list_model_set_size (self->model, n_shown += STEP);
  if (n_fetched < n_shown + AHEAD)
    fetch_more (self);
}

gboolean
peal_agenda_is_loaded (PealAgenda *self)
{
  g_return_val_if_fail (PEAL_IS_AGENDA (self), FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (self->lists); i++)
    if (self->lists[i] != NULL && !peal_post_list_is_loaded (self->lists[i]))
      return FALSE;
  return TRUE;
}

const GError *
peal_agenda_get_error (PealAgenda *self)
{
  g_return_val_if_fail (PEAL_IS_AGENDA (self), NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (self->lists); i++)
    if (self->lists[i] != NULL && peal_post_list_get_error (self->lists[i]) != NULL)
      return peal_post_list_get_error (self->lists[i]);
  return NULL;
}

void
peal_agenda_refresh (PealAgenda *self)
{
  g_return_if_fail (PEAL_IS_AGENDA (self));

  g_clear_pointer (&self->zone, g_time_zone_unref);
  self->zone = g_time_zone_new_local ();
  gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-videos-view-private.h"

#include <glib/gi18n.h>

#include "peal-scope-text.h"
#include "peal-sentence.h"
#include "peal-video-menu.h"
#include "peal-video-order.h"

#define SPINNER_AFTER_MS 300

G_DEFINE_FINAL_TYPE (PealVideosView, peal_videos_view, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_NARROW = 1,
} PealVideosViewProps;

static GParamSpec *properties[PROP_NARROW + 1];

static gboolean
has_videos (PealVideosView *self)
{
  return self->videos != NULL && g_list_model_get_n_items (G_LIST_MODEL (self->videos)) > 0;
}

static gboolean
lacks_scope (PealVideosView *self)
{
  return (peal_account_item_get_scopes (self->account) & PEAL_SCOPE_VIDEO_LIST) == 0;
}

static void
describe_error (PealVideosView *self, const GError *error)
{
  g_autofree char *sentence = peal_sentence_for_error (error);
  g_autofree char *markup = g_markup_escape_text (sentence, -1);

  adw_status_page_set_description (self->error_page, markup);
}

static void
describe_scope (PealVideosView *self)
{
  for (guint i = 0; i < PEAL_N_SCOPES; i++)
    {
      PealScopeText text = peal_scope_text_get (i);
      g_autofree char *sentence = NULL;
      g_autofree char *markup = NULL;

      if (text.scope != PEAL_SCOPE_VIDEO_LIST)
        continue;
      /* Translators: %s is a permission, as in "The list of your public videos" */
      sentence = g_strdup_printf (
          _ ("This account did not grant “%s”. Sign in again and allow it to see its videos here."),
          text.title);
      markup = g_markup_escape_text (sentence, -1);
      adw_status_page_set_description (self->scope_page, markup);
    }
}

static void
spinner_cb (gpointer data)
{
  PealVideosView *self = data;

  self->spinner_source = 0;
  if (self->videos != NULL && !has_videos (self) && !peal_video_list_is_loaded (self->videos)
      && peal_video_list_get_error (self->videos) == NULL)
    gtk_stack_set_visible_child_name (self->stack, "loading");
}

static void
update (PealVideosView *self)
{
  const GError *error = self->videos != NULL ? peal_video_list_get_error (self->videos) : NULL;

  if (self->videos == NULL)
    gtk_stack_set_visible_child_name (self->stack, "blank");
  else if (has_videos (self))
    gtk_stack_set_visible_child_name (self->stack, self->narrow ? "list" : "table");
  else if (error != NULL)
    {
      describe_error (self, error);
      gtk_stack_set_visible_child_name (self->stack, "error");
    }
  else if (peal_video_list_is_loaded (self->videos))
    gtk_stack_set_visible_child_name (self->stack, lacks_scope (self) ? "scope" : "empty");
  else if (self->spinner_source == 0)
    self->spinner_source = g_timeout_add_once (SPINNER_AFTER_MS, spinner_cb, self);
}

/* Table and list show one model, so that what is sorted in one is so in the other. */
static void
show_videos (PealVideosView *self)
{
  g_autoptr (GtkSortListModel) sorted = NULL;
  g_autoptr (GtkNoSelection) model = NULL;

  if (self->videos != NULL)
    {
      sorted =
          gtk_sort_list_model_new (g_object_ref (G_LIST_MODEL (self->videos)), g_object_ref (self->sorter));
      model = gtk_no_selection_new (G_LIST_MODEL (g_steal_pointer (&sorted)));
    }
  gtk_column_view_set_model (self->table, self->narrow ? NULL : GTK_SELECTION_MODEL (model));
  gtk_list_view_set_model (self->list, self->narrow ? GTK_SELECTION_MODEL (model) : NULL);
}

/* Numbers that changed may belong elsewhere in the order. */
static void
loading_cb (PealVideosView *self)
{
  if (!peal_video_list_is_loading (self->videos))
    gtk_sorter_changed (self->sorter, GTK_SORTER_CHANGE_DIFFERENT);
}

static void
read_videos (PealVideosView *self)
{
  if (self->videos != NULL)
    g_signal_handlers_disconnect_by_data (self->videos, self);
  g_clear_object (&self->videos);
  if (self->account != NULL)
    {
      self->videos = peal_video_list_new (peal_session_get_link (self->session),
                                          peal_account_item_get_open_id (self->account));
      g_signal_connect_object (self->videos, "notify", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->videos, "notify::loading", G_CALLBACK (loading_cb), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->videos, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  show_videos (self);
  update (self);
}

static void
reload_cb (PealVideosView *self)
{
  read_videos (self);
}

static void
activate_cb (PealVideosView *self, guint position, GtkWidget *view)
{
  GtkSelectionModel *model = GTK_IS_LIST_VIEW (view) ? gtk_list_view_get_model (GTK_LIST_VIEW (view))
                                                     : gtk_column_view_get_model (GTK_COLUMN_VIEW (view));
  g_autoptr (PealVideoItem) video =
      model != NULL ? g_list_model_get_item (G_LIST_MODEL (model), position) : NULL;

  if (video != NULL && self->account != NULL)
    peal_video_open (GTK_WIDGET (self), self->session, peal_account_item_get_open_id (self->account), video);
}

static GtkColumnViewColumn *
get_column (PealVideosView *self, guint order)
{
  GtkColumnViewColumn *columns[] = {
    [PEAL_VIDEO_KEY_PUBLISHED] = self->published_column, [PEAL_VIDEO_KEY_VIEWS] = self->views_column,
    [PEAL_VIDEO_KEY_LIKES] = self->likes_column,         [PEAL_VIDEO_KEY_COMMENTS] = self->comments_column,
    [PEAL_VIDEO_KEY_SHARES] = self->shares_column,       [PEAL_VIDEO_KEY_TITLE] = self->title_column,
  };

  return order < G_N_ELEMENTS (columns) ? columns[order] : NULL;
}

static void
sort_by (PealVideosView *self, GtkColumnViewColumn *column, GtkSortType direction)
{
  /* Else GTK leaves the arrow on the column of before. */
  gtk_column_view_sort_by_column (self->table, NULL, direction);
  gtk_column_view_sort_by_column (self->table, column, direction);
}

/* The list's orders are the table's columns, the greatest first; only titles begin at A. */
static void
order_cb (PealVideosView *self)
{
  guint order = gtk_drop_down_get_selected (self->order_list);
  GtkColumnViewColumn *column = get_column (self, order);

  if (column != NULL && self->narrow)
    sort_by (self, column, order == PEAL_VIDEO_KEY_TITLE ? GTK_SORT_ASCENDING : GTK_SORT_DESCENDING);
}

static void
sorted_cb (PealVideosView *self, GtkSorterChange change, GtkColumnViewSorter *sorter)
{
  GtkColumnViewColumn *column = gtk_column_view_sorter_get_primary_sort_column (sorter);

  /* The table lets go of its order when it goes away. */
  if (self->order_list == NULL || column == NULL)
    return;
  for (guint i = 0; i < PEAL_N_VIDEO_KEYS; i++)
    if (get_column (self, i) == column)
      gtk_drop_down_set_selected (self->order_list, i);
  if (has_videos (self) && self->narrow)
    gtk_list_view_scroll_to (self->list, 0, GTK_LIST_SCROLL_NONE, NULL);
  else if (has_videos (self))
    gtk_column_view_scroll_to (self->table, 0, NULL, GTK_LIST_SCROLL_NONE, NULL);
}

static void
set_narrow (PealVideosView *self, gboolean narrow)
{
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  show_videos (self);
  update (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NARROW]);
}

static void
peal_videos_view_dispose (GObject *object)
{
  PealVideosView *self = PEAL_VIDEOS_VIEW (object);

  g_clear_handle_id (&self->spinner_source, g_source_remove);
  if (self->account != NULL)
    g_clear_signal_handler (&self->account_handler, self->account);
  if (self->table != NULL)
    {
      gtk_column_view_set_model (self->table, NULL);
      gtk_list_view_set_model (self->list, NULL);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_VIDEOS_VIEW);
  g_clear_object (&self->sorter);
  g_clear_object (&self->videos);
  g_clear_object (&self->account);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_videos_view_parent_class)->dispose (object);
}

static void
peal_videos_view_finalize (GObject *object)
{
  g_clear_pointer (&PEAL_VIDEOS_VIEW (object)->zone, g_time_zone_unref);
  G_OBJECT_CLASS (peal_videos_view_parent_class)->finalize (object);
}

static void
peal_videos_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((PealVideosViewProps)id)
    {
    case PROP_NARROW:
      g_value_set_boolean (value, PEAL_VIDEOS_VIEW (object)->narrow);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_videos_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((PealVideosViewProps)id)
    {
    case PROP_NARROW:
      set_narrow (PEAL_VIDEOS_VIEW (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-videos-view.ui");
  gtk_widget_class_bind_template_child (widget_class, PealVideosView, stack);
  gtk_widget_class_bind_template_child (widget_class, PealVideosView, error_page);
  gtk_widget_class_bind_template_child (widget_class, PealVideosView, scope_page);
  gtk_widget_class_bind_template_child (widget_class, PealVideosView, scope_button);
  gtk_widget_class_bind_template_child (widget_class, PealVideosView, table);
  gtk_widget_class_bind_template_child (widget_class, PealVideosView, cover_column);
  gtk_widget_class_bind_template_child (widget_class, PealVideosView, title_column);
  gtk_widget_class_bind_template_child (widget_class, PealVideosView, published_column);
  gtk_widget_class_bind_template_child (widget_class, PealVideosView, views_column);
  gtk_widget_class_bind_template_child (widget_class, PealVideosView, likes_column);
  gtk_widget_class_bind_template_child (widget_class, PealVideosView, comments_column);
  gtk_widget_class_bind_template_child (widget_class, PealVideosView, shares_column);
  gtk_widget_class_bind_template_child (widget_class, PealVideosView, menu_column);
  gtk_widget_class_bind_template_child (widget_class, PealVideosView, list);
  gtk_widget_class_bind_template_child (widget_class, PealVideosView, order_list);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, order_cb);
  gtk_widget_class_bind_template_callback (widget_class, reload_cb);
}

static void
peal_videos_view_class_init (PealVideosViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = peal_videos_view_dispose;
  object_class->finalize = peal_videos_view_finalize;
  object_class->get_property = peal_videos_view_get_property;
  object_class->set_property = peal_videos_view_set_property;
  properties[PROP_NARROW] = g_param_spec_boolean (
      "narrow", NULL, NULL, FALSE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  bind_children (GTK_WIDGET_CLASS (klass));
}

static void
peal_videos_view_init (PealVideosView *self)
{
  self->zone = g_time_zone_new_local ();
  gtk_widget_init_template (GTK_WIDGET (self));
  describe_scope (self);
}

void
peal_videos_view_set_session (PealVideosView *self, PealSession *session)
{
  g_return_if_fail (PEAL_IS_VIDEOS_VIEW (self));
  g_return_if_fail (PEAL_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  peal_videos_view_make_factories (self);
  self->sorter = peal_video_order_follow (self->table);
  gtk_column_view_sort_by_column (self->table, self->published_column, GTK_SORT_DESCENDING);
  g_signal_connect_object (gtk_column_view_get_sorter (self->table), "changed", G_CALLBACK (sorted_cb), self,
                           G_CONNECT_SWAPPED);
}

void
peal_videos_view_set_account (PealVideosView *self, PealAccountItem *account)
{
  g_return_if_fail (PEAL_IS_VIDEOS_VIEW (self));
  g_return_if_fail (self->session != NULL);
  g_return_if_fail (account == NULL || PEAL_IS_ACCOUNT_ITEM (account));

  if (self->account == account)
    return;
  if (self->account != NULL)
    g_clear_signal_handler (&self->account_handler, self->account);
  g_set_object (&self->account, account);
  if (account != NULL)
    {
      self->account_handler =
          g_signal_connect_object (account, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->scope_button), "s",
                                        peal_account_item_get_open_id (account));
    }
  gtk_stack_set_visible_child_name (self->stack, "blank");
  read_videos (self);
}

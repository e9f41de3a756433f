/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-plan-page.h"

#include <glib/gi18n.h>

#include "peal-account-filter.h"
#include "peal-agenda.h"
#include "peal-plan-factories.h"
#include "peal-post-dialog.h"
#include "peal-sentence.h"

#define N_VIEWS (PEAL_AGENDA_PAST + 1)
#define SPINNER_AFTER_MS 300
#define DAY_S (24 * 60 * 60)
#define HEADING_PX 80

struct _PealPlanPage
{
  AdwNavigationPage parent_instance;

  PealSession *session;
  PealAgenda *agendas[N_VIEWS]; /* made when first looked at */
  PealAgendaView view;
  char *text;
  guint spinner_source;
  guint midnight_source;
  guint top_source;
  guint more_source;
  gboolean is_filled;

  GtkSearchBar *search_bar;
  GtkSearchEntry *search_entry;
  GtkBox *search_box;
  GtkDropDown *account_filter; /* NULL before the first search: it is costly, and few need it */
  AdwToggleGroup *view_group;
  GtkStack *stack;
  GtkScrolledWindow *scroller;
  GtkListView *list_view;
  AdwStatusPage *empty_page;
  AdwStatusPage *error_page;
};

G_DEFINE_FINAL_TYPE (PealPlanPage, peal_plan_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_SESSION = 1,
  PROP_FILLED,
} PealPlanPageProps;

static GParamSpec *properties[PROP_FILLED + 1];

/* (transfer none) (nullable): the account that is chosen; NULL for all. */
static const char *
get_account (PealPlanPage *self)
{
  return self->account_filter != NULL ? peal_account_filter_get (self->account_filter) : NULL;
}

static gboolean
is_filtered (PealPlanPage *self)
{
  return (self->text != NULL && self->text[0] != '\0') || get_account (self) != NULL;
}

static void
describe_empty (PealPlanPage *self)
{
  static const struct
  {
    const char *icon;
    const char *title;
    const char *description;
  } views[N_VIEWS] = {
    { "x-office-calendar-symbolic", N_ ("Nothing Planned"), N_ ("Choose New Post, or drop a video here.") },
    { "document-edit-symbolic", N_ ("No Drafts"), N_ ("Posts that you save without a time wait here.") },
    { "document-open-recent-symbolic", N_ ("Nothing Published Yet"),
      N_ ("Posts that went out, or were cancelled, are kept here.") },
  };
  gboolean filtered = is_filtered (self);

  adw_status_page_set_icon_name (self->empty_page, filtered ? "edit-find-symbolic" : views[self->view].icon);
  adw_status_page_set_title (self->empty_page, filtered ? _ ("Nothing Found") : _ (views[self->view].title));
  adw_status_page_set_description (self->empty_page, filtered ? _ ("No post here fits what you look for.")
                                                              : _ (views[self->view].description));
}

static void
describe_error (PealPlanPage *self, const GError *error)
{
  g_autofree char *sentence = peal_sentence_for_error (error);
  g_autofree char *markup = g_markup_escape_text (sentence, -1);

  adw_status_page_set_description (self->error_page, markup);
}

/* A stack passes the focus on from what is in its child, but not from the child itself, which has it where a
 * list had no row for it yet. From there the focus would go on to a toast, and hold that on the screen. */
static void
turn_to (PealPlanPage *self, const char *name)
{
  gboolean has_focus = gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) != NULL;
  GtkWidget *child = NULL;

  gtk_stack_set_visible_child_name (self->stack, name);
  child = gtk_stack_get_visible_child (self->stack);
  if (has_focus && gtk_widget_get_focus_child (GTK_WIDGET (self->stack)) != child)
    gtk_widget_child_focus (child, GTK_DIR_TAB_FORWARD);
}

static void
show_filled (PealPlanPage *self, const char *name)
{
  turn_to (self, name);
  if (self->is_filled)
    return;
  self->is_filled = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILLED]);
}

static void
spinner_cb (gpointer data)
{
  PealPlanPage *self = data;

  self->spinner_source = 0;
  if (!peal_agenda_is_loaded (self->agendas[self->view]))
    gtk_stack_set_visible_child_name (self->stack, "loading");
}

static void
update_stack (PealPlanPage *self)
{
  PealAgenda *agenda = self->agendas[self->view];
  const GError *error = peal_agenda_get_error (agenda);

  if (peal_agenda_is_loaded (agenda) && g_list_model_get_n_items (peal_agenda_get_model (agenda)) > 0)
    show_filled (self, "list");
  else if (error != NULL)
    {
      describe_error (self, error);
      show_filled (self, "error");
    }
  else if (peal_agenda_is_loaded (agenda))
    {
      describe_empty (self);
      show_filled (self, "empty");
    }
  else if (self->spinner_source == 0)
    self->spinner_source = g_timeout_add_once (SPINNER_AFTER_MS, spinner_cb, self);
}

static void
top_cb (gpointer data)
{
  PealPlanPage *self = data;

  self->top_source = 0;
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

static void
more_cb (gpointer data)
{
  PealPlanPage *self = data;

  self->more_source = 0;
  peal_agenda_show_more (self->agendas[self->view]);
}

/* More is shown two windows before it is needed, and when there is nothing else to do: the frame that is
 * under way comes first. */
static void
scrolled_cb (PealPlanPage *self)
{
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  double page = gtk_adjustment_get_page_size (adjustment);

  /* Before it has a size, nobody knows how many posts fit. */
  if (page > 0 && gtk_adjustment_get_value (adjustment) + 3 * page >= gtk_adjustment_get_upper (adjustment)
      && self->more_source == 0)
    self->more_source = g_idle_add_once (more_cb, self);
}

/* A list view keeps its first post where it is, and the heading above that out of sight. */
static void
grown_cb (PealPlanPage *self, GtkAdjustment *adjustment)
{
  double value = gtk_adjustment_get_value (adjustment);

  if (value > 0 && value < HEADING_PX && self->top_source == 0)
    self->top_source = g_idle_add_once (top_cb, self);
  scrolled_cb (self);
}

/* Not before all of the first page is there: what comes above what is shown would be scrolled away. */
static void
show_model (PealPlanPage *self)
{
  PealAgenda *agenda = self->agendas[self->view];
  g_autoptr (GtkSelectionModel) model = NULL;

  if (gtk_list_view_get_model (self->list_view) != NULL || !peal_agenda_is_loaded (agenda))
    return;
  model = GTK_SELECTION_MODEL (gtk_no_selection_new (g_object_ref (peal_agenda_get_model (agenda))));
  gtk_list_view_set_model (self->list_view, model);
}

static void
agenda_cb (PealPlanPage *self, GParamSpec *pspec, PealAgenda *agenda)
{
  if (agenda != self->agendas[self->view])
    return;
  show_model (self);
  update_stack (self);
  scrolled_cb (self);
}

/* Before its row has gone from the list view and the focus with it. */
static void
emptied_cb (PealPlanPage *self, guint position, guint removed, guint added, GListModel *model)
{
  if (g_list_model_get_n_items (model) == 0 && model == peal_agenda_get_model (self->agendas[self->view]))
    update_stack (self);
}

/* After the list view has made its rows, which the focus can go to. */
static void
items_changed_cb (PealPlanPage *self, guint position, guint removed, guint added, GListModel *model)
{
  if (model == peal_agenda_get_model (self->agendas[self->view]))
    update_stack (self);
}

static void
ensure_agenda (PealPlanPage *self, PealAgendaView view)
{
  GListModel *model = NULL;

  if (self->agendas[view] != NULL)
    return;
  self->agendas[view] = peal_agenda_new (peal_session_get_link (self->session), view);
  peal_agenda_set_filter (self->agendas[view], get_account (self), self->text);
  g_signal_connect_object (self->agendas[view], "notify", G_CALLBACK (agenda_cb), self, G_CONNECT_SWAPPED);
  model = peal_agenda_get_model (self->agendas[view]);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (emptied_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
}

static void
make_factories (PealPlanPage *self)
{
  g_autoptr (GtkListItemFactory) rows = peal_plan_rows_new (self->session);
  g_autoptr (GtkListItemFactory) headings = peal_plan_headings_new (self->session, self->view);

  gtk_list_view_set_factory (self->list_view, rows);
  gtk_list_view_set_header_factory (self->list_view, headings);
}

static void
show_view (PealPlanPage *self, PealAgendaView view)
{
  ensure_agenda (self, view);
  self->view = view;
  gtk_list_view_set_model (self->list_view, NULL);
  make_factories (self);
  show_model (self);
  update_stack (self);
}

static void
view_cb (PealPlanPage *self)
{
  show_view (self, (PealAgendaView)adw_toggle_group_get_active (self->view_group));
}

static void
filter_cb (PealPlanPage *self)
{
  g_set_str (&self->text, gtk_editable_get_text (GTK_EDITABLE (self->search_entry)));
  for (gsize i = 0; i < N_VIEWS; i++)
    if (self->agendas[i] != NULL)
      peal_agenda_set_filter (self->agendas[i], get_account (self), self->text);
}

static void
search_mode_cb (PealPlanPage *self)
{
  if (!gtk_search_bar_get_search_mode (self->search_bar))
    {
      if (self->account_filter != NULL)
        peal_account_filter_clear (self->account_filter);
      return;
    }
  if (self->account_filter != NULL)
    return;
  self->account_filter = GTK_DROP_DOWN (peal_account_filter_new (peal_session_get_accounts (self->session)));
  gtk_box_append (self->search_box, GTK_WIDGET (self->account_filter));
  g_signal_connect_object (self->account_filter, "notify::selected", G_CALLBACK (filter_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
activate_cb (PealPlanPage *self, guint position)
{
  g_autoptr (PealPostItem) post =
      g_list_model_get_item (peal_agenda_get_model (self->agendas[self->view]), position);

  if (post != NULL)
    peal_plan_page_show_post (self, peal_post_item_get_id (post));
}

static void arm_midnight (PealPlanPage *self);

/* "Tomorrow" is today now. */
static void
midnight_cb (gpointer data)
{
  PealPlanPage *self = data;

  self->midnight_source = 0;
  for (gsize i = 0; i < N_VIEWS; i++)
    if (self->agendas[i] != NULL)
      peal_agenda_refresh (self->agendas[i]);
  make_factories (self);
  arm_midnight (self);
}

static void
arm_midnight (PealPlanPage *self)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local_usec (peal_session_get_now (self->session));
  int second = now != NULL ? (g_date_time_get_hour (now) * 60 + g_date_time_get_minute (now)) * 60
                                 + g_date_time_get_second (now)
                           : 0;

  self->midnight_source = g_timeout_add_seconds_once ((guint)(DAY_S - second + 1), midnight_cb, self);
}

static void
peal_plan_page_constructed (GObject *object)
{
  PealPlanPage *self = PEAL_PLAN_PAGE (object);

  G_OBJECT_CLASS (peal_plan_page_parent_class)->constructed (object);
  g_assert (PEAL_IS_SESSION (self->session));
  show_view (self, PEAL_AGENDA_UPCOMING);
  arm_midnight (self);
}

static void
peal_plan_page_dispose (GObject *object)
{
  PealPlanPage *self = PEAL_PLAN_PAGE (object);

  g_clear_handle_id (&self->spinner_source, g_source_remove);
  g_clear_handle_id (&self->midnight_source, g_source_remove);
  g_clear_handle_id (&self->top_source, g_source_remove);
  g_clear_handle_id (&self->more_source, g_source_remove);
  if (self->list_view != NULL)
    gtk_list_view_set_model (self->list_view, NULL);
  self->account_filter = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_PLAN_PAGE);
  for (gsize i = 0; i < N_VIEWS; i++)
    g_clear_object (&self->agendas[i]);
  g_clear_pointer (&self->text, g_free);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_plan_page_parent_class)->dispose (object);
}

static void
peal_plan_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((PealPlanPageProps)id)
    {
    case PROP_SESSION:
      g_value_set_object (value, PEAL_PLAN_PAGE (object)->session);
      break;
    case PROP_FILLED:
      g_value_set_boolean (value, PEAL_PLAN_PAGE (object)->is_filled);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_plan_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((PealPlanPageProps)id)
    {
    case PROP_SESSION:
      PEAL_PLAN_PAGE (object)->session = g_value_dup_object (value);
      break;
    case PROP_FILLED:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_plan_page_class_init (PealPlanPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = peal_plan_page_constructed;
  object_class->dispose = peal_plan_page_dispose;
  object_class->get_property = peal_plan_page_get_property;
  object_class->set_property = peal_plan_page_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, PEAL_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                      | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_FILLED] = g_param_spec_boolean (
      "filled", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/pealapp/Peal/ui/peal-plan-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PealPlanPage, search_bar);
  gtk_widget_class_bind_template_child (widget_class, PealPlanPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, PealPlanPage, search_box);
  gtk_widget_class_bind_template_child (widget_class, PealPlanPage, view_group);
  gtk_widget_class_bind_template_child (widget_class, PealPlanPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PealPlanPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, PealPlanPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, PealPlanPage, empty_page);
  gtk_widget_class_bind_template_child (widget_class, PealPlanPage, error_page);
  gtk_widget_class_bind_template_callback (widget_class, view_cb);
  gtk_widget_class_bind_template_callback (widget_class, filter_cb);
  gtk_widget_class_bind_template_callback (widget_class, search_mode_cb);
  gtk_widget_class_bind_template_callback (widget_class, activate_cb);
}

static void
peal_plan_page_init (PealPlanPage *self)
{
  GtkAdjustment *adjustment = NULL;

  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_search_bar_connect_entry (self->search_bar, GTK_EDITABLE (self->search_entry));
  adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);
  g_signal_connect_object (adjustment, "changed", G_CALLBACK (grown_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment, "value-changed", G_CALLBACK (scrolled_cb), self, G_CONNECT_SWAPPED);
}

GtkWidget *
peal_plan_page_new (PealSession *session)
{
  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);

  return g_object_new (PEAL_TYPE_PLAN_PAGE, "session", session, NULL);
}

gboolean
peal_plan_page_is_filled (PealPlanPage *self)
{
  g_return_val_if_fail (PEAL_IS_PLAN_PAGE (self), FALSE);

  return self->is_filled;
}

void
peal_plan_page_search (PealPlanPage *self)
{
  g_return_if_fail (PEAL_IS_PLAN_PAGE (self));

  gtk_search_bar_set_search_mode (self->search_bar, TRUE);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

void
peal_plan_page_show_attention (PealPlanPage *self)
{
  g_return_if_fail (PEAL_IS_PLAN_PAGE (self));

  gtk_search_bar_set_search_mode (self->search_bar, FALSE);
  adw_toggle_group_set_active (self->view_group, PEAL_AGENDA_UPCOMING);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scroller), 0);
}

void
peal_plan_page_show_post (PealPlanPage *self, gint64 post)
{
  g_return_if_fail (PEAL_IS_PLAN_PAGE (self));

  adw_dialog_present (peal_post_dialog_new (self->session, post), GTK_WIDGET (self));
}

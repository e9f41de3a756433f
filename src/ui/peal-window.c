/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-window-private.h"

#include <glib/gi18n.h>

#include "peal-after-frames.h"
#include "peal-sentence.h"
#include "peal-welcome-page.h"

/* An agent that the bus has to start first takes longer; then what is in its way is shown. */
#define PATIENCE_MS 300
/* So many frames the plan takes to fill a window; pictures come after that. */
#define FRAMES_TO_FILL 8
/* Longer than the usual five seconds: some read slowly, and some let the toast be read to them. */
#define UNDO_TOAST_S 10

G_DEFINE_FINAL_TYPE (PealWindow, peal_window, ADW_TYPE_APPLICATION_WINDOW)

typedef enum
{
  PROP_SESSION = 1,
} PealWindowProps;

static GParamSpec *properties[PROP_SESSION + 1];

/* In place of an offer to undo, for which Ctrl+Z and the main menu are left. */
static void
said_cb (PealWindow *self, const char *text)
{
  AdwToast *toast = adw_toast_new (text);

  adw_toast_set_use_markup (toast, FALSE);
  peal_window_withdraw_undo (self);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

static void
pushed_cb (PealWindow *self, const char *title)
{
  AdwToast *toast = adw_toast_new (title);

  adw_toast_set_use_markup (toast, FALSE);
  adw_toast_set_button_label (toast, _ ("_Undo"));
  adw_toast_set_action_name (toast, "win.undo");
  adw_toast_set_timeout (toast, UNDO_TOAST_S);
  /* Not behind what is up: what is undone next is what was done last. */
  adw_toast_overlay_dismiss_all (self->toasts);
  g_set_weak_pointer (&self->undo_toast, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

void
peal_window_withdraw_undo (PealWindow *self)
{
  if (self->undo_toast != NULL)
    adw_toast_dismiss (self->undo_toast);
  g_clear_weak_pointer (&self->undo_toast);
}

static void
undo_changed_cb (PealWindow *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.undo",
                                 peal_undo_can_undo (peal_session_get_undo (self->session)));
}

/* What was read stays on the screen while the agent is away: only a banner says so then. */
static const char *
choose_view (PealWindow *self)
{
  PealAgentLink *link = peal_session_get_link (self->session);
  PealAccountList *accounts = peal_session_get_accounts (self->session);

  if (!peal_account_list_is_loaded (accounts))
    return peal_agent_link_get_state (link) == PEAL_LINK_LOST ? "lost" : "empty";
  return g_list_model_get_n_items (G_LIST_MODEL (accounts)) > 0 ? "main" : "welcome";
}

static void
compose_waiting (PealWindow *self)
{
  g_autoptr (GListStore) files = g_steal_pointer (&self->waiting_files);

  if (files != NULL)
    peal_window_compose (self, G_LIST_MODEL (files));
}

static gboolean
is_filled (PealWindow *self)
{
  const char *view = choose_view (self);

  return g_str_equal (view, "main") ? peal_plan_page_is_filled (self->plan) : !g_str_equal (view, "empty");
}

static void
present_cb (gpointer data)
{
  PealWindow *self = data;

  self->present_source = 0;
  gtk_window_present (GTK_WINDOW (self));
}

static void
filled_cb (PealWindow *self)
{
  if (self->present_source == 0 || !is_filled (self))
    return;
  g_clear_handle_id (&self->present_source, g_source_remove);
  gtk_window_present (GTK_WINDOW (self));
}

static void
update_view (PealWindow *self)
{
  PealAgentLink *link = peal_session_get_link (self->session);
  const GError *error = peal_agent_link_get_error (link);
  gboolean lost = peal_agent_link_get_state (link) == PEAL_LINK_LOST;
  const char *view = choose_view (self);
  g_autofree char *sentence = error != NULL ? peal_sentence_for_error (error) : NULL;

  if (lost && sentence != NULL)
    {
      g_autofree char *markup = g_markup_escape_text (sentence, -1);

      adw_status_page_set_description (self->lost_page, markup);
      adw_banner_set_title (self->lost_banner, sentence);
    }
  adw_banner_set_revealed (self->lost_banner, lost && !g_str_equal (view, "lost"));
  if (g_str_equal (view, "welcome") && adw_bin_get_child (self->welcome) == NULL)
    adw_bin_set_child (self->welcome, peal_welcome_page_new (self->session));
  gtk_stack_set_visible_child_name (self->stack, view);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-post", g_str_equal (view, "main"));
  /* The other views have a menu of their own, or none. */
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.main-menu", g_str_equal (view, "main"));
  filled_cb (self);
  if (g_str_equal (view, "main"))
    compose_waiting (self);
}

static void
status_cb (PealWindow *self)
{
  PealAgentStatus *status = peal_agent_link_get_status (peal_session_get_link (self->session));

  adw_banner_set_revealed (self->paused_banner, status != NULL && status->paused);
}

static void
try_again_cb (PealWindow *self)
{
  peal_agent_link_start (peal_session_get_link (self->session));
}

static void
follow (PealWindow *self)
{
  PealAgentLink *link = peal_session_get_link (self->session);
  PealAccountList *accounts = peal_session_get_accounts (self->session);
  PealUndo *undo = peal_session_get_undo (self->session);

  g_signal_connect_object (self->session, "said", G_CALLBACK (said_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (undo, "pushed", G_CALLBACK (pushed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (undo, "notify::can-undo", G_CALLBACK (undo_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "notify::state", G_CALLBACK (update_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "notify::error", G_CALLBACK (update_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "notify::status", G_CALLBACK (status_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (accounts, "notify::loaded", G_CALLBACK (update_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (update_view), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lost_banner, "button-clicked", G_CALLBACK (try_again_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
drawn_cb (GtkWidget *widget)
{
  peal_pictures_release (peal_session_get_pictures (PEAL_WINDOW (widget)->session));
}

static void
peal_window_constructed (GObject *object)
{
  PealWindow *self = PEAL_WINDOW (object);
  gboolean practice;

  G_OBJECT_CLASS (peal_window_parent_class)->constructed (object);
  g_assert (PEAL_IS_SESSION (self->session));

  practice = peal_client_get_practice (peal_session_get_client (self->session));
  gtk_widget_set_visible (self->practice_strip, practice);
  if (practice)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "practice");
      gtk_window_set_title (GTK_WINDOW (self), _ ("Peal (Practice)"));
    }
  peal_pictures_hold (peal_session_get_pictures (self->session));
  peal_after_frames (GTK_WIDGET (self), FRAMES_TO_FILL, drawn_cb);
  peal_window_restore_size (self);
  peal_sidebar_set_session (self->sidebar, self->session);
  follow (self);
  peal_window_accept_files (self);
  peal_window_show_page (self, "plan");
  g_signal_connect_object (self->plan, "notify::filled", G_CALLBACK (filled_cb), self, G_CONNECT_SWAPPED);
  update_view (self);
  status_cb (self);
  undo_changed_cb (self);
}

static void
peal_window_dispose (GObject *object)
{
  PealWindow *self = PEAL_WINDOW (object);

  peal_window_save_size (self);
  /* Whoever waits for a picture is not left waiting. */
  if (self->session != NULL)
    peal_pictures_release (peal_session_get_pictures (self->session));
  g_clear_handle_id (&self->present_source, g_source_remove);
  g_clear_weak_pointer (&self->compose);
  g_clear_weak_pointer (&self->undo_toast);
  g_clear_object (&self->waiting_files);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_WINDOW);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_window_parent_class)->dispose (object);
}

static void
peal_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((PealWindowProps)id)
    {
    case PROP_SESSION:
      g_value_set_object (value, PEAL_WINDOW (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((PealWindowProps)id)
    {
    case PROP_SESSION:
      PEAL_WINDOW (object)->session = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_window_class_init (PealWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = peal_window_constructed;
  object_class->dispose = peal_window_dispose;
  object_class->get_property = peal_window_get_property;
  object_class->set_property = peal_window_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, PEAL_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                      | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (PEAL_TYPE_SIDEBAR);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/pealapp/Peal/ui/peal-window.ui");
  gtk_widget_class_bind_template_child (widget_class, PealWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, PealWindow, lost_banner);
  gtk_widget_class_bind_template_child (widget_class, PealWindow, paused_banner);
  gtk_widget_class_bind_template_child (widget_class, PealWindow, practice_strip);
  gtk_widget_class_bind_template_child (widget_class, PealWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, PealWindow, lost_page);
  gtk_widget_class_bind_template_child (widget_class, PealWindow, welcome);
  gtk_widget_class_bind_template_child (widget_class, PealWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, PealWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, PealWindow, sidebar);
  peal_window_install_actions (widget_class);
}

static void
peal_window_init (PealWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
peal_window_new (GtkApplication *application, PealSession *session)
{
  g_return_val_if_fail (GTK_IS_APPLICATION (application), NULL);
  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);

  return g_object_new (PEAL_TYPE_WINDOW, "application", application, "session", session, NULL);
}

void
peal_window_present_filled (PealWindow *self)
{
  g_return_if_fail (PEAL_IS_WINDOW (self));

  if (is_filled (self))
    gtk_window_present (GTK_WINDOW (self));
  else if (self->present_source == 0)
    self->present_source = g_timeout_add_once (PATIENCE_MS, present_cb, self);
}

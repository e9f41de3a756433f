/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-insights-page.h"

#include <glib/gi18n.h>

#include "peal-account-chooser.h"
#include "peal-await-for.h"
#include "peal-growth.h"
#include "peal-videos-view.h"

struct _PealInsightsPage
{
  AdwNavigationPage parent_instance;

  PealSession *session;
  PealAccountItem *account; /* (nullable): the one that is shown */
  gulong account_handler;
  gboolean remembering; /* whether a choice is one of the user's */
  gboolean syncing;
  GCancellable *cancellable;

  GtkDropDown *chooser;
  GtkStack *refresh_stack;
  GtkStack *stack;
  PealGrowth *growth;
  PealVideosView *videos;
};

G_DEFINE_FINAL_TYPE (PealInsightsPage, peal_insights_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_SESSION = 1,
} PealInsightsPageProps;

static GParamSpec *properties[PROP_SESSION + 1];

static void
update_refresh (PealInsightsPage *self)
{
  gboolean ready = peal_agent_link_get_state (peal_session_get_link (self->session)) == PEAL_LINK_READY;
  gboolean connected =
      self->account != NULL && peal_account_item_get_state (self->account) == PEAL_ACCOUNT_CONNECTED;

  gtk_stack_set_visible_child_name (self->refresh_stack, self->syncing ? "spinner" : "button");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "insights.refresh", ready && connected && !self->syncing);
}

static void
synced_cb (gpointer owner, const GValue *value, const GError *error)
{
  PealInsightsPage *self = owner;

  if (self->session == NULL)
    return;
  self->syncing = FALSE;
  if (error != NULL)
    peal_session_say_error (self->session, error);
  update_refresh (self);
}

static void
refresh_action (GtkWidget *widget, const char *name, GVariant *parameter)
{
  PealInsightsPage *self = PEAL_INSIGHTS_PAGE (widget);

  if (self->account == NULL || self->syncing)
    return;
  self->syncing = TRUE;
  update_refresh (self);
  peal_await_for (self,
                  peal_client_run_job (peal_session_get_client (self->session), "Sync",
                                       g_variant_new ("(s)", peal_account_item_get_open_id (self->account)),
                                       -1, self->cancellable),
                  synced_cb);
}

/* That there are no accounts is only known once they were read. */
static void
update_stack (PealInsightsPage *self)
{
  const char *name = "account";

  if (self->account == NULL)
    name = peal_account_list_is_loaded (peal_session_get_accounts (self->session)) ? "none" : "blank";
  gtk_stack_set_visible_child_name (self->stack, name);
  gtk_widget_set_visible (GTK_WIDGET (self->chooser), self->account != NULL);
}

static void
show_account (PealInsightsPage *self, PealAccountItem *account)
{
  if (self->account != NULL)
    g_clear_signal_handler (&self->account_handler, self->account);
  g_set_object (&self->account, account);
  if (account != NULL)
    self->account_handler =
        g_signal_connect_object (account, "changed", G_CALLBACK (update_refresh), self, G_CONNECT_SWAPPED);
  peal_growth_set_account (self->growth, account);
  peal_videos_view_set_account (self->videos, account);
  update_stack (self);
  update_refresh (self);
}

static void
chosen_cb (PealInsightsPage *self)
{
  PealAccountItem *account = NULL;

  if (self->session == NULL || !self->remembering)
    return;
  account = peal_account_chooser_get (self->chooser);
  if (account == self->account)
    return;
  show_account (self, account);
  if (account != NULL)
    g_settings_set_string (peal_session_get_settings (self->session), "insights-account",
                           peal_account_item_get_open_id (account));
}

/* What the list does to the choice by itself is no choice of the user's. */
static void
accounts_changing_cb (PealInsightsPage *self)
{
  self->remembering = FALSE;
}

/* The account that was shown, or looked at last, is chosen again where it is there. */
static void
accounts_changed_cb (PealInsightsPage *self)
{
  g_autofree char *last =
      self->account != NULL
          ? g_strdup (peal_account_item_get_open_id (self->account))
          : g_settings_get_string (peal_session_get_settings (self->session), "insights-account");

  peal_account_chooser_set (self->chooser, last);
  self->remembering = TRUE;
  if (peal_account_chooser_get (self->chooser) != self->account)
    show_account (self, peal_account_chooser_get (self->chooser));
}

static void
peal_insights_page_constructed (GObject *object)
{
  PealInsightsPage *self = PEAL_INSIGHTS_PAGE (object);
  PealAgentLink *link = NULL;

  G_OBJECT_CLASS (peal_insights_page_parent_class)->constructed (object);
  g_assert (PEAL_IS_SESSION (self->session));

  link = peal_session_get_link (self->session);
  peal_growth_set_session (self->growth, self->session);
  peal_videos_view_set_session (self->videos, self->session);
  /* Before the chooser hears of it, and after. */
  g_signal_connect_object (peal_session_get_accounts (self->session), "items-changed",
                           G_CALLBACK (accounts_changing_cb), self, G_CONNECT_SWAPPED);
  peal_account_chooser_init (self->chooser, self->session);
  g_signal_connect_object (peal_session_get_accounts (self->session), "items-changed",
                           G_CALLBACK (accounts_changed_cb), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (peal_session_get_accounts (self->session), "notify::loaded",
                           G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "notify::state", G_CALLBACK (update_refresh), self, G_CONNECT_SWAPPED);
  show_account (self, NULL);
  accounts_changed_cb (self);
}

static void
peal_insights_page_dispose (GObject *object)
{
  PealInsightsPage *self = PEAL_INSIGHTS_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->account != NULL)
    g_clear_signal_handler (&self->account_handler, self->account);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_INSIGHTS_PAGE);
  g_clear_object (&self->account);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_insights_page_parent_class)->dispose (object);
}

static void
peal_insights_page_finalize (GObject *object)
{
  g_clear_object (&PEAL_INSIGHTS_PAGE (object)->cancellable);
  G_OBJECT_CLASS (peal_insights_page_parent_class)->finalize (object);
}

static void
peal_insights_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((PealInsightsPageProps)id)
    {
    case PROP_SESSION:
      g_value_set_object (value, PEAL_INSIGHTS_PAGE (object)->session);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_insights_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((PealInsightsPageProps)id)
    {
    case PROP_SESSION:
      PEAL_INSIGHTS_PAGE (object)->session = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_insights_page_class_init (PealInsightsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = peal_insights_page_constructed;
  object_class->dispose = peal_insights_page_dispose;
  object_class->finalize = peal_insights_page_finalize;
  object_class->get_property = peal_insights_page_get_property;
  object_class->set_property = peal_insights_page_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, PEAL_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                      | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (PEAL_TYPE_GROWTH);
  g_type_ensure (PEAL_TYPE_VIDEOS_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-insights-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PealInsightsPage, chooser);
  gtk_widget_class_bind_template_child (widget_class, PealInsightsPage, refresh_stack);
  gtk_widget_class_bind_template_child (widget_class, PealInsightsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PealInsightsPage, growth);
  gtk_widget_class_bind_template_child (widget_class, PealInsightsPage, videos);
  gtk_widget_class_bind_template_callback (widget_class, chosen_cb);
  gtk_widget_class_install_action (widget_class, "insights.refresh", NULL, refresh_action);
}

static void
peal_insights_page_init (PealInsightsPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
peal_insights_page_new (PealSession *session)
{
  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);

  return g_object_new (PEAL_TYPE_INSIGHTS_PAGE, "session", session, NULL);
}

void
peal_insights_page_set_account (PealInsightsPage *self, const char *open_id)
{
  g_return_if_fail (PEAL_IS_INSIGHTS_PAGE (self));
  g_return_if_fail (open_id != NULL);

  peal_account_chooser_set (self->chooser, open_id);
}

void
peal_insights_page_refresh (PealInsightsPage *self)
{
  g_return_if_fail (PEAL_IS_INSIGHTS_PAGE (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "insights.refresh", NULL);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-accounts-page.h"

#include "peal-account-page.h"
#include "peal-account-row.h"
#include "peal-app-text.h"
#include "peal-keyring-text.h"

struct _PealAccountsPage
{
  AdwNavigationPage parent_instance;

  PealSession *session;

  AdwBanner *keyring_banner;
  GtkStack *stack;
  GtkListBox *list_box;
  AdwActionRow *app_row;
};

G_DEFINE_FINAL_TYPE (PealAccountsPage, peal_accounts_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_SESSION = 1,
} PealAccountsPageProps;

static GParamSpec *properties[PROP_SESSION + 1];

static void
update_stack (PealAccountsPage *self)
{
  PealAccountList *accounts = peal_session_get_accounts (self->session);
  gboolean any = g_list_model_get_n_items (G_LIST_MODEL (accounts)) > 0;

  gtk_stack_set_visible_child_name (self->stack, any                                      ? "list"
                                                 : peal_account_list_is_loaded (accounts) ? "empty"
                                                                                          : "loading");
}

static void
update_status (PealAccountsPage *self)
{
  PealAgentStatus *status = peal_agent_link_get_status (peal_session_get_link (self->session));
  const char *keyring = status != NULL ? peal_keyring_text (status->keyring) : NULL;
  g_autofree char *app = peal_app_dup_summary (status);

  adw_action_row_set_subtitle (self->app_row, app);
  if (keyring != NULL)
    adw_banner_set_title (self->keyring_banner, keyring);
  adw_banner_set_revealed (self->keyring_banner, keyring != NULL);
}

static GtkWidget *
create_row_cb (gpointer item, gpointer user_data)
{
  PealAccountsPage *self = user_data;

  return peal_account_row_new (self->session, item);
}

static void
row_activated_cb (PealAccountsPage *self, GtkListBoxRow *row)
{
  PealAccountItem *account = peal_account_row_get_account (PEAL_ACCOUNT_ROW (row));
  /* Not a child of the template: GTK 4.18 frees those that are direct ones before AdwNavigationPage lets go
   * of it. */
  GtkWidget *pages = adw_navigation_page_get_child (ADW_NAVIGATION_PAGE (self));

  adw_navigation_view_push (ADW_NAVIGATION_VIEW (pages),
                            ADW_NAVIGATION_PAGE (peal_account_page_new (self->session, account)));
}

static void
peal_accounts_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealAccountsPage *self = PEAL_ACCOUNTS_PAGE (object);

  switch ((PealAccountsPageProps)id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_accounts_page_constructed (GObject *object)
{
  PealAccountsPage *self = PEAL_ACCOUNTS_PAGE (object);
  PealAccountList *accounts = NULL;

  G_OBJECT_CLASS (peal_accounts_page_parent_class)->constructed (object);
  g_assert (PEAL_IS_SESSION (self->session));

  accounts = peal_session_get_accounts (self->session);
  gtk_list_box_bind_model (self->list_box, G_LIST_MODEL (accounts), create_row_cb, self, NULL);
  g_signal_connect_object (accounts, "items-changed", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (accounts, "notify::loaded", G_CALLBACK (update_stack), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (peal_session_get_link (self->session), "notify::status",
                           G_CALLBACK (update_status), self, G_CONNECT_SWAPPED);
  update_stack (self);
  update_status (self);
}

static void
peal_accounts_page_dispose (GObject *object)
{
  PealAccountsPage *self = PEAL_ACCOUNTS_PAGE (object);

  if (self->list_box != NULL)
    gtk_list_box_bind_model (self->list_box, NULL, NULL, NULL, NULL);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (peal_session_get_accounts (self->session), self);
      g_signal_handlers_disconnect_by_data (peal_session_get_link (self->session), self);
    }
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_ACCOUNTS_PAGE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_accounts_page_parent_class)->dispose (object);
}

static void
peal_accounts_page_class_init (PealAccountsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = peal_accounts_page_set_property;
  object_class->constructed = peal_accounts_page_constructed;
  object_class->dispose = peal_accounts_page_dispose;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, PEAL_TYPE_SESSION,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-accounts-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PealAccountsPage, keyring_banner);
  gtk_widget_class_bind_template_child (widget_class, PealAccountsPage, stack);
  gtk_widget_class_bind_template_child (widget_class, PealAccountsPage, list_box);
  gtk_widget_class_bind_template_child (widget_class, PealAccountsPage, app_row);
  gtk_widget_class_bind_template_callback (widget_class, row_activated_cb);
}

static void
peal_accounts_page_init (PealAccountsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
peal_accounts_page_new (PealSession *session)
{
  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);

  return g_object_new (PEAL_TYPE_ACCOUNTS_PAGE, "session", session, NULL);
}

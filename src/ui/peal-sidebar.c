/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-sidebar.h"

#include <glib/gi18n.h>

#include "peal-sidebar-rows.h"

struct _PealSidebar
{
  AdwNavigationPage parent_instance;

  PealSession *session;

  GtkMenuButton *menu_button;
  GMenuModel *primary_menu;
  GtkListBox *page_list;
  GtkListBox *attention_list;
  GtkListBox *account_list;
  GtkWidget *attention_box;
};

G_DEFINE_FINAL_TYPE (PealSidebar, peal_sidebar, ADW_TYPE_NAVIGATION_PAGE)

static const struct
{
  const char *name;
  const char *title;
  const char *icon;
} pages[] = {
  { "plan", N_ ("Plan"), "x-office-calendar-symbolic" },
  { "insights", N_ ("Insights"), "peal-chart-symbolic" },
  { "accounts", N_ ("Accounts"), "system-users-symbolic" },
};

static void
page_activated_cb (PealSidebar *self, GtkListBoxRow *row)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.show-page", "s",
                              pages[gtk_list_box_row_get_index (row)].name);
}

static void
account_activated_cb (PealSidebar *self, GtkListBoxRow *row)
{
  g_autoptr (PealAccountItem) account = g_list_model_get_item (
      G_LIST_MODEL (peal_session_get_accounts (self->session)), (guint)gtk_list_box_row_get_index (row));

  if (account == NULL)
    return;
  if (peal_account_item_get_state (account) == PEAL_ACCOUNT_RECONNECT)
    gtk_widget_activate_action (GTK_WIDGET (self), "win.connect", "s",
                                peal_account_item_get_open_id (account));
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-insights", "s",
                                peal_account_item_get_open_id (account));
}

static void
attention_activated_cb (PealSidebar *self, GtkListBoxRow *row)
{
  peal_attention_row_activate (row);
}

/* What state a post that needs the user is in; its reason may be one of a held and of a failed post. */
static PealPostState
guess_state (const PealAttention *attention)
{
  PealPostState state;
  PealHoldReason hold;

  if (peal_post_state_from_string (attention->reason, &state))
    return state;
  return peal_hold_reason_from_string (attention->reason, &hold) ? PEAL_POST_HELD : PEAL_POST_FAILED;
}

/* The number of the only post in @state; 0 where there are several, or it cannot be told. */
static gint64
find_only_post (PealAgentStatus *status, PealPostState state)
{
  gint64 post = 0;

  for (guint i = 0; i < status->attention->len; i++)
    {
      const PealAttention *attention = g_ptr_array_index (status->attention, i);

      if (attention->kind != PEAL_ATTENTION_POST || guess_state (attention) != state)
        continue;
      if (post != 0)
        return 0;
      post = attention->post;
    }
  return status->counts[state] == 1 ? post : 0;
}

/* What is about all of Peal or an account comes one by one, posts are counted by what is wrong with them. */
static void
status_cb (PealSidebar *self)
{
  static const PealPostState states[] = { PEAL_POST_NEEDS_REVIEW, PEAL_POST_FAILED, PEAL_POST_HELD };
  PealAgentStatus *status = peal_agent_link_get_status (peal_session_get_link (self->session));
  gboolean any = FALSE;

  gtk_list_box_remove_all (self->attention_list);
  for (guint i = 0; status != NULL && i < status->attention->len; i++)
    {
      const PealAttention *attention = g_ptr_array_index (status->attention, i);

      if (attention->kind == PEAL_ATTENTION_POST)
        continue;
      gtk_list_box_append (self->attention_list, peal_attention_row_new (self->session, attention));
      any = TRUE;
    }
  for (gsize i = 0; status != NULL && i < G_N_ELEMENTS (states); i++)
    {
      guint count = status->counts[states[i]];

      if (count == 0)
        continue;
      gtk_list_box_append (self->attention_list, peal_attention_posts_row_new (
                                                     states[i], count, find_only_post (status, states[i])));
      any = TRUE;
    }
  gtk_widget_set_visible (self->attention_box, any);
}

static GtkWidget *
create_account_row (gpointer item, gpointer user_data)
{
  return peal_account_sidebar_row_new (PEAL_SIDEBAR (user_data)->session, item);
}

/* Made when it is first opened: the window is there sooner. */
static void
create_menu_cb (GtkMenuButton *button, gpointer user_data)
{
  PealSidebar *self = user_data;

  if (gtk_menu_button_get_menu_model (button) == NULL)
    gtk_menu_button_set_menu_model (button, self->primary_menu);
}

static void
peal_sidebar_dispose (GObject *object)
{
  PealSidebar *self = PEAL_SIDEBAR (object);

  if (self->account_list != NULL)
    gtk_list_box_bind_model (self->account_list, NULL, NULL, NULL, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_SIDEBAR);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_sidebar_parent_class)->dispose (object);
}

static void
peal_sidebar_class_init (PealSidebarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = peal_sidebar_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/pealapp/Peal/ui/peal-sidebar.ui");
  gtk_widget_class_bind_template_child (widget_class, PealSidebar, page_list);
  gtk_widget_class_bind_template_child (widget_class, PealSidebar, menu_button);
  gtk_widget_class_bind_template_child (widget_class, PealSidebar, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, PealSidebar, attention_list);
  gtk_widget_class_bind_template_child (widget_class, PealSidebar, account_list);
  gtk_widget_class_bind_template_child (widget_class, PealSidebar, attention_box);
}

static void
peal_sidebar_init (PealSidebar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (self->menu_button, create_menu_cb, self, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    gtk_list_box_append (self->page_list, peal_page_row_new (_ (pages[i].title), pages[i].icon));
  g_signal_connect_object (self->page_list, "row-activated", G_CALLBACK (page_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->account_list, "row-activated", G_CALLBACK (account_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attention_list, "row-activated", G_CALLBACK (attention_activated_cb), self,
                           G_CONNECT_SWAPPED);
}

void
peal_sidebar_set_session (PealSidebar *self, PealSession *session)
{
  g_return_if_fail (PEAL_IS_SIDEBAR (self));
  g_return_if_fail (PEAL_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  gtk_list_box_bind_model (self->account_list, G_LIST_MODEL (peal_session_get_accounts (session)),
                           create_account_row, self, NULL);
  g_signal_connect_object (peal_session_get_link (session), "notify::status", G_CALLBACK (status_cb), self,
                           G_CONNECT_SWAPPED);
  status_cb (self);
}

void
peal_sidebar_set_page (PealSidebar *self, const char *page)
{
  g_return_if_fail (PEAL_IS_SIDEBAR (self));

  for (gsize i = 0; i < G_N_ELEMENTS (pages); i++)
    if (g_strcmp0 (pages[i].name, page) == 0)
      gtk_list_box_select_row (self->page_list, gtk_list_box_get_row_at_index (self->page_list, (int)i));
}

void
peal_sidebar_open_menu (PealSidebar *self)
{
  g_return_if_fail (PEAL_IS_SIDEBAR (self));

  gtk_menu_button_popup (self->menu_button);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-sidebar-rows.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "peal-avatar.h"
#include "peal-post-text.h"
#include "peal-sentence.h"

#define AVATAR_SIZE 32

static GtkWidget *
create_box (void)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  return box;
}

static GtkWidget *
create_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  return label;
}

static GtkWidget *
create_row (GtkWidget *child)
{
  GtkWidget *row = gtk_list_box_row_new ();

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), child);
  return row;
}

/* What screen readers say for the row: @label, and @detail (nullable) after it. */
static void
name_row (GtkWidget *row, GtkWidget *label, GtkWidget *detail)
{
  GtkAccessible *row_accessible = GTK_ACCESSIBLE (row);

  if (detail != NULL)
    gtk_accessible_update_relation (row_accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, detail, NULL,
                                    -1);
  else
    gtk_accessible_update_relation (row_accessible, GTK_ACCESSIBLE_RELATION_LABELLED_BY, label, NULL, -1);
}

GtkWidget *
peal_page_row_new (const char *title, const char *icon)
{
  GtkWidget *box = create_box ();
  GtkWidget *row = create_row (box);
  GtkWidget *label = create_label (title);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (box), label);
  name_row (row, label, NULL);
  return row;
}

typedef struct
{
  PealAccountItem *account;
  GtkLabel *name;
  GtkLabel *detail;
} AccountRow;

static void
account_row_free (AccountRow *self)
{
  g_clear_object (&self->account);
  g_free (self);
}

/* (transfer full) */
static char *
describe_account (PealAccountItem *account)
{
  const char *username = peal_account_item_get_username (account);

  if (peal_account_item_get_state (account) != PEAL_ACCOUNT_CONNECTED)
    return g_strdup (peal_sentence_for_account_state (
        peal_account_state_to_string (peal_account_item_get_state (account))));
  if (peal_account_item_get_environment (account) == PEAL_ENVIRONMENT_SANDBOX)
    /* Translators: of an account; %s is its handle */
    return g_strdup_printf (_ ("@%s · Sandbox"), username != NULL ? username : "");
  return username != NULL ? g_strconcat ("@", username, NULL) : g_strdup ("");
}

static void
account_changed_cb (GtkWidget *row, PealAccountItem *account)
{
  AccountRow *self = g_object_get_data (G_OBJECT (row), "peal-account-row");
  g_autofree char *detail = describe_account (account);

  gtk_label_set_label (self->name, peal_account_item_get_name (account));
  gtk_label_set_label (self->detail, detail);
}

GtkWidget *
peal_account_sidebar_row_new (PealSession *session, PealAccountItem *account)
{
  AccountRow *self = NULL;
  GtkWidget *box = create_box ();
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *row = create_row (box);

  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);
  g_return_val_if_fail (PEAL_IS_ACCOUNT_ITEM (account), NULL);

  self = g_new0 (AccountRow, 1);
  self->account = g_object_ref (account);
  self->name = GTK_LABEL (create_label (NULL));
  self->detail = GTK_LABEL (create_label (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "caption");
  gtk_widget_add_css_class (GTK_WIDGET (self->detail), "dimmed");
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->name));
  gtk_box_append (GTK_BOX (texts), GTK_WIDGET (self->detail));
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), peal_avatar_new (session, account, AVATAR_SIZE));
  gtk_box_append (GTK_BOX (box), texts);
  name_row (row, GTK_WIDGET (self->name), GTK_WIDGET (self->detail));
  g_object_set_data_full (G_OBJECT (row), "peal-account-row", self, (GDestroyNotify)account_row_free);
  g_signal_connect_object (account, "changed", G_CALLBACK (account_changed_cb), row, G_CONNECT_SWAPPED);
  account_changed_cb (row, account);
  return row;
}

static const char *
choose_icon (PealAttentionKind kind)
{
  switch (kind)
    {
    case PEAL_ATTENTION_ACCOUNT:
      return "avatar-default-symbolic";
    case PEAL_ATTENTION_KEYRING:
    case PEAL_ATTENTION_CREDENTIALS:
      return "dialog-password-symbolic";
    case PEAL_ATTENTION_STORAGE:
      return "drive-harddisk-symbolic";
    case PEAL_ATTENTION_POST:
    default:
      return "dialog-warning-symbolic";
    }
}

/* (transfer full): the action that leads there, as for gtk_actionable_set_detailed_action_name (). */
static char *
choose_action (const PealAttention *attention)
{
  g_autoptr (GVariant) account = NULL;

  switch (attention->kind)
    {
    case PEAL_ATTENTION_ACCOUNT:
      account =
          g_variant_ref_sink (g_variant_new_string (attention->account != NULL ? attention->account : ""));
      return g_action_print_detailed_name ("win.connect", account);
    case PEAL_ATTENTION_CREDENTIALS:
      return g_strdup ("win.credentials");
    case PEAL_ATTENTION_KEYRING:
    case PEAL_ATTENTION_STORAGE:
    case PEAL_ATTENTION_POST:
    default:
      return g_strdup ("win.preferences");
    }
}

static char *
describe_attention (PealSession *session, const PealAttention *attention)
{
  PealAccountItem *account = NULL;

  if (attention->kind == PEAL_ATTENTION_ACCOUNT && attention->account != NULL
      && (account = peal_account_list_find (peal_session_get_accounts (session), attention->account)) != NULL)
    /* Translators: %s is the name of an account */
    return g_strdup_printf (_ ("%s: sign in again"), peal_account_item_get_name (account));
  return peal_sentence_for_reason (attention->reason, NULL);
}

GtkWidget *
peal_attention_row_new (PealSession *session, const PealAttention *attention)
{
  GtkWidget *box = create_box ();
  GtkWidget *row = create_row (box);
  g_autofree char *text = NULL;
  GtkWidget *label = NULL;

  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);
  g_return_val_if_fail (attention != NULL, NULL);

  text = describe_attention (session, attention);
  label = create_label (text);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), 3);
  gtk_widget_set_tooltip_text (label, text);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (choose_icon (attention->kind)));
  gtk_box_append (GTK_BOX (box), label);
  name_row (row, label, NULL);
  g_object_set_data_full (G_OBJECT (row), "peal-action", choose_action (attention), g_free);
  return row;
}

GtkWidget *
peal_attention_posts_row_new (PealPostState state, guint count, gint64 post)
{
  GtkWidget *box = create_box ();
  GtkWidget *row = create_row (box);
  GtkWidget *icon = gtk_image_new_from_icon_name (peal_post_text_icon (state));
  GtkWidget *label = create_label (peal_sentence_for_state (peal_post_state_to_string (state)));
  g_autofree char *number = g_strdup_printf ("%'u", count);
  GtkWidget *badge = gtk_label_new (number);

  gtk_widget_add_css_class (icon, peal_post_text_style (state));
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (badge, "tag");
  gtk_widget_add_css_class (badge, "numeric");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), badge);
  name_row (row, label, badge);
  g_object_set_data_full (G_OBJECT (row), "peal-action",
                          post != 0 ? g_strdup_printf ("win.show-post(int64 %" G_GINT64_FORMAT ")", post)
                                    : g_strdup ("win.show-attention"),
                          g_free);
  return row;
}

void
peal_attention_row_activate (GtkListBoxRow *row)
{
  g_autoptr (GVariant) parameter = NULL;
  g_autofree char *name = NULL;

  g_return_if_fail (GTK_IS_LIST_BOX_ROW (row));

  if (g_action_parse_detailed_name (g_object_get_data (G_OBJECT (row), "peal-action"), &name, &parameter,
                                    NULL))
    gtk_widget_activate_action_variant (GTK_WIDGET (row), name, parameter);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-account-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "peal-account-text.h"
#include "peal-avatar.h"

#define AVATAR_SIZE 48

struct _PealAccountRow
{
  GtkListBoxRow parent_instance;

  PealSession *session;
  PealAccountItem *account;

  AdwBin *avatar;
  GtkLabel *name_label, *summary_label, *sandbox_label, *trouble_label;
  GtkWidget *verified_image, *state_box, *trouble_box, *sign_in_button;
};

G_DEFINE_FINAL_TYPE (PealAccountRow, peal_account_row, GTK_TYPE_LIST_BOX_ROW)

typedef enum
{
  PROP_SESSION = 1,
  PROP_ACCOUNT,
} PealAccountRowProps;

static GParamSpec *properties[PROP_ACCOUNT + 1];

/* All that the row says, for those who hear it. */
static void
update_name (PealAccountRow *self, gboolean sandbox, const char *summary, const char *trouble)
{
  g_autoptr (GString) name = g_string_new (peal_account_item_get_name (self->account));

  if (summary[0] != '\0')
    g_string_append_printf (name, ", %s", summary);
  if (sandbox)
    g_string_append_printf (name, ", %s", peal_environment_text (PEAL_ENVIRONMENT_SANDBOX));
  if (trouble != NULL)
    g_string_append_printf (name, ", %s", trouble);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name->str, -1);
}

static void
update (PealAccountRow *self)
{
  PealAccountState state = peal_account_item_get_state (self->account);
  PealScopes scopes = peal_account_item_get_scopes (self->account);
  PealAccountOffers offers = peal_account_offers (state, scopes);
  gboolean sandbox = peal_account_item_get_environment (self->account) == PEAL_ENVIRONMENT_SANDBOX;
  g_autofree char *summary = peal_account_dup_summary (self->account);
  g_autofree char *trouble = peal_account_dup_trouble (state, scopes);

  gtk_label_set_text (self->name_label, peal_account_item_get_name (self->account));
  gtk_widget_set_visible (self->verified_image, peal_account_item_is_verified (self->account));
  gtk_label_set_text (self->summary_label, summary);
  gtk_widget_set_visible (GTK_WIDGET (self->summary_label), summary[0] != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->sandbox_label), sandbox);
  gtk_label_set_text (self->trouble_label, trouble != NULL ? trouble : "");
  gtk_widget_set_visible (self->trouble_box, trouble != NULL);
  gtk_widget_set_visible (self->state_box, sandbox || trouble != NULL);
  gtk_widget_set_visible (self->sign_in_button, (offers & PEAL_ACCOUNT_OFFER_SIGN_IN) != 0);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->sign_in_button), "s",
                                    peal_account_item_get_open_id (self->account));
  update_name (self, sandbox, summary, trouble);
}

static void
peal_account_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealAccountRow *self = PEAL_ACCOUNT_ROW (object);

  switch ((PealAccountRowProps)id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    case PROP_ACCOUNT:
      self->account = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_account_row_constructed (GObject *object)
{
  PealAccountRow *self = PEAL_ACCOUNT_ROW (object);

  G_OBJECT_CLASS (peal_account_row_parent_class)->constructed (object);
  g_assert (PEAL_IS_SESSION (self->session));
  g_assert (PEAL_IS_ACCOUNT_ITEM (self->account));
  adw_bin_set_child (self->avatar, peal_avatar_new (self->session, self->account, AVATAR_SIZE));
  g_signal_connect_object (self->account, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
peal_account_row_dispose (GObject *object)
{
  PealAccountRow *self = PEAL_ACCOUNT_ROW (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_ACCOUNT_ROW);
  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
  g_clear_object (&self->account);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_account_row_parent_class)->dispose (object);
}

static void
peal_account_row_class_init (PealAccountRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = peal_account_row_set_property;
  object_class->constructed = peal_account_row_constructed;
  object_class->dispose = peal_account_row_dispose;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, PEAL_TYPE_SESSION, flags);
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, PEAL_TYPE_ACCOUNT_ITEM, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-account-row.ui");
  gtk_widget_class_bind_template_child (widget_class, PealAccountRow, avatar);
  gtk_widget_class_bind_template_child (widget_class, PealAccountRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, PealAccountRow, summary_label);
  gtk_widget_class_bind_template_child (widget_class, PealAccountRow, sandbox_label);
  gtk_widget_class_bind_template_child (widget_class, PealAccountRow, trouble_label);
  gtk_widget_class_bind_template_child (widget_class, PealAccountRow, verified_image);
  gtk_widget_class_bind_template_child (widget_class, PealAccountRow, state_box);
  gtk_widget_class_bind_template_child (widget_class, PealAccountRow, trouble_box);
  gtk_widget_class_bind_template_child (widget_class, PealAccountRow, sign_in_button);
}

static void
peal_account_row_init (PealAccountRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
peal_account_row_new (PealSession *session, PealAccountItem *account)
{
  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);
  g_return_val_if_fail (PEAL_IS_ACCOUNT_ITEM (account), NULL);

  return g_object_new (PEAL_TYPE_ACCOUNT_ROW, "session", session, "account", account, NULL);
}

PealAccountItem *
peal_account_row_get_account (PealAccountRow *self)
{
  g_return_val_if_fail (PEAL_IS_ACCOUNT_ROW (self), NULL);

  return self->account;
}

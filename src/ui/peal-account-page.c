/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-account-page.h"

#include <glib/gi18n.h>

#include "peal-account-text.h"
#include "peal-avatar.h"
#include "peal-await-for.h"
#include "peal-disconnect-dialog.h"
#include "peal-permission-list.h"
#include "peal-scope-text.h"
#include "peal-time-text.h"
#include "peal-web-address.h"

#define AVATAR_SIZE 96

struct _PealAccountPage
{
  AdwNavigationPage parent_instance;

  PealSession *session;
  PealAccountItem *account;
  GCancellable *cancellable;
  gboolean is_updating; /* the combo row is being set, not chosen from */

  AdwBin *avatar;
  GtkLabel *name_label, *handle_label, *followers_label, *likes_label, *videos_label, *environment_label;
  GtkWidget *sandbox_label, *verified_label, *trouble_list, *sign_in_button;
  AdwPreferencesGroup *posting_group;
  AdwActionRow *trouble_row, *sign_in_row;
  AdwComboRow *share_type_row;
  PealPermissionList *permission_list;
  GtkWidget *grant_row, *renew_row, *profile_row, *disconnect_row;
};

G_DEFINE_FINAL_TYPE (PealAccountPage, peal_account_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_SESSION = 1,
  PROP_ACCOUNT,
} PealAccountPageProps;

static GParamSpec *properties[PROP_ACCOUNT + 1];

static void
set_count (GtkLabel *label, gint64 count)
{
  g_autofree char *text = peal_count_text (count);

  gtk_label_set_text (label, text);
}

static void
update_head (PealAccountPage *self)
{
  const char *name = peal_account_item_get_name (self->account);
  const char *username = peal_account_item_get_username (self->account);
  g_autofree char *handle = username != NULL ? g_strconcat ("@", username, NULL) : NULL;
  PealEnvironment environment = peal_account_item_get_environment (self->account);

  adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), name[0] != '\0' ? name : _ ("Account"));
  gtk_label_set_text (self->name_label, name);
  gtk_label_set_text (self->handle_label, handle != NULL ? handle : "");
  gtk_widget_set_visible (GTK_WIDGET (self->handle_label), handle != NULL);
  gtk_widget_set_visible (self->sandbox_label, environment == PEAL_ENVIRONMENT_SANDBOX);
  gtk_widget_set_visible (self->verified_label, peal_account_item_is_verified (self->account));
  gtk_label_set_text (self->environment_label, peal_environment_text (environment));
  set_count (self->followers_label, peal_account_item_get_follower_count (self->account));
  set_count (self->likes_label, peal_account_item_get_likes_count (self->account));
  set_count (self->videos_label, peal_account_item_get_video_count (self->account));
}

static void
update_sign_in (PealAccountPage *self, PealAccountState state, PealAccountOffers offers)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  gint64 now = peal_session_get_now (self->session);
  gint64 until = peal_account_item_get_signed_in_until (self->account);
  g_autofree char *age =
      state == PEAL_ACCOUNT_CONNECTED
          ? peal_account_dup_sign_in_age (peal_account_item_get_connected_at (self->account), now)
          : peal_account_dup_trouble (state, PEAL_SCOPE_ALL);
  g_autofree char *end = peal_account_dup_sign_in_end (state, until, now, zone);
  gboolean ends_soon = peal_account_ends_soon (state, until, now);
  gboolean must = (offers & PEAL_ACCOUNT_OFFER_SIGN_IN) != 0;

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->sign_in_row), age);
  adw_action_row_set_subtitle (self->sign_in_row, end);
  gtk_widget_set_visible (self->trouble_list, must || ends_soon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->trouble_row),
                                 must ? age : _ ("The sign-in ends soon"));
  adw_action_row_set_subtitle (self->trouble_row, end);
}

static void
update_share_type (PealAccountPage *self, PealScopes scopes)
{
  PealShareType share_type = peal_account_item_get_share_type (self->account);
  PealScopes needed = share_type == PEAL_SHARE_INBOX ? PEAL_SCOPE_VIDEO_UPLOAD : PEAL_SCOPE_VIDEO_PUBLISH;
  const char *text = peal_share_type_explanation (share_type);

  for (guint i = 0; i < PEAL_N_SCOPES; i++)
    if (peal_scope_text_get (i).scope == needed && (scopes & needed) == 0)
      text = peal_scope_text_get (i).without;
  adw_preferences_group_set_description (self->posting_group, text);
  self->is_updating = TRUE;
  adw_combo_row_set_selected (self->share_type_row, (guint)share_type);
  self->is_updating = FALSE;
}

static void
update (PealAccountPage *self)
{
  PealAccountState state = peal_account_item_get_state (self->account);
  PealScopes scopes = peal_account_item_get_scopes (self->account);
  PealAccountOffers offers = peal_account_offers (state, scopes);
  gboolean practice = peal_client_get_practice (peal_session_get_client (self->session));
  const char *profile = peal_account_item_get_profile_url (self->account);

  update_head (self);
  update_sign_in (self, state, offers);
  update_share_type (self, scopes);
  peal_permission_list_show (self->permission_list, scopes);
  gtk_widget_set_visible (GTK_WIDGET (self->posting_group), (offers & PEAL_ACCOUNT_OFFER_SHARE_TYPE) != 0);
  gtk_widget_set_visible (self->grant_row, (offers & PEAL_ACCOUNT_OFFER_GRANT_MORE) != 0);
  gtk_widget_set_visible (self->renew_row, (offers & PEAL_ACCOUNT_OFFER_RENEW) != 0);
  gtk_widget_set_visible (self->profile_row, peal_web_address_is_tiktok (profile, practice));
  gtk_widget_set_visible (self->disconnect_row, (offers & PEAL_ACCOUNT_OFFER_DISCONNECT) != 0);
}

static void
share_type_set_cb (gpointer owner, const GValue *value, const GError *error)
{
  PealAccountPage *self = owner;

  if (self->session == NULL)
    return;
  if (error != NULL)
    peal_session_say_error (self->session, error);
  /* On success the account says so itself; else the row goes back to what holds. */
  if (error != NULL)
    update (self);
}

static void
share_type_selected_cb (PealAccountPage *self)
{
  PealShareType chosen = (PealShareType)adw_combo_row_get_selected (self->share_type_row);
  g_auto (GVariantDict) changes = G_VARIANT_DICT_INIT (NULL);

  if (self->is_updating || self->account == NULL
      || chosen == peal_account_item_get_share_type (self->account))
    return;
  g_variant_dict_insert (&changes, "share_type", "s", peal_share_type_to_string (chosen));
  peal_await_for (self,
                  peal_client_call (peal_session_get_client (self->session), "SetAccount",
                                    g_variant_new ("(s@a{sv})", peal_account_item_get_open_id (self->account),
                                                   g_variant_dict_end (&changes)),
                                    self->cancellable),
                  share_type_set_cb);
}

static void
profile_opened_cb (gpointer owner, const GValue *value, const GError *error)
{
  PealAccountPage *self = owner;

  if (error != NULL && self->session != NULL)
    peal_session_say_error (self->session, error);
}

static void
open_profile_cb (PealAccountPage *self)
{
  peal_await_for (
      self, peal_web_address_open (peal_account_item_get_profile_url (self->account), self->cancellable),
      profile_opened_cb);
}

static void
disconnect_cb (PealAccountPage *self)
{
  peal_disconnect_dialog_present (self->session, self->account, GTK_WIDGET (self));
}

static void
set_share_types (PealAccountPage *self)
{
  const char *texts[] = { peal_share_type_text (PEAL_SHARE_DIRECT), peal_share_type_text (PEAL_SHARE_INBOX),
                          NULL };
  g_autoptr (GtkStringList) model = gtk_string_list_new (texts);

  self->is_updating = TRUE;
  adw_combo_row_set_model (self->share_type_row, G_LIST_MODEL (model));
  self->is_updating = FALSE;
}

static void
peal_account_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealAccountPage *self = PEAL_ACCOUNT_PAGE (object);

  switch ((PealAccountPageProps)id)
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
peal_account_page_constructed (GObject *object)
{
  PealAccountPage *self = PEAL_ACCOUNT_PAGE (object);
  GtkWidget *signing_in[] = { self->sign_in_button, self->grant_row, self->renew_row };

  G_OBJECT_CLASS (peal_account_page_parent_class)->constructed (object);
  g_assert (PEAL_IS_SESSION (self->session));
  g_assert (PEAL_IS_ACCOUNT_ITEM (self->account));
  for (gsize i = 0; i < G_N_ELEMENTS (signing_in); i++)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (signing_in[i]), "s",
                                      peal_account_item_get_open_id (self->account));
  set_share_types (self);
  adw_bin_set_child (self->avatar, peal_avatar_new (self->session, self->account, AVATAR_SIZE));
  g_signal_connect_object (self->account, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

static void
peal_account_page_dispose (GObject *object)
{
  PealAccountPage *self = PEAL_ACCOUNT_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->account != NULL)
    g_signal_handlers_disconnect_by_data (self->account, self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_ACCOUNT_PAGE);
  g_clear_object (&self->account);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_account_page_parent_class)->dispose (object);
}

static void
peal_account_page_finalize (GObject *object)
{
  PealAccountPage *self = PEAL_ACCOUNT_PAGE (object);

  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (peal_account_page_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-account-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, avatar);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, name_label);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, handle_label);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, sandbox_label);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, verified_label);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, trouble_list);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, trouble_row);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, sign_in_button);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, followers_label);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, likes_label);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, videos_label);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, posting_group);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, share_type_row);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, sign_in_row);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, environment_label);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, permission_list);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, grant_row);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, renew_row);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, profile_row);
  gtk_widget_class_bind_template_child (widget_class, PealAccountPage, disconnect_row);
  gtk_widget_class_bind_template_callback (widget_class, share_type_selected_cb);
  gtk_widget_class_bind_template_callback (widget_class, open_profile_cb);
  gtk_widget_class_bind_template_callback (widget_class, disconnect_cb);
}

static void
peal_account_page_class_init (PealAccountPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = peal_account_page_set_property;
  object_class->constructed = peal_account_page_constructed;
  object_class->dispose = peal_account_page_dispose;
  object_class->finalize = peal_account_page_finalize;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, PEAL_TYPE_SESSION, flags);
  properties[PROP_ACCOUNT] = g_param_spec_object ("account", NULL, NULL, PEAL_TYPE_ACCOUNT_ITEM, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  g_type_ensure (PEAL_TYPE_PERMISSION_LIST);
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
peal_account_page_init (PealAccountPage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
peal_account_page_new (PealSession *session, PealAccountItem *account)
{
  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);
  g_return_val_if_fail (PEAL_IS_ACCOUNT_ITEM (account), NULL);

  return g_object_new (PEAL_TYPE_ACCOUNT_PAGE, "session", session, "account", account, NULL);
}

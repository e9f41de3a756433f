/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <adwaita.h>

#include "peal-about.h"
#include "peal-account-page.h"
#include "peal-accounts-page.h"
#include "peal-client-fixture.h"
#include "peal-connect-dialog.h"
#include "peal-credentials-dialog.h"
#include "peal-hosts-page.h"
#include "peal-permission-list.h"
#include "peal-preferences-dialog.h"
#include "peal-resources.h"
#include "peal-ui-test.h"
#include "peal-welcome-page.h"

#define ACCOUNTS                                                                                             \
  "[{'open_id': <'a'>, 'username': <'mara.bakes'>, 'display_name': <'<b>Mara & Co</b>'>, 'environment': "    \
  "<'sandbox'>, 'scopes': <['user.info.basic']>, 'state': <'connected'>, 'share_type': <'inbox'>, "          \
  "'connected_at': <int64 1793613600000000>, 'signed_in_until': <int64 9007199254740993000>, "               \
  "'follower_count': <int64 9007199254740993>}, {'open_id': <'b'>, 'state': <'reconnect'>}, "                \
  "{'open_id': <'c'>, 'display_name': <'مرحبا'>, 'state': <'disconnected'>}]"
#define STATUS                                                                                               \
  "{'version': <'0.1.0'>, 'practice': <true>, 'server': <'http://127.0.0.1:4000'>, 'profile': "              \
  "<'sandbox'>, 'credentials': <['production', 'sandbox']>, 'client_key_hint': <'wxyz'>, 'keyring': "        \
  "<'locked'>, 'paused': <true>, 'media_bytes': <uint64 18446744073709551615>}"

typedef struct
{
  Fixture base;
  GSettings *settings;
  PealSession *session;
  GtkWindow *window;
  GPtrArray *said;
} Stage;

static void
said_cb (Stage *self, const char *text)
{
  g_ptr_array_add (self->said, g_strdup (text));
}

static void
set_up (Stage *self, gconstpointer data)
{
  g_autoptr (PealMediaRunner) runner = NULL;

  peal_fixture_set_up (&self->base, GUINT_TO_POINTER (1));
  peal_fake_agent_set_accounts (self->base.agent, ACCOUNTS);
  peal_fake_agent_set_status (self->base.agent, STATUS);
  peal_fake_agent_set_reply (self->base.agent, "GetSettings",
                             "({'late_grace_s': <int64 5400>, 'audited': <true>},)");
  peal_fake_agent_set_reply (self->base.agent, "SetCredentials", "()");
  peal_fake_agent_set_reply (self->base.agent, "SetSettings", "()");
  runner = peal_media_runner_new ("/nonexistent/peal-media", NULL, PEAL_CLOCK (self->base.clock));
  self->settings = peal_ui_test_settings_new ();
  self->session = peal_session_new (self->base.link, runner, PEAL_CLOCK (self->base.clock), self->settings);
  self->said = g_ptr_array_new_with_free_func (g_free);
  g_signal_connect_swapped (self->session, "said", G_CALLBACK (said_cb), self);
  peal_agent_link_start (self->base.link);
  peal_wait_until (peal_account_list_is_loaded (peal_session_get_accounts (self->session))
                   && peal_agent_link_get_status (self->base.link) != NULL);
}

static void
tear_down (Stage *self, gconstpointer data)
{
  g_clear_pointer (&self->said, g_ptr_array_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->settings);
  peal_fixture_tear_down (&self->base, NULL);
}

static gboolean
is_mapped (gpointer data)
{
  return gtk_widget_get_mapped (data);
}

static AdwDialog *
present (Stage *self, AdwDialog *dialog)
{
  if (self->window == NULL)
    self->window = peal_ui_test_show (gtk_label_new ("behind"), 360, 294);
  adw_dialog_present (dialog, GTK_WIDGET (self->window));
  peal_ui_test_wait (is_mapped, dialog);
  return dialog;
}

/* All of it must go with the window, also while an answer is on its way. */
static void
close_dialog (Stage *self, AdwDialog *dialog)
{
  peal_ui_test_close (g_steal_pointer (&self->window), GTK_WIDGET (dialog));
}

static gpointer
get_child (gpointer widget, GType type, const char *name)
{
  GObject *child = gtk_widget_get_template_child (widget, type, name);

  g_assert_nonnull (child);
  return child;
}

/* Whether a label with that text is to be seen. */
static gboolean
shows (GtkWidget *widget, const char *text)
{
  if (!gtk_widget_get_mapped (widget))
    return FALSE;
  if (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return TRUE;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (shows (child, text))
      return TRUE;
  return FALSE;
}

static void
test_pages_finalize (Stage *self, gconstpointer data)
{
  GListModel *accounts = G_LIST_MODEL (peal_session_get_accounts (self->session));
  GtkWidget *page = peal_accounts_page_new (self->session);
  GtkWindow *window = peal_ui_test_show (page, 360, 294);

  g_assert_true (shows (page, "<b>Mara & Co</b>"));
  g_assert_true (shows (page, "5 permissions missing"));
  peal_ui_test_close (window, page);
  page = peal_welcome_page_new (self->session);
  peal_ui_test_close (peal_ui_test_show (page, 360, 294), page);
  for (guint i = 0; i < g_list_model_get_n_items (accounts); i++)
    {
      g_autoptr (PealAccountItem) account = g_list_model_get_item (accounts, i);

      page = peal_account_page_new (self->session, account);
      window = peal_ui_test_show (page, 360, 294);
      g_assert_true (shows (page, peal_account_item_get_name (account)));
      peal_ui_test_close (window, page);
    }
}

static AdwDialog *
create_dialog (Stage *self, guint n)
{
  switch (n)
    {
    case 0:
      return peal_connect_dialog_new (self->session, NULL);
    case 1:
      return peal_connect_dialog_new (self->session, "a");
    case 2:
      return peal_connect_dialog_new (self->session, "nobody");
    case 3:
      return peal_credentials_dialog_new (self->session);
    case 4:
      return peal_preferences_dialog_new (self->session);
    case 5:
      return peal_about_dialog_new (TRUE);
    default:
      return NULL;
    }
}

static void
test_dialogs_finalize (Stage *self, gconstpointer data)
{
  AdwDialog *dialog = NULL;

  for (guint n = 0; (dialog = create_dialog (self, n)) != NULL; n++)
    close_dialog (self, present (self, dialog));
}

/* The same with no agent there any more: nothing is asserted of the bus, and nothing is waited for. */
static void
test_without_agent (Stage *self, gconstpointer data)
{
  AdwDialog *dialog = NULL;

  peal_fixture_kill_agent (&self->base);
  for (guint n = 0; (dialog = create_dialog (self, n)) != NULL; n++)
    {
      present (self, dialog);
      peal_fixture_settle (&self->base);
      close_dialog (self, dialog);
    }
}

/* Credentials */

static void
test_secret_is_wiped (Stage *self, gconstpointer data)
{
  AdwDialog *dialog = present (self, peal_credentials_dialog_new (self->session));
  GtkEditable *key = get_child (dialog, PEAL_TYPE_CREDENTIALS_DIALOG, "key_row");
  GtkEditable *secret = get_child (dialog, PEAL_TYPE_CREDENTIALS_DIALOG, "secret_row");
  GtkButton *save = get_child (dialog, PEAL_TYPE_CREDENTIALS_DIALOG, "save_button");
  g_autoptr (GVariant) options = NULL;
  const char *text = NULL;

  g_object_ref (secret);
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *)&dialog);
  gtk_editable_set_text (key, " sbkey-1\n");
  gtk_editable_set_text (secret, " s3cret! ");
  g_assert_false (gtk_editable_get_enable_undo (secret));
  g_signal_emit_by_name (save, "clicked");
  peal_wait_until (peal_fake_agent_get_n_calls (self->base.agent, "SetCredentials") == 1);
  options = g_variant_get_child_value (peal_fake_agent_get_last (self->base.agent, "SetCredentials"), 1);
  g_assert_true (g_variant_lookup (options, "client_key", "&s", &text));
  g_assert_cmpstr (text, ==, "sbkey-1");
  g_assert_true (g_variant_lookup (options, "environment", "&s", &text));
  g_assert_cmpstr (text, ==, "sandbox");
  g_assert_cmpstr (peal_fake_agent_get_received (self->base.agent), ==, "s3cret!");
  peal_wait_until (self->said->len == 1);
  /* There is an account: it is done, and closes. */
  peal_wait_until (dialog == NULL);
  g_assert_cmpstr (gtk_editable_get_text (secret), ==, "");
  g_assert_finalize_object (secret);
  gtk_window_destroy (g_steal_pointer (&self->window));
}

static void
test_credentials_are_checked (Stage *self, gconstpointer data)
{
  AdwDialog *dialog = present (self, peal_credentials_dialog_new (self->session));
  GtkEditable *key = get_child (dialog, PEAL_TYPE_CREDENTIALS_DIALOG, "key_row");
  GtkEditable *secret = get_child (dialog, PEAL_TYPE_CREDENTIALS_DIALOG, "secret_row");
  GtkWidget *message = get_child (dialog, PEAL_TYPE_CREDENTIALS_DIALOG, "message_label");
  GtkButton *save = get_child (dialog, PEAL_TYPE_CREDENTIALS_DIALOG, "save_button");

  g_signal_emit_by_name (save, "clicked");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (key), "error"));
  g_assert_true (gtk_widget_get_visible (message));
  gtk_test_accessible_assert_state (key, GTK_ACCESSIBLE_STATE_INVALID, GTK_ACCESSIBLE_INVALID_TRUE);
  gtk_editable_set_text (key, "awkey");
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (key), "error"));
  g_assert_true (gtk_widget_has_css_class (message, "warning"));
  g_signal_emit_by_name (save, "clicked");
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (secret), "error"));
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->base.agent, "SetCredentials"), ==, 0);
  close_dialog (self, dialog);
}

static void
test_credentials_refused (Stage *self, gconstpointer data)
{
  AdwDialog *dialog = present (self, peal_credentials_dialog_new (self->session));
  GtkLabel *message = get_child (dialog, PEAL_TYPE_CREDENTIALS_DIALOG, "message_label");
  GtkWidget *save = get_child (dialog, PEAL_TYPE_CREDENTIALS_DIALOG, "save_button");

  peal_fake_agent_set_error (self->base.agent, "KeyringLocked", "keyring_locked: The keyring is locked");
  gtk_editable_set_text (get_child (dialog, PEAL_TYPE_CREDENTIALS_DIALOG, "key_row"), "key");
  gtk_editable_set_text (get_child (dialog, PEAL_TYPE_CREDENTIALS_DIALOG, "secret_row"), "secret");
  g_signal_emit_by_name (save, "clicked");
  g_assert_false (gtk_widget_get_sensitive (save));
  peal_wait_until (gtk_widget_get_sensitive (save));
  g_assert_true (g_str_has_prefix (gtk_label_get_text (message), "The keyring is locked."));
  close_dialog (self, dialog);
}

/* Preferences */

static void
test_preferences_show_what_holds (Stage *self, gconstpointer data)
{
  AdwDialog *dialog = present (self, peal_preferences_dialog_new (self->session));
  AdwComboRow *late = get_child (dialog, PEAL_TYPE_PREFERENCES_DIALOG, "late_row");
  AdwSwitchRow *audited = get_child (dialog, PEAL_TYPE_PREFERENCES_DIALOG, "audited_row");
  AdwSwitchRow *paused = get_child (dialog, PEAL_TYPE_PREFERENCES_DIALOG, "paused_row");

  peal_wait_until (gtk_widget_get_sensitive (GTK_WIDGET (late)));
  g_assert_cmpstr (gtk_string_object_get_string (adw_combo_row_get_selected_item (late)), ==, "90 minutes");
  g_assert_true (adw_switch_row_get_active (audited));
  g_assert_true (adw_switch_row_get_active (paused));
  /* Nothing was written by showing it. */
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->base.agent, "SetSettings"), ==, 0);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->base.agent, "Resume"), ==, 0);
  peal_wait_until (shows (GTK_WIDGET (dialog), "The keyring is locked."));
  adw_combo_row_set_selected (late, 0);
  peal_wait_until (peal_fake_agent_get_n_calls (self->base.agent, "SetSettings") == 1);
  close_dialog (self, dialog);
}

static void
test_preferences_go_back (Stage *self, gconstpointer data)
{
  AdwDialog *dialog = present (self, peal_preferences_dialog_new (self->session));
  AdwSwitchRow *audited = get_child (dialog, PEAL_TYPE_PREFERENCES_DIALOG, "audited_row");
  AdwSwitchRow *paused = get_child (dialog, PEAL_TYPE_PREFERENCES_DIALOG, "paused_row");

  peal_wait_until (gtk_widget_get_sensitive (GTK_WIDGET (audited)));
  peal_fake_agent_set_error (self->base.agent, "StorageFull", "storage_full: No space left");
  adw_switch_row_set_active (audited, FALSE);
  adw_switch_row_set_active (paused, FALSE);
  peal_wait_until (adw_switch_row_get_active (audited) && adw_switch_row_get_active (paused));
  close_dialog (self, dialog);
}

/* Connecting */

static const char *
get_step (AdwDialog *dialog)
{
  return gtk_stack_get_visible_child_name (get_child (dialog, PEAL_TYPE_CONNECT_DIALOG, "stack"));
}

static void
test_connect_steps (Stage *self, gconstpointer data)
{
  AdwDialog *dialog = present (self, peal_connect_dialog_new (self->session, NULL));
  GtkWidget *environments = get_child (dialog, PEAL_TYPE_CONNECT_DIALOG, "environment_group");

  g_assert_cmpstr (get_step (dialog), ==, "ask");
  g_assert_true (gtk_widget_get_visible (environments));
  g_assert_cmpstr (adw_toggle_group_get_active_name (ADW_TOGGLE_GROUP (environments)), ==, "sandbox");
  peal_fake_agent_set_reply (self->base.agent, "Connect", "(uint32 77, 'http://127.0.0.1:9/v2/auth')");
  g_signal_emit_by_name (get_child (dialog, PEAL_TYPE_CONNECT_DIALOG, "continue_button"), "clicked");
  peal_wait_until (g_str_equal (get_step (dialog), "waiting"));
  /* There is no browser here. */
  peal_wait_until (gtk_widget_get_visible (get_child (dialog, PEAL_TYPE_CONNECT_DIALOG, "link_list")));
  adw_dialog_close (dialog);
  peal_wait_until (peal_fake_agent_get_n_calls (self->base.agent, "CancelJob") == 1);
  gtk_window_destroy (g_steal_pointer (&self->window));
}

static void
test_connect_ends (Stage *self, gconstpointer data)
{
  AdwDialog *dialog = present (self, peal_connect_dialog_new (self->session, "a"));

  /* Who signs in again stays where it is. */
  g_assert_false (gtk_widget_get_visible (get_child (dialog, PEAL_TYPE_CONNECT_DIALOG, "environment_group")));
  g_signal_emit_by_name (get_child (dialog, PEAL_TYPE_CONNECT_DIALOG, "continue_button"), "clicked");
  peal_wait_until (g_str_equal (get_step (dialog), "done"));
  g_assert_true (gtk_widget_get_visible (get_child (dialog, PEAL_TYPE_CONNECT_DIALOG, "grant_button")));
  close_dialog (self, dialog);
}

static void
test_connect_without_app (Stage *self, gconstpointer data)
{
  AdwDialog *dialog = NULL;

  peal_fake_agent_set_status (self->base.agent, "{'version': <'0.1.0'>, 'profile': <'production'>}");
  peal_fake_agent_emit_changed (self->base.agent, "settings", (const char *const[]){ NULL });
  peal_wait_until (peal_agent_status_has_credentials (peal_agent_link_get_status (self->base.link), "sandbox")
                   == FALSE);
  dialog = present (self, peal_connect_dialog_new (self->session, NULL));
  g_assert_cmpstr (get_step (dialog), ==, "failed");
  g_assert_true (gtk_widget_get_visible (get_child (dialog, PEAL_TYPE_CONNECT_DIALOG, "credentials_button")));
  g_assert_false (gtk_widget_get_visible (get_child (dialog, PEAL_TYPE_CONNECT_DIALOG, "retry_button")));
  /* Key and secret come, and with them the question. */
  peal_fake_agent_set_status (self->base.agent, STATUS);
  peal_fake_agent_emit_changed (self->base.agent, "settings", (const char *const[]){ NULL });
  peal_wait_until (g_str_equal (get_step (dialog), "ask"));
  g_assert_true (gtk_widget_get_visible (get_child (dialog, PEAL_TYPE_CONNECT_DIALOG, "environment_group")));
  close_dialog (self, dialog);
}

/* In the home that this test has to itself there is no browser. */
static void
remove_browsers (void)
{
  static const char *const types[] = { "x-scheme-handler/http", "x-scheme-handler/https" };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      GList *browsers = g_app_info_get_all_for_type (types[i]);

      for (GList *each = browsers; each != NULL; each = each->next)
        {
          g_autoptr (GError) error = NULL;

          g_app_info_remove_supports_type (each->data, types[i], &error);
          g_assert_no_error (error);
        }
      g_list_free_full (browsers, g_object_unref);
    }
}

#define ADD(path, func) g_test_add (path, Stage, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  adw_init ();
  remove_browsers ();
  g_resources_register (peal_get_resource ());
  ADD ("/account-widgets/pages-finalize", test_pages_finalize);
  ADD ("/account-widgets/dialogs-finalize", test_dialogs_finalize);
  ADD ("/account-widgets/without-agent", test_without_agent);
  ADD ("/account-widgets/secret-is-wiped", test_secret_is_wiped);
  ADD ("/account-widgets/credentials-are-checked", test_credentials_are_checked);
  ADD ("/account-widgets/credentials-refused", test_credentials_refused);
  ADD ("/account-widgets/preferences-show-what-holds", test_preferences_show_what_holds);
  ADD ("/account-widgets/preferences-go-back", test_preferences_go_back);
  ADD ("/account-widgets/connect-steps", test_connect_steps);
  ADD ("/account-widgets/connect-ends", test_connect_ends);
  ADD ("/account-widgets/connect-without-app", test_connect_without_app);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-application.h"

#include <glib/gi18n.h>

#include "peal-about.h"
#include "peal-actions.h"
#include "peal-error.h"
#include "peal-shortcuts-dialog.h"
#include "peal-window.h"

struct _PealApplication
{
  AdwApplication parent_instance;

  gboolean practice;
  PealSession *session;
};

G_DEFINE_FINAL_TYPE (PealApplication, peal_application, ADW_TYPE_APPLICATION)

enum
{
  WIRE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static PealWindow *
ensure_window (PealApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (window == NULL)
    window = GTK_WINDOW (peal_window_new (GTK_APPLICATION (self), self->session));
  gtk_window_present (window);
  return PEAL_WINDOW (window);
}

/* What is drawn of an empty window is drawn again as soon as the agent has answered: the content is there
 * sooner where the window waits for it. */
static void
peal_application_activate (GApplication *application)
{
  PealApplication *self = PEAL_APPLICATION (application);

  if (gtk_application_get_active_window (GTK_APPLICATION (application)) != NULL)
    ensure_window (self);
  else
    peal_window_present_filled (PEAL_WINDOW (peal_window_new (GTK_APPLICATION (application), self->session)));
}

static void
peal_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  g_autoptr (GListStore) list = g_list_store_new (G_TYPE_FILE);

  for (int i = 0; i < n_files; i++)
    g_list_store_append (list, files[i]);
  peal_window_compose (ensure_window (PEAL_APPLICATION (application)), G_LIST_MODEL (list));
}

static void
new_post_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  peal_window_compose (ensure_window (user_data), NULL);
}

/* A program of its own, which raises its window if it runs already. The desktop asks for this too. */
static void
practice_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PealApplication *self = user_data;
  g_autofree char *program = g_shell_quote (PEAL_BINDIR "/peal");
  g_autofree char *command = g_strconcat (program, " --practice", NULL);
  g_autoptr (GdkAppLaunchContext) context = gdk_display_get_app_launch_context (gdk_display_get_default ());
  g_autoptr (GAppInfo) info = NULL;
  g_autoptr (GError) error = NULL;

  info = g_app_info_create_from_commandline (command, "peal", G_APP_INFO_CREATE_SUPPORTS_STARTUP_NOTIFICATION,
                                             &error);
  if (info == NULL || !g_app_info_launch (info, NULL, G_APP_LAUNCH_CONTEXT (context), &error))
    {
      g_autoptr (GError) told = peal_error_new (PEAL_ERROR_INVALID, "practice_failed", "%s", error->message);

      ensure_window (self);
      peal_session_say_error (self->session, told);
    }
}

static void
about_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  PealApplication *self = user_data;

  adw_dialog_present (peal_about_dialog_new (self->practice), GTK_WIDGET (ensure_window (self)));
}

static void
shortcuts_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  adw_dialog_present (peal_shortcuts_dialog_new (), GTK_WIDGET (ensure_window (user_data)));
}

static void
quit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  GtkWindow *window = gtk_application_get_active_window (user_data);

  /* What is being written is asked about first. */
  if (window != NULL)
    gtk_window_close (window);
  else
    g_application_quit (user_data);
}

static void
peal_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { .name = "new-post", .activate = new_post_action },
    { .name = "practice", .activate = practice_action },
    { .name = "about", .activate = about_action },
    { .name = "shortcuts", .activate = shortcuts_action },
    { .name = "quit", .activate = quit_action },
  };

  G_APPLICATION_CLASS (peal_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries), application);
  peal_actions_set_accels (GTK_APPLICATION (application));
}

static void
peal_application_shutdown (GApplication *application)
{
  PealApplication *self = PEAL_APPLICATION (application);

  g_clear_object (&self->session);
  G_APPLICATION_CLASS (peal_application_parent_class)->shutdown (application);
}

/* One that only handed its files to the program that runs already did not start up. */
static void
peal_application_dispose (GObject *object)
{
  g_clear_object (&PEAL_APPLICATION (object)->session);
  G_OBJECT_CLASS (peal_application_parent_class)->dispose (object);
}

static int
peal_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  PealApplication *self = PEAL_APPLICATION (application);
  gboolean version = FALSE;

  if (g_variant_dict_lookup (options, "version", "b", &version) && version)
    {
      g_print ("peal %s\n", PEAL_VERSION);
      return 0;
    }
  if (g_variant_dict_lookup (options, "practice", "b", &self->practice) && self->practice)
    g_application_set_application_id (application, APP_ID ".Practice");
  /* The agent is asked before GTK is made, which takes longer than its answer. */
  g_signal_emit (application, signals[WIRE], 0);
  return -1;
}

static void
peal_application_class_init (PealApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = peal_application_dispose;
  application_class->activate = peal_application_activate;
  application_class->open = peal_application_open;
  application_class->startup = peal_application_startup;
  application_class->shutdown = peal_application_shutdown;
  application_class->handle_local_options = peal_application_handle_local_options;

  signals[WIRE] =
      g_signal_new ("wire", PEAL_TYPE_APPLICATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
peal_application_init (PealApplication *self)
{
  const GOptionEntry entries[] = {
    { "practice", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Open the practice world, where nothing goes to TikTok"),
      NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, N_ ("Print the version and end"), NULL },
    G_OPTION_ENTRY_NULL,
  };

  g_application_add_main_option_entries (G_APPLICATION (self), entries);
  /* Translators: of the command line: "peal [OPTION…] [FILE…]" */
  g_application_set_option_context_parameter_string (G_APPLICATION (self), _ ("[FILE…]"));
}

PealApplication *
peal_application_new (void)
{
  return g_object_new (PEAL_TYPE_APPLICATION, "application-id", APP_ID, "resource-base-path",
                       "/io/github/pealapp/Peal", "flags", G_APPLICATION_HANDLES_OPEN, NULL);
}

gboolean
peal_application_get_practice (PealApplication *self)
{
  g_return_val_if_fail (PEAL_IS_APPLICATION (self), FALSE);

  return self->practice;
}

void
peal_application_set_session (PealApplication *self, PealSession *session)
{
  g_return_if_fail (PEAL_IS_APPLICATION (self));
  g_return_if_fail (PEAL_IS_SESSION (session));

  g_set_object (&self->session, session);
}

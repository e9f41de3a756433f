/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-agent-application.h"

#include <glib-unix.h>

#include "peal-backup.h"
#include "peal-sql.h"

#define SWEEP_EVERY_US (G_GINT64_CONSTANT (24 * 3600) * G_USEC_PER_SEC)
#define SHUT_DOWN_S 15
#define SYNC_PAUSE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
/* With something on the plan, the longest time without a look: should a wake-up ever get lost. */
#define BELT_US (G_GINT64_CONSTANT (15 * 60) * G_USEC_PER_SEC)
#define NETWORK_PAUSE_US (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define IDLE_MS 10000
/* Not while the session starts; and after a backup that failed, not at once again. */
#define FIRST_BACKUP_US (G_GINT64_CONSTANT (5 * 60) * G_USEC_PER_SEC)
#define NEXT_BACKUP_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

struct _PealAgentApplication
{
  GApplication parent_instance;

  PealBusServices services;
  PealBusFace *face;
  PealClock *clock;
  PealWakeup *wakeup;
  gint64 next_post, next_sweep, next_backup, next_network_change;
  gboolean stays, is_held, is_ending;
  guint sigterm, sigint;
};

G_DEFINE_FINAL_TYPE (PealAgentApplication, peal_agent_application, G_TYPE_APPLICATION)

/* Whether anything of the user's depends on this process being here. */
static gboolean
has_duties (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  gint64 n;

  if (!peal_sql_get_int (
          db, error, &n, 0,
          "SELECT EXISTS (SELECT 1 FROM post WHERE state IN ('scheduled', 'publishing', 'held')) "
          "OR EXISTS (SELECT 1 FROM account WHERE state = 'connected')",
          ""))
    return FALSE;
  g_value_init (result, G_TYPE_INT64);
  g_value_set_int64 (result, n);
  return TRUE;
}

static void
set_held (PealAgentApplication *self, gboolean held)
{
  if (self->is_held == held)
    return;
  self->is_held = held;
  if (held)
    g_application_hold (G_APPLICATION (self));
  else
    g_application_release (G_APPLICATION (self));
}

/* After each look: when to look again, and whether to stay. */
static DexFuture *
settle_fiber (gpointer data)
{
  PealAgentApplication *self = data;
  g_autoptr (GError) error = NULL;
  gint64 next_sync = dex_await_int64 (peal_collector_query_next (self->services.collector), &error);
  gint64 now = peal_clock_get_real_us (self->clock), next_post, duties;

  /* What is overdue was begun by this look, or could not be: either way not again at once. */
  if (error != NULL)
    next_sync = G_MAXINT64;
  g_clear_error (&error);
  next_sync = MAX (next_sync, now + SYNC_PAUSE_US);
  next_post = self->next_post != G_MAXINT64 ? MIN (self->next_post, now + BELT_US) : G_MAXINT64;
  peal_wakeup_arm (self->wakeup, MIN (MIN (next_post, next_sync), MIN (self->next_sweep, self->next_backup)));
  duties = dex_await_int64 (peal_database_run (self->services.database, has_duties, NULL, NULL), &error);
  if (!self->is_ending)
    set_held (self, self->stays || error != NULL || duties > 0
                        || peal_publisher_is_busy (self->services.publisher)
                        || peal_bus_face_is_busy (self->face));
  return dex_future_new_true ();
}

static void
settle (PealAgentApplication *self)
{
  dex_future_disown (dex_scheduler_spawn (NULL, 0, settle_fiber, g_object_ref (self), g_object_unref));
}

static void
looked_cb (PealAgentApplication *self, gint64 next)
{
  self->next_post = next;
  settle (self);
}

static void
sweep_if_due (PealAgentApplication *self)
{
  gint64 now = peal_clock_get_real_us (self->clock);

  if (now < self->next_sweep)
    return;
  self->next_sweep = now + SWEEP_EVERY_US;
  dex_future_disown (peal_media_store_sweep (self->services.media_store));
}

static DexFuture *
back_up_fiber (gpointer data)
{
  PealAgentApplication *self = data;
  g_autoptr (GError) error = NULL;
  gint64 next = dex_await_int64 (
      peal_backup_run_if_due (self->services.database, self->services.state_directory, self->clock), &error);

  if (error == NULL)
    self->next_backup = next;
  else
    g_debug ("no backup: %s", error->message);
  settle (self);
  return dex_future_new_true ();
}

static void
back_up_if_due (PealAgentApplication *self)
{
  gint64 now = peal_clock_get_real_us (self->clock);

  if (now < self->next_backup)
    return;
  self->next_backup = now + NEXT_BACKUP_US;
  dex_future_disown (dex_scheduler_spawn (NULL, 0, back_up_fiber, g_object_ref (self), g_object_unref));
}

static void
database_reopened_cb (PealAgentApplication *self)
{
  peal_publisher_look (self->services.publisher);
}

static DexFuture *
release_keyring_fiber (gpointer data)
{
  PealAgentApplication *self = data;
  g_autoptr (GError) error = NULL;
  int state =
      dex_await_int (peal_vault_query_state (peal_accounts_get_vault (self->services.accounts)), &error);

  if (error == NULL && state == PEAL_VAULT_UNLOCKED
      && dex_await (peal_journal_release_keyring (self->services.journal), &error))
    peal_publisher_look (self->services.publisher);
  return dex_future_new_true ();
}

static void
release_keyring (PealAgentApplication *self)
{
  dex_future_disown (
      dex_scheduler_spawn (NULL, 0, release_keyring_fiber, g_object_ref (self), g_object_unref));
}

static void
awake_cb (PealAgentApplication *self, gboolean clock_was_set)
{
  sweep_if_due (self);
  back_up_if_due (self);
  release_keyring (self);
  if (clock_was_set)
    dex_future_disown (peal_journal_note_clock_change (self->services.journal));
  peal_collector_rescan (self->services.collector);
  peal_publisher_look (self->services.publisher);
}

/* A hint, and no gate: networks that are said to be down often work. At most once a minute, as some never
 * rest. */
static void
network_changed_cb (PealAgentApplication *self, gboolean is_available)
{
  gint64 now = peal_clock_get_boot_us (self->clock);

  if (!is_available || now < self->next_network_change)
    return;
  self->next_network_change = now + NETWORK_PAUSE_US;
  peal_publisher_note_network_change (self->services.publisher);
  dex_future_disown (peal_journal_note_network_change (self->services.journal));
  peal_publisher_look (self->services.publisher);
}

/* A last chunk that is on its way is waited for; everything else stops where the journal can take it up
 * again. */
static DexFuture *
end_fiber (gpointer data)
{
  PealAgentApplication *self = data;

  dex_await (dex_future_first (peal_publisher_shut_down (self->services.publisher),
                               dex_timeout_new_seconds (SHUT_DOWN_S), NULL),
             NULL);
  g_application_quit (G_APPLICATION (self));
  return dex_future_new_true ();
}

static void
end (PealAgentApplication *self)
{
  if (self->is_ending)
    return;
  self->is_ending = TRUE;
  dex_future_disown (dex_scheduler_spawn (NULL, 0, end_fiber, g_object_ref (self), g_object_unref));
}

static gboolean
signal_cb (gpointer data)
{
  end (data);
  return G_SOURCE_CONTINUE;
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  end (data);
}

static gboolean
peal_agent_application_dbus_register (GApplication *application,
                                      GDBusConnection *connection,
                                      const char *path,
                                      GError **error)
{
  PealAgentApplication *self = PEAL_AGENT_APPLICATION (application);

  return G_APPLICATION_CLASS (peal_agent_application_parent_class)
             ->dbus_register (application, connection, path, error)
         && peal_bus_face_export (self->face, connection, error);
}

static void
peal_agent_application_dbus_unregister (GApplication *application,
                                        GDBusConnection *connection,
                                        const char *path)
{
  PealAgentApplication *self = PEAL_AGENT_APPLICATION (application);

  peal_bus_face_unexport (self->face);
  G_APPLICATION_CLASS (peal_agent_application_parent_class)->dbus_unregister (application, connection, path);
}

static void
peal_agent_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = { { .name = "quit", .activate = quit_cb } };
  PealAgentApplication *self = PEAL_AGENT_APPLICATION (application);

  G_APPLICATION_CLASS (peal_agent_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  self->sigterm = g_unix_signal_add (SIGTERM, signal_cb, self);
  self->sigint = g_unix_signal_add (SIGINT, signal_cb, self);
  self->wakeup = peal_wakeup_new ();
  g_signal_connect_object (self->wakeup, "awake", G_CALLBACK (awake_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->services.publisher, "looked", G_CALLBACK (looked_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->services.accounts, "changed", G_CALLBACK (settle), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->face, "jobs-changed", G_CALLBACK (settle), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (peal_accounts_get_vault (self->services.accounts), "state-changed",
                           G_CALLBACK (release_keyring), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->services.database, "reopened", G_CALLBACK (database_reopened_cb), self,
                           G_CONNECT_SWAPPED);
  self->next_backup = peal_clock_get_real_us (self->clock) + FIRST_BACKUP_US;
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (network_changed_cb), self, G_CONNECT_SWAPPED);
  set_held (self, TRUE);
  awake_cb (self, FALSE);
}

static void
peal_agent_application_activate (GApplication *application)
{
  awake_cb (PEAL_AGENT_APPLICATION (application), FALSE);
}

static void
peal_agent_application_finalize (GObject *object)
{
  PealAgentApplication *self = PEAL_AGENT_APPLICATION (object);

  g_clear_handle_id (&self->sigterm, g_source_remove);
  g_clear_handle_id (&self->sigint, g_source_remove);
  g_clear_object (&self->wakeup);
  g_clear_object (&self->face);
  g_clear_object (&self->clock);
  g_clear_object (&self->services.publisher);
  g_clear_object (&self->services.collector);
  g_clear_object (&self->services.archive);
  g_clear_object (&self->services.media_store);
  g_clear_object (&self->services.accounts);
  g_clear_object (&self->services.journal);
  g_clear_object (&self->services.database);
  G_OBJECT_CLASS (peal_agent_application_parent_class)->finalize (object);
}

static void
peal_agent_application_class_init (PealAgentApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = peal_agent_application_finalize;
  application_class->startup = peal_agent_application_startup;
  application_class->activate = peal_agent_application_activate;
  application_class->dbus_register = peal_agent_application_dbus_register;
  application_class->dbus_unregister = peal_agent_application_dbus_unregister;
}

static void
peal_agent_application_init (PealAgentApplication *self)
{
  self->next_post = G_MAXINT64;
}

PealAgentApplication *
peal_agent_application_new (const char *application_id,
                            gboolean stays,
                            const PealBusServices *services,
                            PealBusFace *face,
                            PealClock *clock)
{
  PealAgentApplication *self = NULL;

  g_return_val_if_fail (application_id != NULL && services != NULL, NULL);
  g_return_val_if_fail (PEAL_IS_BUS_FACE (face), NULL);

  self = g_object_new (PEAL_TYPE_AGENT_APPLICATION, "application-id", application_id, "flags",
                       G_APPLICATION_IS_SERVICE, "inactivity-timeout", IDLE_MS, NULL);
  self->stays = stays;
  self->services = *services;
  g_object_ref (services->database);
  g_object_ref (services->journal);
  g_object_ref (services->accounts);
  g_object_ref (services->archive);
  g_object_ref (services->collector);
  g_object_ref (services->media_store);
  g_object_ref (services->publisher);
  self->face = g_object_ref (face);
  self->clock = g_object_ref (clock);
  return self;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-collector.h"

#include "peal-collector-private.h"
#include "peal-error.h"
#include "peal-fiber.h"
#include "peal-random.h"
#include "peal-sql.h"

#define INTERVAL_US G_TIME_SPAN_HOUR
/* Accounts that start together drift apart. */
#define SPREAD_US (5 * G_TIME_SPAN_MINUTE)
#define FIRST_PAUSE_US (5 * G_TIME_SPAN_MINUTE)

struct _PealCollector
{
  GObject parent_instance;

  PealAccounts *accounts;
  PealArchive *archive;
  PealDatabase *database;
  PealClock *clock;
  GHashTable *flights;  /* gint64 → Flight: the readings under way */
  GHashTable *failures; /* gint64 → guint: since the last good reading */
};

G_DEFINE_FINAL_TYPE (PealCollector, peal_collector, G_TYPE_OBJECT)

typedef enum
{
  PROP_ACCOUNTS = 1,
  PROP_ARCHIVE,
  PROP_DATABASE,
  PROP_CLOCK,
} PealCollectorProps;

enum
{
  ACCOUNT_CHANGED,
  VIDEOS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* One reading, and how many wait for it: it ends early only when nobody does any more. */
typedef struct
{
  gint64 account;
  guint waiting;
  GCancellable *cancellable;
  DexFuture *done;
} Flight;

typedef struct
{
  PealCollector *collector;
  Flight *flight;
  GCancellable *cancellable;
} SyncCall;

typedef struct
{
  gint64 account;
  gint64 next_us;
} NextSync;

static void
flight_clear (gpointer data)
{
  Flight *flight = data;

  g_clear_object (&flight->cancellable);
  dex_clear (&flight->done);
}

static void
flight_unref (gpointer flight)
{
  g_rc_box_release_full (flight, flight_clear);
}

static SyncCall *
sync_call_new (PealCollector *self, Flight *flight, GCancellable *cancellable)
{
  SyncCall *call = g_new0 (SyncCall, 1);

  call->collector = g_object_ref (self);
  call->flight = g_rc_box_acquire (flight);
  call->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  return call;
}

static void
sync_call_free (SyncCall *call)
{
  g_clear_object (&call->collector);
  g_clear_pointer (&call->flight, flight_unref);
  g_clear_object (&call->cancellable);
  g_free (call);
}

static gboolean
write_next_sync (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  NextSync *next = data;

  return peal_sql_exec (db, error, "UPDATE account SET next_sync = ? WHERE id = ? AND state = 'connected'",
                        "ii", next->next_us, next->account);
}

/* 5 min, 10 min, 20 min … an hour after failures, else an hour. */
static gint64
get_pause_us (PealCollector *self, gint64 account, gboolean failed)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->failures, &account));

  if (!failed)
    {
      g_hash_table_remove (self->failures, &account);
      return INTERVAL_US + (gint64)peal_random_below (SPREAD_US);
    }
  g_hash_table_insert (self->failures, g_memdup2 (&account, sizeof account),
                       GUINT_TO_POINTER (MIN (n + 1, 8)));
  return MIN (FIRST_PAUSE_US << MIN (n, 4), INTERVAL_US);
}

static void
await_next_sync (PealCollector *self, gint64 account, gboolean failed)
{
  g_autoptr (GError) error = NULL;
  NextSync *next = g_new0 (NextSync, 1);

  next->account = account;
  next->next_us = peal_clock_get_real_us (self->clock) + get_pause_us (self, account, failed);
  if (!dex_await (peal_database_run (self->database, write_next_sync, next, g_free), &error))
    g_debug ("Could not note the next reading: %s", error->message);
}

static DexFuture *
flight_fiber (gpointer data)
{
  SyncCall *call = data;
  PealCollector *self = call->collector;
  PealReadingSink sink = {
    self->accounts, self->archive, call->flight->account, call->flight->cancellable, FALSE, 0
  };
  g_autoptr (GError) error = NULL;
  gboolean ok = peal_collector_read_account (&sink, &error);

  if (sink.has_user)
    g_signal_emit (self, signals[ACCOUNT_CHANGED], 0, sink.account);
  if (sink.n_videos > 0)
    g_signal_emit (self, signals[VIDEOS_CHANGED], 0, sink.account);
  /* What the user broke off is neither good nor bad. */
  if (ok || !g_error_matches (error, PEAL_ERROR, PEAL_ERROR_CANCELLED))
    await_next_sync (self, sink.account, !ok);
  if (g_hash_table_lookup (self->flights, &sink.account) == call->flight)
    g_hash_table_remove (self->flights, &sink.account);
  return ok ? dex_future_new_for_uint (sink.n_videos) : dex_future_new_for_error (g_steal_pointer (&error));
}

/* (transfer full): the reading of @account under way, or a new one. */
static Flight *
dup_flight (PealCollector *self, gint64 account)
{
  Flight *flight = g_hash_table_lookup (self->flights, &account);

  if (flight == NULL || g_cancellable_is_cancelled (flight->cancellable))
    {
      flight = g_rc_box_new0 (Flight);
      flight->account = account;
      flight->cancellable = g_cancellable_new ();
      g_hash_table_replace (self->flights, &flight->account, flight);
      flight->done = peal_fiber_spawn_to_end (flight_fiber, sync_call_new (self, flight, NULL),
                                              (GDestroyNotify)sync_call_free);
    }
  return g_rc_box_acquire (flight);
}

static DexFuture *
sync_fiber (gpointer data)
{
  SyncCall *call = data;
  Flight *flight = call->flight;
  g_autoptr (DexFuture) done = dex_ref (flight->done);
  g_autoptr (GError) error = NULL;

  if (call->cancellable != NULL)
    dex_await (
        dex_future_first (dex_ref (done), dex_cancellable_new_from_cancellable (call->cancellable), NULL),
        NULL);
  else
    dex_await (dex_ref (done), NULL);
  flight->waiting--;
  if (!dex_future_is_pending (done))
    return g_steal_pointer (&done);
  if (flight->waiting == 0)
    g_cancellable_cancel (flight->cancellable);
  return dex_future_new_for_error (
      peal_error_new (PEAL_ERROR_CANCELLED, "cancelled", "The reading was cancelled"));
}

DexFuture *
peal_collector_sync (PealCollector *self, gint64 account, GCancellable *cancellable)
{
  Flight *flight = NULL;
  SyncCall *call = NULL;

  dex_return_error_if_fail (PEAL_IS_COLLECTOR (self));
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  flight = dup_flight (self, account);
  flight->waiting++;
  call = sync_call_new (self, flight, cancellable);
  flight_unref (flight);
  return peal_fiber_spawn_to_end (sync_fiber, call, (GDestroyNotify)sync_call_free);
}

/* The accounts that are due, each put off at once, so that the wake-up finds nothing while they are being
 * read. */
static gboolean
claim_due (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  gint64 now_us = *(gint64 *)data;
  g_autoptr (GArray) due = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (sqlite3_stmt) statement = peal_sql_query (
      db, error,
      "SELECT id FROM account WHERE state = 'connected' AND coalesce (next_sync, 0) <= ? ORDER BY next_sync",
      "i", now_us);

  if (statement == NULL)
    return FALSE;
  while (peal_sql_step (statement, error))
    {
      gint64 id = peal_sql_int (statement, 0, 0);

      g_array_append_val (due, id);
    }
  if (*error != NULL
      || !peal_sql_exec (db, error,
                         "UPDATE account SET next_sync = ? WHERE state = 'connected' "
                         "AND coalesce (next_sync, 0) <= ?",
                         "ii", now_us + INTERVAL_US, now_us))
    return FALSE;
  g_value_init (result, G_TYPE_ARRAY);
  g_value_take_boxed (result, g_steal_pointer (&due));
  return TRUE;
}

static DexFuture *
log_failure_cb (DexFuture *future, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  dex_future_get_value (future, &error);
  g_debug ("A reading failed: %s", error->message);
  return dex_future_new_true ();
}

/* The claim is handed to the database before anybody else can ask it when the next reading is due. */
typedef struct
{
  PealCollector *collector;
  DexFuture *claim;
} Rescan;

static void
rescan_free (Rescan *self)
{
  g_clear_object (&self->collector);
  dex_clear (&self->claim);
  g_free (self);
}

static DexFuture *
rescan_fiber (gpointer data)
{
  Rescan *self = data;
  g_autoptr (GArray) due = NULL;
  g_autoptr (GError) error = NULL;

  due = dex_await_boxed (dex_ref (self->claim), &error);
  if (due == NULL)
    {
      g_debug ("Could not tell which accounts are due: %s", error->message);
      return dex_future_new_true ();
    }
  for (guint i = 0; i < due->len; i++)
    dex_future_disown (
        dex_future_catch (peal_collector_sync (self->collector, g_array_index (due, gint64, i), NULL),
                          log_failure_cb, NULL, NULL));
  return dex_future_new_true ();
}

void
peal_collector_rescan (PealCollector *self)
{
  Rescan *rescan = NULL;
  gint64 *now_us = NULL;

  g_return_if_fail (PEAL_IS_COLLECTOR (self));

  now_us = g_new (gint64, 1);
  *now_us = peal_clock_get_real_us (self->clock);
  rescan = g_new0 (Rescan, 1);
  rescan->collector = g_object_ref (self);
  rescan->claim = peal_database_run (self->database, claim_due, now_us, g_free);
  dex_future_disown (peal_fiber_spawn_to_end (rescan_fiber, rescan, (GDestroyNotify)rescan_free));
}

static gboolean
read_next (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  gint64 next_us = G_MAXINT64;

  if (!peal_sql_get_int (db, error, &next_us, G_MAXINT64,
                         "SELECT min (coalesce (next_sync, 0)) FROM account WHERE state = 'connected'", ""))
    return FALSE;
  g_value_init (result, G_TYPE_INT64);
  g_value_set_int64 (result, next_us);
  return TRUE;
}

DexFuture *
peal_collector_query_next (PealCollector *self)
{
  dex_return_error_if_fail (PEAL_IS_COLLECTOR (self));

  return peal_database_run (self->database, read_next, NULL, NULL);
}

static void
peal_collector_constructed (GObject *object)
{
  PealCollector *self = PEAL_COLLECTOR (object);

  G_OBJECT_CLASS (peal_collector_parent_class)->constructed (object);
  g_assert (PEAL_IS_ACCOUNTS (self->accounts));
  g_assert (PEAL_IS_ARCHIVE (self->archive));
  g_assert (PEAL_IS_DATABASE (self->database));
  g_assert (PEAL_IS_CLOCK (self->clock));
}

static void
peal_collector_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealCollector *self = PEAL_COLLECTOR (object);

  switch ((PealCollectorProps)id)
    {
    case PROP_ACCOUNTS:
      self->accounts = g_value_dup_object (value);
      break;
    case PROP_ARCHIVE:
      self->archive = g_value_dup_object (value);
      break;
    case PROP_DATABASE:
      self->database = g_value_dup_object (value);
      break;
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_collector_dispose (GObject *object)
{
  PealCollector *self = PEAL_COLLECTOR (object);

  g_hash_table_remove_all (self->flights);
  g_clear_object (&self->accounts);
  g_clear_object (&self->archive);
  g_clear_object (&self->database);
  g_clear_object (&self->clock);
  G_OBJECT_CLASS (peal_collector_parent_class)->dispose (object);
}

static void
peal_collector_finalize (GObject *object)
{
  PealCollector *self = PEAL_COLLECTOR (object);

  g_clear_pointer (&self->flights, g_hash_table_unref);
  g_clear_pointer (&self->failures, g_hash_table_unref);
  G_OBJECT_CLASS (peal_collector_parent_class)->finalize (object);
}

static void
peal_collector_class_init (PealCollectorClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = peal_collector_constructed;
  object_class->set_property = peal_collector_set_property;
  object_class->dispose = peal_collector_dispose;
  object_class->finalize = peal_collector_finalize;
  g_object_class_install_property (object_class, PROP_ACCOUNTS,
                                   g_param_spec_object ("accounts", NULL, NULL, PEAL_TYPE_ACCOUNTS, flags));
  g_object_class_install_property (object_class, PROP_ARCHIVE,
                                   g_param_spec_object ("archive", NULL, NULL, PEAL_TYPE_ARCHIVE, flags));
  g_object_class_install_property (object_class, PROP_DATABASE,
                                   g_param_spec_object ("database", NULL, NULL, PEAL_TYPE_DATABASE, flags));
  g_object_class_install_property (object_class, PROP_CLOCK,
                                   g_param_spec_object ("clock", NULL, NULL, PEAL_TYPE_CLOCK, flags));
  signals[ACCOUNT_CHANGED] = g_signal_new ("account-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                           NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
  signals[VIDEOS_CHANGED] = g_signal_new ("videos-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                          NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
peal_collector_init (PealCollector *self)
{
  self->flights = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, flight_unref);
  self->failures = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
}

PealCollector *
peal_collector_new (PealAccounts *accounts, PealArchive *archive, PealDatabase *database, PealClock *clock)
{
  return g_object_new (PEAL_TYPE_COLLECTOR, "accounts", accounts, "archive", archive, "database", database,
                       "clock", clock, NULL);
}

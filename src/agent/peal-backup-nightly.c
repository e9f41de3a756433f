/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-backup.h"

#include <gio/gio.h>
#include <unistd.h>

#include "peal-database-lease.h"
#include "peal-database-open.h"
#include "peal-error.h"
#include "peal-settings.h"
#include "peal-sql.h"

#define MINUTE (G_GINT64_CONSTANT (60) * G_USEC_PER_SEC)
#define DAY (24 * 60 * MINUTE)
#define QUIET (10 * MINUTE)
#define FULL_CHECK_EVERY (7 * DAY)
#define KEY_BACKED_UP "backed_up_at"
#define KEY_CHECKED "integrity_checked_at"

typedef struct
{
  char *directory, *state_directory;
  gint64 now;
} Nightly;

static void
nightly_free (Nightly *self)
{
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->state_directory, g_free);
  g_free (self);
}

static gboolean
read_instant (sqlite3 *db, const char *key, gint64 *instant, GError **error)
{
  return peal_sql_get_int (db, error, instant, 0, "SELECT CAST (value AS INTEGER) FROM setting WHERE key = ?",
                           "s", key);
}

static gboolean
write_instant (sqlite3 *db, const char *key, gint64 instant, GError **error)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, instant);

  return peal_settings_write (db, key, value, error);
}

/* Whether anything is on its way to TikTok, or will be within ten minutes. */
static gboolean
is_quiet (sqlite3 *db, gint64 now, gboolean *quiet, GError **error)
{
  gint64 n;

  if (!peal_sql_get_int (db, error, &n, 0,
                         "SELECT (SELECT count(*) FROM post WHERE state = 'scheduled' AND due <= ? AND NOT "
                         "EXISTS (SELECT 1 FROM setting WHERE key = 'paused' AND value = '1')) + "
                         "(SELECT count(*) FROM attempt WHERE state IN ('RESERVED', 'INIT_SENT', 'INIT_OK', "
                         "'UPLOADING', 'FINAL_ARMED'))",
                         "i", now + QUIET))
    return FALSE;
  *quiet = n == 0;
  return TRUE;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *)b, *(const char *const *)a);
}

/* Of the daily ones all but the newest seven go; the names tell their age. */
static void
prune (const char *directory)
{
  g_autofree char *folder = g_build_filename (directory, "backups", NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) open_folder = g_dir_open (folder, 0, NULL);
  const char *name;

  while (open_folder != NULL && (name = g_dir_read_name (open_folder)) != NULL)
    if (g_str_has_prefix (name, "peal-") && g_str_has_suffix (name, ".db"))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = PEAL_BACKUPS_KEPT; i < names->len; i++)
    unlink (g_ptr_array_index (names, i));
}

/* The epoch goes up once the backup is made: data that are copied back from it are known to be older. */
static gboolean
back_up (sqlite3 *db, Nightly *self, GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (self->now / G_USEC_PER_SEC);
  g_autofree char *name = g_date_time_format (now, "peal-%Y%m%dT%H%M%SZ.db");

  if (!peal_backup_write (db, self->directory, name, error)
      || !peal_lease_raise (db, self->state_directory, error)
      || !write_instant (db, KEY_BACKED_UP, self->now, error))
    return FALSE;
  prune (self->directory);
  return TRUE;
}

static gboolean
check_if_due (sqlite3 *db, Nightly *self, GError **error)
{
  gint64 last;

  if (!read_instant (db, KEY_CHECKED, &last, error))
    return FALSE;
  if (last <= self->now && self->now < last + FULL_CHECK_EVERY)
    return TRUE;
  return peal_database_check (db, "integrity_check(1)", error)
         && write_instant (db, KEY_CHECKED, self->now, error);
}

/* A clock that was set back must not end the backups: what lies ahead of now counts as never. */
static gboolean
run (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  Nightly *self = data;
  gint64 last, next;
  gboolean quiet;

  if (!read_instant (db, KEY_BACKED_UP, &last, error))
    return FALSE;
  next = last + DAY;
  if (last > self->now || next <= self->now)
    {
      if (!is_quiet (db, self->now, &quiet, error))
        return FALSE;
      if (quiet && (!check_if_due (db, self, error) || !back_up (db, self, error)))
        return FALSE;
      next = self->now + (quiet ? DAY : QUIET);
    }
  g_value_init (result, G_TYPE_INT64);
  g_value_set_int64 (result, next);
  return TRUE;
}

DexFuture *
peal_backup_run_if_due (PealDatabase *database, const char *state_directory, PealClock *clock)
{
  Nightly *self = NULL;

  dex_return_error_if_fail (PEAL_IS_DATABASE (database));
  dex_return_error_if_fail (state_directory != NULL);

  self = g_new0 (Nightly, 1);
  self->directory = g_strdup (peal_database_get_directory (database));
  self->state_directory = g_strdup (state_directory);
  self->now = peal_clock_get_real_us (clock);
  return peal_database_run_bare (database, run, self, (GDestroyNotify)nightly_free);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-database-lease.h"

#include <unistd.h>

#include "peal-error.h"
#include "peal-sql.h"

/* Peal's own, from which machine ids are derived; never change it. */
static const guint8 app_id[16] = { 0x3b, 0x8a, 0x41, 0xd6, 0x0f, 0x7e, 0x4c, 0x52,
                                   0x9d, 0x15, 0xe6, 0x27, 0xc0, 0x94, 0x1a, 0xfb };

#define ID_BYTES 16

typedef struct
{
  const char *state_directory;
  const char *machine;
  char *boot_id;
  PealLease *lease;
  gint64 epoch;
} Claim;

static gboolean
parse_id (const char *text, guint8 *id)
{
  for (int i = 0; i < ID_BYTES; i++)
    {
      int high = g_ascii_xdigit_value (text[2 * i]);
      int low = high < 0 ? -1 : g_ascii_xdigit_value (text[2 * i + 1]);

      if (low < 0)
        return FALSE;
      id[i] = (guint8)(high << 4 | low);
    }
  return TRUE;
}

char *
peal_lease_hash_machine (const char *path)
{
  g_autoptr (GHmac) hmac = NULL;
  g_autofree char *text = NULL;
  GString *name = NULL;
  guint8 id[ID_BYTES], digest[32];
  gsize length = sizeof digest;

  g_return_val_if_fail (path != NULL, NULL);

  if (!g_file_get_contents (path, &text, NULL, NULL) || !parse_id (text, id))
    return g_strdup ("");
  hmac = g_hmac_new (G_CHECKSUM_SHA256, id, sizeof id);
  g_hmac_update (hmac, app_id, sizeof app_id);
  g_hmac_get_digest (hmac, digest, &length);
  digest[6] = (digest[6] & 0x0f) | 0x40;
  digest[8] = (digest[8] & 0x3f) | 0x80;
  name = g_string_new (NULL);
  for (int i = 0; i < ID_BYTES; i++)
    g_string_append_printf (name, "%02x", digest[i]);
  return g_string_free_and_steal (name);
}

static gint64
read_generation (const char *state_directory)
{
  g_autofree char *path = g_build_filename (state_directory, "generation", NULL);
  g_autofree char *text = NULL;
  gint64 generation = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL)
      || !g_ascii_string_to_signed (g_strstrip (text), 10, 0, G_MAXINT64 - 1, &generation, NULL))
    return 0;
  return generation;
}

/* Always after the row is on the disk: where only the row got as far, nothing looks older than it is. */
static gboolean
write_generation (const char *state_directory, gint64 generation, GError **error)
{
  g_autofree char *path = g_build_filename (state_directory, "generation", NULL);
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT "\n", generation);
  g_autoptr (GError) local = NULL;

  if (g_mkdir_with_parents (state_directory, 0700) == 0
      && g_file_set_contents_full (
          path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &local))
    return TRUE;
  g_propagate_error (error, peal_error_new (PEAL_ERROR_STORAGE_CORRUPT, "storage_read_only", "generation: %s",
                                            local != NULL ? local->message : "no directory"));
  return FALSE;
}

gboolean
peal_lease_raise (sqlite3 *db, const char *state_directory, GError **error)
{
  gint64 epoch;

  return peal_sql_exec (db, error, "UPDATE lease SET epoch = epoch + 1", "")
         && peal_sql_get_int (db, error, &epoch, 0, "SELECT epoch FROM lease", "")
         && write_generation (state_directory, epoch, error);
}

gboolean
peal_lease_adopt (sqlite3 *db, const char *machine, GError **error)
{
  g_return_val_if_fail (machine != NULL, FALSE);

  return peal_sql_exec (db, error, "UPDATE lease SET machine = ?", "s", machine);
}

/* A machine without an id of its own is taken for the one that had the data. */
static gboolean
claim (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  Claim *self = data;
  g_autoptr (sqlite3_stmt) row = peal_sql_query (db, error, "SELECT machine, epoch FROM lease", "");
  g_autofree char *owner = NULL;
  gint64 epoch = 0, generation = read_generation (self->state_directory);

  if (row == NULL)
    return FALSE;
  if (peal_sql_step (row, NULL))
    {
      owner = peal_sql_dup_text (row, 0);
      epoch = sqlite3_column_int64 (row, 1);
    }
  self->lease->is_other_machine =
      owner != NULL && owner[0] != '\0' && self->machine[0] != '\0' && !g_str_equal (owner, self->machine);
  self->lease->is_rolled_back = epoch < generation;
  if (!self->lease->is_other_machine && self->machine[0] != '\0')
    g_set_str (&owner, self->machine);
  self->epoch = MAX (epoch, generation) + 1;
  return peal_sql_exec (db, error,
                        "INSERT INTO lease (id, machine, boot_id, pid, epoch) VALUES (1, ?, ?, ?, ?) "
                        "ON CONFLICT (id) DO UPDATE SET machine = excluded.machine, boot_id = "
                        "excluded.boot_id, pid = excluded.pid, epoch = excluded.epoch",
                        "ssii", owner != NULL ? owner : "", self->boot_id, (gint64)getpid (), self->epoch);
}

gboolean
peal_lease_claim (PealDatabase *database,
                  const char *state_directory,
                  const char *machine,
                  PealLease *lease,
                  GError **error)
{
  g_autofree char *boot_id = NULL;
  Claim self = { .state_directory = state_directory, .machine = machine, .lease = lease };

  g_return_val_if_fail (PEAL_IS_DATABASE (database), FALSE);
  g_return_val_if_fail (state_directory != NULL && machine != NULL && lease != NULL, FALSE);

  if (!g_file_get_contents ("/proc/sys/kernel/random/boot_id", &boot_id, NULL, NULL))
    boot_id = g_strdup ("");
  self.boot_id = g_strstrip (boot_id);
  return peal_database_run_sync (database, claim, &self, NULL, error)
         && write_generation (state_directory, self.epoch, error);
}

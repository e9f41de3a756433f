/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-keyring-file-check.h"

#include <libsecret/secret.h>

#include "peal-fiber.h"

#define DEADLINE_S 20
#define PATH_VARIABLE "SECRET_FILE_TEST_PATH"

typedef struct
{
  gboolean is_done, is_ok;
} Answer;

static void
searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;
  g_autoptr (GError) error = NULL;
  g_autolist (GObject) items = secret_password_search_finish (result, &error);

  if (error != NULL)
    g_debug ("The keyring file: %s", error->message);
  answer->is_ok = error == NULL;
  answer->is_done = TRUE;
}

/* Opens the file at @path unless one is open, and decrypts what fits @attributes; each item fits none. */
static gboolean
can_search (const char *path, GHashTable *attributes)
{
  Answer answer = { 0 };

  g_setenv (PATH_VARIABLE, path, TRUE);
  secret_password_searchv (NULL, attributes, SECRET_SEARCH_ALL, NULL, searched_cb, &answer);
  while (!answer.is_done)
    g_main_context_iteration (NULL, TRUE);
  return answer.is_ok;
}

int
peal_keyring_file_check_main (const char *path)
{
  g_autoptr (GHashTable) all = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) nothing = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *empty = NULL;

  g_return_val_if_fail (path != NULL, PEAL_KEYRING_FILE_UNUSABLE);

  empty = g_strconcat (path, ".none", NULL);
  g_hash_table_insert (nothing, (gpointer) "no-such-attribute", (gpointer) "");
  if (can_search (path, all))
    return PEAL_KEYRING_FILE_FINE;
  if (can_search (path, nothing))
    return PEAL_KEYRING_FILE_FOREIGN;
  /* A file that does not exist opens wherever there is a password. */
  return can_search (empty, nothing) ? PEAL_KEYRING_FILE_BROKEN : PEAL_KEYRING_FILE_UNUSABLE;
}

static PealKeyringFileState
read_end (GSubprocess *process)
{
  if (g_subprocess_get_if_signaled (process))
    return PEAL_KEYRING_FILE_BROKEN;
  switch (g_subprocess_get_exit_status (process))
    {
    case PEAL_KEYRING_FILE_FINE:
      return PEAL_KEYRING_FILE_FINE;
    case PEAL_KEYRING_FILE_FOREIGN:
      return PEAL_KEYRING_FILE_FOREIGN;
    case PEAL_KEYRING_FILE_BROKEN:
      return PEAL_KEYRING_FILE_BROKEN;
    default:
      return PEAL_KEYRING_FILE_UNUSABLE;
    }
}

static DexFuture *
check_fiber (gpointer data)
{
  const char *path = data;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (DexFuture) end = NULL;
  g_autoptr (GError) error = NULL;

  /* Not by its name: that may be another version by now, or nothing. */
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error,
                              "/proc/self/exe", PEAL_KEYRING_FILE_CHECK_OPTION, path, NULL);
  if (process == NULL)
    {
      g_debug ("No process to check the keyring file: %s", error->message);
      return dex_future_new_for_int (PEAL_KEYRING_FILE_UNUSABLE);
    }
  end = dex_subprocess_wait_check (process);
  /* It has its own way to say how it went; only its end is waited for. */
  dex_await (dex_future_first (dex_ref (end), dex_timeout_new_seconds (DEADLINE_S), NULL), NULL);
  if (!dex_future_is_pending (end))
    return dex_future_new_for_int ((int)read_end (process));
  g_subprocess_force_exit (process);
  dex_await (dex_ref (end), NULL);
  return dex_future_new_for_int (PEAL_KEYRING_FILE_HANGS);
}

DexFuture *
peal_keyring_file_check (const char *path)
{
  dex_return_error_if_fail (path != NULL);

  return peal_fiber_spawn_to_end (check_fiber, g_strdup (path), g_free);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-duplicate-guard.h"

#include "peal-sql.h"
#include "peal-tiktok-videos.h"

#define LIST_TEXT_MAX 150
#define LOOK_BACK_S (24 * 60 * 60)

typedef struct
{
  PealAccounts *accounts;
  PealDatabase *database;
  PealPostRecord *record;
  gint64 now_s;
} Guard;

static void
guard_free (Guard *self)
{
  g_clear_object (&self->accounts);
  g_clear_object (&self->database);
  g_clear_pointer (&self->record, peal_post_record_free);
  g_free (self);
}

gboolean
peal_duplicate_guard_matches (const char *caption, const char *text)
{
  g_autofree char *wanted = NULL;
  g_autofree char *found = NULL;

  if (caption == NULL || text == NULL)
    return FALSE;
  wanted = g_strstrip (g_utf8_substring (caption, 0, MIN (g_utf8_strlen (caption, -1), LIST_TEXT_MAX)));
  found = g_strstrip (g_utf8_substring (text, 0, MIN (g_utf8_strlen (text, -1), LIST_TEXT_MAX)));
  return wanted[0] != '\0' && g_str_equal (wanted, found);
}

static gboolean
is_ours (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  gint64 found;

  if (!peal_sql_get_int (
          db, error, &found, 0,
          "SELECT EXISTS (SELECT 1 FROM attempt WHERE ' ' || post_ids || ' ' LIKE '% ' || ? || ' %')", "s",
          data))
    return FALSE;
  g_value_init (result, G_TYPE_BOOLEAN);
  g_value_set_boolean (result, found != 0);
  return TRUE;
}

static DexFuture *
list_videos (PealTiktokClient *client, const PealAccess *access, gpointer data)
{
  return peal_tiktok_list_videos (client, access, 0, NULL);
}

/* From a fiber. A video whose origin cannot be read counts as another's: holding a post is the lesser harm.
 */
static gboolean
speaks_against (Guard *self, const PealVideo *video)
{
  const char *caption = self->record->options->caption;

  return video->create_time_s >= self->now_s - LOOK_BACK_S
         && (peal_duplicate_guard_matches (caption, video->description)
             || peal_duplicate_guard_matches (caption, video->title))
         && !dex_await_boolean (peal_database_run (self->database, is_ours, g_strdup (video->id), g_free),
                                NULL);
}

static DexFuture *
guard_fiber (gpointer data)
{
  Guard *self = data;
  g_autoptr (PealVideoPage) page = dex_await_boxed (
      peal_accounts_call (self->accounts, self->record->account, list_videos, NULL, NULL), NULL);

  for (guint i = 0; page != NULL && i < page->videos->len; i++)
    {
      const PealVideo *video = g_ptr_array_index (page->videos, i);

      if (speaks_against (self, video))
        return dex_future_new_for_error (peal_error_new (PEAL_ERROR_INVALID, "looks_published",
                                                         "video %s has the same caption", video->id));
    }
  return dex_future_new_true ();
}

DexFuture *
peal_duplicate_guard_run (PealAccounts *accounts,
                          PealDatabase *database,
                          const PealPostRecord *record,
                          gint64 now_us)
{
  Guard *self = NULL;

  dex_return_error_if_fail (PEAL_IS_ACCOUNTS (accounts));
  dex_return_error_if_fail (PEAL_IS_DATABASE (database));
  dex_return_error_if_fail (record != NULL);

  if ((record->scopes & PEAL_SCOPE_VIDEO_LIST) == 0 || record->options->share_type != PEAL_SHARE_DIRECT
      || g_strcmp0 (record->options->privacy_level, "PUBLIC_TO_EVERYONE") != 0)
    return dex_future_new_true ();
  self = g_new0 (Guard, 1);
  self->accounts = g_object_ref (accounts);
  self->database = g_object_ref (database);
  self->record = peal_post_record_copy (record);
  self->now_s = now_us / G_USEC_PER_SEC;
  return dex_scheduler_spawn (NULL, 0, guard_fiber, self, (GDestroyNotify)guard_free);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-collector-private.h"

#include "peal-error.h"
#include "peal-tiktok-user.h"
#include "peal-tiktok-videos.h"

/* 100,000 videos: more than anybody has, so an end to a server that always has more. */
#define MAX_PAGES 5000

typedef struct
{
  gint64 before_ms;
  GCancellable *cancellable;
} PageCall;

static DexFuture *
fetch_user (PealTiktokClient *client, const PealAccess *access, gpointer data)
{
  return peal_tiktok_fetch_user (client, access, data);
}

static DexFuture *
list_videos (PealTiktokClient *client, const PealAccess *access, gpointer data)
{
  PageCall *call = data;

  return peal_tiktok_list_videos (client, access, call->before_ms, call->cancellable);
}

/* What an account did not grant is no failure. */
static gboolean
is_not_granted (GError **error)
{
  if (!g_error_matches (*error, PEAL_ERROR, PEAL_ERROR_SCOPE))
    return FALSE;
  g_clear_error (error);
  return TRUE;
}

static gboolean
await_user (PealReadingSink *sink, GError **error)
{
  g_autoptr (PealUser) user = NULL;

  user = dex_await_boxed (
      peal_accounts_call (sink->accounts, sink->account, fetch_user, sink->cancellable, NULL), error);
  if (user == NULL)
    return is_not_granted (error);
  if (!dex_await (peal_archive_add_user (sink->archive, sink->account, user), error))
    return FALSE;
  sink->has_user = TRUE;
  return TRUE;
}

/* How many of @page were not in @seen yet; they are now. */
static guint
count_new (GHashTable *seen, const PealVideoPage *page)
{
  guint n = 0;

  for (guint i = 0; i < page->videos->len; i++)
    {
      const PealVideo *video = g_ptr_array_index (page->videos, i);

      if (video->id != NULL && g_hash_table_add (seen, g_strdup (video->id)))
        n++;
    }
  return n;
}

/* The last page says so; a cursor that stands still or a page without news is a server that goes in circles.
 */
static gboolean
is_last (const PealVideoPage *page, gint64 before_ms, guint n_new)
{
  return !page->has_more || n_new == 0 || page->next_cursor_ms <= 0
         || (before_ms != 0 && page->next_cursor_ms >= before_ms);
}

static gboolean
await_videos (PealReadingSink *sink, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  PageCall call = { 0, sink->cancellable };

  for (guint n = 0; n < MAX_PAGES; n++)
    {
      g_autoptr (PealVideoPage) page = NULL;
      guint n_new;

      page = dex_await_boxed (peal_accounts_call (sink->accounts, sink->account, list_videos, &call, NULL),
                              error);
      if (page == NULL)
        return is_not_granted (error);
      n_new = count_new (seen, page);
      if (page->videos->len > 0
          && !dex_await (peal_archive_add_videos (sink->archive, sink->account, page->videos), error))
        return FALSE;
      sink->n_videos += n_new;
      if (is_last (page, call.before_ms, n_new))
        break;
      call.before_ms = page->next_cursor_ms;
    }
  return TRUE;
}

static gboolean
check_not_cancelled (PealReadingSink *sink, GError **error)
{
  if (!g_cancellable_is_cancelled (sink->cancellable))
    return TRUE;
  *error = peal_error_new (PEAL_ERROR_CANCELLED, "cancelled", "The reading was cancelled");
  return FALSE;
}

gboolean
peal_collector_read_account (PealReadingSink *sink, GError **error)
{
  return await_user (sink, error) && check_not_cancelled (sink, error) && await_videos (sink, error);
}

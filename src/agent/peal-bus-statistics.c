/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-bus-private.h"

#define MAX_PAGE 500

/* One reading of one account, or of all that are connected. */
typedef struct
{
  PealBusFace *face;
  GArray *accounts; /* of gint64 */
  GCancellable *cancellable;
} SyncJob;

static void
sync_job_free (SyncJob *self)
{
  g_clear_object (&self->face);
  g_clear_pointer (&self->accounts, g_array_unref);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/* The first account that fails ends the job; those before it are read. */
static DexFuture *
sync_fiber (gpointer data)
{
  SyncJob *self = data;
  g_auto (GVariantDict) result = G_VARIANT_DICT_INIT (NULL);
  guint videos = 0;

  for (guint i = 0; i < self->accounts->len; i++)
    {
      g_autoptr (GError) error = NULL;

      videos +=
          dex_await_uint (peal_collector_sync (self->face->services.collector,
                                               g_array_index (self->accounts, gint64, i), self->cancellable),
                          &error);
      if (error != NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));
    }
  g_variant_dict_insert (&result, "accounts", "u", self->accounts->len);
  g_variant_dict_insert (&result, "videos", "u", videos);
  return dex_future_new_take_variant (g_variant_ref_sink (g_variant_dict_end (&result)));
}

/* Row ids of the connected accounts. */
static gboolean
collect_connected (PealBusCall *call, GArray *accounts, GError **error)
{
  g_autoptr (GVariant) list = dex_await_variant (peal_accounts_list (call->face->services.accounts), error);

  if (list == NULL)
    return FALSE;
  for (gsize i = 0; i < g_variant_n_children (list); i++)
    {
      g_autoptr (GVariant) row = g_variant_get_child_value (list, i);
      const char *state = "", *open_id = "";
      gint64 account;

      g_variant_lookup (row, "state", "&s", &state);
      g_variant_lookup (row, "open_id", "&s", &open_id);
      if (!g_str_equal (state, "connected"))
        continue;
      if (!(account = peal_bus_call_resolve_account (call, open_id, error)))
        return FALSE;
      g_array_append_val (accounts, account);
    }
  return TRUE;
}

static DexFuture *
sync_accounts (PealBusCall *call)
{
  g_autoptr (GArray) accounts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (GError) error = NULL;
  SyncJob *job = NULL;
  const char *name;
  gint64 account;
  guint number;

  g_variant_get (call->parameters, "(&s)", &name);
  if (name[0] != '\0' && (account = peal_bus_call_resolve_account (call, name, &error)) != 0)
    g_array_append_val (accounts, account);
  else if (name[0] != '\0' || !collect_connected (call, accounts, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!(number = peal_bus_call_new_job (call, &cancellable, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  job = g_new0 (SyncJob, 1);
  job->face = g_object_ref (call->face);
  job->accounts = g_array_ref (accounts);
  job->cancellable = g_object_ref (cancellable);
  return peal_bus_call_begin_job (
      call, number, NULL, dex_scheduler_spawn (NULL, 0, sync_fiber, job, (GDestroyNotify)sync_job_free));
}

static DexFuture *
reply_from (DexFuture *future)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) answer = dex_await_variant (future, &error);

  if (answer == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return peal_bus_reply_with (answer);
}

static DexFuture *
get_samples (PealBusCall *call)
{
  g_autoptr (GError) error = NULL;
  const char *name;
  gint64 account, since;

  g_variant_get (call->parameters, "(&sx)", &name, &since);
  if (!(account = peal_bus_call_resolve_account (call, name, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return reply_from (peal_archive_get_samples (call->face->services.archive, account, since));
}

static DexFuture *
list_videos (PealBusCall *call)
{
  g_autoptr (GError) error = NULL;
  const char *name;
  gint64 account, before;
  guint limit;

  g_variant_get (call->parameters, "(&sxu)", &name, &before, &limit);
  if (limit < 1 || limit > MAX_PAGE)
    return dex_future_new_for_error (peal_error_new (PEAL_ERROR_INVALID, "option_type", "limit"));
  if (!(account = peal_bus_call_resolve_account (call, name, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return reply_from (peal_archive_list_videos (call->face->services.archive, account, before, limit));
}

static DexFuture *
get_video_samples (PealBusCall *call)
{
  g_autoptr (GError) error = NULL;
  const char *name, *video;
  gint64 account, since;

  g_variant_get (call->parameters, "(&s&sx)", &name, &video, &since);
  if (!(account = peal_bus_call_resolve_account (call, name, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return reply_from (peal_archive_get_video_samples (call->face->services.archive, account, video, since));
}

const PealBusMethod peal_bus_statistics_methods[] = {
  { "Sync", sync_accounts },
  { "GetSamples", get_samples },
  { "ListVideos", list_videos },
  { "GetVideoSamples", get_video_samples },
  { NULL, NULL },
};

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-bus-private.h"

#include <glib/gstdio.h>

#include "peal-descriptor.h"

/* One picture on its way to a caller. */
typedef struct
{
  PealBusFace *face;
  int fd;
  char *key, *url; /* as peal_picture_store_load () has them */
  GCancellable *cancellable;
} PictureJob;

static void
picture_job_free (PictureJob *self)
{
  g_clear_object (&self->face);
  g_clear_fd (&self->fd, NULL);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->url, g_free);
  g_clear_object (&self->cancellable);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PictureJob, picture_job_free)

static DexFuture *
picture_fiber (gpointer data)
{
  PictureJob *self = data;
  g_auto (GVariantDict) result = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GBytes) picture = NULL;
  g_autoptr (GError) error = NULL;

  if (!(picture = dex_await_boxed (peal_picture_store_load (self->face->services.picture_store, self->key,
                                                            self->url, self->cancellable),
                                   &error))
      || !dex_await (peal_descriptor_write (g_steal_fd (&self->fd), picture, self->cancellable), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  g_variant_dict_insert (&result, "bytes", "t", (guint64)g_bytes_get_size (picture));
  return dex_future_new_take_variant (g_variant_ref_sink (g_variant_dict_end (&result)));
}

/* Fills in what the picture is of and where TikTok says that it is: key and url. */
static gboolean
find_picture (PealBusCall *call, GVariant *what, PictureJob *job, GError **error)
{
  PealBusServices *services = &call->face->services;
  const char *kind = "", *name = "", *video = "", *open_id = "", *environment = "", *avatar = NULL;
  g_autoptr (GVariant) row = NULL;
  g_autofree char *cover = NULL;
  gboolean is_cover, has_video;
  gint64 account;

  g_variant_lookup (what, "kind", "&s", &kind);
  g_variant_lookup (what, "account", "&s", &name);
  has_video = g_variant_lookup (what, "video", "&s", &video);
  is_cover = g_str_equal (kind, "cover");
  if (!is_cover && (!g_str_equal (kind, "avatar") || has_video))
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "option_type", "kind or video");
  if (!(account = peal_bus_call_resolve_account (call, name, error))
      || !(row = dex_await_variant (peal_accounts_describe (services->accounts, account), error))
      || (is_cover
          && !(cover =
                   dex_await_string (peal_archive_query_cover (services->archive, account, video), error))))
    return FALSE;
  g_variant_lookup (row, "open_id", "&s", &open_id);
  g_variant_lookup (row, "environment", "&s", &environment);
  g_variant_lookup (row, "avatar_url", "&s", &avatar);
  job->key = g_strdup_printf ("%s\n%s\n%s\n%s", kind, environment, open_id, video);
  job->url = g_strdup (is_cover ? cover : avatar);
  /* An address that is not there is no address. */
  if (job->url != NULL && job->url[0] == '\0')
    g_clear_pointer (&job->url, g_free);
  return TRUE;
}

static DexFuture *
fetch_picture (PealBusCall *call)
{
  static const char *const members[] = { "kind", "account", "video", NULL };
  g_autoptr (GVariant) what = g_variant_get_child_value (call->parameters, 1);
  g_autoptr (PictureJob) job = g_new0 (PictureJob, 1);
  g_autoptr (GError) error = NULL;
  DexFuture *future = NULL;
  guint number;
  int handle;

  job->face = g_object_ref (call->face);
  g_variant_get_child (call->parameters, 0, "h", &handle);
  if ((job->fd = peal_bus_call_dup_fd (call, handle, &error)) < 0
      || !peal_bus_check_texts (what, members, &error) || !find_picture (call, what, job, &error)
      || !(number = peal_bus_call_new_job (call, &job->cancellable, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  future =
      dex_scheduler_spawn (NULL, 0, picture_fiber, g_steal_pointer (&job), (GDestroyNotify)picture_job_free);
  return peal_bus_call_begin_job (call, number, NULL, future);
}

const PealBusMethod peal_bus_picture_methods[] = {
  { "FetchPicture", fetch_picture },
  { NULL, NULL },
};

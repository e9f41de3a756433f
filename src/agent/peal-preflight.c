/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-preflight.h"

#include <glib/gstdio.h>

#include "peal-tiktok-publish.h"

/* An upload needs no token, but the status that is asked for afterwards does. */
#define TOKEN_NEEDED_S (30 * 60)
#define MAX_SKEW_S 120

typedef struct
{
  PealAccounts *accounts;
  PealMediaStore *media_store;
  PealPostRecord *record;
} Preflight;

static void
preflight_free (Preflight *self)
{
  g_clear_object (&self->accounts);
  g_clear_object (&self->media_store);
  g_clear_pointer (&self->record, peal_post_record_free);
  g_free (self);
}

static DexFuture *
query_creator (PealTiktokClient *client, const PealAccess *access, gpointer data)
{
  return peal_tiktok_query_creator (client, access, NULL);
}

static DexFuture *
refuse (const char *option)
{
  return dex_future_new_for_error (peal_error_new (PEAL_ERROR_INVALID, "option_unavailable", "%s", option));
}

/* TikTok: content-sharing-guidelines. (transfer full) (nullable): the refusal. */
static DexFuture *
compare (const PealPostRecord *record, const PealCreatorInfo *creator)
{
  const PealPostOptions *options = record->options;
  gint64 longest = creator->max_video_post_duration_s;

  if (options->privacy_level == NULL || creator->privacy_level_options == NULL
      || !g_strv_contains ((const char *const *)creator->privacy_level_options, options->privacy_level))
    return refuse ("privacy_level");
  if (options->allow_comment && creator->comment_disabled)
    return refuse ("allow_comment");
  if (options->allow_duet && creator->duet_disabled)
    return refuse ("allow_duet");
  if (options->allow_stitch && creator->stitch_disabled)
    return refuse ("allow_stitch");
  if (longest > 0 && record->facts->duration_us > longest * G_USEC_PER_SEC)
    return dex_future_new_for_error (peal_error_new (
        PEAL_ERROR_MEDIA, "duration_too_long", "this creator may post %" G_GINT64_FORMAT " s", longest));
  return NULL;
}

/* TikTok has just told its time with an answer. */
static gboolean
check_clock (PealAccounts *accounts, GError **error)
{
  gint64 skew = peal_tiktok_client_get_clock_skew_s (peal_accounts_get_client (accounts));

  return ABS (skew) <= MAX_SKEW_S
         || peal_error_refuse (error, PEAL_ERROR_INVALID, "clock_wrong",
                               "this computer's clock is %" G_GINT64_FORMAT " s off", -skew);
}

static DexFuture *
preflight_fiber (gpointer data)
{
  Preflight *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (PealAccess) access = NULL;
  g_autofd int fd = -1;

  if (!(access = dex_await_boxed (
            peal_accounts_get_access (self->accounts, self->record->account, TOKEN_NEEDED_S), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (self->record->options->share_type == PEAL_SHARE_DIRECT)
    {
      g_autoptr (PealCreatorInfo) creator = dex_await_boxed (
          peal_accounts_call (self->accounts, self->record->account, query_creator, NULL, NULL), &error);
      DexFuture *refusal = NULL;

      if (creator == NULL || !check_clock (self->accounts, &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
      if ((refusal = compare (self->record, creator)) != NULL)
        return refusal;
    }
  if ((fd = dex_await_fd (peal_media_store_open (self->media_store, self->record), &error)) < 0)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_true ();
}

DexFuture *
peal_preflight_run (PealAccounts *accounts, PealMediaStore *media_store, const PealPostRecord *record)
{
  Preflight *self = NULL;

  dex_return_error_if_fail (PEAL_IS_ACCOUNTS (accounts));
  dex_return_error_if_fail (PEAL_IS_MEDIA_STORE (media_store));
  dex_return_error_if_fail (record != NULL);

  self = g_new0 (Preflight, 1);
  self->accounts = g_object_ref (accounts);
  self->media_store = g_object_ref (media_store);
  self->record = peal_post_record_copy (record);
  return dex_scheduler_spawn (NULL, 0, preflight_fiber, self, (GDestroyNotify)preflight_free);
}

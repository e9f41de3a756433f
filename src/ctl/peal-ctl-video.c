/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include "peal-ctl-video.h"

#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "peal-ctl-input.h"
#include "peal-ctl-output.h"
#include "peal-error.h"
#include "peal-media-runner.h"
#include "peal-sentence.h"

void
peal_ctl_video_free (PealCtlVideo *self)
{
  g_clear_fd (&self->fd, NULL);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->facts, peal_media_facts_free);
  g_free (self);
}

PealCtlVideo *
peal_ctl_video_open (PealCtlRun *run, const char *path, GError **error)
{
  g_autoptr (PealCtlVideo) self = g_new0 (PealCtlVideo, 1);
  g_autofree char *helper = peal_media_runner_find_program ();
  g_autofree char *bwrap = peal_media_runner_find_bwrap ();
  g_autofree char *base = g_path_get_basename (path);
  g_autoptr (PealMediaRunner) runner = peal_media_runner_new (helper, bwrap, run->clock);

  if ((self->fd = peal_media_open (path, error)) < 0)
    return NULL;
  self->name = g_filename_display_name (base);
  if (!(self->facts = dex_await_boxed (peal_media_runner_probe (runner, self->fd, run->cancellable), error)))
    return NULL;
  return g_steal_pointer (&self);
}

gint64
peal_ctl_video_get_limit (PealCtlRun *run, const char *account, GError **error)
{
  g_autoptr (GVariant) info =
      peal_ctl_run_job (run, "GetCreatorInfo", g_variant_new ("(s)", account), -1, error);
  gint64 limit = 0;

  if (info == NULL)
    return -1;
  g_variant_lookup (info, "max_video_post_duration_s", "x", &limit);
  return MAX (limit, 0);
}

gboolean
peal_ctl_video_check (PealCtlVideo *self, gint64 max_duration_s, GError **error)
{
  PealRuleResult results[PEAL_N_RULES];
  const PealRuleResult *broken = NULL;

  peal_media_rules_check (self->facts, max_duration_s, results);
  for (int i = 0; i < PEAL_N_RULES; i++)
    {
      g_autofree char *sentence = NULL;

      if (results[i].verdict != PEAL_VERDICT_WARNING)
        continue;
      sentence = peal_sentence_for_reason (results[i].reason, NULL);
      peal_ctl_note ("%s: %s", self->name, sentence);
    }
  if (!(broken = peal_media_rules_find_broken (results)))
    return TRUE;
  g_propagate_error (error, peal_error_new (PEAL_ERROR_MEDIA, broken->reason,
                                            "The video breaks TikTok's rule on its %s",
                                            peal_rule_to_string (broken->rule)));
  return FALSE;
}

gboolean
peal_ctl_video_confirm_copy (PealCtlRun *run, PealCtlVideo *self, GError **error)
{
  g_autofree char *size = NULL;
  g_autofree char *question = NULL;

  if (run->options->yes || !peal_media_is_costly_to_copy (self->fd, self->facts->size))
    return TRUE;
  size = g_format_size ((guint64)self->facts->size);
  if (!isatty (STDIN_FILENO) || !isatty (STDERR_FILENO))
    {
      peal_ctl_note (_ ("Peal makes a copy of %s of this video and keeps it until the post has ended."),
                     size);
      return TRUE;
    }
  /* Translators: keep the y and n. */
  question = g_strdup_printf (
      _ ("Peal makes a copy of %s of this video and keeps it until the post has ended. Go on? "
         "[y/n]"),
      size);
  if (peal_ctl_ask (question))
    return TRUE;
  g_propagate_error (error, peal_error_new (PEAL_ERROR_CANCELLED, "copy_declined", "The copy was declined"));
  return FALSE;
}

gint64
peal_ctl_video_import (PealCtlRun *run, PealCtlVideo *self, GError **error)
{
  g_autoptr (GVariant) known = g_variant_ref_sink (peal_media_facts_to_variant (self->facts));
  g_auto (GVariantDict) facts = G_VARIANT_DICT_INIT (known);
  g_autoptr (GVariant) result = NULL;
  gint64 media = 0;

  g_variant_dict_insert (&facts, "name", "s", self->name);
  lseek (self->fd, 0, SEEK_SET);
  if (!(result =
            peal_ctl_run_job (run, "ImportMedia", g_variant_new ("(h@a{sv})", 0, g_variant_dict_end (&facts)),
                              self->fd, error)))
    return 0;
  if (!g_variant_lookup (result, "media", "x", &media))
    g_propagate_error (error,
                       peal_error_new (PEAL_ERROR_INVALID, "agent_failed", "ImportMedia returned no number"));
  return media;
}

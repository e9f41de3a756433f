/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include "peal-ctl-wait.h"

#include <glib/gi18n.h>
#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

#include "peal-client.h"
#include "peal-ctl-output.h"
#include "peal-ctl-post.h"
#include "peal-error.h"
#include "peal-sentence.h"

static const char *const ended_states[] = { "published", "in_inbox", "failed", "needs_review",
                                            "cancelled", "held",     NULL };

typedef struct
{
  PealCtlRun *run;
  DexPromise *news; /* resolves when something moved since it was made */
  GArray *ids;
  gboolean gone;
  gboolean on_terminal;
} Wait;

PealCtlStatus
peal_ctl_state_get_status (const char *state)
{
  g_return_val_if_fail (state != NULL, PEAL_CTL_FAILED);

  if (g_str_equal (state, "held") || g_str_equal (state, "needs_review"))
    return PEAL_CTL_NEEDS_USER;
  if (g_str_equal (state, "failed") || g_str_equal (state, "cancelled"))
    return PEAL_CTL_FAILED;
  return PEAL_CTL_DONE;
}

static void
wake (Wait *self)
{
  if (dex_future_is_pending (DEX_FUTURE (self->news)))
    dex_promise_resolve_boolean (self->news, TRUE);
}

static void
changed_cb (Wait *self, const char *kind, const char *const *ids)
{
  if (g_str_equal (kind, "post"))
    wake (self);
}

static void
gone_cb (Wait *self)
{
  self->gone = TRUE;
  wake (self);
}

static void
progress_cb (Wait *self)
{
  if (!self->on_terminal)
    return;
  for (guint i = 0; i < self->ids->len; i++)
    {
      gint64 id = g_array_index (self->ids, gint64, i);
      guint64 bytes, total;

      if (peal_client_get_progress (self->run->client, id, &bytes, &total) && total > 0)
        fprintf (stderr, "\r\033[K%" G_GINT64_FORMAT ": %3.0f %%", id, 100.0 * (double)bytes / (double)total);
    }
  fflush (stderr);
}

static gboolean
is_over (const char *state, PealCtlUntil until)
{
  if (until == PEAL_CTL_UNTIL_UNDER_WAY)
    return !g_str_equal (state, "scheduled");
  return g_strv_contains (ended_states, state);
}

static void
say_state (Wait *self, gint64 id, GVariant *post)
{
  const char *hold = peal_sentence_for_hold (peal_ctl_post_get_text (post, "hold_reason"));
  g_autoptr (GVariant) problem = g_variant_lookup_value (post, "error", G_VARIANT_TYPE_VARDICT);
  g_autofree char *sentence = NULL;
  const char *code = "", *message = "";

  if (problem != NULL && g_variant_lookup (problem, "code", "&s", &code) && code[0] != '\0')
    {
      g_variant_lookup (problem, "message", "&s", &message);
      sentence = peal_sentence_for_reason (code, message);
    }
  if (self->on_terminal)
    fputs ("\r\033[K", stderr);
  /* Translators: a post's number, its state, and why. */
  peal_ctl_note (_ ("%" PRId64 ": %s. %s"), id,
                 peal_sentence_for_state (peal_ctl_post_get_text (post, "state")),
                 hold != NULL       ? hold
                 : sentence != NULL ? sentence
                                    : "");
}

/* Looks at all posts once; TRUE when none is waited for any more. */
static gboolean
look (Wait *self, PealCtlUntil until, GHashTable *over, PealCtlStatus *status, GError **error)
{
  for (guint i = 0; i < self->ids->len; i++)
    {
      gint64 *id = &g_array_index (self->ids, gint64, i);
      g_autoptr (GVariant) post = NULL;
      const char *state = NULL;
      PealCtlStatus one;

      if (g_hash_table_contains (over, id))
        continue;
      if (!(post = peal_ctl_post_get (self->run, *id, error)))
        return FALSE;
      state = peal_ctl_post_get_text (post, "state");
      if (!is_over (state, until))
        continue;
      g_hash_table_add (over, id);
      say_state (self, *id, post);
      one = peal_ctl_state_get_status (state);
      if (*status == PEAL_CTL_DONE || one == PEAL_CTL_FAILED)
        *status = one;
    }
  return g_hash_table_size (over) == self->ids->len;
}

static gboolean
wait_for_news (Wait *self, GError **error)
{
  g_autoptr (DexFuture) news = dex_ref (DEX_FUTURE (self->news));

  dex_await (dex_future_first (g_steal_pointer (&news),
                               dex_cancellable_new_from_cancellable (self->run->cancellable), NULL),
             NULL);
  if (g_cancellable_is_cancelled (self->run->cancellable))
    {
      g_propagate_error (error,
                         peal_error_new (PEAL_ERROR_CANCELLED, "wait_ended", "The wait was interrupted"));
      return FALSE;
    }
  if (self->gone)
    {
      g_propagate_error (error,
                         peal_error_new (PEAL_ERROR_INVALID, "agent_unreachable", "The agent left the bus"));
      return FALSE;
    }
  return TRUE;
}

PealCtlStatus
peal_ctl_wait (PealCtlRun *run, GArray *ids, PealCtlUntil until, GError **error)
{
  g_autoptr (GHashTable) over = g_hash_table_new (g_int64_hash, g_int64_equal);
  PealCtlStatus status = PEAL_CTL_DONE;
  GError *local = NULL;
  Wait self = { .run = run, .ids = ids, .on_terminal = isatty (STDERR_FILENO) };
  gulong handlers[3];

  self.news = dex_promise_new ();
  handlers[0] = g_signal_connect_swapped (run->client, "changed", G_CALLBACK (changed_cb), &self);
  handlers[1] = g_signal_connect_swapped (run->client, "progress", G_CALLBACK (progress_cb), &self);
  handlers[2] = g_signal_connect_swapped (run->client, "gone", G_CALLBACK (gone_cb), &self);

  while (!look (&self, until, over, &status, &local) && local == NULL)
    {
      if (!wait_for_news (&self, &local))
        break;
      /* What happens from here on is news again. */
      dex_clear (&self.news);
      self.news = dex_promise_new ();
    }
  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_handler_disconnect (run->client, handlers[i]);
  dex_clear (&self.news);
  if (local != NULL)
    g_propagate_error (error, local);
  return status;
}

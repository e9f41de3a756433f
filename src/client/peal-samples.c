/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-samples.h"

#include "peal-error.h"

/* What one call gives at most, in order. */
#define PAGE 10000

struct _PealSamples
{
  GArray *samples; /* of PealSample */
};

G_DEFINE_BOXED_TYPE (PealSamples, peal_samples, peal_samples_ref, peal_samples_unref)

typedef struct
{
  PealClient *client;
  char *account, *video;
  gint64 since;
  GCancellable *cancellable;
} Loading;

static void
loading_free (Loading *self)
{
  g_clear_object (&self->client);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->video, g_free);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static PealSamples *
samples_new (void)
{
  PealSamples *self = g_atomic_rc_box_new0 (PealSamples);

  self->samples = g_array_new (FALSE, FALSE, sizeof (PealSample));
  return self;
}

static void
clear (PealSamples *self)
{
  g_clear_pointer (&self->samples, g_array_unref);
}

PealSamples *
peal_samples_ref (PealSamples *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
peal_samples_unref (PealSamples *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)clear);
}

const PealSample *
peal_samples_get (const PealSamples *self, gsize *n)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (n != NULL)
    *n = self->samples->len;
  return self->samples->len > 0 ? (const PealSample *)(gpointer)self->samples->data : NULL;
}

/* Those in order: what is not later than the one before is left out. */
static gsize
append (PealSamples *self, GVariant *list)
{
  gsize n = 0;
  /* As they travel: five numbers each. */
  const gint64 *numbers = g_variant_get_fixed_array (list, &n, 5 * sizeof (gint64));

  for (gsize i = 0; i < n; i++, numbers += 5)
    {
      PealSample sample = { .at = numbers[0] };
      gsize length = self->samples->len;

      for (int counter = 0; counter < 4; counter++)
        sample.count[counter] = MAX (numbers[1 + counter], -1);
      if (length == 0 || g_array_index (self->samples, PealSample, length - 1).at < sample.at)
        g_array_append_val (self->samples, sample);
    }
  return n;
}

static DexFuture *
ask (Loading *self, gint64 since)
{
  if (self->video == NULL)
    return peal_client_call (self->client, "GetSamples", g_variant_new ("(sx)", self->account, since),
                             self->cancellable);
  return peal_client_call (self->client, "GetVideoSamples",
                           g_variant_new ("(ssx)", self->account, self->video, since), self->cancellable);
}

static DexFuture *
load_fiber (gpointer user_data)
{
  Loading *self = user_data;
  g_autoptr (PealSamples) samples = samples_new ();
  gint64 since = self->since;
  gsize n = PAGE;

  while (n >= PAGE)
    {
      g_autoptr (GVariant) reply = NULL;
      g_autoptr (GVariant) list = NULL;
      GError *error = NULL;
      guint before = samples->samples->len;

      if (!(reply = dex_await_variant (ask (self, since), &error)))
        return dex_future_new_for_error (error);
      if (!g_variant_is_of_type (reply, G_VARIANT_TYPE ("(a(xxxxx))")))
        return dex_future_new_for_error (
            peal_error_new (PEAL_ERROR_INVALID, "agent_failed", "The agent's samples are none"));
      list = g_variant_get_child_value (reply, 0);
      n = append (samples, list);
      /* A page that leads nowhere is taken for the last one. */
      if (samples->samples->len == before)
        break;
      since = g_array_index (samples->samples, PealSample, samples->samples->len - 1).at;
      if (since == G_MAXINT64)
        break;
      since++;
    }
  return dex_future_new_take_boxed (PEAL_TYPE_SAMPLES, g_steal_pointer (&samples));
}

DexFuture *
peal_samples_load (PealAgentLink *link,
                   const char *account,
                   const char *video,
                   gint64 since,
                   GCancellable *cancellable)
{
  Loading *work = NULL;

  dex_return_error_if_fail (PEAL_IS_AGENT_LINK (link));
  dex_return_error_if_fail (account != NULL);

  if (peal_agent_link_get_state (link) != PEAL_LINK_READY)
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "agent_unreachable", "The agent is not there"));
  work = g_new0 (Loading, 1);
  work->client = g_object_ref (peal_agent_link_get_client (link));
  work->account = g_strdup (account);
  work->video = g_strdup (video);
  work->since = since;
  work->cancellable = cancellable != NULL ? g_object_ref (cancellable) : g_cancellable_new ();
  return dex_scheduler_spawn (NULL, 0, load_fiber, work, (GDestroyNotify)loading_free);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-sample-source.h"

struct _PealSampleSource
{
  GObject parent_instance;

  PealAgentLink *link;
  char *account;
  char *video; /* (nullable) */

  gboolean needed;
  gint64 since;              /* of what is needed */
  PealSamples *samples;      /* (nullable) */
  GError *error;             /* (nullable) */
  GCancellable *cancellable; /* (nullable): of the reading under way */
};

G_DEFINE_FINAL_TYPE (PealSampleSource, peal_sample_source, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* One reading; another one may have taken its place when it is done. */
typedef struct
{
  GWeakRef source;
  GCancellable *cancellable;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_weak_ref_clear (&self->source);
  g_clear_object (&self->cancellable);
  g_free (self);
}

static DexFuture *
loaded_cb (DexFuture *future, gpointer data)
{
  Reading *reading = data;
  g_autoptr (PealSampleSource) self = g_weak_ref_get (&reading->source);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (self == NULL || self->cancellable != reading->cancellable)
    return dex_future_new_true ();
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  if (value != NULL)
    {
      g_clear_pointer (&self->samples, peal_samples_unref);
      self->samples = g_value_dup_boxed (value);
    }
  else
    self->error = g_steal_pointer (&error);
  g_signal_emit (self, signals[CHANGED], 0);
  return dex_future_new_true ();
}

static void
stop (PealSampleSource *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
agent_changed_cb (PealSampleSource *self, const char *kind, const char *const *ids)
{
  if (self->needed && g_str_equal (kind, self->video != NULL ? "video" : "account")
      && (ids[0] == NULL || g_strv_contains (ids, self->account)))
    peal_sample_source_reload (self);
}

static void
agent_ready_cb (PealSampleSource *self)
{
  if (self->needed)
    peal_sample_source_reload (self);
}

static void
peal_sample_source_dispose (GObject *object)
{
  PealSampleSource *self = PEAL_SAMPLE_SOURCE (object);

  stop (self);
  g_clear_object (&self->link);
  G_OBJECT_CLASS (peal_sample_source_parent_class)->dispose (object);
}

static void
peal_sample_source_finalize (GObject *object)
{
  PealSampleSource *self = PEAL_SAMPLE_SOURCE (object);

  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->video, g_free);
  g_clear_pointer (&self->samples, peal_samples_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (peal_sample_source_parent_class)->finalize (object);
}

static void
peal_sample_source_class_init (PealSampleSourceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = peal_sample_source_dispose;
  object_class->finalize = peal_sample_source_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
}

static void
peal_sample_source_init (PealSampleSource *self)
{
}

PealSampleSource *
peal_sample_source_new (PealAgentLink *link, const char *account, const char *video)
{
  PealSampleSource *self = NULL;

  g_return_val_if_fail (PEAL_IS_AGENT_LINK (link), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  self = g_object_new (PEAL_TYPE_SAMPLE_SOURCE, NULL);
  self->link = g_object_ref (link);
  self->account = g_strdup (account);
  self->video = g_strdup (video);
  g_signal_connect_object (link, "ready", G_CALLBACK (agent_ready_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "changed", G_CALLBACK (agent_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
peal_sample_source_need (PealSampleSource *self, gint64 since)
{
  g_return_if_fail (PEAL_IS_SAMPLE_SOURCE (self));

  if (self->needed && self->since <= since && self->error == NULL)
    return;
  self->since = self->needed ? MIN (self->since, since) : since;
  self->needed = TRUE;
  peal_sample_source_reload (self);
}

void
peal_sample_source_reload (PealSampleSource *self)
{
  Reading *reading = NULL;

  g_return_if_fail (PEAL_IS_SAMPLE_SOURCE (self));

  stop (self);
  self->cancellable = g_cancellable_new ();
  reading = g_new0 (Reading, 1);
  g_weak_ref_init (&reading->source, self);
  reading->cancellable = g_object_ref (self->cancellable);
  dex_future_disown (dex_future_finally (
      peal_samples_load (self->link, self->account, self->video, self->since, self->cancellable), loaded_cb,
      reading, reading_free));
  if (self->samples == NULL)
    g_signal_emit (self, signals[CHANGED], 0);
}

const PealSample *
peal_sample_source_get (PealSampleSource *self, gsize *n)
{
  g_return_val_if_fail (PEAL_IS_SAMPLE_SOURCE (self), NULL);
  g_return_val_if_fail (n != NULL, NULL);

  *n = 0;
  return self->samples != NULL ? peal_samples_get (self->samples, n) : NULL;
}

gboolean
peal_sample_source_has_samples (PealSampleSource *self)
{
  gsize n;

  g_return_val_if_fail (PEAL_IS_SAMPLE_SOURCE (self), FALSE);

  peal_sample_source_get (self, &n);
  return n > 0;
}

gboolean
peal_sample_source_is_loading (PealSampleSource *self)
{
  g_return_val_if_fail (PEAL_IS_SAMPLE_SOURCE (self), FALSE);

  return self->cancellable != NULL;
}

const GError *
peal_sample_source_get_error (PealSampleSource *self)
{
  g_return_val_if_fail (PEAL_IS_SAMPLE_SOURCE (self), NULL);

  return self->error;
}

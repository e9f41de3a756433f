/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-agent-link.h"

G_BEGIN_DECLS

/* Readings of an account's or a video's counters, oldest first. */

#define PEAL_TYPE_SAMPLES (peal_samples_get_type ())

typedef enum
{
  PEAL_COUNTER_FOLLOWERS,
  PEAL_COUNTER_FOLLOWING,
  PEAL_COUNTER_LIKES,
  PEAL_COUNTER_VIDEOS,
  PEAL_COUNTER_VIEWS = 0, /* of a video's samples */
  PEAL_COUNTER_VIDEO_LIKES,
  PEAL_COUNTER_COMMENTS,
  PEAL_COUNTER_SHARES,
} PealCounter;

typedef struct
{
  gint64 at;       /* µs UTC */
  gint64 count[4]; /* by PealCounter; -1 unknown */
} PealSample;

typedef struct _PealSamples PealSamples;

GType peal_samples_get_type (void) G_GNUC_CONST;
PealSamples *peal_samples_ref (PealSamples *self);
void peal_samples_unref (PealSamples *self);
/* (transfer none): NULL where @n is 0. */
const PealSample *peal_samples_get (const PealSamples *self, gsize *n);

/* (transfer full): resolves to the PealSamples (boxed) of @account since @since (µs UTC), all of them, page
 * by page.
 * @video: (nullable): the samples of this video instead. */
DexFuture *peal_samples_load (PealAgentLink *link,
                              const char *account,
                              const char *video,
                              gint64 since,
                              GCancellable *cancellable);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealSamples, peal_samples_unref)

G_END_DECLS

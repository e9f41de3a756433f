/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-samples.h"

G_BEGIN_DECLS

/* The readings of one account or video for as long as somebody looks at them: read when they are needed, and
 * again when the agent says that there are new ones or comes back. What was read stays until the newer is
 * there.
 *
 * Signals:
 *   changed (): samples or error are others, or the first reading began. */

#define PEAL_TYPE_SAMPLE_SOURCE (peal_sample_source_get_type ())
G_DECLARE_FINAL_TYPE (PealSampleSource, peal_sample_source, PEAL, SAMPLE_SOURCE, GObject)

/* (transfer full): @video: (nullable): of this video of @account instead of the account. Reads nothing yet.
 */
PealSampleSource *peal_sample_source_new (PealAgentLink *link, const char *account, const char *video);
/* Reads what is there since @since (µs UTC), unless it was read already or is on its way. */
void peal_sample_source_need (PealSampleSource *self, gint64 since);
/* Reads it again. */
void peal_sample_source_reload (PealSampleSource *self);

/* (transfer none) (nullable): as read last, and since what was needed then; NULL where @n is 0. */
const PealSample *peal_sample_source_get (PealSampleSource *self, gsize *n);
/* Whether there is any reading. */
gboolean peal_sample_source_has_samples (PealSampleSource *self);
gboolean peal_sample_source_is_loading (PealSampleSource *self);
/* (transfer none) (nullable): why the last reading failed. */
const GError *peal_sample_source_get_error (PealSampleSource *self);

G_END_DECLS

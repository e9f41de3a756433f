/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gst/gst.h>

G_BEGIN_DECLS

/* The end of a pipeline that is there for one frame: decodes, and of all frames that come by keeps the one
 * that is shown at a certain time. Where the way there takes more than four seconds of the processor, or
 * nothing comes by for eight seconds, the nearest frame so far will do; so the answer depends on the film,
 * and not on how busy the computer is. */

typedef struct _PealCatcher PealCatcher;

/* (transfer full) (nullable): for the frame shown at @at, in nanoseconds of the film. NULL where GStreamer
 * lacks a part that it is always made with. */
PealCatcher *peal_catcher_new (GstClockTime at);
/* Stops the pipeline; not where it is late, which could hang: then all of it stays, and ends with the
 * process. */
void peal_catcher_free (PealCatcher *self);

/* (transfer none): where the source belongs. Nothing runs yet. */
GstElement *peal_catcher_get_pipeline (PealCatcher *self);
/* Links @pad, which gives @format (peal-decoder.h). FALSE where nothing decodes that. From any thread. */
gboolean peal_catcher_connect (PealCatcher *self, GstPad *pad, const char *format);
/* Ends the wait with @error (transfer full), unless a frame has come. From any thread. */
void peal_catcher_fail (PealCatcher *self, GError *error);

/* Starts the pipeline and waits for the first frame, or what comes instead of one. */
void peal_catcher_start (PealCatcher *self);
/* Lets the pipeline go on until the frame has come by, or the film ends. TRUE where that leaves something to
 * be tried: all frames came after it, or none did, and there is time left. A seek before this begins anew. */
gboolean peal_catcher_go_on (PealCatcher *self);
/* Has the frame come by already? */
gboolean peal_catcher_is_done (PealCatcher *self);
/* Did nothing come in time? Its threads may be stuck then, and go on. */
gboolean peal_catcher_is_late (PealCatcher *self);
/* (transfer full): the nearest frame, with its caps; the last one before the time, or else the first behind
 * it. NULL with the error that it was failed with, or with PEAL_ERROR_MEDIA: "probe_timeout", or @reason
 * where the pipeline gave none. */
GstSample *peal_catcher_take (PealCatcher *self, const char *reason, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealCatcher, peal_catcher_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include "peal-catcher.h"

#include <time.h>

#include "peal-decoder.h"
#include "peal-error.h"

/* Of the processor, by all threads together; well within what ends the process (peal-confine.h). */
#define MAX_WORK_US (4 * G_USEC_PER_SEC)
/* From one frame to the next */
#define MAX_PAUSE_US (8 * G_USEC_PER_SEC)
/* Until the first one; whoever waits for the process has given it up by then. */
#define MAX_WAIT_US (60 * G_USEC_PER_SEC)

struct _PealCatcher
{
  GstElement *pipeline;
  GstElement *sink; /* the pipeline's */
  GstClockTime at;

  /* Below: shared with the streaming threads. */
  GMutex lock;
  GCond changed;
  gint64 deadline;  /* g_get_monotonic_time () */
  gboolean is_late; /* nothing came in time */
  GstSample *nearest;
  GstClockTime nearest_time;
  gboolean has_found; /* since the last seek: a frame at or before the time */
  gboolean has_ended; /* since the last seek: no other frame is wanted, or comes */
  gboolean is_broken; /* nothing comes any more, whatever is sought */
  GError *error;
  char *complaint; /* GStreamer's */
};

static gboolean
has_worked_enough (void)
{
  struct timespec worked;

  return clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &worked) == 0
         && worked.tv_sec * G_USEC_PER_SEC + worked.tv_nsec / 1000 >= MAX_WORK_US;
}

/* When @buffer is shown. A film that does not say so is shown at once. */
static GstClockTime
find_time (GstPad *pad, GstBuffer *buffer)
{
  g_autoptr (GstEvent) event = gst_pad_get_sticky_event (pad, GST_EVENT_SEGMENT, 0);
  const GstSegment *segment = NULL;
  GstClockTime time = GST_BUFFER_PTS (buffer);

  if (event != NULL)
    gst_event_parse_segment (event, &segment);
  if (segment != NULL && segment->format == GST_FORMAT_TIME && GST_CLOCK_TIME_IS_VALID (time))
    time = gst_segment_to_stream_time (segment, GST_FORMAT_TIME, time);
  return GST_CLOCK_TIME_IS_VALID (time) ? time : 0;
}

static gboolean
is_nearer (PealCatcher *self, GstClockTime time)
{
  if (self->nearest == NULL)
    return TRUE;
  if (time <= self->at)
    return self->nearest_time > self->at || time >= self->nearest_time;
  return time < self->nearest_time;
}

/* With the lock held. */
static void
take_frame (PealCatcher *self, GstPad *pad, GstBuffer *buffer)
{
  GstClockTime time = find_time (pad, buffer);
  GstClockTime length = GST_BUFFER_DURATION (buffer);

  if (self->has_ended)
    return;
  self->deadline = g_get_monotonic_time () + MAX_PAUSE_US;
  if (is_nearer (self, time))
    {
      g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);

      g_clear_pointer (&self->nearest, gst_sample_unref);
      self->nearest = gst_sample_new (buffer, caps, NULL, NULL);
      self->nearest_time = time;
    }
  self->has_found = self->has_found || time <= self->at;
  self->is_broken = self->is_broken || has_worked_enough ();
  self->has_ended =
      self->is_broken || time > self->at || (GST_CLOCK_TIME_IS_VALID (length) && self->at - time < length);
}

static GstPadProbeReturn
frame_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  PealCatcher *self = user_data;
  gboolean has_ended;

  g_mutex_lock (&self->lock);
  take_frame (self, pad, GST_PAD_PROBE_INFO_BUFFER (info));
  has_ended = self->has_ended;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  if (!has_ended)
    return GST_PAD_PROBE_OK;
  /* Those before it in the pipeline need not go on. */
  gst_buffer_unref (GST_PAD_PROBE_INFO_BUFFER (info));
  GST_PAD_PROBE_INFO_FLOW_RETURN (info) = GST_FLOW_EOS;
  return GST_PAD_PROBE_HANDLED;
}

static GstPadProbeReturn
event_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  PealCatcher *self = user_data;
  GstEventType type = GST_EVENT_TYPE (GST_PAD_PROBE_INFO_EVENT (info));

  g_mutex_lock (&self->lock);
  if (type == GST_EVENT_EOS)
    self->has_ended = TRUE;
  else if (type == GST_EVENT_FLUSH_STOP)
    self->has_found = self->has_ended = FALSE;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
  /* A sink that waits for its first frame would be content with the word that there is none for a while, and
   * halt the film there. */
  return type == GST_EVENT_GAP ? GST_PAD_PROBE_DROP : GST_PAD_PROBE_OK;
}

/* Called by whichever thread has something to say. */
static GstBusSyncReply
message_cb (GstBus *bus, GstMessage *message, gpointer user_data)
{
  PealCatcher *self = user_data;
  g_autoptr (GError) error = NULL;

  if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      gst_message_parse_error (message, &error, NULL);
      g_mutex_lock (&self->lock);
      self->is_broken = TRUE;
      if (self->complaint == NULL)
        self->complaint = g_strdup (error->message);
      g_cond_signal (&self->changed);
      g_mutex_unlock (&self->lock);
    }
  gst_message_unref (message);
  return GST_BUS_DROP;
}

/* With the lock held: until something changed. FALSE where nothing did, in time. */
static gboolean
wait (PealCatcher *self)
{
  if (!g_cond_wait_until (&self->changed, &self->lock, self->deadline))
    self->is_late = g_get_monotonic_time () >= self->deadline;
  return !self->is_late;
}

PealCatcher *
peal_catcher_new (GstClockTime at)
{
  g_autoptr (PealCatcher) self = g_new0 (PealCatcher, 1);
  g_autoptr (GstBus) bus = NULL;
  g_autoptr (GstPad) pad = NULL;

  g_mutex_init (&self->lock);
  g_cond_init (&self->changed);
  self->at = at;
  self->deadline = g_get_monotonic_time () + MAX_WAIT_US;
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  self->sink = gst_element_factory_make ("fakesink", NULL);
  if (self->sink == NULL)
    return NULL;
  g_object_set (self->sink, "sync", FALSE, "enable-last-sample", FALSE, NULL);
  gst_bin_add (GST_BIN (self->pipeline), self->sink);
  pad = gst_element_get_static_pad (self->sink, "sink");
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_BUFFER, frame_cb, self, NULL);
  gst_pad_add_probe (pad, GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM | GST_PAD_PROBE_TYPE_EVENT_FLUSH, event_cb,
                     self, NULL);
  bus = gst_element_get_bus (self->pipeline);
  gst_bus_set_sync_handler (bus, message_cb, self, NULL);
  return g_steal_pointer (&self);
}

void
peal_catcher_free (PealCatcher *self)
{
  g_return_if_fail (self != NULL);

  if (peal_catcher_is_late (self))
    return;
  gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_object (&self->pipeline);
  g_clear_pointer (&self->nearest, gst_sample_unref);
  g_clear_error (&self->error);
  g_clear_pointer (&self->complaint, g_free);
  g_cond_clear (&self->changed);
  g_mutex_clear (&self->lock);
  g_free (self);
}

GstElement *
peal_catcher_get_pipeline (PealCatcher *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->pipeline;
}

gboolean
peal_catcher_connect (PealCatcher *self, GstPad *pad, const char *format)
{
  GstElement *decoder = NULL;
  g_autoptr (GstPad) entry = NULL;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (GST_IS_PAD (pad), FALSE);
  g_return_val_if_fail (format != NULL, FALSE);

  decoder = peal_decoder_new (format);
  if (decoder == NULL)
    return FALSE;
  gst_bin_add (GST_BIN (self->pipeline), decoder);
  entry = gst_element_get_static_pad (decoder, "sink");
  return gst_element_link (decoder, self->sink) && gst_pad_link (pad, entry) == GST_PAD_LINK_OK
         && gst_element_sync_state_with_parent (decoder);
}

void
peal_catcher_fail (PealCatcher *self, GError *error)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (error != NULL);

  g_mutex_lock (&self->lock);
  self->is_broken = TRUE;
  g_clear_error (&self->error);
  self->error = error;
  g_cond_signal (&self->changed);
  g_mutex_unlock (&self->lock);
}

void
peal_catcher_start (PealCatcher *self)
{
  g_return_if_fail (self != NULL);

  gst_element_set_state (self->pipeline, GST_STATE_PAUSED);
  g_mutex_lock (&self->lock);
  while (self->nearest == NULL && !self->has_ended && !self->is_broken && wait (self))
    ;
  g_mutex_unlock (&self->lock);
}

gboolean
peal_catcher_go_on (PealCatcher *self)
{
  gboolean is_worth_it;

  g_return_val_if_fail (self != NULL, FALSE);

  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  g_mutex_lock (&self->lock);
  while (!self->has_ended && !self->is_broken && wait (self))
    ;
  is_worth_it = !self->has_found && !self->is_broken && self->has_ended;
  g_mutex_unlock (&self->lock);
  return is_worth_it;
}

gboolean
peal_catcher_is_done (PealCatcher *self)
{
  gboolean is_done;

  g_return_val_if_fail (self != NULL, TRUE);

  g_mutex_lock (&self->lock);
  is_done = self->has_ended || self->is_broken || self->is_late;
  g_mutex_unlock (&self->lock);
  return is_done;
}

gboolean
peal_catcher_is_late (PealCatcher *self)
{
  gboolean is_late;

  g_return_val_if_fail (self != NULL, FALSE);

  g_mutex_lock (&self->lock);
  is_late = self->is_late;
  g_mutex_unlock (&self->lock);
  return is_late;
}

GstSample *
peal_catcher_take (PealCatcher *self, const char *reason, GError **error)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (reason != NULL, NULL);

  locker = g_mutex_locker_new (&self->lock);
  if (self->nearest != NULL)
    return g_steal_pointer (&self->nearest);
  if (self->error != NULL)
    g_propagate_error (error, g_steal_pointer (&self->error));
  else if (self->complaint != NULL)
    peal_error_refuse (error, PEAL_ERROR_MEDIA, reason, "%s", self->complaint);
  else if (self->is_late)
    peal_error_refuse (error, PEAL_ERROR_MEDIA, "probe_timeout", "No frame could be decoded in time");
  else
    peal_error_refuse (error, PEAL_ERROR_MEDIA, reason, "There is no frame that can be shown");
  return NULL;
}

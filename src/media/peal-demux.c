/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include "peal-demux.h"

#include <gst/gst.h>
#include <gst/video/video.h>

#include "peal-codec-word.h"
#include "peal-container.h"
#include "peal-error.h"

#define TIMEOUT (8 * GST_SECOND)

/* What the streaming thread saw. It writes, and tells the bus once all is there; only then it is read. */
typedef struct
{
  GstElement *pipeline;
  GstElement *source; /* the pipeline's */
  GstPad *video;
  GstPad *audio;
  GstTagList *tags;
  gboolean has_all_pads;
  gboolean has_frame;
  gboolean is_told;
} Film;

static void
film_clear (Film *self)
{
  /* The source first, whose thread would else push into a demuxer that is being taken down. */
  if (self->source != NULL)
    gst_element_set_state (self->source, GST_STATE_NULL);
  if (self->pipeline != NULL)
    gst_element_set_state (self->pipeline, GST_STATE_NULL);
  gst_clear_tag_list (&self->tags);
  gst_clear_object (&self->video);
  gst_clear_object (&self->audio);
  gst_clear_object (&self->pipeline);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Film, film_clear)

/* Tags come before the first frame, so this is the last thing to wait for. */
static void
tell_when_done (Film *self)
{
  if (self->is_told || !self->has_all_pads || (self->video != NULL && !self->has_frame))
    return;
  self->is_told = TRUE;
  gst_element_post_message (
      self->pipeline,
      gst_message_new_application (GST_OBJECT (self->pipeline), gst_structure_new_empty ("peal-done")));
}

static void
take_tags (Film *self, GstEvent *event)
{
  g_autoptr (GstTagList) all = NULL;
  GstTagList *tags = NULL;

  gst_event_parse_tag (event, &tags);
  all = gst_tag_list_merge (self->tags, tags, GST_TAG_MERGE_KEEP);
  gst_clear_tag_list (&self->tags);
  self->tags = g_steal_pointer (&all);
}

/* Nothing is linked behind the demuxer: all that it gives ends here. */
static GstPadProbeReturn
probe_cb (GstPad *pad, GstPadProbeInfo *info, gpointer user_data)
{
  Film *self = user_data;

  /* From here on the main thread reads what was collected. */
  if (self->is_told)
    return GST_PAD_PROBE_DROP;
  if ((info->type & GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM) != 0)
    {
      GstEvent *event = GST_PAD_PROBE_INFO_EVENT (info);

      if (GST_EVENT_TYPE (event) == GST_EVENT_TAG && pad == self->video)
        take_tags (self, event);
      /* A damaged film may end before its first frame. */
      if (GST_EVENT_TYPE (event) == GST_EVENT_EOS && pad == self->video)
        self->has_frame = TRUE;
    }
  else if (pad == self->video)
    self->has_frame = TRUE;
  tell_when_done (self);
  return GST_PAD_PROBE_DROP;
}

static void
pad_added_cb (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  Film *self = user_data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  gboolean is_known = caps != NULL && gst_caps_get_size (caps) > 0;

  if (self->video == NULL && is_known && peal_codec_is_video (caps))
    self->video = gst_object_ref (pad);
  else if (self->audio == NULL && is_known
           && g_str_has_prefix (gst_structure_get_name (gst_caps_get_structure (caps, 0)), "audio/"))
    self->audio = gst_object_ref (pad);
  gst_pad_add_probe (
      pad, GST_PAD_PROBE_TYPE_BUFFER | GST_PAD_PROBE_TYPE_BUFFER_LIST | GST_PAD_PROBE_TYPE_EVENT_DOWNSTREAM,
      probe_cb, self, NULL);
}

static void
no_more_pads_cb (GstElement *demuxer, gpointer user_data)
{
  Film *self = user_data;

  self->has_all_pads = TRUE;
  tell_when_done (self);
}

static gboolean
fail (GError **error, const char *reason, const char *message)
{
  g_propagate_error (error, peal_error_new (PEAL_ERROR_MEDIA, reason, "%s", message));
  return FALSE;
}

static gboolean
build (Film *self, int fd, const char *element, GError **error)
{
  GstElement *demuxer = gst_element_factory_make (element, NULL);

  self->source = gst_element_factory_make ("fdsrc", NULL);
  self->pipeline = gst_object_ref_sink (gst_pipeline_new (NULL));
  if (self->source == NULL || demuxer == NULL)
    {
      gst_clear_object (&self->source);
      gst_clear_object (&demuxer);
      return fail (error, "probe_failed", "GStreamer lacks a part that it is always made with");
    }
  g_object_set (self->source, "fd", fd, NULL);
  gst_bin_add_many (GST_BIN (self->pipeline), self->source, demuxer, NULL);
  /* The pipeline ends with the film, and the demuxer with it. */
  g_signal_connect (demuxer, "pad-added", G_CALLBACK (pad_added_cb), self);
  g_signal_connect (demuxer, "no-more-pads", G_CALLBACK (no_more_pads_cb), self);
  if (!gst_element_link (self->source, demuxer))
    return fail (error, "probe_failed", "GStreamer's parts do not fit together");
  return TRUE;
}

static gboolean
run (Film *self, GError **error)
{
  g_autoptr (GstBus) bus = gst_element_get_bus (self->pipeline);
  g_autoptr (GstMessage) message = NULL;
  g_autoptr (GError) local = NULL;

  gst_element_set_state (self->pipeline, GST_STATE_PLAYING);
  message = gst_bus_timed_pop_filtered (bus, TIMEOUT, GST_MESSAGE_APPLICATION | GST_MESSAGE_ERROR);
  if (message == NULL)
    return fail (error, "probe_timeout", "The video could not be read in time");
  if (GST_MESSAGE_TYPE (message) != GST_MESSAGE_ERROR)
    return TRUE;
  gst_message_parse_error (message, &local, NULL);
  return fail (error, "video_damaged", local->message);
}

static int
read_rotation (GstTagList *tags)
{
  g_autofree char *text = NULL;
  GstVideoOrientationMethod method = GST_VIDEO_ORIENTATION_IDENTITY;

  if (tags == NULL || !gst_video_orientation_from_tag (tags, &method))
    return 0;
  switch (method)
    {
    case GST_VIDEO_ORIENTATION_90R:
    case GST_VIDEO_ORIENTATION_UL_LR:
      return 90;
    case GST_VIDEO_ORIENTATION_180:
      return 180;
    case GST_VIDEO_ORIENTATION_90L:
    case GST_VIDEO_ORIENTATION_UR_LL:
      return 270;
    case GST_VIDEO_ORIENTATION_IDENTITY:
    case GST_VIDEO_ORIENTATION_HORIZ:
    case GST_VIDEO_ORIENTATION_VERT:
    case GST_VIDEO_ORIENTATION_AUTO:
    case GST_VIDEO_ORIENTATION_CUSTOM:
    default:
      return 0;
    }
}

static void
read_video (Film *self, PealMediaFacts *facts, GstCaps *caps)
{
  const GstStructure *format = gst_caps_get_structure (caps, 0);
  int width = 0;
  int height = 0;
  int num = 0;
  int den = 1;

  gst_structure_get_int (format, "width", &width);
  gst_structure_get_int (format, "height", &height);
  gst_structure_get_fraction (format, "framerate", &num, &den);
  facts->video_codec = peal_codec_word_from_caps (caps);
  facts->rotation = read_rotation (self->tags);
  facts->width = facts->rotation % 180 == 0 ? width : height;
  facts->height = facts->rotation % 180 == 0 ? height : width;
  facts->fps_num = num > 0 && den > 0 ? num : 0;
  facts->fps_den = num > 0 && den > 0 ? den : 1;
}

static gboolean
collect (Film *self, PealMediaFacts *facts, GError **error)
{
  g_autoptr (GstCaps) video = NULL;
  g_autoptr (GstCaps) audio = NULL;
  gint64 duration = -1;

  if (self->video == NULL)
    return fail (error, "no_video_stream", "There is sound in this file, but no picture");
  video = gst_pad_get_current_caps (self->video);
  audio = self->audio != NULL ? gst_pad_get_current_caps (self->audio) : NULL;
  if (video == NULL)
    return fail (error, "video_damaged", "The video does not say what it is");
  read_video (self, facts, video);
  if (audio != NULL)
    facts->audio_codec = peal_codec_word_from_caps (audio);
  if (gst_pad_query_duration (self->video, GST_FORMAT_TIME, &duration) && duration >= 0)
    facts->duration_us = duration / GST_USECOND;
  return TRUE;
}

gboolean
peal_demux_read (int fd, PealMediaFacts *facts, GError **error)
{
  g_auto (Film) film = { 0 };

  g_return_val_if_fail (fd >= 0, FALSE);
  g_return_val_if_fail (facts != NULL && facts->container != NULL, FALSE);
  g_return_val_if_fail (peal_container_get_demuxer (facts->container) != NULL, FALSE);

  return build (&film, fd, peal_container_get_demuxer (facts->container), error) && run (&film, error)
         && collect (&film, facts, error);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include "peal-frame.h"

#include <gst/gst.h>
#include <gst/video/video.h>

#include "peal-catcher.h"
#include "peal-codec-word.h"
#include "peal-container.h"
#include "peal-error.h"
#include "peal-fd-source.h"
#include "peal-gst-plugins.h"
#include "peal-upright.h"

/* How far before the wanted time the film is entered anew, where the first try came too late; then twice as
 * far. */
#define STEP_BACK GST_SECOND

/* A hundred years: no film lasts that long, and no sum of such times overflows. */
#define MAX_AT_US (G_GINT64_CONSTANT (100) * 366 * 24 * 3600 * G_USEC_PER_SEC)

/* A film, taken apart. */
typedef struct
{
  PealCatcher *catcher;
  GstElement *demuxer; /* the pipeline's */
  GstPad *video;       /* set by the streaming thread, before anything comes of it */
} Film;

static void
film_free (Film *self)
{
  gboolean is_late = self->catcher != NULL && peal_catcher_is_late (self->catcher);

  g_clear_pointer (&self->catcher, peal_catcher_free);
  /* Threads that could not be stopped know this film. */
  if (is_late)
    return;
  gst_clear_object (&self->video);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Film, film_free)

static void
pad_added_cb (GstElement *demuxer, GstPad *pad, gpointer user_data)
{
  Film *self = user_data;
  g_autoptr (GstCaps) caps = gst_pad_get_current_caps (pad);
  g_autofree char *codec = NULL;

  if (self->video != NULL || caps == NULL || gst_caps_get_size (caps) == 0 || !peal_codec_is_video (caps))
    return;
  self->video = gst_object_ref (pad);
  codec = peal_codec_word_from_caps (caps);
  if (!peal_catcher_connect (self->catcher, pad, codec))
    peal_catcher_fail (self->catcher, peal_error_new (PEAL_ERROR_MEDIA, "frame_missing",
                                                      "This computer has no decoder for %s", codec));
}

static void
no_more_pads_cb (GstElement *demuxer, gpointer user_data)
{
  Film *self = user_data;

  if (self->video == NULL)
    peal_catcher_fail (self->catcher, peal_error_new (PEAL_ERROR_MEDIA, "no_video_stream",
                                                      "There is sound in this file, but no picture"));
}

static gboolean
build (Film *self, int fd, GstClockTime at, const char *element, GError **error)
{
  GstElement *pipeline = NULL;
  GstElement *source = NULL;

  self->catcher = peal_catcher_new (at);
  self->demuxer = gst_element_factory_make (element, NULL);
  if (self->catcher == NULL || self->demuxer == NULL)
    {
      gst_clear_object (&self->demuxer);
      return peal_error_refuse (error, PEAL_ERROR_MEDIA, "probe_failed",
                                "GStreamer lacks a part that it is always made with");
    }
  pipeline = peal_catcher_get_pipeline (self->catcher);
  source = peal_fd_source_new (fd);
  gst_bin_add_many (GST_BIN (pipeline), source, self->demuxer, NULL);
  /* The pipeline ends with the film, and the demuxer with it. */
  g_signal_connect (self->demuxer, "pad-added", G_CALLBACK (pad_added_cb), self);
  g_signal_connect (self->demuxer, "no-more-pads", G_CALLBACK (no_more_pads_cb), self);
  if (!gst_element_link (source, self->demuxer))
    return peal_error_refuse (error, PEAL_ERROR_MEDIA, "probe_failed",
                              "GStreamer's parts do not fit together");
  return TRUE;
}

/* Enters the film at the last frame before @position that needs no other one. */
static gboolean
enter (Film *self, GstClockTime position)
{
  return gst_element_seek_simple (peal_catcher_get_pipeline (self->catcher), GST_FORMAT_TIME,
                                  GST_SEEK_FLAG_FLUSH | GST_SEEK_FLAG_KEY_UNIT | GST_SEEK_FLAG_SNAP_BEFORE,
                                  (gint64)position);
}

/* A film that is not to be entered in its middle is gone through from its start. What is entered too late, as
 * where the time lies beyond the pictures, though not beyond the sound, or by a table that errs, is entered
 * earlier. */
static void
walk (Film *self, GstClockTime at)
{
  gint64 duration = 0;
  GstClockTime position = at;

  if (gst_pad_query_duration (self->video, GST_FORMAT_TIME, &duration) && duration >= 0)
    position = MIN (at, (GstClockTime)duration);
  for (GstClockTime step = STEP_BACK;; step *= 2)
    {
      gboolean has_entered = enter (self, position);

      if (!peal_catcher_go_on (self->catcher) || !has_entered || position == 0)
        break;
      position = position > step ? position - step : 0;
    }
}

static GstVideoOrientationMethod
read_turn (Film *self)
{
  GstVideoOrientationMethod turn = GST_VIDEO_ORIENTATION_IDENTITY;

  for (guint i = 0;; i++)
    {
      g_autoptr (GstEvent) event = gst_pad_get_sticky_event (self->video, GST_EVENT_TAG, i);
      GstTagList *tags = NULL;

      if (event == NULL)
        return turn;
      gst_event_parse_tag (event, &tags);
      if (gst_video_orientation_from_tag (tags, &turn))
        return turn;
    }
}

static GstSample *
decode (Film *self, GstClockTime at, GError **error)
{
  peal_catcher_start (self->catcher);
  if (!peal_catcher_is_done (self->catcher))
    walk (self, at);
  return peal_catcher_take (self->catcher, self->video != NULL ? "frame_missing" : "video_damaged", error);
}

/* Times of frames are rounded on their way: one that begins in the microsecond @at_us belongs to it. */
static GstClockTime
find_end (gint64 at_us)
{
  return (GstClockTime)MIN (at_us, MAX_AT_US) * GST_USECOND + GST_USECOND - 1;
}

PealPicture *
peal_frame_read (int fd, gint64 at_us, int max_side, GError **error)
{
  g_autoptr (Film) film = g_new0 (Film, 1);
  g_autoptr (GstSample) sample = NULL;
  PealPicture *picture = NULL;
  GstClockTime at = find_end (at_us);
  const char *container = NULL;
  const char *demuxer = NULL;
  gint64 size = 0;

  g_return_val_if_fail (fd >= 0, NULL);
  g_return_val_if_fail (at_us >= 0, NULL);
  g_return_val_if_fail (max_side >= 1 && max_side <= PEAL_PICTURE_MAX_SIDE, NULL);

  if (!peal_gst_start (peal_container_plugins, error)
      || !(container = peal_container_find (fd, &size, error)))
    return NULL;
  demuxer = peal_container_get_demuxer (container);
  if (demuxer == NULL)
    {
      peal_error_refuse (error, PEAL_ERROR_MEDIA, "frame_missing", "Films of the kind %s are not decoded",
                         container);
      return NULL;
    }
  if (!build (film, fd, at, demuxer, error) || !(sample = decode (film, at, error)))
    return NULL;
  picture = peal_upright_picture (sample, read_turn (film), max_side);
  if (picture == NULL)
    peal_error_refuse (error, PEAL_ERROR_MEDIA, "frame_missing",
                       "The frame is too large or of an unknown kind");
  return picture;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include "peal-picture-file.h"

#include <gst/gst.h>
#include <gst/video/video.h>
#include <sys/stat.h>

#include "peal-catcher.h"
#include "peal-error.h"
#include "peal-fd-source.h"
#include "peal-gst-plugins.h"
#include "peal-picture-head.h"
#include "peal-upright.h"

/* A decoder takes in all of a picture before it begins. */
#define MAX_SIZE (64 * 1024 * 1024)

static const char *const plugins[] = { "coreelements", NULL };

/* By Exif's number, see PealPictureHead. */
static const GstVideoOrientationMethod turns[] = {
  GST_VIDEO_ORIENTATION_IDENTITY, GST_VIDEO_ORIENTATION_IDENTITY, GST_VIDEO_ORIENTATION_HORIZ,
  GST_VIDEO_ORIENTATION_180,      GST_VIDEO_ORIENTATION_VERT,     GST_VIDEO_ORIENTATION_UL_LR,
  GST_VIDEO_ORIENTATION_90R,      GST_VIDEO_ORIENTATION_UR_LL,    GST_VIDEO_ORIENTATION_90L,
};

static gboolean
check (int fd, PealPictureHead *head, GError **error)
{
  struct stat info;

  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    return peal_error_refuse (error, PEAL_ERROR_MEDIA, "probe_failed", "The picture cannot be read");
  if (info.st_size == 0)
    return peal_error_refuse (error, PEAL_ERROR_MEDIA, "file_empty", "The file is empty");
  if (!peal_picture_head_read (fd, head))
    return peal_error_refuse (error, PEAL_ERROR_MEDIA, "not_a_picture",
                              "The file is no picture that Peal knows");
  if (info.st_size > MAX_SIZE || head->width > PEAL_UPRIGHT_MAX_SIDE || head->height > PEAL_UPRIGHT_MAX_SIDE)
    return peal_error_refuse (error, PEAL_ERROR_MEDIA, "picture_too_large", "The picture has %d × %d pixels",
                              head->width, head->height);
  if (head->width == 0 || head->height == 0)
    return peal_error_refuse (error, PEAL_ERROR_MEDIA, "picture_unreadable",
                              "The picture does not say how large it is");
  return TRUE;
}

/* (transfer full) */
static GstSample *
decode (PealCatcher *catcher, int fd, const char *format, GError **error)
{
  GstElement *source = peal_fd_source_new (fd);
  g_autoptr (GstPad) exit = NULL;

  gst_bin_add (GST_BIN (peal_catcher_get_pipeline (catcher)), source);
  exit = gst_element_get_static_pad (source, "src");
  if (!peal_catcher_connect (catcher, exit, format))
    {
      peal_error_refuse (error, PEAL_ERROR_MEDIA, "picture_unreadable", "This computer has no decoder for %s",
                         format);
      return NULL;
    }
  peal_catcher_start (catcher);
  return peal_catcher_take (catcher, "picture_unreadable", error);
}

PealPicture *
peal_picture_file_read (int fd, int max_side, GError **error)
{
  g_autoptr (PealCatcher) catcher = NULL;
  g_autoptr (GstSample) sample = NULL;
  PealPicture *picture = NULL;
  PealPictureHead head;

  g_return_val_if_fail (fd >= 0, NULL);
  g_return_val_if_fail (max_side >= 1 && max_side <= PEAL_PICTURE_MAX_SIDE, NULL);

  if (!check (fd, &head, error) || !peal_gst_start (plugins, error))
    return NULL;
  if (!(catcher = peal_catcher_new (0)))
    {
      peal_error_refuse (error, PEAL_ERROR_MEDIA, "probe_failed",
                         "GStreamer lacks a part that it is always made with");
      return NULL;
    }
  if (!(sample = decode (catcher, fd, head.format, error)))
    return NULL;
  picture = peal_upright_picture (sample, turns[head.orientation], max_side);
  if (picture == NULL)
    peal_error_refuse (error, PEAL_ERROR_MEDIA, "picture_unreadable", "The picture is of an unknown kind");
  return picture;
}

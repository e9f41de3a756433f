/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include "peal-upright.h"

#define BYTES_PER_PIXEL 4

static int
scale_side (double side, double scale)
{
  return MAX (1, (int)(side * scale + 0.5));
}

/* The sides of @info as shown, before it is turned. */
static void
find_sides (const GstVideoInfo *info, int max_side, int *width, int *height)
{
  double shown_width = info->width;
  double shown_height = info->height;
  double scale;

  /* Pixels that are not square are made so without inventing any. */
  if (info->par_n > 0 && info->par_d > 0 && info->par_n < info->par_d)
    shown_width = shown_width * info->par_n / info->par_d;
  else if (info->par_n > 0 && info->par_d > 0)
    shown_height = shown_height * info->par_d / info->par_n;
  scale = MIN (1.0, max_side / MAX (shown_width, shown_height));
  *width = scale_side (shown_width, scale);
  *height = scale_side (shown_height, scale);
}

static gboolean
convert (GstVideoFrame *from, GstVideoFrame *to)
{
  GstVideoConverter *converter = gst_video_converter_new (&from->info, &to->info, NULL);

  if (converter == NULL)
    return FALSE;
  gst_video_converter_frame (converter, from, to);
  gst_video_converter_free (converter);
  return TRUE;
}

/* (transfer full) (nullable): @buffer, a frame as @info says, in @width × @height RGBA pixels. */
static guint8 *
convert_buffer (GstBuffer *buffer, const GstVideoInfo *info, int width, int height)
{
  gsize length = (gsize)width * (gsize)height * BYTES_PER_PIXEL;
  g_autofree guint8 *pixels = g_malloc (length);
  g_autoptr (GstBuffer) target = gst_buffer_new_wrapped_full (0, pixels, length, 0, length, NULL, NULL);
  GstVideoInfo target_info;
  GstVideoFrame from;
  GstVideoFrame to;
  gboolean is_converted = FALSE;

  if (!gst_video_info_set_format (&target_info, GST_VIDEO_FORMAT_RGBA, (guint)width, (guint)height)
      || !gst_video_frame_map (&from, info, buffer, GST_MAP_READ))
    return NULL;
  /* The converter insists on it. */
  target_info.fps_n = info->fps_n;
  target_info.fps_d = info->fps_d;
  if (gst_video_frame_map (&to, &target_info, target, GST_MAP_WRITE))
    {
      is_converted = convert (&from, &to);
      gst_video_frame_unmap (&to);
    }
  gst_video_frame_unmap (&from);
  return is_converted ? g_steal_pointer (&pixels) : NULL;
}

/* The way through the pixels of a picture that is not upright: where the first pixel of the upright one is,
 * and how far it is from one to the next and from a row to the next. */
typedef struct
{
  gssize first, next, below;
} Way;

static Way
find_way (GstVideoOrientationMethod turn, gssize width, gssize height)
{
  gssize last = width * height - 1;

  switch (turn)
    {
    case GST_VIDEO_ORIENTATION_90R:
      return (Way){ last - width + 1, -width, 1 };
    case GST_VIDEO_ORIENTATION_180:
      return (Way){ last, -1, -width };
    case GST_VIDEO_ORIENTATION_90L:
      return (Way){ width - 1, width, -1 };
    case GST_VIDEO_ORIENTATION_HORIZ:
      return (Way){ width - 1, -1, width };
    case GST_VIDEO_ORIENTATION_VERT:
      return (Way){ last - width + 1, 1, -width };
    case GST_VIDEO_ORIENTATION_UL_LR:
      return (Way){ 0, width, 1 };
    case GST_VIDEO_ORIENTATION_UR_LL:
      return (Way){ last, -width, -1 };
    case GST_VIDEO_ORIENTATION_IDENTITY:
    case GST_VIDEO_ORIENTATION_AUTO:
    case GST_VIDEO_ORIENTATION_CUSTOM:
    default:
      return (Way){ 0, 1, width };
    }
}

static gboolean
is_upright (GstVideoOrientationMethod turn)
{
  return turn == GST_VIDEO_ORIENTATION_IDENTITY || turn == GST_VIDEO_ORIENTATION_AUTO
         || turn == GST_VIDEO_ORIENTATION_CUSTOM;
}

static gboolean
swaps_sides (GstVideoOrientationMethod turn)
{
  return turn == GST_VIDEO_ORIENTATION_90R || turn == GST_VIDEO_ORIENTATION_90L
         || turn == GST_VIDEO_ORIENTATION_UL_LR || turn == GST_VIDEO_ORIENTATION_UR_LL;
}

/* (transfer full): @width × @height are the sides of the upright one. */
static guint8 *
turn_pixels (const guint8 *pixels, Way way, gssize width, gssize height)
{
  guint8 *upright = g_malloc ((gsize)(width * height) * BYTES_PER_PIXEL);
  guint32 *to = (guint32 *)(gpointer)upright;
  const guint32 *from = (const guint32 *)(gconstpointer)pixels;

  for (gssize y = 0; y < height; y++)
    {
      for (gssize x = 0; x < width; x++)
        *to++ = from[way.first + x * way.next + y * way.below];
    }
  return upright;
}

PealPicture *
peal_upright_picture (GstSample *sample, GstVideoOrientationMethod turn, int max_side)
{
  g_autofree guint8 *pixels = NULL;
  GstVideoInfo info;
  GstCaps *caps = NULL;
  int width;
  int height;

  g_return_val_if_fail (GST_IS_SAMPLE (sample), NULL);
  g_return_val_if_fail (max_side >= 1 && max_side <= PEAL_PICTURE_MAX_SIDE, NULL);

  caps = gst_sample_get_caps (sample);
  if (caps == NULL || gst_sample_get_buffer (sample) == NULL || !gst_video_info_from_caps (&info, caps)
      || info.width < 1 || info.width > PEAL_UPRIGHT_MAX_SIDE || info.height < 1
      || info.height > PEAL_UPRIGHT_MAX_SIDE)
    return NULL;
  find_sides (&info, max_side, &width, &height);
  pixels = convert_buffer (gst_sample_get_buffer (sample), &info, width, height);
  if (pixels == NULL)
    return NULL;
  if (!is_upright (turn))
    {
      g_autofree guint8 *lying = g_steal_pointer (&pixels);
      Way way = find_way (turn, width, height);

      if (swaps_sides (turn))
        {
          int side = width;

          width = height;
          height = side;
        }
      pixels = turn_pixels (lying, way, width, height);
    }
  return peal_picture_new_take (
      width, height,
      g_bytes_new_take (g_steal_pointer (&pixels), (gsize)width * (gsize)height * BYTES_PER_PIXEL));
}

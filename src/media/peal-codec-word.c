/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include "peal-codec-word.h"

#include <string.h>

#define MAX_WORD 32

/* Those whose own name will not do: of caps, and where it stands for several formats, which version. */
static const struct
{
  const char *name;
  int version;
  const char *word;
} codecs[] = {
  { "video/mpeg", 1, "mpeg1" }, { "video/mpeg", 2, "mpeg2" }, { "video/mpeg", 4, "mpeg4" },
  { "image/jpeg", 0, "mjpeg" }, { "audio/mpeg", 1, "mp3" },   { "audio/mpeg", 2, "aac" },
  { "audio/mpeg", 4, "aac" },   { "audio/x-raw", 0, "pcm" },
};

static const struct
{
  const char *name;
  const char *variant;
  const char *word;
} containers[] = {
  { "video/quicktime", "apple", "mov" },
  { "video/quicktime", "iso", "mp4" },
  { "video/quicktime", "iso-fragmented", "mp4" },
  { "video/quicktime", "3gpp", "3gp" },
  { "video/quicktime", "3g2", "3gp" },
  { "video/quicktime", NULL, "mov" },
  { "application/x-3gp", NULL, "3gp" },
  { "video/webm", NULL, "webm" },
  { "video/x-matroska", NULL, "matroska" },
  { "video/x-msvideo", NULL, "avi" },
  { "video/mpegts", NULL, "mpegts" },
  { "video/mpeg", NULL, "mpeg" },
  { "video/x-flv", NULL, "flv" },
  { "video/x-ms-asf", NULL, "asf" },
  { "video/ogg", NULL, "ogg" },
  { "application/ogg", NULL, "ogg" },
  { "application/vnd.rn-realmedia", NULL, "realmedia" },
  { "application/mxf", NULL, "mxf" },
};

/* "video/x-prores" becomes "prores". */
static char *
shorten (const char *name)
{
  const char *slash = strrchr (name, '/');
  const char *start = slash != NULL ? slash + 1 : name;
  g_autofree char *word = NULL;

  if (g_str_has_prefix (start, "x-"))
    start += 2;
  word = g_ascii_strdown (start, MAX_WORD);
  g_strcanon (word, "abcdefghijklmnopqrstuvwxyz0123456789_.+-", '_');
  return *word != '\0' ? g_steal_pointer (&word) : g_strdup ("unknown");
}

char *
peal_codec_word_from_caps (GstCaps *caps)
{
  const GstStructure *format;
  const char *name;
  int version = 0;

  g_return_val_if_fail (GST_IS_CAPS (caps) && gst_caps_get_size (caps) > 0, NULL);

  format = gst_caps_get_structure (caps, 0);
  name = gst_structure_get_name (format);
  gst_structure_get_int (format, "mpegversion", &version);
  for (gsize i = 0; i < G_N_ELEMENTS (codecs); i++)
    {
      if (g_str_equal (name, codecs[i].name) && codecs[i].version == version)
        return g_strdup (codecs[i].word);
    }
  return shorten (name);
}

gboolean
peal_codec_is_video (GstCaps *caps)
{
  const char *name;

  g_return_val_if_fail (GST_IS_CAPS (caps) && gst_caps_get_size (caps) > 0, FALSE);

  name = gst_structure_get_name (gst_caps_get_structure (caps, 0));
  return g_str_has_prefix (name, "video/") || g_str_equal (name, "image/jpeg");
}

const char *
peal_container_word_from_caps (GstCaps *caps)
{
  const GstStructure *format;
  const char *variant;

  g_return_val_if_fail (GST_IS_CAPS (caps) && gst_caps_get_size (caps) > 0, NULL);

  format = gst_caps_get_structure (caps, 0);
  variant = gst_structure_get_string (format, "variant");
  for (gsize i = 0; i < G_N_ELEMENTS (containers); i++)
    {
      if (gst_structure_has_name (format, containers[i].name)
          && (containers[i].variant == NULL || g_strcmp0 (variant, containers[i].variant) == 0))
        return containers[i].word;
    }
  return NULL;
}

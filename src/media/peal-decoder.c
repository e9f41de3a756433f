/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include "peal-decoder.h"

#include "peal-gst-plugins.h"

/* Each thread of a decoder has frames of its own, and all of them one bounded memory. */
#define MAX_THREADS 4

static const struct
{
  const char *format;
  const char *plugin;
  const char *element;
  const char *threads; /* the property that says how many, or NULL */
} decoders[] = {
  { "h264", "libav", "avdec_h264", "max-threads" },
  { "h265", "libav", "avdec_h265", "max-threads" },
  { "vp8", "vpx", "vp8dec", "threads" },
  { "vp9", "vpx", "vp9dec", "threads" },
  { "jpeg", "jpeg", "jpegdec", NULL },
  { "png", "png", "pngdec", NULL },
  { "webp", "webp", "webpdec", NULL },
};

static GstElement *
make (const char *plugin, const char *element, const char *threads)
{
  g_autoptr (GError) error = NULL;
  GstElement *self = NULL;

  if (!peal_gst_load (plugin, &error))
    {
      g_debug ("%s", error->message);
      return NULL;
    }
  self = gst_element_factory_make (element, NULL);
  if (self != NULL && threads != NULL)
    g_object_set (self, threads, MIN ((int)g_get_num_processors (), MAX_THREADS), NULL);
  /* After a jump into a film, libav would else show frames that lack what they are built upon. */
  if (self != NULL && g_str_equal (plugin, "libav"))
    g_object_set (self, "output-corrupt", FALSE, NULL);
  return self;
}

GstElement *
peal_decoder_new (const char *format)
{
  g_return_val_if_fail (format != NULL, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (decoders); i++)
    {
      if (g_str_equal (format, decoders[i].format))
        return make (decoders[i].plugin, decoders[i].element, decoders[i].threads);
    }
  return NULL;
}

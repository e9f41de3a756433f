/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-caption.h"

#include "peal-error.h"

static gboolean
has_control (const char *caption)
{
  for (const char *p = caption; *p != '\0'; p++)
    {
      if ((guchar)*p < 0x20 && *p != '\n' && *p != '\t')
        return TRUE;
    }
  return FALSE;
}

gsize
peal_caption_count_units (const char *caption)
{
  gsize units = 0;

  g_return_val_if_fail (caption != NULL, 0);

  for (const char *p = caption; *p != '\0'; p = g_utf8_next_char (p))
    units += g_utf8_get_char (p) > 0xffff ? 2 : 1;
  return units;
}

gboolean
peal_caption_check (const char *caption, GError **error)
{
  gsize units;

  if (caption == NULL)
    return TRUE;
  if (!g_utf8_validate (caption, -1, NULL))
    {
      g_propagate_error (
          error, peal_error_new (PEAL_ERROR_INVALID, "caption_not_utf8", "The caption is not valid UTF-8"));
      return FALSE;
    }
  if (has_control (caption))
    {
      g_propagate_error (error, peal_error_new (PEAL_ERROR_INVALID, "caption_control",
                                                "The caption contains a control character"));
      return FALSE;
    }
  units = peal_caption_count_units (caption);
  if (units > PEAL_CAPTION_MAX_UNITS)
    {
      g_propagate_error (error,
                         peal_error_new (PEAL_ERROR_INVALID, "caption_too_long",
                                         "The caption has %" G_GSIZE_FORMAT " characters of at most %d",
                                         units, PEAL_CAPTION_MAX_UNITS));
      return FALSE;
    }
  return TRUE;
}

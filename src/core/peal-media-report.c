/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-media-report.h"

#include <string.h>

#include "peal-error.h"

#define MAX_MESSAGE 200

#define PICTURE "picture="
/* PICTURE, two sides of four digits, the x between them and the newline */
#define MAX_PICTURE_LINE (strlen (PICTURE) + 10)
#define BYTES_PER_PIXEL 4

static const char *const reasons[] = {
  "file_empty",
  "frame_missing",
  "no_video_stream",
  "not_a_picture",
  "not_a_video",
  "picture_too_large",
  "picture_unreadable",
  "probe_failed",
  "probe_timeout",
  "video_damaged",
  NULL,
};
static const char *const words[] = { "container", "video_codec", "audio_codec", NULL };
static const char *const wide_numbers[] = { "size", "duration_us", NULL };
static const char *const numbers[] = { "width", "height", "rotation", "fps_num", "fps_den", NULL };

static GError *
new_garbled (void)
{
  return peal_error_new (PEAL_ERROR_MEDIA, "probe_failed", "peal-media gave an answer that makes no sense");
}

/* One line, without control characters. */
static char *
dup_message (const char *message)
{
  g_autofree char *valid = g_utf8_make_valid (message, -1);
  g_autofree char *cut = g_utf8_substring (valid, 0, MIN (g_utf8_strlen (valid, -1), MAX_MESSAGE));

  for (char *p = cut; *p != '\0'; p++)
    {
      if (g_ascii_iscntrl (*p))
        *p = ' ';
    }
  return g_steal_pointer (&cut);
}

/* Adds one "key=value" to @values, in the type that its key has. */
static gboolean
take_line (GVariantDict *values, const char *line)
{
  const char *equals = strchr (line, '=');
  g_autofree char *key = equals != NULL ? g_strndup (line, (gsize)(equals - line)) : NULL;
  gint64 number;

  if (key == NULL || g_variant_dict_contains (values, key))
    return FALSE;
  if (g_strv_contains (words, key))
    {
      g_variant_dict_insert (values, key, "s", equals + 1);
      return TRUE;
    }
  if (g_strv_contains (wide_numbers, key)
      && g_ascii_string_to_signed (equals + 1, 10, G_MININT64, G_MAXINT64, &number, NULL))
    {
      g_variant_dict_insert (values, key, "x", number);
      return TRUE;
    }
  if (g_strv_contains (numbers, key)
      && g_ascii_string_to_signed (equals + 1, 10, G_MININT32, G_MAXINT32, &number, NULL))
    {
      g_variant_dict_insert (values, key, "i", (gint32)number);
      return TRUE;
    }
  return FALSE;
}

static GError *
read_error (const char *const *lines)
{
  g_autofree char *message = NULL;
  const char *reason = lines[0] + strlen ("error=");

  if (lines[1] == NULL || !g_str_has_prefix (lines[1], "message=") || g_strcmp0 (lines[2], "end") != 0
      || !g_strv_contains (reasons, reason))
    return new_garbled ();
  message = dup_message (lines[1] + strlen ("message="));
  return peal_error_new (PEAL_ERROR_MEDIA, reason, "%s", message);
}

static PealMediaFacts *
read_facts (const char *const *lines, GError **error)
{
  g_auto (GVariantDict) values = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) dict = NULL;
  g_autoptr (PealMediaFacts) facts = NULL;
  gsize i = 0;

  for (; lines[i] != NULL && !g_str_equal (lines[i], "end"); i++)
    {
      if (!take_line (&values, lines[i]))
        break;
    }
  if (g_strcmp0 (lines[i], "end") == 0 && g_strcmp0 (lines[i + 1], "") == 0 && lines[i + 2] == NULL)
    {
      dict = g_variant_ref_sink (g_variant_dict_end (&values));
      facts = peal_media_facts_from_variant (dict, NULL);
    }
  if (facts == NULL)
    g_propagate_error (error, new_garbled ());
  return g_steal_pointer (&facts);
}

char *
peal_media_report_format (const PealMediaFacts *facts, const GError *error)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail ((facts != NULL) != (error != NULL), NULL);

  if (error != NULL)
    {
      g_autofree char *message = dup_message (error->message);

      g_string_printf (text, "error=%s\nmessage=%s\nend\n", peal_error_get_reason (error), message);
      return g_string_free_and_steal (g_steal_pointer (&text));
    }
  g_string_printf (text, "container=%s\n", facts->container);
  if (facts->video_codec != NULL)
    g_string_append_printf (text, "video_codec=%s\n", facts->video_codec);
  if (facts->audio_codec != NULL)
    g_string_append_printf (text, "audio_codec=%s\n", facts->audio_codec);
  g_string_append_printf (text, "size=%" G_GINT64_FORMAT "\nduration_us=%" G_GINT64_FORMAT "\n", facts->size,
                          facts->duration_us);
  g_string_append_printf (text, "width=%d\nheight=%d\nrotation=%d\nfps_num=%d\nfps_den=%d\nend\n",
                          facts->width, facts->height, facts->rotation, facts->fps_num, facts->fps_den);
  return g_string_free_and_steal (g_steal_pointer (&text));
}

PealMediaFacts *
peal_media_report_parse (const char *text, gsize length, GError **error)
{
  g_autofree char *copy = NULL;
  g_auto (GStrv) lines = NULL;

  g_return_val_if_fail (text != NULL || length == 0, NULL);

  if (length > PEAL_MEDIA_REPORT_MAX || length < strlen (PEAL_MEDIA_REPORT_HEAD)
      || !g_utf8_validate_len (text, length, NULL)
      || !g_str_has_prefix (copy = g_strndup (text, length), PEAL_MEDIA_REPORT_HEAD))
    {
      g_propagate_error (error, new_garbled ());
      return NULL;
    }
  lines = g_strsplit (copy + strlen (PEAL_MEDIA_REPORT_HEAD), "\n", -1);
  if (lines[0] != NULL && g_str_has_prefix (lines[0], "error="))
    {
      g_propagate_error (error, read_error ((const char *const *)lines));
      return NULL;
    }
  return read_facts ((const char *const *)lines, error);
}

char *
peal_media_report_format_picture (const PealPicture *picture)
{
  g_return_val_if_fail (picture != NULL, NULL);

  return g_strdup_printf (PICTURE "%dx%d\n", picture->width, picture->height);
}

gsize
peal_media_report_get_picture_max (int max_side)
{
  gsize side = (gsize)max_side;

  g_return_val_if_fail (max_side >= 1 && max_side <= PEAL_PICTURE_MAX_SIDE, 0);

  return MAX (PEAL_MEDIA_REPORT_MAX,
              strlen (PEAL_MEDIA_REPORT_HEAD) + MAX_PICTURE_LINE + side * side * BYTES_PER_PIXEL);
}

/* The length of the first two lines of @report, where they announce a picture within @max_side; else 0. */
static gsize
read_sides (const char *report, gsize length, int max_side, int *width, int *height)
{
  gsize n_head = strlen (PEAL_MEDIA_REPORT_HEAD);
  const char *line = report + n_head;
  const char *end = length > n_head ? memchr (line, '\n', MIN (length - n_head, MAX_PICTURE_LINE)) : NULL;
  g_autofree char *text = end != NULL ? g_strndup (line, (gsize)(end - line)) : NULL;
  g_auto (GStrv) sides = NULL;
  guint64 shown[2];

  if (text == NULL || memcmp (report, PEAL_MEDIA_REPORT_HEAD, n_head) != 0
      || strlen (text) != (gsize)(end - line) || !g_str_has_prefix (text, PICTURE))
    return 0;
  sides = g_strsplit (text + strlen (PICTURE), "x", 3);
  if (g_strv_length (sides) != 2
      || !g_ascii_string_to_unsigned (sides[0], 10, 1, (guint64)max_side, &shown[0], NULL)
      || !g_ascii_string_to_unsigned (sides[1], 10, 1, (guint64)max_side, &shown[1], NULL))
    return 0;
  *width = (int)shown[0];
  *height = (int)shown[1];
  return (gsize)(end - report) + 1;
}

PealPicture *
peal_media_report_parse_picture (const char *report, gsize length, int max_side, GError **error)
{
  g_autoptr (PealPicture) picture = NULL;
  int width;
  int height;
  gsize n_lines;

  g_return_val_if_fail (report != NULL || length == 0, NULL);
  g_return_val_if_fail (max_side >= 1 && max_side <= PEAL_PICTURE_MAX_SIDE, NULL);

  n_lines = read_sides (report, length, max_side, &width, &height);
  if (n_lines > 0)
    picture = peal_picture_new_take (width, height, g_bytes_new (report + n_lines, length - n_lines));
  else
    {
      g_autoptr (PealMediaFacts) facts = peal_media_report_parse (report, length, error);

      if (facts == NULL)
        return NULL;
    }
  if (picture == NULL)
    g_propagate_error (error, new_garbled ());
  return g_steal_pointer (&picture);
}

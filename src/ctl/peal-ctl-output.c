/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include "peal-ctl-output.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "peal-error.h"

#define ZERO_WIDTH_JOINER 0x200d

struct _PealCtlTable
{
  GPtrArray *rows; /* of GStrv */
};

void
peal_ctl_print (const char *text)
{
  fputs (text, stdout);
}

void
peal_ctl_note (const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  line = peal_ctl_sanitize (text, 0);
  fprintf (stderr, "%s\n", g_strchomp (line));
}

gboolean
peal_ctl_flush (GError **error)
{
  if (fflush (stdout) == 0 && !ferror (stdout))
    return TRUE;
  g_propagate_error (error, peal_error_new (PEAL_ERROR_INVALID, "output_failed", "%s", g_strerror (errno)));
  return FALSE;
}

static gboolean
is_shown (gunichar c)
{
  if (c == ZERO_WIDTH_JOINER)
    return TRUE;
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_FORMAT:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_UNASSIGNED:
      return FALSE;
    default:
      return TRUE;
    }
}

static int
get_columns (gunichar c)
{
  if (g_unichar_iszerowidth (c))
    return 0;
  return g_unichar_iswide (c) ? 2 : 1;
}

int
peal_ctl_width (const char *text)
{
  int width = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    width += get_columns (g_utf8_get_char (p));
  return width;
}

static void
cut_to_width (GString *line, int max_width)
{
  int width = 0;

  for (const char *p = line->str; *p != '\0'; p = g_utf8_next_char (p))
    {
      width += get_columns (g_utf8_get_char (p));
      if (width > max_width - 1)
        {
          g_string_truncate (line, (gsize)(p - line->str));
          g_string_append (line, "…");
          return;
        }
    }
}

char *
peal_ctl_sanitize (const char *text, int max_width)
{
  g_autofree char *valid = NULL;
  g_autoptr (GString) line = g_string_new (NULL);

  if (text == NULL)
    return g_strdup ("–");
  valid = g_utf8_make_valid (text, -1);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_LINE_SEPARATOR
          || g_unichar_type (c) == G_UNICODE_PARAGRAPH_SEPARATOR)
        g_string_append_c (line, ' ');
      else if (is_shown (c))
        g_string_append_unichar (line, c);
    }
  if (max_width > 0 && peal_ctl_width (line->str) > max_width)
    cut_to_width (line, max_width);
  return g_string_free_and_steal (g_steal_pointer (&line));
}

static char *
format (gint64 instant, GTimeZone *zone, const char *pattern)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (instant);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, pattern) : g_strdup ("?");
}

char *
peal_ctl_format_instant (gint64 instant, GTimeZone *zone)
{
  return format (instant, zone, "%Y-%m-%d %H:%M");
}

char *
peal_ctl_format_instant_exact (gint64 instant, GTimeZone *zone)
{
  return format (instant, zone, "%Y-%m-%d %H:%M:%S");
}

PealCtlTable *
peal_ctl_table_new (void)
{
  PealCtlTable *self = g_new0 (PealCtlTable, 1);

  self->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  return self;
}

void
peal_ctl_table_free (PealCtlTable *self)
{
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_free (self);
}

void
peal_ctl_table_add (PealCtlTable *self, ...)
{
  g_autoptr (GStrvBuilder) row = g_strv_builder_new ();
  const char *cell;
  va_list args;

  va_start (args, self);
  while ((cell = va_arg (args, const char *)) != NULL)
    g_strv_builder_take (row, peal_ctl_sanitize (cell, 0));
  va_end (args);
  g_ptr_array_add (self->rows, g_strv_builder_end (row));
}

static GArray *
measure (PealCtlTable *self)
{
  GArray *widths = g_array_new (FALSE, TRUE, sizeof (int));

  for (guint r = 0; r < self->rows->len; r++)
    {
      GStrv row = g_ptr_array_index (self->rows, r);

      for (guint c = 0; row[c] != NULL; c++)
        {
          if (c >= widths->len)
            g_array_set_size (widths, c + 1);
          g_array_index (widths, int, c) = MAX (g_array_index (widths, int, c), peal_ctl_width (row[c]));
        }
    }
  return widths;
}

char *
peal_ctl_table_to_string (PealCtlTable *self)
{
  g_autoptr (GArray) widths = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (self != NULL, NULL);

  widths = measure (self);
  for (guint r = 0; r < self->rows->len; r++)
    {
      GStrv row = g_ptr_array_index (self->rows, r);

      for (guint c = 0; row[c] != NULL; c++)
        {
          int padding = g_array_index (widths, int, c) - peal_ctl_width (row[c]) + 2;

          g_string_append (text, row[c]);
          if (row[c + 1] != NULL)
            g_string_append_printf (text, "%*s", padding, "");
        }
      g_string_append_c (text, '\n');
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

void
peal_ctl_table_print (PealCtlTable *self)
{
  g_autofree char *text = peal_ctl_table_to_string (self);

  peal_ctl_print (text);
}

void
peal_ctl_csv_append (GString *csv, const PealCtlCell *cells, gsize n_cells)
{
  g_return_if_fail (csv != NULL);
  g_return_if_fail (cells != NULL);

  for (gsize i = 0; i < n_cells; i++)
    {
      const char *value = cells[i].value != NULL ? cells[i].value : "";
      g_autofree char *quoted = NULL;
      g_auto (GStrv) parts = NULL;
      const char *guard =
          cells[i].is_text && *value != '\0' && strchr ("=+-@\t\r", *value) != NULL ? "'" : "";

      if (i > 0)
        g_string_append_c (csv, ',');
      if (strpbrk (value, ",\"\r\n") == NULL)
        {
          g_string_append (csv, guard);
          g_string_append (csv, value);
          continue;
        }
      parts = g_strsplit (value, "\"", -1);
      quoted = g_strjoinv ("\"\"", parts);
      g_string_append_printf (csv, "\"%s%s\"", guard, quoted);
    }
  g_string_append (csv, "\r\n");
}

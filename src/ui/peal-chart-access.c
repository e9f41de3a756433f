/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-chart-private.h"

#include <string.h>

/* The chart as text, for assistive technology that reads it so: its description, in one piece. */

static GBytes *
get_contents (GtkAccessibleText *text, unsigned start, unsigned end)
{
  PealChart *self = PEAL_CHART (text);
  glong length = g_utf8_strlen (self->description, -1);
  glong from = MIN ((glong)start, length);
  glong to = CLAMP ((glong)end, from, length);
  char *part = g_utf8_substring (self->description, from, to);

  return g_bytes_new_take (part, strlen (part));
}

static GBytes *
get_contents_at (GtkAccessibleText *text,
                 unsigned offset,
                 GtkAccessibleTextGranularity granularity,
                 unsigned *start,
                 unsigned *end)
{
  PealChart *self = PEAL_CHART (text);
  guint length = (guint)g_utf8_strlen (self->description, -1);

  *start = granularity == GTK_ACCESSIBLE_TEXT_GRANULARITY_CHARACTER ? MIN (offset, length) : 0;
  *end = granularity == GTK_ACCESSIBLE_TEXT_GRANULARITY_CHARACTER ? MIN (*start + 1, length) : length;
  return get_contents (text, *start, *end);
}

static unsigned
get_caret_position (GtkAccessibleText *text)
{
  return 0;
}

static gboolean
get_selection (GtkAccessibleText *text, gsize *n_ranges, GtkAccessibleTextRange **ranges)
{
  *n_ranges = 0;
  *ranges = NULL;
  return FALSE;
}

static gboolean
get_attributes (GtkAccessibleText *text,
                unsigned offset,
                gsize *n_ranges,
                GtkAccessibleTextRange **ranges,
                char ***names,
                char ***values)
{
  *n_ranges = 0;
  *ranges = NULL;
  *names = NULL;
  *values = NULL;
  return FALSE;
}

static void
get_default_attributes (GtkAccessibleText *text, char ***names, char ***values)
{
  *names = g_new0 (char *, 1);
  *values = g_new0 (char *, 1);
}

void
peal_chart_init_accessible_text (GtkAccessibleTextInterface *iface)
{
  iface->get_contents = get_contents;
  iface->get_contents_at = get_contents_at;
  iface->get_caret_position = get_caret_position;
  iface->get_selection = get_selection;
  iface->get_attributes = get_attributes;
  iface->get_default_attributes = get_default_attributes;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What people and programs read. Names and captions come from TikTok and may hold anything, so what goes to a
 * terminal has no control characters and stays on its line. Everything is UTF-8, whatever the locale. */

/* To stdout, as it is. */
void peal_ctl_print (const char *text);
/* A sanitised line to stderr. */
void peal_ctl_note (const char *format, ...) G_GNUC_PRINTF (1, 2);
/* Flushes stdout. FALSE with PEAL_ERROR_INVALID "output_failed" where anything could not be written. */
gboolean peal_ctl_flush (GError **error);

/* (transfer full): @text in one line: no control characters, no marks that turn the direction; at most
 * @max_width columns, with an ellipsis; 0 for no limit. NULL gives "–". */
char *peal_ctl_sanitize (const char *text, int max_width);
/* Columns that @text takes on a terminal. */
int peal_ctl_width (const char *text);
/* (transfer full): "2026-11-24 18:00" of @instant (µs UTC) in @zone. */
char *peal_ctl_format_instant (gint64 instant, GTimeZone *zone);
/* (transfer full): with seconds. */
char *peal_ctl_format_instant_exact (gint64 instant, GTimeZone *zone);

/* A table whose columns line up. */
typedef struct _PealCtlTable PealCtlTable;

PealCtlTable *peal_ctl_table_new (void);
void peal_ctl_table_free (PealCtlTable *self);
/* Adds a row of texts, sanitised, up to the NULL that ends them. */
void peal_ctl_table_add (PealCtlTable *self, ...) G_GNUC_NULL_TERMINATED;
/* (transfer full) */
char *peal_ctl_table_to_string (PealCtlTable *self);
void peal_ctl_table_print (PealCtlTable *self);

/* Appends a record of @cells (NULL-terminated) by RFC 4180. A cell of @text that a spreadsheet would take for
 * a formula gets an apostrophe in front. */
typedef struct
{
  const char *value; /* NULL: an empty cell */
  gboolean is_text;
} PealCtlCell;

void peal_ctl_csv_append (GString *csv, const PealCtlCell *cells, gsize n_cells);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealCtlTable, peal_ctl_table_free)

G_END_DECLS

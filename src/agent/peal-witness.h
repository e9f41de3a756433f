/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A second account of what may have been published, in another directory than the database: one line for each
 * attempt that was armed, on the disk before the database says so. A database that was rolled back or
 * restored is held against it. Lines are: format, post uuid, attempt uuid, open_id, publish_id, n, size,
 * digest (hex), armed_at (µs UTC), CRC-32 of the rest (hex), separated by spaces. */

typedef struct _PealWitness PealWitness;

typedef struct
{
  const char *post_uuid, *attempt_uuid, *open_id, *publish_id, *sha256;
  int n;
  gint64 size;
  gint64 armed_at;
} PealWitnessLine;

/* Opens or makes @directory/witness.log, 0600. (transfer full) */
PealWitness *peal_witness_open (const char *directory, GError **error);
void peal_witness_free (PealWitness *self);
/* Appends @line and waits until it is on the disk. From any one thread at a time. */
gboolean peal_witness_append (PealWitness *self, const PealWitnessLine *line, GError **error);
/* FALSE with @error ends it. @line is lent. */
typedef gboolean (*PealWitnessFunc) (const PealWitnessLine *line, gpointer data, GError **error);

/* Calls @func with each whole line, oldest first. */
gboolean peal_witness_foreach (PealWitness *self, PealWitnessFunc func, gpointer data, GError **error);
/* Looks for a whole line for @attempt_uuid. @armed_at (out): what it says, or -1 where there is none. FALSE
 * where the file cannot be read: then nothing is known. */
gboolean peal_witness_find (PealWitness *self, const char *attempt_uuid, gint64 *armed_at, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealWitness, peal_witness_free)

G_END_DECLS

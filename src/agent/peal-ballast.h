/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A file of one MiB that holds room on the disk for what must be written whatever happens: the outcome of a
 * publish. On a full disk it is thrown away, and made again when there is room for it and as much again. */

typedef struct _PealBallast PealBallast;

/* @directory/ballast; makes nothing yet. (transfer full) */
PealBallast *peal_ballast_new (const char *directory);
void peal_ballast_free (PealBallast *self);
/* Makes sure that it is there, on the disk. FALSE where there is no room for it. */
gboolean peal_ballast_load (PealBallast *self);
/* Throws it away. FALSE where there was nothing to throw. */
gboolean peal_ballast_drop (PealBallast *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealBallast, peal_ballast_free)

G_END_DECLS

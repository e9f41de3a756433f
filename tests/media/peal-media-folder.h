/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A folder of a test's own, in which ffmpeg makes films and pictures. What fails here ends the test. */

typedef struct _PealMediaFolder PealMediaFolder;

PealMediaFolder *peal_media_folder_new (void);
/* With all that is in it. */
void peal_media_folder_free (PealMediaFolder *self);

/* (transfer full) */
char *peal_media_folder_build_path (PealMediaFolder *self, const char *name);
/* Makes @name by ffmpeg, run in the folder with @arguments, which are split as a shell would. */
void peal_media_folder_make (PealMediaFolder *self, const char *name, const char *arguments);
void peal_media_folder_write (PealMediaFolder *self, const char *name, gconstpointer bytes, gsize length);
/* (transfer full) */
GByteArray *peal_media_folder_read (PealMediaFolder *self, const char *name);
/* The first @parts sixteenths of @from, as @name. */
void peal_media_folder_cut (PealMediaFolder *self, const char *name, const char *from, gsize parts);
/* Writes @name, a shell script that may be run. */
void peal_media_folder_write_script (PealMediaFolder *self, const char *name, const char *body);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealMediaFolder, peal_media_folder_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-media-folder.h"

#include <glib/gstdio.h>

#include "peal-test-tree.h"

struct _PealMediaFolder
{
  char *path;
};

PealMediaFolder *
peal_media_folder_new (void)
{
  PealMediaFolder *self = g_new0 (PealMediaFolder, 1);

  self->path = g_dir_make_tmp ("peal-test-XXXXXX", NULL);
  g_assert_nonnull (self->path);
  return self;
}

void
peal_media_folder_free (PealMediaFolder *self)
{
  peal_test_remove_tree (self->path);
  g_clear_pointer (&self->path, g_free);
  g_free (self);
}

char *
peal_media_folder_build_path (PealMediaFolder *self, const char *name)
{
  return g_build_filename (self->path, name, NULL);
}

void
peal_media_folder_make (PealMediaFolder *self, const char *name, const char *arguments)
{
  g_autofree char *command = g_strdup_printf ("ffmpeg -v error -nostdin -y %s %s", arguments, name);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) argv = NULL;
  int status = 0;

  g_assert_true (g_shell_parse_argv (command, NULL, &argv, NULL));
  g_spawn_sync (self->path, argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, &status, &error);
  g_assert_no_error (error);
  g_spawn_check_wait_status (status, &error);
  g_assert_no_error (error);
}

void
peal_media_folder_write (PealMediaFolder *self, const char *name, gconstpointer bytes, gsize length)
{
  g_autofree char *path = peal_media_folder_build_path (self, name);

  g_assert_true (g_file_set_contents (path, bytes, (gssize)length, NULL));
}

GByteArray *
peal_media_folder_read (PealMediaFolder *self, const char *name)
{
  g_autofree char *path = peal_media_folder_build_path (self, name);
  char *bytes = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  return g_byte_array_new_take ((guint8 *)bytes, length);
}

void
peal_media_folder_cut (PealMediaFolder *self, const char *name, const char *from, gsize parts)
{
  g_autoptr (GByteArray) bytes = peal_media_folder_read (self, from);

  peal_media_folder_write (self, name, bytes->data, bytes->len * parts / 16);
}

void
peal_media_folder_write_script (PealMediaFolder *self, const char *name, const char *body)
{
  g_autofree char *path = peal_media_folder_build_path (self, name);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n%s\n", body);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_no_errno (g_chmod (path, 0700));
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-witness.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "peal-error.h"

#define FORMAT "1"
#define N_FIELDS 9

struct _PealWitness
{
  int fd;
  char *path;
};

static gboolean
fail (GError **error, int saved_errno)
{
  if (error != NULL)
    *error = peal_error_new (saved_errno == ENOSPC ? PEAL_ERROR_STORAGE_FULL : PEAL_ERROR_STORAGE_CORRUPT,
                             saved_errno == ENOSPC ? "disk_full" : "storage_failed", "witness.log: %s",
                             g_strerror (saved_errno));
  return FALSE;
}

static gboolean
sync_directory (const char *directory)
{
  int fd = open (directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  gboolean ok = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);
  return ok;
}

PealWitness *
peal_witness_open (const char *directory, GError **error)
{
  g_autoptr (PealWitness) self = g_new0 (PealWitness, 1);

  g_return_val_if_fail (directory != NULL, NULL);

  self->fd = -1;
  self->path = g_build_filename (directory, "witness.log", NULL);
  if (g_mkdir_with_parents (directory, 0700) == 0)
    self->fd = open (self->path, O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (self->fd < 0 || !sync_directory (directory))
    {
      fail (error, errno);
      return NULL;
    }
  return g_steal_pointer (&self);
}

void
peal_witness_free (PealWitness *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_clear_pointer (&self->path, g_free);
  g_free (self);
}

static guint
checksum (const char *text)
{
  return (guint)crc32 (crc32 (0, NULL, 0), (const Bytef *)text, (uInt)strlen (text));
}

/* A line that was torn by a power cut must not swallow the next one, so each begins on a line of its own. */
static gboolean
needs_newline (int fd)
{
  struct stat info;
  char last = '\n';

  if (fstat (fd, &info) < 0 || info.st_size == 0)
    return FALSE;
  return pread (fd, &last, 1, info.st_size - 1) == 1 && last != '\n';
}

gboolean
peal_witness_append (PealWitness *self, const PealWitnessLine *line, GError **error)
{
  g_autofree char *open_id = g_uri_escape_string (line->open_id, NULL, FALSE);
  g_autofree char *body = NULL;
  g_autofree char *text = NULL;
  gsize length;

  g_return_val_if_fail (self != NULL && line != NULL, FALSE);

  body = g_strdup_printf (FORMAT " %s %s %s %s %d %" G_GINT64_FORMAT " %s %" G_GINT64_FORMAT, line->post_uuid,
                          line->attempt_uuid, open_id, line->publish_id, line->n, line->size, line->sha256,
                          line->armed_at);
  text = g_strdup_printf ("%s%s %08x\n", needs_newline (self->fd) ? "\n" : "", body, checksum (body));
  length = strlen (text);
  if (write (self->fd, text, length) != (gssize)length)
    return fail (error, errno != 0 ? errno : ENOSPC);
  if (fdatasync (self->fd) < 0)
    return fail (error, errno);
  return TRUE;
}

/* (transfer full) (nullable): the fields of a line that is whole, without its checksum. */
static GStrv
split_whole (const char *start, gsize length)
{
  g_autofree char *line = g_strndup (start, length);
  char *last = strrchr (line, ' ');
  guint64 told;

  if (last == NULL || !g_ascii_string_to_unsigned (last + 1, 16, 0, G_MAXUINT32, &told, NULL))
    return NULL;
  *last = '\0';
  return checksum (line) == (guint)told ? g_strsplit (line, " ", -1) : NULL;
}

gboolean
peal_witness_find (PealWitness *self, const char *attempt_uuid, gint64 *armed_at, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *text = NULL;
  gsize length;

  g_return_val_if_fail (self != NULL && attempt_uuid != NULL, FALSE);

  *armed_at = -1;
  if (!g_file_get_contents (self->path, &text, &length, &local))
    return peal_error_refuse (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_failed", "%s", local->message);
  /* By length: a power cut may leave zeroes, which end no line. */
  for (const char *start = text, *end = text + length, *stop; start < end; start = stop + 1)
    {
      g_auto (GStrv) fields = NULL;

      stop = memchr (start, '\n', (gsize)(end - start));
      if (stop == NULL)
        stop = end;
      fields = split_whole (start, (gsize)(stop - start));
      if (fields != NULL && g_strv_length (fields) == N_FIELDS && g_str_equal (fields[2], attempt_uuid))
        g_ascii_string_to_signed (fields[8], 10, 0, G_MAXINT64, armed_at, NULL);
    }
  return TRUE;
}

static gboolean
tell_line (GStrv fields, PealWitnessFunc func, gpointer data, GError **error)
{
  g_autofree char *open_id = NULL;
  PealWitnessLine line = { 0 };
  gint64 n;

  if (g_strv_length (fields) != N_FIELDS || !g_str_equal (fields[0], FORMAT)
      || !(open_id = g_uri_unescape_string (fields[3], NULL))
      || !g_ascii_string_to_signed (fields[5], 10, 1, G_MAXINT, &n, NULL)
      || !g_ascii_string_to_signed (fields[6], 10, 0, G_MAXINT64, &line.size, NULL)
      || !g_ascii_string_to_signed (fields[8], 10, 0, G_MAXINT64, &line.armed_at, NULL))
    return TRUE;
  line.post_uuid = fields[1];
  line.attempt_uuid = fields[2];
  line.open_id = open_id;
  line.publish_id = fields[4];
  line.sha256 = fields[7];
  line.n = (int)n;
  return func (&line, data, error);
}

gboolean
peal_witness_foreach (PealWitness *self, PealWitnessFunc func, gpointer data, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autofree char *text = NULL;
  gsize length;

  g_return_val_if_fail (self != NULL && func != NULL, FALSE);

  if (!g_file_get_contents (self->path, &text, &length, &local))
    return peal_error_refuse (error, PEAL_ERROR_STORAGE_CORRUPT, "storage_failed", "%s", local->message);
  for (const char *start = text, *end = text + length, *stop; start < end; start = stop + 1)
    {
      g_auto (GStrv) fields = NULL;

      stop = memchr (start, '\n', (gsize)(end - start));
      if (stop == NULL)
        stop = end;
      fields = split_whole (start, (gsize)(stop - start));
      if (fields != NULL && !tell_line (fields, func, data, error))
        return FALSE;
    }
  return TRUE;
}

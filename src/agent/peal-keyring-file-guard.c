/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-keyring-file-guard.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>

#include "peal-error.h"
#include "peal-fiber.h"
#include "peal-worker.h"

#define MIN_ROOM (G_GUINT64_CONSTANT (8) << 20)
#define FILE_HEADER "GnomeKeyring\n\r\0\n"
#define FILE_HEADER_LENGTH 16
/* Header, and two bytes of version. */
#define FILE_START_LENGTH 18
/* Salt, its length, rounds of hashing, time, count of uses, items: hashed attributes and what is encrypted.
 */
#define FILE_TYPE G_VARIANT_TYPE ("(uayutua(a{say}ay))")
#define NS_PER_S G_GINT64_CONSTANT (1000000000)

/* By what a file is known again. */
typedef struct
{
  gint64 mtime_ns, size;
  guint64 inode;
} Signature;

struct _PealKeyringFileGuard
{
  GObject parent_instance;

  char *path;
  char *copy;   /* ours, of the last write that went well */
  char *backup; /* libsecret's, of the write before */
  gboolean is_known;
  Signature known; /* the file as it was when @state was found */
  PealKeyringFileState state;
};

G_DEFINE_FINAL_TYPE (PealKeyringFileGuard, peal_keyring_file_guard, G_TYPE_OBJECT)

/* All zero where there is no file. */
static Signature
read_signature (const char *path)
{
  struct stat info;
  Signature signature = { 0 };

  if (stat (path, &info) != 0)
    return signature;
  signature.mtime_ns = (gint64)info.st_mtim.tv_sec * NS_PER_S + info.st_mtim.tv_nsec;
  signature.size = info.st_size;
  signature.inode = info.st_ino;
  return signature;
}

static gboolean
is_same (const Signature *a, const Signature *b)
{
  return a->mtime_ns == b->mtime_ns && a->size == b->size && a->inode == b->inode;
}

/* libsecret trusts the form of what it reads: a file that was cut off either kills it or, by chance, reads as
 * one with fewer items in it. */
static gboolean
is_whole (const char *path)
{
  g_autofree char *contents = NULL;
  g_autoptr (GBytes) body = NULL;
  g_autoptr (GVariant) variant = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &contents, &length, NULL) || length <= FILE_START_LENGTH
      || memcmp (contents, FILE_HEADER, FILE_HEADER_LENGTH) != 0)
    return FALSE;
  body = g_bytes_new (contents + FILE_START_LENGTH, length - FILE_START_LENGTH);
  variant = g_variant_ref_sink (g_variant_new_from_bytes (FILE_TYPE, body, FALSE));
  return g_variant_is_normal_form (variant);
}

static void
remember (PealKeyringFileGuard *self, PealKeyringFileState state)
{
  self->known = read_signature (self->path);
  self->is_known = TRUE;
  self->state = state;
}

static PealKeyringFileState
await_state (const char *path)
{
  g_autoptr (GError) error = NULL;
  int state;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return PEAL_KEYRING_FILE_FINE;
  if (!is_whole (path))
    return PEAL_KEYRING_FILE_BROKEN;
  state = dex_await_int (peal_keyring_file_check (path), &error);
  return error == NULL ? (PealKeyringFileState)state : PEAL_KEYRING_FILE_UNUSABLE;
}

/* (transfer full): a name for the file that nothing has yet. */
static char *
find_free_name (const char *path, const char *word)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format (now, "%Y%m%dT%H%M%SZ");
  char *name = g_strdup_printf ("%s.%s-%s", path, word, time);

  for (guint i = 2; g_file_test (name, G_FILE_TEST_EXISTS); i++)
    {
      g_free (name);
      name = g_strdup_printf ("%s.%s-%s-%u", path, word, time, i);
    }
  return name;
}

static gboolean
move_aside (PealKeyringFileGuard *self, const char *word, GError **error)
{
  g_autofree char *name = find_free_name (self->path, word);

  if (g_rename (self->path, name) == 0)
    {
      g_message ("The keyring file could not be read and is now %s", name);
      return TRUE;
    }
  *error = peal_error_new (PEAL_ERROR_KEYRING_MISSING, "keyring_failed", "The keyring file: %s",
                           g_strerror (errno));
  return FALSE;
}

/* libsecret reads a file again when the second of its time stamp is another one, so it gets one that no other
 * had. */
static void
make_new_to_libsecret (const char *path)
{
  struct timespec times[2] = { { .tv_nsec = UTIME_OMIT } };

  clock_gettime (CLOCK_REALTIME, &times[1]);
  times[1].tv_sec++;
  utimensat (AT_FDCWD, path, times, 0);
}

static gboolean
copy_file (const char *from, const char *to, GError **error)
{
  g_autofree char *contents = NULL;
  gsize length = 0;

  return g_file_get_contents (from, &contents, &length, error)
         && g_file_set_contents_full (to, contents, (gssize)length,
                                      G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600,
                                      error);
}

/* A copy, so that there is still one when this goes wrong; but on a full disk there is no room for it. */
static gboolean
put_back (PealKeyringFileGuard *self, const char *from)
{
  g_autoptr (GError) error = NULL;

  if (!copy_file (from, self->path, &error) && g_rename (from, self->path) != 0)
    {
      g_warning ("The keyring file cannot be put back: %s", error->message);
      return FALSE;
    }
  make_new_to_libsecret (self->path);
  g_message ("The keyring file was put back from %s", from);
  return TRUE;
}

/* (transfer none) (nullable): the newest copy that opens. One that is older than the last write is only good
 * instead of a file that is no use at all. */
static const char *
await_good_copy (PealKeyringFileGuard *self, PealKeyringFileState state)
{
  const char *copies[] = { self->copy, state == PEAL_KEYRING_FILE_BROKEN ? self->backup : NULL };

  if (copies[1] != NULL && read_signature (self->backup).mtime_ns > read_signature (self->copy).mtime_ns)
    {
      copies[0] = self->backup;
      copies[1] = self->copy;
    }
  for (guint i = 0; i < G_N_ELEMENTS (copies); i++)
    if (copies[i] != NULL && g_file_test (copies[i], G_FILE_TEST_EXISTS)
        && await_state (copies[i]) == PEAL_KEYRING_FILE_FINE)
      return copies[i];
  return NULL;
}

static DexFuture *
examine_fiber (gpointer data)
{
  PealKeyringFileGuard *self = data;
  Signature now = read_signature (self->path);
  PealKeyringFileState state;
  const char *copy = NULL;
  g_autoptr (GError) error = NULL;

  if (self->is_known && is_same (&now, &self->known))
    return dex_future_new_for_int ((int)self->state);
  if (self->is_known && now.mtime_ns / NS_PER_S == self->known.mtime_ns / NS_PER_S)
    make_new_to_libsecret (self->path);
  self->is_known = FALSE;
  state = await_state (self->path);
  if (state == PEAL_KEYRING_FILE_UNUSABLE || state == PEAL_KEYRING_FILE_HANGS)
    return dex_future_new_for_int ((int)state);
  if (state != PEAL_KEYRING_FILE_FINE)
    copy = await_good_copy (self, state);
  if (state == PEAL_KEYRING_FILE_BROKEN || copy != NULL)
    {
      if (!move_aside (self, "broken", &error))
        return dex_future_new_for_error (g_steal_pointer (&error));
      if (copy != NULL)
        put_back (self, copy);
      state = PEAL_KEYRING_FILE_FINE;
    }
  remember (self, state);
  return dex_future_new_for_int ((int)state);
}

DexFuture *
peal_keyring_file_guard_examine (PealKeyringFileGuard *self)
{
  dex_return_error_if_fail (PEAL_IS_KEYRING_FILE_GUARD (self));

  return peal_fiber_spawn_to_end (examine_fiber, g_object_ref (self), g_object_unref);
}

gboolean
peal_keyring_file_guard_has_room (PealKeyringFileGuard *self, GError **error)
{
  g_autofree char *directory = NULL;
  struct statvfs info;

  g_return_val_if_fail (PEAL_IS_KEYRING_FILE_GUARD (self), FALSE);

  directory = g_path_get_dirname (self->path);
  /* libsecret makes the directory, on the same disk as the one above. */
  if (statvfs (directory, &info) != 0 || (guint64)info.f_bavail * info.f_frsize >= MIN_ROOM)
    return TRUE;
  g_propagate_error (
      error, peal_error_new (PEAL_ERROR_STORAGE_FULL, "disk_full", "The disk with the keyring file is full"));
  return FALSE;
}

static gboolean
sync_path (const char *path, int flags, GError **error)
{
  g_autofd int fd = g_open (path, flags | O_RDONLY | O_CLOEXEC, 0);

  if (fd >= 0 && fsync (fd) == 0)
    return TRUE;
  *error = peal_error_new (PEAL_ERROR_KEYRING_MISSING, "keyring_failed", "The keyring file: %s",
                           g_strerror (errno));
  return FALSE;
}

/* In a thread: a disk may take its time. */
static gboolean
keep (gpointer data, GValue *result, GError **error)
{
  PealKeyringFileGuard *self = data;
  g_autofree char *directory = g_path_get_dirname (self->path);
  g_autoptr (GError) local = NULL;

  if (!sync_path (self->path, 0, error) || !sync_path (directory, O_DIRECTORY, error))
    return FALSE;
  if (!copy_file (self->path, self->copy, &local))
    g_debug ("No copy of the keyring file: %s", local->message);
  return TRUE;
}

static DexFuture *
keep_fiber (gpointer data)
{
  PealKeyringFileGuard *self = data;
  g_autoptr (GError) error = NULL;

  /* Nobody writes meanwhile: calls of libsecret's are made one after the other. */
  if (!dex_await (peal_worker_run ("peal-keyring", keep, g_object_ref (self), g_object_unref), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  remember (self, self->is_known ? self->state : PEAL_KEYRING_FILE_FINE);
  return dex_future_new_true ();
}

DexFuture *
peal_keyring_file_guard_keep (PealKeyringFileGuard *self)
{
  dex_return_error_if_fail (PEAL_IS_KEYRING_FILE_GUARD (self));

  return peal_fiber_spawn_to_end (keep_fiber, g_object_ref (self), g_object_unref);
}

void
peal_keyring_file_guard_distrust (PealKeyringFileGuard *self)
{
  g_return_if_fail (PEAL_IS_KEYRING_FILE_GUARD (self));

  self->is_known = FALSE;
  make_new_to_libsecret (self->path);
}

gboolean
peal_keyring_file_guard_set_aside (PealKeyringFileGuard *self, GError **error)
{
  g_return_val_if_fail (PEAL_IS_KEYRING_FILE_GUARD (self), FALSE);

  if (!move_aside (self, "replaced", error))
    return FALSE;
  remember (self, PEAL_KEYRING_FILE_FINE);
  return TRUE;
}

static void
peal_keyring_file_guard_finalize (GObject *object)
{
  PealKeyringFileGuard *self = PEAL_KEYRING_FILE_GUARD (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->copy, g_free);
  g_clear_pointer (&self->backup, g_free);
  G_OBJECT_CLASS (peal_keyring_file_guard_parent_class)->finalize (object);
}

static void
peal_keyring_file_guard_class_init (PealKeyringFileGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = peal_keyring_file_guard_finalize;
}

static void
peal_keyring_file_guard_init (PealKeyringFileGuard *self)
{
}

PealKeyringFileGuard *
peal_keyring_file_guard_new (const char *path)
{
  PealKeyringFileGuard *self = NULL;

  g_return_val_if_fail (path != NULL, NULL);

  self = g_object_new (PEAL_TYPE_KEYRING_FILE_GUARD, NULL);
  self->path = g_strdup (path);
  self->copy = g_strconcat (path, ".last-good", NULL);
  self->backup = g_strconcat (path, "~", NULL);
  return self;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-crash-inode.h"

#include <string.h>

#include "peal-crash-vfs.h"

#define SECTOR 512

/* A write, or where there are no bytes a truncation to @offset. */
typedef struct
{
  gsize offset;
  GBytes *bytes;
} Change;

guint32
peal_crash_roll (guint32 *dice)
{
  *dice = *dice * 1664525u + 1013904223u;
  return *dice >> 8;
}

static void
change_free (Change *self)
{
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

PealCrashInode *
peal_crash_inode_new (void)
{
  PealCrashInode *self = g_new0 (PealCrashInode, 1);

  g_atomic_ref_count_init (&self->references);
  self->seen = g_byte_array_new ();
  self->certain = g_byte_array_new ();
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)change_free);
  return self;
}

PealCrashInode *
peal_crash_inode_ref (PealCrashInode *self)
{
  g_atomic_ref_count_inc (&self->references);
  return self;
}

void
peal_crash_inode_unref (PealCrashInode *self)
{
  if (!g_atomic_ref_count_dec (&self->references))
    return;
  g_clear_pointer (&self->seen, g_byte_array_unref);
  g_clear_pointer (&self->certain, g_byte_array_unref);
  g_clear_pointer (&self->changes, g_ptr_array_unref);
  g_free (self);
}

static void
resize (GByteArray *bytes, gsize size)
{
  gsize old = bytes->len;

  g_byte_array_set_size (bytes, (guint)size);
  if (size > old)
    memset (bytes->data + old, 0, size - old);
}

static void
put (GByteArray *bytes, gsize offset, const void *data, gsize length)
{
  if (bytes->len < offset + length)
    resize (bytes, offset + length);
  memcpy (bytes->data + offset, data, length);
}

static void
apply (const Change *change, GByteArray *bytes)
{
  gsize length;
  const void *data;

  if (change->bytes == NULL)
    {
      resize (bytes, change->offset);
      return;
    }
  data = g_bytes_get_data (change->bytes, &length);
  put (bytes, change->offset, data, length);
}

void
peal_crash_inode_change (PealCrashInode *self, gsize offset, GBytes *bytes)
{
  Change *change = g_new0 (Change, 1);

  change->offset = offset;
  change->bytes = bytes;
  apply (change, self->seen);
  g_ptr_array_add (self->changes, change);
}

void
peal_crash_inode_sync (PealCrashInode *self)
{
  for (guint i = 0; i < self->changes->len; i++)
    apply (g_ptr_array_index (self->changes, i), self->certain);
  g_ptr_array_set_size (self->changes, 0);
}

/* A write that was under way arrives not at all, up to some sector, in some of its sectors, or whole. */
static void
apply_part (guint32 *dice, const Change *change, GByteArray *bytes)
{
  guint kind = peal_crash_roll (dice) % 4;
  const guint8 *data;
  gsize length, end;

  if (kind == 0)
    return;
  if (kind == 3 || change->bytes == NULL)
    {
      apply (change, bytes);
      return;
    }
  data = g_bytes_get_data (change->bytes, &length);
  end = kind == 1 ? peal_crash_roll (dice) % (length / SECTOR + 1) * SECTOR : length;
  for (gsize at = 0; at < end; at += SECTOR)
    if (kind == 1 || peal_crash_roll (dice) % 2 == 0)
      put (bytes, change->offset + at, data + at, MIN (SECTOR, end - at));
}

PealCrashInode *
peal_crash_inode_survive (const PealCrashInode *self, guint survivors, guint32 *dice)
{
  PealCrashInode *after = peal_crash_inode_new ();

  g_byte_array_append (after->certain, self->certain->data, self->certain->len);
  for (guint i = 0; survivors != PEAL_SURVIVES_NOTHING && i < self->changes->len; i++)
    {
      if (survivors == PEAL_SURVIVES_ALL)
        apply (g_ptr_array_index (self->changes, i), after->certain);
      else
        apply_part (dice, g_ptr_array_index (self->changes, i), after->certain);
    }
  g_byte_array_append (after->seen, after->certain->data, after->certain->len);
  return after;
}

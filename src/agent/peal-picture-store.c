/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-picture-store.h"

#include "peal-error.h"
#include "peal-fiber.h"
#include "peal-picture-shelf.h"
#include "peal-worker.h"

G_STATIC_ASSERT (PEAL_PICTURE_MAX_BYTES <= PEAL_PICTURE_SHELF_MAX_BYTES);

struct _PealPictureStore
{
  GObject parent_instance;

  PealPictureReader *reader;
  char *directory;
  gint64 max_bytes;
};

G_DEFINE_FINAL_TYPE (PealPictureStore, peal_picture_store, G_TYPE_OBJECT)

/* What a worker has while the fiber waits: nothing that lives on the main context. */
typedef struct
{
  char *directory, *key;
  gint64 max_bytes;
  PealShelfMark address;
  GBytes *kept; /* nullable */
  gboolean is_current;
  GBytes *fresh;
} Shelving;

static void
shelving_clear (Shelving *self)
{
  g_clear_pointer (&self->directory, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->kept, g_bytes_unref);
  g_clear_pointer (&self->fresh, g_bytes_unref);
}

static void
shelving_unref (Shelving *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify)shelving_clear);
}

/* One picture on its way. */
typedef struct
{
  PealPictureStore *store;
  Shelving *shelving;
  char *url; /* nullable */
  GCancellable *cancellable;
} Loading;

static void
loading_free (Loading *self)
{
  g_clear_object (&self->store);
  g_clear_pointer (&self->shelving, shelving_unref);
  g_clear_pointer (&self->url, g_free);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/* Host and query change with each signing, the path with the picture. */
static void
mark_address (const char *url, PealShelfMark *mark)
{
  g_autofree char *path = NULL;

  if (url == NULL || !g_uri_split (url, G_URI_FLAGS_ENCODED, NULL, NULL, NULL, NULL, &path, NULL, NULL, NULL))
    path = g_strdup (url != NULL ? url : "");
  peal_shelf_mark_data (mark, path, strlen (path));
}

static gboolean
look_up (gpointer data, GValue *result, GError **error)
{
  Shelving *self = data;
  PealShelfMark mark;

  self->kept = peal_picture_shelf_get (self->directory, self->key, &mark);
  self->is_current = self->kept != NULL && memcmp (&mark, &self->address, sizeof mark) == 0;
  return TRUE;
}

static gboolean
keep (gpointer data, GValue *result, GError **error)
{
  Shelving *self = data;

  return peal_picture_shelf_put (self->directory, self->key, &self->address, self->fresh, self->max_bytes, 0,
                                 error);
}

static DexFuture *
work (const char *name, PealWorkerFunc func, Shelving *shelving)
{
  return peal_worker_run (name, func, g_atomic_rc_box_acquire (shelving), (GDestroyNotify)shelving_unref);
}

static DexFuture *
new_picture (GBytes *bytes)
{
  return dex_future_new_take_boxed (G_TYPE_BYTES, g_bytes_ref (bytes));
}

static DexFuture *
load_fiber (gpointer data)
{
  Loading *loading = data;
  Shelving *shelving = loading->shelving;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) unkept = NULL;

  dex_await (work ("picture-look", look_up, shelving), NULL);
  if (shelving->kept != NULL && (shelving->is_current || loading->url == NULL))
    return new_picture (shelving->kept);
  if (loading->url == NULL)
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "no_picture", "TikTok names no picture"));
  shelving->fresh = dex_await_boxed (
      peal_picture_reader_read (loading->store->reader, loading->url, loading->cancellable), &error);
  if (shelving->fresh != NULL)
    {
      if (!dex_await (work ("picture-keep", keep, shelving), &unkept))
        g_debug ("a picture is not kept: %s", unkept->message);
      return new_picture (shelving->fresh);
    }
  if (shelving->kept != NULL && !g_error_matches (error, PEAL_ERROR, PEAL_ERROR_CANCELLED))
    return new_picture (shelving->kept);
  return dex_future_new_for_error (g_steal_pointer (&error));
}

DexFuture *
peal_picture_store_load (PealPictureStore *self, const char *key, const char *url, GCancellable *cancellable)
{
  Loading *loading = NULL;

  dex_return_error_if_fail (PEAL_IS_PICTURE_STORE (self));
  dex_return_error_if_fail (key != NULL);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  loading = g_new0 (Loading, 1);
  loading->store = g_object_ref (self);
  loading->shelving = g_atomic_rc_box_new0 (Shelving);
  loading->shelving->directory = g_strdup (self->directory);
  loading->shelving->key = g_strdup (key);
  loading->shelving->max_bytes = self->max_bytes;
  mark_address (url, &loading->shelving->address);
  loading->url = g_strdup (url);
  g_set_object (&loading->cancellable, cancellable);
  return peal_fiber_spawn_to_end (load_fiber, loading, (GDestroyNotify)loading_free);
}

static void
peal_picture_store_finalize (GObject *object)
{
  PealPictureStore *self = PEAL_PICTURE_STORE (object);

  g_clear_object (&self->reader);
  g_clear_pointer (&self->directory, g_free);
  G_OBJECT_CLASS (peal_picture_store_parent_class)->finalize (object);
}

static void
peal_picture_store_class_init (PealPictureStoreClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = peal_picture_store_finalize;
}

static void
peal_picture_store_init (PealPictureStore *self)
{
}

PealPictureStore *
peal_picture_store_new (PealPictureReader *reader, const char *directory, gint64 max_bytes)
{
  PealPictureStore *self = NULL;

  g_return_val_if_fail (PEAL_IS_PICTURE_READER (reader), NULL);
  g_return_val_if_fail (directory != NULL, NULL);

  self = g_object_new (PEAL_TYPE_PICTURE_STORE, NULL);
  self->reader = g_object_ref (reader);
  self->directory = g_strdup (directory);
  self->max_bytes = max_bytes;
  return self;
}

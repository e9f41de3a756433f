/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-pictures.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "peal-error.h"
#include "peal-fiber.h"
#include "peal-places.h"
#include "peal-poster-shelf.h"

#define MAX_KEPT 300
#define MAX_AT_ONCE 2
/* Larger ones are looked at one at a time, and would fill the disk. */
#define MAX_SHELF_SIDE 512

G_STATIC_ASSERT (MAX_SHELF_SIDE *MAX_SHELF_SIDE * 4 < PEAL_PICTURE_SHELF_MAX_BYTES);

struct _PealPictures
{
  GObject parent_instance;

  PealAgentLink *link;
  PealMediaRunner *runner;
  char *posters; /* the directory of those that are kept */
  gboolean remote;

  GHashTable *futures; /* key → DexFuture of a GdkTexture, under way or done */
  GQueue kept;         /* of char *: the keys of those that are done, the latest first */
  DexFuture *release;  /* resolves when pictures may be loaded */
  PealPlaces *videos, *fetches, *decoders;
};

G_DEFINE_FINAL_TYPE (PealPictures, peal_pictures, G_TYPE_OBJECT)

typedef enum
{
  PROP_LINK = 1,
  PROP_RUNNER,
  PROP_REMOTE,
} PealPicturesProps;

static GParamSpec *properties[PROP_REMOTE + 1];

typedef enum
{
  POSTER,
  FRAME,
  AVATAR,
  COVER,
} Kind;

typedef struct
{
  PealPictures *pictures;
  Kind kind;
  char *key; /* (nullable): under which it is kept */
  gint64 post;
  gint64 at_us;
  char *account;
  char *video;
  int side;
  int fd;
} Job;

static Job *
job_new (PealPictures *pictures, Kind kind, int side)
{
  Job *self = g_new0 (Job, 1);

  self->pictures = g_object_ref (pictures);
  self->kind = kind;
  self->side = CLAMP (side, 1, PEAL_PICTURE_MAX_SIDE);
  self->fd = -1;
  return self;
}

static void
job_free (Job *self)
{
  g_clear_object (&self->pictures);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->video, g_free);
  g_clear_fd (&self->fd, NULL);
  g_free (self);
}

static GdkTexture *
to_texture (const PealPicture *picture)
{
  return gdk_memory_texture_new (picture->width, picture->height, GDK_MEMORY_R8G8B8A8, picture->rgba,
                                 (gsize)picture->width * 4);
}

static int
fetch_remote (Job *job, GError **error)
{
  g_auto (GVariantDict) what = G_VARIANT_DICT_INIT (NULL);
  g_autofd int fd = memfd_create ("peal-picture", MFD_CLOEXEC);

  if (fd < 0)
    {
      peal_error_refuse (error, PEAL_ERROR_MEDIA, "probe_failed", "%s", g_strerror (errno));
      return -1;
    }
  g_variant_dict_insert (&what, "kind", "s", job->kind == AVATAR ? "avatar" : "cover");
  g_variant_dict_insert (&what, "account", "s", job->account);
  if (job->kind == COVER)
    g_variant_dict_insert (&what, "video", "s", job->video);
  if (!dex_await (peal_client_run_job (peal_agent_link_get_client (job->pictures->link), "FetchPicture",
                                       g_variant_new ("(h@a{sv})", 0, g_variant_dict_end (&what)), fd, NULL),
                  error)
      || lseek (fd, 0, SEEK_SET) != 0)
    return -1;
  return g_steal_fd (&fd);
}

static gboolean
open_source (Job *job, GError **error)
{
  PealPictures *self = job->pictures;

  if (job->kind == POSTER)
    job->fd = dex_await_fd (peal_client_call_for_fd (peal_agent_link_get_client (self->link), "OpenMedia",
                                                     g_variant_new ("(x)", job->post), NULL),
                            error);
  else
    job->fd = fetch_remote (job, error);
  return job->fd >= 0;
}

static PealPicture *
decode (Job *job, GError **error)
{
  PealPictures *self = job->pictures;
  PealPicture *picture = NULL;

  peal_places_take (self->decoders);
  if (job->kind == POSTER || job->kind == FRAME)
    picture =
        dex_await_boxed (peal_media_runner_frame (self->runner, job->fd, job->at_us, job->side, NULL), error);
  else
    picture = dex_await_boxed (peal_media_runner_picture (self->runner, job->fd, job->side, NULL), error);
  peal_places_give_back (self->decoders);
  return picture;
}

static PealPicture *
find_or_decode (Job *job, GError **error)
{
  const char *directory = job->pictures->posters;
  PealPicture *poster = NULL;
  PealShelfMark video;

  if (job->side > MAX_SHELF_SIDE || !peal_poster_shelf_mark (job->fd, &video))
    return decode (job, error);
  poster = dex_await_boxed (peal_poster_shelf_find (directory, job->key, &video), NULL);
  if (poster == NULL && (poster = decode (job, error)) != NULL)
    dex_future_disown (peal_poster_shelf_keep (directory, job->key, &video, poster));
  return poster;
}

/* A source keeps its place until it is decoded, so that few of them are open at a time; the network may take
 * its time, and no poster nor decoder waits for it. */
static PealPicture *
open_and_decode (Job *job, GError **error)
{
  PealPictures *self = job->pictures;
  PealPlaces *sources = job->kind == POSTER ? self->videos : self->fetches;
  PealPicture *picture = NULL;

  peal_places_take (sources);
  if (open_source (job, error))
    picture = job->kind == POSTER ? find_or_decode (job, error) : decode (job, error);
  peal_places_give_back (sources);
  return picture;
}

static void
keep (Job *job)
{
  PealPictures *self = job->pictures;

  g_queue_push_head (&self->kept, g_steal_pointer (&job->key));
  while (g_queue_get_length (&self->kept) > MAX_KEPT)
    {
      g_autofree char *oldest = g_queue_pop_tail (&self->kept);

      g_hash_table_remove (self->futures, oldest);
    }
}

static DexFuture *
load_fiber (gpointer data)
{
  Job *job = data;
  g_autoptr (PealPicture) picture = NULL;
  g_autoptr (GError) error = NULL;

  if (dex_await (dex_ref (job->pictures->release), &error))
    picture = job->kind == FRAME ? decode (job, &error) : open_and_decode (job, &error);
  if (picture == NULL)
    {
      /* Another time it may be there. */
      if (job->key != NULL)
        g_hash_table_remove (job->pictures->futures, job->key);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }
  if (job->key != NULL)
    keep (job);
  return dex_future_new_take_object (to_texture (picture));
}

/* Takes @job and @key. */
static DexFuture *
load (PealPictures *self, Job *job, char *key)
{
  DexFuture *known = g_hash_table_lookup (self->futures, key);
  GList *link = NULL;

  if (known == NULL)
    {
      DexFuture *future = NULL;

      job->key = g_strdup (key);
      future = peal_fiber_spawn_to_end (load_fiber, job, (GDestroyNotify)job_free);
      g_hash_table_insert (self->futures, key, dex_ref (future));
      return future;
    }
  if ((link = g_queue_find_custom (&self->kept, key, (GCompareFunc)g_strcmp0)) != NULL)
    {
      g_queue_unlink (&self->kept, link);
      g_queue_push_head_link (&self->kept, link);
    }
  job_free (job);
  g_free (key);
  return dex_ref (known);
}

static DexFuture *
refuse (void)
{
  return dex_future_new_for_error (
      peal_error_new (PEAL_ERROR_INVALID, "no_picture", "Pictures from TikTok are switched off"));
}

static void
peal_pictures_constructed (GObject *object)
{
  PealPictures *self = PEAL_PICTURES (object);

  G_OBJECT_CLASS (peal_pictures_parent_class)->constructed (object);
  g_assert (PEAL_IS_AGENT_LINK (self->link));
  g_assert (PEAL_IS_MEDIA_RUNNER (self->runner));
  self->posters = g_build_filename (
      g_get_user_cache_dir (),
      peal_client_get_practice (peal_agent_link_get_client (self->link)) ? APP_ID ".Practice" : APP_ID,
      "posters", NULL);
}

static void
peal_pictures_dispose (GObject *object)
{
  PealPictures *self = PEAL_PICTURES (object);

  g_queue_clear_full (&self->kept, g_free);
  g_hash_table_remove_all (self->futures);
  g_clear_object (&self->link);
  g_clear_object (&self->runner);
  G_OBJECT_CLASS (peal_pictures_parent_class)->dispose (object);
}

static void
peal_pictures_finalize (GObject *object)
{
  PealPictures *self = PEAL_PICTURES (object);

  g_clear_pointer (&self->futures, g_hash_table_unref);
  dex_clear (&self->release);
  g_clear_pointer (&self->posters, g_free);
  g_clear_pointer (&self->videos, peal_places_free);
  g_clear_pointer (&self->fetches, peal_places_free);
  g_clear_pointer (&self->decoders, peal_places_free);
  G_OBJECT_CLASS (peal_pictures_parent_class)->finalize (object);
}

static void
peal_pictures_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PealPictures *self = PEAL_PICTURES (object);

  switch ((PealPicturesProps)id)
    {
    case PROP_LINK:
      g_value_set_object (value, self->link);
      break;
    case PROP_RUNNER:
      g_value_set_object (value, self->runner);
      break;
    case PROP_REMOTE:
      g_value_set_boolean (value, self->remote);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_pictures_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealPictures *self = PEAL_PICTURES (object);

  switch ((PealPicturesProps)id)
    {
    case PROP_LINK:
      self->link = g_value_dup_object (value);
      break;
    case PROP_RUNNER:
      self->runner = g_value_dup_object (value);
      break;
    case PROP_REMOTE:
      if (self->remote == g_value_get_boolean (value))
        return;
      self->remote = g_value_get_boolean (value);
      g_object_notify_by_pspec (object, pspec);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_pictures_class_init (PealPicturesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->constructed = peal_pictures_constructed;
  object_class->dispose = peal_pictures_dispose;
  object_class->finalize = peal_pictures_finalize;
  object_class->get_property = peal_pictures_get_property;
  object_class->set_property = peal_pictures_set_property;

  properties[PROP_LINK] =
      g_param_spec_object ("link", NULL, NULL, PEAL_TYPE_AGENT_LINK, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_RUNNER] =
      g_param_spec_object ("runner", NULL, NULL, PEAL_TYPE_MEDIA_RUNNER, flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_REMOTE] = g_param_spec_boolean ("remote", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
peal_pictures_init (PealPictures *self)
{
  self->remote = TRUE;
  self->futures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, dex_unref);
  g_queue_init (&self->kept);
  self->release = dex_future_new_true ();
  self->videos = peal_places_new (MAX_AT_ONCE);
  self->fetches = peal_places_new (MAX_AT_ONCE);
  /* A processor is left to the window, where there are two: a picture is not worth a frame. */
  self->decoders = peal_places_new (CLAMP (g_get_num_processors () - 1, 1, MAX_AT_ONCE));
}

PealPictures *
peal_pictures_new (PealAgentLink *link, PealMediaRunner *runner)
{
  g_return_val_if_fail (PEAL_IS_AGENT_LINK (link), NULL);
  g_return_val_if_fail (PEAL_IS_MEDIA_RUNNER (runner), NULL);

  return g_object_new (PEAL_TYPE_PICTURES, "link", link, "runner", runner, NULL);
}

void
peal_pictures_hold (PealPictures *self)
{
  g_return_if_fail (PEAL_IS_PICTURES (self));

  if (!dex_future_is_pending (self->release))
    {
      dex_unref (self->release);
      self->release = DEX_FUTURE (dex_promise_new ());
    }
}

void
peal_pictures_release (PealPictures *self)
{
  g_return_if_fail (PEAL_IS_PICTURES (self));

  if (dex_future_is_pending (self->release))
    dex_promise_resolve_boolean (DEX_PROMISE (self->release), TRUE);
}

DexFuture *
peal_pictures_load_poster (PealPictures *self, gint64 post, gint64 cover_ms, int side)
{
  Job *job = NULL;

  dex_return_error_if_fail (PEAL_IS_PICTURES (self));

  job = job_new (self, POSTER, side);
  job->post = post;
  job->at_us = MAX (cover_ms, 0) * 1000;
  return load (self, job,
               g_strdup_printf ("poster %" G_GINT64_FORMAT " %" G_GINT64_FORMAT " %d", post, cover_ms, side));
}

DexFuture *
peal_pictures_load_frame (PealPictures *self, int fd, gint64 at_us, int side)
{
  Job *job = NULL;

  dex_return_error_if_fail (PEAL_IS_PICTURES (self));
  dex_return_error_if_fail (fd >= 0);

  job = job_new (self, FRAME, side);
  job->fd = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  job->at_us = at_us;
  return peal_fiber_spawn_to_end (load_fiber, job, (GDestroyNotify)job_free);
}

DexFuture *
peal_pictures_load_avatar (PealPictures *self, const char *account, const char *url, int side)
{
  Job *job = NULL;

  dex_return_error_if_fail (PEAL_IS_PICTURES (self));
  dex_return_error_if_fail (account != NULL);

  if (!self->remote || url == NULL)
    return refuse ();
  job = job_new (self, AVATAR, side);
  job->account = g_strdup (account);
  return load (self, job, g_strdup_printf ("avatar %d %s %s", side, account, url));
}

DexFuture *
peal_pictures_load_cover (PealPictures *self, const char *account, const char *video, int side)
{
  Job *job = NULL;

  dex_return_error_if_fail (PEAL_IS_PICTURES (self));
  dex_return_error_if_fail (account != NULL);
  dex_return_error_if_fail (video != NULL);

  if (!self->remote)
    return refuse ();
  job = job_new (self, COVER, side);
  job->account = g_strdup (account);
  job->video = g_strdup (video);
  return load (self, job, g_strdup_printf ("cover %d %s %s", side, account, video));
}

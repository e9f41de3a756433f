/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-video-item.h"

#include "peal-dict-private.h"
#include "peal-share-url-private.h"

struct _PealVideoItem
{
  GObject parent_instance;

  char *id;
  gint64 create_time;
  char *title, *description;
  char *share_url;
  PealShareUrl share_class;
  gboolean is_practice, has_cover;
  gint64 duration;
  gint64 view_count, like_count, comment_count, share_count;
  gint64 sampled_at;
  gint64 post;
};

G_DEFINE_FINAL_TYPE (PealVideoItem, peal_video_item, G_TYPE_OBJECT)

static guint changed_signal;

typedef struct
{
  const char *id, *title, *description, *share_url, *cover_url;
  gint64 create_time, duration_s, view_count, like_count, comment_count, share_count, sampled_at, post;
} Said;

#define MEMBER(name, type) { #name, PEAL_DICT_##type, G_STRUCT_OFFSET (Said, name), NULL }

static const PealDictMember members[] = {
  MEMBER (id, TEXT),           MEMBER (title, TEXT),
  MEMBER (description, TEXT),  MEMBER (share_url, TEXT),
  MEMBER (cover_url, TEXT),    MEMBER (create_time, INT64),
  MEMBER (duration_s, INT64),  MEMBER (view_count, INT64),
  MEMBER (like_count, INT64),  MEMBER (comment_count, INT64),
  MEMBER (share_count, INT64), MEMBER (sampled_at, INT64),
  MEMBER (post, INT64),        { NULL },
};

static gboolean
take_texts (PealVideoItem *self, const Said *said)
{
  PealShareUrl share_class = peal_share_url_classify (said->share_url);
  gboolean has_cover = peal_text_or_null (said->cover_url) != NULL;
  gboolean is_new = self->has_cover != has_cover;

  is_new |= g_set_str (&self->id, said->id != NULL ? said->id : "");
  is_new |= g_set_str (&self->title, said->title);
  is_new |= g_set_str (&self->description, said->description);
  is_new |= g_set_str (&self->share_url, share_class != PEAL_SHARE_URL_REFUSED ? said->share_url : NULL);
  self->share_class = share_class;
  self->has_cover = has_cover;
  return is_new;
}

static gboolean
take_numbers (PealVideoItem *self, const Said *said)
{
  gboolean is_new = FALSE;

  is_new |= peal_set_int64 (&self->create_time, MAX (said->create_time, 0));
  is_new |= peal_set_int64 (&self->duration, MAX (said->duration_s, -1));
  is_new |= peal_set_int64 (&self->view_count, MAX (said->view_count, -1));
  is_new |= peal_set_int64 (&self->like_count, MAX (said->like_count, -1));
  is_new |= peal_set_int64 (&self->comment_count, MAX (said->comment_count, -1));
  is_new |= peal_set_int64 (&self->share_count, MAX (said->share_count, -1));
  is_new |= peal_set_int64 (&self->sampled_at, said->sampled_at);
  is_new |= peal_set_int64 (&self->post, MAX (said->post, 0));
  return is_new;
}

static void
peal_video_item_finalize (GObject *object)
{
  PealVideoItem *self = PEAL_VIDEO_ITEM (object);

  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->share_url, g_free);
  G_OBJECT_CLASS (peal_video_item_parent_class)->finalize (object);
}

static void
peal_video_item_class_init (PealVideoItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = peal_video_item_finalize;

  changed_signal =
      g_signal_new ("changed", PEAL_TYPE_VIDEO_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
peal_video_item_init (PealVideoItem *self)
{
  self->id = g_strdup ("");
}

PealVideoItem *
peal_video_item_new (GVariant *dict)
{
  PealVideoItem *self = NULL;

  g_return_val_if_fail (dict != NULL && g_variant_is_of_type (dict, G_VARIANT_TYPE_VARDICT), NULL);

  self = g_object_new (PEAL_TYPE_VIDEO_ITEM, NULL);
  peal_video_item_update (self, dict);
  return self;
}

void
peal_video_item_update (PealVideoItem *self, GVariant *dict)
{
  g_auto (PealDictHold) hold = PEAL_DICT_HOLD_INIT;
  gboolean is_new = FALSE;
  Said said;

  g_return_if_fail (PEAL_IS_VIDEO_ITEM (self));
  g_return_if_fail (dict != NULL && g_variant_is_of_type (dict, G_VARIANT_TYPE_VARDICT));

  peal_dict_read (dict, members, &said, &hold);
  is_new |= take_texts (self, &said);
  is_new |= take_numbers (self, &said);
  if (is_new)
    g_signal_emit (self, changed_signal, 0);
}

void
peal_video_item_set_practice (PealVideoItem *self, gboolean is_practice)
{
  g_return_if_fail (PEAL_IS_VIDEO_ITEM (self));

  self->is_practice = is_practice;
}

const char *
peal_video_item_get_title (PealVideoItem *self)
{
  g_return_val_if_fail (PEAL_IS_VIDEO_ITEM (self), "");

  return peal_first_text (self->title, self->description, NULL);
}

const char *
peal_video_item_get_share_url (PealVideoItem *self)
{
  g_return_val_if_fail (PEAL_IS_VIDEO_ITEM (self), NULL);

  return peal_share_url_is_open (self->share_class, self->is_practice) ? self->share_url : NULL;
}

gboolean
peal_video_item_has_cover (PealVideoItem *self)
{
  g_return_val_if_fail (PEAL_IS_VIDEO_ITEM (self), FALSE);

  return self->has_cover;
}

/* What is given as it is kept. */
#define GETTER(type, name, fallback)                                                                         \
  type peal_video_item_get_##name (PealVideoItem *self)                                                      \
  {                                                                                                          \
    g_return_val_if_fail (PEAL_IS_VIDEO_ITEM (self), fallback);                                              \
                                                                                                             \
    return self->name;                                                                                       \
  }

GETTER (const char *, id, "")
GETTER (gint64, create_time, 0)
GETTER (gint64, duration, -1)
GETTER (gint64, view_count, -1)
GETTER (gint64, like_count, -1)
GETTER (gint64, comment_count, -1)
GETTER (gint64, share_count, -1)
GETTER (gint64, sampled_at, -1)
GETTER (gint64, post, 0)

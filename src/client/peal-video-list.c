/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-video-list.h"

#include "peal-dict-private.h"
#include "peal-error.h"
#include "peal-item-store.h"
#include "peal-reader.h"

#define PAGE 500

struct _PealVideoList
{
  GObject parent_instance;

  PealAgentLink *link;
  char *account;
  PealReader *reader;
  PealItemStore *store;

  gboolean is_stale;   /* to be read from the beginning */
  gboolean is_reading; /* the pages, up to here: */
  gint64 before;       /* create time; 0: the beginning */

  gboolean is_loading, is_loaded;
  GError *error;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PealVideoList,
                               peal_video_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

typedef enum
{
  PROP_LINK = 1,
  PROP_ACCOUNT,
  PROP_LOADING,
  PROP_LOADED,
  PROP_ERROR,
} PealVideoListProps;

static GParamSpec *properties[PROP_ERROR + 1];

typedef struct
{
  const char *id;
  gint64 create_time;
} SaidId;

static const PealDictMember id_members[] = {
  { "id", PEAL_DICT_TEXT, G_STRUCT_OFFSET (SaidId, id), NULL },
  { "create_time", PEAL_DICT_INT64, G_STRUCT_OFFSET (SaidId, create_time), NULL },
  { NULL },
};

static void
set_loading (PealVideoList *self, gboolean is_loading)
{
  if (self->is_loading == is_loading)
    return;
  self->is_loading = is_loading;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* Takes @error (nullable). */
static void
set_error (PealVideoList *self, GError *error)
{
  if (self->error == error)
    return;
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

static DexFuture *
next_call (gpointer owner, GCancellable *cancellable)
{
  PealVideoList *self = owner;

  if (peal_agent_link_get_state (self->link) != PEAL_LINK_READY || !(self->is_stale || self->is_reading))
    return NULL;
  if (self->is_stale)
    self->before = 0;
  self->is_stale = FALSE;
  self->is_reading = TRUE;
  set_loading (self, TRUE);
  return peal_client_call (peal_agent_link_get_client (self->link), "ListVideos",
                           g_variant_new ("(sxu)", self->account, self->before, PAGE), cancellable);
}

/* (transfer full): the one that we have, brought up to date, or a new one. */
static PealVideoItem *
ensure_item (PealVideoList *self, const char *id, GVariant *dict)
{
  PealVideoItem *old = peal_item_store_find (self->store, id);
  PealVideoItem *item = NULL;

  if (old != NULL)
    {
      item = g_object_ref (old);
      peal_video_item_update (item, dict);
      return item;
    }
  item = peal_video_item_new (dict);
  peal_video_item_set_practice (item, peal_client_get_practice (peal_agent_link_get_client (self->link)));
  return item;
}

/* Whole seconds make a page: the next begins before the last one's. */
static void
take_page (PealVideoList *self, PealDictIter *iter)
{
  g_autoptr (GPtrArray) places = peal_item_places_new ();
  PealItemKey after = { -self->before, G_MAXINT64 };
  PealItemKey upto = { G_MININT64, G_MAXINT64 };
  gint64 oldest = G_MAXINT64;
  gboolean is_last;
  guint n_videos = 0;
  GVariant *next;

  for (; (next = peal_dict_iter_next (iter)) != NULL; n_videos++)
    {
      g_autoptr (GVariant) dict = next;
      g_autoptr (PealVideoItem) item = NULL;
      g_auto (PealDictHold) hold = PEAL_DICT_HOLD_INIT;
      SaidId said;

      peal_dict_read (dict, id_members, &said, &hold);
      if (peal_text_or_null (said.id) == NULL)
        continue;
      said.create_time = MAX (said.create_time, 0);
      item = ensure_item (self, said.id, dict);
      peal_item_places_add (places, said.id, (PealItemKey){ -said.create_time, 0 }, item);
      oldest = MIN (oldest, said.create_time);
    }
  /* A page that leads nowhere is taken for the last one. */
  is_last = n_videos < PAGE || oldest <= 0 || (self->before > 0 && oldest >= self->before);
  upto.rank = -oldest;
  peal_item_store_replace (self->store, self->before > 0 ? &after : NULL, is_last ? NULL : &upto, places);
  self->before = oldest;
  self->is_reading = !is_last;
}

static PealReaderUrge
take_reply (gpointer owner, DexFuture *done)
{
  PealVideoList *self = owner;
  g_auto (PealDictIter) iter = PEAL_DICT_ITER_INIT;
  GError *error = NULL;
  const GValue *value = dex_future_get_value (done, &error);

  if (value == NULL || !peal_dict_iter_init (&iter, g_value_get_variant (value)))
    {
      if (error == NULL)
        error = peal_error_new (PEAL_ERROR_INVALID, "agent_failed", "The agent's list of videos is none");
      set_error (self, error);
      set_loading (self, FALSE);
      return PEAL_READER_REST;
    }
  take_page (self, &iter);
  set_error (self, NULL);
  if (!self->is_loaded)
    {
      self->is_loaded = TRUE;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
    }
  if (self->is_reading || self->is_stale)
    return PEAL_READER_LATER;
  set_loading (self, FALSE);
  return PEAL_READER_REST;
}

static void
ready_cb (PealVideoList *self, PealAgentLink *link)
{
  self->is_stale = TRUE;
  peal_reader_restart (self->reader);
}

static void
changed_cb (PealVideoList *self, const char *kind, const char *const *ids, PealAgentLink *link)
{
  if (!g_str_equal (kind, "video") || (ids[0] != NULL && !g_strv_contains (ids, self->account)))
    return;
  self->is_stale = TRUE;
  peal_reader_wake (self->reader, PEAL_READER_LATER);
}

static void
state_cb (PealVideoList *self, GParamSpec *pspec, PealAgentLink *link)
{
  if (peal_agent_link_get_state (link) != PEAL_LINK_READY)
    set_loading (self, FALSE);
}

static GType
peal_video_list_get_item_type (GListModel *model)
{
  return PEAL_TYPE_VIDEO_ITEM;
}

static guint
peal_video_list_get_n_items (GListModel *model)
{
  return peal_item_store_get_length (PEAL_VIDEO_LIST (model)->store);
}

static gpointer
peal_video_list_get_item (GListModel *model, guint position)
{
  gpointer item = peal_item_store_get (PEAL_VIDEO_LIST (model)->store, position);

  return item != NULL ? g_object_ref (item) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = peal_video_list_get_item_type;
  iface->get_n_items = peal_video_list_get_n_items;
  iface->get_item = peal_video_list_get_item;
}

static void
peal_video_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PealVideoList *self = PEAL_VIDEO_LIST (object);

  switch ((PealVideoListProps)id)
    {
    case PROP_LINK:
      g_value_set_object (value, self->link);
      break;
    case PROP_ACCOUNT:
      g_value_set_string (value, self->account);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->is_loading);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, self->is_loaded);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_video_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealVideoList *self = PEAL_VIDEO_LIST (object);

  switch ((PealVideoListProps)id)
    {
    case PROP_LINK:
      self->link = g_value_dup_object (value);
      break;
    case PROP_ACCOUNT:
      self->account = g_value_dup_string (value);
      break;
    case PROP_LOADING:
    case PROP_LOADED:
    case PROP_ERROR:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_video_list_constructed (GObject *object)
{
  PealVideoList *self = PEAL_VIDEO_LIST (object);

  G_OBJECT_CLASS (peal_video_list_parent_class)->constructed (object);
  g_assert (PEAL_IS_AGENT_LINK (self->link));
  g_assert (self->account != NULL);
  self->reader = peal_reader_new (self, next_call, take_reply);
  g_signal_connect_object (self->link, "ready", G_CALLBACK (ready_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->link, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->link, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
  self->is_stale = TRUE;
  set_loading (self, peal_agent_link_get_state (self->link) == PEAL_LINK_READY);
  peal_reader_wake (self->reader, PEAL_READER_NOW);
}

/* References are kept to the end: somebody who hears our news may dispose us in the middle of it. */
static void
peal_video_list_dispose (GObject *object)
{
  PealVideoList *self = PEAL_VIDEO_LIST (object);

  peal_reader_stop (self->reader);
  G_OBJECT_CLASS (peal_video_list_parent_class)->dispose (object);
}

static void
peal_video_list_finalize (GObject *object)
{
  PealVideoList *self = PEAL_VIDEO_LIST (object);

  g_clear_object (&self->reader);
  g_clear_object (&self->link);
  g_clear_pointer (&self->store, peal_item_store_free);
  g_clear_pointer (&self->account, g_free);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (peal_video_list_parent_class)->finalize (object);
}

static void
peal_video_list_class_init (PealVideoListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags made =
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;
  GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = peal_video_list_get_property;
  object_class->set_property = peal_video_list_set_property;
  object_class->constructed = peal_video_list_constructed;
  object_class->dispose = peal_video_list_dispose;
  object_class->finalize = peal_video_list_finalize;

  properties[PROP_LINK] = g_param_spec_object ("link", NULL, NULL, PEAL_TYPE_AGENT_LINK, made);
  properties[PROP_ACCOUNT] = g_param_spec_string ("account", NULL, NULL, NULL, made);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, told);
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, told);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, told);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
peal_video_list_init (PealVideoList *self)
{
  self->store = peal_item_store_new (G_LIST_MODEL (self));
}

PealVideoList *
peal_video_list_new (PealAgentLink *link, const char *account)
{
  g_return_val_if_fail (PEAL_IS_AGENT_LINK (link), NULL);
  g_return_val_if_fail (account != NULL, NULL);

  return g_object_new (PEAL_TYPE_VIDEO_LIST, "link", link, "account", account, NULL);
}

gboolean
peal_video_list_is_loading (PealVideoList *self)
{
  g_return_val_if_fail (PEAL_IS_VIDEO_LIST (self), FALSE);

  return self->is_loading;
}

gboolean
peal_video_list_is_loaded (PealVideoList *self)
{
  g_return_val_if_fail (PEAL_IS_VIDEO_LIST (self), FALSE);

  return self->is_loaded;
}

const GError *
peal_video_list_get_error (PealVideoList *self)
{
  g_return_val_if_fail (PEAL_IS_VIDEO_LIST (self), NULL);

  return self->error;
}

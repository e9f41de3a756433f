/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-post-list.h"

#include "peal-post-list-private.h"

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PealPostList,
                               peal_post_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

typedef enum
{
  PROP_LINK = 1,
  PROP_LOADING,
  PROP_LOADED,
  PROP_HAS_MORE,
  PROP_ERROR,
} PealPostListProps;

static GParamSpec *properties[PROP_ERROR + 1];

void
peal_post_list_sync (PealPostList *self)
{
  gboolean is_loading = peal_agent_link_get_state (self->link) == PEAL_LINK_READY && !self->has_failed
                        && (self->must_reload || self->is_reloading || self->wants_more);
  gboolean has_more = self->is_loaded && self->end.is_set;

  if (self->has_more != has_more)
    {
      self->has_more = has_more;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_HAS_MORE]);
    }
  if (self->is_loading != is_loading)
    {
      self->is_loading = is_loading;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
    }
}

void
peal_post_list_set_error (PealPostList *self, GError *error)
{
  if (self->error == error)
    return;
  g_clear_error (&self->error);
  self->error = error;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

void
peal_post_list_set_loaded (PealPostList *self)
{
  if (self->is_loaded)
    return;
  self->is_loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

static void
ready_cb (PealPostList *self, PealAgentLink *link)
{
  self->must_reload = TRUE;
  peal_reader_restart (self->reader);
  peal_post_list_sync (self);
}

/* The agent's own way to write a number is the only one that we find it by. */
static void
add_dirty (PealPostList *self, const char *text)
{
  g_autofree char *id = NULL;
  gint64 number;

  if (!g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &number, NULL))
    return;
  id = g_strdup_printf ("%" G_GINT64_FORMAT, number);
  g_hash_table_add (self->dirty, g_steal_pointer (&id));
}

static void
changed_cb (PealPostList *self, const char *kind, const char *const *ids, PealAgentLink *link)
{
  if (!g_str_equal (kind, "post"))
    return;
  if (ids[0] == NULL)
    self->must_reload = TRUE;
  for (; *ids != NULL; ids++)
    add_dirty (self, *ids);
  peal_reader_wake (self->reader, PEAL_READER_LATER);
}

static void
progress_cb (PealPostList *self, PealAgentLink *link)
{
  peal_post_list_take_progress (self);
}

static void
state_cb (PealPostList *self, GParamSpec *pspec, PealAgentLink *link)
{
  peal_post_list_sync (self);
}

static GType
peal_post_list_get_item_type (GListModel *model)
{
  return PEAL_TYPE_POST_ITEM;
}

static guint
peal_post_list_get_n_items (GListModel *model)
{
  return peal_item_store_get_length (PEAL_POST_LIST (model)->store);
}

static gpointer
peal_post_list_get_item (GListModel *model, guint position)
{
  gpointer item = peal_item_store_get (PEAL_POST_LIST (model)->store, position);

  return item != NULL ? g_object_ref (item) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = peal_post_list_get_item_type;
  iface->get_n_items = peal_post_list_get_n_items;
  iface->get_item = peal_post_list_get_item;
}

static void
peal_post_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PealPostList *self = PEAL_POST_LIST (object);

  switch ((PealPostListProps)id)
    {
    case PROP_LINK:
      g_value_set_object (value, self->link);
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->is_loading);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, self->is_loaded);
      break;
    case PROP_HAS_MORE:
      g_value_set_boolean (value, self->has_more);
      break;
    case PROP_ERROR:
      g_value_set_boxed (value, self->error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_post_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealPostList *self = PEAL_POST_LIST (object);

  switch ((PealPostListProps)id)
    {
    case PROP_LINK:
      self->link = g_value_dup_object (value);
      break;
    case PROP_LOADING:
    case PROP_LOADED:
    case PROP_HAS_MORE:
    case PROP_ERROR:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_post_list_constructed (GObject *object)
{
  PealPostList *self = PEAL_POST_LIST (object);

  G_OBJECT_CLASS (peal_post_list_parent_class)->constructed (object);
  g_assert (PEAL_IS_AGENT_LINK (self->link));
  self->reader = peal_reader_new (self, peal_post_list_next_call, peal_post_list_take_reply);
  self->must_reload = TRUE;
  g_signal_connect_object (self->link, "ready", G_CALLBACK (ready_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->link, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->link, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->link, "notify::state", G_CALLBACK (state_cb), self, G_CONNECT_SWAPPED);
}

/* References are kept to the end: somebody who hears our news may dispose us in the middle of it. */
static void
peal_post_list_dispose (GObject *object)
{
  PealPostList *self = PEAL_POST_LIST (object);

  peal_reader_stop (self->reader);
  G_OBJECT_CLASS (peal_post_list_parent_class)->dispose (object);
}

static void
peal_post_list_finalize (GObject *object)
{
  PealPostList *self = PEAL_POST_LIST (object);

  g_clear_object (&self->reader);
  g_clear_object (&self->link);
  g_clear_pointer (&self->store, peal_item_store_free);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->dirty, g_hash_table_unref);
  g_clear_pointer (&self->asked, g_ptr_array_unref);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (peal_post_list_parent_class)->finalize (object);
}

static void
peal_post_list_class_init (PealPostListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags told = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = peal_post_list_get_property;
  object_class->set_property = peal_post_list_set_property;
  object_class->constructed = peal_post_list_constructed;
  object_class->dispose = peal_post_list_dispose;
  object_class->finalize = peal_post_list_finalize;

  properties[PROP_LINK] = g_param_spec_object ("link", NULL, NULL, PEAL_TYPE_AGENT_LINK,
                                               G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                   | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, told);
  properties[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, told);
  properties[PROP_HAS_MORE] = g_param_spec_boolean ("has-more", NULL, NULL, FALSE, told);
  properties[PROP_ERROR] = g_param_spec_boxed ("error", NULL, NULL, G_TYPE_ERROR, told);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
peal_post_list_init (PealPostList *self)
{
  self->store = peal_item_store_new (G_LIST_MODEL (self));
  self->dirty = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

PealPostList *
peal_post_list_new (PealAgentLink *link, const PealPostState *states, gsize n_states, PealPostOrder order)
{
  PealPostList *self = NULL;

  g_return_val_if_fail (PEAL_IS_AGENT_LINK (link), NULL);
  g_return_val_if_fail (states != NULL && n_states > 0, NULL);

  self = g_object_new (PEAL_TYPE_POST_LIST, "link", link, NULL);
  for (gsize i = 0; i < n_states; i++)
    self->states |= 1u << states[i];
  self->order = order;
  peal_reader_wake (self->reader, PEAL_READER_NOW);
  peal_post_list_sync (self);
  return self;
}

void
peal_post_list_set_filter (PealPostList *self, const char *account, const char *text)
{
  gboolean is_new;

  g_return_if_fail (PEAL_IS_POST_LIST (self));
  g_return_if_fail (text == NULL || g_utf8_validate (text, -1, NULL));

  is_new = g_set_str (&self->account, account);
  is_new |= g_set_str (&self->text, text != NULL && text[0] != '\0' ? text : NULL);
  if (!is_new)
    return;
  self->must_reload = self->has_new_filter = TRUE;
  self->wants_more = FALSE;
  peal_reader_restart (self->reader);
  peal_post_list_sync (self);
}

void
peal_post_list_load_more (PealPostList *self)
{
  g_return_if_fail (PEAL_IS_POST_LIST (self));

  /* Also where the page before could not be read. */
  self->wants_more = self->wants_more || self->end.is_set;
  self->has_failed = FALSE;
  peal_reader_wake (self->reader, PEAL_READER_NOW);
  peal_post_list_sync (self);
}

gboolean
peal_post_list_is_loading (PealPostList *self)
{
  g_return_val_if_fail (PEAL_IS_POST_LIST (self), FALSE);

  return self->is_loading;
}

gboolean
peal_post_list_is_loaded (PealPostList *self)
{
  g_return_val_if_fail (PEAL_IS_POST_LIST (self), FALSE);

  return self->is_loaded;
}

gboolean
peal_post_list_has_more (PealPostList *self)
{
  g_return_val_if_fail (PEAL_IS_POST_LIST (self), FALSE);

  return self->has_more;
}

const GError *
peal_post_list_get_error (PealPostList *self)
{
  g_return_val_if_fail (PEAL_IS_POST_LIST (self), NULL);

  return self->error;
}

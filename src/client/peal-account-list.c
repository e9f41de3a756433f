/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-account-list.h"

#include "peal-dict-private.h"
#include "peal-item-store.h"
#include "peal-reader.h"

struct _PealAccountList
{
  GObject parent_instance;

  PealAgentLink *link;
  PealReader *reader;
  PealItemStore *store;
  gboolean is_stale;
  gboolean is_loaded;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (PealAccountList,
                               peal_account_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

typedef enum
{
  PROP_LINK = 1,
  PROP_LOADED,
} PealAccountListProps;

static GParamSpec *properties[PROP_LOADED + 1];

static DexFuture *
next_call (gpointer owner, GCancellable *cancellable)
{
  PealAccountList *self = owner;

  if (!self->is_stale || peal_agent_link_get_state (self->link) != PEAL_LINK_READY)
    return NULL;
  self->is_stale = FALSE;
  return peal_client_call (peal_agent_link_get_client (self->link), "ListAccounts", NULL, cancellable);
}

/* (transfer full): the one that we have, brought up to date, or a new one. */
static PealAccountItem *
ensure_item (PealAccountList *self, GVariant *dict)
{
  gboolean is_practice = peal_client_get_practice (peal_agent_link_get_client (self->link));
  g_autoptr (PealAccountItem) item = peal_account_item_new (dict);
  PealAccountItem *old = peal_item_store_find (self->store, peal_account_item_get_open_id (item));

  if (old == NULL)
    {
      peal_account_item_set_practice (item, is_practice);
      return g_steal_pointer (&item);
    }
  peal_account_item_update (old, dict);
  return g_object_ref (old);
}

static void
take_accounts (PealAccountList *self, PealDictIter *iter)
{
  g_autoptr (GPtrArray) places = peal_item_places_new ();
  GVariant *next;

  while ((next = peal_dict_iter_next (iter)) != NULL)
    {
      g_autoptr (GVariant) dict = next;
      g_autoptr (PealAccountItem) item = ensure_item (self, dict);
      PealItemKey key = { peal_account_item_get_state (item) == PEAL_ACCOUNT_DISCONNECTED, places->len };

      if (peal_account_item_get_open_id (item)[0] != '\0')
        peal_item_places_add (places, peal_account_item_get_open_id (item), key, item);
    }
  peal_item_store_replace (self->store, NULL, NULL, places);
  if (self->is_loaded)
    return;
  self->is_loaded = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADED]);
}

/* What could not be read is read again with the next change, or when the agent is back. */
static PealReaderUrge
take_reply (gpointer owner, DexFuture *done)
{
  PealAccountList *self = owner;
  g_auto (PealDictIter) iter = PEAL_DICT_ITER_INIT;
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (done, &error);

  if (value != NULL && peal_dict_iter_init (&iter, g_value_get_variant (value)))
    take_accounts (self, &iter);
  else
    {
      g_debug ("The accounts could not be read: %s", error != NULL ? error->message : "no list");
      self->is_stale = TRUE;
      return PEAL_READER_REST;
    }
  return self->is_stale ? PEAL_READER_LATER : PEAL_READER_REST;
}

static void
ready_cb (PealAccountList *self, PealAgentLink *link)
{
  self->is_stale = TRUE;
  peal_reader_wake (self->reader, PEAL_READER_NOW);
}

static void
changed_cb (PealAccountList *self, const char *kind, const char *const *ids, PealAgentLink *link)
{
  if (!g_str_equal (kind, "account"))
    return;
  self->is_stale = TRUE;
  peal_reader_wake (self->reader, PEAL_READER_LATER);
}

static GType
peal_account_list_get_item_type (GListModel *model)
{
  return PEAL_TYPE_ACCOUNT_ITEM;
}

static guint
peal_account_list_get_n_items (GListModel *model)
{
  return peal_item_store_get_length (PEAL_ACCOUNT_LIST (model)->store);
}

static gpointer
peal_account_list_get_item (GListModel *model, guint position)
{
  gpointer item = peal_item_store_get (PEAL_ACCOUNT_LIST (model)->store, position);

  return item != NULL ? g_object_ref (item) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = peal_account_list_get_item_type;
  iface->get_n_items = peal_account_list_get_n_items;
  iface->get_item = peal_account_list_get_item;
}

static void
peal_account_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PealAccountList *self = PEAL_ACCOUNT_LIST (object);

  switch ((PealAccountListProps)id)
    {
    case PROP_LINK:
      g_value_set_object (value, self->link);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, self->is_loaded);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_account_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealAccountList *self = PEAL_ACCOUNT_LIST (object);

  switch ((PealAccountListProps)id)
    {
    case PROP_LINK:
      self->link = g_value_dup_object (value);
      break;
    case PROP_LOADED:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_account_list_constructed (GObject *object)
{
  PealAccountList *self = PEAL_ACCOUNT_LIST (object);

  G_OBJECT_CLASS (peal_account_list_parent_class)->constructed (object);
  g_assert (PEAL_IS_AGENT_LINK (self->link));
  self->reader = peal_reader_new (self, next_call, take_reply);
  g_signal_connect_object (self->link, "ready", G_CALLBACK (ready_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->link, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  ready_cb (self, self->link);
}

/* References are kept to the end: somebody who hears our news may dispose us in the middle of it. */
static void
peal_account_list_dispose (GObject *object)
{
  PealAccountList *self = PEAL_ACCOUNT_LIST (object);

  peal_reader_stop (self->reader);
  G_OBJECT_CLASS (peal_account_list_parent_class)->dispose (object);
}

static void
peal_account_list_finalize (GObject *object)
{
  PealAccountList *self = PEAL_ACCOUNT_LIST (object);

  g_clear_object (&self->reader);
  g_clear_object (&self->link);
  g_clear_pointer (&self->store, peal_item_store_free);
  G_OBJECT_CLASS (peal_account_list_parent_class)->finalize (object);
}

static void
peal_account_list_class_init (PealAccountListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = peal_account_list_get_property;
  object_class->set_property = peal_account_list_set_property;
  object_class->constructed = peal_account_list_constructed;
  object_class->dispose = peal_account_list_dispose;
  object_class->finalize = peal_account_list_finalize;

  properties[PROP_LINK] = g_param_spec_object ("link", NULL, NULL, PEAL_TYPE_AGENT_LINK,
                                               G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                   | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_LOADED] = g_param_spec_boolean (
      "loaded", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
peal_account_list_init (PealAccountList *self)
{
  self->store = peal_item_store_new (G_LIST_MODEL (self));
}

PealAccountList *
peal_account_list_new (PealAgentLink *link)
{
  g_return_val_if_fail (PEAL_IS_AGENT_LINK (link), NULL);

  return g_object_new (PEAL_TYPE_ACCOUNT_LIST, "link", link, NULL);
}

gboolean
peal_account_list_is_loaded (PealAccountList *self)
{
  g_return_val_if_fail (PEAL_IS_ACCOUNT_LIST (self), FALSE);

  return self->is_loaded;
}

PealAccountItem *
peal_account_list_find (PealAccountList *self, const char *open_id)
{
  g_return_val_if_fail (PEAL_IS_ACCOUNT_LIST (self), NULL);
  g_return_val_if_fail (open_id != NULL, NULL);

  return peal_item_store_find (self->store, open_id);
}

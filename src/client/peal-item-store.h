/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The items of a list model in their order, found by id and by position in a time that hardly grows with
 * their number. What changes is told to the list model that it stands behind as few, small changes, so that
 * rows that stay keep their selection and focus. */

typedef struct _PealItemStore PealItemStore;

/* Items go by rank, then by tie, then by id, each ascending. */
typedef struct
{
  gint64 rank, tie;
} PealItemKey;

/* Of @owner, whose "items-changed" it emits; no reference is held. (transfer full) */
PealItemStore *peal_item_store_new (GListModel *owner);
void peal_item_store_free (PealItemStore *self);

guint peal_item_store_get_length (PealItemStore *self);
/* (transfer none) (nullable) */
gpointer peal_item_store_get (PealItemStore *self, guint position);
/* (transfer none) (nullable) */
gpointer peal_item_store_find (PealItemStore *self, const char *id);

/* Puts @item where it belongs, wherever it was before. */
void peal_item_store_place (PealItemStore *self, const char *id, PealItemKey key, gpointer item);
/* Whether there was one. */
gboolean peal_item_store_remove (PealItemStore *self, const char *id);

/* Places for peal_item_store_replace (), in any order. (transfer full) */
GPtrArray *peal_item_places_new (void);
void peal_item_places_add (GPtrArray *places, const char *id, PealItemKey key, gpointer item);
/* From now on what lies behind @after (NULL: from the beginning) up to and with @upto (NULL: to the end) is
 * @places alone, whatever was there before and wherever these were. Those whose key is not of that range are
 * left out. */
void peal_item_store_replace (PealItemStore *self,
                              const PealItemKey *after,
                              const PealItemKey *upto,
                              GPtrArray *places);

int peal_item_key_compare (PealItemKey a, PealItemKey b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealItemStore, peal_item_store_free)

G_END_DECLS

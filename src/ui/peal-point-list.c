/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-point-list.h"

struct _PealPointItem
{
  GObject parent_instance;

  PealPoint point;
  gint64 before;
};

struct _PealPointList
{
  GObject parent_instance;

  PealSeries *series;
};

G_DEFINE_FINAL_TYPE (PealPointItem, peal_point_item, G_TYPE_OBJECT)

static void
peal_point_item_class_init (PealPointItemClass *klass)
{
}

static void
peal_point_item_init (PealPointItem *self)
{
}

const PealPoint *
peal_point_item_get_point (PealPointItem *self)
{
  g_return_val_if_fail (PEAL_IS_POINT_ITEM (self), NULL);

  return &self->point;
}

gint64
peal_point_item_get_before (PealPointItem *self)
{
  g_return_val_if_fail (PEAL_IS_POINT_ITEM (self), PEAL_SERIES_UNKNOWN);

  return self->before;
}

static GType
get_item_type (GListModel *model)
{
  return PEAL_TYPE_POINT_ITEM;
}

static guint
get_n_items (GListModel *model)
{
  gsize n;

  peal_series_get (PEAL_POINT_LIST (model)->series, &n);
  return (guint)MIN (n, G_MAXUINT);
}

static gpointer
get_item (GListModel *model, guint position)
{
  PealPointList *self = PEAL_POINT_LIST (model);
  PealPointItem *item = NULL;
  gsize n;
  const PealPoint *points = peal_series_get (self->series, &n);
  gssize index;
  gssize before;

  if (position >= n)
    return NULL;
  index = (gssize)(n - 1 - position);
  before = peal_series_find_before (self->series, index);
  item = g_object_new (PEAL_TYPE_POINT_ITEM, NULL);
  item->point = points[index];
  item->before = before >= 0 ? points[before].value : PEAL_SERIES_UNKNOWN;
  return item;
}

static void
init_list_model (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (PealPointList,
                               peal_point_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, init_list_model))

static void
peal_point_list_finalize (GObject *object)
{
  g_clear_pointer (&PEAL_POINT_LIST (object)->series, peal_series_unref);
  G_OBJECT_CLASS (peal_point_list_parent_class)->finalize (object);
}

static void
peal_point_list_class_init (PealPointListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = peal_point_list_finalize;
}

static void
peal_point_list_init (PealPointList *self)
{
}

PealPointList *
peal_point_list_new (PealSeries *series)
{
  PealPointList *self = NULL;

  g_return_val_if_fail (series != NULL, NULL);

  self = g_object_new (PEAL_TYPE_POINT_LIST, NULL);
  self->series = peal_series_ref (series);
  return self;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

#include "peal-series.h"

G_BEGIN_DECLS

/* The points of a series as a GListModel of PealPointItem, the latest first: the table that stands for a
 * chart. The items are made when they are asked for. */

#define PEAL_TYPE_POINT_ITEM (peal_point_item_get_type ())
G_DECLARE_FINAL_TYPE (PealPointItem, peal_point_item, PEAL, POINT_ITEM, GObject)

/* The value is PEAL_SERIES_UNKNOWN where there is a break. */
const PealPoint *peal_point_item_get_point (PealPointItem *self);
/* The known value before it, or PEAL_SERIES_UNKNOWN. */
gint64 peal_point_item_get_before (PealPointItem *self);

#define PEAL_TYPE_POINT_LIST (peal_point_list_get_type ())
G_DECLARE_FINAL_TYPE (PealPointList, peal_point_list, PEAL, POINT_LIST, GObject)

/* (transfer full) */
PealPointList *peal_point_list_new (PealSeries *series);

G_END_DECLS

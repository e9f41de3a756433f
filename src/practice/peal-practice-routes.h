/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-practice-call.h"

G_BEGIN_DECLS

/* Which function answers what. */
typedef struct
{
  const char *method;
  const char *path;
  gboolean is_prefix;
  const char *endpoint; /* the name that counts and faults use */
  void (*handle) (PealPracticeCall *call);
} PealPracticeRoute;

/* Returns: (nullable): the route of @path, static; with another method if @is_path_known is set. */
const PealPracticeRoute *
peal_practice_routes_find (const char *method, const char *path, gboolean *is_path_known);

G_END_DECLS

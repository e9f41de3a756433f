/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-practice-call.h"

G_BEGIN_DECLS

/* The `fields` of the Display API. A table ends with NULL. */
typedef struct
{
  const char *name;
  const char *scope;
} PealPracticeField;

/* Returns: (transfer full) (nullable): the names asked for; answers and returns NULL if there are none or one
 * is not in
 * @table. */
GStrv peal_practice_fields_dup (PealPracticeCall *call, const PealPracticeField *table);

/* Returns: the scope that field @name needs, static. */
const char *peal_practice_fields_get_scope (const PealPracticeField *table, const char *name);

/* Returns: (transfer full): the members of @all that @names lists. */
JsonObject *peal_practice_fields_pick (JsonObject *all, GStrv names);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* The fault script: what shall go wrong, at which endpoint and how often. README.md says what each member
 * does. */
typedef struct _PealPracticeFaults PealPracticeFaults;

PealPracticeFaults *peal_practice_faults_new (void);
void peal_practice_faults_free (PealPracticeFaults *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealPracticeFaults, peal_practice_faults_free)

/* Adds the fault that @object describes.
 * Returns: (nullable) (transfer full): the name of a member that is unknown or wrong. */
char *peal_practice_faults_add (PealPracticeFaults *self, JsonObject *object);
void peal_practice_faults_clear (PealPracticeFaults *self);

/* Uses up one turn of the first fault that fits. @chunk is the chunk's index of an upload, else -1.
 * Returns: (nullable) (transfer full): the fault. */
JsonObject *peal_practice_faults_take (PealPracticeFaults *self,
                                       const char *endpoint,
                                       gint64 chunk,
                                       gboolean is_last_chunk);

/* Returns: (transfer full): the faults that have turns left, with `remaining`. */
JsonArray *peal_practice_faults_to_json (PealPracticeFaults *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What TikTok just said that a creator may choose (TikTok: content-posting-api-reference-query-creator-info),
 * as the bus interface's GetCreatorInfo gives it: a value. */

#define PEAL_TYPE_COMPOSE_CREATOR (peal_compose_creator_get_type ())

typedef struct
{
  char *nickname; /* the handle where there is none; may be "" */
  char *username; /* without "@"; may be "" */
  char *avatar_url;
  GStrv privacy_levels; /* TikTok's words, in its order, each once */
  gboolean comment_disabled, duet_disabled, stitch_disabled;
  gint64 max_duration_s; /* of a video; 0 unknown */
} PealComposeCreator;

GType peal_compose_creator_get_type (void) G_GNUC_CONST;
/* (transfer full): from the result of the job. What is missing or makes no sense is left out. */
PealComposeCreator *peal_compose_creator_new (GVariant *dict);
PealComposeCreator *peal_compose_creator_copy (const PealComposeCreator *self);
void peal_compose_creator_free (PealComposeCreator *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealComposeCreator, peal_compose_creator_free)

G_END_DECLS

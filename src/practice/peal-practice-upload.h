/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-practice-call.h"

G_BEGIN_DECLS

/* The upload address: PUT of one chunk after the other (TikTok: content-posting-api-media-transfer-guide). A
 * chunk counts when its last byte is there; one that breaks off leaves nothing behind. */
typedef struct _PealPracticeTransfer PealPracticeTransfer;

/* Which chunk the headers of @message speak of: its index, -1 if none. Sets @is_last. */
gint64 peal_practice_upload_get_chunk (PealPracticeWorld *world,
                                       SoupServerMessage *message,
                                       GHashTable *query,
                                       gboolean *is_last);

/* The headers are there. Sets @refusal if the chunk will not be taken; that is answered once the body has
 * been read, since many clients do not look for an answer before. Returns: (transfer full) (nullable): what
 * to feed with its bytes. */
PealPracticeTransfer *peal_practice_upload_begin (PealPracticeCall *call, guint *refusal);

void peal_practice_transfer_feed (PealPracticeTransfer *self, GBytes *bytes);
gint64 peal_practice_transfer_get_length (PealPracticeTransfer *self);
void peal_practice_transfer_free (PealPracticeTransfer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealPracticeTransfer, peal_practice_transfer_free)

/* The body is there: counts the chunk and answers, unless @call is NULL. */
void
peal_practice_transfer_end (PealPracticeTransfer *self, PealPracticeWorld *world, PealPracticeCall *call);

G_END_DECLS

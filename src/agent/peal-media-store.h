/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-clock.h"
#include "peal-database.h"
#include "peal-post-record.h"

G_BEGIN_DECLS

/* The private copies of the videos: made when a post is planned, so that the original may be moved or edited,
 * and kept until every post that uses one has ended, and a week longer. */

#define PEAL_TYPE_MEDIA_STORE (peal_media_store_get_type ())
G_DECLARE_FINAL_TYPE (PealMediaStore, peal_media_store, PEAL, MEDIA_STORE, GObject)

/* @directory is made if need be. (transfer full) */
PealMediaStore *
peal_media_store_new (PealDatabase *database, PealClock *clock, const char *directory, GError **error);
/* Copies @fd (duplicated). @name is for people. Resolves to a{sv}: media x, size x, sha256 s. Errors: as
 * peal_media_copy_make (), MEDIA "not_a_video" (the bytes are no MP4, MOV or WebM), INVALID "media_facts"
 * (the facts are not of this file). */
DexFuture *peal_media_store_import (PealMediaStore *self,
                                    int fd,
                                    const char *name,
                                    const PealMediaFacts *facts,
                                    GCancellable *cancellable);
/* Opens the copy of @record's video and makes sure that it is what was planned: by its inode and times, and
 * where those differ by its digest. Resolves to the descriptor (dex_await_fd). MEDIA "media_missing",
 * "media_changed". */
DexFuture *peal_media_store_open (PealMediaStore *self, const PealPostRecord *record);
/* Removes copies that nothing needs any more, and leftovers of copies that were never finished. */
DexFuture *peal_media_store_sweep (PealMediaStore *self);

G_END_DECLS

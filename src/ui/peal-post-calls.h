/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "peal-post-item.h"
#include "peal-session.h"

G_BEGIN_DECLS

/* What the user does to a post, as calls to the agent that push how to take them back. All return (transfer
 * full) a future that resolves to anything once it is done and rejects with PEAL_ERROR. */

DexFuture *peal_post_call_cancel (PealSession *session, PealPostItem *post);
/* @zone: IANA name. */
DexFuture *peal_post_call_move (PealSession *session, PealPostItem *post, gint64 due, const char *zone);
/* Off the plan, or back from cancelled. */
DexFuture *peal_post_call_make_draft (PealSession *session, PealPostItem *post);
DexFuture *peal_post_call_publish_now (PealSession *session, PealPostItem *post);
/* @answer: "published", "again", "leave". */
DexFuture *peal_post_call_resolve (PealSession *session, PealPostItem *post, const char *answer);
DexFuture *peal_post_call_adopt (PealSession *session);

G_END_DECLS

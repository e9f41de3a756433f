/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "peal-post-item.h"
#include "peal-session.h"

G_BEGIN_DECLS

/* What a filled-in form asks of the agent. Each call says what was done, and pushes how to take it back. All
 * return (transfer full) futures that reject with PEAL_ERROR. */

typedef enum
{
  PEAL_COMPOSE_TIME_KEPT, /* of a post that there is: as it stands */
  PEAL_COMPOSE_TIME_NOW,
  PEAL_COMPOSE_TIME_DUE,
  PEAL_COMPOSE_TIME_DRAFT, /* none */
} PealComposeTimeKind;

typedef struct
{
  PealComposeTimeKind kind;
  gint64 due;       /* for DUE: µs UTC */
  const char *zone; /* for DUE: IANA name */
} PealComposeTime;

/* Resolves to the number (gint64) of the private copy that the agent made of the video open as @fd. @name: of
 * the file, for people. A copy that no post uses goes away by itself. */
DexFuture *peal_compose_call_import (PealSession *session,
                                     int fd,
                                     const char *name,
                                     const PealMediaFacts *facts,
                                     GCancellable *cancellable);
/* Resolves to the id (gint64) of the new post. @media: as above. @open_id: of its account. */
DexFuture *peal_compose_call_add (PealSession *session,
                                  gint64 media,
                                  const char *open_id,
                                  const PealPostOptions *options,
                                  const PealComposeTime *time);
/* Resolves to TRUE once @post is as @options and @time have it; only what differs from @before (what @post
 * was when the form was filled) is sent. */
DexFuture *peal_compose_call_edit (PealSession *session,
                                   PealPostItem *post,
                                   const PealPostOptions *before,
                                   const PealPostOptions *options,
                                   const PealComposeTime *time);

G_END_DECLS

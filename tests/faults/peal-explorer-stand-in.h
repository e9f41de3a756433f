/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Where the copy of a video is written to, and what with. */
#define PEAL_CHANGED_AT 100
#define PEAL_CHANGED_TO '!'

/* TikTok's side of a run of the explorer, small and fast: the calls that a publish needs, one fault or two,
 * and the ledger. All that it knows is plain data in memory that outlives the process, so that the process
 * may die in the middle of a request that was already processed. Its clock is the one that the run has. */

typedef enum
{
  PEAL_AT_INIT,
  PEAL_AT_CHUNK, /* any but the last */
  PEAL_AT_LAST,
  PEAL_AT_STATUS,
  PEAL_AT_TOKEN,
} PealStandInCall;

typedef enum
{
  PEAL_FAULT_UNREAD,  /* the connection closes, nothing happens */
  PEAL_FAULT_LOST,    /* it is done, and the connection closes */
  PEAL_FAULT_ANSWER,  /* nothing happens, and the answer is another */
  PEAL_FAULT_PRETEND, /* it is done, and the answer is another */
  PEAL_FAULT_LATE,    /* the connection closes, and it is done after @delay_s */
  PEAL_FAULT_TWICE,   /* it is done twice; the first answer */
  PEAL_FAULT_EXPIRED, /* the upload address expires here and now */
  PEAL_FAULT_REFUSED, /* it is done, and processing then ends FAILED, internal */
} PealFaultKind;

typedef struct
{
  const char *name;
  PealStandInCall call;
  PealFaultKind kind;
  guint skip, count; /* of such calls; count 0: all that follow */
  guint status;      /* of ANSWER and PRETEND */
  const char *body;
  gint64 delay_s;
  gboolean may_need_review; /* nobody can know then what became of the post */
  gboolean has_no_end;      /* the same, where TikTok should have come to an end long ago */
} PealFault;

#define PEAL_STAND_IN_SLOTS 12

/* What became of an init. Instants are µs UTC of the run; 0 for never. */
typedef struct
{
  char caption[32];
  gint64 size, chunk_size, begun, expires;
  gint64 received, late_size, late_at, whole_at;
  gboolean is_refused, has_changed; /* has_changed: its bytes are not those that were planned */
  guint n_published;
} PealSlot;

typedef struct
{
  gint64 now; /* ours, which may be wrong by @ahead_us */
  gint64 ahead_us;
  gboolean tells_last_index; /* status/fetch names the last byte, and does not count */
  const PealFault *faults[2];
  guint seen[2];
  PealSlot slots[PEAL_STAND_IN_SLOTS];
  guint n_slots;
  guint n_inits, n_puts, n_statuses, n_refreshes;
  gint64 inits_at[PEAL_STAND_IN_SLOTS];
  guint generation; /* of tokens: act.N and rft.N are good */
  guint port;
} PealStandIn;

/* Called between what a request does and its answer. */
typedef void (*PealStandInFunc) (const char *name);

/* (transfer full): serves @self, which outlives it, on a port of loopback that @self then names. */
SoupServer *peal_stand_in_serve (PealStandIn *self, PealStandInFunc processed);
/* Lets time pass: what was late arrives, what is whole is published. */
void peal_stand_in_update (PealStandIn *self);
/* The ledger: how many were published, with @caption (nullable: any). */
guint peal_stand_in_count (const PealStandIn *self, const char *caption);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-explorer-stand-in.h"

G_BEGIN_DECLS

/* One publish by the real engine, from its first look to its end, over one life of a process or several. A
 * point is a place where something has just become true and nobody has acted on it yet: a transaction that
 * changed something is on the disk, the witness has its line, a request is about to leave, was processed, or
 * its answer is there. Points are counted, and at one of them something may happen. */

typedef enum
{
  PEAL_DEED_NOTHING,
  PEAL_DEED_CRASH,     /* the process is gone, as by SIGKILL */
  PEAL_DEED_TERMINATE, /* SIGTERM */
  PEAL_DEED_CANCEL,
  PEAL_DEED_EDIT,
  PEAL_DEED_PAUSE,       /* and a minute later resume */
  PEAL_DEED_DISCONNECT,  /* and then connect again */
  PEAL_DEED_CLOCK_AHEAD, /* by an hour; and put right after five minutes */
  PEAL_DEED_CLOCK_BACK,  /* by a day */
  PEAL_DEED_SLEEP,       /* the computer sleeps for three days */
  PEAL_DEED_MEDIA,       /* the copy of the video is written to, and its time of change put back */
  PEAL_DEED_AGAIN,       /* "publish now", though it is under way, and another look */
  PEAL_N_DEEDS,
} PealDeed;

/* Rules that are broken on purpose, to see that it shows. */
typedef enum
{
  PEAL_BROKEN_NOTHING,
  PEAL_BROKEN_ARM,    /* the last chunk is not announced in the journal */
  PEAL_BROKEN_WAIT,   /* the upload address is believed to have expired */
  PEAL_BROKEN_ERRORS, /* an error of status/fetch is taken for the end */
} PealBroken;

typedef enum
{
  PEAL_ASKED_NOT,
  PEAL_ASKED_GRANTED,
  PEAL_ASKED_TOO_LATE,
} PealAsked;

/* Lies in memory that all lives share. */
typedef struct
{
  PealStandIn stand_in;
  /* The plan */
  PealDeed deed;
  guint at, crash_again_at; /* points; 0: never */
  PealBroken broken;
  gboolean is_large;
  char directory[128], media[128];
  /* What became of it */
  gint64 started, now_after;
  guint n_points, n_lives, n_attempts, n_sign_ins, stored_generation;
  PealAsked asked;
  gboolean is_over, is_stuck;
  gint64 paused_until, wrong_until;
  char point[40], state[32], hold[32], proofs[160];
} PealRunPlan;

#define PEAL_RUN_CAPTION "Rye bread"
#define PEAL_RUN_NEW_CAPTION "Wheat bread"
#define PEAL_CRASHED 137

/* Makes @directory with an account, two videos and one post that is due: what each run starts from. Does not
 * return. */
void peal_life_prepare (PealRunPlan *run) G_GNUC_NORETURN;
/* Goes on from what @run->directory holds. Exits with 0 when the post has come to an end, with PEAL_CRASHED
 * when another life has to follow. */
void peal_life_go_on (PealRunPlan *run) G_GNUC_NORETURN;
/* For the wrapped functions: something became true; something is under way that does not wait for the clock,
 * and is over. */
void peal_life_point (const char *name);
void peal_life_begin (void);
void peal_life_end (void);
PealRunPlan *peal_life_get_run (void);

G_END_DECLS

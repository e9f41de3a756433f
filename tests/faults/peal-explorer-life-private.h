/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-explorer-life.h"

#include "peal-accounts-private.h"
#include "peal-fake-clock.h"
#include "peal-memory-vault.h"
#include "peal-publisher.h"

G_BEGIN_DECLS

#define PEAL_LIFE_HOUR (3600 * G_TIME_SPAN_SECOND)

/* The house of one process: there is one, for the wrapped functions have no other way to it. */
typedef struct
{
  PealRunPlan *run;
  PealFakeClock *clock;
  PealDatabase *database;
  PealMemoryVault *vault;
  PealTiktokClient *client;
  PealAccounts *accounts;
  PealJournal *journal;
  PealMediaStore *media_store;
  PealPublisher *publisher;
  SoupServer *server;
  gint64 next;
  int n_under_way;
  gboolean is_ending;
} PealLife;

extern PealLife peal_life;

/* A source function: run->deed is done. */
gboolean peal_life_act_cb (gpointer data);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-accounts-private.h"
#include "peal-fake-clock.h"
#include "peal-fake-tiktok.h"
#include "peal-memory-vault.h"

G_BEGIN_DECLS

/* Accounts over a real database in a directory of its own, a vault in memory, a clock that stands still and a
 * fake TikTok. There are credentials for production ("aw-production-0001") and one account, whose tokens are
 * act.1 and rft.1, two hours old to come. */

typedef struct
{
  char *directory;
  PealDatabase *database;
  PealMemoryVault *vault;
  PealFakeClock *clock;
  PealFakeTiktok *tiktok;
  PealTiktokClient *client;
  PealAccounts *accounts;
  gint64 account;
} AccountsFixture;

void accounts_fixture_set_up (AccountsFixture *self, gconstpointer data);
void accounts_fixture_tear_down (AccountsFixture *self, gconstpointer data);

void accounts_fixture_set_app (AccountsFixture *self, PealEnvironment environment, const char *client_key);
/* (transfer full): tokens act.N and rft.N of the fake's user, from now on. */
PealTokens *accounts_fixture_new_tokens (AccountsFixture *self, guint generation);
/* The first column of the only row. */
gint64 accounts_fixture_query (AccountsFixture *self, const char *sql);
void accounts_fixture_assert_state (AccountsFixture *self, const char *state);
void accounts_fixture_assert_token (PealAccess *access, guint generation);

G_END_DECLS

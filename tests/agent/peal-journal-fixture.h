/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-fake-clock.h"
#include "peal-journal.h"

G_BEGIN_DECLS

/* A real database and witness in a directory of their own, a clock that stands still, two accounts (1 public
 * and with all permissions, 2 with video.upload only) and one video of 121,000,000 bytes (media 1). */

typedef struct
{
  char *directory;
  PealFakeClock *clock;
  PealDatabase *database;
  PealJournal *journal;
} PealJournalFixture;

PealJournalFixture *peal_journal_fixture_new (void);
/* Closes everything and opens it again, as a process that died would be followed by another. */
void peal_journal_fixture_restart (PealJournalFixture *self);
void peal_journal_fixture_free (PealJournalFixture *self);
gint64 peal_journal_fixture_now (PealJournalFixture *self);
/* From a fiber: a post of account 1, due in @seconds; its id. */
gint64 peal_journal_fixture_add (PealJournalFixture *self, gint64 seconds);
/* From a fiber: adds with the options that @text gives, a GVariant text of a{sv} without media and accounts.
 */
DexFuture *peal_journal_fixture_add_with (PealJournalFixture *self, gint64 account, const char *text);
/* From a fiber: the post's state word, and hold reason after a colon where there is one. (transfer full) */
char *peal_journal_fixture_state (PealJournalFixture *self, gint64 post);
/* From a fiber: post @post, reserved, with its init answered. (transfer full) both. */
PealAttemptRecord *
peal_journal_fixture_begin (PealJournalFixture *self, gint64 post, PealPostRecord **record);
/* Runs @sql, which must work. Blocks. */
void peal_journal_fixture_exec (PealJournalFixture *self, const char *sql);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealJournalFixture, peal_journal_fixture_free)

G_END_DECLS

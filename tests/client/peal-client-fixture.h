/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-agent-link.h"
#include "peal-fake-agent.h"
#include "peal-fake-clock.h"

G_BEGIN_DECLS

/* A bus of its own with a fake agent on it, and a link to it that is ready, or was not started yet. */

typedef struct
{
  GTestDBus *bus;
  GDBusConnection *ours, *theirs;
  PealFakeAgent *agent;
  PealFakeClock *clock;
  PealClient *client;
  PealAgentLink *link;
  guint n_signals; /* see peal_fixture_count () */
} Fixture;

/* For g_test_add (). The first leaves the link alone, and what it is given says which version of the
 * interface the agent speaks: 0 for no agent. The second waits until the link is ready. */
void peal_fixture_set_up (Fixture *self, gconstpointer agent_version);
void peal_fixture_set_up_ready (Fixture *self, gconstpointer data);
/* Also checks that link and client are of nobody else any more. */
void peal_fixture_tear_down (Fixture *self, gconstpointer data);

/* The agent comes onto the bus (again), or falls over. */
void peal_fixture_bring_agent (Fixture *self, guint version);
void peal_fixture_kill_agent (Fixture *self);
/* Counts in n_signals how often @object emits @signal. */
void peal_fixture_count (Fixture *self, gpointer object, const char *signal);
/* Lets everything happen that can without the clock: calls that went out have come back. */
void peal_fixture_settle (Fixture *self);

guint peal_fixture_begin_patience (const char *what);
/* Runs the main loop until @condition holds, at most a minute. */
#define peal_wait_until(condition)                                                                           \
  G_STMT_START                                                                                               \
  {                                                                                                          \
    guint patience_ = peal_fixture_begin_patience (#condition);                                              \
                                                                                                             \
    while (!(condition))                                                                                     \
      g_main_context_iteration (NULL, TRUE);                                                                 \
    g_source_remove (patience_);                                                                             \
  }                                                                                                          \
  G_STMT_END

G_END_DECLS

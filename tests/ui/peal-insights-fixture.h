/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-fake-clock.h"
#include "peal-numbers-agent.h"
#include "peal-session.h"

G_BEGIN_DECLS

/* The insights page over an agent that only tells numbers: two accounts, forty days of samples of the first,
 * thirty videos. */

/* 2026-11-27T11:00:00Z */
#define PEAL_INSIGHTS_NOW G_GINT64_CONSTANT (1795777200000000)
#define PEAL_INSIGHTS_SCOPES "user.info.basic,user.info.stats,video.list"
#define PEAL_INSIGHTS_MARA "-000ExampleMara"
#define PEAL_INSIGHTS_OTTO "-000ExampleOtto"

typedef struct
{
  GDBusConnection *theirs;
  GDBusConnection *ours;
  PealNumbersAgent *agent;
  PealFakeClock *clock;
  PealAgentLink *link;
  GSettings *settings;
  PealSession *session;
  GtkWidget *page;
  GtkWindow *window;
  GPtrArray *said; /* what the window was to say */
} PealInsightsFixture;

/* At the beginning of main (). */
void peal_insights_fixture_init (int *argc, char ***argv);
/* A test with a fixture of its own. */
void
peal_insights_fixture_add (const char *path, void (*func) (PealInsightsFixture *self, gconstpointer data));
/* The page in a window of its own, pixels. */
void peal_insights_fixture_show (PealInsightsFixture *self, int width, int height);
/* (transfer none) (nullable): what is to be seen now. */
AdwStatusPage *peal_insights_fixture_find_status (PealInsightsFixture *self);
GtkWidget *peal_insights_fixture_find_table (PealInsightsFixture *self);
/* For peal_ui_test_wait (); @data is the fixture. */
gboolean peal_insights_fixture_has_chart (gpointer data);
gboolean peal_insights_fixture_has_status (gpointer data);
gboolean peal_insights_fixture_has_videos (gpointer data);

G_END_DECLS

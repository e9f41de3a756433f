/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-explorer-life.h"

G_BEGIN_DECLS

/* Runs from the first look at a post to its end, each in processes of its own, and what the ledger says of
 * them. The test itself never opens anything and has no threads, so that it may fork. */

typedef struct _PealExplorer PealExplorer;

PealExplorer *peal_explorer_new (void);
void peal_explorer_free (PealExplorer *self);
/* Runs @run to its end: crashed processes are followed by others. Only its plan need be filled in. */
void peal_explorer_run (PealExplorer *self, PealRunPlan *run);
/* All of them, several at a time. */
void peal_explorer_run_all (PealExplorer *self, PealRunPlan *runs, guint n_runs);
/* What is wrong with how @run ended, or NULL. (transfer full) */
char *peal_explorer_judge (const PealRunPlan *run);
/* (transfer full): the plan and the end of @run in a line. */
char *peal_explorer_describe (const PealRunPlan *run);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealExplorer, peal_explorer_free)

G_END_DECLS

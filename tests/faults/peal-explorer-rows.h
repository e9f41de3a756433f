/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-explorer-run.h"

G_BEGIN_DECLS

/* Single faults with all that is to be said of them: /explorer/row/NUMBER, as test-blockers.py counts them.
 */
void peal_explorer_add_rows (PealExplorer *explorer);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-agenda.h"
#include "peal-session.h"

G_BEGIN_DECLS

/* What the plan's list is made of. Both (transfer full). */

/* A row for each PealPostItem. */
GtkListItemFactory *peal_plan_rows_new (PealSession *session);
/* A heading above each section of @view, in the words of now: "tomorrow" holds until midnight. */
GtkListItemFactory *peal_plan_headings_new (PealSession *session, PealAgendaView view);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-agent-link.h"
#include "peal-clock.h"
#include "peal-post-item.h"

G_BEGIN_DECLS

/* One view of the plan as a GListModel of PealPostItem in sections: what needs the user is the first, then a
 * day each. Made of one or two post lists, which it asks for more; the model grows as it is looked at.
 *
 * Properties (read-only, notified): loading, loaded (gboolean). */

typedef enum
{
  PEAL_AGENDA_UPCOMING,
  PEAL_AGENDA_DRAFTS,
  PEAL_AGENDA_PAST,
} PealAgendaView;

#define PEAL_TYPE_AGENDA (peal_agenda_get_type ())
G_DECLARE_FINAL_TYPE (PealAgenda, peal_agenda, PEAL, AGENDA, GObject)

/* (transfer full) */
PealAgenda *peal_agenda_new (PealAgentLink *link, PealAgendaView view);
/* (transfer none): implements GtkSectionModel too. */
GListModel *peal_agenda_get_model (PealAgenda *self);
/* As peal_post_list_set_filter (). */
void peal_agenda_set_filter (PealAgenda *self, const char *account, const char *text);
/* Puts some more posts into the model, and fetches the next page when what there is runs out. */
void peal_agenda_show_more (PealAgenda *self);
gboolean peal_agenda_is_loaded (PealAgenda *self);
/* (transfer none) (nullable) */
const GError *peal_agenda_get_error (PealAgenda *self);
/* The time zone or the day has changed: sorts anew. */
void peal_agenda_refresh (PealAgenda *self);

/* The section of @post in @view: equal for posts of one section, smaller for an earlier one. Pure. */
gint64 peal_agenda_get_section (PealPostItem *post, PealAgendaView view, GTimeZone *zone);
/* (transfer full): the heading of that section. */
char *peal_agenda_describe_section (PealPostItem *post, PealAgendaView view, gint64 now, GTimeZone *zone);

G_END_DECLS

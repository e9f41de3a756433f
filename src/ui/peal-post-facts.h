/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-post-item.h"

G_BEGIN_DECLS

/* Rows of the post dialog. All return (transfer container) (element-type GtkWidget): floating rows. */

/* What the post is. */
GPtrArray *peal_post_facts_create_rows (PealPostItem *post, gint64 now, GTimeZone *zone);
/* What TikTok said: names, code, message and log id, each to be copied. @dict: as GetPost has it. */
GPtrArray *peal_post_facts_create_tiktok_rows (PealPostItem *post, GVariant *dict);
/* What Peal did and decided, oldest first. */
GPtrArray *peal_post_facts_create_event_rows (GVariant *dict, GTimeZone *zone);

/* (transfer full): an event's detail, a JSON object of texts, as "code spam_risk, log_id 2026…"; another text
 * as it is, "" for "{}". */
char *peal_post_facts_describe_detail (const char *detail);

G_END_DECLS

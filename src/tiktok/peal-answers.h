/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-envelope.h"
#include "peal-tiktok-client.h"

G_BEGIN_DECLS

/* What the members of an answer are read into, each beside the call that gets it. They take whatever a server
 * may send, and are declared here so that tests can hand it to them without one. Each returns a new value of
 * its type, or NULL with an error. Of @client only the server that it speaks to matters. */

/* PealUser (transfer full) */
gpointer peal_answer_read_user (const PealReply *reply, PealTiktokClient *client, GError **error);
/* PealVideoPage (transfer full) */
gpointer peal_answer_read_video_list (const PealReply *reply, PealTiktokClient *client, GError **error);
/* PealVideoPage without cursor (transfer full) */
gpointer peal_answer_read_video_query (const PealReply *reply, PealTiktokClient *client, GError **error);
/* PealCreatorInfo (transfer full) */
gpointer peal_answer_read_creator (const PealReply *reply, PealTiktokClient *client, GError **error);
/* PealUploadTicket (transfer full) */
gpointer peal_answer_read_ticket (const PealReply *reply, PealTiktokClient *client, GError **error);
/* PealPublishStatus (transfer full) */
gpointer peal_answer_read_status (const PealReply *reply, PealTiktokClient *client, GError **error);
/* @is_sign_in: the answer must name account, scopes and refresh token too; a refresh may leave out what
 * stays. (transfer full) */
PealTokens *peal_answer_read_tokens (const PealReply *reply, gboolean is_sign_in, GError **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-account.h"
#include "peal-media-facts.h"
#include "peal-post.h"

G_BEGIN_DECLS

/* One post as the agent knows it; a PealPostList makes them and keeps each the same object for as long as the
 * post is in the list. "changed" is emitted whenever anything about it is new, upload progress included. */

#define PEAL_TYPE_POST_ITEM (peal_post_item_get_type ())
G_DECLARE_FINAL_TYPE (PealPostItem, peal_post_item, PEAL, POST_ITEM, GObject)

/* (transfer full): from a dictionary of ListPosts or GetPost. */
PealPostItem *peal_post_item_new (GVariant *dict);
/* Takes what @dict says; emits "changed" where that is something new. */
void peal_post_item_update (PealPostItem *self, GVariant *dict);
/* What was sent of an upload under way; emits "changed" where that is something new. */
void peal_post_item_set_progress (PealPostItem *self, guint64 bytes, guint64 total);
/* Whether it is of the practice world; FALSE at first. */
void peal_post_item_set_practice (PealPostItem *self, gboolean is_practice);

gint64 peal_post_item_get_id (PealPostItem *self);
gint64 peal_post_item_get_group (PealPostItem *self);
PealPostState peal_post_item_get_state (PealPostItem *self);
PealHoldReason peal_post_item_get_hold_reason (PealPostItem *self);
/* µs UTC; -1 for a draft without a time. */
gint64 peal_post_item_get_due (PealPostItem *self);
/* (transfer none) (nullable): IANA name in which the time was chosen. */
const char *peal_post_item_get_zone (PealPostItem *self);
/* µs UTC; -1 where it did not happen. */
gint64 peal_post_item_get_created_at (PealPostItem *self);
gint64 peal_post_item_get_ended_at (PealPostItem *self);
gint64 peal_post_item_get_published_at (PealPostItem *self);
/* The instant by which an agenda sorts the post: published_at, else ended_at, else due, else created_at. */
gint64 peal_post_item_get_instant (PealPostItem *self);
/* (transfer none): open_id. */
const char *peal_post_item_get_account (PealPostItem *self);
/* (transfer none) (nullable) */
const char *peal_post_item_get_username (PealPostItem *self);
/* (transfer none): nickname, handle or open_id. */
const char *peal_post_item_get_account_name (PealPostItem *self);
PealEnvironment peal_post_item_get_environment (PealPostItem *self);
/* (transfer none): caption, privacy level and the like; never NULL. */
const PealPostOptions *peal_post_item_get_options (PealPostItem *self);
/* (transfer none): of the file, for people. */
const char *peal_post_item_get_media_name (PealPostItem *self);
/* (transfer none) (nullable): as probed; NULL where the agent's words make no sense. */
const PealMediaFacts *peal_post_item_get_facts (PealPostItem *self);
/* (transfer none) (nullable): where to see it on TikTok; only ever https on TikTok, or loopback in practice.
 */
const char *peal_post_item_get_share_url (PealPostItem *self);
/* (transfer none) (nullable): a reason word of peal-sentence.h, TikTok's message, TikTok's log id. */
const char *peal_post_item_get_error_reason (PealPostItem *self);
const char *peal_post_item_get_error_message (PealPostItem *self);
const char *peal_post_item_get_error_log_id (PealPostItem *self);
/* Bytes sent of bytes in all; 0 of 0 where nothing is known. */
void peal_post_item_get_progress (PealPostItem *self, guint64 *bytes, guint64 *total);

G_END_DECLS

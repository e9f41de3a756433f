/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The words of a post: its states, why one is held, how it is shared, and what the user chose for it. */

typedef enum
{
  PEAL_POST_DRAFT,
  PEAL_POST_SCHEDULED,
  PEAL_POST_HELD,
  PEAL_POST_PUBLISHING,
  PEAL_POST_PUBLISHED,
  PEAL_POST_IN_INBOX,
  PEAL_POST_FAILED,
  PEAL_POST_NEEDS_REVIEW,
  PEAL_POST_CANCELLED,
} PealPostState;

#define PEAL_POST_N_STATES (PEAL_POST_CANCELLED + 1)

typedef enum
{
  PEAL_HOLD_NONE,
  PEAL_HOLD_MISSED,
  PEAL_HOLD_MEDIA_CHANGED,
  PEAL_HOLD_MEDIA_MISSING,
  PEAL_HOLD_RECONNECT,
  PEAL_HOLD_KEYRING_LOCKED,
  PEAL_HOLD_CLOCK,
  PEAL_HOLD_OPTION_UNAVAILABLE,
  PEAL_HOLD_DAILY_CAP,
  PEAL_HOLD_DISK_FULL,
  PEAL_HOLD_ADOPTED_DATA,
  PEAL_HOLD_RESTORED_BACKUP,
  PEAL_HOLD_TZ_RULES,
} PealHoldReason;

#define PEAL_HOLD_N_REASONS (PEAL_HOLD_TZ_RULES + 1)

typedef enum
{
  PEAL_SHARE_DIRECT, /* published by the program */
  PEAL_SHARE_INBOX,  /* sent to the creator's inbox, who finishes it in TikTok's app */
} PealShareType;

/* "draft", "scheduled", "held", "publishing", "published", "in_inbox", "failed", "needs_review", "cancelled"
 */
const char *peal_post_state_to_string (PealPostState self);
gboolean peal_post_state_from_string (const char *text, PealPostState *out);
/* "missed", "media_changed", … "tz_rules"; "" for NONE */
const char *peal_hold_reason_to_string (PealHoldReason self);
gboolean peal_hold_reason_from_string (const char *text, PealHoldReason *out);
/* "direct", "inbox" */
const char *peal_share_type_to_string (PealShareType self);
gboolean peal_share_type_from_string (const char *text, PealShareType *out);

#define PEAL_TYPE_POST_OPTIONS (peal_post_options_get_type ())

/* What goes to TikTok besides the bytes (TikTok: content-posting-api-reference-direct-post). The user's view:
 * allow rather than disable. */
typedef struct
{
  char *caption;       /* never NULL */
  char *privacy_level; /* TikTok's word, or NULL while none was chosen (drafts, inbox) */
  PealShareType share_type;
  gboolean allow_comment, allow_duet, allow_stitch;
  gboolean your_brand, branded_content, ai_generated;
  gint64 cover_ms; /* position of the cover frame, or -1 for the first frame */
} PealPostOptions;

GType peal_post_options_get_type (void) G_GNUC_CONST;
PealPostOptions *peal_post_options_new (void);
PealPostOptions *peal_post_options_copy (const PealPostOptions *self);
void peal_post_options_free (PealPostOptions *self);
/* (transfer full, floating): a{sv} with caption s, privacy_level s (absent where NULL), share_type s,
 * allow_comment, allow_duet, allow_stitch, your_brand, branded_content, ai_generated b, cover_ms x. */
GVariant *peal_post_options_to_variant (const PealPostOptions *self);
/* Changes @self by those members of @dict (a{sv}) that are options; others are left to the caller. A
 * privacy_level of "" takes the choice back. FALSE with PEAL_ERROR_INVALID where one has the wrong type or
 * value: "caption_…", "privacy_level_unknown", "share_type_unknown", "cover_range", "option_type". */
gboolean peal_post_options_apply (PealPostOptions *self, GVariant *dict, GError **error);
/* May this be scheduled (and not only kept as a draft)? FALSE with PEAL_ERROR_INVALID:
 * "privacy_level_missing", "branded_content_private" (TikTok: content-sharing-guidelines). An inbox share
 * needs nothing: TikTok takes neither caption nor options with it, and what is set here is kept for the user
 * to look at. */
gboolean peal_post_options_check (const PealPostOptions *self, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealPostOptions, peal_post_options_free)

G_END_DECLS

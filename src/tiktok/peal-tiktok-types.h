/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "peal-account.h"
#include "peal-post.h"
#include "peal-secret.h"

G_BEGIN_DECLS

/* What goes to TikTok and what comes back, as boxed values with plain members. Numbers that TikTok did not
 * send are -1, texts that it did not send are NULL; neither ever becomes 0 or "". */

/* The app that the user registered at TikTok. */
typedef struct
{
  char *client_key;
  PealSecret *client_secret;
} PealAppCredentials;

/* What a sign-in or refresh brought (TikTok: oauth-user-access-token-management). */
typedef struct
{
  char *open_id;
  PealScopes scopes;
  PealSecret *access_token;
  PealSecret *refresh_token;    /* NULL: keep the one there was */
  gint64 obtained_at_us;        /* µs UTC, our clock when the answer came */
  gint64 access_expires_at_us;  /* obtained_at_us + expires_in */
  gint64 refresh_expires_at_us; /* -1 unknown */
} PealTokens;

/* The right to call for one account: who, what was granted, with which token. */
typedef struct
{
  char *open_id;
  PealScopes scopes;
  PealSecret *access_token;
} PealAccess;

/* TikTok: tiktok-api-v2-get-user-info */
typedef struct
{
  char *open_id, *union_id, *username, *display_name, *bio, *avatar_url, *profile_url;
  int is_verified; /* -1 unknown, 0, 1 */
  gint64 follower_count, following_count, likes_count, video_count;
} PealUser;

/* TikTok: tiktok-api-v2-video-object */
typedef struct
{
  char *id;             /* decimal; too large for some integers, so a text */
  gint64 create_time_s; /* seconds UTC (cursors are milliseconds) */
  char *title, *description, *cover_url, *share_url;
  gint64 duration_s, width, height;
  gint64 view_count, like_count, comment_count, share_count;
} PealVideo;

/* TikTok: tiktok-api-v2-video-list */
typedef struct
{
  GPtrArray *videos;     /* of PealVideo, newest first */
  gint64 next_cursor_ms; /* milliseconds UTC; of use where has_more */
  gboolean has_more;
} PealVideoPage;

/* TikTok: content-posting-api-reference-query-creator-info */
typedef struct
{
  char *username, *nickname, *avatar_url;
  GStrv privacy_level_options; /* TikTok's words, as they came, unknown ones too */
  gboolean comment_disabled, duet_disabled, stitch_disabled;
  gint64 max_video_post_duration_s; /* -1 unknown */
} PealCreatorInfo;

/* What init handed out. The upload address is a capability: memory only. */
typedef struct
{
  char *publish_id;
  PealSecret *upload_url;
  gint64 received_at_us; /* µs UTC */
  char *log_id;          /* nullable */
} PealUploadTicket;

typedef enum
{
  PEAL_PUBLISH_PROCESSING_UPLOAD, /* also every status that the documents do not know */
  PEAL_PUBLISH_PROCESSING_DOWNLOAD,
  PEAL_PUBLISH_SEND_TO_USER_INBOX,
  PEAL_PUBLISH_COMPLETE,
  PEAL_PUBLISH_FAILED,
} PealPublishStatusCode;

/* TikTok: content-posting-api-reference-get-video-status */
typedef struct
{
  PealPublishStatusCode code;
  char *raw;             /* the word as it came */
  char *fail_reason;     /* NULL but for FAILED */
  GStrv post_ids;        /* decimal texts; never NULL, may be empty */
  gint64 uploaded_bytes; /* -1 where absent */
  char *log_id;
} PealPublishStatus;

#define PEAL_TYPE_APP_CREDENTIALS (peal_app_credentials_get_type ())
#define PEAL_TYPE_TOKENS (peal_tokens_get_type ())
#define PEAL_TYPE_ACCESS (peal_access_get_type ())
#define PEAL_TYPE_USER (peal_user_get_type ())
#define PEAL_TYPE_VIDEO_PAGE (peal_video_page_get_type ())
#define PEAL_TYPE_CREATOR_INFO (peal_creator_info_get_type ())
#define PEAL_TYPE_UPLOAD_TICKET (peal_upload_ticket_get_type ())
#define PEAL_TYPE_PUBLISH_STATUS (peal_publish_status_get_type ())

GType peal_app_credentials_get_type (void) G_GNUC_CONST;
GType peal_tokens_get_type (void) G_GNUC_CONST;
GType peal_access_get_type (void) G_GNUC_CONST;
GType peal_user_get_type (void) G_GNUC_CONST;
GType peal_video_page_get_type (void) G_GNUC_CONST;
GType peal_creator_info_get_type (void) G_GNUC_CONST;
GType peal_upload_ticket_get_type (void) G_GNUC_CONST;
GType peal_publish_status_get_type (void) G_GNUC_CONST;

PealAppCredentials *peal_app_credentials_new (const char *client_key, PealSecret *client_secret);
PealAppCredentials *peal_app_credentials_copy (const PealAppCredentials *self);
void peal_app_credentials_free (PealAppCredentials *self);

PealTokens *peal_tokens_copy (const PealTokens *self);
void peal_tokens_free (PealTokens *self);

PealAccess *peal_access_new (const char *open_id, PealScopes scopes, PealSecret *access_token);
PealAccess *peal_access_copy (const PealAccess *self);
void peal_access_free (PealAccess *self);

PealUser *peal_user_copy (const PealUser *self);
void peal_user_free (PealUser *self);

PealVideo *peal_video_copy (const PealVideo *self);
void peal_video_free (PealVideo *self);

PealVideoPage *peal_video_page_copy (const PealVideoPage *self);
void peal_video_page_free (PealVideoPage *self);

PealCreatorInfo *peal_creator_info_copy (const PealCreatorInfo *self);
void peal_creator_info_free (PealCreatorInfo *self);

PealUploadTicket *peal_upload_ticket_copy (const PealUploadTicket *self);
void peal_upload_ticket_free (PealUploadTicket *self);

PealPublishStatus *peal_publish_status_copy (const PealPublishStatus *self);
void peal_publish_status_free (PealPublishStatus *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealAppCredentials, peal_app_credentials_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealTokens, peal_tokens_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealAccess, peal_access_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealUser, peal_user_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealVideo, peal_video_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealVideoPage, peal_video_page_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealCreatorInfo, peal_creator_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealUploadTicket, peal_upload_ticket_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealPublishStatus, peal_publish_status_free)

G_END_DECLS

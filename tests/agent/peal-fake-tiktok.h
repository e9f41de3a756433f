/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* TikTok's token, user and video list endpoints in this process, with tokens that rotate: refreshing with
 * rft.N gives act.N+1 and rft.N+1 and makes N worthless. Life of an access token: two hours. */

#define PEAL_FAKE_OPEN_ID "-000FakeOpenId"

typedef enum
{
  PEAL_FAKE_FAULT_NONE,
  PEAL_FAKE_FAULT_LOST_REQUEST, /* the connection breaks, nothing was done */
  PEAL_FAKE_FAULT_LOST_ANSWER,  /* it was done, and the connection breaks */
  PEAL_FAKE_FAULT_SERVER,       /* 500 */
  PEAL_FAKE_FAULT_OTHER_USER,   /* tokens of somebody else */
} PealFakeFault;

typedef struct _PealFakeTiktok PealFakeTiktok;
typedef void (*PealFakeHook) (gpointer data);

PealFakeTiktok *peal_fake_tiktok_new (void);
void peal_fake_tiktok_free (PealFakeTiktok *self);
/* (transfer none): "http://127.0.0.1:PORT" */
const char *peal_fake_tiktok_get_address (PealFakeTiktok *self);
/* The next token request meets @fault. */
void peal_fake_tiktok_set_fault (PealFakeTiktok *self, PealFakeFault fault);
/* Each call is refused as with a dead access token. */
void peal_fake_tiktok_set_refusing (PealFakeTiktok *self, gboolean refusing);
/* The user revoked: no refresh token is good any more. */
void peal_fake_tiktok_revoke (PealFakeTiktok *self);
/* Runs @hook before the next token request is answered. */
void peal_fake_tiktok_set_hook (PealFakeTiktok *self, PealFakeHook hook, gpointer data);
/* What the sign-ins grant, "user.info.basic,…". */
void peal_fake_tiktok_set_scopes (PealFakeTiktok *self, const char *scopes);
void peal_fake_tiktok_set_open_id (PealFakeTiktok *self, const char *open_id);
/* @n videos, one an hour, the newest first; @circling: the last page says that there are more. */
void peal_fake_tiktok_set_videos (PealFakeTiktok *self, guint n, gboolean circling);
guint peal_fake_tiktok_get_n_refreshes (PealFakeTiktok *self);
guint peal_fake_tiktok_get_n_calls (PealFakeTiktok *self);
guint peal_fake_tiktok_get_n_revoked (PealFakeTiktok *self);
/* (transfer none): of the last token request. */
const char *peal_fake_tiktok_get_client_key (PealFakeTiktok *self);
/* The N of the tokens that are good. */
guint peal_fake_tiktok_get_generation (PealFakeTiktok *self);
void peal_fake_tiktok_set_generation (PealFakeTiktok *self, guint generation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealFakeTiktok, peal_fake_tiktok_free)

G_END_DECLS

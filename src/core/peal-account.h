/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The words of an account: in which of TikTok's environments it lives, how it stands, and what it granted. */

typedef enum
{
  PEAL_ENVIRONMENT_PRODUCTION,
  PEAL_ENVIRONMENT_SANDBOX,
} PealEnvironment;

typedef enum
{
  PEAL_ACCOUNT_CONNECTED,
  PEAL_ACCOUNT_RECONNECT, /* its sign-in is dead: the user must sign in again */
  PEAL_ACCOUNT_DISCONNECTED,
} PealAccountState;

/* Bits; TikTok's names are user.info.basic, user.info.profile, user.info.stats, video.list, video.upload,
 * video.publish (TikTok: scopes-overview). */
typedef enum
{
  PEAL_SCOPE_NONE = 0,
  PEAL_SCOPE_USER_BASIC = 1 << 0,
  PEAL_SCOPE_USER_PROFILE = 1 << 1,
  PEAL_SCOPE_USER_STATS = 1 << 2,
  PEAL_SCOPE_VIDEO_LIST = 1 << 3,
  PEAL_SCOPE_VIDEO_UPLOAD = 1 << 4,
  PEAL_SCOPE_VIDEO_PUBLISH = 1 << 5,
  PEAL_SCOPE_ALL = (1 << 6) - 1,
} PealScopes;

/* "production", "sandbox" */
const char *peal_environment_to_string (PealEnvironment self);
gboolean peal_environment_from_string (const char *text, PealEnvironment *out);
/* "connected", "reconnect", "disconnected" */
const char *peal_account_state_to_string (PealAccountState self);
gboolean peal_account_state_from_string (const char *text, PealAccountState *out);
/* (transfer full): comma-separated, in the order above, no spaces. */
char *peal_scopes_to_string (PealScopes self);
/* Comma- or space-separated; unknown names are ignored. */
PealScopes peal_scopes_from_string (const char *text);

G_END_DECLS

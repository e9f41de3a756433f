/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-practice-creator.h"
#include "peal-practice-settings.h"

G_BEGIN_DECLS

/* Who let which app do what: grants, the tokens that stand for them, and codes on their way. */
typedef struct _PealPracticeAccess PealPracticeAccess;

/* What one creator granted to one app at one sign-in. */
typedef struct
{
  guint id;
  const PealPracticeApp *app;
  PealPracticeCreator *creator;
  char *scopes; /* comma-separated */
  gboolean is_revoked;
} PealPracticeGrant;

typedef struct
{
  char *value;
  PealPracticeGrant *grant;
  gboolean is_refresh;
  gint64 expires; /* µs */
} PealPracticeToken;

/* An authorization code; kept when used, so that its second use is known as such. */
typedef struct
{
  char *value;
  const PealPracticeApp *app;
  PealPracticeCreator *creator;
  char *scopes;
  char *redirect_uri;
  char *challenge; /* or NULL */
  gint64 expires;  /* µs */
  gboolean is_used;
} PealPracticeCode;

PealPracticeAccess *peal_practice_access_new (void);
void peal_practice_access_free (PealPracticeAccess *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealPracticeAccess, peal_practice_access_free)

/* Fills in the value. Returns: the code, lent. @challenge may be NULL. */
const PealPracticeCode *peal_practice_access_add_code (PealPracticeAccess *self,
                                                       const PealPracticeApp *app,
                                                       PealPracticeCreator *creator,
                                                       const char *scopes,
                                                       const char *redirect_uri,
                                                       const char *challenge,
                                                       gint64 expires);
/* Returns: (nullable): lent. */
PealPracticeCode *peal_practice_access_find_code (PealPracticeAccess *self, const char *value);

PealPracticeGrant *peal_practice_access_add_grant (PealPracticeAccess *self,
                                                   const PealPracticeApp *app,
                                                   PealPracticeCreator *creator,
                                                   const char *scopes);

/* Returns: (nullable): the newest live grant of @creator to @app, lent. */
PealPracticeGrant *peal_practice_access_find_grant (PealPracticeAccess *self,
                                                    const PealPracticeApp *app,
                                                    PealPracticeCreator *creator);

/* Returns: a new token, lent. */
const PealPracticeToken *peal_practice_access_add_token (PealPracticeAccess *self,
                                                         PealPracticeGrant *grant,
                                                         gboolean is_refresh,
                                                         gint64 expires);

/* Returns: (nullable): the token if it is alive at @now, lent. */
const PealPracticeToken *peal_practice_access_find_token (PealPracticeAccess *self,
                                                          const char *value,
                                                          gboolean is_refresh,
                                                          gint64 now);
void peal_practice_access_drop_token (PealPracticeAccess *self, const char *value);
void peal_practice_access_drop_access_tokens (PealPracticeAccess *self, const PealPracticeGrant *grant);

/* Ends every grant of @creator to @app, or to all apps for NULL. */
void peal_practice_access_revoke (PealPracticeAccess *self,
                                  const PealPracticeApp *app,
                                  PealPracticeCreator *creator);

JsonObject *peal_practice_access_to_json (PealPracticeAccess *self);
void peal_practice_access_load (PealPracticeAccess *self, JsonObject *object, GPtrArray *creators);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-practice-faults.h"
#include "peal-practice-world.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* One request while it is being answered. The answers are TikTok's two shapes: the envelope of the v2 API
 * (TikTok: tiktok-api-v2-introduction) and the flat errors of OAuth (TikTok: oauth-error-handling). */
typedef struct
{
  SoupServerMessage *message;
  PealPracticeWorld *world;
  PealPracticeFaults *faults;
  const char *path;
  GHashTable *query;      /* or NULL */
  GHashTable *sessions;   /* cookie → PealPracticeCreator */
  const char *page_token; /* goes into every form */
  const char *control_token;
  PealPracticeGrant *grant; /* whose access token came with the call */
} PealPracticeCall;

typedef enum
{
  PEAL_PRACTICE_WITHOUT_DATA,
  PEAL_PRACTICE_WITH_DATA,
} PealPracticeErrorShape;

/* Returns: (nullable): a parameter of the query, lent. */
const char *peal_practice_call_get_query (const PealPracticeCall *self, const char *name);

/* Returns: (nullable): a header of the request, lent. */
const char *peal_practice_call_get_header (const PealPracticeCall *self, const char *name);

/* Returns: (transfer full): the body of the request. */
GBytes *peal_practice_call_dup_body (const PealPracticeCall *self);

/* Returns: (transfer full) (nullable): the body as a form if its content type says that it is one. */
GHashTable *peal_practice_call_dup_form (const PealPracticeCall *self);

/* Answers with JSON. Takes @object. */
void peal_practice_call_json (PealPracticeCall *self, guint status, JsonObject *object);

/* Answers `ok` with @data, which it takes; NULL leaves the member out. */
void peal_practice_call_ok (PealPracticeCall *self, JsonObject *data);

void peal_practice_call_error (PealPracticeCall *self,
                               guint status,
                               const char *code,
                               const char *message,
                               PealPracticeErrorShape shape);

/* 400 `invalid_params`, or `invalid_param` where the settings want that. */
void peal_practice_call_invalid (PealPracticeCall *self, const char *message);

void peal_practice_call_oauth_error (PealPracticeCall *self,
                                     guint status,
                                     const char *error,
                                     const char *description);

/* Answers with a page, or plain text. */
void
peal_practice_call_html (PealPracticeCall *self, guint status, const char *html, const char *form_origin);
void peal_practice_call_text (PealPracticeCall *self, guint status, const char *text);

/* Sends the browser to @location. */
void peal_practice_call_redirect (PealPracticeCall *self, const char *location);

/* Checks the access token, @scopes (`|` between alternatives, NULL: none) and the limit a minute (0: none)
 * and answers if they do not hold. Returns: whether the call may go on, with grant set. */
gboolean
peal_practice_call_authorize (PealPracticeCall *self, const char *endpoint, const char *scopes, guint limit);

/* Returns: (transfer full) (nullable): the JSON object of a POST; answers and returns NULL if there is none.
 */
JsonObject *peal_practice_call_dup_json (PealPracticeCall *self);

G_END_DECLS

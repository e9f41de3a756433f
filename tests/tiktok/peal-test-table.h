/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-chunk-plan.h"
#include "peal-post.h"
#include "peal-test-practice.h"
#include "peal-tiktok-publish.h"

G_BEGIN_DECLS

/* What each row of test-table.c works with, and the calls by name. Everything goes through the real client
 * and the real practice server. */

typedef struct
{
  PealTestPractice *practice;
  PealTiktokClient *client;
  PealAppCredentials *app;
  PealSignIn *sign_in;
  PealSecret *code;
  PealTokens *tokens; /* of the last sign-in */
  PealAccess *access;
  PealPostOptions *options;
  PealChunkPlan plan;
  char *publish_id;
  PealUploadTicket *ticket;
  gint64 chunk;             /* the first that "upload" sends */
  const char *content_type; /* of "upload" */
} PealTestTable;

typedef struct
{
  guint status; /* HTTP; 0 where no answer came */
  char *code;   /* name of the PealErrorCode, or "ok" */
  char *reason; /* of the error or of a FAILED post; "" where there is none */
  gboolean has_log_id;
} PealTestOutcome;

PealTestTable *peal_test_table_new (void);
void peal_test_table_free (PealTestTable *self);
/* As at first, a day later: no fault, no count, @username of the app @client_key signed in with everything.
 */
void peal_test_table_reset (PealTestTable *self);
/* @scopes: what the user grants; NULL for all. What was signed in before is forgotten, not revoked. */
void peal_test_table_sign_in (PealTestTable *self,
                              const char *client_key,
                              const char *username,
                              const char *scopes);
/* Another program, as it were: our own buckets know of no call before. */
void peal_test_table_renew_client (PealTestTable *self);
/* Up to the code. */
void peal_test_table_authorize (PealTestTable *self);
/* Sends a whole small video as the options say; its publish id is kept. */
void peal_test_table_publish (PealTestTable *self);
/* Makes the next init's ticket ready for "upload". */
void peal_test_table_init (PealTestTable *self);
/* Does @call: "authorize", "exchange", "refresh", "revoke", "user", "list", "query", "creator", "init",
 * "inbox", "status" or "upload". (transfer full) */
PealTestOutcome *peal_test_table_call (PealTestTable *self, const char *call);
void peal_test_outcome_free (PealTestOutcome *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealTestTable, peal_test_table_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealTestOutcome, peal_test_outcome_free)

G_END_DECLS

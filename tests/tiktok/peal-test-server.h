/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A server of bare sockets on loopback that plays a script, one step a request, and keeps what it was sent.
 * It can do what no proper server does. */

typedef enum
{
  PEAL_STEP_ANSWER,          /* answers and keeps the connection */
  PEAL_STEP_CLOSE,           /* answers without a word about closing, and closes */
  PEAL_STEP_HANG,            /* writes what the step has, then nothing more */
  PEAL_STEP_DROP,            /* reads the request and closes */
  PEAL_STEP_DROP_AFTER_HEAD, /* closes when it has read the head */
} PealStepKind;

typedef struct
{
  char *head; /* request line and header lines */
  GBytes *body;
  guint connection; /* counted from 1 */
} PealTestRequest;

typedef struct _PealTestServer PealTestServer;

PealTestServer *peal_test_server_new (void);
/* @certificate: serves TLS. */
PealTestServer *peal_test_server_new_tls (GTlsCertificate *certificate);
void peal_test_server_free (PealTestServer *self);
/* (transfer none): "http://127.0.0.1:PORT" */
const char *peal_test_server_get_address (PealTestServer *self);
/* @raw: the whole answer as it goes over the line. */
void peal_test_server_push (PealTestServer *self, PealStepKind kind, const char *raw);
/* An ordinary answer with application/json. */
void peal_test_server_push_json (PealTestServer *self, guint status, const char *json);
/* Waits for the next request. (transfer full) */
PealTestRequest *peal_test_server_pop (PealTestServer *self);
/* Requests that came and were not popped. */
int peal_test_server_get_n_requests (PealTestServer *self);
/* Bytes that came of heads, whole or not, after all encryption. */
int peal_test_server_get_n_bytes (PealTestServer *self);
void peal_test_request_free (PealTestRequest *self);
/* The value of a header line, or NULL. (transfer full) */
char *peal_test_request_dup_header (PealTestRequest *self, const char *name);
/* (transfer full) */
char *peal_test_request_dup_body (PealTestRequest *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealTestServer, peal_test_server_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealTestRequest, peal_test_request_free)

G_END_DECLS

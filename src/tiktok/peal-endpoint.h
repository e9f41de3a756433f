/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-envelope.h"

G_BEGIN_DECLS

/* The endpoints that the library calls: where they are, how they answer and how often they may be called. */

typedef enum
{
  PEAL_ENDPOINT_TOKEN,
  PEAL_ENDPOINT_REVOKE,
  PEAL_ENDPOINT_USER_INFO,
  PEAL_ENDPOINT_VIDEO_LIST,
  PEAL_ENDPOINT_VIDEO_QUERY,
  PEAL_ENDPOINT_CREATOR_INFO,
  PEAL_ENDPOINT_VIDEO_INIT,
  PEAL_ENDPOINT_INBOX_INIT,
  PEAL_ENDPOINT_STATUS,
} PealEndpoint;

#define PEAL_N_ENDPOINTS (PEAL_ENDPOINT_STATUS + 1)

typedef struct
{
  const char *method;
  const char *path;
  PealEnvelopeKind envelope;
  guint limit; /* calls a minute that we allow ourselves, below what TikTok allows; 0: none published */
  gboolean per_account; /* the limit is counted for each account, else for the app */
  gboolean changes;     /* a lost answer leaves the outcome unknown */
} PealEndpointFacts;

/* (transfer none) */
const PealEndpointFacts *peal_endpoint_get_facts (PealEndpoint self);

G_END_DECLS

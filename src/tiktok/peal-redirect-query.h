/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-secret.h"

G_BEGIN_DECLS

/* The query of a callback (TikTok: login-kit-desktop), read strictly: whatever two readers could take in two
 * ways is refused. Pure. */

#define PEAL_REDIRECT_QUERY_MAX_BYTES 4096

typedef struct
{
  PealSecret *state; /* each NULL where absent or empty */
  PealSecret *code;
  char *error;             /* a word of TikTok's, or "unreadable" */
  char *error_description; /* one clean line */
  char *scopes;
  char *iss;
} PealRedirectQuery;

/* @raw: (nullable): what stands behind the "?", still encoded. NULL where it is too long, wrongly encoded or
 * names a parameter of ours twice. (transfer full) */
PealRedirectQuery *peal_redirect_query_parse (const char *raw);
void peal_redirect_query_free (PealRedirectQuery *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealRedirectQuery, peal_redirect_query_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-account.h"

G_BEGIN_DECLS

/* What is typed or pasted as a TikTok app's client key and secret, looked at before it goes to the agent,
 * which looks again. Nothing here copies a secret. */

/* The part of @text without white space around it, where people paste more than they mean. (transfer none):
 * @length bytes from the result on. */
const char *peal_credential_trim (const char *text, gsize *length);

/* The reason word of what is wrong with it ("client_key", "client_secret"), as peal-sentence.h knows it; NULL
 * where nothing is. Nothing but white space is wrong. */
const char *peal_credential_check_key (const char *text);
const char *peal_credential_check_secret (const char *text);

/* (transfer none) (nullable): a translated sentence where the key looks like one of the other environment, by
 * how TikTok's keys have been seen to begin. A hint, never a refusal. */
const char *peal_credential_doubt (const char *key, PealEnvironment environment);

/* A pipe from which the agent reads @length bytes of @text. -1 with PEAL_ERROR_INVALID "secret_unreadable".
 * At most 1,024 bytes, which fit into any pipe. */
int peal_credential_open_pipe (const char *text, gsize length, GError **error);

G_END_DECLS

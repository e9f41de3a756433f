/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-keyring-text.h"

#include "peal-sentence.h"

const char *
peal_keyring_text (const char *keyring)
{
  if (g_strcmp0 (keyring, "locked") == 0)
    return peal_sentence_lookup ("keyring_locked");
  if (g_strcmp0 (keyring, "missing") == 0)
    return peal_sentence_lookup ("keyring_missing");
  return NULL;
}

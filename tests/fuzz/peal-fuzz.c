/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-fuzz.h"

int
LLVMFuzzerInitialize (int *argc, char ***argv)
{
  /* Whatever a library complains about is a finding. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL | G_LOG_LEVEL_WARNING);

  return 0;
}

char *
peal_fuzz_dup_text (const guint8 *data, gsize size)
{
  return size > 0 ? g_strndup ((const char *)data, size) : g_strdup ("");
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-fuzz.h"
#include "peal-http-headers.h"

/* Whatever the header holds, the wait is sane. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const gint64 nows[] = { 0, G_GINT64_CONSTANT (1795600000) * G_USEC_PER_SEC, G_MAXINT64 };
  g_autofree char *text = peal_fuzz_dup_text (data, size);
  g_autofree char *type = peal_http_dup_media_type (text);
  gint64 date_us = peal_http_parse_date (text);

  g_assert_cmpint (date_us, >=, -1);
  g_assert_nonnull (type);
  for (gsize i = 0; i < G_N_ELEMENTS (nows); i++)
    {
      gint64 seconds = peal_http_parse_retry_after (text, nows[i]);

      if (seconds != -1)
        {
          g_assert_cmpint (seconds, >=, PEAL_RETRY_AFTER_MIN_S);
          g_assert_cmpint (seconds, <=, PEAL_RETRY_AFTER_MAX_S);
        }
    }

  return 0;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-fuzz.h"
#include "peal-http-headers.h"

/* What is read stands in the header, digit for digit. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = peal_fuzz_dup_text (data, size);
  gint64 progress = peal_http_parse_progress (text);

  g_assert_cmpint (progress, >=, -1);
  if (progress >= 0)
    {
      const char *digits = text + strlen ("bytes 0-");
      g_autofree char *again = g_strdup_printf ("%" G_GINT64_FORMAT "/", progress);

      g_assert_true (g_str_has_prefix (text, "bytes 0-"));
      while (digits[0] == '0' && g_ascii_isdigit (digits[1]))
        digits++;
      g_assert_true (g_str_has_prefix (digits, again));
    }

  return 0;
}

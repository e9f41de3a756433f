/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-http-headers.h"

#include <string.h>

#include <libsoup/soup.h>

#define HEADER_MAX_BYTES 256

gint64
peal_http_parse_date (const char *value)
{
  g_autoptr (GDateTime) date = NULL;

  if (value == NULL || strnlen (value, HEADER_MAX_BYTES) == HEADER_MAX_BYTES)
    return -1;
  date = soup_date_time_new_from_http_string (value);

  return date != NULL && g_date_time_to_unix (date) >= 0 ? g_date_time_to_unix (date) * G_USEC_PER_SEC : -1;
}

gint64
peal_http_parse_retry_after (const char *value, gint64 now_us)
{
  gint64 seconds = 0;
  gint64 date_us;

  if (value == NULL || strnlen (value, HEADER_MAX_BYTES) == HEADER_MAX_BYTES)
    return -1;
  value += strspn (value, " \t");
  /* Digits without end are a number all the same: the longest wait. A sign is no number, but it is no reason
   * to hurry either. */
  if (g_ascii_isdigit (value[0]) && value[strspn (value, "0123456789")] == '\0')
    {
      if (!g_ascii_string_to_signed (value, 10, 0, G_MAXINT64, &seconds, NULL))
        seconds = PEAL_RETRY_AFTER_MAX_S;
    }
  else if ((date_us = peal_http_parse_date (value)) >= 0)
    seconds = (date_us - now_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC;
  else
    return -1;

  return CLAMP (seconds, PEAL_RETRY_AFTER_MIN_S, PEAL_RETRY_AFTER_MAX_S);
}

/* Digits at *@at, moved behind them. Not a part of too many: it would be another number. */
static gint64
parse_digits (const char **at)
{
  gsize length = strspn (*at, "0123456789");
  g_autofree char *digits = g_strndup (*at, length);
  gint64 number = -1;

  *at += length;
  if (length == 0 || !g_ascii_string_to_signed (digits, 10, 0, G_MAXINT64 - 1, &number, NULL))
    return -1;

  return number;
}

gint64
peal_http_parse_progress (const char *value)
{
  gint64 progress;
  gint64 total;

  if (value == NULL || strnlen (value, HEADER_MAX_BYTES) == HEADER_MAX_BYTES)
    return -1;
  if (!g_str_has_prefix (value, "bytes 0-"))
    return -1;
  value += strlen ("bytes 0-");
  progress = parse_digits (&value);
  if (progress < 0 || *value++ != '/')
    return -1;
  total = parse_digits (&value);

  return total >= 0 && *value == '\0' && progress <= total ? progress : -1;
}

char *
peal_http_dup_media_type (const char *value)
{
  g_autofree char *type = NULL;

  if (value == NULL)
    return NULL;
  type = g_ascii_strdown (value, (gssize)strcspn (value, ";"));

  return g_strdup (g_strstrip (type));
}

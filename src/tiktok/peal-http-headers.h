/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The three header fields of an answer whose value means something. Pure functions. */

#define PEAL_RETRY_AFTER_MIN_S 1
#define PEAL_RETRY_AFTER_MAX_S 3600

/* Seconds to wait from @now_us (µs UTC) by a Retry-After of @value: seconds or an HTTP date (RFC 9110
 * §10.2.3), clamped to 1 s … 1 h. -1 where @value is NULL or neither. */
gint64 peal_http_parse_retry_after (const char *value, gint64 now_us);
/* N of "bytes 0-N/TOTAL" (TikTok: content-posting-api-media-transfer-guide), as it stands; whether it is a
 * count or the last index is not documented. -1 where @value is NULL or anything else. */
gint64 peal_http_parse_progress (const char *value);
/* µs UTC of an HTTP date, or -1. */
gint64 peal_http_parse_date (const char *value);
/* "application/json" of "Application/JSON; charset=utf-8". (transfer full) (nullable) */
char *peal_http_dup_media_type (const char *value);

G_END_DECLS

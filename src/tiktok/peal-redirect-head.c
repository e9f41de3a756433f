/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-redirect-head.h"

#include <string.h>

#include "peal-redirect-listener.h"
#include "peal-redirect-query.h"

#define TOKEN_OTHERS "!#$%&'*+-.^_`|~"

/* What the lines behind the first said. */
typedef struct
{
  guint n_hosts;
  gboolean host_is_ours;
  gboolean is_foreign; /* not a person's navigation in a browser's own window */
  gboolean has_body;
} Fields;

static gboolean
is_token (const char *text, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && (text[i] == '\0' || strchr (TOKEN_OTHERS, text[i]) == NULL))
      return FALSE;

  return length > 0;
}

/* Lines end in CR LF, neither stands alone, and there is no other control character but the tab. */
static gboolean
is_clean (const char *data, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (data[i] == '\n'   ? i == 0 || data[i - 1] != '\r'
        : data[i] == '\r' ? i + 1 < length && data[i + 1] != '\n'
                          : data[i] != '\t' && g_ascii_iscntrl (data[i]))
      return FALSE;

  return TRUE;
}

/* "GET /path HTTP/1.1": one space each, a target in origin form, a version that we know. */
static guint
check_request_line (const char *line, gsize length)
{
  const char *first = memchr (line, ' ', length);
  const char *last = memrchr (line, ' ', length);

  if (first == NULL || first == last || !is_token (line, (gsize)(first - line)))
    return 400;
  if ((gsize)(line + length - last) != strlen (" HTTP/1.x")
      || (memcmp (last, " HTTP/1.1", 9) != 0 && memcmp (last, " HTTP/1.0", 9) != 0))
    return 400;
  if ((gsize)(first - line) != 3 || memcmp (line, "GET", 3) != 0)
    return 405;
  if (first[1] != '/')
    return 400;
  for (const char *at = first + 1; at < last; at++)
    if (!g_ascii_isgraph (*at) || strchr ("#\\\"<>^`{|}", *at) != NULL)
      return 400;

  return 200;
}

static gboolean
value_is (const char *value, gsize length, const char *expected)
{
  return length == strlen (expected) && memcmp (value, expected, length) == 0;
}

static gboolean
name_is (const char *name, gsize length, const char *expected)
{
  return length == strlen (expected) && g_ascii_strncasecmp (name, expected, length) == 0;
}

static gboolean
take_field (Fields *self, const char *line, gsize length, const char *our_host)
{
  const char *colon = memchr (line, ':', length);
  const char *value;
  gsize name_length;
  gsize value_length;

  if (colon == NULL || !is_token (line, (gsize)(colon - line)))
    return FALSE;
  name_length = (gsize)(colon - line);
  value = colon + 1;
  value_length = length - name_length - 1;
  for (; value_length > 0 && strchr (" \t", value[0]) != NULL; value++)
    value_length--;
  while (value_length > 0 && strchr (" \t", value[value_length - 1]) != NULL)
    value_length--;

  if (name_is (line, name_length, "Host"))
    {
      self->n_hosts++;
      self->host_is_ours = value_is (value, value_length, our_host);
    }
  else if (name_is (line, name_length, "Origin"))
    self->is_foreign = TRUE;
  else if (name_is (line, name_length, "Sec-Fetch-Mode"))
    self->is_foreign |= !value_is (value, value_length, "navigate");
  else if (name_is (line, name_length, "Sec-Fetch-Dest"))
    self->is_foreign |= !value_is (value, value_length, "document");
  else if (name_is (line, name_length, "Content-Length") || name_is (line, name_length, "Transfer-Encoding")
           || name_is (line, name_length, "Expect"))
    self->has_body = TRUE;

  return TRUE;
}

/* A line that begins with a blank (folding) has no name and fails like any other. */
static gboolean
read_fields (Fields *self, const char *at, const char *end, const char *our_host)
{
  while (at < end)
    {
      const char *stop = memmem (at, (gsize)(end - at), "\r\n", 2);

      if (stop == NULL || !take_field (self, at, (gsize)(stop - at), our_host))
        return FALSE;
      at = stop + 2;
    }

  return TRUE;
}

static guint
check_target (const char *line, gsize length)
{
  const char *target = (const char *)memchr (line, ' ', length) + 1;
  gsize target_length = (gsize)((const char *)memrchr (line, ' ', length) - target);
  const char *question = memchr (target, '?', target_length);
  gsize path_length = question != NULL ? (gsize)(question - target) : target_length;
  g_autofree char *raw = NULL;
  g_autoptr (PealRedirectQuery) query = NULL;

  if (!value_is (target, path_length, PEAL_REDIRECT_PATH))
    return 404;
  if (question != NULL)
    raw = g_strndup (question + 1, target_length - path_length - 1);
  query = peal_redirect_query_parse (raw);
  if (raw != NULL)
    explicit_bzero (raw, strlen (raw));

  return query != NULL ? 200 : 400;
}

guint
peal_redirect_head_check (const char *data, gsize length, guint16 port)
{
  const char *line_end = memmem (data, length, "\r\n", 2);
  const char *end = memmem (data, length, "\r\n\r\n", 4);
  gsize line_length = line_end != NULL ? (gsize)(line_end - data) : 0;
  g_autofree char *our_host = g_strdup_printf ("127.0.0.1:%u", port);
  Fields fields = { 0 };
  guint status;

  if (!is_clean (data, length))
    return 400;
  if (line_end != NULL && (status = check_request_line (data, line_length)) != 200)
    return status;
  if (end == NULL)
    return length >= PEAL_REDIRECT_HEAD_MAX_BYTES ? 431 : 0;
  if ((gsize)(end + 4 - data) > PEAL_REDIRECT_HEAD_MAX_BYTES)
    return 431;
  if ((gsize)(end + 4 - data) != length)
    return 400;
  if (!read_fields (&fields, line_end + 2, end + 2, our_host) || fields.has_body)
    return 400;
  if (fields.n_hosts != 1 || !fields.host_is_ours || fields.is_foreign)
    return 400;

  return check_target (data, line_length);
}

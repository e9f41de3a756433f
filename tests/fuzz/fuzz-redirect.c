/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-fuzz.h"
#include "peal-redirect-head.h"
#include "peal-redirect-query.h"
#include "peal-secret-access.h"

#define PORT 43117
#define TARGET "GET /callback/tiktok/"

static void
check_text (const char *text)
{
  g_assert_true (text == NULL || g_utf8_validate (text, -1, NULL));
}

static void
check_query (const char *raw)
{
  g_autoptr (PealRedirectQuery) query = peal_redirect_query_parse (raw);

  if (query == NULL)
    return;
  g_assert_cmpuint (strlen (raw), <=, PEAL_REDIRECT_QUERY_MAX_BYTES);
  check_text (query->error);
  check_text (query->error_description);
  check_text (query->scopes);
  check_text (query->iss);
  if (query->code != NULL)
    for (const char *code = peal_secret_peek (query->code); *code != '\0'; code++)
      g_assert_true (g_ascii_isgraph (*code));
  if (query->error_description != NULL)
    g_assert_null (strpbrk (query->error_description, "\r\n\033"));
}

static void
check_head (const char *data, gsize size)
{
  guint status = peal_redirect_head_check (data, size, PORT);
  guint half = peal_redirect_head_check (data, size / 2, PORT);

  g_assert_true (status == 0 || status == 200 || status == 400 || status == 404 || status == 405
                 || status == 431);
  g_assert_true (status != 0 || size <= PEAL_REDIRECT_HEAD_MAX_BYTES);
  /* What came later makes nothing good that was refused before. */
  if (half >= 400)
    g_assert_cmpuint (status, >=, 400);
  if (status == 200)
    {
      const char *target_end = memchr (data + strlen (TARGET), ' ', size - strlen (TARGET));
      g_autofree char *query = NULL;

      g_assert_cmpint (memcmp (data, TARGET, strlen (TARGET)), ==, 0);
      g_assert_cmpint (memcmp (data + size - 4, "\r\n\r\n", 4), ==, 0);
      g_assert_null (memchr (data, '\0', size));
      query = g_strndup (data + strlen (TARGET), (gsize)(target_end - data) - strlen (TARGET));
      check_query (query[0] == '?' ? query + 1 : query);
    }
}

/* "h" and a head, or anything else and a query. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = NULL;

  if (size == 0)
    return 0;
  if (data[0] == 'h')
    check_head ((const char *)data + 1, size - 1);
  text = peal_fuzz_dup_text (data + 1, size - 1);
  check_query (text);

  return 0;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-http-headers.h"

/* Sun, 22 Nov 2026 08:00:00 GMT */
#define NOW_S G_GINT64_CONSTANT (1795334400)

static void
test_retry_after (void)
{
  static const struct
  {
    const char *value;
    gint64 seconds;
  } cases[] = {
    { NULL, -1 },
    { "", -1 },
    { "soon", -1 },
    { "-5", -1 },
    { "1.5", -1 },
    { "0", 1 },
    { "120", 120 },
    { " 7", 7 },
    { "3601", 3600 },
    { "1000000000", 3600 },
    { "99999999999999999999999999", 3600 },
    { "Sun, 22 Nov 2026 08:02:00 GMT", 120 },
    { "Sun, 22 Nov 2026 07:00:00 GMT", 1 },
    { "Sun, 22 Nov 2026 18:00:00 GMT", 3600 },
    { "Sun, 99 Nov 2026 18:00:00 GMT", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].value);
      g_assert_cmpint (peal_http_parse_retry_after (cases[i].value, NOW_S * G_USEC_PER_SEC), ==,
                       cases[i].seconds);
    }
}

static void
test_progress (void)
{
  static const struct
  {
    const char *value;
    gint64 bytes;
  } cases[] = {
    { NULL, -1 },
    { "", -1 },
    { "bytes 0-10000000/66259900", 10000000 },
    { "bytes 0-9999999/66259900", 9999999 },
    { "bytes 0-0/1", 0 },
    /* Found by a fuzzer: twenty digits of it are another number. */
    { "bytes 0-0000000000000000000012/12", 12 },
    { "bytes 0-66259900/66259900", 66259900 },
    { "bytes 0-66259901/66259900", -1 },
    { "bytes 1-2/3", -1 },
    { "bytes 0-/3", -1 },
    { "bytes 0-2/", -1 },
    { "bytes 0-2/*", -1 },
    { "bytes 0-2/3 ", -1 },
    { "bytes 0--2/3", -1 },
    { "bytes 0-99999999999999999999999/99999999999999999999999", -1 },
    { "octets 0-2/3", -1 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].value);
      g_assert_cmpint (peal_http_parse_progress (cases[i].value), ==, cases[i].bytes);
    }
}

static void
test_date (void)
{
  g_assert_cmpint (peal_http_parse_date ("Sun, 22 Nov 2026 08:00:00 GMT"), ==, NOW_S * G_USEC_PER_SEC);
  g_assert_cmpint (peal_http_parse_date ("yesterday"), ==, -1);
  g_assert_cmpint (peal_http_parse_date (NULL), ==, -1);
}

static void
test_media_type (void)
{
  g_autofree char *json = peal_http_dup_media_type ("Application/JSON ; charset=utf-8");

  g_assert_cmpstr (json, ==, "application/json");
  g_assert_null (peal_http_dup_media_type (NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http-headers/retry-after", test_retry_after);
  g_test_add_func ("/http-headers/progress", test_progress);
  g_test_add_func ("/http-headers/date", test_date);
  g_test_add_func ("/http-headers/media-type", test_media_type);

  return g_test_run ();
}

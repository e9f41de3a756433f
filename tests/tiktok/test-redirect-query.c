/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-redirect-query.h"
#include "peal-secret-access.h"

static void
test_good (void)
{
  g_autoptr (PealRedirectQuery) query = peal_redirect_query_parse (
      "code=Zk9-x_Qq3%2A0%216410.e1&scopes=user.info.basic%2Cvideo.list&state=9f2c&unknown=1&unknown=2");

  g_assert_cmpstr (peal_secret_peek (query->code), ==, "Zk9-x_Qq3*0!6410.e1");
  g_assert_cmpstr (peal_secret_peek (query->state), ==, "9f2c");
  g_assert_cmpstr (query->scopes, ==, "user.info.basic,video.list");
  g_assert_null (query->error);
}

/* Decoded exactly once: what was encoded twice stays encoded. */
static void
test_once (void)
{
  g_autoptr (PealRedirectQuery) query = peal_redirect_query_parse ("code=a%252Ab");

  g_assert_cmpstr (peal_secret_peek (query->code), ==, "a%2Ab");
}

static void
test_error (void)
{
  g_autoptr (PealRedirectQuery) denied =
      peal_redirect_query_parse ("error=access_denied&error_description=User%20denied+it%0A&state=s");
  g_autoptr (PealRedirectQuery) markup = peal_redirect_query_parse ("error=%3Cscript%3E&state=s");

  g_assert_cmpstr (denied->error, ==, "access_denied");
  g_assert_cmpstr (denied->error_description, ==, "User denied it");
  g_assert_cmpstr (markup->error, ==, "unreadable");
}

static void
test_empty (void)
{
  static const char *const texts[] = { NULL, "", "&&", "code=&state=&error=", "code&state" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (PealRedirectQuery) query = peal_redirect_query_parse (texts[i]);

      g_assert_nonnull (query);
      g_assert_null (query->code);
      g_assert_null (query->state);
      g_assert_null (query->error);
    }
}

static void
test_refused (void)
{
  static const char *const texts[] = {
    "state=a&state=a", "code=a&code=b", "error=a&error=a", "st%61te=a&state=b", "iss=a&iss=a", "code=%",
    "code=%2",         "code=%zz",      "code=%00",        "code=%FF",          "code=a%20b",  "code=a%0Ab",
    "unknown=%",       "%=1",
  };
  g_autofree char *long_code = g_strnfill (2049, 'x');
  g_autofree char *code = g_strconcat ("code=", long_code, NULL);
  g_autofree char *long_query = g_strnfill (4097, 'x');

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_test_message ("%s", texts[i]);
      g_assert_null (peal_redirect_query_parse (texts[i]));
    }
  g_assert_null (peal_redirect_query_parse (code));
  g_assert_null (peal_redirect_query_parse (long_query));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redirect-query/good", test_good);
  g_test_add_func ("/redirect-query/once", test_once);
  g_test_add_func ("/redirect-query/error", test_error);
  g_test_add_func ("/redirect-query/empty", test_empty);
  g_test_add_func ("/redirect-query/refused", test_refused);

  return g_test_run ();
}

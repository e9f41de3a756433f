/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-web-address.h"

#include "peal-error.h"
#include "peal-test-fiber.h"

static const struct
{
  const char *address;
  gboolean is_web, is_tiktok, is_practice;
} cases[] = {
  { "https://www.tiktok.com/@mara.bakes", TRUE, TRUE, FALSE },
  { "https://vm.tiktok.com/ZM1234/", TRUE, TRUE, FALSE },
  { "https://TikTok.com/@mara", TRUE, TRUE, FALSE },
  { "https://www.tiktok.com/v2/auth/authorize/?client_key=k&scope=a%2Cb", TRUE, TRUE, FALSE },
  { "http://127.0.0.1:43117/@mara.bakes", TRUE, FALSE, TRUE },
  { "https://localhost:8443/@mara.bakes", TRUE, FALSE, TRUE },
  { "http://www.tiktok.com/@mara.bakes", FALSE, FALSE, FALSE },
  { "https://tiktok.com.example.org/@mara", TRUE, FALSE, FALSE },
  { "https://nottiktok.com/@mara", TRUE, FALSE, FALSE },
  { "https://www.tiktok.com@example.org/", FALSE, FALSE, FALSE },
  { "https://user:word@www.tiktok.com/", FALSE, FALSE, FALSE },
  { "http://127.0.0.1.example.org/", FALSE, FALSE, FALSE },
  { "file:///etc/passwd", FALSE, FALSE, FALSE },
  { "javascript:alert(1)", FALSE, FALSE, FALSE },
  { "tiktok://user/1", FALSE, FALSE, FALSE },
  { "https://", FALSE, FALSE, FALSE },
  { "https:///path", FALSE, FALSE, FALSE },
  { "www.tiktok.com", FALSE, FALSE, FALSE },
  { "--help", FALSE, FALSE, FALSE },
  { "", FALSE, FALSE, FALSE },
  { NULL, FALSE, FALSE, FALSE },
};

static void
test_kinds (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].address != NULL ? cases[i].address : "nothing");
      g_assert_cmpint (peal_web_address_is_web (cases[i].address), ==, cases[i].is_web);
      g_assert_cmpint (peal_web_address_is_tiktok (cases[i].address, FALSE), ==, cases[i].is_tiktok);
      g_assert_cmpint (peal_web_address_is_tiktok (cases[i].address, TRUE), ==, cases[i].is_practice);
    }
}

static DexFuture *
test_refused (gpointer data)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (dex_await (peal_web_address_open ("file:///etc/passwd", NULL), &error));
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_INVALID);
  g_assert_cmpstr (peal_error_get_reason (error), ==, "address_refused");
  return dex_future_new_true ();
}

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/web-address/kinds", test_kinds);
  peal_test_add_fiber ("/web-address/refused", NULL, test_refused);
  return g_test_run ();
}

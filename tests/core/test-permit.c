/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-permit-private.h"
#include "peal-test-fiber.h"

static void
test_init_moves (void)
{
  g_autoptr (PealInitPermit) permit = peal_init_permit_new ();
  g_autoptr (PealInitPermit) copy = NULL;
  g_autoptr (PealInitPermit) second = NULL;

  g_assert_true (peal_init_permit_is_good (permit));
  copy = g_boxed_copy (PEAL_TYPE_INIT_PERMIT, permit);
  g_assert_true (peal_init_permit_is_good (copy));
  g_assert_false (peal_init_permit_is_good (permit));
  second = g_boxed_copy (PEAL_TYPE_INIT_PERMIT, permit);
  g_assert_false (peal_init_permit_is_good (second));
}

static void
test_final_moves (void)
{
  g_autoptr (PealFinalPermit) permit = peal_final_permit_new ("v_pub_file~v2-1.7571");
  g_autoptr (PealFinalPermit) copy = NULL;
  g_autoptr (PealFinalPermit) second = NULL;

  g_assert_cmpstr (peal_final_permit_get_publish_id (permit), ==, "v_pub_file~v2-1.7571");
  copy = g_boxed_copy (PEAL_TYPE_FINAL_PERMIT, permit);
  g_assert_cmpstr (peal_final_permit_get_publish_id (copy), ==, "v_pub_file~v2-1.7571");
  g_assert_null (peal_final_permit_get_publish_id (permit));
  second = g_boxed_copy (PEAL_TYPE_FINAL_PERMIT, permit);
  g_assert_null (peal_final_permit_get_publish_id (second));
}

/* As the journal hands it out: whoever awaits first has it, and nobody after. */
static DexFuture *
test_through_future (gpointer user_data)
{
  g_autoptr (DexFuture) future =
      dex_future_new_take_boxed (PEAL_TYPE_FINAL_PERMIT, peal_final_permit_new ("some_id"));
  g_autoptr (PealFinalPermit) first = dex_await_boxed (dex_ref (future), NULL);
  g_autoptr (PealFinalPermit) second = dex_await_boxed (dex_ref (future), NULL);

  g_assert_cmpstr (peal_final_permit_get_publish_id (first), ==, "some_id");
  g_assert_null (peal_final_permit_get_publish_id (second));
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/permit/init-moves", test_init_moves);
  g_test_add_func ("/permit/final-moves", test_final_moves);
  peal_test_add_fiber ("/permit/through-future", NULL, test_through_future);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-error.h"
#include "peal-fake-clock.h"
#include "peal-rate-bucket.h"
#include "peal-test-fiber.h"

static void
settle (void)
{
  for (int i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
}

/* The window holds at any instant: 4 at once, the fifth when the first leaves the window. */
static void
test_window (void)
{
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (PealRateBucket) bucket = peal_rate_bucket_new (PEAL_CLOCK (clock), 4);
  DexFuture *calls[9];
  guint n_ready = 0;

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    calls[i] = peal_rate_bucket_wait (bucket, NULL);
  settle ();
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    g_assert_cmpint (dex_future_is_resolved (calls[i]), ==, i < 4);

  peal_fake_clock_advance (clock, 60 * G_USEC_PER_SEC - 1);
  settle ();
  g_assert_false (dex_future_is_resolved (calls[4]));
  peal_fake_clock_advance (clock, 1);
  settle ();
  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    n_ready += dex_future_is_resolved (calls[i]);
  g_assert_cmpuint (n_ready, ==, 8);
  peal_fake_clock_advance (clock, 60 * G_USEC_PER_SEC);
  settle ();
  g_assert_true (dex_future_is_resolved (calls[8]));

  for (guint i = 0; i < G_N_ELEMENTS (calls); i++)
    dex_clear (&calls[i]);
}

static void
test_no_limit (void)
{
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (PealRateBucket) bucket = peal_rate_bucket_new (PEAL_CLOCK (clock), 0);

  for (int i = 0; i < 100; i++)
    {
      g_autoptr (DexFuture) call = peal_test_await (peal_rate_bucket_wait (bucket, NULL));

      g_assert_true (dex_future_is_resolved (call));
    }
}

static gint64
get_refusal (PealRateBucket *bucket)
{
  g_autoptr (DexFuture) call = peal_test_await (peal_rate_bucket_wait (bucket, NULL));
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (call, &error) != NULL)
    return 0;
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_RATE_LIMITED);

  return peal_error_get_retry_after_s (error);
}

static void
test_block (void)
{
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (PealRateBucket) bucket = peal_rate_bucket_new (PEAL_CLOCK (clock), 4);

  g_assert_cmpint (peal_rate_bucket_block (bucket, 120), ==, 120);
  g_assert_cmpint (get_refusal (bucket), ==, 120);
  peal_fake_clock_advance (clock, 119 * G_USEC_PER_SEC + 1);
  g_assert_cmpint (get_refusal (bucket), ==, 1);
  peal_fake_clock_advance (clock, G_USEC_PER_SEC);
  g_assert_cmpint (get_refusal (bucket), ==, 0);
}

static void
test_doubling (void)
{
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (PealRateBucket) bucket = peal_rate_bucket_new (PEAL_CLOCK (clock), 4);
  static const gint64 waits[] = { 60, 120, 240, 480, 960, 1920, 3600, 3600 };

  for (gsize i = 0; i < G_N_ELEMENTS (waits); i++)
    g_assert_cmpint (peal_rate_bucket_block (bucket, -1), ==, waits[i]);
  peal_rate_bucket_relax (bucket);
  g_assert_cmpint (peal_rate_bucket_block (bucket, -1), ==, 60);
  g_assert_cmpint (peal_rate_bucket_block (bucket, 0), ==, 1);
  g_assert_cmpint (peal_rate_bucket_block (bucket, 1000000), ==, 3600);
}

/* Who waits when the server says stop does not slip through. */
static void
test_block_while_waiting (void)
{
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (PealRateBucket) bucket = peal_rate_bucket_new (PEAL_CLOCK (clock), 1);
  g_autoptr (DexFuture) first = peal_test_await (peal_rate_bucket_wait (bucket, NULL));
  g_autoptr (DexFuture) second = peal_rate_bucket_wait (bucket, NULL);

  settle ();
  peal_rate_bucket_block (bucket, 600);
  peal_fake_clock_advance (clock, 60 * G_USEC_PER_SEC);
  settle ();
  g_assert_true (dex_future_is_resolved (first));
  g_assert_true (dex_future_is_rejected (second));
}

/* A turn that nobody takes goes to the next. */
static void
test_cancel (void)
{
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (PealRateBucket) bucket = peal_rate_bucket_new (PEAL_CLOCK (clock), 1);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DexFuture) first = peal_test_await (peal_rate_bucket_wait (bucket, NULL));
  g_autoptr (DexFuture) second = peal_rate_bucket_wait (bucket, cancellable);
  g_autoptr (DexFuture) third = NULL;
  g_autoptr (GError) error = NULL;

  settle ();
  g_cancellable_cancel (cancellable);
  second = peal_test_await (g_steal_pointer (&second));
  g_assert_null (dex_future_get_value (second, &error));
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_CANCELLED);

  third = peal_rate_bucket_wait (bucket, NULL);
  settle ();
  peal_fake_clock_advance (clock, 60 * G_USEC_PER_SEC);
  settle ();
  g_assert_true (dex_future_is_resolved (third));
}

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rate-bucket/window", test_window);
  g_test_add_func ("/rate-bucket/no-limit", test_no_limit);
  g_test_add_func ("/rate-bucket/block", test_block);
  g_test_add_func ("/rate-bucket/doubling", test_doubling);
  g_test_add_func ("/rate-bucket/block-while-waiting", test_block_while_waiting);
  g_test_add_func ("/rate-bucket/cancel", test_cancel);

  return g_test_run ();
}

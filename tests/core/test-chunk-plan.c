/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-chunk-plan.h"

/* TikTok: content-posting-api-media-transfer-guide, as tabled in the API reference. */
static const struct
{
  gint64 size, chunk, count, last;
} rows[] = {
  { 1, 1, 1, 1 },
  { 4194304, 4194304, 1, 4194304 },
  { 5000000, 5000000, 1, 5000000 },
  { 50000123, 50000123, 1, 50000123 },
  { 64000000, 64000000, 1, 64000000 },
  { 64000001, 10000000, 6, 14000001 },
  { 66259900, 10000000, 6, 16259900 },
  { 121000000, 10000000, 12, 11000000 },
  { 150000000, 10000000, 15, 10000000 },
  { 4000000000, 10000000, 400, 10000000 },
};

static void
test_documented (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      PealChunkPlan plan = { 0 };
      gint64 last;

      g_assert_true (peal_chunk_plan_init (&plan, rows[i].size));
      last = plan.count - 1;
      g_assert_cmpint (plan.video_size, ==, rows[i].size);
      g_assert_cmpint (plan.chunk_size, ==, rows[i].chunk);
      g_assert_cmpint (plan.count, ==, rows[i].count);
      g_assert_cmpint (peal_chunk_plan_get_length (&plan, last), ==, rows[i].last);
      g_assert_cmpint (peal_chunk_plan_get_offset (&plan, last), ==, rows[i].size - rows[i].last);
    }
}

/* What TikTok asks of any plan, and that each byte goes out once, in order. */
static void
assert_sound (gint64 size)
{
  PealChunkPlan plan = { 0 };
  gint64 next = 0;

  g_assert_true (peal_chunk_plan_init (&plan, size));
  g_assert_cmpint (plan.count, ==, size / plan.chunk_size);
  g_assert_cmpint (plan.count, >=, 1);
  g_assert_cmpint (plan.count, <=, 1000);
  g_assert_true (plan.count > 1 || plan.chunk_size == size);
  g_assert_true (size < 5 * 1024 * 1024 || plan.chunk_size >= 5000000);
  g_assert_cmpint (plan.chunk_size, <=, 64000000);
  for (gint64 i = 0; i < plan.count; i++)
    {
      gint64 length = peal_chunk_plan_get_length (&plan, i);

      g_assert_cmpint (peal_chunk_plan_get_offset (&plan, i), ==, next);
      g_assert_cmpint (length, >, 0);
      g_assert_cmpint (length, <=, 128000000);
      g_assert_true (length == plan.chunk_size || peal_chunk_plan_is_last (&plan, i));
      g_assert_cmpint (peal_chunk_plan_is_last (&plan, i), ==, i == plan.count - 1);
      next += length;
    }
  g_assert_cmpint (next, ==, size);
}

static void
test_any_size (void)
{
  static const gint64 corners[] = { 1, 5000000, 5242880, 10000000, 64000000, 67108864, 128000000, 134217728 };

  for (gsize i = 0; i < G_N_ELEMENTS (corners); i++)
    {
      for (gint64 d = -2; d <= 2; d++)
        {
          if (corners[i] + d > 0)
            assert_sound (corners[i] + d);
        }
    }
  for (int i = 0; i < 5000; i++)
    assert_sound ((gint64)g_test_rand_double_range (1, (double)PEAL_MAX_VIDEO_BYTES + 1));
  assert_sound (PEAL_MAX_VIDEO_BYTES);
}

static void
test_refused (void)
{
  PealChunkPlan plan = { 0 };

  g_assert_false (peal_chunk_plan_init (&plan, 0));
  g_assert_false (peal_chunk_plan_init (&plan, -1));
  g_assert_false (peal_chunk_plan_init (&plan, PEAL_MAX_VIDEO_BYTES + 1));
  g_assert_false (peal_chunk_plan_init (&plan, G_MAXINT64));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/chunk-plan/documented", test_documented);
  g_test_add_func ("/chunk-plan/any-size", test_any_size);
  g_test_add_func ("/chunk-plan/refused", test_refused);
  return g_test_run ();
}

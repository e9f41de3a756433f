/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-fiber.h"
#include "peal-places.h"
#include "peal-test-fiber.h"

#define WAIT_MS 20

typedef struct
{
  PealPlaces *places;
  const char *name;
  GString *order;
  DexPromise *end; /* (nullable): works until it resolves, else not at all */
} Worker;

static DexFuture *
work (gpointer data)
{
  Worker *self = data;

  peal_places_take (self->places);
  g_string_append (self->order, self->name);
  if (self->end != NULL)
    dex_await (dex_ref (DEX_FUTURE (self->end)), NULL);
  peal_places_give_back (self->places);
  return dex_future_new_true ();
}

static DexFuture *
start (Worker *worker)
{
  return peal_fiber_spawn_to_end (work, worker, NULL);
}

static DexFuture *
wait_briefly_fiber (gpointer data)
{
  dex_await (dex_timeout_new_msec (WAIT_MS), NULL);
  return dex_future_new_true ();
}

static DexFuture *
wait_briefly (void)
{
  return dex_scheduler_spawn (NULL, 0, wait_briefly_fiber, NULL, NULL);
}

static void
settle (void)
{
  dex_await (wait_briefly (), NULL);
}

static DexFuture *
test_latest_first (gpointer data)
{
  g_autoptr (PealPlaces) places = peal_places_new (2);
  g_autoptr (GString) order = g_string_new (NULL);
  g_autoptr (DexPromise) end = dex_promise_new ();
  Worker workers[] = { { places, "a", order, end },
                       { places, "b", order, end },
                       { places, "c", order, NULL },
                       { places, "d", order, NULL } };
  DexFuture *futures[G_N_ELEMENTS (workers)];

  for (gsize i = 0; i < G_N_ELEMENTS (workers); i++)
    futures[i] = start (&workers[i]);
  settle ();
  g_assert_cmpstr (order->str, ==, "ab");
  dex_promise_resolve_boolean (end, TRUE);
  g_assert_true (dex_await (dex_future_allv (futures, G_N_ELEMENTS (futures)), NULL));
  g_assert_cmpstr (order->str, ==, "abdc");
  for (gsize i = 0; i < G_N_ELEMENTS (workers); i++)
    dex_unref (futures[i]);
  return dex_future_new_true ();
}

/* Nobody waits any more for what one of those who wait for a place is to make: it comes to its turn, and
 * gives the place back. */
static DexFuture *
test_unwanted (gpointer data)
{
  g_autoptr (PealPlaces) places = peal_places_new (1);
  g_autoptr (GString) order = g_string_new (NULL);
  Worker workers[] = { { places, "a", order, NULL }, { places, "b", order, NULL } };

  peal_places_take (places);
  g_assert_true (dex_await (dex_future_first (start (&workers[0]), wait_briefly (), NULL), NULL));
  settle ();
  g_assert_cmpstr (order->str, ==, "");
  peal_places_give_back (places);
  g_assert_true (dex_await (start (&workers[1]), NULL));
  g_assert_cmpstr (order->str, ==, "ab");
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  peal_test_add_fiber ("/places/latest-first", NULL, test_latest_first);
  peal_test_add_fiber ("/places/unwanted", NULL, test_unwanted);
  return g_test_run ();
}

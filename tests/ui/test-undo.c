/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-error.h"
#include "peal-test-fiber.h"
#include "peal-undo.h"

static GString *taken;
static guint freed;
static DexPromise *slow;

static DexFuture *
take_back (gpointer data)
{
  g_string_append (taken, data);
  return dex_future_new_true ();
}

static DexFuture *
fail (gpointer data)
{
  return dex_future_new_for_error (peal_error_new (PEAL_ERROR_INVALID, "too_late", "too late"));
}

static DexFuture *
wait_long (gpointer data)
{
  slow = dex_promise_new ();
  return DEX_FUTURE (dex_ref (slow));
}

static void
free_cb (gpointer data)
{
  freed++;
}

static gboolean
run (PealUndo *undo)
{
  GError *error = NULL;
  gboolean done = dex_await_boolean (peal_undo_run (undo), &error);

  g_assert_no_error (error);
  return done;
}

static void
count_cb (PealUndo *undo, const char *title, guint *n)
{
  g_assert_cmpstr (title, ==, "Done");
  (*n)++;
}

static DexFuture *
test_latest_first (gpointer data)
{
  PealUndo *undo = peal_undo_new ();
  guint n_pushed = 0;

  taken = g_string_new (NULL);
  freed = 0;
  g_signal_connect (undo, "pushed", G_CALLBACK (count_cb), &n_pushed);
  g_assert_false (peal_undo_can_undo (undo));
  g_assert_false (run (undo));
  for (const char *name = "abc"; *name != '\0'; name++)
    peal_undo_push (undo, "Done", take_back,
                    (gpointer)(name[0] == 'a'   ? "a"
                               : name[0] == 'b' ? "b"
                                                : "c"),
                    free_cb);
  g_assert_true (peal_undo_can_undo (undo));
  g_assert_true (run (undo));
  g_assert_true (run (undo));
  g_assert_cmpstr (taken->str, ==, "cb");
  g_assert_cmpuint (freed, ==, 2);
  g_assert_cmpuint (n_pushed, ==, 3);
  g_assert_finalize_object (undo);
  g_assert_cmpuint (freed, ==, 3);
  g_string_free (taken, TRUE);
  return dex_future_new_true ();
}

static DexFuture *
test_failure (gpointer data)
{
  g_autoptr (PealUndo) undo = peal_undo_new ();
  g_autoptr (GError) error = NULL;

  freed = 0;
  peal_undo_push (undo, "Done", fail, NULL, free_cb);
  g_assert_false (dex_await (peal_undo_run (undo), &error));
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_INVALID);
  g_assert_cmpuint (freed, ==, 1);
  g_assert_false (peal_undo_can_undo (undo));
  return dex_future_new_true ();
}

static DexFuture *
test_one_at_a_time (gpointer data)
{
  g_autoptr (PealUndo) undo = peal_undo_new ();
  g_autoptr (DexFuture) first = NULL;

  peal_undo_push (undo, "Done", wait_long, NULL, free_cb);
  peal_undo_push (undo, "Done", wait_long, NULL, free_cb);
  first = peal_undo_run (undo);
  /* Not what is pushed before it gets to it. */
  peal_undo_push (undo, "Done", take_back, (gpointer) "c", free_cb);
  while (slow == NULL)
    dex_await (dex_timeout_new_msec (5), NULL);
  g_assert_false (peal_undo_can_undo (undo));
  g_assert_false (run (undo));
  dex_promise_resolve_boolean (slow, TRUE);
  g_assert_true (dex_await (dex_ref (first), NULL));
  g_assert_true (peal_undo_can_undo (undo));
  taken = g_string_new (NULL);
  g_assert_true (run (undo));
  g_assert_cmpstr (taken->str, ==, "c");
  g_string_free (taken, TRUE);
  dex_clear (&slow);
  return dex_future_new_true ();
}

static DexFuture *
test_forgets_the_oldest (gpointer data)
{
  g_autoptr (PealUndo) undo = peal_undo_new ();

  freed = 0;
  for (guint i = 0; i < 101; i++)
    peal_undo_push (undo, "Done", take_back, NULL, free_cb);
  g_assert_cmpuint (freed, ==, 1);
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  peal_test_add_fiber ("/undo/latest-first", NULL, test_latest_first);
  peal_test_add_fiber ("/undo/failure", NULL, test_failure);
  peal_test_add_fiber ("/undo/one-at-a-time", NULL, test_one_at_a_time);
  peal_test_add_fiber ("/undo/forgets-the-oldest", NULL, test_forgets_the_oldest);
  return g_test_run ();
}

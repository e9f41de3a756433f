/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-agenda.h"
#include "peal-test-posts.h"

#define N_POSTS (2 * PEAL_POSTS_PAGE + 50)
/* More than so many rows at once are seen as a window that hangs. */
#define MAX_STEP 20

static PealAgenda *
load (Fixture *self)
{
  PealAgenda *agenda = peal_agenda_new (self->link, PEAL_AGENDA_UPCOMING);

  peal_wait_until (peal_agenda_is_loaded (agenda));
  return agenda;
}

static guint
count (PealAgenda *agenda)
{
  return g_list_model_get_n_items (peal_agenda_get_model (agenda));
}

static void
test_grows (Fixture *self, gconstpointer data)
{
  g_autoptr (PealAgenda) agenda = NULL;
  guint before;

  peal_posts_put_many (self, N_POSTS);
  agenda = load (self);
  before = count (agenda);
  g_assert_cmpuint (before, >, 0);
  g_assert_cmpuint (before, <=, MAX_STEP);
  for (guint i = 0; i < N_POSTS && before < N_POSTS; i++)
    {
      peal_agenda_show_more (agenda);
      peal_fixture_settle (self);
      g_assert_cmpuint (count (agenda), >, before);
      g_assert_cmpuint (count (agenda), <=, before + MAX_STEP);
      before = count (agenda);
    }
  g_assert_cmpuint (before, ==, N_POSTS);
  for (guint i = 0; i < N_POSTS; i++)
    {
      g_autoptr (PealPostItem) post = g_list_model_get_item (peal_agenda_get_model (agenda), i);

      g_assert_cmpint (peal_post_item_get_id (post), ==, i + 1);
    }
}

/* What fits another filter is shown from its beginning. */
static void
test_filter (Fixture *self, gconstpointer data)
{
  g_autoptr (PealAgenda) agenda = NULL;

  peal_posts_put_many (self, N_POSTS);
  agenda = load (self);
  for (guint i = 0; i < MAX_STEP; i++)
    peal_agenda_show_more (agenda);
  g_assert_cmpuint (count (agenda), >, MAX_STEP);
  peal_agenda_set_filter (agenda, NULL, "no post has this");
  peal_wait_until (count (agenda) == 0);
  peal_agenda_set_filter (agenda, NULL, NULL);
  peal_wait_until (count (agenda) > 0);
  peal_fixture_settle (self);
  g_assert_cmpuint (count (agenda), <=, MAX_STEP);
}

#define ADD(path, func)                                                                                      \
  g_test_add (path, Fixture, NULL, peal_fixture_set_up_ready, func, peal_fixture_tear_down)

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/agenda/grows", test_grows);
  ADD ("/agenda/filter", test_filter);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Lists of posts: their orders page by page, what they leave out, and that a page of many posts costs as much
 * as one of few. */

#include "config.h"

#include "peal-journal-fixture.h"
#include "peal-test-fiber.h"

#define INSERT_POST                                                                                          \
  "INSERT INTO post (uuid, group_id, account_id, media_id, state, hold_reason, due, zone, caption, "         \
  "privacy_level, share_type, allow_comment, allow_duet, allow_stitch, your_brand, branded_content, "        \
  "ai_generated, cover_ms, created_at, ended_at, published_at) "

/* @n posts of both accounts in all states. Few instants, so that many posts share one. Every fifth has no
 * due. */
static void
add_posts (PealJournalFixture *fixture, guint n)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT OR IGNORE INTO post_group VALUES (1, 1); "
      "WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n LIMIT %u), "
      "s (i, state) AS (SELECT i, CASE i * 7 %% 9 WHEN 0 THEN 'draft' WHEN 1 THEN 'scheduled' WHEN 2 THEN "
      "'held' "
      "WHEN 3 THEN 'publishing' WHEN 4 THEN 'published' WHEN 5 THEN 'in_inbox' WHEN 6 THEN 'failed' WHEN 7 "
      "THEN "
      "'needs_review' ELSE 'cancelled' END FROM n) " INSERT_POST
      "SELECT 'u' || i || 'of' || %u, 1, 1 + i %% 2, 1, state, iif (state = 'held', 'missed', ''), "
      "iif (i %% 5 OR state IN ('scheduled', 'publishing'), 100 + i * 37 %% 11, NULL), 'Europe/Berlin', "
      "'Bread number ' || i, 'SELF_ONLY', 'direct', 0, 0, 0, 0, 0, 0, -1, 90 + i %% 7, "
      "iif (state IN ('failed', 'cancelled', 'published') AND i %% 3, 104 + i %% 5, NULL), "
      "iif (state = 'published', 103 + i %% 4, NULL) FROM s",
      n, n);

  peal_journal_fixture_exec (fixture, sql);
}

static gint64
get_number (GVariant *post, const char *key, gint64 fallback)
{
  g_variant_lookup (post, key, "x", &fallback);
  return fallback;
}

static gint64
get_instant (GVariant *post, PealJournalOrder order)
{
  gint64 due = get_number (post, "due",
                           order == PEAL_JOURNAL_SOONEST ? G_MAXINT64 : get_number (post, "created_at", -1));

  if (order == PEAL_JOURNAL_SOONEST)
    return due;
  return get_number (post, "published_at", get_number (post, "ended_at", due));
}

static gboolean
is_wanted (GVariant *post, const PealJournalFilter *filter)
{
  const char *word = "", *account = "";
  PealPostState state = PEAL_POST_DRAFT;

  g_variant_lookup (post, "state", "&s", &word);
  g_variant_lookup (post, "account", "&s", &account);
  g_assert_true (peal_post_state_from_string (word, &state));
  return (filter->states & PEAL_JOURNAL_STATE (state)) != 0
         && (filter->account == 0 || g_str_equal (account, filter->account == 1 ? "-one" : "two"));
}

static int
compare (gconstpointer a, gconstpointer b, gpointer data)
{
  GVariant *first = *(GVariant **)a, *second = *(GVariant **)b;
  const PealJournalFilter *filter = data;
  gint64 first_id = get_number (first, "id", 0), second_id = get_number (second, "id", 0);
  gint64 first_key = get_instant (first, filter->order), second_key = get_instant (second, filter->order);
  int order = filter->order == PEAL_JOURNAL_BY_ID || first_key == second_key
                  ? (first_id > second_id) - (first_id < second_id)
                  : (first_key > second_key) - (first_key < second_key);

  return filter->order == PEAL_JOURNAL_LATEST ? -order : order;
}

static GVariant *
list (PealJournalFixture *fixture, const PealJournalFilter *filter, guint limit)
{
  g_autoptr (GError) error = NULL;
  GVariant *posts = dex_await_variant (peal_journal_list_posts (fixture->journal, filter, limit), &error);

  g_assert_no_error (error);
  return posts;
}

/* (transfer full): what the pages must come to, sorted here. */
static GPtrArray *
expect (PealJournalFixture *fixture, PealJournalFilter *filter)
{
  g_autoptr (GVariant) all = list (fixture, NULL, 500);
  GPtrArray *expected = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);

  for (gsize i = 0; i < g_variant_n_children (all); i++)
    {
      g_autoptr (GVariant) post = g_variant_get_child_value (all, i);

      if (is_wanted (post, filter))
        g_ptr_array_add (expected, g_variant_ref (post));
    }
  g_ptr_array_sort_with_data (expected, compare, filter);
  return expected;
}

static void
check_pages (PealJournalFixture *fixture, PealJournalFilter filter, guint limit)
{
  g_autoptr (GPtrArray) expected = expect (fixture, &filter);
  guint n = 0;
  gsize got;

  g_assert_cmpuint (expected->len, >, 5);
  do
    {
      g_autoptr (GVariant) page = list (fixture, &filter, limit);

      got = g_variant_n_children (page);
      g_assert_cmpuint (got, ==, MIN (limit, expected->len - n));
      for (gsize i = 0; i < got; i++)
        {
          g_autoptr (GVariant) post = g_variant_get_child_value (page, i);

          g_assert_cmpint (get_number (post, "id", -1), ==,
                           get_number (g_ptr_array_index (expected, n++), "id", -2));
          filter.after = get_number (post, "id", 0);
          filter.after_instant = get_instant (post, filter.order);
        }
    }
  while (got > 0);
  g_assert_cmpuint (n, ==, expected->len);
}

static DexFuture *
test_orders (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  const guint some = PEAL_JOURNAL_STATE (PEAL_POST_DRAFT) | PEAL_JOURNAL_STATE (PEAL_POST_SCHEDULED)
                     | PEAL_JOURNAL_STATE (PEAL_POST_PUBLISHED);
  const guint states[] = { PEAL_JOURNAL_ALL_STATES, some, PEAL_JOURNAL_STATE (PEAL_POST_FAILED) };

  add_posts (fixture, 150);
  for (PealJournalOrder order = PEAL_JOURNAL_BY_ID; order <= PEAL_JOURNAL_LATEST; order++)
    for (gsize i = 0; i < G_N_ELEMENTS (states); i++)
      for (gint64 account = 0; account <= 1; account++)
        {
          PealJournalFilter filter = { .states = states[i], .account = account, .order = order };

          check_pages (fixture, filter, i == G_N_ELEMENTS (states) - 1 ? 1 : 7);
          check_pages (fixture, filter, 500);
        }
  return dex_future_new_true ();
}

static DexFuture *
test_nothing (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  const PealJournalFilter filters[] = {
    { .states = 0 },
    { .states = 0, .order = PEAL_JOURNAL_LATEST, .group = 1 },
    { .states = PEAL_JOURNAL_ALL_STATES, .account = 99, .order = PEAL_JOURNAL_SOONEST },
    { .states = PEAL_JOURNAL_ALL_STATES, .group = 99 },
    { .states = PEAL_JOURNAL_ALL_STATES, .after = G_MAXINT64 },
    { .states = PEAL_JOURNAL_ALL_STATES,
      .order = PEAL_JOURNAL_LATEST,
      .after = 1,
      .after_instant = G_MININT64 },
    { .states = PEAL_JOURNAL_ALL_STATES, .text = "no such bread" },
  };

  add_posts (fixture, 20);
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autoptr (GVariant) posts = list (fixture, &filters[i], 500);

      g_assert_cmpuint (g_variant_n_children (posts), ==, 0);
    }
  return dex_future_new_true ();
}

static DexFuture *
test_group (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  const PealJournalFilter filter = { .states = PEAL_JOURNAL_STATE (PEAL_POST_DRAFT)
                                               | PEAL_JOURNAL_STATE (PEAL_POST_FAILED),
                                     .group = 2,
                                     .order = PEAL_JOURNAL_LATEST };
  g_autoptr (GVariant) posts = NULL;
  g_autoptr (GVariant) first = NULL;
  g_autoptr (GVariant) last = NULL;

  add_posts (fixture, 20);
  peal_journal_fixture_exec (fixture,
                             "INSERT INTO post_group VALUES (2, 1); UPDATE post SET group_id = 2 WHERE id IN "
                             "(SELECT min (id) FROM post GROUP BY state)");
  posts = list (fixture, &filter, 500);
  g_assert_cmpuint (g_variant_n_children (posts), ==, 2);
  first = g_variant_get_child_value (posts, 0);
  last = g_variant_get_child_value (posts, 1);
  g_assert_cmpint (get_instant (first, filter.order), >=, get_instant (last, filter.order));
  return dex_future_new_true ();
}

typedef struct
{
  const char *text;
  const char *ids;
} Search;

static const Search searches[] = {
  { "", "1 2 3 4 5 6 " },
  { "RYE BREAD", "1 " },
  { "rye", "1 4 " },
  { "BÄCKEREI", "2 " },
  { "ba\xcc\x88"
    "ckerei",
    "2 " }, /* the same, decomposed */
  { "STRASSE", "2 " },
  { "straße", "2 " },
  { "ХЛЕБ", "3 " },
  { "🍞", "3 " },
  { "100%", "4 " },
  { "%", "4 " },
  { "_", "4 " },
  { "\\", "4 " },
  { "'; DROP TABLE post; --", "" },
  { "*", "" },
  { "\xe2\x80\xae", "" },
  { "FIRST.mov", "5 " },
  { "@ONE", "1 2 3 4 " },
  { "frau zwei", "5 6 " },
};

static void
add_searched (PealJournalFixture *fixture)
{
  add_posts (fixture, 6);
  peal_journal_fixture_exec (
      fixture, "INSERT INTO media SELECT 2, 'n', 'first.MOV', sha256, size, 1, 1, 1, 'mov', NULL, NULL, 1, "
               "1, 1, 0, 30, 1, "
               "1, NULL FROM media; UPDATE account SET display_name = 'Frau ZWEI' WHERE id = 2; "
               "UPDATE post SET account_id = 1 + (id > 4), media_id = 1 + (id = 5), caption = CASE id WHEN 1 "
               "THEN 'Rye "
               "bread' WHEN 2 THEN 'Bäckerei, Lange Straße' WHEN 3 THEN 'хлеб 🍞' WHEN 4 THEN '100% \\ "
               "_rye-free_' ELSE "
               "'' END");
}

static void
check_search (PealJournalFixture *fixture, const char *text, const char *expected)
{
  PealJournalFilter filter = { .states = PEAL_JOURNAL_ALL_STATES, .text = text };
  g_autoptr (GVariant) posts = list (fixture, &filter, 500);
  g_autoptr (GString) ids = g_string_new (NULL);

  for (gsize i = 0; i < g_variant_n_children (posts); i++)
    {
      g_autoptr (GVariant) post = g_variant_get_child_value (posts, i);

      g_string_append_printf (ids, "%" G_GINT64_FORMAT " ", get_number (post, "id", 0));
    }
  g_assert_cmpstr (ids->str, ==, expected);
}

static DexFuture *
test_text (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  g_autofree char *long_text = g_strnfill (10 * 1024, 'x');
  g_autofree char *longer_text = g_strnfill (1024 * 1024, 'r');

  add_searched (fixture);
  for (gsize i = 0; i < G_N_ELEMENTS (searches); i++)
    {
      g_test_message ("%s", searches[i].text);
      check_search (fixture, searches[i].text, searches[i].ids);
    }
  check_search (fixture, long_text, "");
  check_search (fixture, longer_text, "");
  return dex_future_new_true ();
}

/* Through so many posts that a search has to give way, in each order, page by page. */
static DexFuture *
test_long_search (gpointer data)
{
  g_autoptr (PealJournalFixture) fixture = peal_journal_fixture_new ();
  guint n = 0;

  add_posts (fixture, 8000);
  for (PealJournalOrder order = PEAL_JOURNAL_BY_ID; order <= PEAL_JOURNAL_LATEST; order++)
    {
      PealJournalFilter filter = { .states = PEAL_JOURNAL_ALL_STATES, .order = order, .text = "NUMBER 799" };
      gsize got;

      do
        {
          g_autoptr (GVariant) posts = list (fixture, &filter, 4);

          got = g_variant_n_children (posts);
          n += got;
          if (got > 0)
            {
              g_autoptr (GVariant) last = g_variant_get_child_value (posts, got - 1);

              filter.after = get_number (last, "id", 0);
              filter.after_instant = get_instant (last, order);
            }
        }
      while (got > 0);
    }
  /* 799 and 7990 to 7999. */
  g_assert_cmpuint (n, ==, 3 * 11);
  return dex_future_new_true ();
}

/* What SQLite does for a page, in steps of its machine. */
static int
count_step_cb (gpointer data)
{
  ++*(guint *)data;
  return 0;
}

static gboolean
set_counter (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  sqlite3_progress_handler (db, data != NULL ? 1 : 0, count_step_cb, data);
  return TRUE;
}

static guint
count_steps (PealJournalFixture *fixture, const PealJournalFilter *filter)
{
  g_autoptr (GVariant) posts = NULL;
  guint n = 0;

  peal_database_run_sync (fixture->database, set_counter, &n, NULL, NULL);
  posts = list (fixture, filter, 20);
  peal_database_run_sync (fixture->database, set_counter, NULL, NULL, NULL);
  g_assert_cmpuint (g_variant_n_children (posts), ==, 20);
  return n;
}

static DexFuture *
test_cost (gpointer data)
{
  g_autoptr (PealJournalFixture) few = peal_journal_fixture_new ();
  g_autoptr (PealJournalFixture) many = peal_journal_fixture_new ();
  const guint ended = PEAL_JOURNAL_STATE (PEAL_POST_PUBLISHED) | PEAL_JOURNAL_STATE (PEAL_POST_IN_INBOX)
                      | PEAL_JOURNAL_STATE (PEAL_POST_CANCELLED);
  const PealJournalFilter filters[] = {
    { .states = PEAL_JOURNAL_ALL_STATES },
    { .states = ended },
    { .states = PEAL_JOURNAL_ALL_STATES, .order = PEAL_JOURNAL_SOONEST },
    { .states = PEAL_JOURNAL_ALL_STATES & ~ended, .order = PEAL_JOURNAL_SOONEST },
    { .states = PEAL_JOURNAL_ALL_STATES & ~ended,
      .account = 1,
      .order = PEAL_JOURNAL_SOONEST,
      .after = 5,
      .after_instant = 104 },
    { .states = PEAL_JOURNAL_ALL_STATES, .order = PEAL_JOURNAL_LATEST },
    { .states = ended, .order = PEAL_JOURNAL_LATEST },
    { .states = ended, .account = 1, .order = PEAL_JOURNAL_LATEST, .after = 5, .after_instant = 109 },
  };

  add_posts (few, 300);
  add_posts (many, 6000);
  for (gsize i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      guint n_few = count_steps (few, &filters[i]), n_many = count_steps (many, &filters[i]);

      g_test_message ("%" G_GSIZE_FORMAT ": %u steps of 300 posts, %u of 6000", i, n_few, n_many);
      g_assert_cmpuint (n_many, <, 2 * n_few);
    }
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  dex_init ();
  peal_test_add_fiber ("/journal/list/orders", NULL, test_orders);
  peal_test_add_fiber ("/journal/list/nothing", NULL, test_nothing);
  peal_test_add_fiber ("/journal/list/group", NULL, test_group);
  peal_test_add_fiber ("/journal/list/text", NULL, test_text);
  peal_test_add_fiber ("/journal/list/long-search", NULL, test_long_search);
  peal_test_add_fiber ("/journal/list/cost", NULL, test_cost);
  return g_test_run ();
}

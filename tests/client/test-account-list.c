/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-account-list.h"
#include "peal-client-fixture.h"

/* (transfer full): "a b c" */
static char *
join (PealAccountList *list)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (list)); i++)
    {
      g_autoptr (PealAccountItem) item = g_list_model_get_item (G_LIST_MODEL (list), i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", peal_account_item_get_open_id (item));
    }
  return g_string_free_and_steal (text);
}

static gboolean
is_list (PealAccountList *list, const char *ids)
{
  g_autofree char *text = join (list);

  return g_str_equal (text, ids);
}

static PealAccountList *
make_list (Fixture *self)
{
  PealAccountList *list = peal_account_list_new (self->link);

  peal_wait_until (peal_account_list_is_loaded (list));
  return list;
}

static void
tell (Fixture *self, const char *id)
{
  peal_fake_agent_emit_changed (self->agent, "account", (const char *const[]){ id, NULL });
}

static void
test_order (Fixture *self, gconstpointer data)
{
  g_autoptr (PealAccountList) list = NULL;

  peal_fake_agent_set_accounts (self->agent,
                                "[{'open_id': <'a'>, 'state': <'disconnected'>}, {'open_id': "
                                "<'z'>, 'state': <'connected'>}, {'open_id': <'b'>, 'state': "
                                "<'disconnected'>}, {'open_id': <'c'>, 'state': <'reconnect'>}]");
  list = peal_account_list_new (self->link);
  g_assert_false (peal_account_list_is_loaded (list));
  peal_fixture_count (self, list, "notify::loaded");
  peal_wait_until (peal_account_list_is_loaded (list));
  g_assert_cmpuint (self->n_signals, ==, 1);
  g_assert_true (is_list (list, "z c a b"));
  g_assert_nonnull (peal_account_list_find (list, "b"));
  g_assert_null (peal_account_list_find (list, "q"));
  g_assert_true (g_list_model_get_item_type (G_LIST_MODEL (list)) == PEAL_TYPE_ACCOUNT_ITEM);
  g_assert_null (g_list_model_get_item (G_LIST_MODEL (list), 4));
}

static void
test_change (Fixture *self, gconstpointer data)
{
  g_autoptr (PealAccountList) list = make_list (self);
  g_autoptr (PealAccountItem) mara = g_list_model_get_item (G_LIST_MODEL (list), 0);

  g_assert_cmpstr (peal_account_item_get_username (mara), ==, "mara.bakes");
  peal_fixture_count (self, mara, "changed");
  peal_fake_agent_set_accounts (
      self->agent, "[{'open_id': <'new'>, 'state': <'connected'>}, {'open_id': "
                   "<'-000ExampleMara'>, 'state': <'disconnected'>, 'follower_count': <int64 9>}]");
  tell (self, "new");
  peal_wait_until (is_list (list, "new -000ExampleMara"));
  /* The same object as before. */
  g_assert_cmpuint (self->n_signals, ==, 1);
  g_assert_true (peal_account_list_find (list, "-000ExampleMara") == mara);
  g_assert_cmpint (peal_account_item_get_follower_count (mara), ==, 9);
  /* Of other kinds nothing is read. */
  peal_fake_agent_emit_changed (self->agent, "post", (const char *const[]){ NULL });
  peal_fixture_settle (self);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "ListAccounts"), ==, 2);
}

static void
test_loss (Fixture *self, gconstpointer data)
{
  g_autoptr (PealAccountList) list = make_list (self);

  peal_fixture_kill_agent (self);
  peal_wait_until (peal_agent_link_get_state (self->link) == PEAL_LINK_LOST);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  g_assert_true (peal_account_list_is_loaded (list));
  peal_fixture_bring_agent (self, 1);
  peal_fake_agent_set_accounts (self->agent, "@aa{sv} []");
  peal_wait_until (g_list_model_get_n_items (G_LIST_MODEL (list)) == 0);
}

/* Made before there is a link: read as soon as it is there. */
static void
test_early (Fixture *self, gconstpointer data)
{
  g_autoptr (PealAccountList) list = peal_account_list_new (self->link);

  peal_fixture_settle (self);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->agent, "ListAccounts"), ==, 0);
  peal_agent_link_start (self->link);
  peal_wait_until (peal_account_list_is_loaded (list));
}

static void
test_nonsense (Fixture *self, gconstpointer data)
{
  g_autoptr (PealAccountList) list = make_list (self);

  peal_fake_agent_set_reply (self->agent, "ListAccounts", "(7,)");
  tell (self, "x");
  peal_fixture_settle (self);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (list)), ==, 2);
  peal_fake_agent_set_reply (self->agent, "ListAccounts",
                             "([@a{sv} {}, {'open_id': <7>}, {'open_id': <'a'>}, {'open_id': <'a'>}],)");
  tell (self, "x");
  peal_wait_until (is_list (list, "a"));
  peal_fake_agent_set_error (self->agent, "StorageCorrupt", "storage_failed: No");
  tell (self, "x");
  peal_fixture_settle (self);
  g_assert_true (is_list (list, "a"));
}

static void
test_let_go (Fixture *self, gconstpointer data)
{
  PealAccountList *list = make_list (self);

  g_assert_finalize_object (list);
  peal_fake_agent_hold (self->agent, "ListAccounts");
  list = peal_account_list_new (self->link);
  peal_wait_until (peal_fake_agent_get_n_calls (self->agent, "ListAccounts") == 2);
  g_assert_finalize_object (list);
  peal_fake_agent_release (self->agent);
  peal_fixture_settle (self);
}

#define ADD(path, func)                                                                                      \
  g_test_add (path, Fixture, NULL, peal_fixture_set_up_ready, func, peal_fixture_tear_down)

int
main (int argc, char **argv)
{
  dex_init ();
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  ADD ("/account-list/order", test_order);
  ADD ("/account-list/change", test_change);
  ADD ("/account-list/loss", test_loss);
  g_test_add ("/account-list/early", Fixture, GUINT_TO_POINTER (1), peal_fixture_set_up, test_early,
              peal_fixture_tear_down);
  ADD ("/account-list/nonsense", test_nonsense);
  ADD ("/account-list/let-go", test_let_go);

  return g_test_run ();
}

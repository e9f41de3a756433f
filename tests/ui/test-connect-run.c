/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-connect-run.h"

#include "peal-client-fixture.h"
#include "peal-error.h"

#define ADDRESS "https://www.tiktok.com/v2/auth/authorize/?client_key=k"
#define NEVER_ENDS "(uint32 77, '" ADDRESS "')"

/* What a run told. */
typedef struct
{
  PealConnectRun *run;
  char *address;
  PealAccountItem *account;
  GError *error;
} Ear;

static void
authorize_cb (Ear *self, const char *address)
{
  g_assert_null (self->address);
  self->address = g_strdup (address);
}

static void
connected_cb (Ear *self, PealAccountItem *account)
{
  g_assert_true (self->account == NULL && self->error == NULL);
  self->account = g_object_ref (account);
}

static void
failed_cb (Ear *self, const GError *error)
{
  g_assert_true (self->account == NULL && self->error == NULL);
  self->error = g_error_copy (error);
}

static Ear *
start (Fixture *fixture, const char *open_id, const char *environment)
{
  Ear *self = g_new0 (Ear, 1);

  self->run = peal_connect_run_new (fixture->client, open_id, environment);
  g_signal_connect_swapped (self->run, "authorize", G_CALLBACK (authorize_cb), self);
  g_signal_connect_swapped (self->run, "connected", G_CALLBACK (connected_cb), self);
  g_signal_connect_swapped (self->run, "failed", G_CALLBACK (failed_cb), self);
  peal_connect_run_start (self->run);
  return self;
}

static void
ear_free (Ear *self)
{
  g_signal_handlers_disconnect_by_data (self->run, self);
  g_clear_object (&self->run);
  g_clear_object (&self->account);
  g_clear_error (&self->error);
  g_clear_pointer (&self->address, g_free);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Ear, ear_free)

static guint
get_cancelled_job (Fixture *fixture)
{
  GVariant *last = peal_fake_agent_get_last (fixture->agent, "CancelJob");
  guint job = 0;

  if (last != NULL)
    g_variant_get (last, "(u)", &job);
  return job;
}

static void
test_connected (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Ear) ear = start (fixture, NULL, "sandbox");
  g_autoptr (GVariant) options = NULL;
  const char *environment = NULL;

  peal_wait_until (ear->account != NULL);
  g_assert_cmpstr (ear->address, ==, "https://www.tiktok.com/v2/x?y");
  g_assert_cmpstr (peal_account_item_get_open_id (ear->account), ==, "-000ExampleMara");
  options = g_variant_get_child_value (peal_fake_agent_get_last (fixture->agent, "Connect"), 0);
  g_assert_true (g_variant_lookup (options, "environment", "&s", &environment));
  g_assert_cmpstr (environment, ==, "sandbox");
  g_assert_false (g_variant_lookup (options, "account", "&s", &environment));
}

/* Who signs in again stays where it is: the environment is not named. */
static void
test_again (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Ear) ear = start (fixture, "-000ExampleMara", "sandbox");
  g_autoptr (GVariant) options = NULL;
  const char *word = NULL;

  peal_wait_until (ear->account != NULL);
  options = g_variant_get_child_value (peal_fake_agent_get_last (fixture->agent, "Connect"), 0);
  g_assert_true (g_variant_lookup (options, "account", "&s", &word));
  g_assert_cmpstr (word, ==, "-000ExampleMara");
  g_assert_false (g_variant_lookup (options, "environment", "&s", &word));
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Ear) ear = NULL;

  peal_fake_agent_set_reply (fixture->agent, "Connect", NEVER_ENDS);
  ear = start (fixture, NULL, NULL);
  peal_wait_until (ear->address != NULL);
  g_assert_cmpuint (get_cancelled_job (fixture), ==, 0);
  peal_connect_run_cancel (ear->run);
  peal_wait_until (get_cancelled_job (fixture) == 77);
  peal_fixture_settle (fixture);
  g_assert_true (ear->account == NULL && ear->error == NULL);
}

/* The dialog is closed before the agent has answered: its job must not wait for a browser that never opens.
 */
static void
test_cancelled_early (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Ear) ear = NULL;

  peal_fake_agent_set_reply (fixture->agent, "Connect", NEVER_ENDS);
  peal_fake_agent_hold (fixture->agent, "Connect");
  ear = start (fixture, NULL, NULL);
  peal_wait_until (peal_fake_agent_get_n_calls (fixture->agent, "Connect") == 1);
  peal_connect_run_cancel (ear->run);
  peal_fake_agent_release (fixture->agent);
  peal_wait_until (get_cancelled_job (fixture) == 77);
  peal_fixture_settle (fixture);
  g_assert_true (ear->address == NULL && ear->account == NULL && ear->error == NULL);
}

static void
test_address_of_another_kind (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Ear) ear = NULL;

  peal_fake_agent_set_reply (fixture->agent, "Connect", "(uint32 77, 'file:///etc/passwd')");
  ear = start (fixture, NULL, NULL);
  peal_wait_until (ear->error != NULL);
  g_assert_null (ear->address);
  g_assert_cmpstr (peal_error_get_reason (ear->error), ==, "agent_failed");
  g_assert_cmpuint (get_cancelled_job (fixture), ==, 77);
}

static void
test_reply_of_another_type (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Ear) ear = NULL;

  peal_fake_agent_set_reply (fixture->agent, "Connect", "('" ADDRESS "',)");
  ear = start (fixture, NULL, NULL);
  peal_wait_until (ear->error != NULL);
  g_assert_cmpstr (peal_error_get_reason (ear->error), ==, "agent_failed");
}

static void
test_agent_dies (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Ear) ear = NULL;

  peal_fake_agent_set_reply (fixture->agent, "Connect", NEVER_ENDS);
  ear = start (fixture, NULL, NULL);
  peal_wait_until (ear->address != NULL);
  peal_fixture_kill_agent (fixture);
  peal_wait_until (ear->error != NULL);
  g_assert_cmpstr (peal_error_get_reason (ear->error), ==, "agent_unreachable");
}

static void
test_never_there (Fixture *fixture, gconstpointer data)
{
  g_autoptr (Ear) ear = start (fixture, NULL, NULL);

  peal_wait_until (ear->error != NULL);
  g_assert_cmpstr (peal_error_get_reason (ear->error), ==, "agent_unreachable");
}

static void
test_about_app (void)
{
  static const struct
  {
    const char *reason;
    gboolean is_about_app;
  } cases[] = {
    { "no_credentials", TRUE },  { "invalid_client", TRUE }, { "unauthorized_client", TRUE },
    { "invalid_scope", TRUE },   { "access_denied", FALSE }, { "connect_timeout", FALSE },
    { "keyring_locked", FALSE }, { "other_account", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = peal_error_new (PEAL_ERROR_REJECTED, cases[i].reason, "x");

      g_assert_cmpint (peal_connect_error_is_about_app (error), ==, cases[i].is_about_app);
    }
}

#define ADD(path, func)                                                                                      \
  g_test_add (path, Fixture, NULL, peal_fixture_set_up_ready, func, peal_fixture_tear_down)

int
main (int argc, char *argv[])
{
  dex_init ();
  g_test_init (&argc, &argv, NULL);
  ADD ("/connect-run/connected", test_connected);
  ADD ("/connect-run/again", test_again);
  ADD ("/connect-run/cancelled", test_cancelled);
  ADD ("/connect-run/cancelled-early", test_cancelled_early);
  ADD ("/connect-run/address-of-another-kind", test_address_of_another_kind);
  ADD ("/connect-run/reply-of-another-type", test_reply_of_another_type);
  ADD ("/connect-run/agent-dies", test_agent_dies);
  g_test_add ("/connect-run/never-there", Fixture, NULL, peal_fixture_set_up, test_never_there,
              peal_fixture_tear_down);
  g_test_add_func ("/connect-run/about-app", test_about_app);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-app-text.h"

#include "peal-keyring-text.h"
#include "peal-setup-steps.h"

static PealAgentStatus *
parse_status (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) dict = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, &error);

  g_assert_no_error (error);
  return peal_agent_status_new (dict);
}

static const struct
{
  const char *status;
  const char *production, *sandbox, *summary;
} cases[] = {
  { "{}", NULL, NULL, "No client key and secret yet" },
  { "{'profile': <'production'>, 'credentials': <['production']>, 'client_key_hint': <'wxyz'>}",
    "Key …wxyz, and its secret", NULL, "Production: Key …wxyz, and its secret" },
  { "{'profile': <'production'>, 'credentials': <['production']>}", "Key and secret are stored", NULL,
    "Production: Key and secret are stored" },
  { "{'profile': <'sandbox'>, 'credentials': <['production', 'sandbox']>, 'client_key_hint': <'wxyz'>}",
    "Key and secret are stored", "Key …wxyz, and its secret", "Sandbox: Key …wxyz, and its secret" },
  { "{'profile': <'production'>, 'credentials': <['sandbox']>}", NULL, "Key and secret are stored",
    "Sandbox: Key and secret are stored" },
  { "{'profile': <'elsewhere'>, 'credentials': <['production']>}", "Key and secret are stored", NULL,
    "Production: Key and secret are stored" },
};

static void
test_stored (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PealAgentStatus) status = parse_status (cases[i].status);
      g_autofree char *production = peal_app_dup_stored_text (status, PEAL_ENVIRONMENT_PRODUCTION);
      g_autofree char *sandbox = peal_app_dup_stored_text (status, PEAL_ENVIRONMENT_SANDBOX);
      g_autofree char *summary = peal_app_dup_summary (status);

      g_assert_cmpstr (production, ==, cases[i].production);
      g_assert_cmpstr (sandbox, ==, cases[i].sandbox);
      g_assert_cmpstr (summary, ==, cases[i].summary);
    }
}

static void
test_unknown (void)
{
  g_autofree char *summary = peal_app_dup_summary (NULL);

  g_assert_cmpstr (summary, ==, "");
  g_assert_null (peal_app_dup_stored_text (NULL, PEAL_ENVIRONMENT_SANDBOX));
}

static void
test_scopes (void)
{
  g_autofree char *scopes = peal_app_dup_scopes ();

  g_assert_cmpstr (scopes, ==,
                   "user.info.basic,user.info.profile,user.info.stats,video.list,video.upload,video.publish");
}

/* What is copied and what is read are the same. */
static void
test_steps (void)
{
  g_autofree char *names = peal_app_dup_scopes ();
  g_auto (GStrv) scopes = g_strsplit (names, ",", -1);
  guint deeds[PEAL_SETUP_ENTER + 1] = { 0 };
  guint n = 0;

  for (; peal_setup_steps[n].title != NULL; n++)
    {
      const PealSetupStep *step = &peal_setup_steps[n];

      deeds[step->deed]++;
      g_assert_true (g_str_has_suffix (step->text, ".") || step->deed == PEAL_SETUP_REDIRECT);
      if (step->deed == PEAL_SETUP_REDIRECT)
        g_assert_nonnull (strstr (step->text, PEAL_REDIRECT_ADDRESS));
      for (gsize i = 0; step->deed == PEAL_SETUP_SCOPES && scopes[i] != NULL; i++)
        g_assert_nonnull (strstr (step->text, scopes[i]));
    }
  for (PealSetupDeed deed = PEAL_SETUP_OPEN; deed <= PEAL_SETUP_ENTER; deed++)
    g_assert_cmpuint (deeds[deed], ==, 1);
  g_assert_cmpint (peal_setup_steps[n - 1].deed, ==, PEAL_SETUP_ENTER);
}

static void
test_keyring (void)
{
  g_assert_null (peal_keyring_text (NULL));
  g_assert_null (peal_keyring_text ("unlocked"));
  g_assert_null (peal_keyring_text ("molten"));
  g_assert_nonnull (peal_keyring_text ("locked"));
  g_assert_nonnull (peal_keyring_text ("missing"));
  g_assert_cmpstr (peal_keyring_text ("locked"), !=, peal_keyring_text ("missing"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/app-text/stored", test_stored);
  g_test_add_func ("/app-text/unknown", test_unknown);
  g_test_add_func ("/app-text/scopes", test_scopes);
  g_test_add_func ("/app-text/steps", test_steps);
  g_test_add_func ("/app-text/keyring", test_keyring);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-app-text.h"

#include <glib/gi18n.h>

#include "peal-account-text.h"

char *
peal_app_dup_scopes (void)
{
  return peal_scopes_to_string (PEAL_SCOPE_ALL);
}

const char *
peal_app_get_description (void)
{
  return "Plan videos, publish them at the time that you choose, and follow how they do.";
}

char *
peal_app_dup_stored_text (const PealAgentStatus *status, PealEnvironment environment)
{
  const char *word = peal_environment_to_string (environment);

  if (status == NULL || !peal_agent_status_has_credentials (status, word))
    return NULL;
  if (g_strcmp0 (status->profile, word) != 0 || status->client_key_hint == NULL
      || status->client_key_hint[0] == '\0')
    return g_strdup (_ ("Key and secret are stored"));
  /* Translators: %s is the last four characters of a key. */
  return g_strdup_printf (_ ("Key …%s, and its secret"), status->client_key_hint);
}

char *
peal_app_dup_summary (const PealAgentStatus *status)
{
  PealEnvironment environment = PEAL_ENVIRONMENT_PRODUCTION;
  g_autofree char *stored = NULL;

  if (status == NULL)
    return g_strdup ("");
  if (status->credentials == NULL || status->credentials[0] == NULL)
    return g_strdup (_ ("No client key and secret yet"));
  if (status->profile == NULL || !peal_environment_from_string (status->profile, &environment)
      || !peal_agent_status_has_credentials (status, status->profile))
    environment = peal_agent_status_has_credentials (status, "sandbox") ? PEAL_ENVIRONMENT_SANDBOX
                                                                        : PEAL_ENVIRONMENT_PRODUCTION;
  stored = peal_app_dup_stored_text (status, environment);
  if (stored == NULL)
    return g_strdup (peal_environment_text (environment));
  /* Translators: production or sandbox, and what is stored for it. */
  return g_strdup_printf (_ ("%s: %s"), peal_environment_text (environment), stored);
}

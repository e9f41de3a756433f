/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include "peal-ctl-error.h"

#include <glib/gi18n.h>

#include "peal-ctl-json.h"
#include "peal-ctl-output.h"
#include "peal-error.h"
#include "peal-sentence.h"

static const char *const unreachable_reasons[] = { "agent_unreachable", "agent_newer", "agent_older", NULL };
static const char *const user_reasons[] = { "no_credentials", "reconnect",     "account_disconnected",
                                            "auth_removed",   "scope_missing", NULL };
static const char *const usage_reasons[] = { "time_syntax", NULL };
static const char *const usage_codes[] = { "usage", "command_unknown", "option_unknown" };

G_DEFINE_QUARK (peal - ctl - usage - error - quark, peal_ctl_usage_error)

gboolean
peal_ctl_fail_usage (GError **error, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (PEAL_CTL_USAGE_ERROR, PEAL_CTL_USAGE_ERROR_USAGE, format, args);
  va_end (args);
  return FALSE;
}

PealCtlStatus
peal_ctl_error_get_status (const GError *error)
{
  const char *reason = NULL;

  g_return_val_if_fail (error != NULL, PEAL_CTL_FAILED);

  if (error->domain == PEAL_CTL_USAGE_ERROR)
    return PEAL_CTL_USAGE;
  reason = peal_error_get_reason (error);
  if (g_strv_contains (usage_reasons, reason))
    return PEAL_CTL_USAGE;
  if (g_strv_contains (unreachable_reasons, reason))
    return PEAL_CTL_UNREACHABLE;
  if (g_strv_contains (user_reasons, reason) || g_error_matches (error, PEAL_ERROR, PEAL_ERROR_AUTH)
      || g_error_matches (error, PEAL_ERROR, PEAL_ERROR_SCOPE)
      || g_error_matches (error, PEAL_ERROR, PEAL_ERROR_KEYRING_LOCKED)
      || g_error_matches (error, PEAL_ERROR, PEAL_ERROR_KEYRING_MISSING)
      || g_error_matches (error, PEAL_ERROR, PEAL_ERROR_OUTCOME_UNKNOWN))
    return PEAL_CTL_NEEDS_USER;
  return PEAL_CTL_FAILED;
}

const char *
peal_ctl_error_get_code (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == PEAL_CTL_USAGE_ERROR)
    return usage_codes[CLAMP (error->code, 0, (int)G_N_ELEMENTS (usage_codes) - 1)];
  return peal_error_get_reason (error);
}

char *
peal_ctl_error_dup_sentence (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  if (error->domain == PEAL_CTL_USAGE_ERROR)
    return g_strdup (error->message);
  return peal_sentence_for_error (error);
}

void
peal_ctl_error_report (const GError *error, gboolean json)
{
  g_autofree char *sentence = peal_ctl_error_dup_sentence (error);
  const char *log_id = peal_error_get_log_id (error);

  g_return_if_fail (error != NULL);

  peal_ctl_note ("pealctl: %s", sentence);
  if (log_id != NULL)
    peal_ctl_note (_ ("TikTok’s code is %s, its log id %s."), peal_ctl_error_get_code (error), log_id);
  if (json)
    {
      g_autoptr (JsonNode) object = json_node_new (JSON_NODE_OBJECT);
      g_autoptr (JsonObject) members = json_object_new ();

      json_object_set_member (members, "error",
                              peal_ctl_json_error (peal_ctl_error_get_code (error), sentence, log_id));
      json_node_set_object (object, members);
      peal_ctl_json_print (object);
    }
}

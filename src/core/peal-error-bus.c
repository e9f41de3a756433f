/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-error.h"

#include <string.h>

#define LOG_ID_OPEN " (log id "
#define MAX_WORD 128

static PealErrorCode
get_code (const GError *error)
{
  if (error->domain == PEAL_ERROR)
    return (PealErrorCode)error->code;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return PEAL_ERROR_CANCELLED;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE))
    return PEAL_ERROR_STORAGE_FULL;
  switch (peal_error_classify (error))
    {
    case PEAL_ERROR_CLASS_RETRY:
      return PEAL_ERROR_NETWORK;
    case PEAL_ERROR_CLASS_UNKNOWN:
      return PEAL_ERROR_OUTCOME_UNKNOWN;
    case PEAL_ERROR_CLASS_NEEDS_USER:
    case PEAL_ERROR_CLASS_PERMANENT:
    default:
      return PEAL_ERROR_INVALID;
    }
}

static gboolean
is_word (const char *text, gsize length)
{
  if (length == 0 || length > MAX_WORD)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    {
      if (!g_ascii_isalnum (text[i]) && strchr ("_.-", text[i]) == NULL)
        return FALSE;
    }
  return TRUE;
}

/* Cuts " (log id LOGID)" off @message. */
static char *
steal_log_id (char *message)
{
  gsize length = strlen (message);
  char *open = g_strrstr (message, LOG_ID_OPEN);
  char *id;

  if (open == NULL || message[length - 1] != ')')
    return NULL;
  id = open + strlen (LOG_ID_OPEN);
  if (!is_word (id, (gsize)(message + length - 1 - id)))
    return NULL;
  message[length - 1] = '\0';
  *open = '\0';
  return g_strdup (id);
}

/* "REASON: message (log id LOGID)" and back. A text of another form is kept whole, under the code's own word.
 */
static GError *
parse_text (PealErrorCode code, const char *text)
{
  g_autofree char *reason = NULL;
  g_autofree char *message = NULL;
  g_autofree char *log_id = NULL;
  const char *colon = strstr (text, ": ");

  if (colon == NULL || !is_word (text, (gsize)(colon - text)))
    return g_error_new_literal (PEAL_ERROR, (int)code, text);
  reason = g_strndup (text, (gsize)(colon - text));
  message = g_strdup (colon + 2);
  log_id = steal_log_id (message);
  return peal_error_new_remote (code, reason, message, log_id, 0, -1);
}

static gboolean
is_agent_absent (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NO_SERVER)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_DISCONNECTED);
}

GError *
peal_error_to_bus (const GError *error)
{
  g_autofree char *text = NULL;
  const char *reason;
  const char *log_id;

  g_return_val_if_fail (error != NULL, NULL);

  reason = peal_error_get_reason (error);
  log_id = peal_error_get_log_id (error);
  text = log_id != NULL ? g_strconcat (reason, ": ", error->message, LOG_ID_OPEN, log_id, ")", NULL)
                        : g_strconcat (reason, ": ", error->message, NULL);
  return peal_error_new_remote (get_code (error), reason, text, log_id, peal_error_get_http_status (error),
                                peal_error_get_retry_after_s (error));
}

GError *
peal_error_from_bus (const GError *error)
{
  g_autoptr (GError) bare = NULL;

  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return peal_error_new (PEAL_ERROR_CANCELLED, "cancelled", "%s", error->message);
  bare = g_error_copy (error);
  g_dbus_error_strip_remote_error (bare);
  if (bare->domain == PEAL_ERROR)
    return parse_text ((PealErrorCode)bare->code, bare->message);
  return peal_error_new (PEAL_ERROR_INVALID, is_agent_absent (bare) ? "agent_unreachable" : "agent_failed",
                         "%s", bare->message);
}

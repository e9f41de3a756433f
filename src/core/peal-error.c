/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-error.h"

#define BUS_PREFIX "io.github.pealapp.Peal.Error."

typedef struct
{
  char *reason;
  char *log_id;
  guint http_status;
  gint64 retry_after_s;
} PealErrorPrivate;

/* The name on the bus, and the reason of an error that was made without one. */
static const struct
{
  PealErrorCode code;
  const char *bus_name;
  const char *word;
} codes[] = {
  { PEAL_ERROR_NETWORK, BUS_PREFIX "Network", "network" },
  { PEAL_ERROR_RATE_LIMITED, BUS_PREFIX "RateLimited", "rate_limited" },
  { PEAL_ERROR_SERVER, BUS_PREFIX "Server", "server" },
  { PEAL_ERROR_AUTH, BUS_PREFIX "Auth", "auth" },
  { PEAL_ERROR_SCOPE, BUS_PREFIX "Scope", "scope" },
  { PEAL_ERROR_REJECTED, BUS_PREFIX "Rejected", "rejected" },
  { PEAL_ERROR_PROTOCOL, BUS_PREFIX "Protocol", "protocol" },
  { PEAL_ERROR_OUTCOME_UNKNOWN, BUS_PREFIX "OutcomeUnknown", "outcome_unknown" },
  { PEAL_ERROR_MEDIA, BUS_PREFIX "Media", "media" },
  { PEAL_ERROR_STORAGE_FULL, BUS_PREFIX "StorageFull", "storage_full" },
  { PEAL_ERROR_STORAGE_CORRUPT, BUS_PREFIX "StorageCorrupt", "storage_corrupt" },
  { PEAL_ERROR_STORAGE_NEWER, BUS_PREFIX "StorageNewer", "storage_newer" },
  { PEAL_ERROR_KEYRING_LOCKED, BUS_PREFIX "KeyringLocked", "keyring_locked" },
  { PEAL_ERROR_KEYRING_MISSING, BUS_PREFIX "KeyringMissing", "keyring_missing" },
  { PEAL_ERROR_INVALID, BUS_PREFIX "Invalid", "invalid" },
  { PEAL_ERROR_CANCELLED, BUS_PREFIX "Cancelled", "cancelled" },
};

static void
peal_error_domain_private_init (PealErrorPrivate *priv)
{
  priv->retry_after_s = -1;
}

static void
peal_error_domain_private_copy (const PealErrorPrivate *from, PealErrorPrivate *to)
{
  to->reason = g_strdup (from->reason);
  to->log_id = g_strdup (from->log_id);
  to->http_status = from->http_status;
  to->retry_after_s = from->retry_after_s;
}

static void
peal_error_domain_private_clear (PealErrorPrivate *priv)
{
  g_clear_pointer (&priv->reason, g_free);
  g_clear_pointer (&priv->log_id, g_free);
}

/* Static, and of another name, because the public one also registers the names on the bus. */
static GQuark peal_error_domain_quark (void);
G_DEFINE_EXTENDED_ERROR (PealError, peal_error_domain)

GQuark
peal_error_quark (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      GQuark quark = peal_error_domain_quark ();

      for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
        g_dbus_error_register_error (quark, codes[i].code, codes[i].bus_name);
      g_once_init_leave (&once, quark);
    }
  return (GQuark)once;
}

static const PealErrorPrivate *
get_details (const GError *error)
{
  return error != NULL && error->domain == PEAL_ERROR ? peal_error_domain_get_private (error) : NULL;
}

GError *
peal_error_new (PealErrorCode code, const char *reason, const char *format, ...)
{
  va_list args;
  GError *error = NULL;

  g_return_val_if_fail (reason != NULL, NULL);
  g_return_val_if_fail (format != NULL, NULL);

  va_start (args, format);
  error = g_error_new_valist (PEAL_ERROR, (int)code, format, args);
  va_end (args);
  peal_error_domain_get_private (error)->reason = g_strdup (reason);
  return error;
}

gboolean
peal_error_refuse (GError **error, PealErrorCode code, const char *reason, const char *format, ...)
{
  va_list args;

  g_return_val_if_fail (reason != NULL, FALSE);
  g_return_val_if_fail (format != NULL, FALSE);

  if (error == NULL)
    return FALSE;
  va_start (args, format);
  *error = g_error_new_valist (PEAL_ERROR, (int)code, format, args);
  va_end (args);
  peal_error_domain_get_private (*error)->reason = g_strdup (reason);
  return FALSE;
}

GError *
peal_error_new_remote (PealErrorCode code,
                       const char *reason,
                       const char *message,
                       const char *log_id,
                       guint http_status,
                       gint64 retry_after_s)
{
  GError *error = NULL;
  PealErrorPrivate *priv;

  g_return_val_if_fail (reason != NULL, NULL);

  error = peal_error_new (code, reason, "%s", message != NULL ? message : "");
  priv = peal_error_domain_get_private (error);
  priv->log_id = log_id != NULL && *log_id != '\0' ? g_strdup (log_id) : NULL;
  priv->http_status = http_status;
  priv->retry_after_s = retry_after_s < 0 ? -1 : retry_after_s;
  return error;
}

const char *
peal_error_get_reason (const GError *error)
{
  const PealErrorPrivate *priv = get_details (error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return "cancelled";
  if (priv == NULL)
    return "internal";
  if (priv->reason != NULL)
    return priv->reason;
  return error->code >= 0 && error->code < (int)G_N_ELEMENTS (codes) ? codes[error->code].word : "internal";
}

const char *
peal_error_get_log_id (const GError *error)
{
  const PealErrorPrivate *priv = get_details (error);

  return priv != NULL ? priv->log_id : NULL;
}

guint
peal_error_get_http_status (const GError *error)
{
  const PealErrorPrivate *priv = get_details (error);

  return priv != NULL ? priv->http_status : 0;
}

gint64
peal_error_get_retry_after_s (const GError *error)
{
  const PealErrorPrivate *priv = get_details (error);

  return priv != NULL ? priv->retry_after_s : -1;
}

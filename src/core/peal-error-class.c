/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-error.h"

/* Refusals that end when the user, or a day, changes something. */
static const char *const refusals_for_the_user[] = {
  "auth_removed",
  "privacy_level_option_mismatch",
  "reached_active_user_cap",
  "spam_risk_too_many_pending_share",
  "spam_risk_too_many_posts",
  "unaudited_client_can_only_post_to_private_accounts",
  "url_ownership_unverified",
  NULL,
};

static PealErrorClass
classify_rejected (const char *reason)
{
  if (g_strv_contains (refusals_for_the_user, reason))
    return PEAL_ERROR_CLASS_NEEDS_USER;
  /* The fail_reason that TikTok states to be its own fault. */
  if (g_str_equal (reason, "internal"))
    return PEAL_ERROR_CLASS_RETRY;
  return PEAL_ERROR_CLASS_PERMANENT;
}

static PealErrorClass
classify_invalid (const char *reason)
{
  if (g_str_equal (reason, "agent_unreachable"))
    return PEAL_ERROR_CLASS_RETRY;
  /* The agent may have done what it was asked before it went. */
  if (g_str_equal (reason, "agent_failed"))
    return PEAL_ERROR_CLASS_UNKNOWN;
  return PEAL_ERROR_CLASS_PERMANENT;
}

static PealErrorClass
classify_own (const GError *error)
{
  switch ((PealErrorCode)error->code)
    {
    case PEAL_ERROR_NETWORK:
    case PEAL_ERROR_RATE_LIMITED:
    case PEAL_ERROR_SERVER:
    /* A captive portal or a gateway answers like this. Where a request may have been processed all the same,
     * the network layer says OUTCOME_UNKNOWN instead, so that asking again is harmless here. */
    case PEAL_ERROR_PROTOCOL:
      return PEAL_ERROR_CLASS_RETRY;
    case PEAL_ERROR_AUTH:
    case PEAL_ERROR_SCOPE:
    case PEAL_ERROR_KEYRING_LOCKED:
    case PEAL_ERROR_KEYRING_MISSING:
    case PEAL_ERROR_STORAGE_FULL:
    case PEAL_ERROR_STORAGE_CORRUPT:
    case PEAL_ERROR_STORAGE_NEWER:
    case PEAL_ERROR_MEDIA:
      return PEAL_ERROR_CLASS_NEEDS_USER;
    case PEAL_ERROR_REJECTED:
      return classify_rejected (peal_error_get_reason (error));
    case PEAL_ERROR_OUTCOME_UNKNOWN:
      return PEAL_ERROR_CLASS_UNKNOWN;
    case PEAL_ERROR_INVALID:
      return classify_invalid (peal_error_get_reason (error));
    case PEAL_ERROR_CANCELLED:
    default:
      return PEAL_ERROR_CLASS_PERMANENT;
    }
}

/* Only what fails before a byte of a request is out counts as harmless. */
static PealErrorClass
classify_io (const GError *error)
{
  switch ((GIOErrorEnum)error->code)
    {
    case G_IO_ERROR_HOST_NOT_FOUND:
    case G_IO_ERROR_HOST_UNREACHABLE:
    case G_IO_ERROR_NETWORK_UNREACHABLE:
    case G_IO_ERROR_CONNECTION_REFUSED:
    case G_IO_ERROR_PROXY_FAILED:
    case G_IO_ERROR_WOULD_BLOCK:
    case G_IO_ERROR_BUSY:
    case G_IO_ERROR_TOO_MANY_OPEN_FILES:
      return PEAL_ERROR_CLASS_RETRY;
    case G_IO_ERROR_TIMED_OUT:
    case G_IO_ERROR_CONNECTION_CLOSED:
    case G_IO_ERROR_NOT_CONNECTED:
    case G_IO_ERROR_PARTIAL_INPUT:
      return PEAL_ERROR_CLASS_UNKNOWN;
    case G_IO_ERROR_NO_SPACE:
    case G_IO_ERROR_NOT_FOUND:
    case G_IO_ERROR_PERMISSION_DENIED:
    case G_IO_ERROR_PROXY_AUTH_FAILED:
    case G_IO_ERROR_PROXY_NEED_AUTH:
    case G_IO_ERROR_READ_ONLY:
      return PEAL_ERROR_CLASS_NEEDS_USER;
    default:
      return PEAL_ERROR_CLASS_PERMANENT;
    }
}

static PealErrorClass
classify_tls (const GError *error)
{
  switch ((GTlsError)error->code)
    {
    case G_TLS_ERROR_HANDSHAKE:
    case G_TLS_ERROR_NOT_TLS:
    case G_TLS_ERROR_BAD_CERTIFICATE:
    case G_TLS_ERROR_BAD_CERTIFICATE_PASSWORD:
    case G_TLS_ERROR_CERTIFICATE_REQUIRED:
    case G_TLS_ERROR_INAPPROPRIATE_FALLBACK:
      return PEAL_ERROR_CLASS_RETRY;
    case G_TLS_ERROR_UNAVAILABLE:
      return PEAL_ERROR_CLASS_NEEDS_USER;
    case G_TLS_ERROR_EOF:
    case G_TLS_ERROR_MISC:
    default:
      return PEAL_ERROR_CLASS_UNKNOWN;
    }
}

PealErrorClass
peal_error_classify (const GError *error)
{
  g_return_val_if_fail (error != NULL, PEAL_ERROR_CLASS_PERMANENT);

  if (error->domain == PEAL_ERROR)
    return classify_own (error);
  if (error->domain == G_IO_ERROR)
    return classify_io (error);
  if (error->domain == G_TLS_ERROR)
    return classify_tls (error);
  if (error->domain == G_RESOLVER_ERROR)
    return PEAL_ERROR_CLASS_RETRY;
  return PEAL_ERROR_CLASS_PERMANENT;
}

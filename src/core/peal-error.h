/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The one error domain of Peal. A code says what the caller must do; the details say what happened: a reason
 * word for programs ("unknown_account", or TikTok's own code such as "spam_risk_too_many_posts"), TikTok's
 * log id, the HTTP status and when a call may be made again. On the bus an error travels as
 * io.github.pealapp.Peal.Error.NAME with the text "REASON: message" or "REASON: message (log id LOGID)". */

#define PEAL_ERROR (peal_error_quark ())

typedef enum
{
  PEAL_ERROR_NETWORK,         /* nothing was received, nothing of ours can have been processed */
  PEAL_ERROR_RATE_LIMITED,    /* too many requests; carries when to try again */
  PEAL_ERROR_SERVER,          /* TikTok's side failed; try again later */
  PEAL_ERROR_AUTH,            /* the token is dead; refresh, then sign in again */
  PEAL_ERROR_SCOPE,           /* the account did not grant what this call needs */
  PEAL_ERROR_REJECTED,        /* TikTok refused; carries its code and log id */
  PEAL_ERROR_PROTOCOL,        /* an answer that TikTok's documents do not know */
  PEAL_ERROR_OUTCOME_UNKNOWN, /* the request may have been processed; never repeat blindly */
  PEAL_ERROR_MEDIA,           /* the video is missing, unreadable, damaged or against the rules */
  PEAL_ERROR_STORAGE_FULL,
  PEAL_ERROR_STORAGE_CORRUPT, /* also: cannot be written, read-only, not ours */
  PEAL_ERROR_STORAGE_NEWER,   /* made by a newer Peal */
  PEAL_ERROR_KEYRING_LOCKED,
  PEAL_ERROR_KEYRING_MISSING, /* no keyring service, or it does not answer */
  PEAL_ERROR_INVALID,         /* the request itself is wrong; its reason says how */
  PEAL_ERROR_CANCELLED,       /* the user or the program stopped it */
} PealErrorCode;

typedef enum
{
  PEAL_ERROR_CLASS_RETRY,      /* the same call may simply be made again later */
  PEAL_ERROR_CLASS_NEEDS_USER, /* reconnect, unlock, choose again, free space */
  PEAL_ERROR_CLASS_PERMANENT,  /* will never work as it is */
  PEAL_ERROR_CLASS_UNKNOWN,    /* may have happened: find out first */
} PealErrorClass;

GQuark peal_error_quark (void);

GError *peal_error_new (PealErrorCode code, const char *reason, const char *format, ...) G_GNUC_PRINTF (3, 4);
/* As peal_error_new (), for an answer of TikTok's. @log_id: (nullable). @retry_after_s: seconds, or -1. */
GError *peal_error_new_remote (PealErrorCode code,
                               const char *reason,
                               const char *message,
                               const char *log_id,
                               guint http_status,
                               gint64 retry_after_s);

/* Sets @error (nullable) as peal_error_new () does. Always FALSE, so that a check can end with it. */
gboolean peal_error_refuse (GError **error, PealErrorCode code, const char *reason, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* The reason word. (transfer none): never NULL; "internal" for an error of another domain, "cancelled" for
 * G_IO_ERROR_CANCELLED. */
const char *peal_error_get_reason (const GError *error);
/* (transfer none) (nullable) */
const char *peal_error_get_log_id (const GError *error);
/* 0 where no answer came. */
guint peal_error_get_http_status (const GError *error);
/* Seconds to wait as told by the server, or -1. */
gint64 peal_error_get_retry_after_s (const GError *error);

/* What to do about @error, of any domain. The agent and every face of it ask here. */
PealErrorClass peal_error_classify (const GError *error);

/* The way over the bus and back. to_bus: (transfer full), any domain in, PEAL_ERROR out, its message in the
 * form above, its GDBus name registered with the quark. from_bus: takes what a bus call failed with and
 * returns (transfer full) a PEAL_ERROR with reason, message and log id; other bus errors become INVALID
 * ("agent_unreachable" for a name without owner, "agent_failed" for the rest). */
GError *peal_error_to_bus (const GError *error);
GError *peal_error_from_bus (const GError *error);

G_END_DECLS

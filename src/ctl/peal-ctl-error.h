/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-ctl.h"

G_BEGIN_DECLS

/* From errors to exit statuses, sentences and the JSON error object. */

/* The command line itself is wrong. The message is the sentence for people. */
#define PEAL_CTL_USAGE_ERROR (peal_ctl_usage_error_quark ())

typedef enum
{
  PEAL_CTL_USAGE_ERROR_USAGE,
  PEAL_CTL_USAGE_ERROR_COMMAND_UNKNOWN,
  PEAL_CTL_USAGE_ERROR_OPTION_UNKNOWN,
} PealCtlUsageError;

GQuark peal_ctl_usage_error_quark (void);

/* Sets @error to a usage error; returns FALSE. */
gboolean peal_ctl_fail_usage (GError **error, const char *format, ...) G_GNUC_PRINTF (2, 3);

PealCtlStatus peal_ctl_error_get_status (const GError *error);
/* (transfer none): for "code" of the JSON error. */
const char *peal_ctl_error_get_code (const GError *error);
/* (transfer full) */
char *peal_ctl_error_dup_sentence (const GError *error);
/* Says @error on stderr and, with @json, as {"error": {"code", "message", "log_id"}} on stdout. */
void peal_ctl_error_report (const GError *error, gboolean json);

G_END_DECLS

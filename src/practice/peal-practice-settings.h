/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What can be switched while the server runs. README.md says what each one does; the defaults are what
 * TikTok's documents say, and each strictness beyond them is off. */
typedef struct
{
  gint64 access_token_lifetime;
  gint64 refresh_token_lifetime;
  gint64 code_lifetime;
  gint64 upload_lifetime;
  gint64 processing_base_ms;
  gint64 processing_ms_per_gb;
  gint64 active_user_cap;
  gint64 min_duration;
  gboolean auto_consent;
  gboolean auto_consent_deny;
  gboolean rate_limits;
  gboolean validate_media;
  gboolean hash_uploads;
  gboolean refresh_rotates;
  gboolean refresh_kills_access;
  gboolean oauth_errors_http_200;
  gboolean strict_challenge;
  gboolean strict_brand_toggles;
  gboolean strict_private_branded;
  gboolean strict_sandbox_private;
  gboolean singular_invalid_param;
  gboolean progress_last_index;
  gboolean accept_resent_chunks;
  gboolean post_ids_as_strings;
  char *auto_consent_creator;
  char *auto_consent_scopes;
  char *missing_scope_fields;
  char *missing_post_id;
} PealPracticeSettings;

void peal_practice_settings_init (PealPracticeSettings *self);
void peal_practice_settings_clear (PealPracticeSettings *self);

/* Returns: (transfer full): every setting. */
JsonObject *peal_practice_settings_to_json (const PealPracticeSettings *self);

/* Sets what @object names. Nothing is changed if one member is unknown or of another type.
 * Returns: (nullable) (transfer full): the name of the member at fault. */
char *peal_practice_settings_update (PealPracticeSettings *self, JsonObject *object);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-tiktok-types.h"

G_DEFINE_BOXED_TYPE (PealAppCredentials,
                     peal_app_credentials,
                     peal_app_credentials_copy,
                     peal_app_credentials_free)
G_DEFINE_BOXED_TYPE (PealTokens, peal_tokens, peal_tokens_copy, peal_tokens_free)
G_DEFINE_BOXED_TYPE (PealAccess, peal_access, peal_access_copy, peal_access_free)
G_DEFINE_BOXED_TYPE (PealUser, peal_user, peal_user_copy, peal_user_free)
G_DEFINE_BOXED_TYPE (PealCreatorInfo, peal_creator_info, peal_creator_info_copy, peal_creator_info_free)
G_DEFINE_BOXED_TYPE (PealUploadTicket, peal_upload_ticket, peal_upload_ticket_copy, peal_upload_ticket_free)
G_DEFINE_BOXED_TYPE (PealPublishStatus,
                     peal_publish_status,
                     peal_publish_status_copy,
                     peal_publish_status_free)
G_DEFINE_BOXED_TYPE (PealVideoPage, peal_video_page, peal_video_page_copy, peal_video_page_free)

static PealSecret *
ref_secret (PealSecret *secret)
{
  return secret != NULL ? peal_secret_ref (secret) : NULL;
}

PealAppCredentials *
peal_app_credentials_new (const char *client_key, PealSecret *client_secret)
{
  g_autoptr (PealAppCredentials) self = g_new0 (PealAppCredentials, 1);

  g_return_val_if_fail (client_key != NULL, NULL);
  g_return_val_if_fail (client_secret != NULL, NULL);

  self->client_key = g_strdup (client_key);
  self->client_secret = peal_secret_ref (client_secret);

  return g_steal_pointer (&self);
}

PealAppCredentials *
peal_app_credentials_copy (const PealAppCredentials *self)
{
  PealAppCredentials *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->client_key = g_strdup (self->client_key);
  copy->client_secret = ref_secret (self->client_secret);

  return copy;
}

void
peal_app_credentials_free (PealAppCredentials *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->client_key, g_free);
  g_clear_pointer (&self->client_secret, peal_secret_unref);
  g_clear_pointer (&self, g_free);
}

PealTokens *
peal_tokens_copy (const PealTokens *self)
{
  PealTokens *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->open_id = g_strdup (self->open_id);
  copy->access_token = ref_secret (self->access_token);
  copy->refresh_token = ref_secret (self->refresh_token);

  return copy;
}

void
peal_tokens_free (PealTokens *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->open_id, g_free);
  g_clear_pointer (&self->access_token, peal_secret_unref);
  g_clear_pointer (&self->refresh_token, peal_secret_unref);
  g_clear_pointer (&self, g_free);
}

PealAccess *
peal_access_new (const char *open_id, PealScopes scopes, PealSecret *access_token)
{
  g_autoptr (PealAccess) self = g_new0 (PealAccess, 1);

  g_return_val_if_fail (open_id != NULL, NULL);
  g_return_val_if_fail (access_token != NULL, NULL);

  self->open_id = g_strdup (open_id);
  self->scopes = scopes;
  self->access_token = peal_secret_ref (access_token);

  return g_steal_pointer (&self);
}

PealAccess *
peal_access_copy (const PealAccess *self)
{
  PealAccess *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->open_id = g_strdup (self->open_id);
  copy->access_token = ref_secret (self->access_token);

  return copy;
}

void
peal_access_free (PealAccess *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->open_id, g_free);
  g_clear_pointer (&self->access_token, peal_secret_unref);
  g_clear_pointer (&self, g_free);
}

PealUser *
peal_user_copy (const PealUser *self)
{
  PealUser *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->open_id = g_strdup (self->open_id);
  copy->union_id = g_strdup (self->union_id);
  copy->username = g_strdup (self->username);
  copy->display_name = g_strdup (self->display_name);
  copy->bio = g_strdup (self->bio);
  copy->avatar_url = g_strdup (self->avatar_url);
  copy->profile_url = g_strdup (self->profile_url);

  return copy;
}

void
peal_user_free (PealUser *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->open_id, g_free);
  g_clear_pointer (&self->union_id, g_free);
  g_clear_pointer (&self->username, g_free);
  g_clear_pointer (&self->display_name, g_free);
  g_clear_pointer (&self->bio, g_free);
  g_clear_pointer (&self->avatar_url, g_free);
  g_clear_pointer (&self->profile_url, g_free);
  g_clear_pointer (&self, g_free);
}

PealVideo *
peal_video_copy (const PealVideo *self)
{
  PealVideo *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->id = g_strdup (self->id);
  copy->title = g_strdup (self->title);
  copy->description = g_strdup (self->description);
  copy->cover_url = g_strdup (self->cover_url);
  copy->share_url = g_strdup (self->share_url);

  return copy;
}

void
peal_video_free (PealVideo *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->id, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->description, g_free);
  g_clear_pointer (&self->cover_url, g_free);
  g_clear_pointer (&self->share_url, g_free);
  g_clear_pointer (&self, g_free);
}

PealCreatorInfo *
peal_creator_info_copy (const PealCreatorInfo *self)
{
  PealCreatorInfo *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->username = g_strdup (self->username);
  copy->nickname = g_strdup (self->nickname);
  copy->avatar_url = g_strdup (self->avatar_url);
  copy->privacy_level_options = g_strdupv (self->privacy_level_options);

  return copy;
}

void
peal_creator_info_free (PealCreatorInfo *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->username, g_free);
  g_clear_pointer (&self->nickname, g_free);
  g_clear_pointer (&self->avatar_url, g_free);
  g_clear_pointer (&self->privacy_level_options, g_strfreev);
  g_clear_pointer (&self, g_free);
}

PealUploadTicket *
peal_upload_ticket_copy (const PealUploadTicket *self)
{
  PealUploadTicket *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->publish_id = g_strdup (self->publish_id);
  copy->log_id = g_strdup (self->log_id);
  copy->upload_url = ref_secret (self->upload_url);

  return copy;
}

void
peal_upload_ticket_free (PealUploadTicket *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->publish_id, g_free);
  g_clear_pointer (&self->log_id, g_free);
  g_clear_pointer (&self->upload_url, peal_secret_unref);
  g_clear_pointer (&self, g_free);
}

PealPublishStatus *
peal_publish_status_copy (const PealPublishStatus *self)
{
  PealPublishStatus *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->raw = g_strdup (self->raw);
  copy->fail_reason = g_strdup (self->fail_reason);
  copy->log_id = g_strdup (self->log_id);
  copy->post_ids = g_strdupv (self->post_ids);

  return copy;
}

void
peal_publish_status_free (PealPublishStatus *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->raw, g_free);
  g_clear_pointer (&self->fail_reason, g_free);
  g_clear_pointer (&self->log_id, g_free);
  g_clear_pointer (&self->post_ids, g_strfreev);
  g_clear_pointer (&self, g_free);
}

PealVideoPage *
peal_video_page_copy (const PealVideoPage *self)
{
  PealVideoPage *copy;

  g_return_val_if_fail (self != NULL, NULL);

  copy = g_memdup2 (self, sizeof *self);
  copy->videos = g_ptr_array_new_with_free_func ((GDestroyNotify)peal_video_free);
  for (guint i = 0; i < self->videos->len; i++)
    g_ptr_array_add (copy->videos, peal_video_copy (g_ptr_array_index (self->videos, i)));

  return copy;
}

void
peal_video_page_free (PealVideoPage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->videos, g_ptr_array_unref);
  g_clear_pointer (&self, g_free);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-post-record.h"

G_DEFINE_BOXED_TYPE (PealPostRecord, peal_post_record, peal_post_record_copy, peal_post_record_free)
G_DEFINE_BOXED_TYPE (PealAttemptRecord,
                     peal_attempt_record,
                     peal_attempt_record_copy,
                     peal_attempt_record_free)

PealPostRecord *
peal_post_record_copy (const PealPostRecord *self)
{
  PealPostRecord *copy = g_memdup2 (self, sizeof *self);

  copy->uuid = g_strdup (self->uuid);
  copy->open_id = g_strdup (self->open_id);
  copy->options = peal_post_options_copy (self->options);
  copy->zone = g_strdup (self->zone);
  copy->media_uuid = g_strdup (self->media_uuid);
  copy->facts = peal_media_facts_copy (self->facts);
  return copy;
}

void
peal_post_record_free (PealPostRecord *self)
{
  g_clear_pointer (&self->uuid, g_free);
  g_clear_pointer (&self->open_id, g_free);
  g_clear_pointer (&self->options, peal_post_options_free);
  g_clear_pointer (&self->zone, g_free);
  g_clear_pointer (&self->media_uuid, g_free);
  g_clear_pointer (&self->facts, peal_media_facts_free);
  g_free (self);
}

PealAttemptRecord *
peal_attempt_record_copy (const PealAttemptRecord *self)
{
  PealAttemptRecord *copy = g_memdup2 (self, sizeof *self);

  copy->uuid = g_strdup (self->uuid);
  copy->open_id = g_strdup (self->open_id);
  copy->publish_id = g_strdup (self->publish_id);
  copy->post_ids = g_strdup (self->post_ids);
  return copy;
}

void
peal_attempt_record_free (PealAttemptRecord *self)
{
  g_clear_pointer (&self->uuid, g_free);
  g_clear_pointer (&self->open_id, g_free);
  g_clear_pointer (&self->publish_id, g_free);
  g_clear_pointer (&self->post_ids, g_free);
  g_free (self);
}

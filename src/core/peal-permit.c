/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-permit-private.h"

struct _PealInitPermit
{
  int good;
};

struct _PealFinalPermit
{
  char *publish_id;
};

/* A copy moves: futures hand boxed values on by copying them, and what they keep must not count as a second
 * permit. */
static PealInitPermit *
init_permit_move (PealInitPermit *self)
{
  PealInitPermit *moved = g_new0 (PealInitPermit, 1);

  moved->good = g_atomic_int_exchange (&self->good, FALSE);
  return moved;
}

static PealFinalPermit *
final_permit_move (PealFinalPermit *self)
{
  PealFinalPermit *moved = g_new0 (PealFinalPermit, 1);

  moved->publish_id = g_atomic_pointer_exchange (&self->publish_id, NULL);
  return moved;
}

G_DEFINE_BOXED_TYPE (PealInitPermit, peal_init_permit, init_permit_move, peal_init_permit_free)
G_DEFINE_BOXED_TYPE (PealFinalPermit, peal_final_permit, final_permit_move, peal_final_permit_free)

PealInitPermit *
peal_init_permit_new (void)
{
  PealInitPermit *self = g_new0 (PealInitPermit, 1);

  self->good = TRUE;
  return self;
}

void
peal_init_permit_free (PealInitPermit *self)
{
  g_free (self);
}

gboolean
peal_init_permit_is_good (const PealInitPermit *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return g_atomic_int_get (&self->good);
}

PealFinalPermit *
peal_final_permit_new (const char *publish_id)
{
  PealFinalPermit *self = NULL;

  g_return_val_if_fail (publish_id != NULL, NULL);

  self = g_new0 (PealFinalPermit, 1);
  self->publish_id = g_strdup (publish_id);
  return self;
}

void
peal_final_permit_free (PealFinalPermit *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->publish_id, g_free);
  g_free (self);
}

const char *
peal_final_permit_get_publish_id (const PealFinalPermit *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->publish_id;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-secret-access.h"

#include <string.h>

/* Shorter ones would be half told by their hint. */
#define HINT_MIN_LENGTH 12
#define HINT_LENGTH 4

struct _PealSecret
{
  gatomicrefcount refs;
  gsize length;
  char *text;
};

G_DEFINE_BOXED_TYPE (PealSecret, peal_secret, peal_secret_ref, peal_secret_unref)

PealSecret *
peal_secret_new (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return peal_secret_new_take (g_strdup (text));
}

PealSecret *
peal_secret_new_take (char *text)
{
  PealSecret *self = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  self = g_new0 (PealSecret, 1);
  g_atomic_ref_count_init (&self->refs);
  self->length = strlen (text);
  self->text = text;
  return self;
}

PealSecret *
peal_secret_ref (PealSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
peal_secret_unref (PealSecret *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  peal_wipe_free (g_steal_pointer (&self->text), (gssize)self->length);
  g_free (self);
}

gboolean
peal_secret_equal (const PealSecret *a, const PealSecret *b)
{
  volatile guint8 difference = 0;

  if (a == NULL || b == NULL)
    return a == b;
  if (a->length != b->length)
    return FALSE;
  for (gsize i = 0; i < a->length; i++)
    difference |= (guint8)(a->text[i] ^ b->text[i]);
  return difference == 0;
}

gsize
peal_secret_get_length (const PealSecret *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->length;
}

char *
peal_secret_dup_hint (const PealSecret *self)
{
  const char *end;

  g_return_val_if_fail (self != NULL, NULL);

  if (!g_utf8_validate (self->text, (gssize)self->length, NULL)
      || g_utf8_strlen (self->text, (gssize)self->length) < HINT_MIN_LENGTH)
    return g_strdup ("…");
  end = self->text + self->length;
  return g_strconcat ("…", g_utf8_offset_to_pointer (end, -HINT_LENGTH), NULL);
}

const char *
peal_secret_peek (const PealSecret *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

void
peal_wipe_free (char *text, gssize length)
{
  if (text == NULL)
    return;
  explicit_bzero (text, length < 0 ? strlen (text) : (gsize)length);
  g_free (text);
}

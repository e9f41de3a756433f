/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-await-for.h"

typedef struct
{
  GWeakRef owner;
  PealAwaitForFunc func;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *wait = data;

  g_weak_ref_clear (&wait->owner);
  g_free (wait);
}

static DexFuture *
done_cb (DexFuture *future, gpointer user_data)
{
  Wait *wait = user_data;
  g_autoptr (GObject) owner = g_weak_ref_get (&wait->owner);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (owner != NULL)
    wait->func (owner, value, error);
  return dex_future_new_true ();
}

void
peal_await_for (gpointer owner, DexFuture *future, PealAwaitForFunc func)
{
  Wait *wait = NULL;

  g_return_if_fail (G_IS_OBJECT (owner));
  g_return_if_fail (DEX_IS_FUTURE (future));
  g_return_if_fail (func != NULL);

  wait = g_new0 (Wait, 1);
  g_weak_ref_init (&wait->owner, owner);
  wait->func = func;
  dex_future_disown (dex_future_finally (future, done_cb, wait, wait_free));
}

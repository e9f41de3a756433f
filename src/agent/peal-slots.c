/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-slots.h"

#include "peal-sql.h"

#define MAX_SLOTS 168

typedef struct
{
  gint64 account;
  GVariant *slots;
} SlotsCall;

static SlotsCall *
slots_call_new (gint64 account, GVariant *slots)
{
  SlotsCall *call = g_new0 (SlotsCall, 1);

  call->account = account;
  call->slots = slots != NULL ? g_variant_ref_sink (slots) : NULL;
  return call;
}

static void
slots_call_free (SlotsCall *call)
{
  g_clear_pointer (&call->slots, g_variant_unref);
  g_free (call);
}

static gboolean
get_slots (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  SlotsCall *call = data;
  g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(ii)"));
  g_autoptr (GError) local = NULL;
  g_autoptr (sqlite3_stmt) row = peal_sql_query (
      db, error, "SELECT weekday, minute FROM slot WHERE account_id = ? ORDER BY weekday, minute", "i",
      call->account);

  if (row == NULL)
    return FALSE;
  while (peal_sql_step (row, &local))
    g_variant_builder_add (&list, "(ii)", sqlite3_column_int (row, 0), sqlite3_column_int (row, 1));
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  g_value_init (result, G_TYPE_VARIANT);
  g_value_take_variant (result, g_variant_ref_sink (g_variant_builder_end (&list)));
  return TRUE;
}

DexFuture *
peal_slots_get (PealDatabase *database, gint64 account)
{
  return peal_database_run (database, get_slots, slots_call_new (account, NULL),
                            (GDestroyNotify)slots_call_free);
}

static gboolean
set_slots (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  SlotsCall *call = data;
  GVariantIter iter;
  int weekday, minute;

  if (!peal_sql_exec (db, error, "DELETE FROM slot WHERE account_id = ?", "i", call->account))
    return FALSE;
  g_variant_iter_init (&iter, call->slots);
  while (g_variant_iter_next (&iter, "(ii)", &weekday, &minute))
    {
      if (g_variant_n_children (call->slots) > MAX_SLOTS || weekday < 1 || weekday > 7 || minute < 0
          || minute > 1439)
        {
          g_propagate_error (error,
                             peal_error_new (PEAL_ERROR_INVALID, "slot_range", "%d, %d", weekday, minute));
          return FALSE;
        }
      if (!peal_sql_exec (db, error,
                          "INSERT OR IGNORE INTO slot (account_id, weekday, minute) VALUES (?, ?, ?)", "iii",
                          call->account, (gint64)weekday, (gint64)minute))
        return FALSE;
    }
  return TRUE;
}

DexFuture *
peal_slots_set (PealDatabase *database, gint64 account, GVariant *slots)
{
  dex_return_error_if_fail (slots != NULL && g_variant_is_of_type (slots, G_VARIANT_TYPE ("a(ii)")));

  return peal_database_run (database, set_slots, slots_call_new (account, slots),
                            (GDestroyNotify)slots_call_free);
}

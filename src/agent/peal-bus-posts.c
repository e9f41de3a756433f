/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-bus-private.h"

#include <glib/gstdio.h>

#define MAX_PAGE 500
#define MAX_NAME 255

static void
look_again (PealBusCall *call)
{
  peal_publisher_look (call->face->services.publisher);
}

static DexFuture *
refuse (const char *reason, const char *detail)
{
  return dex_future_new_for_error (peal_error_new (PEAL_ERROR_INVALID, reason, "%s", detail));
}

static DexFuture *
import_media (PealBusCall *call)
{
  g_autoptr (GVariant) dict = g_variant_get_child_value (call->parameters, 1);
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (PealMediaFacts) facts = NULL;
  g_autoptr (GError) error = NULL;
  const char *name = NULL;
  DexFuture *import = NULL;
  g_autofd int fd = -1;
  int handle;
  guint job;

  if (!g_variant_lookup (dict, "name", "&s", &name) || name[0] == '\0' || strlen (name) > MAX_NAME)
    return refuse ("media_facts", "name");
  g_variant_get_child (call->parameters, 0, "h", &handle);
  if (!(facts = peal_media_facts_from_variant (dict, &error))
      || (fd = peal_bus_call_dup_fd (call, handle, &error)) < 0)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!(job = peal_bus_call_new_job (call, &cancellable, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  import = peal_media_store_import (call->face->services.media_store, fd, name, facts, cancellable);
  return peal_bus_call_begin_job (call, job, NULL, import);
}

static gboolean
resolve_accounts (PealBusCall *call, GVariant *options, GArray *ids, GError **error)
{
  g_autofree const char **names = NULL;

  if (!g_variant_lookup (options, "accounts", "^a&s", &names)
      || g_strv_length ((char **)names) > PEAL_JOURNAL_MAX_ACCOUNTS)
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "account_unknown",
                              "no account was told, or too many");
  for (gsize i = 0; names[i] != NULL; i++)
    {
      gint64 id = peal_bus_call_resolve_account (call, names[i], error);

      if (id == 0)
        return FALSE;
      g_array_append_val (ids, id);
    }
  return TRUE;
}

static DexFuture *
add_posts (PealBusCall *call)
{
  g_autoptr (GVariant) options = g_variant_get_child_value (call->parameters, 0);
  g_autoptr (GArray) accounts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GVariant) ids = NULL;
  g_autoptr (GError) error = NULL;

  if (!resolve_accounts (call, options, accounts, &error)
      || !(ids = dex_await_variant (peal_journal_add_posts (call->face->services.journal, options, accounts),
                                    &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  look_again (call);
  return peal_bus_reply_with (ids);
}

static DexFuture *
edit_post (PealBusCall *call)
{
  g_autoptr (GVariant) changes = g_variant_get_child_value (call->parameters, 1);
  g_autoptr (GError) error = NULL;
  gint64 post;

  g_variant_get_child (call->parameters, 0, "x", &post);
  if (!dex_await (peal_journal_edit_post (call->face->services.journal, post, changes), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  peal_publisher_stop_post (call->face->services.publisher, post);
  look_again (call);
  return dex_future_new_true ();
}

typedef struct
{
  PealBusFace *face;
  gint64 post;
} Cancelling;

static void
cancelling_free (Cancelling *self)
{
  g_clear_object (&self->face);
  g_free (self);
}

static DexFuture *
cancel_fiber (gpointer data)
{
  Cancelling *self = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (peal_journal_cancel_post (self->face->services.journal, self->post), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  peal_publisher_stop_post (self->face->services.publisher, self->post);
  return dex_future_new_true ();
}

static DexFuture *
cancel_post (PealBusCall *call)
{
  g_autoptr (GCancellable) cancellable = NULL;
  g_autoptr (GError) error = NULL;
  Cancelling *cancelling = NULL;
  guint job;

  if (!(job = peal_bus_call_new_job (call, &cancellable, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  cancelling = g_new0 (Cancelling, 1);
  cancelling->face = g_object_ref (call->face);
  g_variant_get (call->parameters, "(x)", &cancelling->post);
  return peal_bus_call_begin_job (
      call, job, NULL,
      dex_scheduler_spawn (NULL, 0, cancel_fiber, cancelling, (GDestroyNotify)cancelling_free));
}

static DexFuture *
retry_post (PealBusCall *call)
{
  g_autoptr (GError) error = NULL;
  gint64 post;

  g_variant_get (call->parameters, "(x)", &post);
  if (!dex_await (peal_journal_retry_post (call->face->services.journal, post), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  look_again (call);
  return dex_future_new_true ();
}

static DexFuture *
resolve_post (PealBusCall *call)
{
  g_autoptr (GError) error = NULL;
  const char *answer;
  gint64 post, copy;

  g_variant_get (call->parameters, "(x&s)", &post, &answer);
  copy = dex_await_int64 (peal_journal_resolve_post (call->face->services.journal, post, answer), &error);
  if (error != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  look_again (call);
  return peal_bus_reply_with (g_variant_new_int64 (copy));
}

/* FALSE where @key is there and no number; 0 where it is not there. */
static gboolean
read_number (GVariant *filter, const char *key, gint64 *number)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (filter, key, NULL);

  *number = 0;
  return value == NULL || g_variant_lookup (filter, key, "x", number);
}

/* FALSE where @key is there and no text; NULL where it is not there. */
static gboolean
read_text (GVariant *filter, const char *key, const char **text)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (filter, key, NULL);

  *text = NULL;
  return value == NULL || g_variant_lookup (filter, key, "&s", text);
}

/* No state but those that are told, if any are. */
static gboolean
read_states (GVariant *dict, guint *states, GError **error)
{
  g_autoptr (GVariant) value = g_variant_lookup_value (dict, "states", NULL);
  const char *single = NULL;
  guint told = 0;
  PealPostState state;
  GVariantIter iter;
  const char *word;

  if (!read_text (dict, "state", &single)
      || (value != NULL && !g_variant_is_of_type (value, G_VARIANT_TYPE_STRING_ARRAY)))
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "option_type", "state or states");
  if (single != NULL && !peal_post_state_from_string (single, &state))
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "state_unknown", "%s", single);
  if (single != NULL)
    *states &= PEAL_JOURNAL_STATE (state);
  if (value == NULL)
    return TRUE;
  g_variant_iter_init (&iter, value);
  while (g_variant_iter_next (&iter, "&s", &word))
    if (peal_post_state_from_string (word, &state))
      told |= PEAL_JOURNAL_STATE (state);
    else
      return peal_error_refuse (error, PEAL_ERROR_INVALID, "state_unknown", "%s", word);
  *states &= told;
  return TRUE;
}

/* The order, and behind which post in it the page begins. */
static gboolean
read_order (GVariant *dict, PealJournalFilter *filter, GError **error)
{
  static const char *const orders[] = {
    [PEAL_JOURNAL_BY_ID] = "id", [PEAL_JOURNAL_SOONEST] = "soonest", [PEAL_JOURNAL_LATEST] = "latest"
  };
  g_autoptr (GVariant) instant = g_variant_lookup_value (dict, "after_instant", NULL);
  const char *word = NULL;
  gboolean is_whole;

  if (!read_text (dict, "order", &word) || !read_number (dict, "after", &filter->after)
      || !read_number (dict, "after_instant", &filter->after_instant))
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "option_type", "order, after or after_instant");
  while (word != NULL && !g_str_equal (word, orders[filter->order]))
    if (++filter->order == G_N_ELEMENTS (orders))
      return peal_error_refuse (error, PEAL_ERROR_INVALID, "order_unknown", "%s", word);
  /* Only a post without a due is told by its id alone. */
  if (instant == NULL)
    filter->after_instant = G_MAXINT64;
  is_whole = instant != NULL ? filter->order != PEAL_JOURNAL_BY_ID && filter->after > 0
                             : filter->order != PEAL_JOURNAL_LATEST || filter->after <= 0;
  return is_whole || peal_error_refuse (error, PEAL_ERROR_INVALID, "option_type", "after and after_instant");
}

static gboolean
read_filter (PealBusCall *call, GVariant *dict, PealJournalFilter *filter, GError **error)
{
  static const char *const members[] = { "state", "states", "account",       "group", "text",
                                         "order", "after",  "after_instant", NULL };
  const char *name = NULL;
  GVariantIter iter;
  const char *key;

  g_variant_iter_init (&iter, dict);
  while (g_variant_iter_next (&iter, "{&sv}", &key, NULL))
    if (!g_strv_contains (members, key))
      return peal_error_refuse (error, PEAL_ERROR_INVALID, "option_unknown", "%s", key);
  if (!read_text (dict, "account", &name) || !read_text (dict, "text", &filter->text)
      || !read_number (dict, "group", &filter->group))
    return peal_error_refuse (error, PEAL_ERROR_INVALID, "option_type", "account, text or group");
  return read_states (dict, &filter->states, error) && read_order (dict, filter, error)
         && (name == NULL || (filter->account = peal_bus_call_resolve_account (call, name, error)) != 0);
}

static DexFuture *
list_posts (PealBusCall *call)
{
  g_autoptr (GVariant) dict = g_variant_get_child_value (call->parameters, 0);
  PealJournalFilter filter = PEAL_JOURNAL_FILTER_INIT;
  g_autoptr (GVariant) list = NULL;
  g_autoptr (GError) error = NULL;
  guint limit;

  g_variant_get_child (call->parameters, 1, "u", &limit);
  if (limit < 1 || limit > MAX_PAGE)
    return refuse ("option_type", "limit");
  if (!read_filter (call, dict, &filter, &error)
      || !(list = dex_await_variant (peal_journal_list_posts (call->face->services.journal, &filter, limit),
                                     &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return peal_bus_reply_with (list);
}

static DexFuture *
get_post (PealBusCall *call)
{
  g_autoptr (GVariant) post = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id;

  g_variant_get (call->parameters, "(x)", &id);
  if (!(post = dex_await_variant (peal_journal_describe_post (call->face->services.journal, id), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return peal_bus_reply_with (post);
}

static DexFuture *
open_media (PealBusCall *call)
{
  PealBusServices *services = &call->face->services;
  g_autoptr (PealPostRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_autofd int fd = -1;
  gint64 post;

  g_variant_get (call->parameters, "(x)", &post);
  if (!(record = dex_await_boxed (peal_journal_load_post (services->journal, post), &error))
      || (fd = dex_await_fd (peal_media_store_open (services->media_store, record), &error)) < 0)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return peal_bus_call_reply_fd (call, fd);
}

const PealBusMethod peal_bus_post_methods[] = {
  { "ImportMedia", import_media }, { "AddPosts", add_posts },
  { "EditPost", edit_post },       { "CancelPost", cancel_post },
  { "RetryPost", retry_post },     { "ResolvePost", resolve_post },
  { "ListPosts", list_posts },     { "GetPost", get_post },
  { "OpenMedia", open_media },     { NULL, NULL },
};

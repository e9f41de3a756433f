/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-calls.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "peal-compose-form.h"
#include "peal-error.h"

typedef struct
{
  PealSession *session;
  GCancellable *cancellable; /* (nullable) */
  int fd;
  GVariant *parameters;
  const char *done; /* what is said once it is done; NULL where nothing is */
  gint64 post;
  GVariant *back;     /* (nullable): what EditPost is given to take it back */
  gboolean cancelled; /* before the edit the post was cancelled, and is to be so again */
} Call;

static Call *
call_new (PealSession *session, GVariant *parameters)
{
  Call *self = g_new0 (Call, 1);

  self->session = g_object_ref (session);
  self->parameters = g_variant_ref_sink (parameters);
  self->fd = -1;
  return self;
}

static void
call_free (Call *self)
{
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_fd (&self->fd, NULL);
  g_clear_pointer (&self->parameters, g_variant_unref);
  g_clear_pointer (&self->back, g_variant_unref);
  g_free (self);
}

static DexFuture *
run (Call *call, DexFiberFunc func)
{
  return dex_scheduler_spawn (NULL, 0, func, call, (GDestroyNotify)call_free);
}

static DexFuture *
import_fiber (gpointer data)
{
  Call *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) result = NULL;
  gint64 media = 0;

  lseek (self->fd, 0, SEEK_SET);
  result = dex_await_variant (peal_client_run_job (peal_session_get_client (self->session), "ImportMedia",
                                                   self->parameters, self->fd, self->cancellable),
                              &error);
  if (result == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!g_variant_lookup (result, "media", "x", &media))
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "agent_failed", "ImportMedia returned no number"));
  return dex_future_new_for_int64 (media);
}

DexFuture *
peal_compose_call_import (PealSession *session,
                          int fd,
                          const char *name,
                          const PealMediaFacts *facts,
                          GCancellable *cancellable)
{
  g_autoptr (GVariant) known = NULL;
  GVariantDict dict;
  Call *call = NULL;

  dex_return_error_if_fail (PEAL_IS_SESSION (session));
  dex_return_error_if_fail (fd >= 0);
  dex_return_error_if_fail (name != NULL && facts != NULL);

  known = g_variant_ref_sink (peal_media_facts_to_variant (facts));
  g_variant_dict_init (&dict, known);
  g_variant_dict_insert (&dict, "name", "s", name);
  call = call_new (session, g_variant_new ("(h@a{sv})", 0, g_variant_dict_end (&dict)));
  call->fd = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  g_set_object (&call->cancellable, cancellable);
  return run (call, import_fiber);
}

static void
insert_time (GVariantDict *dict, const PealComposeTime *time)
{
  switch (time->kind)
    {
    case PEAL_COMPOSE_TIME_NOW:
      g_variant_dict_insert (dict, "now", "b", TRUE);
      break;
    case PEAL_COMPOSE_TIME_DUE:
      g_variant_dict_insert (dict, "due", "x", time->due);
      g_variant_dict_insert (dict, "zone", "s", time->zone);
      break;
    case PEAL_COMPOSE_TIME_DRAFT:
      g_variant_dict_insert (dict, "draft", "b", TRUE);
      break;
    case PEAL_COMPOSE_TIME_KEPT:
    default:
      break;
    }
}

/* TikTok wants the delay told, whatever the post waits for first. */
static const char *
describe_add (const PealPostOptions *options, const PealComposeTime *time)
{
  if (time->kind == PEAL_COMPOSE_TIME_DRAFT)
    return _ ("Draft saved");
  if (time->kind == PEAL_COMPOSE_TIME_DUE)
    return _ ("Post scheduled");
  if (options->share_type == PEAL_SHARE_INBOX)
    return _ ("Sending it to the inbox. Tap the notification in TikTok to finish it.");
  return _ ("Publishing. It may take a few minutes to show on the profile.");
}

static DexFuture *
cancel (PealSession *session, gint64 post)
{
  return peal_client_run_job (peal_session_get_client (session), "CancelPost", g_variant_new ("(x)", post),
                              -1, NULL);
}

static DexFuture *
take_back_added (gpointer data)
{
  Call *self = data;

  return cancel (self->session, self->post);
}

static void
push (Call *self, PealUndoFunc take_back)
{
  Call *entry = call_new (self->session, self->parameters);

  entry->post = self->post;
  entry->back = self->back != NULL ? g_variant_ref (self->back) : NULL;
  entry->cancelled = self->cancelled;
  peal_undo_push (peal_session_get_undo (self->session), self->done, take_back, entry,
                  (GDestroyNotify)call_free);
}

static gboolean
read_id (GVariant *reply, gint64 *id)
{
  g_autoptr (GVariant) ids = NULL;

  if (!g_variant_is_of_type (reply, G_VARIANT_TYPE ("(ax)")))
    return FALSE;
  ids = g_variant_get_child_value (reply, 0);
  if (g_variant_n_children (ids) != 1)
    return FALSE;
  g_variant_get_child (ids, 0, "x", id);
  return TRUE;
}

static DexFuture *
add_fiber (gpointer data)
{
  Call *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = dex_await_variant (
      peal_client_call (peal_session_get_client (self->session), "AddPosts", self->parameters, NULL), &error);

  if (reply == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!read_id (reply, &self->post))
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "agent_failed", "AddPosts returned something else"));
  push (self, take_back_added);
  return dex_future_new_for_int64 (self->post);
}

DexFuture *
peal_compose_call_add (PealSession *session,
                       gint64 media,
                       const char *open_id,
                       const PealPostOptions *options,
                       const PealComposeTime *time)
{
  g_autoptr (GVariant) chosen = NULL;
  GVariantDict dict;
  Call *call = NULL;

  dex_return_error_if_fail (PEAL_IS_SESSION (session));
  dex_return_error_if_fail (open_id != NULL);
  dex_return_error_if_fail (options != NULL);
  dex_return_error_if_fail (time != NULL && time->kind != PEAL_COMPOSE_TIME_KEPT);

  chosen = g_variant_ref_sink (peal_post_options_to_variant (options));
  g_variant_dict_init (&dict, chosen);
  g_variant_dict_insert (&dict, "media", "x", media);
  g_variant_dict_insert_value (&dict, "accounts", g_variant_new_strv (&open_id, 1));
  insert_time (&dict, time);
  call = call_new (session, g_variant_new ("(@a{sv})", g_variant_dict_end (&dict)));
  call->done = describe_add (options, time);
  return run (call, add_fiber);
}

static DexFuture *
take_back_edit_fiber (gpointer data)
{
  Call *self = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (peal_client_call (peal_session_get_client (self->session), "EditPost",
                                    g_variant_new ("(x@a{sv})", self->post, self->back), NULL),
                  &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return self->cancelled ? cancel (self->session, self->post) : dex_future_new_true ();
}

static DexFuture *
take_back_edit (gpointer data)
{
  Call *self = data;
  Call *again = call_new (self->session, self->parameters);

  again->post = self->post;
  again->back = g_variant_ref (self->back);
  again->cancelled = self->cancelled;
  return run (again, take_back_edit_fiber);
}

static DexFuture *
edit_fiber (gpointer data)
{
  Call *self = data;
  g_autoptr (GError) error = NULL;

  if (!dex_await (
          peal_client_call (peal_session_get_client (self->session), "EditPost", self->parameters, NULL),
          &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  push (self, self->back != NULL ? take_back_edit : take_back_added);
  return dex_future_new_true ();
}

/* How @post stands now, as a change. Where its time has passed it comes back as a draft: it was not to go out
 * then, and shall not because somebody took an edit back. */
static void
insert_old_time (GVariantDict *dict, PealSession *session, PealPostItem *post)
{
  gint64 due = peal_post_item_get_due (post);
  const char *zone = peal_post_item_get_zone (post);

  if (peal_post_item_get_state (post) != PEAL_POST_SCHEDULED || due <= peal_session_get_now (session))
    {
      g_variant_dict_insert (dict, "draft", "b", TRUE);
      return;
    }
  g_variant_dict_insert (dict, "due", "x", due);
  if (zone != NULL)
    g_variant_dict_insert (dict, "zone", "s", zone);
}

static GVariant *
create_back (PealSession *session,
             PealPostItem *post,
             const PealPostOptions *before,
             const PealPostOptions *options,
             const PealComposeTime *time)
{
  g_autoptr (GVariant) old = g_variant_ref_sink (peal_compose_diff (options, before));
  GVariantDict dict;

  g_variant_dict_init (&dict, old);
  if (time->kind != PEAL_COMPOSE_TIME_KEPT)
    insert_old_time (&dict, session, post);
  return g_variant_ref_sink (g_variant_dict_end (&dict));
}

DexFuture *
peal_compose_call_edit (PealSession *session,
                        PealPostItem *post,
                        const PealPostOptions *before,
                        const PealPostOptions *options,
                        const PealComposeTime *time)
{
  g_autoptr (GVariant) changes = NULL;
  GVariantDict dict;
  Call *call = NULL;

  dex_return_error_if_fail (PEAL_IS_SESSION (session));
  dex_return_error_if_fail (PEAL_IS_POST_ITEM (post));
  dex_return_error_if_fail (before != NULL && options != NULL);
  dex_return_error_if_fail (time != NULL);

  changes = g_variant_ref_sink (peal_compose_diff (before, options));
  if (g_variant_n_children (changes) == 0 && time->kind == PEAL_COMPOSE_TIME_KEPT)
    return dex_future_new_true ();
  g_variant_dict_init (&dict, changes);
  insert_time (&dict, time);
  call = call_new (session,
                   g_variant_new ("(x@a{sv})", peal_post_item_get_id (post), g_variant_dict_end (&dict)));
  call->post = peal_post_item_get_id (post);
  call->cancelled = peal_post_item_get_state (post) == PEAL_POST_CANCELLED;
  call->done = time->kind == PEAL_COMPOSE_TIME_KEPT ? _ ("Post changed") : describe_add (options, time);
  /* What goes out right now can only be stopped. */
  if (time->kind != PEAL_COMPOSE_TIME_NOW)
    call->back = create_back (session, post, before, options, time);
  return run (call, edit_fiber);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-post-calls.h"

#include <glib/gi18n.h>

/* One call, and what to say and how to take it back once it is done. */
typedef struct
{
  PealSession *session;
  char *method;
  GVariant *parameters;
  char *done;        /* (nullable): the sentence */
  char *back_method; /* (nullable) */
  GVariant *back;    /* of the call that takes it back */
} Call;

static void
call_free (Call *self)
{
  g_clear_object (&self->session);
  g_clear_pointer (&self->method, g_free);
  g_clear_pointer (&self->parameters, g_variant_unref);
  g_clear_pointer (&self->done, g_free);
  g_clear_pointer (&self->back_method, g_free);
  g_clear_pointer (&self->back, g_variant_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Call, call_free)

static Call *
call_new (PealSession *session, const char *method, GVariant *parameters, const char *done)
{
  Call *self = g_new0 (Call, 1);

  self->session = g_object_ref (session);
  self->method = g_strdup (method);
  self->parameters = parameters != NULL ? g_variant_ref_sink (parameters) : NULL;
  self->done = g_strdup (done);
  return self;
}

static void
call_set_back (Call *self, const char *method, GVariant *parameters)
{
  self->back_method = g_strdup (method);
  self->back = g_variant_ref_sink (parameters);
}

static DexFuture *
send (PealSession *session, const char *method, GVariant *parameters)
{
  PealClient *client = peal_session_get_client (session);

  if (g_str_equal (method, "CancelPost"))
    return peal_client_run_job (client, method, parameters, -1, NULL);
  return peal_client_call (client, method, parameters, NULL);
}

static DexFuture *
take_back (gpointer data)
{
  Call *self = data;

  return send (self->session, self->back_method, self->back);
}

/* A post that was copied by an answer is what is taken back, not the one that was answered. */
static void
find_copy (Call *self, GVariant *reply)
{
  gint64 copy = 0;

  if (!g_str_equal (self->method, "ResolvePost") || !g_variant_is_of_type (reply, G_VARIANT_TYPE ("(x)")))
    return;
  g_variant_get (reply, "(x)", &copy);
  if (copy != 0)
    call_set_back (self, "CancelPost", g_variant_new ("(x)", copy));
}

static DexFuture *
call_fiber (gpointer data)
{
  Call *self = data;
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  if (!(reply = dex_await_variant (send (self->session, self->method, self->parameters), &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  find_copy (self, reply);
  if (self->back != NULL)
    {
      Call *back = call_new (self->session, self->method, self->parameters, NULL);

      call_set_back (back, self->back_method, self->back);
      peal_undo_push (peal_session_get_undo (self->session), self->done, take_back, back,
                      (GDestroyNotify)call_free);
    }
  else if (self->done != NULL)
    peal_session_say (self->session, self->done);
  return dex_future_new_true ();
}

static DexFuture *
run (Call *call)
{
  return dex_scheduler_spawn (NULL, 0, call_fiber, call, (GDestroyNotify)call_free);
}

static GVariant *
draft_change (PealPostItem *post)
{
  GVariantDict changes = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&changes, "draft", "b", TRUE);
  return g_variant_new ("(x@a{sv})", peal_post_item_get_id (post), g_variant_dict_end (&changes));
}

/* Where @post stands now, as a change: on the plan where its time is still to come, else among the drafts. */
static GVariant *
present_place (PealSession *session, PealPostItem *post)
{
  GVariantDict changes = G_VARIANT_DICT_INIT (NULL);
  gint64 due = peal_post_item_get_due (post);
  const char *zone = peal_post_item_get_zone (post);

  if (peal_post_item_get_state (post) == PEAL_POST_DRAFT || due <= peal_session_get_now (session))
    return draft_change (post);
  g_variant_dict_insert (&changes, "due", "x", due);
  if (zone != NULL)
    g_variant_dict_insert (&changes, "zone", "s", zone);
  return g_variant_new ("(x@a{sv})", peal_post_item_get_id (post), g_variant_dict_end (&changes));
}

DexFuture *
peal_post_call_cancel (PealSession *session, PealPostItem *post)
{
  gboolean draft;
  Call *call = NULL;

  dex_return_error_if_fail (PEAL_IS_SESSION (session));
  dex_return_error_if_fail (PEAL_IS_POST_ITEM (post));

  draft = peal_post_item_get_state (post) == PEAL_POST_DRAFT;
  call = call_new (session, "CancelPost", g_variant_new ("(x)", peal_post_item_get_id (post)),
                   draft ? _ ("Draft deleted") : _ ("Post cancelled"));
  call_set_back (call, "EditPost", present_place (session, post));
  return run (call);
}

DexFuture *
peal_post_call_move (PealSession *session, PealPostItem *post, gint64 due, const char *zone)
{
  GVariantDict changes = G_VARIANT_DICT_INIT (NULL);
  Call *call = NULL;

  dex_return_error_if_fail (PEAL_IS_SESSION (session));
  dex_return_error_if_fail (PEAL_IS_POST_ITEM (post));
  dex_return_error_if_fail (zone != NULL);

  g_variant_dict_insert (&changes, "due", "x", due);
  g_variant_dict_insert (&changes, "zone", "s", zone);
  call = call_new (session, "EditPost",
                   g_variant_new ("(x@a{sv})", peal_post_item_get_id (post), g_variant_dict_end (&changes)),
                   _ ("Post moved"));
  call_set_back (call, "EditPost", present_place (session, post));
  return run (call);
}

DexFuture *
peal_post_call_make_draft (PealSession *session, PealPostItem *post)
{
  Call *call = NULL;

  dex_return_error_if_fail (PEAL_IS_SESSION (session));
  dex_return_error_if_fail (PEAL_IS_POST_ITEM (post));

  call = call_new (session, "EditPost", draft_change (post), _ ("The post is a draft now"));
  if (peal_post_item_get_state (post) == PEAL_POST_CANCELLED)
    call_set_back (call, "CancelPost", g_variant_new ("(x)", peal_post_item_get_id (post)));
  else
    call_set_back (call, "EditPost", present_place (session, post));
  return run (call);
}

DexFuture *
peal_post_call_publish_now (PealSession *session, PealPostItem *post)
{
  GVariantDict changes = G_VARIANT_DICT_INIT (NULL);
  gint64 id;
  Call *call = NULL;

  dex_return_error_if_fail (PEAL_IS_SESSION (session));
  dex_return_error_if_fail (PEAL_IS_POST_ITEM (post));

  id = peal_post_item_get_id (post);
  if (peal_post_item_get_state (post) == PEAL_POST_SCHEDULED)
    {
      g_variant_dict_insert (&changes, "now", "b", TRUE);
      call = call_new (session, "EditPost", g_variant_new ("(x@a{sv})", id, g_variant_dict_end (&changes)),
                       _ ("Publishing now"));
    }
  else
    call = call_new (session, "RetryPost", g_variant_new ("(x)", id), _ ("Publishing now"));
  /* For as long as TikTok does not have it. */
  call_set_back (call, "CancelPost", g_variant_new ("(x)", id));
  return run (call);
}

DexFuture *
peal_post_call_resolve (PealSession *session, PealPostItem *post, const char *answer)
{
  const char *done = NULL;

  dex_return_error_if_fail (PEAL_IS_SESSION (session));
  dex_return_error_if_fail (PEAL_IS_POST_ITEM (post));
  dex_return_error_if_fail (answer != NULL);

  if (g_str_equal (answer, "published"))
    done = _ ("Noted as published");
  else if (g_str_equal (answer, "again"))
    done = _ ("Publishing it again");
  else
    done = _ ("Left as it is");
  return run (
      call_new (session, "ResolvePost", g_variant_new ("(xs)", peal_post_item_get_id (post), answer), done));
}

DexFuture *
peal_post_call_adopt (PealSession *session)
{
  dex_return_error_if_fail (PEAL_IS_SESSION (session));

  return run (call_new (session, "Adopt", NULL, _ ("These posts are published from this computer now")));
}

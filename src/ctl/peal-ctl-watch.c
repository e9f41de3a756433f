/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n.h>
#include <unistd.h>

#include "peal-client.h"
#include "peal-ctl-commands.h"
#include "peal-ctl-json.h"
#include "peal-ctl-output.h"
#include "peal-ctl-post.h"
#include "peal-error.h"

typedef struct
{
  char *kind;
  GStrv ids;
  gint64 at; /* µs UTC */
} Change;

typedef struct
{
  PealCtlRun *run;
  GQueue changes;   /* of Change */
  DexPromise *news; /* resolves when a change came since it was made, or it is time to go */
  gboolean gone;
  gboolean closed; /* nobody reads what we print */
} Watch;

static void
change_free (Change *self)
{
  g_clear_pointer (&self->kind, g_free);
  g_clear_pointer (&self->ids, g_strfreev);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

static void
wake (Watch *self)
{
  if (dex_future_is_pending (DEX_FUTURE (self->news)))
    dex_promise_resolve_boolean (self->news, TRUE);
}

static void
changed_cb (Watch *self, const char *kind, const char *const *ids)
{
  Change *change = g_new0 (Change, 1);

  change->kind = g_strdup (kind);
  change->ids = g_strdupv ((char **)ids);
  change->at = peal_clock_get_real_us (self->run->clock);
  g_queue_push_tail (&self->changes, change);
  wake (self);
}

static void
gone_cb (Watch *self)
{
  self->gone = TRUE;
  wake (self);
}

static gboolean
closed_cb (int fd, GIOCondition condition, gpointer user_data)
{
  Watch *self = user_data;

  self->closed = TRUE;
  wake (self);
  return G_SOURCE_REMOVE;
}

/* The posts that @change is about, as they are now. One that cannot be read is left out. */
static JsonArray *
read_posts (Watch *self, Change *change)
{
  JsonArray *posts = json_array_new ();

  for (char **id = change->ids; *id != NULL; id++)
    {
      gint64 number = peal_ctl_post_parse_id (*id, NULL);
      g_autoptr (GVariant) post = number > 0 ? peal_ctl_post_get (self->run, number, NULL) : NULL;

      if (post != NULL)
        json_array_add_element (posts, peal_ctl_json_object (post, peal_ctl_post_fields, self->run->zone));
    }
  return posts;
}

static gboolean
print_change (Watch *self, Change *change, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  JsonArray *ids = json_array_new ();

  for (char **id = change->ids; *id != NULL; id++)
    json_array_add_string_element (ids, *id);
  json_object_set_string_member (object, "kind", change->kind);
  json_object_set_array_member (object, "ids", ids);
  json_object_set_member (object, "at", peal_ctl_json_instant (change->at, self->run->zone));
  if (g_str_equal (change->kind, "post"))
    json_object_set_array_member (object, "posts", read_posts (self, change));
  json_node_set_object (node, object);
  peal_ctl_json_print (node);
  return peal_ctl_flush (error);
}

static gboolean
is_over (Watch *self)
{
  return self->closed || self->gone || g_cancellable_is_cancelled (self->run->cancellable);
}

static void
watch_loop (Watch *self, GError **error)
{
  while (!is_over (self))
    {
      g_autoptr (Change) change = g_queue_pop_head (&self->changes);
      g_autoptr (DexFuture) news = NULL;

      if (change != NULL && !print_change (self, change, error))
        return;
      if (change != NULL)
        continue;
      news = dex_ref (DEX_FUTURE (self->news));
      dex_await (dex_future_first (g_steal_pointer (&news),
                                   dex_cancellable_new_from_cancellable (self->run->cancellable), NULL),
                 NULL);
      dex_clear (&self->news);
      self->news = dex_promise_new ();
    }
}

PealCtlStatus
peal_ctl_watch (PealCtlRun *run, GError **error)
{
  Watch self = { .run = run, .changes = G_QUEUE_INIT };
  g_autoptr (GSource) pipe = g_unix_fd_source_new (STDOUT_FILENO, G_IO_ERR | G_IO_HUP);
  gulong handlers[2];

  if (!peal_ctl_run_connect (run, error))
    return PEAL_CTL_FAILED;
  self.news = dex_promise_new ();
  g_source_set_callback (pipe, G_SOURCE_FUNC (closed_cb), &self, NULL);
  g_source_attach (pipe, NULL);
  handlers[0] = g_signal_connect_swapped (run->client, "changed", G_CALLBACK (changed_cb), &self);
  handlers[1] = g_signal_connect_swapped (run->client, "gone", G_CALLBACK (gone_cb), &self);
  peal_ctl_note (_ ("Watching. Press Ctrl+C to end."));

  watch_loop (&self, error);

  for (guint i = 0; i < G_N_ELEMENTS (handlers); i++)
    g_signal_handler_disconnect (run->client, handlers[i]);
  g_source_destroy (pipe);
  g_queue_clear_full (&self.changes, (GDestroyNotify)change_free);
  dex_clear (&self.news);
  if (self.gone && *error == NULL)
    g_propagate_error (error,
                       peal_error_new (PEAL_ERROR_INVALID, "agent_unreachable", "The agent left the bus"));
  return PEAL_CTL_DONE;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-api-call.h"

#include "peal-fiber.h"
#include "peal-request.h"

typedef struct
{
  const PealApiCall *call;
  PealTiktokClient *client;
  PealAccess *access;
  char *fields;
  char *json;
  GCancellable *cancellable;
} Run;

static void
run_free (gpointer data)
{
  Run *self = data;

  g_clear_object (&self->client);
  g_clear_pointer (&self->access, peal_access_free);
  g_clear_pointer (&self->fields, g_free);
  g_clear_pointer (&self->json, g_free);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self, g_free);
}

static DexFuture *
run_fiber (gpointer data)
{
  Run *run = data;
  g_autoptr (SoupMessage) message = NULL;
  g_autoptr (PealReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  gpointer value;

  if ((error = peal_tiktok_client_check_scopes (run->access, run->call->any_of_scopes)) != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  message = peal_request_new_call (peal_tiktok_client_get_api_base (run->client), run->call->endpoint,
                                   run->fields, run->json, run->access);
  if (!(reply =
            dex_await_boxed (peal_tiktok_client_call (run->client, run->call->endpoint, run->access->open_id,
                                                      g_steal_pointer (&message), run->cancellable),
                             &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));
  if (!(value = run->call->reader (reply, run->client, &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (run->call->get_type (), value);
}

DexFuture *
peal_api_call_start (const PealApiCall *call,
                     PealTiktokClient *client,
                     const PealAccess *access,
                     const char *fields,
                     char *json,
                     GCancellable *cancellable)
{
  Run *run = g_new0 (Run, 1);

  run->call = call;
  run->client = g_object_ref (client);
  run->access = peal_access_copy (access);
  run->fields = g_strdup (fields);
  run->json = json;
  g_set_object (&run->cancellable, cancellable);

  return peal_fiber_spawn_to_end (run_fiber, run, run_free);
}

char *
peal_api_call_dup_json (JsonNode *root)
{
  g_autoptr (JsonNode) owned = root;

  return json_to_string (owned, FALSE);
}

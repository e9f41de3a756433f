/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-tiktok-client-private.h"

#include "peal-http.h"
#include "peal-fiber.h"
#include "peal-rate-bucket.h"
#include "peal-request.h"
#include "peal-upload-url.h"

#define TIKTOK_API_BASE "https://open.tiktokapis.com"
#define TIKTOK_AUTHORIZE_BASE "https://www.tiktok.com"

struct _PealTiktokClient
{
  GObject parent_instance;

  char *server; /* NULL for TikTok */
  PealClock *clock;
  gint64 deadline_us;
  SoupSession *session;
  GHashTable *buckets; /* "endpoint open_id" → PealRateBucket */
  gint64 clock_skew_s;
  gint64 server_date_us, seen_at_boot_us; /* the last Date header, and when it came; 0 before any */
};

G_DEFINE_FINAL_TYPE (PealTiktokClient, peal_tiktok_client, G_TYPE_OBJECT)

typedef enum
{
  PROP_SERVER = 1,
  PROP_CLOCK,
  PROP_DEADLINE_US,
} PealTiktokClientProps;

static GParamSpec *properties[PROP_DEADLINE_US + 1];

typedef struct
{
  PealTiktokClient *client;
  PealEndpoint endpoint;
  PealRateBucket *bucket;
  SoupMessage *message;
  GCancellable *cancellable;
} Call;

static void
call_free (gpointer data)
{
  Call *self = data;

  g_clear_object (&self->client);
  g_clear_object (&self->bucket);
  g_clear_object (&self->message);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self, g_free);
}

/* (transfer none) */
static PealRateBucket *
ensure_bucket (PealTiktokClient *self, PealEndpoint endpoint, const char *open_id)
{
  const PealEndpointFacts *facts = peal_endpoint_get_facts (endpoint);
  g_autofree char *key =
      g_strdup_printf ("%d %s", endpoint, facts->per_account && open_id != NULL ? open_id : "");
  PealRateBucket *bucket = g_hash_table_lookup (self->buckets, key);

  if (bucket == NULL)
    {
      bucket = peal_rate_bucket_new (self->clock, facts->limit);
      g_hash_table_insert (self->buckets, g_steal_pointer (&key), bucket);
    }

  return bucket;
}

/* The server told the time somewhere between our question and its answer, which may be days apart where the
 * computer slept in between. What is known of its clock already, and fits, is the better knowledge then. */
static void
note_server_date (PealTiktokClient *self, const PealHttpAnswer *answer, gint64 asked_at_boot_us)
{
  gint64 now = peal_clock_get_real_us (self->clock), boot = peal_clock_get_boot_us (self->clock);
  gint64 earliest = answer->date_us, latest = answer->date_us + boot - asked_at_boot_us;
  gint64 known = peal_tiktok_client_get_server_now_us (self);

  if (answer->date_us < 0)
    return;
  self->clock_skew_s = (CLAMP (now, earliest, latest) - now) / G_USEC_PER_SEC;
  if (known >= earliest && known <= latest)
    return;
  self->server_date_us = answer->date_us;
  self->seen_at_boot_us = boot;
}

/* Tells the bucket, and says in the error for how long it will stay closed. */
static GError *
obey_rate_limit (PealRateBucket *bucket, const GError *error)
{
  gint64 seconds = peal_rate_bucket_block (bucket, peal_error_get_retry_after_s (error));

  return peal_error_new_remote (PEAL_ERROR_RATE_LIMITED, peal_error_get_reason (error), error->message,
                                peal_error_get_log_id (error), peal_error_get_http_status (error), seconds);
}

static DexFuture *
call_fiber (gpointer data)
{
  Call *call = data;
  PealTiktokClient *self = call->client;
  const PealEndpointFacts *facts = peal_endpoint_get_facts (call->endpoint);
  g_autoptr (PealHttpAnswer) answer = NULL;
  g_autoptr (PealReply) reply = NULL;
  g_autoptr (GError) error = NULL;
  gint64 asked_at;

  if (!dex_await (peal_rate_bucket_wait (call->bucket, call->cancellable), &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  asked_at = peal_clock_get_boot_us (self->clock);
  if (!(answer = dex_await_boxed (peal_http_send (self->session, call->message, self->clock,
                                                  self->deadline_us, facts->changes, call->cancellable),
                                  &error)))
    return dex_future_new_for_error (g_steal_pointer (&error));

  note_server_date (self, answer, asked_at);
  g_debug ("%s: HTTP %u", facts->path, answer->status);
  reply = peal_envelope_open (answer, facts->envelope, facts->changes, peal_clock_get_real_us (self->clock),
                              &error);
  if (g_error_matches (error, PEAL_ERROR, PEAL_ERROR_RATE_LIMITED))
    return dex_future_new_for_error (obey_rate_limit (call->bucket, error));
  peal_rate_bucket_relax (call->bucket);
  if (reply == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  return dex_future_new_take_boxed (PEAL_TYPE_REPLY, g_steal_pointer (&reply));
}

static void
peal_tiktok_client_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealTiktokClient *self = PEAL_TIKTOK_CLIENT (object);

  switch ((PealTiktokClientProps)id)
    {
    case PROP_SERVER:
      self->server = g_value_dup_string (value);
      break;
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    case PROP_DEADLINE_US:
      self->deadline_us = g_value_get_int64 (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_tiktok_client_constructed (GObject *object)
{
  PealTiktokClient *self = PEAL_TIKTOK_CLIENT (object);

  G_OBJECT_CLASS (peal_tiktok_client_parent_class)->constructed (object);

  g_assert (PEAL_IS_CLOCK (self->clock));
}

static void
peal_tiktok_client_dispose (GObject *object)
{
  PealTiktokClient *self = PEAL_TIKTOK_CLIENT (object);

  g_clear_pointer (&self->buckets, g_hash_table_unref);
  g_clear_object (&self->session);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (peal_tiktok_client_parent_class)->dispose (object);
}

static void
peal_tiktok_client_finalize (GObject *object)
{
  PealTiktokClient *self = PEAL_TIKTOK_CLIENT (object);

  g_clear_pointer (&self->server, g_free);

  G_OBJECT_CLASS (peal_tiktok_client_parent_class)->finalize (object);
}

static void
peal_tiktok_client_class_init (PealTiktokClientClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->set_property = peal_tiktok_client_set_property;
  object_class->constructed = peal_tiktok_client_constructed;
  object_class->dispose = peal_tiktok_client_dispose;
  object_class->finalize = peal_tiktok_client_finalize;

  properties[PROP_SERVER] = g_param_spec_string ("server", NULL, NULL, NULL, flags);
  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, PEAL_TYPE_CLOCK, flags);
  properties[PROP_DEADLINE_US] =
      g_param_spec_int64 ("deadline-us", NULL, NULL, 1, G_MAXINT64, PEAL_TIKTOK_CALL_DEADLINE_US, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
peal_tiktok_client_init (PealTiktokClient *self)
{
  self->session = peal_http_session_new ();
  self->buckets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

PealTiktokClient *
peal_tiktok_client_new (const char *server, PealClock *clock, GError **error)
{
  g_autofree char *address = NULL;

  g_return_val_if_fail (PEAL_IS_CLOCK (clock), NULL);

  if (server != NULL && !(address = peal_server_address_normalize (server, error)))
    return NULL;

  return g_object_new (PEAL_TYPE_TIKTOK_CLIENT, "server", address, "clock", clock, NULL);
}

const char *
peal_tiktok_client_get_api_base (PealTiktokClient *self)
{
  g_return_val_if_fail (PEAL_IS_TIKTOK_CLIENT (self), NULL);

  return self->server != NULL ? self->server : TIKTOK_API_BASE;
}

const char *
peal_tiktok_client_get_authorize_base (PealTiktokClient *self)
{
  g_return_val_if_fail (PEAL_IS_TIKTOK_CLIENT (self), NULL);

  return self->server != NULL ? self->server : TIKTOK_AUTHORIZE_BASE;
}

gboolean
peal_tiktok_client_check_upload_url (PealTiktokClient *self, PealSecret *upload_url, GError **error)
{
  g_return_val_if_fail (PEAL_IS_TIKTOK_CLIENT (self), FALSE);

  return peal_request_check_upload_url (upload_url, self->server != NULL, error);
}

gint64
peal_tiktok_client_get_server_now_us (PealTiktokClient *self)
{
  g_return_val_if_fail (PEAL_IS_TIKTOK_CLIENT (self), -1);

  if (self->server_date_us == 0)
    return -1;
  return self->server_date_us + peal_clock_get_boot_us (self->clock) - self->seen_at_boot_us;
}

gint64
peal_tiktok_client_get_clock_skew_s (PealTiktokClient *self)
{
  g_return_val_if_fail (PEAL_IS_TIKTOK_CLIENT (self), 0);

  return self->clock_skew_s;
}

PealClock *
peal_tiktok_client_get_clock (PealTiktokClient *self)
{
  g_return_val_if_fail (PEAL_IS_TIKTOK_CLIENT (self), NULL);

  return self->clock;
}

gboolean
peal_tiktok_client_is_loopback (PealTiktokClient *self)
{
  g_return_val_if_fail (PEAL_IS_TIKTOK_CLIENT (self), FALSE);

  return self->server != NULL;
}

GError *
peal_tiktok_client_check_scopes (const PealAccess *access, PealScopes scopes)
{
  g_autofree char *missing = NULL;

  if ((access->scopes & scopes) != 0)
    return NULL;
  missing = peal_scopes_to_string (scopes);

  return peal_error_new (PEAL_ERROR_SCOPE, "scope_not_authorized", "The account did not grant %s", missing);
}

DexFuture *
peal_tiktok_client_call (PealTiktokClient *self,
                         PealEndpoint endpoint,
                         const char *open_id,
                         SoupMessage *message,
                         GCancellable *cancellable)
{
  Call *call;

  dex_return_error_if_fail (PEAL_IS_TIKTOK_CLIENT (self));
  dex_return_error_if_fail (SOUP_IS_MESSAGE (message));
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  call = g_new0 (Call, 1);
  call->client = g_object_ref (self);
  call->endpoint = endpoint;
  call->bucket = g_object_ref (ensure_bucket (self, endpoint, open_id));
  call->message = message;
  g_set_object (&call->cancellable, cancellable);

  return peal_fiber_spawn_to_end (call_fiber, call, call_free);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-picture-reader.h"

#include "peal-error.h"
#include "peal-fiber.h"
#include "peal-http.h"
#include "peal-tiktok-client-private.h"
#include "peal-upload-url.h"

#define DEADLINE_US (20 * G_USEC_PER_SEC)
#define MAX_AT_A_TIME 2

struct _PealPictureReader
{
  GObject parent_instance;

  PealTiktokClient *client;
  SoupSession *session; /* made for the first picture */
  guint n_running;
  GPtrArray *waiting; /* of DexPromise: whose turn may have come */
};

G_DEFINE_FINAL_TYPE (PealPictureReader, peal_picture_reader, G_TYPE_OBJECT)

typedef enum
{
  PROP_CLIENT = 1,
} PealPictureReaderProps;

static GParamSpec *properties[PROP_CLIENT + 1];

typedef struct
{
  PealPictureReader *reader;
  char *url;
  GCancellable *cancellable;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *self = data;

  g_clear_object (&self->reader);
  g_clear_pointer (&self->url, g_free);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self, g_free);
}

/* All look again, the first in the line first: one that was cancelled then keeps no other waiting. */
static void
wake_all (PealPictureReader *self)
{
  g_autoptr (GPtrArray) waiting = g_steal_pointer (&self->waiting);

  self->waiting = g_ptr_array_new_with_free_func (dex_unref);
  for (guint i = 0; i < waiting->len; i++)
    dex_promise_resolve_boolean (g_ptr_array_index (waiting, i), TRUE);
}

static gboolean
wait_for_turn (Reading *reading, GError **error)
{
  PealPictureReader *self = reading->reader;

  while (self->n_running >= MAX_AT_A_TIME)
    {
      DexPromise *promise = dex_promise_new ();
      DexFuture *turn = DEX_FUTURE (promise);

      g_ptr_array_add (self->waiting, dex_ref (promise));
      if (reading->cancellable != NULL)
        turn = dex_future_first (turn, dex_cancellable_new_from_cancellable (reading->cancellable), NULL);
      if (!dex_await (turn, NULL))
        return peal_error_refuse (error, PEAL_ERROR_CANCELLED, "cancelled", "The call was stopped");
    }
  return TRUE;
}

static SoupMessage *
new_message (PealPictureReader *self, const char *url, GError **error)
{
  SoupMessage *message = NULL;

  if (!peal_picture_url_check (url, peal_tiktok_client_is_loopback (self->client), error))
    return NULL;
  if (!(message = soup_message_new ("GET", url)))
    {
      peal_error_refuse (error, PEAL_ERROR_INVALID, "picture_refused",
                         "The picture's address is not readable");
      return NULL;
    }
  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept",
                                "image/jpeg, image/png, image/webp");
  return message;
}

static DexFuture *
read_answer (PealHttpAnswer *answer)
{
  gsize length = answer->length;

  if (answer->status != SOUP_STATUS_OK)
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_SERVER, "picture_unavailable", "HTTP %u", answer->status));
  if (length == 0 || answer->media_type == NULL || !g_str_has_prefix (answer->media_type, "image/"))
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_SERVER, "picture_unavailable", "This is no picture"));
  answer->length = 0;
  return dex_future_new_take_boxed (
      G_TYPE_BYTES, g_bytes_new_take (g_realloc (g_steal_pointer (&answer->data), length), length));
}

static DexFuture *
read_picture (Reading *reading, SoupMessage *message)
{
  PealPictureReader *self = reading->reader;
  g_autoptr (PealHttpAnswer) answer = NULL;
  g_autoptr (GError) error = NULL;

  if (self->session == NULL)
    self->session = peal_http_session_new ();
  self->n_running++;
  answer =
      dex_await_boxed (peal_http_fetch (self->session, message, peal_tiktok_client_get_clock (self->client),
                                        DEADLINE_US, PEAL_PICTURE_MAX_BYTES, reading->cancellable),
                       &error);
  self->n_running--;
  wake_all (self);
  if (answer != NULL)
    return read_answer (answer);
  if (g_str_equal (peal_error_get_reason (error), "answer_too_large"))
    return dex_future_new_for_error (
        peal_error_new (PEAL_ERROR_INVALID, "picture_too_large", "%s", error->message));
  return dex_future_new_for_error (g_steal_pointer (&error));
}

static DexFuture *
read_fiber (gpointer data)
{
  Reading *reading = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupMessage) message = new_message (reading->reader, reading->url, &error);

  if (message == NULL || !wait_for_turn (reading, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  return read_picture (reading, message);
}

static void
peal_picture_reader_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealPictureReader *self = PEAL_PICTURE_READER (object);

  switch ((PealPictureReaderProps)id)
    {
    case PROP_CLIENT:
      self->client = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_picture_reader_constructed (GObject *object)
{
  G_OBJECT_CLASS (peal_picture_reader_parent_class)->constructed (object);

  g_assert (PEAL_IS_TIKTOK_CLIENT (PEAL_PICTURE_READER (object)->client));
}

static void
peal_picture_reader_dispose (GObject *object)
{
  PealPictureReader *self = PEAL_PICTURE_READER (object);

  g_clear_object (&self->session);
  g_clear_object (&self->client);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);

  G_OBJECT_CLASS (peal_picture_reader_parent_class)->dispose (object);
}

static void
peal_picture_reader_class_init (PealPictureReaderClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->set_property = peal_picture_reader_set_property;
  object_class->constructed = peal_picture_reader_constructed;
  object_class->dispose = peal_picture_reader_dispose;

  properties[PROP_CLIENT] =
      g_param_spec_object ("client", NULL, NULL, PEAL_TYPE_TIKTOK_CLIENT,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
peal_picture_reader_init (PealPictureReader *self)
{
  self->waiting = g_ptr_array_new_with_free_func (dex_unref);
}

PealPictureReader *
peal_picture_reader_new (PealTiktokClient *client)
{
  g_return_val_if_fail (PEAL_IS_TIKTOK_CLIENT (client), NULL);

  return g_object_new (PEAL_TYPE_PICTURE_READER, "client", client, NULL);
}

DexFuture *
peal_picture_reader_read (PealPictureReader *self, const char *url, GCancellable *cancellable)
{
  Reading *reading;

  dex_return_error_if_fail (PEAL_IS_PICTURE_READER (self));
  dex_return_error_if_fail (url != NULL);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  reading = g_new0 (Reading, 1);
  reading->reader = g_object_ref (self);
  reading->url = g_strdup (url);
  g_set_object (&reading->cancellable, cancellable);

  return peal_fiber_spawn_to_end (read_fiber, reading, reading_free);
}

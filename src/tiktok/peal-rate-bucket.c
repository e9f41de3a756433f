/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-rate-bucket.h"

#include "peal-error.h"
#include "peal-http-headers.h"
#include "peal-fiber.h"

#define WINDOW_US (60 * G_USEC_PER_SEC)
#define FIRST_BLOCK_S 60

struct _PealRateBucket
{
  GObject parent_instance;

  PealClock *clock;
  guint limit;
  GArray *turns; /* of gint64, boot µs, rising: when calls left, and when those that wait will */
  gint64 blocked_until_us;
  gint64 next_block_s;
};

G_DEFINE_FINAL_TYPE (PealRateBucket, peal_rate_bucket, G_TYPE_OBJECT)

typedef struct
{
  PealRateBucket *bucket;
  GCancellable *cancellable;
} Wait;

static void
wait_free (gpointer data)
{
  Wait *self = data;

  g_clear_object (&self->bucket);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self, g_free);
}

/* Takes the next free turn: the window of 60 s before it holds less than the limit. */
static gint64
take_turn (PealRateBucket *self)
{
  gint64 turn = peal_clock_get_boot_us (self->clock);
  guint n_old = 0;

  if (self->limit == 0)
    return turn;
  while (n_old < self->turns->len && g_array_index (self->turns, gint64, n_old) <= turn - WINDOW_US)
    n_old++;
  g_array_remove_range (self->turns, 0, n_old);

  if (self->turns->len >= self->limit)
    turn = MAX (turn, g_array_index (self->turns, gint64, self->turns->len - self->limit) + WINDOW_US);
  g_array_append_val (self->turns, turn);

  return turn;
}

static void
give_back_turn (PealRateBucket *self, gint64 turn)
{
  for (guint i = self->turns->len; i > 0; i--)
    if (g_array_index (self->turns, gint64, i - 1) == turn)
      {
        g_array_remove_index (self->turns, i - 1);
        return;
      }
}

static GError *
new_blocked_error (PealRateBucket *self)
{
  gint64 left_us = self->blocked_until_us - peal_clock_get_boot_us (self->clock);

  if (left_us <= 0)
    return NULL;

  return peal_error_new_remote (PEAL_ERROR_RATE_LIMITED, "rate_limit_exceeded",
                                "The server takes no calls until then", NULL, 0,
                                (left_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
}

static DexFuture *
wait_fiber (gpointer data)
{
  Wait *wait = data;
  PealRateBucket *self = wait->bucket;
  g_autoptr (GError) error = NULL;
  gint64 turn;

  if ((error = new_blocked_error (self)) != NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));

  turn = take_turn (self);
  for (gint64 now; (now = peal_clock_get_boot_us (self->clock)) < turn;)
    if (!dex_await (peal_clock_sleep (self->clock, turn - now, wait->cancellable), NULL))
      {
        give_back_turn (self, turn);
        return dex_future_new_for_error (
            peal_error_new (PEAL_ERROR_CANCELLED, "cancelled", "The call was stopped"));
      }
  /* The answer to a call before may have closed the bucket meanwhile. */
  if ((error = new_blocked_error (self)) != NULL)
    {
      give_back_turn (self, turn);
      return dex_future_new_for_error (g_steal_pointer (&error));
    }

  return dex_future_new_for_boolean (TRUE);
}

static void
peal_rate_bucket_dispose (GObject *object)
{
  PealRateBucket *self = PEAL_RATE_BUCKET (object);

  g_clear_object (&self->clock);

  G_OBJECT_CLASS (peal_rate_bucket_parent_class)->dispose (object);
}

static void
peal_rate_bucket_finalize (GObject *object)
{
  PealRateBucket *self = PEAL_RATE_BUCKET (object);

  g_clear_pointer (&self->turns, g_array_unref);

  G_OBJECT_CLASS (peal_rate_bucket_parent_class)->finalize (object);
}

static void
peal_rate_bucket_class_init (PealRateBucketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = peal_rate_bucket_dispose;
  object_class->finalize = peal_rate_bucket_finalize;
}

static void
peal_rate_bucket_init (PealRateBucket *self)
{
  self->turns = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->next_block_s = FIRST_BLOCK_S;
}

PealRateBucket *
peal_rate_bucket_new (PealClock *clock, guint limit)
{
  PealRateBucket *self;

  g_return_val_if_fail (PEAL_IS_CLOCK (clock), NULL);

  self = g_object_new (PEAL_TYPE_RATE_BUCKET, NULL);
  self->clock = g_object_ref (clock);
  self->limit = limit;

  return self;
}

DexFuture *
peal_rate_bucket_wait (PealRateBucket *self, GCancellable *cancellable)
{
  Wait *wait;

  dex_return_error_if_fail (PEAL_IS_RATE_BUCKET (self));
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  wait = g_new0 (Wait, 1);
  wait->bucket = g_object_ref (self);
  g_set_object (&wait->cancellable, cancellable);

  return peal_fiber_spawn_to_end (wait_fiber, wait, wait_free);
}

gint64
peal_rate_bucket_block (PealRateBucket *self, gint64 retry_after_s)
{
  g_return_val_if_fail (PEAL_IS_RATE_BUCKET (self), 0);

  if (retry_after_s < 0)
    {
      retry_after_s = self->next_block_s;
      self->next_block_s = MIN (self->next_block_s * 2, PEAL_RETRY_AFTER_MAX_S);
    }
  retry_after_s = CLAMP (retry_after_s, PEAL_RETRY_AFTER_MIN_S, PEAL_RETRY_AFTER_MAX_S);
  self->blocked_until_us =
      MAX (self->blocked_until_us, peal_clock_get_boot_us (self->clock) + retry_after_s * G_USEC_PER_SEC);

  return retry_after_s;
}

void
peal_rate_bucket_relax (PealRateBucket *self)
{
  g_return_if_fail (PEAL_IS_RATE_BUCKET (self));

  self->next_block_s = FIRST_BLOCK_S;
}

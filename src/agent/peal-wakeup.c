/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-wakeup.h"

#include <errno.h>
#include <glib-unix.h>
#include <sys/timerfd.h>
#include <unistd.h>

#define FALLBACK_S 60

struct _PealWakeup
{
  GObject parent_instance;

  int fd;
  guint source;   /* on fd */
  guint fallback; /* where the kernel gives no timerfd */
  gint64 instant;
  gboolean clock_was_set; /* not told yet */
};

G_DEFINE_FINAL_TYPE (PealWakeup, peal_wakeup, G_TYPE_OBJECT)

enum
{
  AWAKE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
fallback_cb (gpointer data)
{
  /* Nothing tells here whether somebody did. */
  g_signal_emit (data, signals[AWAKE], 0, TRUE);
  return G_SOURCE_CONTINUE;
}

static void
fall_back (PealWakeup *self)
{
  g_debug ("no timerfd (%s): looking every %d s", g_strerror (errno), FALLBACK_S);
  if (self->fallback == 0)
    self->fallback = g_timeout_add_seconds (FALLBACK_S, fallback_cb, self);
}

static gboolean
set_time (PealWakeup *self, gint64 instant)
{
  /* All zeroes would disarm; the far end of time still tells of clock changes. */
  gint64 at = CLAMP (instant, 1, G_GINT64_CONSTANT (253402300800) * G_USEC_PER_SEC);
  struct itimerspec when = { .it_value = { .tv_sec = at / G_USEC_PER_SEC,
                                           .tv_nsec = at % G_USEC_PER_SEC * 1000 } };

  return timerfd_settime (self->fd, TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &when, NULL) == 0;
}

static void
set_timer (PealWakeup *self)
{
  gboolean armed = self->fd >= 0 && set_time (self, self->instant);

  /* Somebody set the clock in this very moment, and the next read will not tell: wake at once. */
  if (!armed && self->fd >= 0 && errno == ECANCELED)
    {
      self->clock_was_set = TRUE;
      armed = set_time (self, 1);
    }
  if (armed)
    g_clear_handle_id (&self->fallback, g_source_remove);
  else
    fall_back (self);
}

static gboolean
timer_cb (int fd, GIOCondition condition, gpointer data)
{
  PealWakeup *self = data;
  guint64 expirations;
  gboolean clock_was_set;

  if (read (fd, &expirations, sizeof expirations) < 0)
    {
      if (errno == EAGAIN || errno == EINTR)
        return G_SOURCE_CONTINUE;
      if (errno == ECANCELED)
        self->clock_was_set = TRUE;
      else
        fall_back (self);
    }
  /* The kernel does not arm again by itself, and what is due may not be dealt with before the next instant is
   * known: until then the old one is past and would fire without end. */
  clock_was_set = self->clock_was_set;
  self->clock_was_set = FALSE;
  self->instant = G_MAXINT64;
  set_timer (self);
  g_signal_emit (self, signals[AWAKE], 0, clock_was_set);
  return G_SOURCE_CONTINUE;
}

static void
peal_wakeup_finalize (GObject *object)
{
  PealWakeup *self = PEAL_WAKEUP (object);

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_handle_id (&self->fallback, g_source_remove);
  if (self->fd >= 0)
    close (self->fd);
  G_OBJECT_CLASS (peal_wakeup_parent_class)->finalize (object);
}

static void
peal_wakeup_class_init (PealWakeupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = peal_wakeup_finalize;
  signals[AWAKE] = g_signal_new ("awake", PEAL_TYPE_WAKEUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
}

static void
peal_wakeup_init (PealWakeup *self)
{
  self->instant = G_MAXINT64;
  self->fd = timerfd_create (CLOCK_REALTIME, TFD_CLOEXEC | TFD_NONBLOCK);
  if (self->fd >= 0)
    self->source = g_unix_fd_add (self->fd, G_IO_IN, timer_cb, self);
  set_timer (self);
}

PealWakeup *
peal_wakeup_new (void)
{
  return g_object_new (PEAL_TYPE_WAKEUP, NULL);
}

void
peal_wakeup_arm (PealWakeup *self, gint64 instant)
{
  g_return_if_fail (PEAL_IS_WAKEUP (self));

  self->instant = instant;
  set_timer (self);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-media-runner-private.h"

#include "peal-media-report.h"

#define PROBE_PATIENCE_US (10 * G_USEC_PER_SEC)
/* A decoder with its libraries may still lie on a slow disk. */
#define PICTURE_PATIENCE_US (20 * G_USEC_PER_SEC)

struct _PealMediaRunner
{
  GObject parent_instance;

  char *program;
  char *bwrap;
  PealClock *clock;
};

G_DEFINE_FINAL_TYPE (PealMediaRunner, peal_media_runner, G_TYPE_OBJECT)

typedef enum
{
  PROP_PROGRAM = 1,
  PROP_BWRAP,
  PROP_CLOCK,
} PealMediaRunnerProps;

static GParamSpec *properties[PROP_CLOCK + 1];

/* What the program wrote, of a future that is resolved: see peal_media_runner_run (). */
static const char *
get_report (DexFuture *done, gsize *length)
{
  return g_bytes_get_data (g_value_get_boxed (dex_future_get_value (done, NULL)), length);
}

static DexFuture *
read_facts_cb (DexFuture *done, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  const char *report = get_report (done, &length);
  PealMediaFacts *facts = peal_media_report_parse (report, length, &error);

  if (facts == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_boxed (PEAL_TYPE_MEDIA_FACTS, facts);
}

/* @user_data: the side that was asked for */
static DexFuture *
read_picture_cb (DexFuture *done, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  const char *report = get_report (done, &length);
  PealPicture *picture =
      peal_media_report_parse_picture (report, length, GPOINTER_TO_INT (user_data), &error);

  if (picture == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_boxed (PEAL_TYPE_PICTURE, picture);
}

static DexFuture *
run_for_picture (PealMediaRunner *self,
                 const char *const *arguments,
                 int fd,
                 int max_side,
                 GCancellable *cancellable)
{
  DexFuture *done = peal_media_runner_run (self, arguments, fd, PICTURE_PATIENCE_US,
                                           peal_media_report_get_picture_max (max_side), cancellable);

  return dex_future_then (done, read_picture_cb, GINT_TO_POINTER (max_side), NULL);
}

static void
peal_media_runner_constructed (GObject *object)
{
  PealMediaRunner *self = PEAL_MEDIA_RUNNER (object);

  G_OBJECT_CLASS (peal_media_runner_parent_class)->constructed (object);

  g_assert (self->program != NULL);
  g_assert (PEAL_IS_CLOCK (self->clock));
}

static void
peal_media_runner_dispose (GObject *object)
{
  PealMediaRunner *self = PEAL_MEDIA_RUNNER (object);

  g_clear_object (&self->clock);

  G_OBJECT_CLASS (peal_media_runner_parent_class)->dispose (object);
}

static void
peal_media_runner_finalize (GObject *object)
{
  PealMediaRunner *self = PEAL_MEDIA_RUNNER (object);

  g_clear_pointer (&self->program, g_free);
  g_clear_pointer (&self->bwrap, g_free);

  G_OBJECT_CLASS (peal_media_runner_parent_class)->finalize (object);
}

static void
peal_media_runner_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PealMediaRunner *self = PEAL_MEDIA_RUNNER (object);

  switch ((PealMediaRunnerProps)id)
    {
    case PROP_PROGRAM:
      g_value_set_string (value, self->program);
      break;
    case PROP_BWRAP:
      g_value_set_string (value, self->bwrap);
      break;
    case PROP_CLOCK:
      g_value_set_object (value, self->clock);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_media_runner_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealMediaRunner *self = PEAL_MEDIA_RUNNER (object);

  switch ((PealMediaRunnerProps)id)
    {
    case PROP_PROGRAM:
      self->program = g_value_dup_string (value);
      break;
    case PROP_BWRAP:
      self->bwrap = g_value_dup_string (value);
      break;
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_media_runner_class_init (PealMediaRunnerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags =
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->constructed = peal_media_runner_constructed;
  object_class->dispose = peal_media_runner_dispose;
  object_class->finalize = peal_media_runner_finalize;
  object_class->get_property = peal_media_runner_get_property;
  object_class->set_property = peal_media_runner_set_property;

  properties[PROP_PROGRAM] = g_param_spec_string ("program", NULL, NULL, NULL, flags);
  properties[PROP_BWRAP] = g_param_spec_string ("bwrap", NULL, NULL, NULL, flags);
  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, PEAL_TYPE_CLOCK, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
peal_media_runner_init (PealMediaRunner *self)
{
}

PealMediaRunner *
peal_media_runner_new (const char *program, const char *bwrap, PealClock *clock)
{
  g_return_val_if_fail (program != NULL, NULL);
  g_return_val_if_fail (PEAL_IS_CLOCK (clock), NULL);

  return g_object_new (PEAL_TYPE_MEDIA_RUNNER, "program", program, "bwrap", bwrap, "clock", clock, NULL);
}

char *
peal_media_runner_find_bwrap (void)
{
  return g_find_program_in_path ("bwrap");
}

const char *
peal_media_runner_get_program (PealMediaRunner *self)
{
  g_return_val_if_fail (PEAL_IS_MEDIA_RUNNER (self), NULL);

  return self->program;
}

const char *
peal_media_runner_get_bwrap (PealMediaRunner *self)
{
  g_return_val_if_fail (PEAL_IS_MEDIA_RUNNER (self), NULL);

  return self->bwrap;
}

PealClock *
peal_media_runner_get_clock (PealMediaRunner *self)
{
  g_return_val_if_fail (PEAL_IS_MEDIA_RUNNER (self), NULL);

  return self->clock;
}

DexFuture *
peal_media_runner_probe (PealMediaRunner *self, int fd, GCancellable *cancellable)
{
  static const char *const arguments[] = { "probe", NULL };

  dex_return_error_if_fail (PEAL_IS_MEDIA_RUNNER (self));

  return dex_future_then (
      peal_media_runner_run (self, arguments, fd, PROBE_PATIENCE_US, PEAL_MEDIA_REPORT_MAX, cancellable),
      read_facts_cb, NULL, NULL);
}

DexFuture *
peal_media_runner_frame (PealMediaRunner *self, int fd, gint64 at_us, int max_side, GCancellable *cancellable)
{
  g_autofree char *at = g_strdup_printf ("%" G_GINT64_FORMAT, at_us);
  g_autofree char *side = g_strdup_printf ("%d", max_side);
  const char *arguments[] = { "frame", "--at", at, "--max-side", side, NULL };

  dex_return_error_if_fail (PEAL_IS_MEDIA_RUNNER (self));
  dex_return_error_if_fail (at_us >= 0);
  dex_return_error_if_fail (max_side >= 1 && max_side <= PEAL_PICTURE_MAX_SIDE);

  return run_for_picture (self, arguments, fd, max_side, cancellable);
}

DexFuture *
peal_media_runner_picture (PealMediaRunner *self, int fd, int max_side, GCancellable *cancellable)
{
  g_autofree char *side = g_strdup_printf ("%d", max_side);
  const char *arguments[] = { "picture", "--max-side", side, NULL };

  dex_return_error_if_fail (PEAL_IS_MEDIA_RUNNER (self));
  dex_return_error_if_fail (max_side >= 1 && max_side <= PEAL_PICTURE_MAX_SIDE);

  return run_for_picture (self, arguments, fd, max_side, cancellable);
}

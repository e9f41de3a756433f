/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-media-runner.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "peal-error.h"
#include "peal-fiber.h"
#include "peal-media-open.h"
#include "peal-media-report.h"

#define TIMEOUT_US (10 * G_USEC_PER_SEC)
#define VIDEO_FD 3
/* What bubblewrap ends with when it cannot make a sandbox. */
#define BWRAP_FAILED 1

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

/* One request, which the caller may drop before it is done. */
typedef struct
{
  PealMediaRunner *runner;
  GCancellable *cancellable;
  int fd;
} Probe;

static void
probe_free (Probe *self)
{
  g_clear_object (&self->runner);
  g_clear_object (&self->cancellable);
  g_clear_fd (&self->fd, NULL);
  g_free (self);
}

/* One run of the program. Whoever listens may outlive whoever waits. */
typedef struct
{
  gatomicrefcount refs;
  GSubprocess *process;
  GByteArray *output;
} Run;

static Run *
run_new (void)
{
  Run *self = g_new0 (Run, 1);

  g_atomic_ref_count_init (&self->refs);
  self->output = g_byte_array_new ();
  return self;
}

static Run *
run_ref (Run *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

static void
run_unref (Run *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_clear_object (&self->process);
  g_clear_pointer (&self->output, g_byte_array_unref);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_unref)

static GError *
new_error (const char *reason, const char *message)
{
  return peal_error_new (PEAL_ERROR_MEDIA, reason, "%s", message);
}

/* (transfer full): how to start the program, in a sandbox or bare. /usr is all that it needs: it loads
 * GStreamer from there, and reads no configuration. */
static GStrv
build_command (PealMediaRunner *self, gboolean in_sandbox)
{
  static const char *const sandbox[] = {
    "--unshare-all",
    "--die-with-parent",
    "--new-session",
    "--clearenv",
    "--cap-drop",
    "ALL",
    "--ro-bind",
    "/usr",
    "/usr",
    "--symlink",
    "usr/bin",
    "/bin",
    "--symlink",
    "usr/lib",
    "/lib",
    "--symlink",
    "usr/lib64",
    "/lib64",
    "--ro-bind-try",
    "/etc/ld.so.cache",
    "/etc/ld.so.cache",
    "--dev",
    "/dev",
    "--tmpfs",
    "/tmp",
    NULL,
  };
  g_autoptr (GStrvBuilder) command = g_strv_builder_new ();

  if (in_sandbox)
    {
      g_strv_builder_add (command, self->bwrap);
      g_strv_builder_addv (command, (const char **)sandbox);
      if (!g_str_has_prefix (self->program, "/usr/"))
        g_strv_builder_add_many (command, "--ro-bind", self->program, self->program, NULL);
      g_strv_builder_add (command, "--");
    }
  g_strv_builder_add_many (command, self->program, "probe", NULL);
  return g_strv_builder_end (command);
}

static GSubprocess *
start (Probe *probe, gboolean in_sandbox, GError **error)
{
  g_auto (GStrv) nothing = g_new0 (char *, 1);
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_auto (GStrv) command = build_command (probe->runner, in_sandbox);
  int fd = fcntl (probe->fd, F_DUPFD_CLOEXEC, VIDEO_FD + 1);

  if (fd < 0)
    {
      g_propagate_error (error, new_error ("probe_failed", g_strerror (errno)));
      return NULL;
    }
  g_subprocess_launcher_set_environ (launcher, nothing);
  g_subprocess_launcher_set_cwd (launcher, "/");
  g_subprocess_launcher_take_fd (launcher, fd, VIDEO_FD);
  return g_subprocess_launcher_spawnv (launcher, (const char *const *)command, error);
}

/* Resolves when the program has ended, or has said more than it may. */
static DexFuture *
listen_fiber (gpointer user_data)
{
  Run *self = user_data;
  GInputStream *stream = g_subprocess_get_stdout_pipe (self->process);

  while (self->output->len <= PEAL_MEDIA_REPORT_MAX)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;

      bytes = dex_await_boxed (
          dex_input_stream_read_bytes (stream, PEAL_MEDIA_REPORT_MAX + 1, G_PRIORITY_DEFAULT), &error);
      if (bytes == NULL)
        return dex_future_new_for_error (g_steal_pointer (&error));
      if (g_bytes_get_size (bytes) == 0)
        break;
      g_byte_array_append (self->output, g_bytes_get_data (bytes, NULL), (guint)g_bytes_get_size (bytes));
    }
  if (self->output->len > PEAL_MEDIA_REPORT_MAX)
    g_subprocess_force_exit (self->process);
  /* How it ended is read off the process; that it failed is no error here. */
  dex_await (dex_subprocess_wait_check (self->process), NULL);
  return dex_future_new_true ();
}

/* (transfer full): the program's run, ended one way or the other. */
static Run *
run (Probe *probe, gboolean in_sandbox, GError **error)
{
  g_autoptr (Run) self = run_new ();
  g_autoptr (DexFuture) heard = NULL;

  if (!(self->process = start (probe, in_sandbox, error)))
    return NULL;
  heard = peal_fiber_spawn_to_end (listen_fiber, run_ref (self), (GDestroyNotify)run_unref);
  if (!dex_await (dex_future_first (dex_ref (heard),
                                    peal_clock_sleep (probe->runner->clock, TIMEOUT_US, probe->cancellable),
                                    NULL),
                  error))
    {
      g_subprocess_force_exit (self->process);
      return NULL;
    }
  if (dex_future_is_pending (heard))
    {
      g_subprocess_force_exit (self->process);
      g_propagate_error (error, new_error ("probe_timeout", "The video could not be read in time"));
      return NULL;
    }
  return g_steal_pointer (&self);
}

/* The first line of a report is written before the video is looked at. So without it the sandbox did not come
 * about, and with it a video that crashed its reader is never given to a bare one. */
static gboolean
has_sandbox_failed (Run *self)
{
  return self->output->len == 0 && g_subprocess_get_if_exited (self->process)
         && g_subprocess_get_exit_status (self->process) == BWRAP_FAILED;
}

static DexFuture *
probe_fiber (gpointer user_data)
{
  Probe *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (Run) done = NULL;
  PealMediaFacts *facts = NULL;

  if (self->runner->bwrap != NULL)
    {
      if (!(done = run (self, TRUE, &error)) && error->domain != G_SPAWN_ERROR)
        return dex_future_new_for_error (g_steal_pointer (&error));
      if (done == NULL || has_sandbox_failed (done))
        g_clear_pointer (&done, run_unref);
      g_clear_error (&error);
    }
  if (done == NULL)
    {
      g_debug ("No sandbox for %s, which limits itself", self->runner->program);
      if (!(done = run (self, FALSE, &error)))
        {
          if (error->domain == G_SPAWN_ERROR)
            return dex_future_new_for_error (new_error ("probe_failed", error->message));
          return dex_future_new_for_error (g_steal_pointer (&error));
        }
    }
  facts = peal_media_report_parse ((const char *)done->output->data, done->output->len, &error);
  if (facts == NULL)
    return dex_future_new_for_error (g_steal_pointer (&error));
  return dex_future_new_take_boxed (PEAL_TYPE_MEDIA_FACTS, facts);
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

DexFuture *
peal_media_runner_probe (PealMediaRunner *self, int fd, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  Probe *probe = NULL;
  int own_fd;

  dex_return_error_if_fail (PEAL_IS_MEDIA_RUNNER (self));
  dex_return_error_if_fail (fd >= 0);
  dex_return_error_if_fail (cancellable == NULL || G_IS_CANCELLABLE (cancellable));

  if (!peal_media_check_file (fd, &error))
    return dex_future_new_for_error (g_steal_pointer (&error));
  own_fd = fcntl (fd, F_DUPFD_CLOEXEC, 0);
  if (own_fd < 0)
    return dex_future_new_for_error (new_error ("probe_failed", g_strerror (errno)));
  probe = g_new0 (Probe, 1);
  probe->runner = g_object_ref (self);
  probe->fd = own_fd;
  g_set_object (&probe->cancellable, cancellable);
  return dex_scheduler_spawn (NULL, 0, probe_fiber, probe, (GDestroyNotify)probe_free);
}

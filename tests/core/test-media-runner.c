/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peal-error.h"
#include "peal-fake-clock.h"
#include "peal-media-runner.h"
#include "peal-test-fiber.h"
#include "peal-test-tree.h"

#define GOOD                                                                                                 \
  "peal-media 1\ncontainer=mp4\nsize=1\nduration_us=1\nwidth=1\nheight=1\nrotation=0\n"                      \
  "fps_num=1\nfps_den=1\nend\n"

/* What a stand-in for peal-media does, and what becomes of it. How a true one reads videos is tested with it.
 */
typedef struct
{
  const char *script;
  const char *reason;
} Case;

/* Open in this process, and left open at exec by whoever opened it. */
#define OPEN_FD 77

static char *dir;

static char *
make_script (const char *name, const char *body)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\n%s\n", body);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
  g_assert_no_errno (g_chmod (path, 0700));
  return g_steal_pointer (&path);
}

static int
open_film (void)
{
  g_autofree char *path = g_build_filename (dir, "film.mp4", NULL);
  g_autoptr (GError) error = NULL;
  int fd;

  g_assert_true (g_file_set_contents (path, "film", -1, NULL));
  fd = peal_media_open (path, &error);
  g_assert_no_error (error);
  return fd;
}

static DexFuture *
test_answer (gpointer user_data)
{
  const Case *self = user_data;
  g_autofree char *program = make_script ("answer", self->script);
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (PealMediaRunner) runner = peal_media_runner_new (program, NULL, PEAL_CLOCK (clock));
  g_autoptr (PealMediaFacts) facts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofd int fd = open_film ();

  facts = dex_await_boxed (peal_media_runner_probe (runner, fd, NULL), &error);
  if (self->reason == NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpstr (facts->container, ==, "mp4");
      return dex_future_new_true ();
    }
  g_assert_null (facts);
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_MEDIA);
  g_assert_cmpstr (peal_error_get_reason (error), ==, self->reason);
  return dex_future_new_true ();
}

static const struct
{
  const char *path;
  Case test;
} answers[] = {
  { "/media-runner/answer/good", { "printf '" GOOD "'", NULL } },
  { "/media-runner/answer/reads-fd-3", { "read x <&3; [ \"$x\" = film ] && printf '" GOOD "'", NULL } },
  { "/media-runner/answer/asked-to-probe", { "[ \"$*\" = probe ] && printf '" GOOD "'", NULL } },
  { "/media-runner/answer/bare-environment",
    { "[ -z \"$HOME$DBUS_SESSION_BUS_ADDRESS\" ] && printf '" GOOD "'", NULL } },
  { "/media-runner/answer/inherits-nothing-else",
    { "[ ! -e /proc/$$/fd/" G_STRINGIFY (OPEN_FD) " ] && printf '" GOOD "'", NULL } },
  { "/media-runner/answer/in-pieces",
    { "printf 'peal-media 1\n'; sleep 0.1; printf '" GOOD "' | sed 1d", NULL } },
  { "/media-runner/answer/damaged",
    { "printf 'peal-media 1\nerror=video_damaged\nmessage=x\nend\n'", "video_damaged" } },
  { "/media-runner/answer/nothing", { "exit 0", "probe_failed" } },
  { "/media-runner/answer/crash", { "printf 'peal-media 1\n'; kill -SEGV $$", "probe_failed" } },
  { "/media-runner/answer/endless",
    { "while :; do echo xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx; done", "probe_failed" } },
};

/* Asked for a frame or a picture of 4 × 4 pixels at most: the report may have PEAL_MEDIA_REPORT_MAX bytes. */
#define ONE_PIXEL "printf 'peal-media 1\npicture=1x1\nRGBA'"
#define FILL(n) "head -c " n " /dev/zero"

static const struct
{
  const char *path;
  gboolean is_frame;
  Case test;
} picture_answers[] = {
  { "/media-runner/frame/good", TRUE, { ONE_PIXEL, NULL } },
  { "/media-runner/frame/reads-fd-3", TRUE, { "read x <&3; [ \"$x\" = film ] && " ONE_PIXEL, NULL } },
  { "/media-runner/frame/arguments",
    TRUE,
    { "[ \"$*\" = 'frame --at 1500000 --max-side 4' ] && " ONE_PIXEL, NULL } },
  { "/media-runner/frame/in-pieces",
    TRUE,
    { "printf 'peal-media 1\npicture=1x'; sleep 0.1; printf '1\nRG'; sleep 0.1; printf BA", NULL } },
  { "/media-runner/frame/missing",
    TRUE,
    { "printf 'peal-media 1\nerror=frame_missing\nmessage=x\nend\n'", "frame_missing" } },
  { "/media-runner/frame/too-little", TRUE, { "printf 'peal-media 1\npicture=1x1\nRGB'", "probe_failed" } },
  { "/media-runner/frame/too-much", TRUE, { ONE_PIXEL "; printf A", "probe_failed" } },
  { "/media-runner/frame/too-large",
    TRUE,
    { "printf 'peal-media 1\npicture=5x1\n'; " FILL ("20"), "probe_failed" } },
  { "/media-runner/frame/endless",
    TRUE,
    { "printf 'peal-media 1\npicture=4x4\n'; exec cat /dev/zero", "probe_failed" } },
  { "/media-runner/frame/facts", TRUE, { "printf '" GOOD "'", "probe_failed" } },
  { "/media-runner/frame/nothing", TRUE, { "exit 0", "probe_failed" } },
  { "/media-runner/frame/crash",
    TRUE,
    { "printf 'peal-media 1\npicture=1x1\nR'; kill -SEGV $$", "probe_failed" } },
  /* What was said whole counts, whatever came of the speaker. */
  { "/media-runner/frame/crash-afterwards", TRUE, { ONE_PIXEL "; kill -SEGV $$", NULL } },
  { "/media-runner/picture/good", FALSE, { ONE_PIXEL, NULL } },
  { "/media-runner/picture/arguments", FALSE, { "[ \"$*\" = 'picture --max-side 4' ] && " ONE_PIXEL, NULL } },
  { "/media-runner/picture/too-large",
    FALSE,
    { "printf 'peal-media 1\nerror=picture_too_large\nmessage=x\nend\n'", "picture_too_large" } },
};

static DexFuture *
test_picture_answer (gpointer user_data)
{
  gsize i = GPOINTER_TO_SIZE (user_data);
  const Case *self = &picture_answers[i].test;
  g_autofree char *program = make_script ("answer", self->script);
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (PealMediaRunner) runner = peal_media_runner_new (program, NULL, PEAL_CLOCK (clock));
  g_autoptr (PealPicture) picture = NULL;
  g_autoptr (GError) error = NULL;
  g_autofd int fd = open_film ();

  if (picture_answers[i].is_frame)
    picture = dex_await_boxed (peal_media_runner_frame (runner, fd, 1500000, 4, NULL), &error);
  else
    picture = dex_await_boxed (peal_media_runner_picture (runner, fd, 4, NULL), &error);
  if (self->reason == NULL)
    {
      g_assert_no_error (error);
      g_assert_cmpint (picture->width, ==, 1);
      g_assert_cmpint (picture->height, ==, 1);
      g_assert_cmpmem (g_bytes_get_data (picture->rgba, NULL), g_bytes_get_size (picture->rgba), "RGBA", 4);
      return dex_future_new_true ();
    }
  g_assert_null (picture);
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_MEDIA);
  g_assert_cmpstr (peal_error_get_reason (error), ==, self->reason);
  return dex_future_new_true ();
}

/* The largest that there is arrives whole. */
static DexFuture *
test_largest (gpointer user_data)
{
  g_autofree char *program =
      make_script ("answer", "printf 'peal-media 1\npicture=2048x2048\n'; " FILL ("16777216"));
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (PealMediaRunner) runner = peal_media_runner_new (program, NULL, PEAL_CLOCK (clock));
  g_autoptr (PealPicture) picture = NULL;
  g_autoptr (GError) error = NULL;
  g_autofd int fd = open_film ();

  picture = dex_await_boxed (peal_media_runner_frame (runner, fd, 0, PEAL_PICTURE_MAX_SIDE, NULL), &error);
  g_assert_no_error (error);
  g_assert_cmpint (picture->width, ==, 2048);
  g_assert_cmpint (g_bytes_get_size (picture->rgba), ==, 16777216);
  return dex_future_new_true ();
}

static DexFuture *
test_no_program (gpointer user_data)
{
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (PealMediaRunner) runner =
      peal_media_runner_new ("/nonexistent/peal-media", NULL, PEAL_CLOCK (clock));
  g_autoptr (GError) error = NULL;
  g_autofd int fd = open_film ();

  g_assert_null (dex_await_boxed (peal_media_runner_probe (runner, fd, NULL), &error));
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_MEDIA);
  g_assert_cmpstr (peal_error_get_reason (error), ==, "probe_failed");
  return dex_future_new_true ();
}

/* The process of @pidfile, once it has said who it is. */
static pid_t
wait_for_pid (const char *pidfile)
{
  for (;;)
    {
      g_autofree char *text = NULL;

      if (g_file_get_contents (pidfile, &text, NULL, NULL) && g_str_has_suffix (text, "\n"))
        return (pid_t)g_ascii_strtoll (text, NULL, 10);
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
}

static void
assert_gone (pid_t pid)
{
  while (kill (pid, 0) == 0)
    {
      g_main_context_iteration (NULL, FALSE);
      g_thread_yield ();
    }
}

typedef enum
{
  JOB_PROBE,
  JOB_FRAME,
  JOB_PICTURE,
} Job;

static DexFuture *
start_job (Job job, PealMediaRunner *runner, int fd, GCancellable *cancellable)
{
  if (job == JOB_FRAME)
    return peal_media_runner_frame (runner, fd, 0, 4, cancellable);
  if (job == JOB_PICTURE)
    return peal_media_runner_picture (runner, fd, 4, cancellable);
  return peal_media_runner_probe (runner, fd, cancellable);
}

static DexFuture *
start_endless (Job job, const char *pidfile, PealFakeClock *clock, GCancellable *cancellable)
{
  g_autofree char *body =
      g_strdup_printf ("echo $$ >'%s'; printf 'peal-media 1\n'; exec sleep 1000", pidfile);
  g_autofree char *program = make_script ("endless", body);
  g_autoptr (PealMediaRunner) runner = peal_media_runner_new (program, NULL, PEAL_CLOCK (clock));
  g_autofd int fd = open_film ();

  g_unlink (pidfile);
  return start_job (job, runner, fd, cancellable);
}

static void
test_watchdog (gconstpointer user_data)
{
  g_autofree char *pidfile = g_build_filename (dir, "pid", NULL);
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (DexFuture) probe = start_endless ((Job)GPOINTER_TO_INT (user_data), pidfile, clock, NULL);
  g_autoptr (GError) error = NULL;
  pid_t pid = wait_for_pid (pidfile);
  gint64 patience_us = (GPOINTER_TO_INT (user_data) == JOB_PROBE ? 10 : 20) * G_USEC_PER_SEC;

  peal_fake_clock_advance (clock, patience_us - 1);
  g_assert_true (dex_future_is_pending (probe));
  g_assert_no_errno (kill (pid, 0));
  peal_fake_clock_advance (clock, 1);
  g_assert_true (dex_future_is_rejected (probe));
  dex_future_get_value (probe, &error);
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_MEDIA);
  g_assert_cmpstr (peal_error_get_reason (error), ==, "probe_timeout");
  assert_gone (pid);
}

static void
test_cancelled (gconstpointer user_data)
{
  g_autofree char *pidfile = g_build_filename (dir, "pid", NULL);
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (DexFuture) probe = start_endless ((Job)GPOINTER_TO_INT (user_data), pidfile, clock, cancellable);
  g_autoptr (DexFuture) done = NULL;
  g_autoptr (GError) error = NULL;
  pid_t pid = wait_for_pid (pidfile);

  g_cancellable_cancel (cancellable);
  done = peal_test_await (g_steal_pointer (&probe));
  dex_future_get_value (done, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_gone (pid);
}

/* Which of the sandbox's ways to end leads to a try without it: "bwrap" does @body and starts nothing. */
static const struct
{
  const char *path;
  const char *body;
  gboolean tries_again;
} sandboxes[] = {
  { "/media-runner/sandbox/forbidden", "echo 'bwrap: No permissions' >&2; exit 1", TRUE },
  { "/media-runner/sandbox/reader-crashed", "printf 'peal-media 1\n'; exit 139", FALSE },
  { "/media-runner/sandbox/reader-failed", "printf 'peal-media 1\n'; exit 1", FALSE },
  { "/media-runner/sandbox/killed", "kill -KILL $$", FALSE },
  { "/media-runner/sandbox/crashed-unheard", "exit 139", FALSE },
};

static DexFuture *
test_sandbox (gpointer user_data)
{
  gsize i = GPOINTER_TO_SIZE (user_data);
  g_autofree char *program = make_script ("reader", "printf '" GOOD "'");
  g_autofree char *bwrap = make_script ("bwrap", sandboxes[i].body);
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (PealMediaRunner) runner = peal_media_runner_new (program, bwrap, PEAL_CLOCK (clock));
  g_autoptr (PealMediaFacts) facts = NULL;
  g_autofd int fd = open_film ();

  facts = dex_await_boxed (peal_media_runner_probe (runner, fd, NULL), NULL);
  g_assert_cmpint (facts != NULL, ==, sandboxes[i].tries_again);
  return dex_future_new_true ();
}

static DexFuture *
test_sandbox_missing (gpointer user_data)
{
  g_autofree char *program = make_script ("reader", "printf '" GOOD "'");
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (PealMediaRunner) runner =
      peal_media_runner_new (program, "/nonexistent/bwrap", PEAL_CLOCK (clock));
  g_autoptr (PealMediaFacts) facts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofd int fd = open_film ();

  facts = dex_await_boxed (peal_media_runner_probe (runner, fd, NULL), &error);
  g_assert_no_error (error);
  g_assert_nonnull (facts);
  return dex_future_new_true ();
}

static DexFuture *
test_no_film (gpointer user_data)
{
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (PealMediaRunner) runner = peal_media_runner_new ("/bin/false", NULL, PEAL_CLOCK (clock));
  g_autofd int folder = open ("/", O_RDONLY | O_CLOEXEC);
  g_autofd int null = open ("/dev/null", O_RDONLY | O_CLOEXEC);
  g_autoptr (GError) is_folder = NULL;
  g_autoptr (GError) is_device = NULL;

  g_assert_null (dex_await_boxed (peal_media_runner_probe (runner, folder, NULL), &is_folder));
  g_assert_cmpstr (peal_error_get_reason (is_folder), ==, "file_is_directory");
  g_assert_null (dex_await_boxed (peal_media_runner_probe (runner, null, NULL), &is_device));
  g_assert_cmpstr (peal_error_get_reason (is_device), ==, "file_not_regular");
  g_assert_finalize_object (g_steal_pointer (&runner));
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  int status;

  dex_init ();
  g_test_init (&argc, &argv, NULL);
  dir = g_dir_make_tmp ("peal-test-XXXXXX", NULL);
  g_assert_nonnull (dir);
  g_assert_no_errno (dup2 (STDERR_FILENO, OPEN_FD));
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    peal_test_add_fiber (answers[i].path, &answers[i].test, test_answer);
  for (gsize i = 0; i < G_N_ELEMENTS (picture_answers); i++)
    peal_test_add_fiber (picture_answers[i].path, GSIZE_TO_POINTER (i), test_picture_answer);
  peal_test_add_fiber ("/media-runner/frame/largest", NULL, test_largest);
  for (gsize i = 0; i < G_N_ELEMENTS (sandboxes); i++)
    peal_test_add_fiber (sandboxes[i].path, GSIZE_TO_POINTER (i), test_sandbox);
  peal_test_add_fiber ("/media-runner/sandbox/missing", NULL, test_sandbox_missing);
  peal_test_add_fiber ("/media-runner/no-program", NULL, test_no_program);
  peal_test_add_fiber ("/media-runner/no-film", NULL, test_no_film);
  g_test_add_data_func ("/media-runner/watchdog", GINT_TO_POINTER (JOB_PROBE), test_watchdog);
  g_test_add_data_func ("/media-runner/watchdog/frame", GINT_TO_POINTER (JOB_FRAME), test_watchdog);
  g_test_add_data_func ("/media-runner/watchdog/picture", GINT_TO_POINTER (JOB_PICTURE), test_watchdog);
  g_test_add_data_func ("/media-runner/cancelled", GINT_TO_POINTER (JOB_PROBE), test_cancelled);
  g_test_add_data_func ("/media-runner/cancelled/frame", GINT_TO_POINTER (JOB_FRAME), test_cancelled);
  status = g_test_run ();
  peal_test_remove_tree (dir);
  g_clear_pointer (&dir, g_free);
  return status;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-explorer-run.h"

#include <fcntl.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <sys/eventfd.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "peal-test-tree.h"

#define MAX_LIVES 8
#define N_WORKERS 4
#define SECOND G_GINT64_CONSTANT (1000000)
#define GRACE (2 * 3600 * SECOND)
/* 2026-11-24 18:00 UTC */
#define START (G_GINT64_CONSTANT (1795543200) * SECOND)

struct _PealExplorer
{
  char *directory, *template;
  PealRunPlan *shared;
  PealRunPlan prepared;
};

/* Nothing here may start a thread, as GIO does. */

static void
copy_tree (const char *from, const char *to)
{
  g_autoptr (GDir) directory = g_dir_open (from, 0, NULL);
  const char *name;

  if (directory == NULL)
    {
      g_autofree char *content = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (from, &content, &length, NULL));
      g_assert_true (
          g_file_set_contents_full (to, content, (gssize)length, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
      return;
    }
  g_assert_cmpint (g_mkdir_with_parents (to, 0700), ==, 0);
  while ((name = g_dir_read_name (directory)) != NULL)
    {
      g_autofree char *child = g_build_filename (from, name, NULL);
      g_autofree char *copy = g_build_filename (to, name, NULL);

      copy_tree (child, copy);
    }
}

/* Memory that the processes share. */
static gpointer
map (gsize size)
{
  gpointer memory = mmap (NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);

  g_assert_true (memory != MAP_FAILED);
  return memory;
}

/* GLib made its eventfds before main (), so that all processes here share them, and one takes what was to
 * wake another. */
static void
part_from_others (void)
{
  for (int fd = 3; fd < 16; fd++)
    {
      g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", fd);
      g_autofree char *target = g_file_read_link (path, NULL);
      int fresh;

      if (g_strcmp0 (target, "anon_inode:[eventfd]") != 0)
        continue;
      fresh = eventfd (0, EFD_CLOEXEC | EFD_NONBLOCK);
      g_assert_cmpint (dup3 (fresh, fd, O_CLOEXEC), ==, fd);
      close (fresh);
    }
}

static int
live (PealRunPlan *run, void (*func) (PealRunPlan *run))
{
  pid_t pid = fork ();
  int status;

  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      part_from_others ();
      func (run);
    }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  return WIFEXITED (status) ? WEXITSTATUS (status) : -WTERMSIG (status);
}

PealExplorer *
peal_explorer_new (void)
{
  PealExplorer *self = g_new0 (PealExplorer, 1);
  PealRunPlan *run = NULL;

  self->directory =
      g_strdup_printf ("%s/peal-explorer-XXXXXX",
                       g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir ());
  g_assert_nonnull (g_mkdtemp (self->directory));
  self->template = g_build_filename (self->directory, "template", NULL);
  run = self->shared = map (sizeof *run);
  run->stand_in.now = START;
  g_strlcpy (run->directory, self->template, sizeof run->directory);
  g_snprintf (run->media, sizeof run->media, "%s/media", self->directory);
  g_assert_cmpint (live (run, peal_life_prepare), ==, 0);
  self->prepared = *run;
  return self;
}

void
peal_explorer_free (PealExplorer *self)
{
  peal_test_remove_tree (self->directory);
  munmap (self->shared, sizeof *self->shared);
  g_free (self->directory);
  g_free (self->template);
  g_free (self);
}

static void
set_up (PealExplorer *self, PealRunPlan *run)
{
  g_snprintf (run->directory, sizeof run->directory, "%s/run-%d", self->directory, (int)getpid ());
  g_strlcpy (run->media, self->prepared.media, sizeof run->media);
  copy_tree (self->template, run->directory);
  if (run->deed == PEAL_DEED_MEDIA)
    {
      g_snprintf (run->media, sizeof run->media, "%s/media", run->directory);
      copy_tree (self->prepared.media, run->media);
    }
  run->stand_in.now = run->started = START;
  run->stand_in.generation = self->prepared.stand_in.generation;
  run->stored_generation = self->prepared.stored_generation;
}

void
peal_explorer_run (PealExplorer *self, PealRunPlan *run)
{
  int status;

  set_up (self, run);
  *self->shared = *run;
  do
    {
      self->shared->n_lives++;
      self->shared->stand_in.now += 3 * SECOND;
      status = live (self->shared, peal_life_go_on);
    }
  while (status == PEAL_CRASHED && self->shared->n_lives < MAX_LIVES);
  if (status != 0)
    g_snprintf (self->shared->state, sizeof self->shared->state, "exit %d", status);
  /* What is still under way arrives, whoever waits for it or not. */
  self->shared->now_after = self->shared->stand_in.now - self->shared->stand_in.ahead_us;
  self->shared->stand_in.now += 26 * 3600 * SECOND;
  peal_stand_in_update (&self->shared->stand_in);
  *run = *self->shared;
  peal_test_remove_tree (run->directory);
}

static void
work (PealExplorer *self, PealRunPlan *runs, guint n_runs, int *next)
{
  self->shared = map (sizeof *self->shared);
  for (guint i; (i = (guint)g_atomic_int_add (next, 1)) < n_runs;)
    peal_explorer_run (self, &runs[i]);
  _exit (0);
}

void
peal_explorer_run_all (PealExplorer *self, PealRunPlan *runs, guint n_runs)
{
  PealRunPlan *shared = map (n_runs * sizeof *runs);
  int *next = map (sizeof *next);
  pid_t workers[N_WORKERS];
  int status;

  memcpy (shared, runs, n_runs * sizeof *runs);
  for (int i = 0; i < N_WORKERS; i++)
    if ((workers[i] = fork ()) == 0)
      work (self, shared, n_runs, next);
  for (int i = 0; i < N_WORKERS; i++)
    {
      g_assert_cmpint (waitpid (workers[i], &status, 0), ==, workers[i]);
      g_assert_cmpint (status, ==, 0);
    }
  memcpy (runs, shared, n_runs * sizeof *runs);
  munmap (shared, n_runs * sizeof *runs);
  munmap (next, sizeof *next);
}

static gboolean
may_need_review (const PealRunPlan *run)
{
  for (guint i = 0; i < G_N_ELEMENTS (run->stand_in.faults); i++)
    {
      const PealFault *fault = run->stand_in.faults[i];

      if (fault != NULL && (fault->may_need_review || (fault->has_no_end && run->deed == PEAL_DEED_SLEEP)))
        return TRUE;
    }
  return FALSE;
}

static const char *
judge_held (const PealRunPlan *run, guint n)
{
  if (n > 0)
    return "published, and held";
  if (g_str_equal (run->hold, "missed"))
    return run->now_after - run->started > GRACE ? NULL : "missed without cause";
  if (g_str_equal (run->hold, "media_changed"))
    return run->deed == PEAL_DEED_MEDIA ? NULL : "changed without cause";
  return "held without cause";
}

static const char *
judge_state (const PealRunPlan *run, guint n)
{
  if (g_str_equal (run->state, "published"))
    return n == 1 ? NULL : "called published";
  if (g_str_equal (run->state, "needs_review"))
    return may_need_review (run) ? NULL : "review without cause";
  if (g_str_equal (run->state, "cancelled"))
    return n == 0 && run->deed == PEAL_DEED_CANCEL && run->asked == PEAL_ASKED_GRANTED ? NULL
                                                                                       : "called cancelled";
  if (g_str_equal (run->state, "held"))
    return judge_held (run, n);
  return "ended badly";
}

/* What the user was told of the wish holds. */
static const char *
judge_wish (const PealRunPlan *run, guint n)
{
  guint n_new = peal_stand_in_count (&run->stand_in, PEAL_RUN_NEW_CAPTION);

  if (run->asked == PEAL_ASKED_GRANTED && run->deed == PEAL_DEED_CANCEL
      && !g_str_equal (run->state, "cancelled"))
    return "cancelled, and yet";
  if (run->asked == PEAL_ASKED_GRANTED && run->deed == PEAL_DEED_EDIT && n_new != n)
    return "published as it was before the edit";
  if (run->asked == PEAL_ASKED_TOO_LATE && n_new > 0)
    return "edited, and yet refused";
  return NULL;
}

static gboolean
has_published_change (const PealRunPlan *run)
{
  for (guint i = 0; i < run->stand_in.n_slots; i++)
    if (run->stand_in.slots[i].n_published > 0 && run->stand_in.slots[i].has_changed)
      return TRUE;
  return FALSE;
}

char *
peal_explorer_judge (const PealRunPlan *run)
{
  guint n = peal_stand_in_count (&run->stand_in, NULL);
  const char *complaint = NULL;

  if (n > 1)
    complaint = "published twice";
  else if (run->is_stuck)
    complaint = "no end";
  else if (has_published_change (run))
    complaint = "another video was published";
  else if ((complaint = judge_state (run, n)) == NULL)
    complaint = judge_wish (run, n);
  return g_strdup (complaint);
}

char *
peal_explorer_describe (const PealRunPlan *run)
{
  static const char *const deeds[] = {
    "nothing",    "crash",       "SIGTERM",    "cancel", "edit",  "pause",
    "disconnect", "clock ahead", "clock back", "sleep",  "media", "again"
  };

  const PealFault *const *faults = run->stand_in.faults;

  return g_strdup_printf ("%s, %s%s%s, %s at %u/%u (%s)%s → %s%s%s, %u published, %u inits, attempts: %s",
                          run->is_large ? "large" : "small", faults[0] != NULL ? faults[0]->name : "no fault",
                          faults[1] != NULL ? " + " : "", faults[1] != NULL ? faults[1]->name : "",
                          deeds[run->deed], run->at, run->n_points, run->point,
                          run->crash_again_at > 0 ? " and a crash later" : "", run->state,
                          run->hold[0] != '\0' ? " " : "", run->hold,
                          peal_stand_in_count (&run->stand_in, NULL), run->stand_in.n_inits, run->proofs);
}

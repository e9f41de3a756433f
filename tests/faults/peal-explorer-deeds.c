/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "peal-explorer-life-private.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peal-settings.h"

/* What the user and the machine do while a post is on its way. */

static gboolean
look_cb (gpointer data)
{
  peal_publisher_look (peal_life.publisher);
  return G_SOURCE_REMOVE;
}

static DexFuture *
asked_cb (DexFuture *future, gpointer data)
{
  g_autoptr (GError) error = NULL;

  peal_life.run->asked = PEAL_ASKED_GRANTED;
  if (dex_future_get_value (future, &error) == NULL)
    {
      g_assert_cmpint (error->code, ==, PEAL_ERROR_INVALID);
      peal_life.run->asked = PEAL_ASKED_TOO_LATE;
    }
  else
    peal_publisher_stop_post (peal_life.publisher, 1);
  look_cb (NULL);
  return dex_future_new_true ();
}

/* It may be refused, for the post is under way; whatever it is, nobody publishes it a second time. */
static DexFuture *
again_cb (DexFuture *future, gpointer data)
{
  look_cb (NULL);
  return dex_future_new_true ();
}

static void
edit (void)
{
  GVariantDict changes = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&changes, "caption", "s", PEAL_RUN_NEW_CAPTION);
  dex_future_disown (dex_future_finally (
      peal_journal_edit_post (peal_life.journal, 1, g_variant_dict_end (&changes)), asked_cb, NULL, NULL));
}

/* As the bus does it. */
static DexFuture *
disconnect_fiber (gpointer data)
{
  g_autoptr (GError) error = NULL;

  dex_await_uint (peal_journal_hold_account (peal_life.journal, 1), &error);
  g_assert_no_error (error);
  peal_publisher_stop_account (peal_life.publisher, 1);
  dex_await (peal_accounts_disconnect (peal_life.accounts, 1), &error);
  g_assert_no_error (error);
  return dex_future_new_true ();
}

static DexFuture *
pause_fiber (gpointer data)
{
  dex_await (peal_settings_set_paused (peal_life.database, TRUE), NULL);
  peal_publisher_stop_all (peal_life.publisher);
  return dex_future_new_true ();
}

static DexFuture *
terminate_fiber (gpointer data)
{
  peal_life.is_ending = TRUE;
  dex_await (peal_publisher_shut_down (peal_life.publisher), NULL);
  _exit (PEAL_CRASHED);
}

static void
spawn (DexFiberFunc func)
{
  dex_future_disown (dex_scheduler_spawn (NULL, 0, func, NULL, NULL));
}

static void
set_clock (gint64 by)
{
  PealRunPlan *run = peal_life.run;

  run->stand_in.ahead_us += by;
  run->stand_in.now += by;
  run->wrong_until = run->stand_in.now + 5 * G_TIME_SPAN_MINUTE;
  peal_fake_clock_set_real (peal_life.clock, run->stand_in.now);
  dex_future_disown (
      dex_future_finally (peal_journal_note_clock_change (peal_life.journal), again_cb, NULL, NULL));
}

static void
sleep_long (void)
{
  peal_fake_clock_jump (peal_life.clock, 72 * PEAL_LIFE_HOUR);
  peal_life.run->stand_in.now = peal_clock_get_real_us (PEAL_CLOCK (peal_life.clock));
  look_cb (NULL);
}

static void
write_to_media (void)
{
  g_autofree char *path =
      g_build_filename (peal_life.run->media, peal_life.run->is_large ? "large" : "small", NULL);
  g_autofd int fd = open (path, O_WRONLY | O_CLOEXEC);
  const char changed = PEAL_CHANGED_TO;
  struct stat info;

  g_assert_cmpint (fstat (fd, &info), ==, 0);
  g_assert_cmpint (pwrite (fd, &changed, 1, PEAL_CHANGED_AT), ==, 1);
  g_assert_cmpint (futimens (fd, (struct timespec[]){ info.st_atim, info.st_mtim }), ==, 0);
}

gboolean
peal_life_act_cb (gpointer data)
{
  PealRunPlan *run = peal_life.run;

  switch (run->deed)
    {
    case PEAL_DEED_TERMINATE:
      spawn (terminate_fiber);
      break;
    case PEAL_DEED_CANCEL:
      dex_future_disown (
          dex_future_finally (peal_journal_cancel_post (peal_life.journal, 1), asked_cb, NULL, NULL));
      break;
    case PEAL_DEED_EDIT:
      edit ();
      break;
    case PEAL_DEED_PAUSE:
      run->paused_until = run->stand_in.now + G_TIME_SPAN_MINUTE;
      spawn (pause_fiber);
      break;
    case PEAL_DEED_DISCONNECT:
      spawn (disconnect_fiber);
      break;
    case PEAL_DEED_CLOCK_AHEAD:
      set_clock (PEAL_LIFE_HOUR);
      break;
    case PEAL_DEED_CLOCK_BACK:
      set_clock (-24 * PEAL_LIFE_HOUR);
      break;
    case PEAL_DEED_SLEEP:
      sleep_long ();
      break;
    case PEAL_DEED_MEDIA:
      write_to_media ();
      break;
    case PEAL_DEED_AGAIN:
      dex_future_disown (
          dex_future_finally (peal_journal_retry_post (peal_life.journal, 1), again_cb, NULL, NULL));
      break;
    case PEAL_DEED_CRASH:
    case PEAL_DEED_NOTHING:
    case PEAL_N_DEEDS:
    default:
      break;
    }
  return G_SOURCE_REMOVE;
}

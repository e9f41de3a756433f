/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include <glib.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "peal-confine.h"
#include "peal-frame.h"
#include "peal-media-report.h"
#include "peal-picture-file.h"
#include "peal-probe.h"

/* peal-media COMMAND: reports on standard output (peal-media-report.h) what is open as file descriptor N, 3
 * unless told. It ends with 0 for any report, 2 for a wrong command line, 1 where it cannot be confined. */

#define USAGE                                                                                                \
  "usage: peal-media probe [--fd N]\n"                                                                       \
  "       peal-media frame --at US --max-side N [--fd N]\n"                                                  \
  "       peal-media picture --max-side N [--fd N]"

typedef struct
{
  char *command;
  int fd;
  gint64 at_us; /* -1: not given */
  int max_side; /* 0: not given */
} Job;

static gboolean
say (gconstpointer bytes, gsize length)
{
  /* Not kept back: the first line tells the caller that the sandbox works. */
  return fwrite (bytes, 1, length, stdout) == length && fflush (stdout) == 0;
}

static gboolean
say_text (const char *text)
{
  return say (text, strlen (text));
}

static gboolean
say_error (const GError *error)
{
  g_autofree char *body = peal_media_report_format (NULL, error);

  return say_text (body);
}

static gboolean
probe (const Job *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PealMediaFacts) facts = peal_probe_run (job->fd, &error);
  g_autofree char *body = NULL;

  if (facts == NULL)
    return say_error (error);
  body = peal_media_report_format (facts, NULL);
  return say_text (body);
}

static gboolean
show (const Job *job)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PealPicture) picture = NULL;
  g_autofree char *line = NULL;

  if (g_str_equal (job->command, "frame"))
    picture = peal_frame_read (job->fd, job->at_us, job->max_side, &error);
  else
    picture = peal_picture_file_read (job->fd, job->max_side, &error);
  if (picture == NULL)
    return say_error (error);
  line = peal_media_report_format_picture (picture);
  return say_text (line) && say (g_bytes_get_data (picture->rgba, NULL), g_bytes_get_size (picture->rgba));
}

/* What each command must be told, and what it has no use for */
static gboolean
is_complete (const Job *job)
{
  gboolean has_side = job->max_side >= 1 && job->max_side <= PEAL_PICTURE_MAX_SIDE;

  if (job->fd < 0)
    return FALSE;
  if (g_str_equal (job->command, "probe"))
    return job->at_us == -1 && job->max_side == 0;
  if (g_str_equal (job->command, "picture"))
    return job->at_us == -1 && has_side;
  return g_str_equal (job->command, "frame") && job->at_us >= 0 && has_side;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("probe|frame|picture");
  g_autoptr (GError) error = NULL;
  Job job = { .fd = 3, .at_us = -1 };
  const GOptionEntry entries[] = {
    { "fd", 0, 0, G_OPTION_ARG_INT, &job.fd, "File descriptor of the file (3)", "N" },
    { "at", 0, 0, G_OPTION_ARG_INT64, &job.at_us, "Time of the frame in microseconds", "US" },
    { "max-side", 0, 0, G_OPTION_ARG_INT, &job.max_side, "Pixels that no side may be over", "N" },
    G_OPTION_ENTRY_NULL,
  };

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2
      || (job.command = argv[1], !is_complete (&job)))
    {
      g_printerr ("peal-media: %s\n", error != NULL ? error->message : USAGE);
      return 2;
    }
  if (!peal_confine (job.fd) || !say_text (PEAL_MEDIA_REPORT_HEAD))
    return 1;
  if (!(g_str_equal (job.command, "probe") ? probe (&job) : show (&job)))
    return 1;
  /* Without a farewell from each library: a decoder may still be at it in a thread of its own. */
  _exit (0);
}

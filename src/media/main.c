/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include <glib.h>
#include <locale.h>
#include <stdio.h>

#include "peal-confine.h"
#include "peal-media-report.h"
#include "peal-probe.h"

/* peal-media probe [--fd N]: reports on standard output (peal-media-report.h) what the video open as file
 * descriptor N, 3 unless told, is. It ends with 0 for any report, 2 for a wrong command line, 1 where it
 * cannot be confined. */

static gboolean
say (const char *text)
{
  /* Not kept back: the first line tells the caller that the sandbox works. */
  return fputs (text, stdout) >= 0 && fflush (stdout) == 0;
}

static int
probe (int fd)
{
  g_autoptr (PealMediaFacts) facts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *body = NULL;

  if (!peal_confine () || !say (PEAL_MEDIA_REPORT_HEAD))
    return 1;
  facts = peal_probe_run (fd, &error);
  body = peal_media_report_format (facts, error);
  return say (body) ? 0 : 1;
}

int
main (int argc, char **argv)
{
  g_autoptr (GOptionContext) context = g_option_context_new ("probe");
  g_autoptr (GError) error = NULL;
  int fd = 3;
  const GOptionEntry entries[] = {
    { "fd", 0, 0, G_OPTION_ARG_INT, &fd, "File descriptor of the video (3)", "N" },
    G_OPTION_ENTRY_NULL,
  };

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || argc != 2 || !g_str_equal (argv[1], "probe")
      || fd < 0)
    {
      g_printerr ("peal-media: %s\n", error != NULL ? error->message : "usage: peal-media probe [--fd N]");
      return 2;
    }
  return probe (fd);
}

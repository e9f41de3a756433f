/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

#include "peal-clock.h"
#include "peal-ctl-options.h"

G_BEGIN_DECLS

typedef struct _PealClient PealClient;

/* pealctl: Peal's command line. A command is a row of the table in peal-ctl-commands.c; its function runs in
 * a fiber and is given a PealCtlRun. */

/* Exit statuses */
typedef enum
{
  PEAL_CTL_DONE = 0,
  PEAL_CTL_FAILED = 1,
  PEAL_CTL_USAGE = 2,
  PEAL_CTL_NEEDS_USER = 3,
  PEAL_CTL_UNREACHABLE = 4,
} PealCtlStatus;

/* What a command is given; it lends all of it. */
typedef struct
{
  const PealCtlOptions *options;
  const char *const *args; /* the positional arguments, as many as the table allows */
  PealClient *client;      /* NULL before the agent was needed */
  GDBusConnection *connection;
  PealClock *clock;
  GTimeZone *zone;           /* the local one */
  GCancellable *cancellable; /* cancelled by Ctrl+C */
} PealCtlRun;

/* A command's function: its exit status, or @error is set. */
typedef PealCtlStatus (*PealCtlFunc) (PealCtlRun *run, GError **error);

/* Runs the command line @argv, whose first is the program's name, with the data going to stdout and sentences
 * to stderr. @connection: (nullable): the bus to use; NULL for the session's. Returns the exit status. */
int peal_ctl_main (int argc, const char *const *argv, GDBusConnection *connection);

/* Makes sure that @run has a connected client. To be called in a fiber. */
gboolean peal_ctl_run_connect (PealCtlRun *run, GError **error);
/* (transfer full): the reply's only member (a method with one result), or NULL. In a fiber. */
GVariant *peal_ctl_run_call (PealCtlRun *run, const char *method, GVariant *parameters, GError **error);
/* (transfer full): the result of a job. In a fiber. @fd: as in peal-client.h. */
GVariant *
peal_ctl_run_job (PealCtlRun *run, const char *method, GVariant *parameters, int fd, GError **error);

G_END_DECLS

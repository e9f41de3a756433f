/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-ctl.h"

G_BEGIN_DECLS

/* The one place where pealctl's commands are listed, and their functions, a group a file. */

typedef struct
{
  const char *name;
  const char *arguments; /* "FILE", "POST ANSWER", "[ACCOUNT]"; "" for none */
  guint min_args, max_args;
  const char *options; /* names without dashes, with spaces between them */
  const char *summary; /* marked for translation */
  const char *example; /* what follows "pealctl " */
  PealCtlFunc function;
} PealCtlCommand;

/* Ends with a NULL name. */
extern const PealCtlCommand peal_ctl_commands[];

/* (nullable) */
const PealCtlCommand *peal_ctl_command_find (const char *name);

/* peal-ctl-setup.c */
PealCtlStatus peal_ctl_status (PealCtlRun *run, GError **error);
PealCtlStatus peal_ctl_setup (PealCtlRun *run, GError **error);
PealCtlStatus peal_ctl_forget_credentials (PealCtlRun *run, GError **error);
PealCtlStatus peal_ctl_pause (PealCtlRun *run, GError **error);
PealCtlStatus peal_ctl_resume (PealCtlRun *run, GError **error);
PealCtlStatus peal_ctl_adopt (PealCtlRun *run, GError **error);
/* peal-ctl-accounts.c */
PealCtlStatus peal_ctl_connect (PealCtlRun *run, GError **error);
PealCtlStatus peal_ctl_grant (PealCtlRun *run, GError **error);
PealCtlStatus peal_ctl_accounts (PealCtlRun *run, GError **error);
PealCtlStatus peal_ctl_disconnect (PealCtlRun *run, GError **error);
/* peal-ctl-check.c */
PealCtlStatus peal_ctl_check (PealCtlRun *run, GError **error);
/* peal-ctl-add.c */
PealCtlStatus peal_ctl_add (PealCtlRun *run, GError **error);
/* peal-ctl-posts.c */
PealCtlStatus peal_ctl_list (PealCtlRun *run, GError **error);
PealCtlStatus peal_ctl_show (PealCtlRun *run, GError **error);
/* peal-ctl-change.c */
PealCtlStatus peal_ctl_edit (PealCtlRun *run, GError **error);
PealCtlStatus peal_ctl_move (PealCtlRun *run, GError **error);
PealCtlStatus peal_ctl_cancel (PealCtlRun *run, GError **error);
PealCtlStatus peal_ctl_retry (PealCtlRun *run, GError **error);
PealCtlStatus peal_ctl_resolve (PealCtlRun *run, GError **error);
/* peal-ctl-statistics.c */
PealCtlStatus peal_ctl_sync (PealCtlRun *run, GError **error);
PealCtlStatus peal_ctl_stats (PealCtlRun *run, GError **error);
PealCtlStatus peal_ctl_videos (PealCtlRun *run, GError **error);
/* peal-ctl-watch.c */
PealCtlStatus peal_ctl_watch (PealCtlRun *run, GError **error);
/* peal-ctl-help.c */
PealCtlStatus peal_ctl_help (PealCtlRun *run, GError **error);

G_END_DECLS

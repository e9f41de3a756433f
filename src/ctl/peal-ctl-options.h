/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The options of all commands, in one table, and the reading of a command line. Each command names the ones
 * that it takes; --practice, --json, --help and --version go with all. An open_id may begin with a dash, so a
 * token with a single dash and more than one letter is an argument, not a bundle of short options. */

typedef struct
{
  gboolean practice, json, help, version;
  gboolean no_browser, next_slot, now, draft, wait, yes, csv;
  gboolean allow_comment, allow_duet, allow_stitch, your_brand, branded_content, ai_generated;
  gboolean no_allow_comment, no_allow_duet, no_allow_stitch, no_your_brand, no_branded_content,
      no_ai_generated;
  char *client_key, *client_secret_file, *environment, *share_type;
  char *caption, *caption_file, *privacy, *cover, *at, *since, *state;
  char **accounts;
} PealCtlOptions;

typedef struct
{
  char *command; /* NULL where there was none */
  PealCtlOptions options;
  GStrv args; /* positional */
} PealCtlLine;

PealCtlLine *peal_ctl_line_new (void);
void peal_ctl_line_free (PealCtlLine *self);

/* Reads @argv, NULL-terminated and without the program's name. NULL with an error of PEAL_CTL_USAGE_ERROR
 * ("command_unknown", "option_unknown", "usage"). Without a command only the options that go with all are
 * taken. */
PealCtlLine *peal_ctl_line_parse (const char *const *argv, GError **error);

/* Whether "--json" stands among the options of @argv, for errors before and in the reading. */
gboolean peal_ctl_line_wants_json (const char *const *argv);

/* (transfer full): "--at WHEN", …: a line an option for people who ask for help; @options: names with spaces.
 */
char *peal_ctl_options_describe (const char *options);

/* (transfer none) (nullable): the one of @words (NULL-terminated) that @text is most like, if any is like it.
 */
const char *peal_ctl_nearest (const char *text, const char *const *words);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealCtlLine, peal_ctl_line_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include "peal-ctl-commands.h"

#include <glib/gi18n.h>

#define WORDS                                                                                                \
  "caption caption-file privacy allow-comment allow-duet allow-stitch your-brand branded-content "           \
  "ai-generated cover "                                                                                      \
  "share-type "
#define TIMES "at next-slot now draft "
#define TAKE_BACK                                                                                            \
  "no-allow-comment no-allow-duet no-allow-stitch no-your-brand no-branded-content no-ai-generated"

const PealCtlCommand peal_ctl_commands[] = {
  { "status", "", 0, 0, "", N_ ("Show how Peal stands and what needs attention"), "status", peal_ctl_status },
  { "setup", "", 0, 0, "client-key client-secret-file environment share-type",
    N_ ("Store the key and secret of your TikTok app"),
    "setup --client-key aw1x2y3z --client-secret-file secret.txt", peal_ctl_setup },
  { "forget-credentials", "", 0, 0, "environment", N_ ("Remove the key and secret of your TikTok app"),
    "forget-credentials", peal_ctl_forget_credentials },
  { "connect", "", 0, 0, "no-browser", N_ ("Sign a TikTok account in"), "connect", peal_ctl_connect },
  { "grant", "ACCOUNT", 1, 1, "no-browser", N_ ("Sign an account in again, to give it more permissions"),
    "grant @mara.bakes", peal_ctl_grant },
  { "accounts", "", 0, 0, "", N_ ("List the accounts"), "accounts --json", peal_ctl_accounts },
  { "disconnect", "ACCOUNT", 1, 1, "", N_ ("Sign an account out; its statistics stay"),
    "disconnect @mara.bakes", peal_ctl_disconnect },
  { "check", "FILE", 1, 1, "account", N_ ("Check a video against TikTok’s rules"),
    "check cake.mp4 --account @mara.bakes", peal_ctl_check },
  { "add", "FILE", 1, 1, "account " WORDS TIMES "wait yes", N_ ("Plan or publish a post"),
    "add cake.mp4 --account @mara.bakes --caption \"Plum cake #baking\" --privacy PUBLIC_TO_EVERYONE "
    "--allow-comment "
    "--at \"2027-03-01 18:00\"",
    peal_ctl_add },
  { "list", "", 0, 0, "state account", N_ ("List the posts"), "list --state scheduled", peal_ctl_list },
  { "show", "POST", 1, 1, "", N_ ("Show a post and all that happened to it"), "show 12", peal_ctl_show },
  { "edit", "POST", 1, 1, WORDS TIMES TAKE_BACK, N_ ("Change a post; what is not named stays"),
    "edit 12 --caption \"Plum cake, at last\"", peal_ctl_edit },
  { "move", "POST", 1, 1, "at", N_ ("Give a post another time"), "move 12 --at +2h", peal_ctl_move },
  { "cancel", "POST", 1, 1, "", N_ ("Cancel a post"), "cancel 12", peal_ctl_cancel },
  { "retry", "POST", 1, 1, "", N_ ("Publish a held or failed post now"), "retry 12", peal_ctl_retry },
  { "resolve", "POST published|again|leave", 2, 2, "", N_ ("Say what became of a post that needs review"),
    "resolve 12 published", peal_ctl_resolve },
  { "sync", "[ACCOUNT]", 0, 1, "", N_ ("Read the statistics now"), "sync @mara.bakes", peal_ctl_sync },
  { "stats", "ACCOUNT", 1, 1, "since csv", N_ ("Show an account’s counters over time"),
    "stats @mara.bakes --since 30d", peal_ctl_stats },
  { "videos", "ACCOUNT", 1, 1, "csv", N_ ("Show an account’s videos and their counters"),
    "videos @mara.bakes --csv", peal_ctl_videos },
  { "watch", "", 0, 0, "", N_ ("Print one JSON line a change, until interrupted"), "watch", peal_ctl_watch },
  { "pause", "", 0, 0, "", N_ ("Publish nothing until “resume”"), "pause", peal_ctl_pause },
  { "resume", "", 0, 0, "", N_ ("Publish again"), "resume", peal_ctl_resume },
  { "adopt", "", 0, 0, "", N_ ("Go on here with data that came from another computer"), "adopt",
    peal_ctl_adopt },
  { "help", "[COMMAND]", 0, 1, "", N_ ("Explain a command"), "help add", peal_ctl_help },
  { NULL },
};

const PealCtlCommand *
peal_ctl_command_find (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  for (const PealCtlCommand *command = peal_ctl_commands; command->name != NULL; command++)
    {
      if (g_str_equal (command->name, name))
        return command;
    }
  return NULL;
}

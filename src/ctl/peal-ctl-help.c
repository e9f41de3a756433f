/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include "peal-ctl-help.h"

#include <glib/gi18n.h>

#include "peal-ctl-output.h"

void
peal_ctl_help_print_all (void)
{
  g_autoptr (PealCtlTable) table = peal_ctl_table_new ();
  g_autofree char *options = peal_ctl_options_describe ("");
  g_autofree char *head =
      g_strdup_printf ("%s\n\n%s\n", _ ("Usage: pealctl [--practice] COMMAND [--json] …"), _ ("Commands:"));

  for (const PealCtlCommand *command = peal_ctl_commands; command->name != NULL; command++)
    {
      g_autofree char *name = g_strconcat ("  ", command->name, NULL);

      peal_ctl_table_add (table, name, _ (command->summary), NULL);
    }
  peal_ctl_print (head);
  peal_ctl_table_print (table);
  peal_ctl_print ("\n");
  peal_ctl_print (_ ("Options of all commands:"));
  peal_ctl_print ("\n");
  peal_ctl_print (options);
  peal_ctl_print ("\n");
  peal_ctl_print (_ ("“pealctl help COMMAND” explains a command."));
  peal_ctl_print ("\n");
}

void
peal_ctl_help_print_command (const PealCtlCommand *command)
{
  g_autofree char *options = peal_ctl_options_describe (command->options);
  g_autofree char *usage =
      g_strdup_printf (_ ("Usage: pealctl %s [OPTION…] %s"), command->name, command->arguments);
  g_autofree char *example = g_strdup_printf (_ ("Example: pealctl %s"), command->example);

  peal_ctl_print (g_strchomp (usage));
  peal_ctl_print ("\n\n");
  peal_ctl_print (_ (command->summary));
  peal_ctl_print (".\n\n");
  peal_ctl_print (_ ("Options:"));
  peal_ctl_print ("\n");
  peal_ctl_print (options);
  peal_ctl_print ("\n");
  peal_ctl_print (example);
  peal_ctl_print ("\n");
}

PealCtlStatus
peal_ctl_help (PealCtlRun *run, GError **error)
{
  const char *words[] = { run->args[0], NULL };
  g_autoptr (PealCtlLine) line = NULL;

  if (run->args[0] == NULL)
    {
      peal_ctl_help_print_all ();
      return PEAL_CTL_DONE;
    }
  if (peal_ctl_command_find (run->args[0]) == NULL)
    {
      /* Says what is wrong, and the nearest. */
      line = peal_ctl_line_parse (words, error);
      return PEAL_CTL_USAGE;
    }
  peal_ctl_help_print_command (peal_ctl_command_find (run->args[0]));
  return PEAL_CTL_DONE;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-ctl-commands.h"
#include "peal-ctl-error.h"
#include "peal-ctl-options.h"

static PealCtlLine *
parse (const char *text, GError **error)
{
  g_auto (GStrv) argv = g_strsplit (text, " ", -1);

  return peal_ctl_line_parse ((const char *const *)argv, error);
}

static PealCtlLine *
parse_well (const char *text)
{
  g_autoptr (GError) error = NULL;
  PealCtlLine *line = parse (text, &error);

  g_test_message ("%s", text);
  g_assert_no_error (error);
  return line;
}

/* Options for all go before and after the command, and an open_id may begin with a dash. */
static void
test_places (void)
{
  static const struct
  {
    const char *text, *command, *args, *account;
    gboolean json, practice;
  } rows[] = {
    { "status", "status", "", NULL, FALSE, FALSE },
    { "--json status", "status", "", NULL, TRUE, FALSE },
    { "status --json --practice", "status", "", NULL, TRUE, TRUE },
    { "--practice stats -000ExampleMara --json", "stats", "-000ExampleMara", NULL, TRUE, TRUE },
    { "stats -- -000ExampleMara", "stats", "-000ExampleMara", NULL, FALSE, FALSE },
    { "stats -- --json", "stats", "--json", NULL, FALSE, FALSE },
    { "stats --csv @mara.bakes", "stats", "@mara.bakes", NULL, FALSE, FALSE },
    { "stats @mara.bakes --csv", "stats", "@mara.bakes", NULL, FALSE, FALSE },
    { "add cake.mp4 --account -000ExampleMara --now", "add", "cake.mp4", "-000ExampleMara", FALSE, FALSE },
    { "add --account=-000ExampleMara cake.mp4 --now", "add", "cake.mp4", "-000ExampleMara", FALSE, FALSE },
    { "add --account -x cake.mp4 --now", "add", "cake.mp4", "-x", FALSE, FALSE },
    { "add --account --json cake.mp4 --now", "add", "cake.mp4", "--json", FALSE, FALSE },
    { "resolve 12 again", "resolve", "12 again", NULL, FALSE, FALSE },
    { "sync", "sync", "", NULL, FALSE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (PealCtlLine) line = parse_well (rows[i].text);
      g_autofree char *args = g_strjoinv (" ", line->args);

      g_assert_cmpstr (line->command, ==, rows[i].command);
      g_assert_cmpstr (args, ==, rows[i].args);
      g_assert_cmpstr (line->options.accounts != NULL ? line->options.accounts[0] : NULL, ==,
                       rows[i].account);
      g_assert_cmpint (line->options.json, ==, rows[i].json);
      g_assert_cmpint (line->options.practice, ==, rows[i].practice);
    }
}

static void
test_values (void)
{
  g_autoptr (PealCtlLine) line = parse_well (
      "add cake.mp4 --account @a --account -000b --caption -text --privacy SELF_ONLY --allow-duet "
      "--cover 2.5 --at +3s --wait --yes");

  g_assert_cmpuint (g_strv_length (line->options.accounts), ==, 2);
  g_assert_cmpstr (line->options.accounts[1], ==, "-000b");
  g_assert_cmpstr (line->options.caption, ==, "-text");
  g_assert_cmpstr (line->options.privacy, ==, "SELF_ONLY");
  g_assert_cmpstr (line->options.cover, ==, "2.5");
  g_assert_cmpstr (line->options.at, ==, "+3s");
  g_assert_true (line->options.allow_duet);
  g_assert_false (line->options.allow_comment);
  g_assert_true (line->options.wait);
}

static void
test_refused (void)
{
  static const struct
  {
    const char *text;
    PealCtlUsageError code;
    const char *hint;
  } rows[] = {
    { "staus", PEAL_CTL_USAGE_ERROR_COMMAND_UNKNOWN, "“status”" },
    { "xyzzy", PEAL_CTL_USAGE_ERROR_COMMAND_UNKNOWN, "pealctl help" },
    { "status --jsno", PEAL_CTL_USAGE_ERROR_OPTION_UNKNOWN, "“--json”" },
    { "status --account @a", PEAL_CTL_USAGE_ERROR_OPTION_UNKNOWN, "--account" },
    { "add f --acount @a", PEAL_CTL_USAGE_ERROR_OPTION_UNKNOWN, "“--account”" },
    { "--csv stats @a", PEAL_CTL_USAGE_ERROR_OPTION_UNKNOWN, "--csv" },
    { "stats -x", PEAL_CTL_USAGE_ERROR_OPTION_UNKNOWN, "-x" },
    { "add f --at", PEAL_CTL_USAGE_ERROR_USAGE, "at" },
    { "stats", PEAL_CTL_USAGE_ERROR_USAGE, "ACCOUNT" },
    { "stats @a @b", PEAL_CTL_USAGE_ERROR_USAGE, "@b" },
    { "resolve 12", PEAL_CTL_USAGE_ERROR_USAGE, "POST" },
    { "status --json=yes", PEAL_CTL_USAGE_ERROR_USAGE, "json" },
    { "stats \xff", PEAL_CTL_USAGE_ERROR_USAGE, "UTF-8" },
    { "list --account \xff", PEAL_CTL_USAGE_ERROR_USAGE, "UTF-8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PealCtlLine) line = parse (rows[i].text, &error);

      g_test_message ("row %u", i);
      g_assert_null (line);
      g_assert_error (error, PEAL_CTL_USAGE_ERROR, (int)rows[i].code);
      g_assert_nonnull (strstr (error->message, rows[i].hint));
    }
}

/* A file's name need not be UTF-8. */
static void
test_file_name (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PealCtlLine) line = parse ("check \xff.mp4", &error);

  g_assert_no_error (error);

  g_assert_cmpstr (line->args[0], ==, "\xff.mp4");
}

static void
test_wants_json (void)
{
  const char *const with[] = { "ad", "--json", NULL };
  const char *const after[] = { "ad", "--", "--json", NULL };

  g_assert_true (peal_ctl_line_wants_json (with));
  g_assert_false (peal_ctl_line_wants_json (after));
}

static void
test_nearest (void)
{
  const char *const words[] = { "accounts", "add", "cancel", "check", "connect", NULL };

  g_assert_cmpstr (peal_ctl_nearest ("conect", words), ==, "connect");
  g_assert_cmpstr (peal_ctl_nearest ("acc", words), ==, "accounts");
  g_assert_cmpstr (peal_ctl_nearest ("ad", words), ==, "add");
  g_assert_null (peal_ctl_nearest ("zzzzzzzz", words));
}

/* Every command says what it does, its options are real ones, and its example is a line that it takes. */
static void
test_table (void)
{
  for (const PealCtlCommand *command = peal_ctl_commands; command->name != NULL; command++)
    {
      g_autofree char *options = peal_ctl_options_describe (command->options);
      g_auto (GStrv) names = g_strsplit (command->options, " ", -1);
      g_autoptr (GError) error = NULL;
      g_autoptr (PealCtlLine) line = NULL;
      g_auto (GStrv) argv = NULL;

      g_test_message ("%s", command->name);
      g_assert_true (peal_ctl_command_find (command->name) == command);
      for (char **name = names; *name != NULL; name++)
        {
          g_autofree char *dashed = g_strconcat ("--", *name, NULL);

          g_assert_nonnull (strstr (options, dashed));
        }
      g_assert_true (g_shell_parse_argv (command->example, NULL, &argv, NULL));
      line = peal_ctl_line_parse ((const char *const *)argv, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (line->command, ==, command->name);
    }
}

static gboolean
manual_has (const char *manual, const char *macro, const char *name)
{
  g_autofree char *pattern = g_strdup_printf ("%s %s(?![-a-z])", macro, name);

  return g_regex_match_simple (pattern, manual, 0, 0);
}

/* The manual page names every command with an example, and every option. */
static void
test_manual (void)
{
  g_autofree char *manual = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (g_getenv ("PEAL_TEST_MANUAL"), &manual, NULL, &error);
  g_assert_no_error (error);
  for (const PealCtlCommand *command = peal_ctl_commands; command->name != NULL; command++)
    {
      g_auto (GStrv) names = g_strsplit (command->options, " ", -1);

      g_test_message ("%s", command->name);
      g_assert_true (manual_has (manual, "\\.It Cm", command->name));
      g_assert_true (manual_has (manual, "\\.Dl \\$ pealctl", command->name));
      for (char **name = names; *name != NULL; name++)
        g_assert_true (**name == '\0' || manual_has (manual, "Fl Fl", *name));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/options/places", test_places);
  g_test_add_func ("/options/values", test_values);
  g_test_add_func ("/options/refused", test_refused);
  g_test_add_func ("/options/file-name", test_file_name);
  g_test_add_func ("/options/wants-json", test_wants_json);
  g_test_add_func ("/options/nearest", test_nearest);
  g_test_add_func ("/options/table", test_table);
  g_test_add_func ("/options/manual", test_manual);

  return g_test_run ();
}

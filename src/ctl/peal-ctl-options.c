/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include "peal-ctl-options.h"

#include <glib/gi18n.h>
#include <string.h>

#include "peal-ctl-commands.h"
#include "peal-ctl-error.h"

#define COMMON "practice json help version"

typedef struct
{
  const char *name;
  char letter;
  GOptionArg arg;
  gsize offset;
  const char *value; /* what people see for the value */
  const char *help;
} Option;

#define OPTION(member) G_STRUCT_OFFSET (PealCtlOptions, member)

static const Option options[] = {
  { "practice", 0, G_OPTION_ARG_NONE, OPTION (practice), NULL, N_ ("Work in the practice world") },
  { "json", 0, G_OPTION_ARG_NONE, OPTION (json), NULL, N_ ("Print JSON, for programs") },
  { "help", 'h', G_OPTION_ARG_NONE, OPTION (help), NULL, N_ ("Explain the command") },
  { "version", 0, G_OPTION_ARG_NONE, OPTION (version), NULL, N_ ("Print the version") },
  { "account", 0, G_OPTION_ARG_STRING_ARRAY, OPTION (accounts), "ACCOUNT", N_ ("An open_id or @handle") },
  { "caption", 0, G_OPTION_ARG_STRING, OPTION (caption), "TEXT", N_ ("The text of the post") },
  { "caption-file", 0, G_OPTION_ARG_FILENAME, OPTION (caption_file), "FILE",
    N_ ("Read the text of the post from a file; “-” is the standard input") },
  { "privacy", 0, G_OPTION_ARG_STRING, OPTION (privacy), "LEVEL",
    N_ ("Who may see it: PUBLIC_TO_EVERYONE, FOLLOWER_OF_CREATOR, MUTUAL_FOLLOW_FRIENDS or SELF_ONLY") },
  { "allow-comment", 0, G_OPTION_ARG_NONE, OPTION (allow_comment), NULL, N_ ("Allow comments") },
  { "allow-duet", 0, G_OPTION_ARG_NONE, OPTION (allow_duet), NULL, N_ ("Allow duets") },
  { "allow-stitch", 0, G_OPTION_ARG_NONE, OPTION (allow_stitch), NULL, N_ ("Allow stitches") },
  { "your-brand", 0, G_OPTION_ARG_NONE, OPTION (your_brand), NULL,
    N_ ("Disclose that it promotes your own brand") },
  { "branded-content", 0, G_OPTION_ARG_NONE, OPTION (branded_content), NULL,
    N_ ("Disclose that it is paid for by another brand") },
  { "ai-generated", 0, G_OPTION_ARG_NONE, OPTION (ai_generated), NULL, N_ ("Label it as made with AI") },
  { "no-allow-comment", 0, G_OPTION_ARG_NONE, OPTION (no_allow_comment), NULL, N_ ("Allow no comments") },
  { "no-allow-duet", 0, G_OPTION_ARG_NONE, OPTION (no_allow_duet), NULL, N_ ("Allow no duets") },
  { "no-allow-stitch", 0, G_OPTION_ARG_NONE, OPTION (no_allow_stitch), NULL, N_ ("Allow no stitches") },
  { "no-your-brand", 0, G_OPTION_ARG_NONE, OPTION (no_your_brand), NULL,
    N_ ("It does not promote your own brand") },
  { "no-branded-content", 0, G_OPTION_ARG_NONE, OPTION (no_branded_content), NULL,
    N_ ("It is not paid for by another brand") },
  { "no-ai-generated", 0, G_OPTION_ARG_NONE, OPTION (no_ai_generated), NULL,
    N_ ("Do not label it as made with AI") },
  { "cover", 0, G_OPTION_ARG_STRING, OPTION (cover), "SECONDS",
    N_ ("Where in the video the cover frame is") },
  { "share-type", 0, G_OPTION_ARG_STRING, OPTION (share_type), "inbox|direct",
    N_ ("Publish it, or send it to the inbox in TikTok’s app") },
  { "at", 0, G_OPTION_ARG_STRING, OPTION (at), "WHEN",
    N_ ("When: 2027-03-01 18:00, an RFC 3339 time, or +2h") },
  { "next-slot", 0, G_OPTION_ARG_NONE, OPTION (next_slot), NULL,
    N_ ("In the account’s next free posting slot") },
  { "now", 0, G_OPTION_ARG_NONE, OPTION (now), NULL, N_ ("Now") },
  { "draft", 0, G_OPTION_ARG_NONE, OPTION (draft), NULL, N_ ("Not yet: keep it as a draft") },
  { "wait", 0, G_OPTION_ARG_NONE, OPTION (wait), NULL, N_ ("Return when it has ended") },
  { "yes", 0, G_OPTION_ARG_NONE, OPTION (yes), NULL, N_ ("Do not ask before a large video is copied") },
  { "no-browser", 0, G_OPTION_ARG_NONE, OPTION (no_browser), NULL, N_ ("Print the address only") },
  { "client-key", 0, G_OPTION_ARG_STRING, OPTION (client_key), "KEY",
    N_ ("The client key of your TikTok app") },
  { "client-secret-file", 0, G_OPTION_ARG_FILENAME, OPTION (client_secret_file), "FILE",
    N_ ("Read the client secret from a file; “-” is the standard input") },
  { "environment", 0, G_OPTION_ARG_STRING, OPTION (environment), "production|sandbox",
    N_ ("Which of TikTok’s environments it is for") },
  { "state", 0, G_OPTION_ARG_STRING, OPTION (state), "STATE", N_ ("Only posts in this state") },
  { "since", 0, G_OPTION_ARG_STRING, OPTION (since), "DATE",
    N_ ("From when: 2027-01-01, an RFC 3339 time, or 30d") },
  { "csv", 0, G_OPTION_ARG_NONE, OPTION (csv), NULL, N_ ("Print CSV, for spreadsheets") },
};

static void
clear_options (PealCtlOptions *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      gpointer field = (char *)self + options[i].offset;

      if (options[i].arg == G_OPTION_ARG_STRING || options[i].arg == G_OPTION_ARG_FILENAME)
        g_clear_pointer ((char **)field, g_free);
      else if (options[i].arg == G_OPTION_ARG_STRING_ARRAY)
        g_clear_pointer ((char ***)field, g_strfreev);
    }
}

PealCtlLine *
peal_ctl_line_new (void)
{
  return g_new0 (PealCtlLine, 1);
}

void
peal_ctl_line_free (PealCtlLine *self)
{
  g_clear_pointer (&self->command, g_free);
  g_clear_pointer (&self->args, g_strfreev);
  clear_options (&self->options);
  g_free (self);
}

static gboolean
is_listed (const char *list, const char *name)
{
  g_auto (GStrv) names = g_strsplit (list, " ", -1);

  return g_strv_contains ((const char *const *)names, name);
}

static gboolean
is_taken (const Option *option, const char *list)
{
  return is_listed (COMMON, option->name) || is_listed (list, option->name);
}

static const Option *
find_long (const char *token, const char *list)
{
  gsize length = strcspn (token + 2, "=");

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      if (strlen (options[i].name) == length && strncmp (options[i].name, token + 2, length) == 0)
        return is_taken (&options[i], list) ? &options[i] : NULL;
    }
  return NULL;
}

static gsize
edit_distance (const char *a, const char *b)
{
  gsize length = strlen (b);
  g_autofree gsize *row = g_new (gsize, length + 1);

  for (gsize j = 0; j <= length; j++)
    row[j] = j;
  for (gsize i = 1; a[i - 1] != '\0'; i++)
    {
      gsize diagonal = row[0];

      row[0] = i;
      for (gsize j = 1; j <= length; j++)
        {
          gsize above = row[j];

          row[j] = MIN (MIN (row[j], row[j - 1]) + 1, diagonal + (a[i - 1] != b[j - 1]));
          diagonal = above;
        }
    }
  return row[length];
}

const char *
peal_ctl_nearest (const char *text, const char *const *words)
{
  const char *nearest = NULL;
  gsize best = G_MAXSIZE;

  g_return_val_if_fail (text != NULL, NULL);

  if (strlen (text) > 64)
    return NULL;
  for (; *words != NULL; words++)
    {
      gsize distance = edit_distance (text, *words);

      if (strlen (text) > 2 && g_str_has_prefix (*words, text))
        distance = 1;
      if (distance < best && distance <= MAX (strlen (*words), strlen (text)) / 3 + 1)
        {
          best = distance;
          nearest = *words;
        }
    }
  return nearest;
}

static void
fail_option (const char *token, const char *list, GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  g_autofree char *name = g_strndup (token + 2, strcspn (token + 2, "="));
  const char *nearest = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      if (is_taken (&options[i], list))
        g_ptr_array_add (words, (gpointer)options[i].name);
    }
  g_ptr_array_add (words, NULL);
  if (token[1] == '-')
    nearest = peal_ctl_nearest (name, (const char *const *)words->pdata);
  if (nearest != NULL)
    g_set_error (error, PEAL_CTL_USAGE_ERROR, PEAL_CTL_USAGE_ERROR_OPTION_UNKNOWN,
                 _ ("There is no option “%s” here. Did you mean “--%s”?"), token, nearest);
  else
    g_set_error (error, PEAL_CTL_USAGE_ERROR, PEAL_CTL_USAGE_ERROR_OPTION_UNKNOWN,
                 _ ("There is no option “%s” here. “pealctl help” lists what there is."), token);
}

static void
fail_command (const char *name, GError **error)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();
  const char *nearest = NULL;

  for (const PealCtlCommand *command = peal_ctl_commands; command->name != NULL; command++)
    g_ptr_array_add (words, (gpointer)command->name);
  g_ptr_array_add (words, NULL);
  nearest = peal_ctl_nearest (name, (const char *const *)words->pdata);
  if (nearest != NULL)
    g_set_error (error, PEAL_CTL_USAGE_ERROR, PEAL_CTL_USAGE_ERROR_COMMAND_UNKNOWN,
                 _ ("There is no command “%s”. Did you mean “%s”?"), name, nearest);
  else
    g_set_error (error, PEAL_CTL_USAGE_ERROR, PEAL_CTL_USAGE_ERROR_COMMAND_UNKNOWN,
                 _ ("There is no command “%s”. “pealctl help” lists what there is."), name);
}

/* An open_id such as "-000abc…", a lone "-" for the standard input, or no dash at all. */
static gboolean
is_positional (const char *token)
{
  return token[0] != '-' || token[1] == '\0' || (token[1] != '-' && token[2] != '\0');
}

/* Parts @argv into options, with their values, and the rest. */
static gboolean
split (const char *const *argv, const char *list, GStrvBuilder *flags, GStrvBuilder *rest, GError **error)
{
  for (; *argv != NULL; argv++)
    {
      const Option *option = NULL;

      if (g_str_equal (*argv, "--"))
        {
          g_strv_builder_addv (rest, (const char **)argv + 1);
          return TRUE;
        }
      if (is_positional (*argv))
        {
          g_strv_builder_add (rest, *argv);
          continue;
        }
      if (!g_str_equal (*argv, "-h") && !((*argv)[1] == '-' && (option = find_long (*argv, list))))
        {
          fail_option (*argv, list, error);
          return FALSE;
        }
      if (option != NULL && option->arg == G_OPTION_ARG_NONE && strchr (*argv, '=') != NULL)
        return peal_ctl_fail_usage (error, _ ("“--%s” takes no value."), option->name);
      g_strv_builder_add (flags, *argv);
      if (option != NULL && option->arg != G_OPTION_ARG_NONE && strchr (*argv, '=') == NULL
          && argv[1] != NULL)
        g_strv_builder_add (flags, *++argv);
    }
  return TRUE;
}

/* GOption would read texts in the encoding of the locale, and fail at an umlaut in the plain C locale. */
static GOptionArg
to_raw (GOptionArg arg)
{
  switch (arg)
    {
    case G_OPTION_ARG_STRING:
      return G_OPTION_ARG_FILENAME;
    case G_OPTION_ARG_STRING_ARRAY:
      return G_OPTION_ARG_FILENAME_ARRAY;
    default:
      return arg;
    }
}

static gboolean
parse_flags (PealCtlOptions *self, GStrvBuilder *builder, GError **error)
{
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autofree GOptionEntry *entries = g_new0 (GOptionEntry, G_N_ELEMENTS (options) + 1);
  g_auto (GStrv) flags = g_strv_builder_end (builder);
  g_autoptr (GError) local = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      entries[i].long_name = options[i].name;
      entries[i].short_name = options[i].letter;
      entries[i].arg = to_raw (options[i].arg);
      entries[i].arg_data = (char *)self + options[i].offset;
    }
  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_add_main_entries (context, entries, NULL);
  if (g_option_context_parse_strv (context, &flags, &local))
    return TRUE;
  return peal_ctl_fail_usage (error, "%s.", local->message);
}

/* The first token that is neither an option nor an option's value; it may not have a dash. */
static const char *
find_command (const char *const *argv, gsize *index)
{
  for (*index = 0; argv[*index] != NULL && !g_str_equal (argv[*index], "--"); (*index)++)
    {
      if (argv[*index][0] != '-')
        return argv[*index];
    }
  return NULL;
}

static gboolean
check_texts (GStrv texts, GError **error)
{
  for (; texts != NULL && *texts != NULL; texts++)
    {
      if (!g_utf8_validate (*texts, -1, NULL))
        return peal_ctl_fail_usage (error, _ ("An argument is not UTF-8 text."));
    }
  return TRUE;
}

/* What goes over the bus must be UTF-8, in any locale; the name of a file need not be. */
static gboolean
check_utf8 (PealCtlLine *self, const PealCtlCommand *command, GError **error)
{
  if (!g_str_equal (command->arguments, "FILE") && !check_texts (self->args, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      gpointer field = (char *)&self->options + options[i].offset;
      char *text[] = { NULL, NULL };

      if (options[i].arg == G_OPTION_ARG_STRING)
        text[0] = *(char **)field;
      if (!check_texts (options[i].arg == G_OPTION_ARG_STRING_ARRAY ? *(char ***)field : text, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
check_count (PealCtlLine *self, const PealCtlCommand *command, GError **error)
{
  guint n_args = g_strv_length (self->args);

  if (self->options.help || self->options.version)
    return TRUE;
  if (n_args < command->min_args)
    return peal_ctl_fail_usage (error, _ ("“pealctl %s” needs %s."), command->name, command->arguments);
  if (n_args > command->max_args)
    return peal_ctl_fail_usage (error, _ ("“%s” is too much for “pealctl %s”."),
                                self->args[command->max_args], command->name);
  return TRUE;
}

PealCtlLine *
peal_ctl_line_parse (const char *const *argv, GError **error)
{
  g_autoptr (PealCtlLine) self = peal_ctl_line_new ();
  g_autoptr (GStrvBuilder) flags = g_strv_builder_new ();
  g_autoptr (GStrvBuilder) rest = g_strv_builder_new ();
  g_autoptr (GPtrArray) before = g_ptr_array_new ();
  const PealCtlCommand *command = NULL;
  const char *name = NULL;
  gsize index;

  g_return_val_if_fail (argv != NULL, NULL);

  g_strv_builder_add (flags, "pealctl");
  name = find_command (argv, &index);
  if (name != NULL && !(command = peal_ctl_command_find (name)))
    {
      fail_command (name, error);
      return NULL;
    }
  for (gsize i = 0; i < index; i++)
    g_ptr_array_add (before, (gpointer)argv[i]);
  g_ptr_array_add (before, NULL);
  if (!split ((const char *const *)before->pdata, "", flags, rest, error)
      || !split (argv + index + (command != NULL), command != NULL ? command->options : "", flags, rest,
                 error)
      || !parse_flags (&self->options, flags, error))
    return NULL;
  self->command = g_strdup (name);
  self->args = g_strv_builder_end (rest);
  if (command != NULL && !(check_utf8 (self, command, error) && check_count (self, command, error)))
    return NULL;
  if (command == NULL && self->args[0] != NULL)
    {
      fail_command (self->args[0], error);
      return NULL;
    }
  return g_steal_pointer (&self);
}

gboolean
peal_ctl_line_wants_json (const char *const *argv)
{
  g_return_val_if_fail (argv != NULL, FALSE);

  for (; *argv != NULL && !g_str_equal (*argv, "--"); argv++)
    {
      if (g_str_equal (*argv, "--json"))
        return TRUE;
    }
  return FALSE;
}

char *
peal_ctl_options_describe (const char *list)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    {
      g_autofree char *left = NULL;

      if (!is_taken (&options[i], list))
        continue;
      left = g_strconcat (options[i].letter != 0 ? "-h, " : "", "--", options[i].name,
                          options[i].value != NULL ? " " : "", options[i].value, NULL);
      g_string_append_printf (text, "  %-32s %s\n", left, _ (options[i].help));
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

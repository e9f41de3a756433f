/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include <glib/gi18n.h>

#include "peal-client.h"
#include "peal-ctl-commands.h"
#include "peal-ctl-error.h"
#include "peal-ctl-json.h"
#include "peal-ctl-output.h"
#include "peal-ctl-post.h"
#include "peal-ctl-times.h"
#include "peal-ctl-video.h"
#include "peal-ctl-wait.h"
#include "peal-error.h"

#define GENERAL_LIMIT_S 600

static gboolean
matches (GVariant *account, const char *name)
{
  const char *open_id = "", *username = "";

  g_variant_lookup (account, "open_id", "&s", &open_id);
  g_variant_lookup (account, "username", "&s", &username);
  if (name[0] == '@')
    return g_ascii_strcasecmp (username, name + 1) == 0;
  return g_str_equal (open_id, name);
}

static gboolean
fail (GError **error, const char *reason, const char *name)
{
  g_propagate_error (error, peal_error_new (PEAL_ERROR_INVALID, reason, "%s", name));
  return FALSE;
}

/* Whether a post for @name will be shared directly: what was asked for, else what the account has as its
 * default. */
static gboolean
find_share_type (PealCtlRun *run,
                 GVariant *accounts,
                 const char *name,
                 PealShareType *share_type,
                 GError **error)
{
  GVariantIter iter;
  GVariant *account;
  const char *word = "direct";
  guint n = 0;

  g_variant_iter_init (&iter, accounts);
  while ((account = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autoptr (GVariant) taken = account;

      if (!matches (account, name))
        continue;
      n++;
      g_variant_lookup (account, "share_type", "&s", &word);
      if (!peal_share_type_from_string (word, share_type))
        *share_type = PEAL_SHARE_DIRECT;
    }
  if (n == 0)
    return fail (error, "account_unknown", name);
  if (run->options->share_type != NULL && !peal_share_type_from_string (run->options->share_type, share_type))
    return fail (error, "share_type_unknown", run->options->share_type);
  return TRUE;
}

static void
note_inbox (PealCtlRun *run, PealShareType share_type)
{
  if (share_type == PEAL_SHARE_INBOX
      && (run->options->caption != NULL || run->options->caption_file != NULL
          || run->options->privacy != NULL))
    peal_ctl_note (
        _ ("TikTok takes no caption and no privacy level with an inbox share; you choose them in TikTok’s "
           "app. Peal keeps them for you to look at."));
}

/* What the agent would refuse after a long copy is refused before it. */
static gboolean
check_first (PealCtlRun *run, GVariant *dict, GError **error)
{
  g_autoptr (GVariant) accounts = peal_ctl_run_call (run, "ListAccounts", NULL, error);

  if (accounts == NULL)
    return FALSE;
  for (char **name = run->options->accounts; *name != NULL; name++)
    {
      g_autoptr (PealPostOptions) options = peal_post_options_new ();

      if (!find_share_type (run, accounts, *name, &options->share_type, error))
        return FALSE;
      note_inbox (run, options->share_type);
      if (!peal_post_options_apply (options, dict, error)
          || (!run->options->draft && !peal_post_options_check (options, error)))
        return FALSE;
    }
  return TRUE;
}

/* TikTok's general limit holds for most creators. Only a longer video makes it worth asking what each of them
 * may post: the plan is made offline as well. */
static gboolean
find_limit (PealCtlRun *run, PealCtlVideo *video, gint64 *limit_s, GError **error)
{
  *limit_s = 0;
  if (video->facts->duration_us <= GENERAL_LIMIT_S * G_USEC_PER_SEC)
    return TRUE;
  for (char **name = run->options->accounts; *name != NULL; name++)
    {
      gint64 limit = peal_ctl_video_get_limit (run, *name, error);

      if (limit < 0)
        return FALSE;
      if (limit > 0)
        *limit_s = *limit_s > 0 ? MIN (*limit_s, limit) : limit;
    }
  return TRUE;
}

static GArray *
add_posts (PealCtlRun *run, GVariant *dict, gint64 media, GError **error)
{
  g_auto (GVariantDict) options = G_VARIANT_DICT_INIT (dict);
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GVariantIter iter;
  gint64 id;

  g_variant_dict_insert (&options, "media", "x", media);
  g_variant_dict_insert_value (&options, "accounts",
                               g_variant_new_strv ((const char *const *)run->options->accounts, -1));
  reply =
      peal_ctl_run_call (run, "AddPosts", g_variant_new ("(@a{sv})", g_variant_dict_end (&options)), error);
  if (reply == NULL)
    return NULL;
  if (!g_variant_is_of_type (reply, G_VARIANT_TYPE ("ax")))
    {
      fail (error, "agent_failed", "AddPosts returned something else");
      return NULL;
    }
  g_variant_iter_init (&iter, reply);
  while (g_variant_iter_next (&iter, "x", &id))
    g_array_append_val (ids, id);
  return g_steal_pointer (&ids);
}

static gboolean
print_ids (PealCtlRun *run, GArray *ids, GError **error)
{
  for (guint i = 0; i < ids->len && !run->options->json; i++)
    {
      g_autofree char *line = g_strdup_printf ("%" G_GINT64_FORMAT "\n", g_array_index (ids, gint64, i));

      peal_ctl_print (line);
    }
  return peal_ctl_flush (error);
}

static gboolean
print_posts (PealCtlRun *run, GArray *ids, GError **error)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) posts = json_array_new ();

  if (!run->options->json)
    return TRUE;
  for (guint i = 0; i < ids->len; i++)
    {
      g_autoptr (GVariant) post = peal_ctl_post_get (run, g_array_index (ids, gint64, i), error);

      if (post == NULL)
        return FALSE;
      json_array_add_element (posts, peal_ctl_json_object (post, peal_ctl_post_fields, run->zone));
    }
  json_node_set_array (node, posts);
  peal_ctl_json_print (node);
  return TRUE;
}

static gboolean
check_usage (PealCtlRun *run, GError **error)
{
  if (run->options->accounts == NULL)
    return peal_ctl_fail_usage (error, _ ("Say for which account: --account ACCOUNT."));
  if (run->options->draft && run->options->wait)
    return peal_ctl_fail_usage (error, _ ("A draft is not published, so --wait would wait for ever."));
  return TRUE;
}

static PealCtlStatus
follow (PealCtlRun *run, GArray *ids, GError **error)
{
  if (run->options->wait)
    return peal_ctl_wait (run, ids, PEAL_CTL_UNTIL_ENDED, error);
  if (run->options->now)
    return peal_ctl_wait (run, ids, PEAL_CTL_UNTIL_UNDER_WAY, error);
  return PEAL_CTL_DONE;
}

PealCtlStatus
peal_ctl_add (PealCtlRun *run, GError **error)
{
  g_auto (GVariantDict) builder = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) dict = NULL;
  g_autoptr (PealCtlVideo) video = NULL;
  g_autoptr (GArray) ids = NULL;
  g_autoptr (GError) local = NULL;
  PealCtlStatus status;
  gint64 media, limit_s;

  if (!check_usage (run, error) || !peal_ctl_times_apply (run, &builder, TRUE, error)
      || !peal_ctl_post_apply_options (run, &builder, error))
    return PEAL_CTL_USAGE;
  dict = g_variant_ref_sink (g_variant_dict_end (&builder));
  if (!(video = peal_ctl_video_open (run, run->args[0], error)) || !check_first (run, dict, error)
      || !find_limit (run, video, &limit_s, error) || !peal_ctl_video_check (video, limit_s, error)
      || !peal_ctl_video_confirm_copy (run, video, error)
      || (media = peal_ctl_video_import (run, video, error)) == 0
      || !(ids = add_posts (run, dict, media, error)) || !print_ids (run, ids, error))
    return PEAL_CTL_FAILED;
  status = follow (run, ids, &local);
  /* The posts are there, whatever became of the wait. */
  if (local != NULL && !run->options->json)
    g_propagate_error (error, g_steal_pointer (&local));
  else if (local != NULL)
    {
      status = peal_ctl_error_get_status (local);
      peal_ctl_error_report (local, FALSE);
      /* What was interrupted is the wait, not the reading of the posts. */
      run->cancellable = NULL;
    }
  if (*error == NULL && !print_posts (run, ids, error))
    return PEAL_CTL_FAILED;
  return status;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "peal-client.h"
#include "peal-ctl-commands.h"
#include "peal-ctl-error.h"
#include "peal-ctl-json.h"
#include "peal-ctl-output.h"
#include "peal-error.h"
#include "peal-sentence.h"

static char *
dup_count (GVariant *account, const char *name)
{
  gint64 count;

  return g_variant_lookup (account, name, "x", &count) ? g_strdup_printf ("%" G_GINT64_FORMAT, count)
                                                       : g_strdup ("–");
}

static void
add_row (PealCtlTable *table, GVariant *account)
{
  g_autofree char *handle = NULL;
  g_autofree char *followers = dup_count (account, "follower_count");
  g_autofree char *videos = dup_count (account, "video_count");
  const char *open_id = "", *username = "", *name = "", *state = "", *environment = "";

  g_variant_lookup (account, "open_id", "&s", &open_id);
  g_variant_lookup (account, "username", "&s", &username);
  g_variant_lookup (account, "display_name", "&s", &name);
  g_variant_lookup (account, "state", "&s", &state);
  g_variant_lookup (account, "environment", "&s", &environment);
  handle = username[0] != '\0' ? g_strconcat ("@", username, NULL) : g_strdup ("–");
  peal_ctl_table_add (table, handle, name, peal_sentence_for_account_state (state), environment, followers,
                      videos, open_id, NULL);
}

static PealCtlTable *
new_table (void)
{
  PealCtlTable *table = peal_ctl_table_new ();

  peal_ctl_table_add (table, _ ("Account"), _ ("Name"), _ ("State"), _ ("Environment"), _ ("Followers"),
                      _ ("Videos"), "open_id", NULL);
  return table;
}

PealCtlStatus
peal_ctl_accounts (PealCtlRun *run, GError **error)
{
  g_autoptr (GVariant) accounts = peal_ctl_run_call (run, "ListAccounts", NULL, error);
  g_autoptr (PealCtlTable) table = NULL;
  GVariantIter iter;
  GVariant *account;

  if (accounts == NULL)
    return PEAL_CTL_FAILED;
  if (run->options->json)
    {
      g_autoptr (JsonNode) node = peal_ctl_json_array (accounts, peal_ctl_account_fields, run->zone);

      peal_ctl_json_print (node);
      return PEAL_CTL_DONE;
    }
  if (g_variant_n_children (accounts) == 0)
    {
      peal_ctl_note (_ ("There are no accounts yet. “pealctl connect” signs one in."));
      return PEAL_CTL_DONE;
    }
  table = new_table ();
  g_variant_iter_init (&iter, accounts);
  while ((account = g_variant_iter_next_value (&iter)) != NULL)
    {
      add_row (table, account);
      g_variant_unref (account);
    }
  peal_ctl_table_print (table);
  return PEAL_CTL_DONE;
}

static gboolean
print_url (PealCtlRun *run, const char *url, GError **error)
{
  if (run->options->json)
    {
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
      g_autoptr (JsonObject) object = json_object_new ();

      json_object_set_string_member (object, "authorize_url", url);
      json_node_set_object (node, object);
      peal_ctl_json_print (node);
    }
  else
    {
      peal_ctl_print (url);
      peal_ctl_print ("\n");
    }
  return peal_ctl_flush (error);
}

/* What a browser prints is not our data, and whoever reads them does not wait for the browser to end. */
static gboolean
launch (const char *url, GError **error)
{
  g_autofd int kept = fcntl (STDOUT_FILENO, F_DUPFD_CLOEXEC, 3);
  g_autofd int nothing = open ("/dev/null", O_WRONLY | O_CLOEXEC);
  gboolean launched;

  if (kept >= 0 && nothing >= 0)
    dup2 (nothing, STDOUT_FILENO);
  launched = g_app_info_launch_default_for_uri (url, NULL, error);
  if (kept >= 0)
    dup2 (kept, STDOUT_FILENO);
  return launched;
}

static void
open_browser (PealCtlRun *run, const char *url)
{
  g_autoptr (GError) error = NULL;

  if (run->options->no_browser)
    {
      peal_ctl_note (_ ("Open this address in your browser and allow access there."));
      return;
    }
  if (launch (url, &error))
    peal_ctl_note (_ ("Your browser opens this address. Allow access there."));
  else
    {
      g_debug ("No browser: %s", error->message);
      peal_ctl_note (
          _ ("No browser could be opened. Open this address in one yourself and allow access there."));
    }
}

static void
print_account (PealCtlRun *run, GVariant *account)
{
  g_autoptr (PealCtlTable) table = NULL;

  if (run->options->json)
    {
      g_autoptr (JsonNode) node = peal_ctl_json_object (account, peal_ctl_account_fields, run->zone);

      peal_ctl_json_print (node);
      return;
    }
  table = new_table ();
  add_row (table, account);
  peal_ctl_table_print (table);
}

static PealCtlStatus
sign_in (PealCtlRun *run, GVariantDict *options, GError **error)
{
  g_autoptr (GVariant) arguments =
      g_variant_ref_sink (g_variant_new ("(@a{sv})", g_variant_dict_end (options)));
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GVariant) account = NULL;
  g_autofree char *url = NULL;
  guint job;

  if (!peal_ctl_run_connect (run, error)
      || !(reply = dex_await_variant (peal_client_call (run->client, "Connect", arguments, NULL), error)))
    return PEAL_CTL_FAILED;
  if (!g_variant_is_of_type (reply, G_VARIANT_TYPE ("(us)")))
    {
      g_propagate_error (
          error, peal_error_new (PEAL_ERROR_INVALID, "agent_failed", "Connect returned something else"));
      return PEAL_CTL_FAILED;
    }
  g_variant_get (reply, "(us)", &job, &url);
  if (!print_url (run, url, error))
    return PEAL_CTL_FAILED;
  open_browser (run, url);
  if (!(account = dex_await_variant (peal_client_finish_job (run->client, job, run->cancellable), error)))
    return PEAL_CTL_FAILED;
  print_account (run, account);
  return PEAL_CTL_DONE;
}

PealCtlStatus
peal_ctl_connect (PealCtlRun *run, GError **error)
{
  g_auto (GVariantDict) options = G_VARIANT_DICT_INIT (NULL);

  return sign_in (run, &options, error);
}

PealCtlStatus
peal_ctl_grant (PealCtlRun *run, GError **error)
{
  g_auto (GVariantDict) options = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&options, "account", "s", run->args[0]);
  return sign_in (run, &options, error);
}

PealCtlStatus
peal_ctl_disconnect (PealCtlRun *run, GError **error)
{
  g_autoptr (GVariant) result =
      peal_ctl_run_job (run, "Disconnect", g_variant_new ("(s)", run->args[0]), -1, error);
  gboolean revoked = FALSE;
  guint32 held = 0;

  if (result == NULL)
    return PEAL_CTL_FAILED;
  g_variant_lookup (result, "revoked", "b", &revoked);
  g_variant_lookup (result, "held", "u", &held);
  if (run->options->json)
    {
      g_autoptr (JsonNode) node = peal_ctl_json_value (result);

      peal_ctl_json_print (node);
    }
  else
    peal_ctl_note (ngettext ("The account is disconnected. %u scheduled post is held.",
                             "The account is disconnected. %u scheduled posts are held.", held),
                   held);
  if (!revoked)
    peal_ctl_note (
        _ ("TikTok did not confirm it. You can also remove Peal’s access in TikTok’s app, under Settings, "
           "Security, Manage app permissions."));
  return PEAL_CTL_DONE;
}

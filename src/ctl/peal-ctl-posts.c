/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "peal-ctl-commands.h"
#include "peal-ctl-error.h"
#include "peal-ctl-json.h"
#include "peal-ctl-output.h"
#include "peal-ctl-post.h"
#include "peal-sentence.h"

#define PAGE 500
#define CAPTION_COLUMNS 40

static char *
dup_instant (PealCtlRun *run, GVariant *dict, const char *name)
{
  gint64 instant;

  if (!g_variant_lookup (dict, name, "x", &instant) || instant <= 0)
    return g_strdup ("–");
  return peal_ctl_format_instant (instant, run->zone);
}

static void
add_row (PealCtlRun *run, PealCtlTable *table, GVariant *post)
{
  g_autofree char *account = peal_ctl_post_dup_account (post);
  g_autofree char *due = dup_instant (run, post, "due");
  g_autofree char *caption = peal_ctl_sanitize (peal_ctl_post_get_text (post, "caption"), CAPTION_COLUMNS);
  g_autofree char *number = NULL;
  gint64 id = 0;

  g_variant_lookup (post, "id", "x", &id);
  number = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  peal_ctl_table_add (table, number, peal_sentence_for_state (peal_ctl_post_get_text (post, "state")), due,
                      account, caption, NULL);
}

static gboolean
make_filter (PealCtlRun *run, GVariantDict *filter, GError **error)
{
  char **accounts = run->options->accounts;
  const char *state = run->options->state;
  PealPostState known;

  if (accounts != NULL && g_strv_length (accounts) > 1)
    return peal_ctl_fail_usage (error, _ ("“pealctl list” takes one account."));
  if (state != NULL && !peal_post_state_from_string (state, &known))
    return peal_ctl_fail_usage (error,
                                _ ("“%s” is no state of a post. They are draft, scheduled, held, publishing, "
                                   "published, in_inbox, failed, needs_review and cancelled."),
                                state);
  if (accounts != NULL)
    g_variant_dict_insert (filter, "account", "s", accounts[0]);
  if (state != NULL)
    g_variant_dict_insert (filter, "state", "s", state);
  return TRUE;
}

/* (transfer full): one page after the post @after. */
static GVariant *
list_page (PealCtlRun *run, gint64 after, GError **error)
{
  g_auto (GVariantDict) filter = G_VARIANT_DICT_INIT (NULL);

  if (!make_filter (run, &filter, error))
    return NULL;
  if (after > 0)
    g_variant_dict_insert (&filter, "after", "x", after);
  return peal_ctl_run_call (run, "ListPosts", g_variant_new ("(@a{sv}u)", g_variant_dict_end (&filter), PAGE),
                            error);
}

/* (transfer full): all posts that the options ask for. */
static GPtrArray *
list_all (PealCtlRun *run, GError **error)
{
  g_autoptr (GPtrArray) posts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);
  gint64 after = 0;
  gsize n;

  do
    {
      g_autoptr (GVariant) page = list_page (run, after, error);
      gint64 before = after;

      if (page == NULL)
        return NULL;
      n = g_variant_n_children (page);
      for (gsize i = 0; i < n; i++)
        {
          g_ptr_array_add (posts, g_variant_get_child_value (page, i));
          g_variant_lookup (g_ptr_array_index (posts, posts->len - 1), "id", "x", &after);
        }
      if (after <= before)
        break;
    }
  while (n >= PAGE);
  return g_steal_pointer (&posts);
}

static void
print_json (PealCtlRun *run, GPtrArray *posts)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (JsonArray) array = json_array_new ();

  for (guint i = 0; i < posts->len; i++)
    json_array_add_element (
        array, peal_ctl_json_object (g_ptr_array_index (posts, i), peal_ctl_post_fields, run->zone));
  json_node_set_array (node, array);
  peal_ctl_json_print (node);
}

PealCtlStatus
peal_ctl_list (PealCtlRun *run, GError **error)
{
  g_autoptr (GPtrArray) posts = list_all (run, error);
  g_autoptr (PealCtlTable) table = NULL;

  if (posts == NULL)
    return PEAL_CTL_FAILED;
  if (run->options->json)
    {
      print_json (run, posts);
      return PEAL_CTL_DONE;
    }
  if (posts->len == 0)
    {
      peal_ctl_note (_ ("There are no such posts."));
      return PEAL_CTL_DONE;
    }
  table = peal_ctl_table_new ();
  peal_ctl_table_add (table, _ ("Post"), _ ("State"), _ ("Due"), _ ("Account"), _ ("Caption"), NULL);
  for (guint i = 0; i < posts->len; i++)
    add_row (run, table, g_ptr_array_index (posts, i));
  peal_ctl_table_print (table);
  return PEAL_CTL_DONE;
}

static void
add_text (PealCtlTable *table, const char *label, const char *text)
{
  if (text != NULL && text[0] != '\0')
    peal_ctl_table_add (table, label, text, NULL);
}

static void
add_instant (PealCtlRun *run, PealCtlTable *table, const char *label, GVariant *post, const char *name)
{
  g_autofree char *text = dup_instant (run, post, name);

  if (g_variant_lookup (post, name, "x", NULL))
    peal_ctl_table_add (table, label, text, NULL);
}

static void
add_progress (PealCtlTable *table, GVariant *post)
{
  g_autofree char *text = NULL;
  guint64 bytes, total;

  if (!g_variant_lookup (post, "progress", "(tt)", &bytes, &total) || total == 0)
    return;
  text = g_strdup_printf (_ ("%" PRIu64 " of %" PRIu64 " bytes"), bytes, total);
  peal_ctl_table_add (table, _ ("Uploaded"), text, NULL);
}

static void
add_choices (PealCtlTable *table, GVariant *post)
{
  static const char *const names[] = {
    "allow_comment", "allow_duet", "allow_stitch", "your_brand", "branded_content", "ai_generated", NULL
  };
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) chosen = NULL;
  g_autofree char *text = NULL;

  for (const char *const *name = names; *name != NULL; name++)
    {
      gboolean on = FALSE;

      if (g_variant_lookup (post, *name, "b", &on) && on)
        g_strv_builder_add (builder, *name);
    }
  chosen = g_strv_builder_end (builder);
  text = g_strjoinv (", ", chosen);
  add_text (table, _ ("Options"), text);
}

static void
add_error (PealCtlTable *table, GVariant *post)
{
  g_autoptr (GVariant) problem = g_variant_lookup_value (post, "error", G_VARIANT_TYPE_VARDICT);
  g_autofree char *sentence = NULL;
  const char *code = "", *message = "", *log_id = "";

  if (problem == NULL || !g_variant_lookup (problem, "code", "&s", &code) || code[0] == '\0')
    return;
  g_variant_lookup (problem, "message", "&s", &message);
  g_variant_lookup (problem, "log_id", "&s", &log_id);
  sentence = peal_sentence_for_reason (code, message);
  peal_ctl_table_add (table, _ ("Problem"), sentence, NULL);
  peal_ctl_table_add (table, _ ("Code"), code, NULL);
  add_text (table, _ ("Log id"), log_id);
}

static void
print_post (PealCtlRun *run, GVariant *post)
{
  g_autoptr (PealCtlTable) table = peal_ctl_table_new ();
  g_autoptr (GVariant) media = g_variant_lookup_value (post, "media", G_VARIANT_TYPE_VARDICT);
  g_autofree char *account = peal_ctl_post_dup_account (post);
  const char *file = "";

  if (media != NULL)
    g_variant_lookup (media, "name", "&s", &file);
  add_text (table, _ ("State"), peal_sentence_for_state (peal_ctl_post_get_text (post, "state")));
  add_text (table, _ ("Why"), peal_sentence_for_hold (peal_ctl_post_get_text (post, "hold_reason")));
  add_text (table, _ ("Account"), account);
  add_instant (run, table, _ ("Due"), post, "due");
  add_instant (run, table, _ ("Published"), post, "published_at");
  add_text (table, _ ("Caption"), peal_ctl_post_get_text (post, "caption"));
  add_text (table, _ ("File"), file);
  add_text (table, _ ("Share type"), peal_ctl_post_get_text (post, "share_type"));
  add_text (table, _ ("Privacy"), peal_ctl_post_get_text (post, "privacy_level"));
  add_choices (table, post);
  add_progress (table, post);
  add_text (table, _ ("Link"), peal_ctl_post_get_text (post, "share_url"));
  add_text (table, _ ("Publish id"), peal_ctl_post_get_text (post, "publish_id"));
  add_error (table, post);
  peal_ctl_table_print (table);
}

/* (transfer full): the members of an event's detail, "code spam_risk, log_id 2026…"; another text as it is.
 */
static char *
describe_detail (const char *detail)
{
  g_autoptr (JsonNode) node = json_from_string (detail, NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  JsonObjectIter iter;
  const char *name = NULL;
  JsonNode *member = NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return g_strdup (detail);
  json_object_iter_init_ordered (&iter, json_node_get_object (node));
  while (json_object_iter_next_ordered (&iter, &name, &member))
    {
      g_autofree char *value = json_node_get_value_type (member) == G_TYPE_STRING
                                   ? json_node_dup_string (member)
                                   : json_to_string (member, FALSE);

      g_string_append_printf (text, "%s%s %s", text->len > 0 ? ", " : "", name, value);
    }
  return g_string_free_and_steal (g_steal_pointer (&text));
}

/* The account of what happened: attempts with their last state, events with TikTok's codes in their details.
 */
static void
print_history (PealCtlRun *run, GVariant *post)
{
  g_autoptr (GVariant) events = g_variant_lookup_value (post, "events", G_VARIANT_TYPE ("aa{sv}"));
  g_autoptr (PealCtlTable) table = peal_ctl_table_new ();
  GVariantIter iter;
  GVariant *event;

  if (events == NULL || g_variant_n_children (events) == 0)
    return;
  g_variant_iter_init (&iter, events);
  while ((event = g_variant_iter_next_value (&iter)) != NULL)
    {
      g_autoptr (GVariant) taken = event;
      g_autofree char *at = NULL;
      g_autofree char *detail = describe_detail (peal_ctl_post_get_text (event, "detail"));
      gint64 instant = 0;

      g_variant_lookup (event, "at", "x", &instant);
      at = peal_ctl_format_instant_exact (instant, run->zone);
      peal_ctl_table_add (table, at, peal_ctl_post_get_text (event, "kind"), detail, NULL);
    }
  peal_ctl_print ("\n");
  peal_ctl_table_print (table);
}

PealCtlStatus
peal_ctl_show (PealCtlRun *run, GError **error)
{
  gint64 id = peal_ctl_post_parse_id (run->args[0], error);
  g_autoptr (GVariant) post = NULL;

  if (id == 0)
    return PEAL_CTL_USAGE;
  if (!(post = peal_ctl_post_get (run, id, error)))
    return PEAL_CTL_FAILED;
  if (run->options->json)
    {
      g_autoptr (JsonNode) node = peal_ctl_json_object (post, peal_ctl_post_fields, run->zone);

      peal_ctl_json_print (node);
      return PEAL_CTL_DONE;
    }
  print_post (run, post);
  print_history (run, post);
  return PEAL_CTL_DONE;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include <glib/gi18n.h>

#include "peal-ctl-commands.h"
#include "peal-ctl-error.h"
#include "peal-ctl-json.h"
#include "peal-ctl-output.h"
#include "peal-ctl-video.h"
#include "peal-sentence.h"

static JsonArray *
rules_to_json (const PealRuleResult results[PEAL_N_RULES])
{
  JsonArray *rules = json_array_new ();

  for (int i = 0; i < PEAL_N_RULES; i++)
    {
      JsonObject *rule = json_object_new ();
      g_autofree char *sentence = peal_sentence_for_reason (results[i].reason, NULL);

      json_object_set_string_member (rule, "rule", peal_rule_to_string (results[i].rule));
      json_object_set_string_member (rule, "verdict", peal_verdict_to_string (results[i].verdict));
      json_object_set_string_member (rule, "reason", results[i].reason);
      json_object_set_string_member (rule, "message", sentence);
      json_array_add_object_element (rules, rule);
    }
  return rules;
}

static void
print_json (const PealCtlVideo *video,
            const PealRuleResult results[PEAL_N_RULES],
            const PealRuleResult *broken)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (GVariant) facts = g_variant_ref_sink (peal_media_facts_to_variant (video->facts));
  g_autofree char *sentence = broken != NULL ? peal_sentence_for_reason (broken->reason, NULL) : NULL;

  json_object_set_string_member (object, "file", video->name);
  json_object_set_boolean_member (object, "ok", broken == NULL);
  json_object_set_member (object, "facts", peal_ctl_json_value (facts));
  json_object_set_array_member (object, "rules", rules_to_json (results));
  if (broken != NULL)
    json_object_set_member (object, "error", peal_ctl_json_error (broken->reason, sentence, NULL));
  else
    json_object_set_null_member (object, "error");
  json_node_set_object (node, object);
  peal_ctl_json_print (node);
}

static const char *
verdict_in_words (PealVerdict verdict)
{
  switch (verdict)
    {
    case PEAL_VERDICT_OK:
      return _ ("ok");
    case PEAL_VERDICT_WARNING:
      return _ ("warning");
    case PEAL_VERDICT_BROKEN:
    default:
      return _ ("broken");
    }
}

static void
print_lines (const PealRuleResult results[PEAL_N_RULES])
{
  g_autoptr (PealCtlTable) table = peal_ctl_table_new ();

  for (int i = 0; i < PEAL_N_RULES; i++)
    {
      g_autofree char *sentence = peal_sentence_for_reason (results[i].reason, NULL);

      peal_ctl_table_add (table, peal_sentence_for_rule (peal_rule_to_string (results[i].rule)),
                          verdict_in_words (results[i].verdict), sentence, NULL);
    }
  peal_ctl_table_print (table);
}

PealCtlStatus
peal_ctl_check (PealCtlRun *run, GError **error)
{
  char **accounts = run->options->accounts;
  g_autoptr (PealCtlVideo) video = NULL;
  PealRuleResult results[PEAL_N_RULES];
  const PealRuleResult *broken = NULL;
  gint64 limit_s = 0;

  if (accounts != NULL && g_strv_length (accounts) > 1)
    {
      peal_ctl_fail_usage (error, _ ("“pealctl check” takes one account."));
      return PEAL_CTL_USAGE;
    }
  if (!(video = peal_ctl_video_open (run, run->args[0], error)))
    return PEAL_CTL_FAILED;
  if (accounts != NULL && (limit_s = peal_ctl_video_get_limit (run, accounts[0], error)) < 0)
    return PEAL_CTL_FAILED;
  peal_media_rules_check (video->facts, limit_s, results);
  broken = peal_media_rules_find_broken (results);
  if (run->options->json)
    print_json (video, results, broken);
  else
    print_lines (results);
  return broken != NULL ? PEAL_CTL_FAILED : PEAL_CTL_DONE;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include <glib/gi18n.h>
#include <inttypes.h>

#include "peal-ctl-commands.h"
#include "peal-ctl-error.h"
#include "peal-ctl-output.h"
#include "peal-ctl-post.h"
#include "peal-ctl-times.h"
#include "peal-error.h"
#include "peal-sentence.h"

/* With --json the post as it is now, else its state in words on stderr. */
static PealCtlStatus
print_result (PealCtlRun *run, gint64 id, GError **error)
{
  g_autoptr (GVariant) post = NULL;
  g_autofree char *due = NULL;
  gint64 instant = 0;

  if (run->options->json)
    return peal_ctl_post_print_json (run, id, error) ? PEAL_CTL_DONE : PEAL_CTL_FAILED;
  if (!(post = peal_ctl_post_get (run, id, error)))
    return PEAL_CTL_FAILED;
  g_variant_lookup (post, "due", "x", &instant);
  due = peal_ctl_format_instant (instant, run->zone);
  if (g_str_equal (peal_ctl_post_get_text (post, "state"), "scheduled"))
    peal_ctl_note (_ ("Post %" PRId64 " goes out on %s."), id, due);
  else
    peal_ctl_note (_ ("Post %" PRId64 ": %s."), id,
                   peal_sentence_for_state (peal_ctl_post_get_text (post, "state")));
  return PEAL_CTL_DONE;
}

static PealCtlStatus
change (PealCtlRun *run, gint64 id, GVariantDict *changes, GError **error)
{
  g_autoptr (GVariant) reply = peal_ctl_run_call (
      run, "EditPost", g_variant_new ("(x@a{sv})", id, g_variant_dict_end (changes)), error);

  return reply != NULL ? print_result (run, id, error) : PEAL_CTL_FAILED;
}

static gboolean
is_empty (GVariantDict *dict)
{
  g_autoptr (GVariant) copy = g_variant_ref_sink (g_variant_dict_end (dict));

  g_variant_dict_init (dict, copy);
  return g_variant_n_children (copy) == 0;
}

PealCtlStatus
peal_ctl_edit (PealCtlRun *run, GError **error)
{
  g_auto (GVariantDict) changes = G_VARIANT_DICT_INIT (NULL);
  gint64 id = peal_ctl_post_parse_id (run->args[0], error);

  if (id == 0 || !peal_ctl_times_apply (run, &changes, FALSE, error)
      || !peal_ctl_post_apply_options (run, &changes, error))
    return PEAL_CTL_USAGE;
  if (is_empty (&changes))
    {
      peal_ctl_fail_usage (error, _ ("Say what to change. “pealctl help edit” lists what there is."));
      return PEAL_CTL_USAGE;
    }
  return change (run, id, &changes, error);
}

PealCtlStatus
peal_ctl_move (PealCtlRun *run, GError **error)
{
  g_auto (GVariantDict) changes = G_VARIANT_DICT_INIT (NULL);
  gint64 id = peal_ctl_post_parse_id (run->args[0], error);

  if (id == 0)
    return PEAL_CTL_USAGE;
  if (run->options->at == NULL)
    {
      peal_ctl_fail_usage (error, _ ("“pealctl move” needs --at WHEN."));
      return PEAL_CTL_USAGE;
    }
  if (!peal_ctl_times_apply (run, &changes, TRUE, error))
    return PEAL_CTL_USAGE;
  return change (run, id, &changes, error);
}

PealCtlStatus
peal_ctl_cancel (PealCtlRun *run, GError **error)
{
  gint64 id = peal_ctl_post_parse_id (run->args[0], error);
  g_autoptr (GVariant) result = NULL;

  if (id == 0)
    return PEAL_CTL_USAGE;
  if (!(result = peal_ctl_run_job (run, "CancelPost", g_variant_new ("(x)", id), -1, error)))
    return PEAL_CTL_FAILED;
  return print_result (run, id, error);
}

PealCtlStatus
peal_ctl_retry (PealCtlRun *run, GError **error)
{
  gint64 id = peal_ctl_post_parse_id (run->args[0], error);
  g_autoptr (GVariant) reply = NULL;

  if (id == 0)
    return PEAL_CTL_USAGE;
  if (!(reply = peal_ctl_run_call (run, "RetryPost", g_variant_new ("(x)", id), error)))
    return PEAL_CTL_FAILED;
  return print_result (run, id, error);
}

PealCtlStatus
peal_ctl_resolve (PealCtlRun *run, GError **error)
{
  static const char *const answers[] = { "published", "again", "leave", NULL };
  gint64 id = peal_ctl_post_parse_id (run->args[0], error);
  g_autoptr (GVariant) reply = NULL;
  g_autofree char *line = NULL;
  gint64 copy;

  if (id == 0)
    return PEAL_CTL_USAGE;
  if (!g_strv_contains (answers, run->args[1]))
    {
      peal_ctl_fail_usage (error, "%s", peal_sentence_lookup ("answer_unknown"));
      return PEAL_CTL_USAGE;
    }
  if (!(reply = peal_ctl_run_call (run, "ResolvePost", g_variant_new ("(xs)", id, run->args[1]), error)))
    return PEAL_CTL_FAILED;
  copy = g_variant_is_of_type (reply, G_VARIANT_TYPE_INT64) ? g_variant_get_int64 (reply) : 0;
  if (copy == 0)
    return print_result (run, id, error);
  if (run->options->json)
    return print_result (run, copy, error);
  line = g_strdup_printf ("%" G_GINT64_FORMAT "\n", copy);
  peal_ctl_print (line);
  return PEAL_CTL_DONE;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-checks.h"

#include <glib/gi18n.h>

#include "peal-compose-facts.h"
#include "peal-sentence.h"

/* A row, and what says its verdict in it. */
typedef struct
{
  AdwActionRow *row;
  GtkImage *icon;
  GtkLabel *word;
} Check;

struct _PealComposeChecks
{
  AdwBin parent_instance;

  AdwExpanderRow *sum;
  GtkImage *sum_icon;
  Check checks[PEAL_N_RULES];
  int worst; /* PealVerdict; -1 before the first */
};

G_DEFINE_FINAL_TYPE (PealComposeChecks, peal_compose_checks, ADW_TYPE_BIN)

static const struct
{
  const char *icon;
  const char *style;
  const char *word;
} looks[] = {
  [PEAL_VERDICT_OK] = { "object-select-symbolic", "success", N_ ("OK") },
  [PEAL_VERDICT_WARNING] = { "dialog-warning-symbolic", "warning", N_ ("Not recommended") },
  [PEAL_VERDICT_BROKEN] = { "dialog-error-symbolic", "error", N_ ("Not allowed") },
};

static void
set_look (GtkWidget *widget, PealVerdict verdict)
{
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++)
    gtk_widget_remove_css_class (widget, looks[i].style);
  gtk_widget_add_css_class (widget, looks[verdict].style);
}

static void
show_check (Check *check, const PealMediaFacts *facts, const PealRuleResult *result)
{
  g_autofree char *fact = peal_compose_facts_to_text (facts, result->rule);
  g_autofree char *reason = NULL;
  g_autofree char *text = NULL;

  if (result->verdict != PEAL_VERDICT_OK)
    {
      reason = peal_sentence_for_reason (result->reason, NULL);
      /* Translators: what the video has, and what is wrong with it: "20 frames a second. The frame rate is
       * low." */
      text = g_strdup_printf (C_ ("fact and reason", "%s. %s"), fact, reason);
    }
  adw_action_row_set_subtitle (check->row, text != NULL ? text : fact);
  gtk_image_set_from_icon_name (check->icon, looks[result->verdict].icon);
  set_look (GTK_WIDGET (check->icon), result->verdict);
  gtk_label_set_label (check->word, _ (looks[result->verdict].word));
  set_look (GTK_WIDGET (check->word), result->verdict);
}

static char *
describe_sum (const PealRuleResult results[PEAL_N_RULES], PealVerdict worst)
{
  int n = 0;

  for (int i = 0; i < PEAL_N_RULES; i++)
    n += results[i].verdict == worst;
  switch (worst)
    {
    case PEAL_VERDICT_BROKEN:
      return g_strdup_printf (g_dngettext (GETTEXT_PACKAGE,
                                           "TikTok does not take this video: %d rule is broken",
                                           "TikTok does not take this video: %d rules are broken", (gulong)n),
                              n);
    case PEAL_VERDICT_WARNING:
      return g_strdup_printf (
          g_dngettext (GETTEXT_PACKAGE, "TikTok takes this video; %d thing is not as it recommends",
                       "TikTok takes this video; %d things are not as it recommends", (gulong)n),
          n);
    case PEAL_VERDICT_OK:
    default:
      return g_strdup (_ ("Meets TikTok’s rules"));
    }
}

static void
add_check (PealComposeChecks *self, PealRule rule)
{
  Check *check = &self->checks[rule];
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *icon = gtk_image_new ();
  GtkWidget *word = gtk_label_new (NULL);

  check->row = ADW_ACTION_ROW (row);
  check->icon = GTK_IMAGE (icon);
  check->word = GTK_LABEL (word);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 peal_sentence_for_rule (peal_rule_to_string (rule)));
  adw_action_row_add_prefix (check->row, icon);
  adw_action_row_add_suffix (check->row, word);
  adw_expander_row_add_row (self->sum, row);
}

static void
peal_compose_checks_class_init (PealComposeChecksClass *klass)
{
}

static void
peal_compose_checks_init (PealComposeChecks *self)
{
  GtkWidget *list = gtk_list_box_new ();

  self->worst = -1;
  self->sum = ADW_EXPANDER_ROW (adw_expander_row_new ());
  self->sum_icon = GTK_IMAGE (gtk_image_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->sum), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->sum), _ ("Video Check"));
  adw_expander_row_add_prefix (self->sum, GTK_WIDGET (self->sum_icon));
  for (int i = 0; i < PEAL_N_RULES; i++)
    add_check (self, (PealRule)i);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (self->sum));
  adw_bin_set_child (ADW_BIN (self), list);
}

gboolean
peal_compose_checks_show (PealComposeChecks *self, const PealMediaFacts *facts, gint64 max_duration_s)
{
  PealRuleResult results[PEAL_N_RULES];
  PealVerdict worst = PEAL_VERDICT_OK;
  g_autofree char *sum = NULL;

  g_return_val_if_fail (PEAL_IS_COMPOSE_CHECKS (self), FALSE);
  g_return_val_if_fail (facts != NULL, FALSE);

  peal_media_rules_check (facts, max_duration_s, results);
  for (int i = 0; i < PEAL_N_RULES; i++)
    {
      show_check (&self->checks[i], facts, &results[i]);
      worst = MAX (worst, results[i].verdict);
    }
  sum = describe_sum (results, worst);
  adw_expander_row_set_subtitle (self->sum, sum);
  gtk_image_set_from_icon_name (self->sum_icon, looks[worst].icon);
  set_look (GTK_WIDGET (self->sum_icon), worst);
  if ((int)worst != self->worst)
    adw_expander_row_set_expanded (self->sum, worst == PEAL_VERDICT_BROKEN);
  self->worst = worst;
  return worst != PEAL_VERDICT_BROKEN;
}

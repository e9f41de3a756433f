/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-sentence.h"

#include <glib/gi18n-lib.h>

#include "peal-error.h"
#include "peal-sentence-private.h"

static const PealSentence *
find (const PealSentence *table, const char *word)
{
  for (const PealSentence *row = table; row->word != NULL; row++)
    {
      if (g_str_equal (row->word, word))
        return row;
    }
  return NULL;
}

/* A hold's reason stands in for an error's, where that is all there is. */
static const PealSentence *
find_reason (const char *reason)
{
  const PealSentence *row = find (peal_sentence_reasons, reason);

  return row != NULL ? row : find (peal_sentence_holds, reason);
}

static const char *
translate_or_self (const PealSentence *table, const char *word)
{
  const PealSentence *row = find (table, word);

  return row != NULL ? _ (row->sentence) : word;
}

const char *
peal_sentence_lookup (const char *reason)
{
  const PealSentence *row = NULL;

  g_return_val_if_fail (reason != NULL, NULL);

  row = find_reason (reason);
  return row != NULL ? _ (row->sentence) : NULL;
}

char *
peal_sentence_for_reason (const char *reason, const char *message)
{
  const PealSentence *row = NULL;
  gboolean has_message = message != NULL && message[0] != '\0';

  g_return_val_if_fail (reason != NULL, NULL);

  row = find_reason (reason);
  if (row == NULL && !has_message)
    /* Translators: %s is a code such as “spam_risk”. */
    return g_strdup_printf (_ ("This did not work, and Peal does not know this reason: %s."), reason);
  if (row == NULL)
    /* Translators: a code such as “spam_risk”, and what was said with it. */
    return g_strdup_printf (_ ("This did not work: %s (%s)."), reason, message);
  if (row->detail && has_message)
    /* Translators: a sentence with its full stop, and a detail in English. */
    return g_strdup_printf (_ ("%s (%s)"), _ (row->sentence), message);
  return g_strdup (_ (row->sentence));
}

char *
peal_sentence_for_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return peal_sentence_for_reason (peal_error_get_reason (error), error->message);
}

const char *
peal_sentence_for_hold (const char *hold_reason)
{
  if (hold_reason == NULL || hold_reason[0] == '\0')
    return NULL;
  return translate_or_self (peal_sentence_holds, hold_reason);
}

const char *
peal_sentence_for_state (const char *state)
{
  g_return_val_if_fail (state != NULL, NULL);

  return translate_or_self (peal_sentence_states, state);
}

const char *
peal_sentence_for_account_state (const char *state)
{
  g_return_val_if_fail (state != NULL, NULL);

  return translate_or_self (peal_sentence_account_states, state);
}

const char *
peal_sentence_for_rule (const char *rule)
{
  g_return_val_if_fail (rule != NULL, NULL);

  return translate_or_self (peal_sentence_rules, rule);
}

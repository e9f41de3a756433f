/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-account.h"
#include "peal-error.h"
#include "peal-media-rules.h"
#include "peal-post.h"
#include "peal-sentence-private.h"
#include "peal-sentence.h"

static void
check_table (const PealSentence *table, gboolean sentences)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (; table->word != NULL; table++)
    {
      g_test_message ("%s", table->word);
      g_assert_true (g_hash_table_add (seen, (gpointer)table->word));
      g_assert_true (g_utf8_validate (table->sentence, -1, NULL));
      g_assert_null (strchr (table->sentence, '%'));
      if (sentences)
        g_assert_true (g_str_has_suffix (table->sentence, "."));
    }
}

static void
test_tables (void)
{
  check_table (peal_sentence_reasons, TRUE);
  check_table (peal_sentence_holds, TRUE);
  check_table (peal_sentence_states, FALSE);
  check_table (peal_sentence_account_states, FALSE);
  check_table (peal_sentence_rules, FALSE);
}

/* The words that the bus interface names. */
static void
test_interface (void)
{
  const char *const words[] = {
    "client_key",
    "client_secret",
    "environment_unknown",
    "share_type_unknown",
    "other_account",
    "access_denied",
    "connect_timeout",
    "connect_running",
    "no_credentials",
    "file_not_regular",
    "file_unreadable",
    "media_changed",
    "not_a_video",
    "media_unknown",
    "account_unknown",
    "account_ambiguous",
    "account_twice",
    "time_missing",
    "time_past",
    "zone_unknown",
    "no_slot",
    "privacy_level_missing",
    "branded_content_private",
    "option_unknown",
    "option_type",
    "scope_missing",
    "post_unknown",
    "post_under_way",
    "post_ended",
    "too_late",
    "not_retryable",
    "not_in_review",
    "answer_unknown",
    "slot_range",
    "setting_unknown",
    "setting_range",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_test_message ("%s", words[i]);
      g_assert_nonnull (peal_sentence_lookup (words[i]));
    }
}

/* The words of peal-media. */
static void
test_media (void)
{
  const char *const words[] = {
    "file_empty",         "file_is_directory", "file_not_regular", "frame_missing",
    "no_video_stream",    "not_a_picture",     "not_a_video",      "picture_too_large",
    "picture_unreadable", "probe_failed",      "probe_timeout",    "video_damaged",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_test_message ("%s", words[i]);
      g_assert_nonnull (peal_sentence_lookup (words[i]));
    }
}

/* An error whose reason is its code's own word has a sentence, whatever the code. */
static void
test_codes (void)
{
  for (int code = PEAL_ERROR_NETWORK; code <= PEAL_ERROR_CANCELLED; code++)
    {
      g_autoptr (GError) error = g_error_new_literal (PEAL_ERROR, code, "x");

      g_test_message ("%s", peal_error_get_reason (error));
      g_assert_nonnull (peal_sentence_lookup (peal_error_get_reason (error)));
    }
}

static void
test_words (void)
{
  for (int i = 0; i < PEAL_POST_N_STATES; i++)
    {
      const char *state = peal_post_state_to_string ((PealPostState)i);

      g_assert_cmpstr (peal_sentence_for_state (state), !=, state);
    }
  for (int i = 1; i < PEAL_HOLD_N_REASONS; i++)
    {
      const char *reason = peal_hold_reason_to_string ((PealHoldReason)i);

      g_assert_cmpstr (peal_sentence_for_hold (reason), !=, reason);
    }
  for (int i = 0; i < PEAL_N_RULES; i++)
    {
      const char *rule = peal_rule_to_string ((PealRule)i);

      g_assert_cmpstr (peal_sentence_for_rule (rule), !=, rule);
    }
  for (int i = PEAL_ACCOUNT_CONNECTED; i <= PEAL_ACCOUNT_DISCONNECTED; i++)
    {
      const char *state = peal_account_state_to_string ((PealAccountState)i);

      g_assert_cmpstr (peal_sentence_for_account_state (state), !=, state);
    }
  g_assert_null (peal_sentence_for_hold (""));
  g_assert_null (peal_sentence_for_hold (NULL));
  g_assert_cmpstr (peal_sentence_for_state ("levitating"), ==, "levitating");
}

static void
test_fallback (void)
{
  g_autoptr (GError) unknown = peal_error_new (PEAL_ERROR_REJECTED, "brand_new_code", "No cake today");
  g_autoptr (GError) gap = peal_error_new (PEAL_ERROR_INVALID, "time_gap", "from A to B");
  g_autofree char *sentence = peal_sentence_for_error (unknown);
  g_autofree char *detailed = peal_sentence_for_error (gap);
  g_autofree char *bare = peal_sentence_for_reason ("brand_new_code", "");
  g_autofree char *plain = peal_sentence_for_reason ("post_unknown", "There is no post 12");

  g_assert_nonnull (strstr (sentence, "brand_new_code"));
  g_assert_nonnull (strstr (sentence, "No cake today"));
  g_assert_nonnull (strstr (detailed, "(from A to B)"));
  g_assert_nonnull (strstr (bare, "brand_new_code"));
  g_assert_null (strstr (plain, "12"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sentence/tables", test_tables);
  g_test_add_func ("/sentence/interface", test_interface);
  g_test_add_func ("/sentence/media", test_media);
  g_test_add_func ("/sentence/codes", test_codes);
  g_test_add_func ("/sentence/words", test_words);
  g_test_add_func ("/sentence/fallback", test_fallback);

  return g_test_run ();
}

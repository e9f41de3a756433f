/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-attempt.h"

/* Each legal step, by hand from the design; whatever is missing here must be refused. */
static const char *const legal[] = {
  "RESERVED>INIT_SENT",       "RESERVED>FINAL_ARMED",   "RESERVED>DEAD",         "INIT_SENT>INIT_OK",
  "INIT_SENT>FINAL_ARMED",    "INIT_SENT>DEAD",         "INIT_SENT>UNKNOWN",     "INIT_OK>UPLOADING",
  "INIT_OK>FINAL_ARMED",      "INIT_OK>DEAD",           "UPLOADING>FINAL_ARMED", "UPLOADING>DEAD",
  "FINAL_ARMED>BYTES_SENT",   "FINAL_ARMED>PROCESSING", "FINAL_ARMED>DEAD",      "FINAL_ARMED>UNKNOWN",
  "BYTES_SENT>PROCESSING",    "BYTES_SENT>UNKNOWN",     "PROCESSING>PUBLISHED",  "PROCESSING>INBOX",
  "PROCESSING>FAILED_REMOTE", "PROCESSING>UNKNOWN",     "INBOX>PUBLISHED",       NULL,
};

static void
test_transitions (void)
{
  guint n_legal = 0;

  for (int from = 0; from < PEAL_ATTEMPT_N_STATES; from++)
    {
      for (int to = 0; to < PEAL_ATTEMPT_N_STATES; to++)
        {
          g_autofree char *step =
              g_strdup_printf ("%s>%s", peal_attempt_state_to_string ((PealAttemptState)from),
                               peal_attempt_state_to_string ((PealAttemptState)to));
          gboolean may = peal_attempt_may_follow ((PealAttemptState)from, (PealAttemptState)to);

          if (may != g_strv_contains (legal, step))
            g_error ("%s is %s", step, may ? "allowed" : "refused");
          n_legal += may ? 1 : 0;
        }
    }
  g_assert_cmpuint (n_legal, ==, G_N_ELEMENTS (legal) - 1);
}

/* Nothing but an ending, or proof, leads out of the states in which TikTok may have the post. */
static void
test_armed_never_restarts (void)
{
  for (int from = 0; from < PEAL_ATTEMPT_N_STATES; from++)
    {
      if (!peal_attempt_is_armed ((PealAttemptState)from))
        continue;
      for (int to = PEAL_ATTEMPT_RESERVED; to < PEAL_ATTEMPT_FINAL_ARMED; to++)
        g_assert_false (peal_attempt_may_follow ((PealAttemptState)from, (PealAttemptState)to));
    }
}

static void
test_live_and_armed (void)
{
  static const char *const live[] = { "RESERVED",    "INIT_SENT",  "INIT_OK",    "UPLOADING",
                                      "FINAL_ARMED", "BYTES_SENT", "PROCESSING", NULL };
  static const char *const armed[] = { "FINAL_ARMED", "BYTES_SENT", "PROCESSING", NULL };

  for (int i = 0; i < PEAL_ATTEMPT_N_STATES; i++)
    {
      const char *word = peal_attempt_state_to_string ((PealAttemptState)i);

      g_assert_cmpint (peal_attempt_is_live ((PealAttemptState)i), ==, g_strv_contains (live, word));
      g_assert_cmpint (peal_attempt_is_armed ((PealAttemptState)i), ==, g_strv_contains (armed, word));
    }
}

static void
test_words (void)
{
  PealAttemptState state = PEAL_ATTEMPT_INBOX;

  for (int i = 0; i < PEAL_ATTEMPT_N_STATES; i++)
    {
      g_assert_true (
          peal_attempt_state_from_string (peal_attempt_state_to_string ((PealAttemptState)i), &state));
      g_assert_cmpint (state, ==, i);
    }
  g_assert_false (peal_attempt_state_from_string ("reserved", &state));
  g_assert_false (peal_attempt_state_from_string (NULL, &state));
  g_assert_cmpint (state, ==, PEAL_ATTEMPT_UNKNOWN);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/attempt/transitions", test_transitions);
  g_test_add_func ("/attempt/armed-never-restarts", test_armed_never_restarts);
  g_test_add_func ("/attempt/live-and-armed", test_live_and_armed);
  g_test_add_func ("/attempt/words", test_words);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-error.h"
#include "peal-post.h"

static void
test_words (void)
{
  static const char *const states[] = { "draft",    "scheduled", "held",         "publishing", "published",
                                        "in_inbox", "failed",    "needs_review", "cancelled" };
  static const char *const holds[] = { "",          "missed",         "media_changed", "media_missing",
                                       "reconnect", "keyring_locked", "clock",         "option_unavailable",
                                       "daily_cap", "disk_full",      "adopted_data",  "restored_backup",
                                       "tz_rules" };
  static const char *const shares[] = { "direct", "inbox" };

  g_assert_cmpint (G_N_ELEMENTS (states), ==, PEAL_POST_N_STATES);
  g_assert_cmpint (G_N_ELEMENTS (holds), ==, PEAL_HOLD_N_REASONS);
  for (int i = 0; i < PEAL_POST_N_STATES; i++)
    {
      PealPostState state = PEAL_POST_DRAFT;

      g_assert_cmpstr (peal_post_state_to_string ((PealPostState)i), ==, states[i]);
      g_assert_true (peal_post_state_from_string (states[i], &state));
      g_assert_cmpint (state, ==, i);
    }
  for (int i = 0; i < PEAL_HOLD_N_REASONS; i++)
    {
      PealHoldReason reason = PEAL_HOLD_NONE;

      g_assert_cmpstr (peal_hold_reason_to_string ((PealHoldReason)i), ==, holds[i]);
      g_assert_true (peal_hold_reason_from_string (holds[i], &reason));
      g_assert_cmpint (reason, ==, i);
    }
  for (int i = 0; i < (int)G_N_ELEMENTS (shares); i++)
    {
      PealShareType share = PEAL_SHARE_DIRECT;

      g_assert_cmpstr (peal_share_type_to_string ((PealShareType)i), ==, shares[i]);
      g_assert_true (peal_share_type_from_string (shares[i], &share));
      g_assert_cmpint (share, ==, i);
    }
  g_assert_false (peal_post_state_from_string ("", &(PealPostState){ 0 }));
  g_assert_false (peal_hold_reason_from_string (NULL, &(PealHoldReason){ 0 }));
  g_assert_false (peal_share_type_from_string ("Inbox", &(PealShareType){ 0 }));
}

static void
test_defaults (void)
{
  g_autoptr (PealPostOptions) options = peal_post_options_new ();

  g_assert_cmpstr (options->caption, ==, "");
  g_assert_null (options->privacy_level);
  g_assert_cmpint (options->share_type, ==, PEAL_SHARE_DIRECT);
  /* TikTok's guidelines: nothing is allowed until the user says so. */
  g_assert_false (options->allow_comment || options->allow_duet || options->allow_stitch);
  g_assert_false (options->your_brand || options->branded_content || options->ai_generated);
  g_assert_cmpint (options->cover_ms, ==, -1);
}

static void
apply (PealPostOptions *options, const char *text)
{
  g_autoptr (GVariant) dict = g_variant_ref_sink (g_variant_new_parsed (text));
  g_autoptr (GError) error = NULL;

  peal_post_options_apply (options, dict, &error);
  g_assert_no_error (error);
}

static void
test_round (void)
{
  g_autoptr (PealPostOptions) options = peal_post_options_new ();
  g_autoptr (PealPostOptions) back = peal_post_options_new ();
  g_autoptr (PealPostOptions) copy = NULL;
  g_autoptr (GVariant) dict = NULL;
  g_autoptr (GVariant) again = NULL;

  apply (options, "@a{sv} {'caption': <'Rye 🍞'>, 'privacy_level': <'SELF_ONLY'>, 'share_type': <'inbox'>,"
                  "'allow_comment': <true>, 'allow_stitch': <true>, 'branded_content': <true>,"
                  "'cover_ms': <int64 1500>, 'account': <'not an option'>}");
  g_assert_cmpstr (options->caption, ==, "Rye 🍞");
  g_assert_cmpstr (options->privacy_level, ==, "SELF_ONLY");
  g_assert_cmpint (options->share_type, ==, PEAL_SHARE_INBOX);
  g_assert_true (options->allow_comment && options->allow_stitch && options->branded_content);
  g_assert_false (options->allow_duet || options->your_brand || options->ai_generated);
  g_assert_cmpint (options->cover_ms, ==, 1500);
  copy = g_boxed_copy (PEAL_TYPE_POST_OPTIONS, options);
  dict = g_variant_ref_sink (peal_post_options_to_variant (copy));
  g_assert_true (peal_post_options_apply (back, dict, NULL));
  again = g_variant_ref_sink (peal_post_options_to_variant (back));
  g_assert_cmpvariant (dict, again);
  g_assert_cmpuint (g_variant_n_children (dict), ==, 10);
}

static void
test_change_one (void)
{
  g_autoptr (PealPostOptions) options = peal_post_options_new ();
  g_autoptr (GVariant) dict = NULL;

  apply (options, "@a{sv} {'caption': <'a'>, 'privacy_level': <'SELF_ONLY'>, 'allow_duet': <true>}");
  apply (options, "@a{sv} {'caption': <'b'>}");
  g_assert_cmpstr (options->caption, ==, "b");
  g_assert_cmpstr (options->privacy_level, ==, "SELF_ONLY");
  g_assert_true (options->allow_duet);
  apply (options, "@a{sv} {'privacy_level': <''>, 'allow_duet': <false>}");
  g_assert_null (options->privacy_level);
  g_assert_false (options->allow_duet);
  apply (options, "@a{sv} {'privacy_level': <'A_LEVEL_OF_2027'>, 'cover_ms': <int64 2147483647>}");
  dict = g_variant_ref_sink (peal_post_options_to_variant (options));
  g_assert_true (g_variant_lookup (dict, "privacy_level", "s", NULL));
}

static const struct
{
  const char *dict;
  const char *reason;
} refused[] = {
  { "{'caption': <'\\u0007'>}", "caption_control" },
  { "{'caption': <5>}", "option_type" },
  { "{'privacy_level': <'public'>}", "privacy_level_unknown" },
  { "{'privacy_level': <'SELF ONLY'>}", "privacy_level_unknown" },
  { "{'privacy_level': <true>}", "option_type" },
  { "{'share_type': <'photo'>}", "share_type_unknown" },
  { "{'share_type': <''>}", "share_type_unknown" },
  { "{'share_type': <int64 1>}", "option_type" },
  { "{'cover_ms': <int64 -2>}", "cover_range" },
  { "{'cover_ms': <int64 2147483648>}", "cover_range" },
  { "{'cover_ms': <5>}", "option_type" },
  { "{'allow_comment': <'yes'>}", "option_type" },
  { "{'ai_generated': <1>}", "option_type" },
};

static void
test_refused (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (PealPostOptions) options = peal_post_options_new ();
      g_autoptr (GVariant) dict = g_variant_ref_sink (g_variant_new_parsed (refused[i].dict));
      g_autoptr (GError) error = NULL;

      if (peal_post_options_apply (options, dict, &error))
        g_error ("%s is taken", refused[i].dict);
      g_assert_error (error, PEAL_ERROR, PEAL_ERROR_INVALID);
      g_assert_cmpstr (peal_error_get_reason (error), ==, refused[i].reason);
    }
}

/* What comes before the bad member is not taken either. */
static void
test_all_or_nothing (void)
{
  g_autoptr (PealPostOptions) options = peal_post_options_new ();
  g_autoptr (GVariant) dict = g_variant_ref_sink (
      g_variant_new_parsed ("@a{sv} {'caption': <'new'>, 'allow_duet': <true>, 'cover_ms': <int64 -7>}"));

  g_assert_false (peal_post_options_apply (options, dict, NULL));
  g_assert_cmpstr (options->caption, ==, "");
  g_assert_false (options->allow_duet);
}

static void
assert_unready (PealPostOptions *options, const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (peal_post_options_check (options, &error));
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_INVALID);
  g_assert_cmpstr (peal_error_get_reason (error), ==, reason);
}

static void
test_check (void)
{
  g_autoptr (PealPostOptions) options = peal_post_options_new ();

  assert_unready (options, "privacy_level_missing");
  apply (options, "@a{sv} {'privacy_level': <'SELF_ONLY'>, 'your_brand': <true>}");
  g_assert_true (peal_post_options_check (options, NULL));
  apply (options, "@a{sv} {'branded_content': <true>}");
  assert_unready (options, "branded_content_private");
  apply (options, "@a{sv} {'privacy_level': <'PUBLIC_TO_EVERYONE'>}");
  g_assert_true (peal_post_options_check (options, NULL));
  apply (options, "@a{sv} {'privacy_level': <''>, 'share_type': <'inbox'>}");
  g_assert_true (peal_post_options_check (options, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/post/words", test_words);
  g_test_add_func ("/post/options/defaults", test_defaults);
  g_test_add_func ("/post/options/round", test_round);
  g_test_add_func ("/post/options/change-one", test_change_one);
  g_test_add_func ("/post/options/refused", test_refused);
  g_test_add_func ("/post/options/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/post/options/check", test_check);
  return g_test_run ();
}

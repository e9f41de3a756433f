/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-caption.h"
#include "peal-compose-creator.h"
#include "peal-compose-form.h"
#include "peal-compose-terms.h"

static PealPostOptions *options;
static PealComposeForm form;

/* A form that lacks nothing. */
static void
fill (void)
{
  g_clear_pointer (&options, peal_post_options_free);
  options = peal_post_options_new ();
  options->privacy_level = g_strdup ("PUBLIC_TO_EVERYONE");
  form = (PealComposeForm){
    .video = PEAL_COMPOSE_VIDEO_FINE,
    .has_account = TRUE,
    .scopes = PEAL_SCOPE_ALL,
    .creator = PEAL_COMPOSE_CREATOR_KNOWN,
    .options = options,
    .moment = PEAL_COMPOSE_AT_TIME,
    .when = PEAL_WHEN_FINE,
  };
}

static void
assert_lacks (PealComposeLack post, PealComposeLack draft)
{
  g_assert_cmpint (peal_compose_form_find_lack (&form), ==, post);
  g_assert_cmpint (peal_compose_form_find_draft_lack (&form), ==, draft);
}

static void
test_complete (void)
{
  fill ();
  assert_lacks (PEAL_COMPOSE_LACKS_NOTHING, PEAL_COMPOSE_LACKS_NOTHING);
  form.moment = PEAL_COMPOSE_NOW;
  form.when = PEAL_WHEN_PAST;
  assert_lacks (PEAL_COMPOSE_LACKS_NOTHING, PEAL_COMPOSE_LACKS_NOTHING);
}

static void
test_video (void)
{
  fill ();
  form.video = PEAL_COMPOSE_VIDEO_NONE;
  assert_lacks (PEAL_COMPOSE_LACKS_VIDEO, PEAL_COMPOSE_LACKS_VIDEO);
  form.video = PEAL_COMPOSE_VIDEO_CHECKING;
  assert_lacks (PEAL_COMPOSE_LACKS_CHECK, PEAL_COMPOSE_LACKS_CHECK);
  form.video = PEAL_COMPOSE_VIDEO_UNUSABLE;
  assert_lacks (PEAL_COMPOSE_LACKS_OTHER_VIDEO, PEAL_COMPOSE_LACKS_OTHER_VIDEO);
  form.video = PEAL_COMPOSE_VIDEO_BROKEN;
  assert_lacks (PEAL_COMPOSE_LACKS_RULES, PEAL_COMPOSE_LACKS_NOTHING);
}

static void
test_account (void)
{
  fill ();
  form.scopes = PEAL_SCOPE_ALL & ~PEAL_SCOPE_VIDEO_PUBLISH;
  assert_lacks (PEAL_COMPOSE_LACKS_SCOPE, PEAL_COMPOSE_LACKS_NOTHING);
  options->share_type = PEAL_SHARE_INBOX;
  assert_lacks (PEAL_COMPOSE_LACKS_NOTHING, PEAL_COMPOSE_LACKS_NOTHING);
  form.scopes = PEAL_SCOPE_ALL & ~PEAL_SCOPE_VIDEO_UPLOAD;
  assert_lacks (PEAL_COMPOSE_LACKS_SCOPE, PEAL_COMPOSE_LACKS_NOTHING);
  form.has_account = FALSE;
  assert_lacks (PEAL_COMPOSE_LACKS_ACCOUNT, PEAL_COMPOSE_LACKS_ACCOUNT);
}

/* Direct posts need what TikTok says at this moment; drafts and inbox shares do not, nor does a post whose
 * choices stay as they were. */
static void
test_creator (void)
{
  fill ();
  form.creator = PEAL_COMPOSE_CREATOR_ASKING;
  assert_lacks (PEAL_COMPOSE_LACKS_ANSWER, PEAL_COMPOSE_LACKS_NOTHING);
  form.creator = PEAL_COMPOSE_CREATOR_FAILED;
  assert_lacks (PEAL_COMPOSE_LACKS_CHOICES, PEAL_COMPOSE_LACKS_NOTHING);
  form.is_kept = TRUE;
  assert_lacks (PEAL_COMPOSE_LACKS_NOTHING, PEAL_COMPOSE_LACKS_NOTHING);
  form.is_kept = FALSE;
  options->share_type = PEAL_SHARE_INBOX;
  assert_lacks (PEAL_COMPOSE_LACKS_NOTHING, PEAL_COMPOSE_LACKS_NOTHING);
}

static void
test_caption (void)
{
  fill ();
  g_free (options->caption);
  options->caption = g_strnfill (PEAL_CAPTION_MAX_UNITS, 'x');
  assert_lacks (PEAL_COMPOSE_LACKS_NOTHING, PEAL_COMPOSE_LACKS_NOTHING);
  g_free (options->caption);
  options->caption = g_strnfill (PEAL_CAPTION_MAX_UNITS + 1, 'x');
  assert_lacks (PEAL_COMPOSE_LACKS_ROOM, PEAL_COMPOSE_LACKS_ROOM);
  options->share_type = PEAL_SHARE_INBOX;
  assert_lacks (PEAL_COMPOSE_LACKS_ROOM, PEAL_COMPOSE_LACKS_ROOM);
}

static void
test_choices (void)
{
  fill ();
  g_clear_pointer (&options->privacy_level, g_free);
  form.disclosure = TRUE;
  form.when = PEAL_WHEN_FOLD;
  assert_lacks (PEAL_COMPOSE_LACKS_PRIVACY, PEAL_COMPOSE_LACKS_NOTHING);
  options->privacy_level = g_strdup ("SELF_ONLY");
  assert_lacks (PEAL_COMPOSE_LACKS_DISCLOSURE, PEAL_COMPOSE_LACKS_NOTHING);
  g_assert_cmpstr (peal_compose_lack_to_sentence (PEAL_COMPOSE_LACKS_DISCLOSURE), ==,
                   "You need to indicate if your content promotes yourself, a third party, or both.");
  options->branded_content = TRUE;
  assert_lacks (PEAL_COMPOSE_LACKS_AUDIENCE, PEAL_COMPOSE_LACKS_NOTHING);
  options->branded_content = FALSE;
  options->your_brand = TRUE;
  assert_lacks (PEAL_COMPOSE_LACKS_TIME, PEAL_COMPOSE_LACKS_NOTHING);
  form.when = PEAL_WHEN_FINE;
  assert_lacks (PEAL_COMPOSE_LACKS_NOTHING, PEAL_COMPOSE_LACKS_NOTHING);
}

static void
test_sentences (void)
{
  g_assert_null (peal_compose_lack_to_sentence (PEAL_COMPOSE_LACKS_NOTHING));
  for (int lack = PEAL_COMPOSE_LACKS_NOTHING + 1; lack <= PEAL_COMPOSE_LACKS_TIME; lack++)
    g_assert_nonnull (peal_compose_lack_to_sentence ((PealComposeLack)lack));
}

static void
assert_diff (const PealPostOptions *before, const PealPostOptions *after, const char *expected)
{
  g_autoptr (GVariant) diff = g_variant_ref_sink (peal_compose_diff (before, after));
  g_autoptr (GVariant) wanted = g_variant_parse (NULL, expected, NULL, NULL, NULL);
  g_autoptr (PealPostOptions) changed = peal_post_options_copy (before);
  g_autoptr (GVariant) left = NULL;

  g_assert_cmpvariant (diff, wanted);
  /* Applied, it leads from the one to the other. */
  g_assert_true (peal_post_options_apply (changed, diff, NULL));
  left = g_variant_ref_sink (peal_compose_diff (changed, after));
  g_assert_cmpuint (g_variant_n_children (left), ==, 0);
}

static void
test_diff (void)
{
  g_autoptr (PealPostOptions) before = peal_post_options_new ();
  g_autoptr (PealPostOptions) after = peal_post_options_new ();

  assert_diff (before, after, "@a{sv} {}");
  after->privacy_level = g_strdup ("SELF_ONLY");
  assert_diff (before, after, "{'privacy_level': <'SELF_ONLY'>}");
  assert_diff (after, before, "{'privacy_level': <''>}");
  before->privacy_level = g_strdup ("PUBLIC_TO_EVERYONE");
  assert_diff (before, after, "{'privacy_level': <'SELF_ONLY'>}");
  g_set_str (&before->privacy_level, "SELF_ONLY");
  g_set_str (&after->caption, "New");
  assert_diff (before, after, "{'caption': <'New'>}");
  assert_diff (after, before, "{'caption': <''>}");
  g_set_str (&before->caption, "New");
  after->allow_duet = TRUE;
  assert_diff (before, after, "{'allow_duet': <true>}");
  assert_diff (after, before, "{'allow_duet': <false>}");
  before->allow_duet = TRUE;
  after->cover_ms = 1500;
  assert_diff (before, after, "{'cover_ms': <int64 1500>}");
  assert_diff (after, before, "{'cover_ms': <int64 -1>}");
  before->cover_ms = 1500;
  after->share_type = PEAL_SHARE_INBOX;
  assert_diff (before, after, "{'share_type': <'inbox'>}");
}

#define MUSIC                                                                                                \
  "<a href=\"https://www.tiktok.com/legal/page/global/music-usage-confirmation/en\">Music Usage "            \
  "Confirmation</a>"
#define BRANDED "<a href=\"https://www.tiktok.com/legal/page/global/bc-policy/en\">Branded Content Policy</a>"

static void
test_terms (void)
{
  g_assert_cmpstr (peal_compose_consent_markup (FALSE), ==, "By posting, you agree to TikTok's " MUSIC);
  g_assert_cmpstr (peal_compose_consent_markup (TRUE), ==,
                   "By posting, you agree to TikTok's " BRANDED " and " MUSIC);
  g_assert_null (peal_compose_label_sentence (FALSE, FALSE));
  g_assert_cmpstr (peal_compose_label_sentence (TRUE, FALSE), ==,
                   "Your photo/video will be labeled as 'Promotional content'");
  g_assert_cmpstr (peal_compose_label_sentence (FALSE, TRUE), ==,
                   "Your photo/video will be labeled as 'Paid partnership'");
  g_assert_cmpstr (peal_compose_label_sentence (TRUE, TRUE), ==,
                   "Your photo/video will be labeled as 'Paid partnership'");
}

static gboolean
is_barred (const char *level, gboolean branded_content, PealEnvironment environment, gboolean audited)
{
  return peal_compose_privacy_bar (level, branded_content, environment, audited) != NULL;
}

static void
test_bars (void)
{
  const PealEnvironment production = PEAL_ENVIRONMENT_PRODUCTION, sandbox = PEAL_ENVIRONMENT_SANDBOX;

  g_assert_false (is_barred ("PUBLIC_TO_EVERYONE", TRUE, production, TRUE));
  g_assert_false (is_barred ("SELF_ONLY", FALSE, production, TRUE));
  g_assert_cmpstr (peal_compose_privacy_bar ("SELF_ONLY", TRUE, production, TRUE), ==,
                   "Branded content visibility cannot be set to private.");
  g_assert_true (is_barred ("PUBLIC_TO_EVERYONE", FALSE, production, FALSE));
  g_assert_true (is_barred ("MUTUAL_FOLLOW_FRIENDS", FALSE, production, FALSE));
  g_assert_true (is_barred ("CLOSE_FRIENDS_2", FALSE, production, FALSE));
  g_assert_false (is_barred ("SELF_ONLY", FALSE, production, FALSE));
  g_assert_true (is_barred ("PUBLIC_TO_EVERYONE", FALSE, sandbox, FALSE));
  g_assert_true (is_barred ("PUBLIC_TO_EVERYONE", FALSE, sandbox, TRUE));
  g_assert_false (is_barred ("MUTUAL_FOLLOW_FRIENDS", FALSE, sandbox, FALSE));
  g_assert_nonnull (peal_compose_branded_bar ("SELF_ONLY"));
  g_assert_null (peal_compose_branded_bar ("PUBLIC_TO_EVERYONE"));
  g_assert_null (peal_compose_branded_bar (NULL));
}

static PealComposeCreator *
read_creator (const char *text)
{
  g_autoptr (GVariant) dict = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, NULL);

  return peal_compose_creator_new (dict);
}

static void
test_read_creator (void)
{
  g_autoptr (PealComposeCreator) creator = read_creator (
      "{'username': <'mara.bakes'>, 'nickname': <'<b>Mara & Co</b>'>, 'comment_disabled': <true>,"
      " 'privacy_level_options': <['PUBLIC_TO_EVERYONE', 'SELF_ONLY', 'SELF_ONLY', '', 'lower', 'NEW_ONE']>,"
      " 'max_video_post_duration_s': <int64 600>}");

  g_assert_cmpstr (creator->nickname, ==, "<b>Mara & Co</b>");
  g_assert_cmpuint (g_strv_length (creator->privacy_levels), ==, 3);
  g_assert_cmpstr (creator->privacy_levels[2], ==, "NEW_ONE");
  g_assert_true (creator->comment_disabled);
  g_assert_false (creator->duet_disabled);
  g_assert_cmpint (creator->max_duration_s, ==, 600);
}

static void
test_read_odd_creator (void)
{
  g_autoptr (PealComposeCreator) empty = read_creator ("{}");
  g_autoptr (PealComposeCreator) odd =
      read_creator ("{'username': <'mara'>, 'nickname': <7>, 'privacy_level_options': <'SELF_ONLY'>, "
                    "'duet_disabled': <'yes'>,"
                    " 'max_video_post_duration_s': <int64 -5>}");
  g_autoptr (PealComposeCreator) copy = peal_compose_creator_copy (odd);

  g_assert_cmpstr (empty->nickname, ==, "");
  g_assert_cmpuint (g_strv_length (empty->privacy_levels), ==, 0);
  g_assert_cmpint (empty->max_duration_s, ==, 0);
  g_assert_cmpstr (copy->nickname, ==, "mara");
  g_assert_cmpuint (g_strv_length (copy->privacy_levels), ==, 0);
  g_assert_false (copy->duet_disabled);
  g_assert_cmpint (copy->max_duration_s, ==, 0);
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/compose-form/complete", test_complete);
  g_test_add_func ("/compose-form/video", test_video);
  g_test_add_func ("/compose-form/account", test_account);
  g_test_add_func ("/compose-form/creator", test_creator);
  g_test_add_func ("/compose-form/caption", test_caption);
  g_test_add_func ("/compose-form/choices", test_choices);
  g_test_add_func ("/compose-form/sentences", test_sentences);
  g_test_add_func ("/compose-form/diff", test_diff);
  g_test_add_func ("/compose-terms/words", test_terms);
  g_test_add_func ("/compose-terms/bars", test_bars);
  g_test_add_func ("/compose-creator/read", test_read_creator);
  g_test_add_func ("/compose-creator/odd", test_read_odd_creator);
  status = g_test_run ();
  g_clear_pointer (&options, peal_post_options_free);
  return status;
}

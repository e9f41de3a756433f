/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-agenda.h"
#include "peal-post-deeds.h"
#include "peal-post-facts.h"
#include "peal-post-text.h"

static PealPostItem *
make_post (const char *state, const char *hold, gint64 due)
{
  GVariantDict dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) value = NULL;

  g_variant_dict_insert (&dict, "id", "x", G_GINT64_CONSTANT (7));
  g_variant_dict_insert (&dict, "state", "s", state);
  g_variant_dict_insert (&dict, "hold_reason", "s", hold);
  g_variant_dict_insert (&dict, "caption", "s", "Plum cake");
  if (due >= 0)
    g_variant_dict_insert (&dict, "due", "x", due);
  value = g_variant_ref_sink (g_variant_dict_end (&dict));
  return peal_post_item_new (value);
}

static void
test_list (void)
{
  const PealDeed plan = PEAL_DEED_EDIT | PEAL_DEED_MOVE | PEAL_DEED_CANCEL;
  const struct
  {
    const char *state, *hold;
    PealDeed allowed, chosen;
  } posts[] = {
    { "draft", "", PEAL_DEED_EDIT | PEAL_DEED_DELETE, PEAL_DEED_NONE },
    { "scheduled", "", plan | PEAL_DEED_PUBLISH_NOW, PEAL_DEED_NONE },
    { "held", "missed", plan | PEAL_DEED_PUBLISH_NOW, PEAL_DEED_PUBLISH_NOW },
    { "held", "reconnect", plan | PEAL_DEED_SIGN_IN, PEAL_DEED_SIGN_IN },
    { "held", "adopted_data", PEAL_DEED_ADOPT | PEAL_DEED_CANCEL, PEAL_DEED_ADOPT },
    { "held", "media_missing", PEAL_DEED_CANCEL, PEAL_DEED_CANCEL },
    { "held", "option_unavailable", plan | PEAL_DEED_PUBLISH_NOW, PEAL_DEED_EDIT },
    { "held", "daily_cap", plan | PEAL_DEED_PUBLISH_NOW, PEAL_DEED_MOVE },
    { "publishing", "", PEAL_DEED_CANCEL, PEAL_DEED_NONE },
    { "published", "", PEAL_DEED_NONE, PEAL_DEED_NONE },
    { "in_inbox", "", PEAL_DEED_NONE, PEAL_DEED_NONE },
    { "failed", "", plan | PEAL_DEED_RETRY, PEAL_DEED_RETRY },
    { "needs_review", "", PEAL_DEED_RESOLVE, PEAL_DEED_RESOLVE },
    { "cancelled", "", PEAL_DEED_RESTORE, PEAL_DEED_NONE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (posts); i++)
    {
      g_autoptr (PealPostItem) post = make_post (posts[i].state, posts[i].hold, 0);

      g_test_message ("%s %s", posts[i].state, posts[i].hold);
      g_assert_cmphex (peal_post_deeds_list (post), ==, posts[i].allowed);
      g_assert_cmphex (peal_post_deeds_choose (post), ==, posts[i].chosen);
      /* What is offered first is allowed. */
      g_assert_cmphex (posts[i].chosen & ~posts[i].allowed, ==, 0);
    }
}

/* Whatever needs the user says what is wrong and has something to do about it. */
static void
test_no_post_without_a_way_out (void)
{
  for (int state = 0; state < PEAL_POST_N_STATES; state++)
    for (int hold = 0; hold < PEAL_HOLD_N_REASONS; hold++)
      {
        g_autoptr (PealPostItem) post = make_post (peal_post_state_to_string ((PealPostState)state),
                                                   peal_hold_reason_to_string ((PealHoldReason)hold), 0);
        g_autofree char *problem = peal_post_text_problem (post);
        gboolean needs =
            state == PEAL_POST_FAILED || state == PEAL_POST_NEEDS_REVIEW || state == PEAL_POST_HELD;

        if (state == PEAL_POST_HELD && hold == PEAL_HOLD_NONE)
          continue;
        g_assert_cmpint (problem != NULL, ==, needs);
        g_assert_cmpint (peal_post_deeds_choose (post) != PEAL_DEED_NONE, ==, needs);
      }
}

static void
test_words (void)
{
  for (guint deed = 1; deed <= PEAL_DEED_RESTORE; deed <<= 1)
    {
      g_assert_nonnull (peal_deed_to_action ((PealDeed)deed));
      g_assert_nonnull (strchr (peal_deed_to_label ((PealDeed)deed), '_'));
    }
}

static void
test_sections (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GDateTime) midnight = g_date_time_new_from_iso8601 ("2026-10-25T00:00:00+02:00", NULL);
  gint64 start = g_date_time_to_unix_usec (midnight);
  g_autoptr (PealPostItem) first = make_post ("scheduled", "", start);
  /* The day has 25 hours. */
  g_autoptr (PealPostItem) last =
      make_post ("scheduled", "", start + G_GINT64_CONSTANT (89999) * G_USEC_PER_SEC);
  g_autoptr (PealPostItem) next =
      make_post ("scheduled", "", start + G_GINT64_CONSTANT (90000) * G_USEC_PER_SEC);
  g_autoptr (PealPostItem) held = make_post ("held", "missed", start);
  g_autoptr (PealPostItem) before_1970 = make_post ("scheduled", "", 0);
  g_autofree char *heading = peal_agenda_describe_section (next, PEAL_AGENDA_UPCOMING, start, zone);
  g_autofree char *needs = peal_agenda_describe_section (held, PEAL_AGENDA_UPCOMING, start, zone);
  gint64 day = peal_agenda_get_section (first, PEAL_AGENDA_UPCOMING, zone);

  g_assert_cmpint (peal_agenda_get_section (last, PEAL_AGENDA_UPCOMING, zone), ==, day);
  g_assert_cmpint (peal_agenda_get_section (next, PEAL_AGENDA_UPCOMING, zone), ==, day + 1);
  g_assert_cmpint (peal_agenda_get_section (held, PEAL_AGENDA_UPCOMING, zone), <, day);
  g_assert_cmpint (peal_agenda_get_section (before_1970, PEAL_AGENDA_UPCOMING, zone), ==, 0);
  g_assert_cmpstr (heading, ==, "Tomorrow");
  g_assert_cmpstr (needs, ==, "Needs You");
}

static void
test_details (void)
{
  const struct
  {
    const char *detail;
    const char *text;
  } details[] = {
    { "{}", "" },
    { "{\"code\": \"spam_risk\", \"log_id\": \"2026\"}", "code spam_risk, log_id 2026" },
    { "{\"message\": \"a \\\"b\\\" \\u00e4\"}", "message a \"b\" ä" },
    { "no JSON", "no JSON" },
    { "{\"n\": 1}", "{\"n\": 1}" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (details); i++)
    {
      g_autofree char *text = peal_post_facts_describe_detail (details[i].detail);

      g_assert_cmpstr (text, ==, details[i].text);
    }
}

/* Neither turns the other round, whichever way they run. */
static void
test_account (void)
{
  const struct
  {
    const char *name, *username, *text;
  } accounts[] = {
    { "Mara", "mara.bakes", "\u2068Mara\u2069 · \u2068@mara.bakes\u2069" },
    { "לחם", "linh.draws", "\u2068לחם\u2069 · \u2068@linh.draws\u2069" },
    { "Mara", "", "Mara" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (accounts); i++)
    {
      g_autoptr (PealPostItem) post = NULL;
      g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
      g_autoptr (GVariant) value = NULL;
      g_autofree char *text = NULL;

      g_variant_dict_insert (&dict, "id", "x", G_GINT64_CONSTANT (7));
      g_variant_dict_insert (&dict, "display_name", "s", accounts[i].name);
      g_variant_dict_insert (&dict, "username", "s", accounts[i].username);
      value = g_variant_ref_sink (g_variant_dict_end (&dict));
      post = peal_post_item_new (value);
      text = peal_post_text_account (post);
      g_assert_cmpstr (text, ==, accounts[i].text);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/post-deeds/list", test_list);
  g_test_add_func ("/post-deeds/no-post-without-a-way-out", test_no_post_without_a_way_out);
  g_test_add_func ("/post-deeds/words", test_words);
  g_test_add_func ("/agenda/sections", test_sections);
  g_test_add_func ("/post-facts/details", test_details);
  g_test_add_func ("/post-text/account", test_account);
  return g_test_run ();
}

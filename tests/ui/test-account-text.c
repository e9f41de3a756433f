/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-account-text.h"

#define DAY G_TIME_SPAN_DAY
#define NOW (G_GINT64_CONSTANT (1795000000) * G_USEC_PER_SEC) /* 18 November 2026 */

static PealAccountItem *
parse_account (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) dict = g_variant_parse (G_VARIANT_TYPE_VARDICT, text, NULL, NULL, &error);

  g_assert_no_error (error);
  return peal_account_item_new (dict);
}

/* Whatever a state offers, there is a way out of it, and never both ways of one. */
static void
test_offers (void)
{
  for (guint scopes = PEAL_SCOPE_NONE; scopes <= PEAL_SCOPE_ALL; scopes++)
    {
      guint connected = peal_account_offers (PEAL_ACCOUNT_CONNECTED, (PealScopes)scopes);
      guint reconnect = peal_account_offers (PEAL_ACCOUNT_RECONNECT, (PealScopes)scopes);
      gboolean whole = scopes == PEAL_SCOPE_ALL;

      g_assert_cmpuint (connected, ==,
                        PEAL_ACCOUNT_OFFER_DISCONNECT | PEAL_ACCOUNT_OFFER_SHARE_TYPE
                            | (whole ? PEAL_ACCOUNT_OFFER_RENEW : PEAL_ACCOUNT_OFFER_GRANT_MORE));
      g_assert_cmpuint (reconnect, ==,
                        PEAL_ACCOUNT_OFFER_SIGN_IN | PEAL_ACCOUNT_OFFER_DISCONNECT
                            | PEAL_ACCOUNT_OFFER_SHARE_TYPE);
      g_assert_cmpuint (peal_account_offers (PEAL_ACCOUNT_DISCONNECTED, (PealScopes)scopes), ==,
                        PEAL_ACCOUNT_OFFER_SIGN_IN);
    }
  g_assert_cmpuint (peal_account_offers ((PealAccountState)17, PEAL_SCOPE_ALL), ==, PEAL_ACCOUNT_OFFER_NONE);
}

static void
test_trouble (void)
{
  g_autofree char *none = peal_account_dup_trouble (PEAL_ACCOUNT_CONNECTED, PEAL_SCOPE_ALL);
  g_autofree char *one =
      peal_account_dup_trouble (PEAL_ACCOUNT_CONNECTED, PEAL_SCOPE_ALL & (PealScopes)~PEAL_SCOPE_VIDEO_LIST);
  g_autofree char *five = peal_account_dup_trouble (PEAL_ACCOUNT_CONNECTED, PEAL_SCOPE_USER_BASIC);
  g_autofree char *dead = peal_account_dup_trouble (PEAL_ACCOUNT_RECONNECT, PEAL_SCOPE_ALL);
  g_autofree char *gone = peal_account_dup_trouble (PEAL_ACCOUNT_DISCONNECTED, PEAL_SCOPE_NONE);

  g_assert_null (none);
  g_assert_cmpstr (one, ==, "1 permission missing");
  g_assert_cmpstr (five, ==, "5 permissions missing");
  g_assert_cmpstr (dead, ==, "Sign in again");
  g_assert_cmpstr (gone, ==, "Disconnected");
}

static void
test_age (void)
{
  static const struct
  {
    gint64 age;
    const char *text;
  } cases[] = {
    { -DAY * 3, "Signed in" }, /* the clock was turned back */
    { 0, "Signed in less than a day ago" },
    { DAY - 1, "Signed in less than a day ago" },
    { DAY, "Signed in 1 day ago" },
    { 59 * DAY, "Signed in 59 days ago" },
    { 60 * DAY, "Signed in 2 months ago" },
    { 100 * DAY, "Signed in 3 months ago" },
    { 719 * DAY, "Signed in 23 months ago" },
    { 365 * 2 * DAY + DAY, "Signed in 2 years ago" },
    { 365 * 30 * DAY, "Signed in 30 years ago" },
  };
  g_autofree char *unknown = peal_account_dup_sign_in_age (-1, NOW);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = peal_account_dup_sign_in_age (NOW - cases[i].age, NOW);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
  g_assert_cmpstr (unknown, ==, "Signed in");
}

static char *
end_of (PealAccountState state, gint64 until)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();

  return peal_account_dup_sign_in_end (state, until, NOW, zone);
}

static void
test_end (void)
{
  g_autofree char *later = end_of (PEAL_ACCOUNT_CONNECTED, NOW + 200 * DAY);
  g_autofree char *past = end_of (PEAL_ACCOUNT_CONNECTED, NOW - 8 * DAY);
  g_autofree char *unknown = end_of (PEAL_ACCOUNT_CONNECTED, -1);
  g_autofree char *beyond = end_of (PEAL_ACCOUNT_CONNECTED, G_MAXINT64);
  g_autofree char *dead = end_of (PEAL_ACCOUNT_RECONNECT, NOW + DAY);
  g_autofree char *gone = end_of (PEAL_ACCOUNT_DISCONNECTED, NOW + DAY);

  g_assert_cmpstr (later, ==, "Lasts until 6 June 2027.");
  g_assert_cmpstr (past, ==, "Ended on 10 November 2026.");
  g_assert_cmpstr (unknown, ==, beyond);
  g_assert_cmpstr (dead, ==, "TikTok no longer accepts this sign-in.");
  g_assert_cmpstr (gone, ==, "Peal has no access to this account any more.");
}

static void
test_ends_soon (void)
{
  g_assert_true (peal_account_ends_soon (PEAL_ACCOUNT_CONNECTED, NOW - DAY, NOW));
  g_assert_true (peal_account_ends_soon (PEAL_ACCOUNT_CONNECTED, NOW + 13 * DAY, NOW));
  g_assert_false (peal_account_ends_soon (PEAL_ACCOUNT_CONNECTED, NOW + 15 * DAY, NOW));
  g_assert_false (peal_account_ends_soon (PEAL_ACCOUNT_CONNECTED, -1, NOW));
  g_assert_false (peal_account_ends_soon (PEAL_ACCOUNT_RECONNECT, NOW - DAY, NOW));
}

static void
test_summary (void)
{
  static const struct
  {
    const char *account, *text;
  } cases[] = {
    { "{'open_id': <'x'>, 'username': <'mara.bakes'>, 'follower_count': <int64 812>}",
      "@mara.bakes · 812 followers" },
    { "{'open_id': <'x'>, 'username': <'mara.bakes'>, 'follower_count': <int64 1>}",
      "@mara.bakes · 1 follower" },
    { "{'open_id': <'x'>, 'username': <'mara.bakes'>, 'follower_count': <int64 0>}",
      "@mara.bakes · 0 followers" },
    { "{'open_id': <'x'>, 'username': <'mara.bakes'>}", "@mara.bakes" },
    { "{'open_id': <'x'>, 'follower_count': <int64 2>}", "2 followers" },
    { "{'open_id': <'x'>, 'display_name': <'Mara'>}", "" },
    { "{'open_id': <'x'>, 'username': <'<b>&'>}", "@<b>&" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (PealAccountItem) account = parse_account (cases[i].account);
      g_autofree char *text = peal_account_dup_summary (account);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_short_name (void)
{
  g_autofree char *filled = g_strnfill (40, 'm');
  g_autofree char *over = g_strnfill (200, 'm');
  g_autofree char *same = peal_account_dup_short_name (filled);
  g_autofree char *cut = peal_account_dup_short_name (over);
  g_autofree char *emoji = peal_account_dup_short_name (
      "🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁🧁");

  g_assert_cmpstr (same, ==, filled);
  g_assert_cmpint (g_utf8_strlen (cut, -1), ==, 40);
  g_assert_true (g_str_has_suffix (cut, "m…"));
  g_assert_true (g_utf8_validate (emoji, -1, NULL));
  g_assert_cmpint (g_utf8_strlen (emoji, -1), ==, 40);
}

static void
test_disconnect (void)
{
  g_autofree char *unknown = peal_account_dup_disconnect_text (-1, FALSE);
  g_autofree char *none = peal_account_dup_disconnect_text (0, FALSE);
  g_autofree char *one = peal_account_dup_disconnect_text (1, FALSE);
  g_autofree char *few = peal_account_dup_disconnect_text (12, FALSE);
  g_autofree char *many = peal_account_dup_disconnect_text (499, TRUE);

  g_assert_nonnull (strstr (unknown, "Its scheduled posts are held until you sign in again."));
  g_assert_nonnull (strstr (none, "No post of it is scheduled."));
  g_assert_nonnull (strstr (one, " 1 scheduled post is held until you sign in again."));
  g_assert_nonnull (strstr (few, " 12 scheduled posts are held until you sign in again."));
  g_assert_nonnull (strstr (many, " More than 499 scheduled posts are held until you sign in again."));
  g_assert_nonnull (strstr (few, "Statistics that were read so far stay"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/account-text/offers", test_offers);
  g_test_add_func ("/account-text/trouble", test_trouble);
  g_test_add_func ("/account-text/age", test_age);
  g_test_add_func ("/account-text/end", test_end);
  g_test_add_func ("/account-text/ends-soon", test_ends_soon);
  g_test_add_func ("/account-text/summary", test_summary);
  g_test_add_func ("/account-text/short-name", test_short_name);
  g_test_add_func ("/account-text/disconnect", test_disconnect);
  return g_test_run ();
}

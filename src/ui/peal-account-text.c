/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-account-text.h"

#include <glib/gi18n.h>

#include "peal-scope-text.h"
#include "peal-sentence.h"
#include "peal-time-text.h"

#define SHORT_NAME 40 /* characters */
#define SOON (14 * G_TIME_SPAN_DAY)

PealAccountOffers
peal_account_offers (PealAccountState state, PealScopes granted)
{
  switch (state)
    {
    case PEAL_ACCOUNT_CONNECTED:
      return PEAL_ACCOUNT_OFFER_DISCONNECT | PEAL_ACCOUNT_OFFER_SHARE_TYPE
             | (peal_scope_text_count_missing (granted) > 0 ? PEAL_ACCOUNT_OFFER_GRANT_MORE
                                                            : PEAL_ACCOUNT_OFFER_RENEW);
    case PEAL_ACCOUNT_RECONNECT:
      return PEAL_ACCOUNT_OFFER_SIGN_IN | PEAL_ACCOUNT_OFFER_DISCONNECT | PEAL_ACCOUNT_OFFER_SHARE_TYPE;
    case PEAL_ACCOUNT_DISCONNECTED:
      return PEAL_ACCOUNT_OFFER_SIGN_IN;
    default:
      return PEAL_ACCOUNT_OFFER_NONE;
    }
}

const char *
peal_environment_text (PealEnvironment environment)
{
  return environment == PEAL_ENVIRONMENT_SANDBOX ? _ ("Sandbox") : _ ("Production");
}

const char *
peal_share_type_text (PealShareType share_type)
{
  return share_type == PEAL_SHARE_INBOX ? _ ("Inbox") : _ ("Direct post");
}

const char *
peal_share_type_explanation (PealShareType share_type)
{
  return share_type == PEAL_SHARE_INBOX ? _ ("Posts arrive in TikTok’s inbox, and you finish them there.")
                                        : _ ("Posts go out by themselves at their time.");
}

char *
peal_account_dup_short_name (const char *name)
{
  g_autofree char *start = NULL;

  g_return_val_if_fail (name != NULL, NULL);

  if (g_utf8_strlen (name, -1) <= SHORT_NAME)
    return g_strdup (name);
  start = g_utf8_substring (name, 0, SHORT_NAME - 1);
  return g_strconcat (start, "…", NULL);
}

char *
peal_account_dup_summary (PealAccountItem *account)
{
  const char *username = NULL;
  g_autofree char *handle = NULL;
  g_autofree char *count = NULL;
  g_autofree char *followers = NULL;
  gint64 n;

  g_return_val_if_fail (PEAL_IS_ACCOUNT_ITEM (account), NULL);

  username = peal_account_item_get_username (account);
  n = peal_account_item_get_follower_count (account);
  handle = username != NULL ? g_strconcat ("@", username, NULL) : NULL;
  if (n >= 0)
    {
      count = peal_count_text_compact (n);
      /* Translators: %s is a number, such as 4.5K; the plural is that of the number in full. */
      followers = g_strdup_printf (ngettext ("%s follower", "%s followers", (gulong)n), count);
    }
  if (handle != NULL && followers != NULL)
    /* Translators: a handle and a number of followers. */
    return g_strdup_printf (_ ("%s · %s"), handle, followers);
  return g_strdup (handle != NULL ? handle : followers != NULL ? followers : "");
}

char *
peal_account_dup_trouble (PealAccountState state, PealScopes granted)
{
  guint missing = peal_scope_text_count_missing (granted);

  if (state != PEAL_ACCOUNT_CONNECTED)
    return g_strdup (peal_sentence_for_account_state (peal_account_state_to_string (state)));
  if (missing == 0)
    return NULL;
  return g_strdup_printf (ngettext ("%u permission missing", "%u permissions missing", missing), missing);
}

char *
peal_account_dup_sign_in_age (gint64 connected_at, gint64 now)
{
  gint64 days = (now - connected_at) / G_TIME_SPAN_DAY;
  gulong n;

  if (connected_at < 0 || days < 0)
    return g_strdup (_ ("Signed in"));
  if (days == 0)
    return g_strdup (_ ("Signed in less than a day ago"));
  if (days < 60)
    return g_strdup_printf (ngettext ("Signed in %lu day ago", "Signed in %lu days ago", (gulong)days),
                            (gulong)days);
  n = (gulong)(days / 30);
  if (n < 24)
    return g_strdup_printf (ngettext ("Signed in %lu month ago", "Signed in %lu months ago", n), n);
  n = (gulong)(days / 365);
  return g_strdup_printf (ngettext ("Signed in %lu year ago", "Signed in %lu years ago", n), n);
}

static char *
dup_date (gint64 instant, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc_usec (instant);
  g_autoptr (GDateTime) local = utc != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  /* Translators: a date, see g_date_time_format (). */
  return local != NULL ? g_date_time_format (local, _ ("%-d %B %Y")) : NULL;
}

char *
peal_account_dup_sign_in_end (PealAccountState state, gint64 until, gint64 now, GTimeZone *zone)
{
  g_autofree char *date = NULL;

  g_return_val_if_fail (zone != NULL, NULL);

  if (state == PEAL_ACCOUNT_DISCONNECTED)
    return g_strdup (_ ("Peal has no access to this account any more."));
  if (state == PEAL_ACCOUNT_RECONNECT)
    return g_strdup (_ ("TikTok no longer accepts this sign-in."));
  date = until >= 0 ? dup_date (until, zone) : NULL;
  if (date == NULL)
    return g_strdup (_ ("Peal renews it by itself, as long as TikTok allows."));
  /* Translators: %s is a date. */
  return g_strdup_printf (until <= now ? _ ("Ended on %s.") : _ ("Lasts until %s."), date);
}

gboolean
peal_account_ends_soon (PealAccountState state, gint64 until, gint64 now)
{
  return state == PEAL_ACCOUNT_CONNECTED && until >= 0 && until - now < SOON;
}

char *
peal_account_dup_disconnect_text (gint64 posts, gboolean more)
{
  g_autofree char *held = NULL;

  if (posts < 0)
    held = g_strdup (_ ("Its scheduled posts are held until you sign in again."));
  else if (posts == 0)
    held = g_strdup (_ ("No post of it is scheduled."));
  else if (more)
    held = g_strdup_printf (ngettext ("More than %lu scheduled post is held until you sign in again.",
                                      "More than %lu scheduled posts are held until you sign in again.",
                                      (gulong)posts),
                            (gulong)posts);
  else
    held = g_strdup_printf (ngettext ("%lu scheduled post is held until you sign in again.",
                                      "%lu scheduled posts are held until you sign in again.", (gulong)posts),
                            (gulong)posts);
  /* Translators: %s is a sentence about the account’s posts. */
  return g_strdup_printf (
      _ ("Peal gives its access back to TikTok. %s Statistics that were read so far stay, "
         "and so does everything on TikTok."),
      held);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-scope-text.h"

#include <glib/gi18n.h>

static const PealScopeText texts[PEAL_N_SCOPES] = {
  { PEAL_SCOPE_USER_BASIC, N_ ("Your name and picture"),
    N_ ("So that you always see which account a post goes to."),
    N_ ("Peal cannot tell whose account this is.") },
  { PEAL_SCOPE_USER_PROFILE, N_ ("Your handle and profile address"),
    N_ ("To tell accounts of the same name apart, and to open your profile."),
    N_ ("The handle is not shown, and the profile cannot be opened from here.") },
  { PEAL_SCOPE_USER_STATS, N_ ("Your numbers of followers, likes and videos"),
    N_ ("For the curves under Insights."), N_ ("Insights have no followers and no likes of this account.") },
  { PEAL_SCOPE_VIDEO_LIST, N_ ("The list of your public videos"),
    N_ ("For each video’s views under Insights, and to make sure that nothing is published twice."),
    N_ ("Insights have no videos of this account, and Peal cannot look whether a post is out already.") },
  { PEAL_SCOPE_VIDEO_UPLOAD, N_ ("Sending videos to your TikTok inbox"),
    N_ ("For posts that you finish yourself in TikTok’s app."),
    N_ ("Posts cannot go to this account’s inbox.") },
  { PEAL_SCOPE_VIDEO_PUBLISH, N_ ("Publishing videos"),
    N_ ("For posts that go out by themselves, at the time and with the options that you choose."),
    N_ ("Posts cannot go out by themselves.") },
};

PealScopeText
peal_scope_text_get (guint index)
{
  PealScopeText text = { PEAL_SCOPE_NONE, "", "", "" };

  g_return_val_if_fail (index < PEAL_N_SCOPES, text);

  text = texts[index];
  text.title = _ (text.title);
  text.purpose = _ (text.purpose);
  text.without = _ (text.without);
  return text;
}

guint
peal_scope_text_count_missing (PealScopes granted)
{
  guint missing = 0;

  for (guint i = 0; i < PEAL_N_SCOPES; i++)
    if ((granted & texts[i].scope) == 0)
      missing++;
  return missing;
}

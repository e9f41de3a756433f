/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-setup-steps.h"

#include <glib/gi18n.h>

const PealSetupStep peal_setup_steps[] = {
  { N_ ("Create a developer account"), N_ ("Sign up at TikTok for Developers."), PEAL_SETUP_OPEN },
  { N_ ("Connect an app"),
    N_ ("Choose “Connect an app” there. Give it a name, an icon, a category and a description, the addresses "
        "of your "
        "terms of service and privacy policy, and the platform Desktop."),
    PEAL_SETUP_ABOUT },
  { N_ ("Add its products"), N_ ("Login Kit, and Content Posting API."), PEAL_SETUP_TEXT },
  { N_ ("Add the redirect address"), N_ ("Under Login Kit: http://127.0.0.1:*/callback/tiktok/"),
    PEAL_SETUP_REDIRECT },
  { N_ ("Switch on Direct Post"),
    N_ ("Under Content Posting API, if posts shall go out by themselves. Without it they go to TikTok’s "
        "inbox, and you "
        "finish them there."),
    PEAL_SETUP_TEXT },
  { N_ ("Add the scopes"),
    N_ ("user.info.basic, user.info.profile, user.info.stats, video.list, video.upload and, with Direct "
        "Post, "
        "video.publish."),
    PEAL_SETUP_SCOPES },
  { N_ ("Begin with a sandbox"),
    N_ ("It needs no review: create one from the app’s toolbar, cloned from production, and add up to ten "
        "test "
        "accounts. Its posts are visible to the account itself only."),
    PEAL_SETUP_TEXT },
  { N_ ("Or ask for a review"),
    N_ ("For production. TikTok wants a finished website, a word on each scope and a video of the app at "
        "work, and "
        "takes days to weeks. Apps for private use only are refused."),
    PEAL_SETUP_TEXT },
  { N_ ("Enter key and secret here"),
    N_ ("Copy both from the app’s page, under Credentials, with sandbox or production chosen there."),
    PEAL_SETUP_ENTER },
  { NULL },
};

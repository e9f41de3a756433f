/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-sentence-private.h"

#include <glib/gi18n-lib.h>

#define WITH_DETAIL TRUE

const PealSentence peal_sentence_reasons[] = {
  /* Errors of Peal's domain that have no reason of their own. */
  { "network", N_ ("TikTok could not be reached. Check the network connection and try again.") },
  { "rate_limited", N_ ("TikTok asks to wait a little before the next request. Try again in a minute.") },
  { "server", N_ ("TikTok has a problem at the moment. Try again later.") },
  { "auth", N_ ("TikTok no longer accepts this account’s sign-in. Connect the account again.") },
  { "scope",
    N_ ("This account has not granted the permission that this needs. Connect it again and allow it.") },
  { "rejected", N_ ("TikTok refused this."), WITH_DETAIL },
  { "protocol", N_ ("TikTok gave an answer that Peal does not understand. Try again later."), WITH_DETAIL },
  { "outcome_unknown",
    N_ ("It is not known whether TikTok did this. Check in TikTok’s app before you try again.") },
  { "media", N_ ("The video cannot be used. Choose another file."), WITH_DETAIL },
  { "invalid", N_ ("This cannot be done as it was asked for."), WITH_DETAIL },
  { "cancelled", N_ ("Cancelled.") },
  { "wait_ended", N_ ("The wait was interrupted. Peal goes on with the post by itself.") },
  { "internal", N_ ("Something went wrong inside Peal or TikTok. Try again."), WITH_DETAIL },

  /* The agent */
  { "agent_unreachable",
    N_ ("Peal’s agent, which publishes the posts, could not be started or has stopped. Try again, "
        "or start peal-agent by hand to see why."),
    WITH_DETAIL },
  { "agent_failed",
    N_ ("Peal’s agent did not answer as it should. Check whether this was done before you try again."),
    WITH_DETAIL },
  { "agent_newer",
    N_ ("Peal’s agent is newer than this program. Update Peal, and close windows that are still open.") },
  { "agent_older",
    N_ ("Peal’s agent is older than this program. Log out and in again so that the new one starts.") },
  { "agent_running",
    N_ ("Another agent already works with these data. Close the other session and try again.") },
  { "server_other",
    N_ ("The practice data belong to another practice server. Start that one again, or remove the "
        "practice data."),
    WITH_DETAIL },
  { "server_gone", N_ ("The practice server is not running any more. Start Peal’s practice world again.") },

  /* Storage and keyring */
  { "storage_full", N_ ("The disk is full. Free some space and try again.") },
  { "storage_corrupt",
    N_ ("Peal’s data cannot be read or written. Nothing is published until that is repaired."), WITH_DETAIL },
  { "storage_newer", N_ ("Peal’s data were made by a newer Peal. Update Peal to use them.") },
  { "keyring_locked",
    N_ ("The keyring is locked. Unlock it, for example in Passwords and Keys, and try again.") },
  { "keyring_missing",
    N_ ("There is no keyring to keep the sign-ins in. Start one, such as GNOME Keyring, and try "
        "again.") },

  /* Set-up and accounts */
  { "no_credentials", N_ ("Peal does not know your TikTok app yet. Enter its client key and secret first.") },
  { "client_key", N_ ("This is not a client key. Copy it from your app’s page at TikTok for Developers.") },
  { "secret_unreadable", N_ ("The client secret cannot be read from there."), WITH_DETAIL },
  { "client_secret",
    N_ ("This is not a client secret. Copy it from your app’s page at TikTok for Developers.") },
  { "environment_unknown", N_ ("The environment is either “production” or “sandbox”.") },
  { "share_type_unknown", N_ ("The share type is either “direct” or “inbox”.") },
  { "connect_running", N_ ("Another sign-in is under way. Finish it in the browser or wait until it ends.") },
  { "connect_timeout",
    N_ ("The browser did not come back within ten minutes. Start again, and if TikTok showed an error "
        "page, check the app’s redirect address.") },
  { "listener", N_ ("No port was free for the browser to come back to. Close some programs and try again.") },
  { "other_account", N_ ("That was another TikTok account. Switch accounts in the browser and try again.") },
  { "account_unknown",
    N_ ("Peal does not know this account. Look at the list of accounts, or connect it first.") },
  { "account_ambiguous", N_ ("Several accounts have this handle. Name the one you mean by its open_id.") },
  { "account_twice", N_ ("An account was named twice. Name each one once.") },
  { "account_disconnected", N_ ("This account is disconnected. Connect it again first.") },
  { "reconnect", N_ ("This account’s sign-in has ended. Connect the account again.") },
  { "scope_missing",
    N_ ("This account has not granted the permission that this needs. Connect it again and allow it."),
    WITH_DETAIL },

  /* TikTok's words at sign-in (TikTok: oauth-error-handling) */
  { "access_denied",
    N_ ("Access was denied on TikTok’s page. Nothing was connected; start again to allow it.") },
  { "invalid_client",
    N_ ("TikTok does not know this client key and secret. Check both on your app’s page.") },
  { "invalid_grant", N_ ("TikTok no longer accepts this sign-in. Connect the account again.") },
  { "invalid_request",
    N_ ("TikTok did not accept the sign-in. Check that your app lists Peal’s redirect address."),
    WITH_DETAIL },
  { "invalid_scope",
    N_ ("Your TikTok app lacks a permission that Peal asks for. Add it on the app’s page.") },
  { "unauthorized_client",
    N_ ("Your TikTok app may not sign in accounts yet. Check its approval, and whether this is "
        "the sandbox’s key.") },
  { "unsupported_grant_type", N_ ("TikTok does not offer this kind of sign-in to your app."), WITH_DETAIL },
  { "unsupported_response_type", N_ ("TikTok does not offer this kind of sign-in to your app."),
    WITH_DETAIL },
  { "server_error", N_ ("TikTok’s sign-in has a problem at the moment. Try again later.") },
  { "temporarily_unavailable", N_ ("TikTok’s sign-in is busy at the moment. Try again later.") },

  /* TikTok's codes (TikTok: tiktok-api-v2-error-handling) */
  { "access_token_invalid",
    N_ ("TikTok no longer accepts this account’s sign-in. Connect the account again.") },
  { "scope_not_authorized",
    N_ ("This account has not granted the permission that this needs. Connect it again and "
        "allow it.") },
  { "scope_permission_missed",
    N_ ("This account has not granted all permissions that this needs. Connect it again and "
        "allow them.") },
  { "invalid_params", N_ ("TikTok did not accept what Peal sent."), WITH_DETAIL },
  { "invalid_param", N_ ("TikTok did not accept what Peal sent."), WITH_DETAIL },
  { "invalid_file_upload", N_ ("TikTok does not accept this file. Choose another video."), WITH_DETAIL },
  { "rate_limit_exceeded",
    N_ ("TikTok asks to wait a little before the next request. Try again in a minute.") },
  { "internal_error", N_ ("TikTok has a problem at the moment. Try again later.") },
  { "spam_risk_too_many_posts",
    N_ ("TikTok takes no more posts from programs for this account today. Try again tomorrow "
        "or post in TikTok’s app.") },
  { "spam_risk_user_banned_from_posting",
    N_ ("TikTok has barred this account from posting. Look in TikTok’s app for the "
        "reason.") },
  { "reached_active_user_cap", N_ ("Your TikTok app has reached its number of accounts for today. Try again "
                                   "tomorrow.") },
  { "spam_risk_too_many_pending_share",
    N_ ("Five shares wait in this account’s inbox. Finish some in TikTok’s app "
        "first.") },
  { "unaudited_client_can_only_post_to_private_accounts",
    N_ ("TikTok has not audited your app yet. Until then the account must be private and the post visible to "
        "you only.") },
  { "url_ownership_unverified",
    N_ ("TikTok wants the address of the video verified on your app’s page first.") },
  { "privacy_level_option_mismatch",
    N_ ("TikTok does not offer this privacy level to the account at present. Choose "
        "another one.") },
  { "app_version_check_failed", N_ ("The TikTok app on the phone is too old. Update it and try again.") },
  { "invalid_publish_id",
    N_ ("TikTok does not know this post any more. Check in TikTok’s app what became of it.") },
  { "token_not_authorized_for_specified_publish_id",
    N_ ("TikTok says that this post belongs to another sign-in. Check in "
        "TikTok’s app what became of it.") },
  { "publish_not_cancellable", N_ ("It is too late to cancel: TikTok already has the video.") },

  /* Why TikTok gave a post up (TikTok: content-posting-api-reference-get-video-status) */
  { "file_format_check_failed", N_ ("TikTok does not accept this video’s format. Use an MP4 with H.264.") },
  { "duration_check_failed", N_ ("TikTok does not accept this video’s length.") },
  { "frame_rate_check_failed",
    N_ ("TikTok does not accept this video’s frame rate. Use 23 to 60 frames a second.") },
  { "picture_size_check_failed",
    N_ ("TikTok does not accept this video’s size. Each side must have 360 to 4096 "
        "pixels.") },
  { "video_pull_failed", N_ ("TikTok could not fetch the video. Try again.") },
  { "photo_pull_failed", N_ ("TikTok could not fetch the pictures. Try again.") },
  { "publish_cancelled", N_ ("The post was cancelled at TikTok.") },
  { "auth_removed", N_ ("The account took back Peal’s access meanwhile. Connect the account again.") },
  { "spam_risk_text", N_ ("TikTok judges the caption risky. Change it and try again.") },
  { "spam_risk", N_ ("TikTok judges this post risky and did not publish it.") },

  /* The video */
  { "file_missing", N_ ("There is no such file. Check the name and the folder.") },
  { "file_unreadable", N_ ("The file cannot be read. Check its permissions.") },
  { "file_is_directory", N_ ("This is a folder. Choose a video file in it.") },
  { "file_not_regular", N_ ("This is a pipe or a device. Choose a video file.") },
  { "file_empty", N_ ("The file is empty. Choose another one.") },
  { "file_too_large", N_ ("The video is over 4 GB, which TikTok does not take. Make it smaller.") },
  { "not_a_video", N_ ("This is no video, whatever its name says. Choose a video file.") },
  { "video_damaged", N_ ("The video is damaged or cut off. Export it again.") },
  { "media_changed", N_ ("The video changed while it was read. Wait until it is finished and try again.") },
  { "media_missing", N_ ("Peal’s copy of the video is gone. Make the post anew from the file.") },
  { "media_unknown", N_ ("Peal has no copy of this video any more. Choose the file again.") },
  { "media_facts", N_ ("What is known of this video does not fit together. Choose another file."),
    WITH_DETAIL },
  { "media_helper", N_ ("peal-media, which looks into videos, could not be started. Install Peal again."),
    WITH_DETAIL },
  { "probe_timeout", N_ ("Looking into the video took too long. It may be damaged; export it again.") },
  { "probe_failed", N_ ("The video could not be looked into. It may be damaged; export it again."),
    WITH_DETAIL },
  { "container_unsupported", N_ ("TikTok takes MP4, MOV and WebM files only. Export the video as MP4.") },
  { "container_not_recommended", N_ ("TikTok takes this kind of file, but recommends MP4.") },
  { "no_video_stream", N_ ("The file has no moving picture. Choose a video.") },
  { "codec_unsupported", N_ ("TikTok does not take this video codec. Export the video with H.264.") },
  { "codec_not_recommended", N_ ("TikTok takes this video codec, but recommends H.264.") },
  { "frame_rate_unknown",
    N_ ("The frame rate is not known or changes. TikTok takes 23 to 60 frames a second.") },
  { "frame_rate_low", N_ ("The frame rate is low. TikTok takes 23 to 60 frames a second.") },
  { "frame_rate_high", N_ ("The frame rate is high. TikTok takes 23 to 60 frames a second.") },
  { "dimensions_unknown", N_ ("The picture’s size is not known. Each side must have 360 to 4096 pixels.") },
  { "side_too_small", N_ ("The picture is too small. Each side must have at least 360 pixels.") },
  { "side_too_large", N_ ("The picture is too large. Each side may have at most 4096 pixels.") },
  { "duration_unknown", N_ ("The length of the video is not known. TikTok may refuse it.") },
  { "duration_short", N_ ("The video is shorter than three seconds. TikTok may refuse it.") },
  { "duration_too_long", N_ ("The video is longer than this account may post. Make it shorter.") },
  { "duration_long", N_ ("The video is longer than this account may post. Make it shorter.") },
  { "ok", N_ ("All right.") },

  /* Posts */
  { "caption_not_utf8", N_ ("The caption is not UTF-8 text. Save it as UTF-8 and try again.") },
  { "caption_too_long",
    N_ ("The caption is too long: TikTok takes 2,200 characters, and most emoji count as two.") },
  { "caption_control", N_ ("The caption has control characters in it. Remove them.") },
  { "caption_unreadable", N_ ("The file with the caption cannot be read."), WITH_DETAIL },
  { "privacy_level_missing",
    N_ ("Say who may see the post. TikTok’s levels are PUBLIC_TO_EVERYONE, FOLLOWER_OF_CREATOR, "
        "MUTUAL_FOLLOW_FRIENDS and SELF_ONLY.") },
  { "privacy_level_unknown",
    N_ ("This is no privacy level. TikTok’s levels are PUBLIC_TO_EVERYONE, FOLLOWER_OF_CREATOR, "
        "MUTUAL_FOLLOW_FRIENDS and SELF_ONLY.") },
  { "branded_content_private",
    N_ ("Branded content cannot be visible to you only. Choose another privacy level.") },
  { "cover_range", N_ ("The cover frame lies outside of the video. Choose a time within it.") },
  { "time_missing", N_ ("Say when the post shall go out, or keep it as a draft.") },
  { "time_syntax", N_ ("This is no time. Write it like 2026-11-24 18:00, in RFC 3339, or +2h."),
    WITH_DETAIL },
  { "time_past", N_ ("This time is past. Choose one that is still to come.") },
  { "time_gap", N_ ("This time does not exist: the clocks go forward then. Choose one of its neighbours."),
    WITH_DETAIL },
  { "time_fold", N_ ("This time comes twice: the clocks go back then. Say which one you mean."),
    WITH_DETAIL },
  { "time_far", N_ ("This time is more than ten years away. Choose an earlier one.") },
  { "zone_unknown", N_ ("Peal does not know this time zone."), WITH_DETAIL },
  { "no_slot", N_ ("This account has no free posting slot. Set up its weekly slots or give a time.") },
  { "slot_range",
    N_ ("A posting slot is a weekday and a minute of the day, and there are at most 168 a week.") },
  { "option_unknown", N_ ("There is no such option."), WITH_DETAIL },
  { "option_type", N_ ("An option has a value of the wrong kind."), WITH_DETAIL },
  { "setting_unknown", N_ ("There is no such setting."), WITH_DETAIL },
  { "setting_range", N_ ("This value is outside of what the setting allows."), WITH_DETAIL },
  { "state_unknown", N_ ("There is no such state of a post."), WITH_DETAIL },
  { "post_unknown", N_ ("There is no such post. Look at the list of posts for its number.") },
  { "post_under_way", N_ ("The post is being published right now and cannot be changed.") },
  { "post_ended", N_ ("The post has ended and cannot be changed any more.") },
  { "too_late",
    N_ ("It is too late to cancel: TikTok already has the video. The post is followed to its end.") },
  { "not_retryable", N_ ("Only a held or failed post can be tried again.") },
  { "not_in_review", N_ ("This post does not wait for your review.") },
  { "answer_unknown", N_ ("The answer is one of “published”, “again” and “leave”.") },
  { "video_unknown", N_ ("Peal does not know this video.") },
  { "copy_declined", N_ ("The video was not copied, and no post was made.") },
  { "output_failed", N_ ("The result could not be written."), WITH_DETAIL },
  { NULL },
};

const PealSentence peal_sentence_holds[] = {
  { "missed", N_ ("Its time passed while it could not be published. Publish it now or give it a new time.") },
  { "media_changed", N_ ("The video is not the one that was checked. Make the post anew.") },
  { "media_missing", N_ ("Peal’s copy of the video is gone. Make the post anew from the file.") },
  { "reconnect", N_ ("The account’s sign-in has ended. Connect the account again.") },
  { "keyring_locked", N_ ("The keyring is locked. Unlock it, then publish the post.") },
  { "clock", N_ ("This computer’s clock seems to be wrong. Set it right, then publish the post.") },
  { "option_unavailable", N_ ("TikTok no longer offers what was chosen for it. Choose again.") },
  { "daily_cap", N_ ("TikTok takes no more posts from this account today. Give it a new time.") },
  { "disk_full", N_ ("The disk is full. Free some space, then publish the post.") },
  { "adopted_data",
    N_ ("These data come from another computer. Make sure that it no longer publishes them, then "
        "go on.") },
  { "restored_backup",
    N_ ("These data come from a backup. Make sure that the post has not gone out already.") },
  { "tz_rules", N_ ("The rules of its time zone have changed. Confirm its time.") },
  { NULL },
};

const PealSentence peal_sentence_states[] = {
  { "draft", N_ ("Draft") },         { "scheduled", N_ ("Scheduled") },
  { "held", N_ ("Held") },           { "publishing", N_ ("Publishing") },
  { "published", N_ ("Published") }, { "in_inbox", N_ ("In TikTok’s inbox") },
  { "failed", N_ ("Failed") },       { "needs_review", N_ ("Needs review") },
  { "cancelled", N_ ("Cancelled") }, { NULL },
};

const PealSentence peal_sentence_account_states[] = {
  { "connected", N_ ("Connected") },
  { "reconnect", N_ ("Sign in again") },
  { "disconnected", N_ ("Disconnected") },
  { NULL },
};

const PealSentence peal_sentence_rules[] = {
  { "container", N_ ("Kind of file") },
  { "codec", N_ ("Codec") },
  { "frame_rate", N_ ("Frame rate") },
  { "dimensions", N_ ("Picture size") },
  { "duration", N_ ("Length") },
  { "size", N_ ("Size") },
  { NULL },
};

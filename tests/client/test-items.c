/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-account-item.h"
#include "peal-agent-status.h"
#include "peal-dict-private.h"
#include "peal-post-item.h"
#include "peal-share-url-private.h"
#include "peal-video-item.h"

/* What the dictionaries of the bus are read into: whole ones, poor ones, and those that make no sense. */

/* (transfer full) */
static GVariant *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  GVariant *value = g_variant_parse (NULL, text, NULL, NULL, &error);

  g_assert_no_error (error);
  return value;
}

static void
count_cb (guint *count)
{
  (*count)++;
}

#define MEDIA                                                                                                \
  "'media': <{'name': <'cake.mp4'>, 'container': <'mp4'>, 'video_codec': <'h264'>, 'size': <int64 9000>, "   \
  "'duration_us': <int64 8000000>, 'width': <720>, 'height': <1280>, 'rotation': <0>, 'fps_num': <30>, "     \
  "'fps_den': <1>}>"
#define POST                                                                                                 \
  "'id': <int64 9007199254740993>, 'group': <int64 2>, 'account': <'-000'>, 'username': <'mara.bakes'>, "    \
  "'display_name': <'<b>Mara</b> &'>, 'environment': <'sandbox'>, 'state': <'failed'>, 'zone': "             \
  "<'Europe/Berlin'>, 'due': <int64 5>, 'created_at': <int64 1>, 'caption': <'Cake'>, 'privacy_level': "     \
  "<'SELF_ONLY'>, 'share_type': <'inbox'>, 'allow_duet': <true>, 'cover_ms': <int64 1500>, 'error': "        \
  "<{'code': <'spam_risk'>, 'message': <'No'>, 'log_id': <'2026X'>}>, 'progress': <(uint64 3, uint64 9)>"

static void
test_post (void)
{
  g_autoptr (GVariant) dict = parse ("{" POST ", " MEDIA ", 'brand_new': <[1, 2]>}");
  g_autoptr (PealPostItem) post = peal_post_item_new (dict);
  const PealPostOptions *options = peal_post_item_get_options (post);
  guint64 bytes, total;

  /* One more than a double can tell from its neighbour. */
  g_assert_cmpint (peal_post_item_get_id (post), ==, G_GINT64_CONSTANT (9007199254740993));
  g_assert_cmpint (peal_post_item_get_group (post), ==, 2);
  g_assert_cmpint (peal_post_item_get_state (post), ==, PEAL_POST_FAILED);
  g_assert_cmpint (peal_post_item_get_hold_reason (post), ==, PEAL_HOLD_NONE);
  g_assert_cmpint (peal_post_item_get_environment (post), ==, PEAL_ENVIRONMENT_SANDBOX);
  g_assert_cmpint (peal_post_item_get_due (post), ==, 5);
  g_assert_cmpint (peal_post_item_get_created_at (post), ==, 1);
  g_assert_cmpint (peal_post_item_get_ended_at (post), ==, -1);
  g_assert_cmpint (peal_post_item_get_published_at (post), ==, -1);
  g_assert_cmpstr (peal_post_item_get_zone (post), ==, "Europe/Berlin");
  g_assert_cmpstr (peal_post_item_get_account (post), ==, "-000");
  g_assert_cmpstr (peal_post_item_get_username (post), ==, "mara.bakes");
  g_assert_cmpstr (peal_post_item_get_account_name (post), ==, "<b>Mara</b> &");
  g_assert_cmpstr (options->caption, ==, "Cake");
  g_assert_cmpstr (options->privacy_level, ==, "SELF_ONLY");
  g_assert_cmpint (options->share_type, ==, PEAL_SHARE_INBOX);
  g_assert_true (options->allow_duet);
  g_assert_false (options->allow_comment);
  g_assert_cmpint (options->cover_ms, ==, 1500);
  g_assert_cmpstr (peal_post_item_get_media_name (post), ==, "cake.mp4");
  g_assert_cmpint (peal_post_item_get_facts (post)->height, ==, 1280);
  g_assert_cmpstr (peal_post_item_get_error_reason (post), ==, "spam_risk");
  g_assert_cmpstr (peal_post_item_get_error_message (post), ==, "No");
  g_assert_cmpstr (peal_post_item_get_error_log_id (post), ==, "2026X");
  peal_post_item_get_progress (post, &bytes, &total);
  g_assert_cmpuint (bytes, ==, 3);
  g_assert_cmpuint (total, ==, 9);
  g_assert_finalize_object (g_steal_pointer (&post));
}

static void
test_post_poor (void)
{
  g_autoptr (GVariant) dict = parse ("@a{sv} {}");
  g_autoptr (PealPostItem) post = peal_post_item_new (dict);
  guint64 bytes = 7, total = 7;

  g_assert_cmpint (peal_post_item_get_due (post), ==, -1);
  g_assert_cmpint (peal_post_item_get_state (post), ==, PEAL_POST_NEEDS_REVIEW);
  g_assert_null (peal_post_item_get_zone (post));
  g_assert_cmpstr (peal_post_item_get_account (post), ==, "");
  g_assert_cmpstr (peal_post_item_get_account_name (post), ==, "");
  g_assert_cmpstr (peal_post_item_get_options (post)->caption, ==, "");
  g_assert_cmpstr (peal_post_item_get_media_name (post), ==, "");
  g_assert_null (peal_post_item_get_facts (post));
  g_assert_null (peal_post_item_get_share_url (post));
  g_assert_null (peal_post_item_get_error_reason (post));
  peal_post_item_get_progress (post, &bytes, &total);
  peal_post_item_get_progress (post, NULL, NULL);
  g_assert_cmpuint (bytes + total, ==, 0);
}

/* Every member of another type than it should be; what there is besides is kept. */
static void
test_post_wrong (void)
{
  g_autoptr (GVariant) dict =
      parse ("{'id': <'7'>, 'group': <true>, 'account': <7>, 'state': <'levitating'>, 'hold_reason': <7>,"
             " 'due': <uint64 5>, 'created_at': <5>, 'media': <'x'>, 'error': <7>, 'progress': <(1, 2)>,"
             " 'share_url': <['https://www.tiktok.com/@a/video/1']>, 'environment': <'moon'>,"
             " 'caption': <'Kept'>, 'privacy_level': <7>, 'share_type': <'pigeon'>, 'allow_comment': <'yes'>,"
             " 'allow_stitch': <true>, 'cover_ms': <int64 -99>}");
  g_autoptr (PealPostItem) post = peal_post_item_new (dict);
  const PealPostOptions *options = peal_post_item_get_options (post);

  g_assert_cmpint (peal_post_item_get_id (post), ==, -1);
  g_assert_cmpint (peal_post_item_get_due (post), ==, -1);
  g_assert_cmpint (peal_post_item_get_state (post), ==, PEAL_POST_NEEDS_REVIEW);
  g_assert_null (peal_post_item_get_share_url (post));
  g_assert_null (peal_post_item_get_facts (post));
  g_assert_cmpstr (options->caption, ==, "Kept");
  g_assert_null (options->privacy_level);
  g_assert_false (options->allow_comment);
  g_assert_true (options->allow_stitch);
  g_assert_cmpint (options->cover_ms, ==, -1);
}

/* A name, or facts that a file cannot have. */
static void
test_post_media (void)
{
  g_autoptr (GVariant) dict =
      parse ("{'media': <{'name': <'a.mp4'>, 'container': <'mp4'>, 'size': <int64 -5>}>}");
  g_autoptr (PealPostItem) post = peal_post_item_new (dict);

  g_assert_cmpstr (peal_post_item_get_media_name (post), ==, "a.mp4");
  g_assert_null (peal_post_item_get_facts (post));
}

static void
test_post_instant (void)
{
  const struct
  {
    const char *text;
    gint64 instant;
  } cases[] = {
    { "@a{sv} {}", -1 },
    { "{'created_at': <int64 1>}", 1 },
    { "{'created_at': <int64 1>, 'due': <int64 2>}", 2 },
    { "{'created_at': <int64 1>, 'due': <int64 2>, 'ended_at': <int64 3>}", 3 },
    { "{'due': <int64 2>, 'ended_at': <int64 3>, 'published_at': <int64 4>}", 4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GVariant) dict = parse (cases[i].text);
      g_autoptr (PealPostItem) post = peal_post_item_new (dict);

      g_assert_cmpint (peal_post_item_get_instant (post), ==, cases[i].instant);
    }
}

/* Each member that changes is told, and once; one that does not is not. */
static void
test_post_update (void)
{
  const char *const changes[] = {
    "{" POST ", " MEDIA "}",
    "{" POST ", " MEDIA ", 'hold_reason': <'clock'>}",
    "{" POST ", " MEDIA ", 'share_url': <'https://www.tiktok.com/@a/video/1'>}",
    "{" POST ", " MEDIA ", 'ended_at': <int64 9>}",
    "{" POST ", " MEDIA ", 'allow_comment': <true>}",
    "{" POST "}",
    "{" POST ", 'media': <{'name': <'other.mp4'>}>}",
    "{'id': <int64 9007199254740993>}",
  };
  g_autoptr (GVariant) first = parse ("@a{sv} {}");
  g_autoptr (PealPostItem) post = peal_post_item_new (first);
  guint n = 0;

  g_signal_connect_swapped (post, "changed", G_CALLBACK (count_cb), &n);
  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      g_autoptr (GVariant) dict = parse (changes[i]);

      peal_post_item_update (post, dict);
      g_assert_cmpuint (n, ==, i + 1);
      peal_post_item_update (post, dict);
      g_assert_cmpuint (n, ==, i + 1);
    }
  /* What is not said any more is not so any more. */
  g_assert_null (peal_post_item_get_error_reason (post));
  g_assert_cmpstr (peal_post_item_get_options (post)->caption, ==, "");
  n = 0;
  peal_post_item_set_progress (post, 1, 2);
  peal_post_item_set_progress (post, 1, 2);
  g_assert_cmpuint (n, ==, 1);
}

static void
test_share_url (void)
{
  static const struct
  {
    const char *url;
    PealShareUrl expected;
  } cases[] = {
    { "https://www.tiktok.com/@mara.bakes/video/7572003456789012345?utm_source=a#b", PEAL_SHARE_URL_TIKTOK },
    { "https://tiktok.com/", PEAL_SHARE_URL_TIKTOK },
    { "https://VM.TikTok.com/x", PEAL_SHARE_URL_TIKTOK },
    { "https://www.tiktok.com:443/x", PEAL_SHARE_URL_TIKTOK },
    { "http://127.0.0.1:8080/@a/video/1", PEAL_SHARE_URL_LOOPBACK },
    { "http://localhost/@a/video/1", PEAL_SHARE_URL_LOOPBACK },
    { "https://www.tiktok.com:8443/x", PEAL_SHARE_URL_REFUSED },
    { "http://www.tiktok.com/x", PEAL_SHARE_URL_REFUSED },
    { "https://tiktok.com.evil.example/", PEAL_SHARE_URL_REFUSED },
    { "https://eviltiktok.com/", PEAL_SHARE_URL_REFUSED },
    { "https://.tiktok.com/", PEAL_SHARE_URL_REFUSED },
    { "https://a..tiktok.com/", PEAL_SHARE_URL_REFUSED },
    { "https://www.tiktok.com@evil.example/", PEAL_SHARE_URL_REFUSED },
    { "https://user:pass@www.tiktok.com/", PEAL_SHARE_URL_REFUSED },
    { "https://evil.example/https://www.tiktok.com/", PEAL_SHARE_URL_REFUSED },
    { "https://evil.example\\@www.tiktok.com/", PEAL_SHARE_URL_REFUSED },
    { "javascript:alert(1)//www.tiktok.com", PEAL_SHARE_URL_REFUSED },
    { "file:///etc/passwd", PEAL_SHARE_URL_REFUSED },
    { "https:www.tiktok.com", PEAL_SHARE_URL_REFUSED },
    { "https://www.tiktok.com/ x", PEAL_SHARE_URL_REFUSED },
    { "https://www.tiktok.com/\n", PEAL_SHARE_URL_REFUSED },
    { "https://www.tiktоk.com/", PEAL_SHARE_URL_REFUSED }, /* a Cyrillic o */
    { "http://127.0.0.1.evil.example/", PEAL_SHARE_URL_REFUSED },
    { "http://127.0.0.2/", PEAL_SHARE_URL_REFUSED },
    { "https://127.0.0.1/", PEAL_SHARE_URL_REFUSED },
    { "x", PEAL_SHARE_URL_REFUSED },
    { "", PEAL_SHARE_URL_REFUSED },
    { NULL, PEAL_SHARE_URL_REFUSED },
  };
  g_autofree char *filler = g_strnfill (2048, 'a');
  g_autofree char *large = g_strconcat ("https://www.tiktok.com/", filler, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_test_message ("%s", cases[i].url);
      g_assert_cmpint (peal_share_url_classify (cases[i].url), ==, cases[i].expected);
    }
  g_assert_cmpint (peal_share_url_classify (large), ==, PEAL_SHARE_URL_REFUSED);
}

/* An address on this computer is for the practice world alone. */
static void
test_practice (void)
{
  g_autoptr (GVariant) dict = parse ("{'id': <int64 1>, 'share_url': <'http://127.0.0.1:80/@a/video/1'>}");
  g_autoptr (GVariant) text = parse ("{'id': <'1'>, 'share_url': <'http://127.0.0.1:80/@a/video/1'>}");
  g_autoptr (GVariant) profile = parse ("{'open_id': <'1'>, 'profile_url': <'http://localhost:80/@a'>}");
  g_autoptr (PealPostItem) post = peal_post_item_new (dict);
  g_autoptr (PealVideoItem) video = peal_video_item_new (text);
  g_autoptr (PealAccountItem) account = peal_account_item_new (profile);

  g_assert_null (peal_post_item_get_share_url (post));
  g_assert_null (peal_video_item_get_share_url (video));
  g_assert_null (peal_account_item_get_profile_url (account));
  peal_post_item_set_practice (post, TRUE);
  peal_video_item_set_practice (video, TRUE);
  peal_account_item_set_practice (account, TRUE);
  g_assert_cmpstr (peal_post_item_get_share_url (post), ==, "http://127.0.0.1:80/@a/video/1");
  g_assert_cmpstr (peal_video_item_get_share_url (video), ==, "http://127.0.0.1:80/@a/video/1");
  g_assert_cmpstr (peal_account_item_get_profile_url (account), ==, "http://localhost:80/@a");
}

static void
test_account (void)
{
  g_autoptr (GVariant) dict = parse (
      "{'open_id': <'-000'>, 'username': <'mara.bakes'>, 'display_name': <'Mara'>, 'environment': "
      "<'sandbox'>, 'scopes': <['user.info.basic', 'video.publish', 'brand.new']>, 'state': "
      "<'reconnect'>, 'share_type': <'inbox'>, 'connected_at': <int64 1>, 'signed_in_until': <int64 2>,"
      " 'avatar_url': <'https://p16.tiktokcdn.com/a'>, 'profile_url': <'https://www.tiktok.com/@mara'>,"
      " 'is_verified': <true>, 'follower_count': <int64 9007199254740993>, 'following_count': "
      "<int64 -7>, 'likes_count': <5>, 'sampled_at': <int64 3>}");
  g_autoptr (PealAccountItem) account = peal_account_item_new (dict);
  guint n = 0;

  g_assert_cmpstr (peal_account_item_get_open_id (account), ==, "-000");
  g_assert_cmpstr (peal_account_item_get_username (account), ==, "mara.bakes");
  g_assert_cmpstr (peal_account_item_get_name (account), ==, "Mara");
  g_assert_cmpint (peal_account_item_get_environment (account), ==, PEAL_ENVIRONMENT_SANDBOX);
  g_assert_cmpint (peal_account_item_get_state (account), ==, PEAL_ACCOUNT_RECONNECT);
  g_assert_cmpint (peal_account_item_get_share_type (account), ==, PEAL_SHARE_INBOX);
  g_assert_cmpuint (peal_account_item_get_scopes (account), ==,
                    PEAL_SCOPE_USER_BASIC | PEAL_SCOPE_VIDEO_PUBLISH);
  g_assert_true (peal_account_item_is_verified (account));
  g_assert_cmpstr (peal_account_item_get_avatar_url (account), ==, "https://p16.tiktokcdn.com/a");
  g_assert_cmpstr (peal_account_item_get_profile_url (account), ==, "https://www.tiktok.com/@mara");
  g_assert_cmpint (peal_account_item_get_connected_at (account), ==, 1);
  g_assert_cmpint (peal_account_item_get_signed_in_until (account), ==, 2);
  g_assert_cmpint (peal_account_item_get_sampled_at (account), ==, 3);
  g_assert_cmpint (peal_account_item_get_follower_count (account), ==, G_GINT64_CONSTANT (9007199254740993));
  g_assert_cmpint (peal_account_item_get_following_count (account), ==, -1);
  g_assert_cmpint (peal_account_item_get_likes_count (account), ==, -1);
  g_assert_cmpint (peal_account_item_get_video_count (account), ==, -1);

  g_signal_connect_swapped (account, "changed", G_CALLBACK (count_cb), &n);
  peal_account_item_update (account, dict);
  g_assert_cmpuint (n, ==, 0);
  g_clear_pointer (&dict, g_variant_unref);
  dict = parse ("{'open_id': <'-000'>, 'username': <''>, 'display_name': <''>, 'state': <'away'>}");
  peal_account_item_update (account, dict);
  g_assert_cmpuint (n, ==, 1);
  g_assert_null (peal_account_item_get_username (account));
  g_assert_cmpstr (peal_account_item_get_name (account), ==, "-000");
  g_assert_cmpint (peal_account_item_get_state (account), ==, PEAL_ACCOUNT_DISCONNECTED);
  g_assert_cmpuint (peal_account_item_get_scopes (account), ==, PEAL_SCOPE_NONE);
  g_assert_finalize_object (g_steal_pointer (&account));
}

static void
test_video (void)
{
  g_autoptr (GVariant) dict = parse (
      "{'id': <'7572003456789012345'>, 'create_time': <int64 1793620800>, 'title': <''>, 'description':"
      " <'Plum cake'>, 'share_url': <'https://www.tiktok.com/@a/video/1'>, 'cover_url': <''>,"
      " 'duration_s': <int64 -3>, 'view_count': <int64 9223372036854775807>, 'like_count': <int64 0>,"
      " 'comment_count': <'7'>, 'sampled_at': <int64 4>, 'post': <int64 -1>}");
  g_autoptr (GVariant) poor = parse ("@a{sv} {}");
  g_autoptr (PealVideoItem) video = peal_video_item_new (dict);
  guint n = 0;

  g_assert_cmpstr (peal_video_item_get_id (video), ==, "7572003456789012345");
  g_assert_cmpint (peal_video_item_get_create_time (video), ==, 1793620800);
  g_assert_cmpstr (peal_video_item_get_title (video), ==, "Plum cake");
  g_assert_cmpstr (peal_video_item_get_share_url (video), ==, "https://www.tiktok.com/@a/video/1");
  g_assert_false (peal_video_item_has_cover (video));
  g_assert_cmpint (peal_video_item_get_duration (video), ==, -1);
  g_assert_cmpint (peal_video_item_get_view_count (video), ==, G_MAXINT64);
  g_assert_cmpint (peal_video_item_get_like_count (video), ==, 0);
  g_assert_cmpint (peal_video_item_get_comment_count (video), ==, -1);
  g_assert_cmpint (peal_video_item_get_share_count (video), ==, -1);
  g_assert_cmpint (peal_video_item_get_sampled_at (video), ==, 4);
  g_assert_cmpint (peal_video_item_get_post (video), ==, 0);
  g_signal_connect_swapped (video, "changed", G_CALLBACK (count_cb), &n);
  peal_video_item_update (video, dict);
  g_assert_cmpuint (n, ==, 0);
  peal_video_item_update (video, poor);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (peal_video_item_get_title (video), ==, "");
  g_assert_cmpint (peal_video_item_get_create_time (video), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&video));
}

static void
test_status (void)
{
  g_autoptr (GVariant) dict = parse (
      "{'version': <'0.1.0'>, 'interface_version': <uint32 1>, 'practice': <true>, 'server': "
      "<'http://127.0.0.1:1'>, 'profile': <'sandbox'>, 'credentials': <['sandbox']>, 'client_key_hint': "
      "<'wxyz'>, 'default_share_type': <'inbox'>, 'paused': <true>, 'keyring': <'locked'>, 'counts': "
      "<{'scheduled': uint32 2, 'levitating': 9, 'cancelled': 3}>, 'next_due': <{'id': <int64 1>, 'due':"
      " <int64 5>, 'account': <'-000'>}>, 'media_bytes': <uint64 18446744073709551615>, 'attention': "
      "<[{'kind': <'storage'>, 'reason': <'disk_full'>}, {'kind': <'ufo'>}, {'kind': <'post'>, 'id': "
      "<int64 3>, 'reason': <'missed'>}, {'kind': <'account'>, 'account': <'-000'>, 'reason': "
      "<'reconnect'>}, {'id': <int64 5>}]>}");
  g_autoptr (PealAgentStatus) status = peal_agent_status_new (dict);
  const PealAttention *attention;

  g_assert_cmpstr (status->version, ==, "0.1.0");
  g_assert_true (status->practice);
  g_assert_cmpstr (status->server, ==, "http://127.0.0.1:1");
  g_assert_cmpstr (status->profile, ==, "sandbox");
  g_assert_true (peal_agent_status_has_credentials (status, "sandbox"));
  g_assert_false (peal_agent_status_has_credentials (status, "production"));
  g_assert_cmpstr (status->client_key_hint, ==, "wxyz");
  g_assert_cmpstr (status->default_share_type, ==, "inbox");
  g_assert_true (status->paused);
  g_assert_cmpstr (status->keyring, ==, "locked");
  g_assert_cmpuint (status->counts[PEAL_POST_SCHEDULED], ==, 2);
  g_assert_cmpuint (status->counts[PEAL_POST_CANCELLED], ==, 3);
  g_assert_cmpint (status->next_due, ==, 5);
  g_assert_cmpuint (status->media_bytes, ==, G_MAXUINT64);
  g_assert_cmpuint (status->attention->len, ==, 3);
  attention = g_ptr_array_index (status->attention, 0);
  g_assert_cmpint (attention->kind, ==, PEAL_ATTENTION_STORAGE);
  g_assert_cmpint (attention->post, ==, 0);
  g_assert_null (attention->account);
  attention = g_ptr_array_index (status->attention, 1);
  g_assert_cmpint (attention->post, ==, 3);
  g_assert_cmpstr (attention->reason, ==, "missed");
  attention = g_ptr_array_index (status->attention, 2);
  g_assert_cmpint (attention->kind, ==, PEAL_ATTENTION_ACCOUNT);
  g_assert_cmpstr (attention->account, ==, "-000");
}

static void
test_status_poor (void)
{
  static const char *const texts[] = {
    "@a{sv} {}",
    "{'version': <7>, 'practice': <'yes'>, 'credentials': <'sandbox'>, 'counts': <{'draft': int64 5}>,"
    " 'next_due': <int64 7>, 'media_bytes': <int64 5>, 'attention': <['post']>, 'keyring': <7>}",
    "{'next_due': <{'due': <'soon'>}>, 'attention': <@aa{sv} []>, 'counts': <@a{su} {}>}",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GVariant) dict = parse (texts[i]);
      g_autoptr (PealAgentStatus) status = peal_agent_status_new (dict);

      g_assert_cmpstr (status->version, ==, "");
      g_assert_false (status->practice);
      g_assert_cmpstr (status->server, ==, "");
      g_assert_cmpuint (g_strv_length (status->credentials), ==, 0);
      g_assert_false (peal_agent_status_has_credentials (status, "sandbox"));
      g_assert_cmpstr (status->keyring, ==, "unlocked");
      g_assert_cmpint (status->next_due, ==, -1);
      g_assert_cmpuint (status->media_bytes, ==, 0);
      g_assert_cmpuint (status->attention->len, ==, 0);
      for (int state = 0; state < PEAL_POST_N_STATES; state++)
        g_assert_cmpuint (status->counts[state], ==, 0);
    }
}

/* A reply that is a list, and those that are none. */
static void
test_iter (void)
{
  g_autoptr (GVariant) reply = parse ("([{'a': <1>}, @a{sv} {}],)");
  g_autoptr (GVariant) other = parse ("([{'a': 1}],)");
  g_auto (PealDictIter) iter = PEAL_DICT_ITER_INIT;
  g_autoptr (GVariant) first = NULL;
  g_autoptr (GVariant) second = NULL;

  g_assert_false (peal_dict_iter_init (&iter, NULL));
  g_assert_false (peal_dict_iter_init (&iter, other));
  g_assert_null (peal_dict_iter_next (&iter));
  g_assert_true (peal_dict_iter_init (&iter, reply));
  g_assert_nonnull (first = peal_dict_iter_next (&iter));
  g_assert_nonnull (second = peal_dict_iter_next (&iter));
  g_assert_null (peal_dict_iter_next (&iter));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/items/post", test_post);
  g_test_add_func ("/items/post/poor", test_post_poor);
  g_test_add_func ("/items/post/wrong", test_post_wrong);
  g_test_add_func ("/items/post/media", test_post_media);
  g_test_add_func ("/items/post/instant", test_post_instant);
  g_test_add_func ("/items/post/update", test_post_update);
  g_test_add_func ("/items/share-url", test_share_url);
  g_test_add_func ("/items/practice", test_practice);
  g_test_add_func ("/items/account", test_account);
  g_test_add_func ("/items/video", test_video);
  g_test_add_func ("/items/status", test_status);
  g_test_add_func ("/items/status/poor", test_status_poor);
  g_test_add_func ("/items/iter", test_iter);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-error.h"
#include "peal-upload-url.h"

typedef struct
{
  const char *url;
  gboolean good;
} Case;

static void
check (const Case *cases, gsize n_cases, gboolean loopback)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].url);
      g_assert_cmpint (peal_upload_url_check (cases[i].url, loopback, &error), ==, cases[i].good);
      if (cases[i].good)
        g_assert_no_error (error);
      else
        {
          g_assert_error (error, PEAL_ERROR, PEAL_ERROR_PROTOCOL);
          g_assert_cmpstr (peal_error_get_reason (error), ==, "upload_url");
          g_assert_null (strstr (error->message, "upload_token"));
        }
    }
}

static void
test_tiktok (void)
{
  static const Case cases[] = {
    { "https://open-upload.tiktokapis.com/video/?upload_id=1&upload_token=x", TRUE },
    { "https://open-upload-va.tiktokapis.com/upload?upload_id=1&upload_token=x", TRUE },
    { "https://upload.us.tiktokapis.com/video/?upload_token=x", TRUE },
    { "https://tiktokapis.com/video/", TRUE },
    { "https://OPEN-upload.TikTokAPIs.com:443/video/", TRUE },
    { "https://open-upload.tiktokapis.com./video/", TRUE },
    { "http://open-upload.tiktokapis.com/video/", FALSE },
    { "https://open-upload.tiktokapis.com@evil.example/?upload_token=x", FALSE },
    { "https://user:pw@open-upload.tiktokapis.com/", FALSE },
    { "https://tiktokapis.com.evil/video/", FALSE },
    { "https://xtiktokapis.com/video/", FALSE },
    { "https://open-upload.tiktokapis.com../video/", FALSE },
    { "https://.tiktokapis.com/video/", FALSE },
    { "https://192.0.2.7/video/", FALSE },
    { "https://[::1]/video/", FALSE },
    { "https://127.0.0.1/video/", FALSE },
    { "https://open-upload.tiktokapis.com:8443/video/", FALSE },
    { "https://open-upload.t\xC3\xADktokapis.com/video/", FALSE },
    { "https://xn--tktokapis-o5a.com/video/", FALSE },
    { "https://open-upload.tiktokapis.com\\@evil/", FALSE },
    { "https://open-upload.tiktokapis.com\t/video/", FALSE },
    { "https://open-upload.tiktokapis.com/video/#f", FALSE },
    { "https://evil%2f.tiktokapis.com/", FALSE },
    { "https:open-upload.tiktokapis.com/", FALSE },
    { "//open-upload.tiktokapis.com/", FALSE },
    { "ftp://open-upload.tiktokapis.com/", FALSE },
    { " https://open-upload.tiktokapis.com/", FALSE },
    { "", FALSE },
    { NULL, FALSE },
  };

  check (cases, G_N_ELEMENTS (cases), FALSE);
}

static void
test_loopback (void)
{
  static const Case cases[] = {
    { "http://127.0.0.1:43117/video/?upload_token=x", TRUE },
    { "https://127.0.0.1:43117/video/", TRUE },
    { "http://localhost:1/video/", TRUE },
    { "http://[::1]:8080/video/", TRUE },
    { "http://127.0.0.1.evil:80/", FALSE },
    { "http://127.0.0.1@evil.example/", FALSE },
    { "http://0.0.0.0:80/", FALSE },
    { "http://192.168.1.1:80/", FALSE },
    { "http://127.0.0.1:0/", FALSE },
    { "file:///etc/passwd", FALSE },
    { "https://open-upload.tiktokapis.com/video/", FALSE },
  };

  check (cases, G_N_ELEMENTS (cases), TRUE);
}

static void
test_too_long (void)
{
  g_autoptr (GString) url = g_string_new ("https://open-upload.tiktokapis.com/?upload_token=");

  while (url->len < 2048)
    g_string_append_c (url, 'x');
  g_assert_true (peal_upload_url_check (url->str, FALSE, NULL));
  g_string_append_c (url, 'x');
  g_assert_false (peal_upload_url_check (url->str, FALSE, NULL));
}

static void
test_server_address (void)
{
  static const struct
  {
    const char *address;
    const char *normal;
  } cases[] = {
    { "http://127.0.0.1:8080", "http://127.0.0.1:8080" },
    { "http://127.0.0.1:8080/", "http://127.0.0.1:8080" },
    { "https://127.0.0.1:1", "https://127.0.0.1:1" },
    { "http://localhost:8080", "http://localhost:8080" },
    { "http://[::1]:8080", "http://[::1]:8080" },
    { "http://127.0.0.1", NULL },
    { "http://127.0.0.1:8080/v2", NULL },
    { "http://127.0.0.1:8080/?a=b", NULL },
    { "http://u@127.0.0.1:8080", NULL },
    { "http://example.org:8080", NULL },
    { "https://open.tiktokapis.com", NULL },
    { "127.0.0.1:8080", NULL },
    { "", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *normal = peal_server_address_normalize (cases[i].address, &error);

      g_test_message ("%s", cases[i].address);
      g_assert_cmpstr (normal, ==, cases[i].normal);
      if (normal == NULL)
        g_assert_cmpstr (peal_error_get_reason (error), ==, "server_address");
    }
}

static void
check_pictures (const Case *cases, gsize n_cases, gboolean loopback)
{
  for (gsize i = 0; i < n_cases; i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", cases[i].url != NULL ? cases[i].url : "(none)");
      g_assert_cmpint (peal_picture_url_check (cases[i].url, loopback, &error), ==, cases[i].good);
      if (cases[i].good)
        g_assert_no_error (error);
      else
        {
          g_assert_error (error, PEAL_ERROR, PEAL_ERROR_INVALID);
          g_assert_cmpstr (peal_error_get_reason (error), ==, "picture_refused");
          g_assert_null (strstr (error->message, "x-signature"));
        }
    }
}

static void
test_pictures (void)
{
  static const Case cases[] = {
    { "https://p16-sign-va.tiktokcdn.com/tos-maliva-avt-0068/"
      "7310~c5_168x168.jpeg?x-expires=1&x-signature=a%3D",
      TRUE },
    { "https://p19-common-sign.tiktokcdn-us.com/obj/x.webp?x-signature=a", TRUE },
    { "https://p16-common-sign.tiktokcdn-eu.com/obj/x.image", TRUE },
    { "https://lf16-tiktok-web.ttwstatic.com/a.png", TRUE },
    { "https://sf16-sg.tiktokcdn.com:443/a", TRUE },
    { "https://www.tiktok.com/a.png", TRUE },
    { "https://p16.byteoversea.com/a", TRUE },
    { "https://p16-sg.ibyteimg.com/a", TRUE },
    { "https://sf16-va.ibytedtos.com/a", TRUE },
    { "https://TIKTOKCDN.com./a", TRUE },
    { "http://p16-sign-va.tiktokcdn.com/a?x-signature=a", FALSE },
    { "https://open-upload.tiktokapis.com/a", FALSE },
    { "https://tiktokcdn.com.evil.example/a", FALSE },
    { "https://eviltiktokcdn.com/a", FALSE },
    { "https://tiktokcdn-xx.com/a", FALSE },
    { "https://p16.tiktokcdn.com@evil.example/a?x-signature=a", FALSE },
    { "https://u:p@p16.tiktokcdn.com/a", FALSE },
    { "https://p16.tiktokcdn.com:8443/a", FALSE },
    { "https://p16.tiktokcdn.com/a#f", FALSE },
    { "https://p16.tiktokcdn.com\\@evil.example/a", FALSE },
    { "https://p16.tiktokcdn.com/a\n", FALSE },
    { "https://p16.t\xC3\xADktokcdn.com/a", FALSE },
    { "https://127.0.0.1/a", FALSE },
    { "https://[::1]/a", FALSE },
    { "https://169.254.169.254/latest/meta-data", FALSE },
    { "file:///etc/passwd", FALSE },
    { "data:image/png;base64,AAAA", FALSE },
    { "/a.png", FALSE },
    { "", FALSE },
    { NULL, FALSE },
  };

  check_pictures (cases, G_N_ELEMENTS (cases), FALSE);
}

static void
test_loopback_pictures (void)
{
  static const Case cases[] = {
    { "http://127.0.0.1:8080/pictures/avatar/mara.bakes/168.png?x-expires=1", TRUE },
    { "https://localhost:1/a", TRUE },
    { "http://[::1]:2/a", TRUE },
    { "https://p16.tiktokcdn.com/a", FALSE },
    { "http://127.0.0.1.evil.example/a", FALSE },
    { "http://10.0.0.1/a", FALSE },
    { "file:///etc/passwd", FALSE },
  };

  check_pictures (cases, G_N_ELEMENTS (cases), TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/upload-url/tiktok", test_tiktok);
  g_test_add_func ("/upload-url/loopback", test_loopback);
  g_test_add_func ("/upload-url/too-long", test_too_long);
  g_test_add_func ("/upload-url/pictures", test_pictures);
  g_test_add_func ("/upload-url/loopback-pictures", test_loopback_pictures);
  g_test_add_func ("/upload-url/server-address", test_server_address);

  return g_test_run ();
}

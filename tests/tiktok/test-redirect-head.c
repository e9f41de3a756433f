/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-redirect-head.h"

#define PORT 43117
#define HOST "Host: 127.0.0.1:43117\r\n"
#define GET "GET /callback/tiktok/?state=s HTTP/1.1\r\n"

static guint
check (const char *text)
{
  return peal_redirect_head_check (text, strlen (text), PORT);
}

static void
test_heads (void)
{
  static const struct
  {
    const char *head;
    guint status;
  } cases[] = {
    { GET HOST "\r\n", 200 },
    { "GET /callback/tiktok/ HTTP/1.1\r\n" HOST "\r\n", 200 },
    { "GET /callback/tiktok/?state=s HTTP/1.0\r\n" HOST "\r\n", 200 },
    { GET "hOST:127.0.0.1:43117  \r\n\r\n", 200 },
    { GET HOST "Sec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\nCookie: a=\xC3\xA4\r\n\r\n", 200 },
    { GET HOST "X-Empty:\r\n\r\n", 200 },
    /* Not yet whole */
    { "", 0 },
    { "GE", 0 },
    { "GET /callback/tiktok/?state=s HTTP/1.1\r", 0 },
    { GET, 0 },
    { GET HOST "\r", 0 },
    /* Methods */
    { "POST /callback/tiktok/?state=s HTTP/1.1\r\n", 405 },
    { "HEAD /callback/tiktok/?state=s HTTP/1.1\r\n", 405 },
    { "OPTIONS /callback/tiktok/ HTTP/1.1\r\n", 405 },
    { "CONNECT 127.0.0.1:43117 HTTP/1.1\r\n", 405 },
    { "get /callback/tiktok/ HTTP/1.1\r\n", 405 },
    { "G@T /callback/tiktok/ HTTP/1.1\r\n", 400 },
    /* Request lines */
    { "GET /callback/tiktok/\r\n", 400 },
    { "GET\r\n", 400 },
    { "\r\n", 400 },
    { " GET / HTTP/1.1\r\n", 400 },
    { "GET  /callback/tiktok/ HTTP/1.1\r\n", 400 },
    { "GET /callback/tiktok/  HTTP/1.1\r\n", 400 },
    { "GET /callback/tiktok/ HTTP/1.1 \r\n", 400 },
    { "GET\t/callback/tiktok/\tHTTP/1.1\r\n", 400 },
    { "GET /callback/tiktok/ HTTP/2.0\r\n", 400 },
    { "GET /callback/tiktok/ HTTP/1.10\r\n", 400 },
    { "GET /callback/tiktok/ http/1.1\r\n", 400 },
    { "GET http://127.0.0.1:43117/callback/tiktok/ HTTP/1.1\r\n", 400 },
    { "GET * HTTP/1.1\r\n", 400 },
    { "GET /callback/tiktok/#f HTTP/1.1\r\n", 400 },
    { "GET /callback/\xC3\xA4 HTTP/1.1\r\n", 400 },
    { "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400 },
    /* Line ends */
    { "GET /callback/tiktok/ HTTP/1.1\n", 400 },
    { GET "Host: 127.0.0.1:43117\n\r\n", 400 },
    { GET "Host: 127.0.0.1:43117\rX: y\r\n\r\n", 400 },
    { GET HOST "X: a\x01\r\n\r\n", 400 },
    { GET HOST "X: a\x7F\r\n\r\n", 400 },
    /* Header lines */
    { GET HOST " folded\r\n\r\n", 400 },
    { GET HOST "X: a\r\n\tfolded\r\n\r\n", 400 },
    { GET HOST "no colon\r\n\r\n", 400 },
    { GET HOST "Name : value\r\n\r\n", 400 },
    { GET HOST ": value\r\n\r\n", 400 },
    /* Hosts */
    { GET "\r\n", 400 },
    { GET HOST HOST "\r\n", 400 },
    { GET "Host: 127.0.0.1\r\n\r\n", 400 },
    { GET "Host: 127.0.0.1:43118\r\n\r\n", 400 },
    { GET "Host: localhost:43117\r\n\r\n", 400 },
    { GET "Host: evil.example\r\n\r\n", 400 },
    { GET "Host: 127.0.0.1:43117, evil\r\n\r\n", 400 },
    { GET "Host:\r\n\r\n", 400 },
    /* Whence */
    { GET HOST "Origin: null\r\n\r\n", 400 },
    { GET HOST "Sec-Fetch-Mode: no-cors\r\n\r\n", 400 },
    { GET HOST "Sec-Fetch-Dest: iframe\r\n\r\n", 400 },
    { GET HOST "Sec-Fetch-Dest: document\r\nSec-Fetch-Dest: image\r\n\r\n", 400 },
    /* Bodies and what comes behind */
    { GET HOST "Content-Length: 0\r\n\r\n", 400 },
    { GET HOST "Transfer-Encoding: chunked\r\n\r\n", 400 },
    { GET HOST "Expect: 100-continue\r\n\r\n", 400 },
    { GET HOST "\r\nx", 400 },
    { GET HOST "\r\n" GET HOST "\r\n", 400 },
    /* Paths */
    { "GET /favicon.ico HTTP/1.1\r\n" HOST "\r\n", 404 },
    { "GET / HTTP/1.1\r\n" HOST "\r\n", 404 },
    { "GET /callback HTTP/1.1\r\n" HOST "\r\n", 404 },
    { "GET /callback/tiktok HTTP/1.1\r\n" HOST "\r\n", 404 },
    { "GET /callback/tiktok// HTTP/1.1\r\n" HOST "\r\n", 404 },
    { "GET /callback/tiktok/../tiktok/ HTTP/1.1\r\n" HOST "\r\n", 404 },
    { "GET /callback/%74iktok/ HTTP/1.1\r\n" HOST "\r\n", 404 },
    { "GET /callback/tiktok/%2e HTTP/1.1\r\n" HOST "\r\n", 404 },
    { "GET /CALLBACK/tiktok/ HTTP/1.1\r\n" HOST "\r\n", 404 },
    { "GET //callback/tiktok/ HTTP/1.1\r\n" HOST "\r\n", 404 },
    /* The host is looked at before the path. */
    { "GET /favicon.ico HTTP/1.1\r\nHost: evil.example\r\n\r\n", 400 },
    /* Queries */
    { "GET /callback/tiktok/?state=a&state=a HTTP/1.1\r\n" HOST "\r\n", 400 },
    { "GET /callback/tiktok/?code=%zz HTTP/1.1\r\n" HOST "\r\n", 400 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *shown = g_strescape (cases[i].head, NULL);

      g_test_message ("%s", shown);
      g_assert_cmpuint (check (cases[i].head), ==, cases[i].status);
    }
}

static void
test_nul (void)
{
  static const char head[] = GET HOST "X: a\0b\r\n\r\n";

  g_assert_cmpuint (peal_redirect_head_check (head, sizeof head - 1, PORT), ==, 400);
}

static void
test_size (void)
{
  g_autoptr (GString) head = g_string_new (GET HOST "X: ");
  g_autoptr (GString) endless = NULL;

  while (head->len < PEAL_REDIRECT_HEAD_MAX_BYTES - 4)
    g_string_append_c (head, 'x');
  endless = g_string_new (head->str);
  g_string_append (head, "\r\n\r\n");
  g_assert_cmpuint (check (head->str), ==, 200);
  g_string_insert_c (head, 100, 'x');
  g_assert_cmpuint (check (head->str), ==, 431);
  g_assert_cmpuint (check (endless->str), ==, 0);
  g_string_append (endless, "xxxx");
  g_assert_cmpuint (check (endless->str), ==, 431);
}

/* However the bytes arrive, the verdict is the same, and no prefix of a good head is refused. */
static void
test_pieces (void)
{
  static const char head[] = GET HOST "Sec-Fetch-Mode: navigate\r\n\r\n";

  for (gsize i = 0; i < sizeof head - 1; i++)
    g_assert_cmpuint (peal_redirect_head_check (head, i, PORT), ==, 0);
  g_assert_cmpuint (peal_redirect_head_check (head, sizeof head - 1, PORT), ==, 200);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/redirect-head/heads", test_heads);
  g_test_add_func ("/redirect-head/nul", test_nul);
  g_test_add_func ("/redirect-head/size", test_size);
  g_test_add_func ("/redirect-head/pieces", test_pieces);

  return g_test_run ();
}

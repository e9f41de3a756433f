/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-redirect-page.h"

#include <string.h>

#define HTML_TYPE "text/html; charset=utf-8"

#define STYLE                                                                                                \
  ":root{color-scheme:light dark}"                                                                           \
  "body{font:1.1rem/1.5 system-ui,sans-serif;margin:0;min-height:100vh;display:grid;place-items:center}"     \
  "main{max-width:30rem;padding:2rem;text-align:center}"                                                     \
  "h1{font-size:1.6rem;margin:0 0 .75rem}p{margin:0;opacity:.8}"

static const struct
{
  const char *title;
  const char *text;
} pages[] = {
  [PEAL_REDIRECT_PAGE_DONE] = { "Back to Peal",
                                "TikTok has answered. You can close this window; Peal goes on by itself." },
  [PEAL_REDIRECT_PAGE_REFUSED] = { "Not connected", "TikTok did not give access. You can close this window "
                                                    "and try again in Peal." },
  [PEAL_REDIRECT_PAGE_WRONG] = { "Nothing here", "This address waits for TikTok’s answer to a sign-in in "
                                                 "Peal, and this was not it." },
};

static const struct
{
  const char *name;
  const char *value;
} headers[] = {
  { "Connection", "close" },
  { "Cache-Control", "no-store" },
  { "Cross-Origin-Opener-Policy", "same-origin" },
  { "Referrer-Policy", "no-referrer" },
  { "X-Content-Type-Options", "nosniff" },
};

static char *
dup_body (PealRedirectPage page)
{
  return g_strdup_printf ("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                          "<meta name=\"viewport\" content=\"width=device-width\"><title>%s</title>"
                          "<style>" STYLE
                          "</style></head>\n<body><main><h1>%s</h1><p>%s</p></main></body></html>\n",
                          pages[page].title, pages[page].title, pages[page].text);
}

/* The one style is allowed by its digest; nothing else is. */
static char *
dup_policy (void)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *digest = NULL;
  guint8 bytes[32];
  gsize length = sizeof bytes;

  g_checksum_update (checksum, (const guchar *)STYLE, (gssize)strlen (STYLE));
  g_checksum_get_digest (checksum, bytes, &length);
  digest = g_base64_encode (bytes, length);

  return g_strdup_printf (
      "default-src 'none'; style-src 'sha256-%s'; frame-ancestors 'none'; base-uri 'none'; "
      "form-action 'none'",
      digest);
}

void
peal_redirect_page_send (PealRedirectPage page, guint status, SoupServerMessage *message)
{
  SoupMessageHeaders *answer = soup_server_message_get_response_headers (message);
  g_autofree char *body = dup_body (page);
  g_autofree char *policy = dup_policy ();

  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    soup_message_headers_replace (answer, headers[i].name, headers[i].value);
  soup_message_headers_replace (answer, "Content-Security-Policy", policy);
  soup_server_message_set_response (message, HTML_TYPE, SOUP_MEMORY_COPY, body, strlen (body));
  soup_server_message_set_status (message, status, NULL);
}

GBytes *
peal_redirect_page_to_bytes (PealRedirectPage page, guint status, gboolean with_body)
{
  g_autofree char *body = dup_body (page);
  g_autofree char *policy = dup_policy ();
  g_autoptr (GString) answer = g_string_new (NULL);

  g_string_append_printf (answer, "HTTP/1.1 %u %s\r\n", status, soup_status_get_phrase (status));
  g_string_append_printf (answer, "Content-Type: " HTML_TYPE "\r\nContent-Length: %" G_GSIZE_FORMAT "\r\n",
                          strlen (body));
  for (gsize i = 0; i < G_N_ELEMENTS (headers); i++)
    g_string_append_printf (answer, "%s: %s\r\n", headers[i].name, headers[i].value);
  g_string_append_printf (answer, "Content-Security-Policy: %s\r\n", policy);
  if (status == SOUP_STATUS_METHOD_NOT_ALLOWED)
    g_string_append (answer, "Allow: GET\r\n");
  g_string_append (answer, "\r\n");
  if (with_body)
    g_string_append (answer, body);

  return g_string_free_to_bytes (g_steal_pointer (&answer));
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* What the browser shows at the end of a sign-in: pages without a script, without anything from elsewhere and
 * without a byte of what was sent to us. */

typedef enum
{
  PEAL_REDIRECT_PAGE_DONE,    /* 200: TikTok sent a code */
  PEAL_REDIRECT_PAGE_REFUSED, /* 200: TikTok sent an error */
  PEAL_REDIRECT_PAGE_WRONG,   /* 4xx: not ours */
} PealRedirectPage;

/* Answers @message with @status, @page and the headers that keep it harmless. */
void peal_redirect_page_send (PealRedirectPage page, guint status, SoupServerMessage *message);
/* The same as the bytes of a whole HTTP/1.1 answer. @with_body: FALSE for HEAD. (transfer full) */
GBytes *peal_redirect_page_to_bytes (PealRedirectPage page, guint status, gboolean with_body);

G_END_DECLS

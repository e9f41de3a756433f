/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  PEAL_SHARE_URL_REFUSED,
  PEAL_SHARE_URL_TIKTOK,   /* https on tiktok.com or below it */
  PEAL_SHARE_URL_LOOPBACK, /* http on this computer, where the practice world shows its videos */
} PealShareUrl;

/* What may be opened in the user's browser: an address came over the network, and a link that a person trusts
 * must not lead elsewhere. @url: (nullable). */
PealShareUrl peal_share_url_classify (const char *url);
/* Whether one of that class may be opened in this world. */
static inline gboolean
peal_share_url_is_open (PealShareUrl self, gboolean is_practice)
{
  return self == PEAL_SHARE_URL_TIKTOK || (self == PEAL_SHARE_URL_LOOPBACK && is_practice);
}

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-tiktok"

#include "config.h"

#include "peal-endpoint.h"

/* TikTok: tiktok-api-v2-rate-limit (600, 20, 6 and 30 a minute). Half to two thirds of that, so that a second
 * program of the same user fits beside us. */
static const PealEndpointFacts endpoints[] = {
  [PEAL_ENDPOINT_TOKEN] = { "POST", "/v2/oauth/token/", PEAL_ENVELOPE_TOKEN, 0, FALSE, TRUE },
  [PEAL_ENDPOINT_REVOKE] = { "POST", "/v2/oauth/revoke/", PEAL_ENVELOPE_REVOKE, 0, FALSE, TRUE },
  [PEAL_ENDPOINT_USER_INFO] = { "GET", "/v2/user/info/", PEAL_ENVELOPE_API, 300, FALSE, FALSE },
  [PEAL_ENDPOINT_VIDEO_LIST] = { "POST", "/v2/video/list/", PEAL_ENVELOPE_API, 300, FALSE, FALSE },
  [PEAL_ENDPOINT_VIDEO_QUERY] = { "POST", "/v2/video/query/", PEAL_ENVELOPE_API, 300, FALSE, FALSE },
  [PEAL_ENDPOINT_CREATOR_INFO] = { "POST", "/v2/post/publish/creator_info/query/", PEAL_ENVELOPE_API, 15,
                                   TRUE, FALSE },
  [PEAL_ENDPOINT_VIDEO_INIT] = { "POST", "/v2/post/publish/video/init/", PEAL_ENVELOPE_API, 4, TRUE, TRUE },
  [PEAL_ENDPOINT_INBOX_INIT] = { "POST", "/v2/post/publish/inbox/video/init/", PEAL_ENVELOPE_API, 4, TRUE,
                                 TRUE },
  [PEAL_ENDPOINT_STATUS] = { "POST", "/v2/post/publish/status/fetch/", PEAL_ENVELOPE_API, 20, TRUE, FALSE },
};

G_STATIC_ASSERT (G_N_ELEMENTS (endpoints) == PEAL_N_ENDPOINTS);

const PealEndpointFacts *
peal_endpoint_get_facts (PealEndpoint self)
{
  g_return_val_if_fail ((guint)self < PEAL_N_ENDPOINTS, NULL);

  return &endpoints[self];
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-terms.h"

#include <glib/gi18n.h>

#define PUBLIC "PUBLIC_TO_EVERYONE"
#define PRIVATE "SELF_ONLY"

const char *
peal_compose_privacy_bar (const char *level,
                          gboolean branded_content,
                          PealEnvironment environment,
                          gboolean audited)
{
  g_return_val_if_fail (level != NULL, NULL);

  if (g_str_equal (level, PRIVATE))
    return branded_content ? _ ("Branded content visibility cannot be set to private.") : NULL;
  if (environment == PEAL_ENVIRONMENT_SANDBOX)
    return g_str_equal (level, PUBLIC) ? _ ("TikTok’s sandbox takes no public videos.") : NULL;
  return audited ? NULL : _ ("TikTok has not audited your app yet. Until then only you can view its posts.");
}

const char *
peal_compose_branded_bar (const char *level)
{
  return g_strcmp0 (level, PRIVATE) == 0
             ? _ ("Branded content cannot be visible to you only. Choose who else can view the video first.")
             : NULL;
}

const char *
peal_compose_label_sentence (gboolean your_brand, gboolean branded_content)
{
  if (branded_content)
    return _ ("Your photo/video will be labeled as 'Paid partnership'");
  return your_brand ? _ ("Your photo/video will be labeled as 'Promotional content'") : NULL;
}

const char *
peal_compose_consent_markup (gboolean branded_content)
{
  if (branded_content)
    return _ (
        "By posting, you agree to TikTok's "
        "<a href=\"https://www.tiktok.com/legal/page/global/bc-policy/en\">Branded Content Policy</a> and "
        "<a href=\"https://www.tiktok.com/legal/page/global/music-usage-confirmation/en\">Music Usage "
        "Confirmation</a>");
  return _ ("By posting, you agree to TikTok's "
            "<a href=\"https://www.tiktok.com/legal/page/global/music-usage-confirmation/en\">Music Usage "
            "Confirmation</a>");
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-routes.h"

#include "peal-practice-handlers.h"

/* The authorize page has always been served without its last slash too, and real clients leave it out. */
static const PealPracticeRoute routes[] = {
  { "GET", "/v2/auth/authorize/", FALSE, "authorize", peal_practice_authorize_show },
  { "GET", "/v2/auth/authorize", FALSE, "authorize", peal_practice_authorize_show },
  { "POST", "/v2/auth/authorize/", FALSE, "consent", peal_practice_authorize_answer },
  { "POST", "/v2/oauth/token/", FALSE, "token", peal_practice_oauth_token },
  { "POST", "/v2/oauth/revoke/", FALSE, "revoke", peal_practice_oauth_revoke },
  { "GET", "/v2/user/info/", FALSE, "user_info", peal_practice_user_info },
  { "POST", "/v2/video/list/", FALSE, "video_list", peal_practice_video_list },
  { "POST", "/v2/video/query/", FALSE, "video_query", peal_practice_video_query },
  { "POST", "/v2/post/publish/creator_info/query/", FALSE, "creator_info", peal_practice_creator_info },
  { "POST", "/v2/post/publish/video/init/", FALSE, "video_init", peal_practice_video_init },
  { "POST", "/v2/post/publish/inbox/video/init/", FALSE, "inbox_init", peal_practice_inbox_init },
  { "POST", "/v2/post/publish/content/init/", FALSE, "content_init", peal_practice_content_init },
  { "POST", "/v2/post/publish/status/fetch/", FALSE, "status", peal_practice_status_fetch },
  { "POST", "/v2/post/publish/cancel/", FALSE, "cancel", peal_practice_cancel },
  { "GET", "/", FALSE, "page", peal_practice_page_home },
  { "GET", "/@", TRUE, "page", peal_practice_page_creator },
  { "GET", "/style.css", FALSE, "page", peal_practice_page_style },
  { "POST", "/drafts/finish", FALSE, "page", peal_practice_page_finish_draft },
  { "GET", "/pictures/", TRUE, "picture", peal_practice_picture },
  { "GET", "/control/", TRUE, "control", peal_practice_control },
  { "POST", "/control/", TRUE, "control", peal_practice_control },
  { "DELETE", "/control/", TRUE, "control", peal_practice_control },
};

const PealPracticeRoute *
peal_practice_routes_find (const char *method, const char *path, gboolean *is_path_known)
{
  *is_path_known = FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (routes); i++)
    {
      if (routes[i].is_prefix ? !g_str_has_prefix (path, routes[i].path)
                              : !g_str_equal (path, routes[i].path))
        continue;
      *is_path_known = TRUE;
      if (g_str_equal (routes[i].method, method))
        return &routes[i];
    }
  return NULL;
}

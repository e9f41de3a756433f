/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-practice-call.h"

G_BEGIN_DECLS

/* One function for each endpoint: it answers the call before it returns. */

/* peal-practice-oauth.c */
void peal_practice_oauth_token (PealPracticeCall *call);
void peal_practice_oauth_revoke (PealPracticeCall *call);

/* peal-practice-authorize.c */
void peal_practice_authorize_show (PealPracticeCall *call);
void peal_practice_authorize_answer (PealPracticeCall *call);

/* peal-practice-user.c, peal-practice-videos.c */
void peal_practice_user_info (PealPracticeCall *call);
void peal_practice_video_list (PealPracticeCall *call);
void peal_practice_video_query (PealPracticeCall *call);

/* peal-practice-publish.c, peal-practice-init.c, peal-practice-photos.c */
void peal_practice_creator_info (PealPracticeCall *call);
void peal_practice_video_init (PealPracticeCall *call);
void peal_practice_inbox_init (PealPracticeCall *call);
void peal_practice_content_init (PealPracticeCall *call);
void peal_practice_status_fetch (PealPracticeCall *call);
void peal_practice_cancel (PealPracticeCall *call);

/* peal-practice-control.c: everything under /control/ */
void peal_practice_control (PealPracticeCall *call);

/* peal-practice-pages.c, peal-practice-pictures.c */
void peal_practice_page_home (PealPracticeCall *call);
void peal_practice_page_creator (PealPracticeCall *call);
void peal_practice_page_finish_draft (PealPracticeCall *call);
void peal_practice_page_style (PealPracticeCall *call);
void peal_practice_picture (PealPracticeCall *call);

G_END_DECLS

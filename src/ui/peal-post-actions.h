/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-post-item.h"
#include "peal-session.h"

G_BEGIN_DECLS

/* (transfer full): the actions of one post, to be inserted as "post" into @widget, which they ask their
 * questions over: those of peal-post-deeds.h and "show". What the state of the post does not allow is
 * insensitive, and follows it. What can be taken back is pushed to the session's undo; errors are said. */
GSimpleActionGroup *peal_post_actions_new (PealSession *session, PealPostItem *post, GtkWidget *widget);

/* (transfer full): a menu of what @post allows, for actions inserted as "post". */
GMenuModel *peal_post_actions_create_menu (PealPostItem *post);

G_END_DECLS

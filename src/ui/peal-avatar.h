/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "peal-session.h"

G_BEGIN_DECLS

/* (transfer floating): an AdwAvatar of @size logical pixels that follows @account: its picture once it is
 * there, initials until then. */
GtkWidget *peal_avatar_new (PealSession *session, PealAccountItem *account, int size);

G_END_DECLS

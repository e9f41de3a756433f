/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-account.h"

G_BEGIN_DECLS

/* TikTok's permissions as a boxed list: what Peal asks for and why, or what an account granted and what does
 * not work for want of the rest. Icon and words say which is which, not the colour alone. */

#define PEAL_TYPE_PERMISSION_LIST (peal_permission_list_get_type ())
G_DECLARE_FINAL_TYPE (PealPermissionList, peal_permission_list, PEAL, PERMISSION_LIST, AdwBin)

/* Shows all of them with why Peal asks; as it is when new. */
void peal_permission_list_ask (PealPermissionList *self);
/* Shows which of them are @granted. */
void peal_permission_list_show (PealPermissionList *self, PealScopes granted);

G_END_DECLS

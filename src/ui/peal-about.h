/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* (transfer floating): what Peal is, its version and licence, and that TikTok has no part in it. @practice:
 * says that this is the practice world. */
AdwDialog *peal_about_dialog_new (gboolean practice);

G_END_DECLS

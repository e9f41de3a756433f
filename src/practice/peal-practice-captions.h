/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Returns: (transfer full): a caption about @topic that @key stands for. */
char *peal_practice_caption (const char *topic, guint64 key);

G_END_DECLS

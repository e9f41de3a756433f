/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Removes @path and all that is in it; of a symbolic link the link alone. Starts no thread. */
void peal_test_remove_tree (const char *path);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-archive.h"

G_BEGIN_DECLS

/* (transfer none) */
PealDatabase *peal_archive_get_database (PealArchive *self);

G_END_DECLS

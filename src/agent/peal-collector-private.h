/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-collector.h"

G_BEGIN_DECLS

/* One reading of one account, and what has come in. */
typedef struct
{
  PealAccounts *accounts;
  PealArchive *archive;
  gint64 account;
  GCancellable *cancellable;
  gboolean has_user;
  guint n_videos;
} PealReadingSink;

/* Reads user and videos into the archive, page by page. In a fiber. What came before an error stays. */
gboolean peal_collector_read_account (PealReadingSink *sink, GError **error);

G_END_DECLS

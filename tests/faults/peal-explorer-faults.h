/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-explorer-stand-in.h"

G_BEGIN_DECLS

/* What may go wrong on the way to TikTok, each alone. The first is nothing at all. */
extern const PealFault peal_faults[];
extern const guint peal_n_faults;

#define PEAL_API_ERROR(code)                                                                                 \
  "{\"data\":{},\"error\":{\"code\":\"" code "\",\"message\":\"\",\"log_id\":\"L\"}}"
#define PEAL_STATUS(members)                                                                                 \
  "{\"data\":{" members "},\"error\":{\"code\":\"ok\",\"message\":\"\",\"log_id\":\"L\"}}"
#define PEAL_PORTAL "<html><body>Welcome to the hotel</body></html>"

G_END_DECLS

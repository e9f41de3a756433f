/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* The servers that Peal ever speaks to, and what for; nothing else. In the practice world that is one, on
 * this computer. */

typedef struct
{
  const char *host;
  const char *purpose; /* in English, marked for translation */
} PealHost;

/* Ends with a NULL host. */
extern const PealHost peal_hosts[];

/* (transfer floating). @server: (nullable): address of the practice server. */
AdwNavigationPage *peal_hosts_page_new (gboolean practice, const char *server);

G_END_DECLS

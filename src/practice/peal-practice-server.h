/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-practice-world.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* The two listeners on 127.0.0.1, API with pages and uploads, and what passes between a request and its
 * handler: faults, counting, limits. */
typedef struct _PealPracticeServer PealPracticeServer;

/* Listens on @port, 0 for any that is free; uploads always get a free one. Both speak TLS with @certificate,
 * plain HTTP for NULL. Keeps @world for as long as it lives. Returns: (transfer full) (nullable): */
PealPracticeServer *peal_practice_server_new (PealPracticeWorld *world,
                                              const char *control_token,
                                              guint16 port,
                                              GTlsCertificate *certificate,
                                              GError **error);
void peal_practice_server_free (PealPracticeServer *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealPracticeServer, peal_practice_server_free)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-client.h"

G_BEGIN_DECLS

/* What the files of the client share: the raw bus call, and how the agent is brought onto the bus. */

#define PEAL_CLIENT_OBJECT_PATH "/io/github/pealapp/Peal/Agent"
#define PEAL_CLIENT_START_SECONDS 20

/* (transfer full): resolves to the reply, a tuple. Rejects with PEAL_ERROR. @fd: as in peal-client.h. */
DexFuture *peal_client_bus_call (GDBusConnection *connection,
                                 const char *name,
                                 const char *interface,
                                 const char *path,
                                 const char *method,
                                 GVariant *parameters,
                                 int fd,
                                 GCancellable *cancellable);

/* (transfer full): @error as PEAL_ERROR; takes it. */
GError *peal_client_take_bus_error (GError *error);

/* (transfer full): resolves to TRUE once @name has an owner on @connection, whom it starts if need be: as a
 * service of the bus, else as @program (nullable) itself. */
DexFuture *peal_client_start_agent (GDBusConnection *connection,
                                    const char *name,
                                    gboolean practice,
                                    const char *program,
                                    GCancellable *cancellable);

/* (transfer full): the error that a line "peal-agent: REASON: sentence" in @text stands for; NULL where there
 * is none. */
GError *peal_client_parse_refusal (const char *text);

G_END_DECLS

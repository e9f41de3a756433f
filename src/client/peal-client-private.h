/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-bus.h"
#include "peal-client.h"

G_BEGIN_DECLS

/* What the files of the client share: the raw bus call, the jobs, and how the agent is brought onto the bus.
 */

struct _PealClient
{
  GObject parent_instance;

  GDBusConnection *connection;
  gboolean practice;
  char *agent_program;

  char *bus_name;
  PealBusAgent *proxy; /* once connected */
  /* guint → DexPromise: those that are waited for, and those that ended before somebody did */
  GHashTable *jobs;
};

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

/* (transfer full): resolves to the fd that the reply's first member, a handle, stands for. */
DexFuture *peal_client_bus_call_for_fd (GDBusConnection *connection,
                                        const char *name,
                                        const char *interface,
                                        const char *path,
                                        const char *method,
                                        GVariant *parameters,
                                        GCancellable *cancellable);

/* (transfer full) */
GError *peal_client_gone_error (void);
/* What JobDone said of @job. */
void peal_client_end_job (PealClient *self,
                          guint job,
                          const char *error_name,
                          const char *error_message,
                          GVariant *result);
/* The agent is gone: nothing will be said of jobs any more. */
void peal_client_fail_jobs (PealClient *self);

/* (transfer none) (nullable): the uploads under way, an a(xtt). */
GVariant *peal_client_peek_progress (PealClient *self);

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

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* The way of a window or program to Peal's agent: finds it on the session bus or starts it, calls its methods
 * as futures, follows its jobs to their end and passes its signals on. Every future that rejects does so with
 * a PEAL_ERROR.
 *
 * Signals:
 *   changed (const char *kind, const char * const *ids): as the bus interface's Changed; also "status" when
 * the agent was paused or resumed. progress (): the uploads under way moved; see peal_client_get_progress ().
 *   gone (): the agent left the bus; jobs that were waiting reject with INVALID "agent_unreachable". */

#define PEAL_TYPE_CLIENT (peal_client_get_type ())
G_DECLARE_FINAL_TYPE (PealClient, peal_client, PEAL, CLIENT, GObject)

/* The version of the bus interface that this client speaks. */
#define PEAL_CLIENT_INTERFACE_VERSION 1

/* (transfer full). @practice: whether to speak to the practice world's agent. @agent_program: (nullable):
 * path of the program to start where the bus knows no such service; NULL for peal-agent beside this program,
 * or in PEAL_LIBEXECDIR. */
PealClient *peal_client_new (GDBusConnection *connection, gboolean practice, const char *agent_program);
gboolean peal_client_get_practice (PealClient *self);
/* (transfer none): the well-known bus name of the agent. */
const char *peal_client_get_bus_name (PealClient *self);

/* (transfer full): resolves to TRUE once the agent answers; starts it if need be and waits at most 20 s for
 * it. INVALID "agent_unreachable", "agent_older", "agent_newer", or the reason for which the agent would not
 * start
 * ("agent_running", "server_other", "storage_newer", …). */
DexFuture *peal_client_connect (PealClient *self, GCancellable *cancellable);

/* The functions below want peal_client_connect () to have resolved. @parameters: (nullable): a tuple,
 * consumed if floating. @fd: what the first argument, handle 0, stands for, or -1 where @method takes no
 * file; duplicated, the caller keeps its own. */

/* (transfer full): resolves to the GVariant of the reply, a tuple. */
DexFuture *
peal_client_call (PealClient *self, const char *method, GVariant *parameters, GCancellable *cancellable);
/* (transfer full): as peal_client_call (), with a file. */
DexFuture *peal_client_call_with_fd (PealClient *self,
                                     const char *method,
                                     GVariant *parameters,
                                     int fd,
                                     GCancellable *cancellable);
/* (transfer full): as peal_client_call (), for a method that returns a file; resolves to its fd: a
 * dex_await_fd () owns what it returns. */
DexFuture *peal_client_call_for_fd (PealClient *self,
                                    const char *method,
                                    GVariant *parameters,
                                    GCancellable *cancellable);
/* (transfer full): resolves to the job's result, an a{sv}, when JobDone comes for the job that @method
 * returned. Cancelling cancels the job and rejects with CANCELLED once the agent confirmed it, or after 5 s.
 */
DexFuture *peal_client_run_job (PealClient *self,
                                const char *method,
                                GVariant *parameters,
                                int fd,
                                GCancellable *cancellable);
/* (transfer full): the second half of peal_client_run_job (), for a job whose number a peal_client_call ()
 * returned along with more. To be called once a job. */
DexFuture *peal_client_finish_job (PealClient *self, guint job, GCancellable *cancellable);

/* Whether @post is being uploaded; then @bytes (nullable) of @total (nullable) bytes have been sent. */
gboolean peal_client_get_progress (PealClient *self, gint64 post, guint64 *bytes, guint64 *total);

G_END_DECLS

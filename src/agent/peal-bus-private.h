/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-bus-face.h"

G_BEGIN_DECLS

struct _PealBusFace
{
  GObject parent_instance;

  GDBusConnection *connection;
  guint registration;
  PealBusServices services;
  char *server;
  gboolean is_practice, is_paused;
  GHashTable *jobs; /* guint → PealBusJob */
  guint last_job;
  GHashTable *guests; /* unique name → its watch */
  gboolean is_connecting;
};

/* One method call, from its arrival to its reply. Freed when the reply has gone. */
typedef struct
{
  PealBusFace *face;
  GDBusMethodInvocation *invocation;
  GVariant *parameters;
} PealBusCall;

/* A handler runs as a fiber. It resolves to the reply (GVariant, a tuple; TRUE for no arguments out) or
 * rejects. A handler that begins a job replies by itself, through peal_bus_call_begin_job (). */
typedef DexFuture *(*PealBusHandler) (PealBusCall *call);

typedef struct
{
  const char *method;
  PealBusHandler handler;
} PealBusMethod;

/* Ended by an entry without a method. */
extern const PealBusMethod peal_bus_account_methods[];
extern const PealBusMethod peal_bus_picture_methods[];
extern const PealBusMethod peal_bus_post_methods[];
extern const PealBusMethod peal_bus_statistics_methods[];
extern const PealBusMethod peal_bus_status_methods[];

/* Who has called and is still on the bus. A window that is open is worth staying for, however little there is
 * to do: it would only start the agent again. */
GHashTable *peal_bus_guests_new (void);
void peal_bus_guests_note (PealBusFace *self, const char *sender);

/* The empty table of jobs. */
GHashTable *peal_bus_jobs_new (void);
/* Registers a job for the caller, with a cancellable that its CancelJob, and its leaving the bus, cancel. 0
 * with INVALID "too_many_jobs". */
guint peal_bus_call_new_job (PealBusCall *call, GCancellable **cancellable, GError **error);
/* Replies with @reply (floating; NULL for just the number) and reports with JobDone when @future (transfer
 * full) ends: it resolves to a{sv}, or to anything else for an empty result. Returns what the handler
 * returns. */
DexFuture *peal_bus_call_begin_job (PealBusCall *call, guint job, GVariant *reply, DexFuture *future);
/* Descriptor number @index of the call, duplicated, or -1 with INVALID "fd_missing". */
int peal_bus_call_dup_fd (PealBusCall *call, int index, GError **error);
/* Replies with just @fd (duplicated), by itself: returns what the handler returns. */
DexFuture *peal_bus_call_reply_fd (PealBusCall *call, int fd);
/* Awaits the row id of the account of that name; 0 with @error. From a fiber. */
gint64 peal_bus_call_resolve_account (PealBusCall *call, const char *name, GError **error);
/* INVALID "option_unknown" or "option_type" where @dict (a{sv}) has a member that is not a text among
 * @members. */
gboolean peal_bus_check_texts (GVariant *dict, const char *const *members, GError **error);
/* (transfer full): a future that resolves to the tuple of just @member (floating or not). */
DexFuture *peal_bus_reply_with (GVariant *member);

/* CancelJob: of the caller's own. */
void peal_bus_call_cancel_job (PealBusCall *call, guint job);

void peal_bus_face_emit_changed (PealBusFace *self, const char *kind, const char *const *ids);
void peal_bus_face_emit_jobs_changed (PealBusFace *self);
void peal_bus_face_set_paused (PealBusFace *self, gboolean paused);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-accounts.h"
#include "peal-archive.h"
#include "peal-collector.h"
#include "peal-journal.h"
#include "peal-media-store.h"
#include "peal-picture-store.h"
#include "peal-publisher.h"

G_BEGIN_DECLS

/* The agent on the session bus (io.github.pealapp.Peal.Agent, described in its interface file). It checks
 * what comes in, hands it to whom it concerns, and keeps nothing. Any program of the session may call. */

#define PEAL_TYPE_BUS_FACE (peal_bus_face_get_type ())
G_DECLARE_FINAL_TYPE (PealBusFace, peal_bus_face, PEAL, BUS_FACE, GObject)

/* Signal "jobs-changed": a job began or ended, or a caller came onto the bus or left it. */

/* Whom calls go to; borrowed, and alive as long as the face. */
typedef struct
{
  PealDatabase *database;
  PealJournal *journal;
  PealAccounts *accounts;
  PealArchive *archive;
  PealCollector *collector;
  PealMediaStore *media_store;
  PealPictureStore *picture_store;
  PealPublisher *publisher;
  const char *state_directory; /* of the witness */
  const char *machine;         /* as peal_lease_hash_machine () has it */
} PealBusServices;

/* @server: the practice world's address, or "". (transfer full) */
PealBusFace *peal_bus_face_new (const PealBusServices *services, gboolean is_practice, const char *server);
/* Appears on @connection at /io/github/pealapp/Peal/Agent; once. */
gboolean peal_bus_face_export (PealBusFace *self, GDBusConnection *connection, GError **error);
void peal_bus_face_unexport (PealBusFace *self);
/* Whether a caller waits for a job, or one is still on the bus. */
gboolean peal_bus_face_is_busy (PealBusFace *self);

G_END_DECLS

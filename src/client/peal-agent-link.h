/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-agent-status.h"
#include "peal-client.h"
#include "peal-clock.h"

G_BEGIN_DECLS

/* A window's lasting connection to the agent: connects, reads the status and keeps it current, and when the
 * agent leaves the bus connects again by itself (at once; to one that leaves again before it stayed for a
 * minute after 1, 2, 4 … at most 30 s). Where the agent cannot be had, is older or newer, it says so by state
 * and error and goes on trying only when asked (peal_agent_link_start ()) or when the agent comes onto the
 * bus.
 *
 * Properties (read-only, notified): state (PealLinkState), status (PealAgentStatus, NULL before the first),
 * error (GError of PEAL_ERROR, NULL unless lost).
 *
 * Signals:
 *   ready (): connected, also after a loss: what was read before may be old, read it again.
 *   changed (const char *kind, const char * const *ids): as the bus interface's Changed.
 *   progress (): uploads moved. */

typedef enum
{
  PEAL_LINK_CONNECTING,
  PEAL_LINK_READY,
  PEAL_LINK_LOST,
} PealLinkState;

#define PEAL_TYPE_LINK_STATE (peal_link_state_get_type ())
GType peal_link_state_get_type (void) G_GNUC_CONST;

#define PEAL_TYPE_AGENT_LINK (peal_agent_link_get_type ())
G_DECLARE_FINAL_TYPE (PealAgentLink, peal_agent_link, PEAL, AGENT_LINK, GObject)

/* (transfer full). @clock times the pauses between tries. */
PealAgentLink *peal_agent_link_new (PealClient *client, PealClock *clock);
/* Connects, or tries again at once. */
void peal_agent_link_start (PealAgentLink *self);
/* The same before the main loop runs: runs the default main context, with all that is in it, until the agent
 * was asked for its status or cannot be had, @patience_ms at most. The agent answers while the caller goes
 * on. */
void peal_agent_link_start_early (PealAgentLink *self, guint patience_ms);
/* (transfer none) */
PealClient *peal_agent_link_get_client (PealAgentLink *self);
PealLinkState peal_agent_link_get_state (PealAgentLink *self);
/* (transfer none) (nullable) */
PealAgentStatus *peal_agent_link_get_status (PealAgentLink *self);
/* (transfer none) (nullable) */
const GError *peal_agent_link_get_error (PealAgentLink *self);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-bus-face.h"
#include "peal-wakeup.h"

G_BEGIN_DECLS

/* The agent's life: on the bus, awake when something is due, gone when nothing needs it. */

#define PEAL_TYPE_AGENT_APPLICATION (peal_agent_application_get_type ())
G_DECLARE_FINAL_TYPE (PealAgentApplication, peal_agent_application, PEAL, AGENT_APPLICATION, GApplication)

/* @application_id: also the bus name. @stays: whether to live on with nothing to do, because somebody started
 * it by hand. References to all of @services are kept. */
PealAgentApplication *peal_agent_application_new (const char *application_id,
                                                  gboolean stays,
                                                  const PealBusServices *services,
                                                  PealBusFace *face,
                                                  PealClock *clock);

G_END_DECLS

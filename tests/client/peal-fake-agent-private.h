/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-fake-agent.h"

G_BEGIN_DECLS

/* What the files of the fake agent share: the calls, and what it answers to them. */

struct _PealFakeAgent
{
  GDBusConnection *connection;
  guint interface_version;
  guint registration;
  guint next_job;
  GHashTable *calls;  /* method → GVariant */
  GHashTable *counts; /* method → number */
  GHashTable *replies;
  GString *received;
  int video; /* a descriptor: that of all posts */
  char *error_name, *error_message;
  char *held_method;
  GQueue held;
  GVariant *progress;
  gboolean paused;

  char *state;
  GHashTable *posts; /* gint64 → its own; NULL: the three by heart */
  GPtrArray *listed; /* the posts in the order of the last list; NULL: to be sorted anew */
  char *listed_order;
  GPtrArray *videos; /* of GVariant, newest first; NULL: the one by heart */
  GVariant *accounts;
  GVariant *status;
  guint n_samples;
};

/* Floating, as what g_variant_new () makes; from GVariant's text. */
GVariant *peal_fake_build (const char *text);
void peal_fake_agent_init_data (PealFakeAgent *self);
void peal_fake_agent_clear_data (PealFakeAgent *self);
/* (transfer floating) (nullable): the reply; @error: its message is the bus's text. */
GVariant *
peal_fake_agent_answer (PealFakeAgent *self, const char *method, GVariant *parameters, GError **error);

G_END_DECLS

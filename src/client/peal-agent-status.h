/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What the bus interface's GetStatus says, read once: a value, so that a view keeps the one that it shows. */

#define PEAL_TYPE_AGENT_STATUS (peal_agent_status_get_type ())

typedef enum
{
  PEAL_ATTENTION_POST,
  PEAL_ATTENTION_ACCOUNT,
  PEAL_ATTENTION_KEYRING,
  PEAL_ATTENTION_CREDENTIALS,
  PEAL_ATTENTION_STORAGE,
} PealAttentionKind;

typedef struct
{
  PealAttentionKind kind;
  gint64 post;   /* 0 where it is about none */
  char *account; /* (nullable): open_id */
  char *reason;  /* a word of peal-sentence.h */
} PealAttention;

typedef struct
{
  char *version; /* of the agent, "0.1.0" */
  gboolean practice;
  char *server;             /* "" for TikTok */
  char *profile;            /* "production" or "sandbox" */
  GStrv credentials;        /* the environments that have key and secret */
  char *client_key_hint;    /* last four characters, of the profile; "" without */
  char *default_share_type; /* "direct" or "inbox" */
  gboolean paused;
  char *keyring;        /* "unlocked", "locked", "missing" */
  guint counts[9];      /* posts by PealPostState */
  gint64 next_due;      /* µs UTC; -1 where nothing is scheduled */
  guint64 media_bytes;  /* space of the video copies */
  GPtrArray *attention; /* (element-type PealAttention) */
} PealAgentStatus;

GType peal_agent_status_get_type (void) G_GNUC_CONST;
/* (transfer full): from the a{sv} of GetStatus. Members that are missing or of another type are as in an
 * empty status; unknown kinds of attention are left out. */
PealAgentStatus *peal_agent_status_new (GVariant *dict);
PealAgentStatus *peal_agent_status_ref (PealAgentStatus *self);
void peal_agent_status_unref (PealAgentStatus *self);
/* Whether key and secret are stored for @environment. */
gboolean peal_agent_status_has_credentials (const PealAgentStatus *self, const char *environment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealAgentStatus, peal_agent_status_unref)

G_END_DECLS

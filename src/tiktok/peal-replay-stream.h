/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A connection of which the first bytes have been read already: they are read again, and then the stream is
 * at its end, whatever else the peer sends. Writing and closing go to the connection. */

#define PEAL_TYPE_REPLAY_STREAM (peal_replay_stream_get_type ())
G_DECLARE_FINAL_TYPE (PealReplayStream, peal_replay_stream, PEAL, REPLAY_STREAM, GIOStream)

/* (transfer full) */
GIOStream *peal_replay_stream_new (GIOStream *connection, GBytes *head);

G_END_DECLS

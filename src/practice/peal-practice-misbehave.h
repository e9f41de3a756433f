/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-practice-faults.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Doing to a connection what a fault says. */

/* Closes the connection under @message without an answer; by RST if @by_reset. */
void peal_practice_misbehave_drop (SoupServerMessage *message, gboolean by_reset);

/* Replaces the answer by the fault's own: status, body, headers, or the page of a captive portal.
 * Returns: whether the fault has an answer. */
gboolean peal_practice_misbehave_has_answer (JsonObject *fault);
void peal_practice_misbehave_answer (SoupServerMessage *message, JsonObject *fault);

/* Sends the head of the prepared answer with its whole length, @count bytes of its body, and closes. */
void peal_practice_misbehave_send_part (SoupServerMessage *message, gint64 count, gboolean by_reset);

/* Sends the prepared answer at @rate bytes of its body a second. */
void peal_practice_misbehave_send_slowly (SoupServerMessage *message, gint64 rate);

/* Ends the connection behind an answer that has been sent and did not say so. */
void peal_practice_misbehave_hang_up (SoupServerMessage *message);

/* Pauses @message for @ms and then, unless NULL, calls @resume with it before going on. @data is lent for as
 * long as the message lives. */
typedef void (*PealPracticeResume) (SoupServerMessage *message, gpointer data);
void peal_practice_misbehave_pause (SoupServerMessage *message,
                                    gint64 ms,
                                    PealPracticeResume resume,
                                    gpointer data);

/* Calls @process, which has answered @message, once more, and keeps the first answer. */
void peal_practice_misbehave_repeat (SoupServerMessage *message, PealPracticeResume process, gpointer data);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The head of a request to the redirect listener, byte for byte (RFC 8252 §8.3, RFC 9112). An HTTP library
 * reads more than one spelling of the same thing; this reads one. Pure. */

#define PEAL_REDIRECT_HEAD_MAX_BYTES 8192

/* 0 while more bytes are needed; 200 for a whole head, and nothing behind it, that may be passed on; else the
 * status to refuse it with: 400, 404, 405 or 431. @port: where we listen. */
guint peal_redirect_head_check (const char *data, gsize length, guint16 port);

G_END_DECLS

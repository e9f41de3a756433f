/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where video bytes may go, where pictures may come from, and which other servers the library may speak to.
 * Pure functions. */

/* Is @url an upload address to be trusted? From TikTok: https, port 443, a host of tiktokapis.com, no user,
 * no fragment, at most 2048 ASCII characters. With @loopback: http or https on 127.0.0.1, [::1] or localhost,
 * any port. FALSE with PEAL_ERROR_PROTOCOL "upload_url"; the error names the host at most, for the rest is a
 * capability. */
gboolean peal_upload_url_check (const char *url, gboolean loopback, GError **error);
/* Is @url (nullable) where a picture that TikTok names may be? The same with the hosts of TikTok's content
 * networks. FALSE with PEAL_ERROR_INVALID "picture_refused". */
gboolean peal_picture_url_check (const char *url, gboolean loopback, GError **error);
/* "http://127.0.0.1:PORT" of an address that names a server on loopback with its port, and nothing behind it
 * but a slash. NULL with PEAL_ERROR_INVALID "server_address". (transfer full) */
char *peal_server_address_normalize (const char *address, GError **error);

G_END_DECLS

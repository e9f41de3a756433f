/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A CA made on the spot and one certificate of it for 127.0.0.1 and localhost. GIO can use certificates but
 * not make them, so the openssl program does. The CA's key is deleted as soon as it has signed: whoever
 * trusts
 * @dir/ca.pem trusts this one server and nothing else, ever. */

/* Makes both in @dir unless they are there already; blocks for as long as openssl takes, some ten
 * milliseconds. Returns: (transfer full) (nullable): the server's certificate with its key. Errors:
 * G_IO_ERROR, G_SPAWN_ERROR, G_FILE_ERROR, G_TLS_ERROR. */
GTlsCertificate *peal_practice_certificate_load (const char *dir, GError **error);

G_END_DECLS

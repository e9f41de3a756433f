/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The window's settings by the schema that was installed with this very program, so that it runs from any
 * prefix, and so that an older Peal elsewhere on the system cannot hand it a schema without its newest keys.
 */

/* (transfer full): the settings of schema @id, whose compiled form lies in @datadir/glib-2.0/schemas, else
 * among the system's. @path: where they are kept, such as "/io/github/pealapp/Peal/"; the practice world's
 * are apart. Errors: GIO's and GLib's for a directory without schemas, G_IO_ERROR_NOT_FOUND for an unknown
 * @id. */
GSettings *peal_schema_settings_new (const char *datadir, const char *id, const char *path, GError **error);

G_END_DECLS

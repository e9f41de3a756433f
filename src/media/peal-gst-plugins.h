/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Starts GStreamer with just the plug-ins that are named here. A start without a registry file would look
 * into each of the system's (860 ms), one with it needs a place to write; these few load in under 20 ms, and
 * what is not loaded cannot be attacked. */

/* @names (NULL-terminated): such as "isomp4". FALSE with PEAL_ERROR_MEDIA "probe_failed". */
gboolean peal_gst_start (const char *const *names, GError **error);
/* Loads one more plug-in into GStreamer, which runs. Errors as above. */
gboolean peal_gst_load (const char *name, GError **error);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* The one table of what can be done by keyboard: it gives the application its accelerators and the shortcuts
 * dialog its rows, so that neither knows of one that the other does not. */

typedef struct
{
  const char *action; /* detailed name: "win.new-post", "win.show-page('plan')"; NULL for keys of a widget */
  const char *accels[3]; /* as for gtk_accelerator_parse (), NULL-terminated */
  const char *title;     /* untranslated, marked */
  const char *group;     /* untranslated, marked; rows of one group stand together */
} PealActionEntry;

/* Ends with an entry without a title. */
extern const PealActionEntry peal_actions[];

void peal_actions_set_accels (GtkApplication *application);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Opens a page, closes it, and puts text into it so that it stays text. */
void peal_practice_html_open (GString *html, const char *title);
void peal_practice_html_close (GString *html);
void peal_practice_html_text (GString *html, const char *text);

/* Appends a hidden field of a form. */
void peal_practice_html_hidden (GString *html, const char *name, const char *value);

/* Returns: the style sheet of all pages, static. */
const char *peal_practice_html_get_style (void);

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "peal-tiktok-oauth.h"

G_BEGIN_DECLS

/* The program peal-practice, run for a test, its control interface and what a user does in the browser. */

typedef struct _PealTestPractice PealTestPractice;

typedef struct
{
  guint status;
  char *location; /* nullable */
  char *body;
} PealTestPage;

/* The program is that of $PEAL_BIN; its world's clock runs at a tenth of the speed. */
PealTestPractice *peal_test_practice_new (void);
void peal_test_practice_free (PealTestPractice *self);
/* (transfer none): "http://127.0.0.1:PORT" */
const char *peal_test_practice_get_address (PealTestPractice *self);
/* (transfer full): a client of it, with buckets of its own. */
PealTiktokClient *peal_test_practice_new_client (PealTestPractice *self);
/* POST control/@path with the JSON that @format makes. Must succeed. */
void peal_test_practice_set (PealTestPractice *self, const char *path, const char *format, ...)
    G_GNUC_PRINTF (3, 4);
void peal_test_practice_clear_faults (PealTestPractice *self);
/* GET @url, following nothing. (transfer full) */
PealTestPage *peal_test_practice_browse (PealTestPractice *self, const char *url);
void peal_test_page_free (PealTestPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealTestPractice, peal_test_practice_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealTestPage, peal_test_page_free)

G_END_DECLS

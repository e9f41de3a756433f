/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* Proof that a step was written down before it is taken. The network layer wants a PealInitPermit to send an
 * init and a PealFinalPermit to send a last chunk; only the journal makes them (peal-permit-private.h), after
 * its commit. Each is used up by the call that takes it, so that one commit lets exactly one request out. */

#define PEAL_TYPE_INIT_PERMIT (peal_init_permit_get_type ())
#define PEAL_TYPE_FINAL_PERMIT (peal_final_permit_get_type ())

typedef struct _PealInitPermit PealInitPermit;
typedef struct _PealFinalPermit PealFinalPermit;

GType peal_init_permit_get_type (void) G_GNUC_CONST;
GType peal_final_permit_get_type (void) G_GNUC_CONST;
void peal_init_permit_free (PealInitPermit *self);
void peal_final_permit_free (PealFinalPermit *self);
/* FALSE once a copy took what @self stood for. */
gboolean peal_init_permit_is_good (const PealInitPermit *self);
/* The publish id that the permit was made for. (transfer none) (nullable): NULL once a copy took it. */
const char *peal_final_permit_get_publish_id (const PealFinalPermit *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealInitPermit, peal_init_permit_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealFinalPermit, peal_final_permit_free)

G_END_DECLS

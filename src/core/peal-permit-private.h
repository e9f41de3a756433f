/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-permit.h"

G_BEGIN_DECLS

/* For the journal alone, and for tests of the network layer. The types are boxed; a boxed copy moves the
 * permit on (the first copy takes what it stands for), so a permit cannot be doubled. */

PealInitPermit *peal_init_permit_new (void);
PealFinalPermit *peal_final_permit_new (const char *publish_id);

G_END_DECLS

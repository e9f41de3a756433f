/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

#include "peal-media-rules.h"

G_BEGIN_DECLS

/* TikTok's rules for a video, one row each: an icon in its colour, a word, what the video has, and what is
 * wrong with it; with their sum on top. Open where something is wrong. */

#define PEAL_TYPE_COMPOSE_CHECKS (peal_compose_checks_get_type ())
G_DECLARE_FINAL_TYPE (PealComposeChecks, peal_compose_checks, PEAL, COMPOSE_CHECKS, AdwBin)

/* @max_duration_s: as in peal-media-rules.h. Returns whether every rule is kept. */
gboolean
peal_compose_checks_show (PealComposeChecks *self, const PealMediaFacts *facts, gint64 max_duration_s);

G_END_DECLS

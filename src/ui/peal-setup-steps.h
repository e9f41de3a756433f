/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The way from nothing to a client key and secret of TikTok's, step by step. */

typedef enum
{
  PEAL_SETUP_TEXT,     /* nothing to copy or open */
  PEAL_SETUP_OPEN,     /* TikTok for Developers, in the browser */
  PEAL_SETUP_REDIRECT, /* the redirect address, to copy */
  PEAL_SETUP_SCOPES,   /* the scopes, to copy */
  PEAL_SETUP_ABOUT,    /* a description of the app, to copy */
  PEAL_SETUP_ENTER,    /* key and secret, to be entered here */
} PealSetupDeed;

typedef struct
{
  const char *title; /* both in English, marked for translation */
  const char *text;
  PealSetupDeed deed;
} PealSetupStep;

/* In their order; ends with a NULL title. */
extern const PealSetupStep peal_setup_steps[];

G_END_DECLS

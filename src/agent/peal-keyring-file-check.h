/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>

G_BEGIN_DECLS

/* Whether libsecret can read a keyring file, found out in a process that may die of it: libsecret 0.21 aborts
 * on a file that was cut off, and an agent that does so at each start publishes nothing any more. */

/* `PROGRAM --check-keyring-file PATH` is that process: the main () of a program that uses
 * PealKeyringFile hands PATH to peal_keyring_file_check_main () before anything else. It is for Peal itself
 * and not among the options that are explained to people. */
#define PEAL_KEYRING_FILE_CHECK_OPTION "--check-keyring-file"

typedef enum
{
  PEAL_KEYRING_FILE_FINE,     /* every item opens; also where there is no file */
  PEAL_KEYRING_FILE_FOREIGN,  /* items are there that the present password does not open */
  PEAL_KEYRING_FILE_BROKEN,   /* libsecret refuses it, or dies of it */
  PEAL_KEYRING_FILE_UNUSABLE, /* nothing is known: there is no password, as when the portal fails */
  PEAL_KEYRING_FILE_HANGS,    /* no answer within the time */
} PealKeyringFileState;

/* Returns the exit status for main (). */
int peal_keyring_file_check_main (const char *path);

/* Resolves to PealKeyringFileState (int); runs this program once more. */
DexFuture *peal_keyring_file_check (const char *path);

G_END_DECLS

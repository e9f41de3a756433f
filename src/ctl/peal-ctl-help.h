/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-ctl-commands.h"

G_BEGIN_DECLS

/* Help on stdout, made from the tables of commands and options. */

void peal_ctl_help_print_all (void);
void peal_ctl_help_print_command (const PealCtlCommand *command);

G_END_DECLS

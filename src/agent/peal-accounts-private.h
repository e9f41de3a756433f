/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-accounts.h"
#include "peal-sql.h"

G_BEGIN_DECLS

/* What the files of PealAccounts share. */

/* An account as it stood when its row was read. */
typedef struct
{
  gint64 id;
  char *vault_key;
  PealEnvironment environment;
  char *open_id;
  PealAccountState state;
} PealAccountRow;

#define PEAL_TYPE_ACCOUNT_ROW (peal_account_row_get_type ())
GType peal_account_row_get_type (void) G_GNUC_CONST;
PealAccountRow *peal_account_row_copy (const PealAccountRow *self);
void peal_account_row_free (PealAccountRow *self);

/* The tokens of one sign-in of one account, counted. A new sign-in has another key in the vault and gets
 * another one; who still holds the old one finds that it is not current any more. */
typedef struct
{
  gint64 account;
  PealEnvironment environment;
  char *vault_key;
  char *open_id;
  PealTokens *tokens;  /* NULL until they were loaded */
  gboolean is_unsaved; /* the vault does not have them yet */
  gboolean is_saving;  /* a fiber tries again and again */
  DexFuture *refresh;  /* the one under way, or the last */
} PealTokenSlot;

PealTokenSlot *peal_token_slot_ref (PealTokenSlot *self);
void peal_token_slot_unref (PealTokenSlot *self);

struct _PealAccounts
{
  GObject parent_instance;

  PealDatabase *database;
  PealVault *vault;
  PealTiktokClient *client;
  PealClock *clock;
  GHashTable *slots; /* gint64 → PealTokenSlot */
};

void peal_accounts_emit_changed (PealAccounts *self, const char *open_id);
void peal_accounts_emit_settings_changed (PealAccounts *self);
void peal_accounts_emit_connected (PealAccounts *self, gint64 account);
PealClock *peal_accounts_get_clock (PealAccounts *self);

/* Resolves to PealAccountRow; INVALID "account_unknown". */
DexFuture *peal_accounts_load_row (PealAccounts *self, gint64 account);
/* The sign-in of @slot is dead. Resolves once the row says so, unless another sign-in took its place. */
DexFuture *peal_accounts_mark_reconnect (PealAccounts *self, PealTokenSlot *slot);
/* Resolves to PealAppCredentials; INVALID "no_credentials". */
DexFuture *peal_accounts_load_app (PealAccounts *self, PealEnvironment environment);
/* Takes over what a sign-in brought: into the vault, then into the row. Resolves to the row id (int64).
 * @account: who was to come, or 0; INVALID "other_account" for somebody else. */
DexFuture *peal_accounts_adopt (PealAccounts *self,
                                PealEnvironment environment,
                                gint64 account,
                                const PealTokens *tokens,
                                const PealUser *user);

/* (transfer full): the tokens of the sign-in of @row. */
PealTokenSlot *peal_accounts_dup_slot (PealAccounts *self, const PealAccountRow *row);
/* Resolves once @slot has newer tokens than before, and the vault has them too. Joins the refresh under way.
 */
DexFuture *peal_accounts_refresh (PealAccounts *self, PealTokenSlot *slot);
/* Resolves once the vault has the tokens of @slot. */
DexFuture *peal_accounts_save (PealAccounts *self, PealTokenSlot *slot);
/* Does @error of the vault say that the tokens are lost? */
gboolean peal_accounts_error_is_lost (const GError *error);
/* (transfer full): the AUTH error "reconnect". */
GError *peal_accounts_new_reconnect_error (void);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealAccountRow, peal_account_row_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealTokenSlot, peal_token_slot_unref)

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libdex.h>
#include <libsecret/secret.h>

G_BEGIN_DECLS

/* Our items in the place where libsecret keeps them, as plain values: PealKeyringService or PealKeyringFile.
 * Calls are made one after the other and each has a time limit. While the place cannot be used it is asked
 * again from time to time, for not every service tells when it comes back. */

#define PEAL_TYPE_KEYRING_STORE (peal_keyring_store_get_type ())
G_DECLARE_DERIVABLE_TYPE (PealKeyringStore, peal_keyring_store, PEAL, KEYRING_STORE, GObject)

/* The item that is written to see whether writing works; it holds nothing. */
#define PEAL_KEYRING_PROBE_KEY "probe"

/* One call on its way through the queue. */
typedef struct
{
  PealKeyringStore *store;
  DexFiberFunc work;
  char *key;   /* NULL of a check */
  char *label; /* of a save, as the next */
  SecretValue *value;
  GCancellable *cancellable; /* of the try under way: ends it when its time is over */
  DexFuture *before;
  gint64 asked_us; /* monotonic */
  DexPromise *done;
} PealKeyringCall;

struct _PealKeyringStoreClass
{
  GObjectClass parent_class;

  /* Fibers whose data is a PealKeyringCall; they fail with the errors of PealVault. */
  DexFiberFunc check;
  DexFiberFunc load;
  DexFiberFunc save;
  DexFiberFunc remove;
  /* Lets go of a session that hangs or failed. TRUE where a new one may do better after @error. */
  gboolean (*reset) (PealKeyringStore *self, const GError *error);
};

/* Signal "changed": the place was locked, unlocked, came or went; ask again. */

/* "application" (construct-only, string) and "timeout-ms" (construct-only, uint, for one try) are properties.
 */
const char *peal_keyring_store_get_application (PealKeyringStore *self);
/* (transfer none): of our items. */
SecretSchema *peal_keyring_store_get_schema (PealKeyringStore *self);
/* (transfer full): the attributes of the item of @call. */
GHashTable *peal_keyring_call_dup_attributes (PealKeyringCall *call);
void peal_keyring_store_emit_changed (PealKeyringStore *self);

/* Resolves to TRUE where it is open; the errors are those of PealVault. */
DexFuture *peal_keyring_store_check (PealKeyringStore *self);
/* Resolves to SecretValue. */
DexFuture *peal_keyring_store_load (PealKeyringStore *self, const char *key);
DexFuture *
peal_keyring_store_save (PealKeyringStore *self, const char *key, const char *label, SecretValue *value);
DexFuture *peal_keyring_store_remove (PealKeyringStore *self, const char *key);

G_END_DECLS

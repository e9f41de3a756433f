/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-keyring.h"

#include <signal.h>

#include "peal-error.h"
#include "peal-wait.h"

/* Against a real gnome-keyring-daemon on a bus of our own: run under with-keyring. */

#define APPLICATION "io.github.pealapp.Peal"
#define SERVICE "org.freedesktop.secrets"
#define ROOT "/org/freedesktop/secrets"
#define LOGIN ROOT "/collection/login"

/* Kept open: the service forgets the sessions of a connection that ends. */
static GDBusConnection *bus;

static GVariant *
call_service (const char *interface, const char *method, GVariant *parameters)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (bus, SERVICE, ROOT, interface, method, parameters,
                                                            NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
  return g_steal_pointer (&reply);
}

static void
lock_keyring (void)
{
  g_autoptr (GVariant) reply = call_service ("org.freedesktop.Secret.Service", "Lock",
                                             g_variant_new_parsed ("([objectpath %o],)", LOGIN));
}

static void
unlock_keyring (void)
{
  g_autoptr (GVariant) session = call_service ("org.freedesktop.Secret.Service", "OpenSession",
                                               g_variant_new_parsed ("('plain', <''>)"));
  g_autoptr (GVariant) reply = NULL;
  const char *path = NULL;

  g_variant_get (session, "(v&o)", NULL, &path);
  reply = call_service (
      "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface", "UnlockWithMasterPassword",
      g_variant_new_parsed ("(objectpath %o, (objectpath %o, @ay [], [byte 0x70, 0x77], 'text/plain'))",
                            LOGIN, path));
}

static void
kill_service (void)
{
  g_autoptr (GVariant) reply = NULL;
  guint32 pid = 0;

  reply = g_dbus_connection_call_sync (bus, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "GetConnectionUnixProcessID",
                                       g_variant_new ("(s)", SERVICE), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL,
                                       NULL);
  g_assert_nonnull (reply);
  g_variant_get (reply, "(u)", &pid);
  g_assert_cmpint (kill ((pid_t)pid, SIGKILL), ==, 0);
}

static PealTokens *
new_tokens (const char *access, const char *refresh)
{
  PealTokens *tokens = g_new0 (PealTokens, 1);

  tokens->open_id = g_strdup ("-000OpenId");
  tokens->scopes = PEAL_SCOPE_USER_BASIC | PEAL_SCOPE_VIDEO_LIST;
  tokens->access_token = peal_secret_new (access);
  tokens->refresh_token = peal_secret_new (refresh);
  tokens->obtained_at_us = 1000;
  tokens->access_expires_at_us = 2000;
  tokens->refresh_expires_at_us = -1;
  return tokens;
}

static void
assert_secret (PealSecret *secret, const char *text)
{
  g_autoptr (PealSecret) expected = peal_secret_new (text);

  g_assert_true (peal_secret_equal (secret, expected));
}

static void
store (PealVault *vault, const char *key, const char *access, const char *refresh)
{
  g_autoptr (PealTokens) tokens = new_tokens (access, refresh);

  peal_wait_ok (peal_vault_store_tokens (vault, key, tokens));
}

/* (transfer full): what secret-tool shows of our items: attributes, labels and values. */
static char *
dump_items (const char *key)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *output = NULL;
  g_autofree char *shown = NULL;
  const char *argv[] = { "secret-tool", "search", "--all", "account", key, NULL };

  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, &shown, NULL, &error);
  g_assert_no_error (error);
  return g_strconcat (output, shown, NULL);
}

static guint
count_of (const char *text, const char *word)
{
  guint n = 0;

  for (const char *at = strstr (text, word); at != NULL; at = strstr (at + 1, word))
    n++;
  return n;
}

static void
set_up (PealVault **vault, gconstpointer data)
{
  unlock_keyring ();
  *vault = peal_keyring_new (APPLICATION);
}

static void
tear_down (PealVault **vault, gconstpointer data)
{
  g_clear_object (vault);
  peal_wait_idle ();
}

static void
test_found (PealVault **vault, gconstpointer data)
{
  g_autoptr (PealTokens) tokens = NULL;
  g_autoptr (PealSecret) secret = peal_secret_new ("s3cret \" \\ ü");
  g_autoptr (PealSecret) loaded = NULL;

  store (*vault, "found", "act.1!2", "rft.1!2");
  tokens = peal_wait_boxed (peal_vault_load_tokens (*vault, "found"));
  assert_secret (tokens->access_token, "act.1!2");
  assert_secret (tokens->refresh_token, "rft.1!2");
  g_assert_cmpstr (tokens->open_id, ==, "-000OpenId");
  g_assert_cmpint (tokens->scopes, ==, PEAL_SCOPE_USER_BASIC | PEAL_SCOPE_VIDEO_LIST);
  g_assert_cmpint (tokens->obtained_at_us, ==, 1000);
  g_assert_cmpint (tokens->access_expires_at_us, ==, 2000);
  g_assert_cmpint (tokens->refresh_expires_at_us, ==, -1);
  peal_wait_ok (peal_vault_store_secret (*vault, "found-app", secret));
  loaded = peal_wait_boxed (peal_vault_load_secret (*vault, "found-app"));
  g_assert_true (peal_secret_equal (loaded, secret));
  g_assert_cmpint (peal_wait_int (peal_vault_query_state (*vault)), ==, PEAL_VAULT_UNLOCKED);
  peal_wait_ok (peal_vault_check_writable (*vault));
}

static void
test_absent (PealVault **vault, gconstpointer data)
{
  peal_wait_error (peal_vault_load_tokens (*vault, "absent"), PEAL_ERROR_AUTH, "secret_absent");
  peal_wait_error (peal_vault_load_secret (*vault, "absent"), PEAL_ERROR_AUTH, "secret_absent");
}

static void
test_damaged (PealVault **vault, gconstpointer data)
{
  g_autoptr (PealSecret) secret = peal_secret_new ("not tokens");

  peal_wait_ok (peal_vault_store_secret (*vault, "damaged", secret));
  peal_wait_error (peal_vault_load_tokens (*vault, "damaged"), PEAL_ERROR_PROTOCOL, "secret_damaged");
  store (*vault, "damaged", "act.1", "rft.1");
  peal_wait_error (peal_vault_load_secret (*vault, "damaged"), PEAL_ERROR_PROTOCOL, "secret_damaged");
}

/* Names are readable while the keyring is locked, so they say nothing; the item is one, and remembers the
 * token before. */
static void
test_replaced (PealVault **vault, gconstpointer data)
{
  g_autoptr (PealTokens) tokens = NULL;
  g_autofree char *items = NULL;

  store (*vault, "replaced", "act.old", "rft.old");
  store (*vault, "replaced", "act.new", "rft.new");
  tokens = peal_wait_boxed (peal_vault_load_tokens (*vault, "replaced"));
  assert_secret (tokens->access_token, "act.new");
  items = dump_items ("replaced");
  g_assert_cmpuint (count_of (items, "label = Peal account\n"), ==, 1);
  g_assert_cmpuint (count_of (items, "\"prev_refresh\":\"rft.old\""), ==, 1);
  g_assert_cmpuint (count_of (items, "act.old"), ==, 0);
  g_assert_cmpuint (count_of (items, "attribute.application = io.github.pealapp.Peal\n"), ==, 1);
  g_assert_cmpuint (count_of (items, "attribute.account = replaced\n"), ==, 1);
  g_assert_cmpuint (count_of (items, "attribute."), ==, 2);
}

static void
test_removed (PealVault **vault, gconstpointer data)
{
  store (*vault, "removed", "act.1", "rft.1");
  peal_wait_ok (peal_vault_remove (*vault, "removed"));
  peal_wait_error (peal_vault_load_tokens (*vault, "removed"), PEAL_ERROR_AUTH, "secret_absent");
  peal_wait_ok (peal_vault_remove (*vault, "removed"));
}

/* The practice world and other programs have items of their own. */
static void
test_not_ours (PealVault **vault, gconstpointer data)
{
  g_autoptr (PealVault) other = peal_keyring_new (APPLICATION ".Practice");
  g_autoptr (PealTokens) tokens = NULL;

  store (other, "whose", "act.practice", "rft.practice");
  peal_wait_error (peal_vault_load_tokens (*vault, "whose"), PEAL_ERROR_AUTH, "secret_absent");
  store (*vault, "whose", "act.real", "rft.real");
  peal_wait_ok (peal_vault_remove (*vault, "whose"));
  tokens = peal_wait_boxed (peal_vault_load_tokens (other, "whose"));
  assert_secret (tokens->access_token, "act.practice");
}

static void
test_concurrent (PealVault **vault, gconstpointer data)
{
  g_autoptr (GPtrArray) stores = g_ptr_array_new_with_free_func (dex_unref);
  g_autoptr (PealTokens) tokens = NULL;
  g_autofree char *items = NULL;

  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *access = g_strdup_printf ("act.%u", i);
      g_autoptr (PealTokens) each = new_tokens (access, "rft.1");

      g_ptr_array_add (stores, peal_vault_store_tokens (*vault, "concurrent", each));
    }
  peal_wait_ok (dex_future_allv ((DexFuture **)stores->pdata, stores->len));
  tokens = peal_wait_boxed (peal_vault_load_tokens (*vault, "concurrent"));
  assert_secret (tokens->access_token, "act.19");
  items = dump_items ("concurrent");
  g_assert_cmpuint (count_of (items, "label = Peal account\n"), ==, 1);
}

static void
assert_locked (PealVault *vault, const char *key)
{
  g_autoptr (PealTokens) tokens = new_tokens ("act.2", "rft.2");

  g_assert_cmpint (peal_wait_int (peal_vault_query_state (vault)), ==, PEAL_VAULT_LOCKED);
  peal_wait_error (peal_vault_load_tokens (vault, key), PEAL_ERROR_KEYRING_LOCKED, "keyring_locked");
  peal_wait_error (peal_vault_store_tokens (vault, key, tokens), PEAL_ERROR_KEYRING_LOCKED, "keyring_locked");
  peal_wait_error (peal_vault_remove (vault, key), PEAL_ERROR_KEYRING_LOCKED, "keyring_locked");
  peal_wait_error (peal_vault_check_writable (vault), PEAL_ERROR_KEYRING_LOCKED, "keyring_locked");
}

static gboolean
was_told (gpointer data)
{
  return *(guint *)data > 0;
}

static void
count_cb (PealVault *vault, guint *count)
{
  *count += 1;
}

static void
test_locked (PealVault **vault, gconstpointer data)
{
  g_autoptr (PealTokens) tokens = NULL;
  guint told = 0;

  store (*vault, "locked", "act.1", "rft.1");
  peal_wait_idle ();
  g_signal_connect (*vault, "state-changed", G_CALLBACK (count_cb), &told);
  store (*vault, "locked-too", "act.1", "rft.1");
  peal_wait_ok (peal_vault_remove (*vault, "locked-too"));
  peal_wait_ok (peal_vault_query_state (*vault));
  peal_wait_idle ();
  g_assert_cmpuint (told, ==, 0);
  lock_keyring ();
  peal_wait_until (was_told, &told);
  assert_locked (*vault, "locked");
  told = 0;
  unlock_keyring ();
  peal_wait_until (was_told, &told);
  tokens = peal_wait_boxed (peal_vault_load_tokens (*vault, "locked"));
  assert_secret (tokens->access_token, "act.1");
}

/* A daemon that was never unlocked knows the item by hashes alone: locked, not absent. */
static void
test_cold (PealVault **vault, gconstpointer data)
{
  g_autoptr (PealTokens) tokens = NULL;

  store (*vault, "cold", "act.1", "rft.1");
  kill_service ();
  assert_locked (*vault, "cold");
  unlock_keyring ();
  tokens = peal_wait_boxed (peal_vault_load_tokens (*vault, "cold"));
  assert_secret (tokens->access_token, "act.1");
}

/* The item is the old or the new one, never neither. */
static void
test_killed_during_store (PealVault **vault, gconstpointer data)
{
  g_autoptr (PealTokens) tokens = new_tokens ("act.2", "rft.2");
  g_autoptr (PealTokens) loaded = NULL;
  g_autoptr (DexFuture) storing = NULL;

  store (*vault, "killed", "act.1", "rft.1");
  storing = peal_vault_store_tokens (*vault, "killed", tokens);
  g_main_context_iteration (NULL, FALSE);
  kill_service ();
  peal_wait (g_steal_pointer (&storing), NULL);
  unlock_keyring ();
  loaded = peal_wait_boxed (peal_vault_load_tokens (*vault, "killed"));
  g_assert_cmpuint (peal_secret_get_length (loaded->access_token), ==, strlen ("act.1"));
}

static void
test_headless (void)
{
  g_autoptr (PealVault) vault = peal_keyring_new (APPLICATION);
  g_autoptr (PealTokens) tokens = new_tokens ("act.1", "rft.1");

  g_assert_cmpint (peal_wait_int (peal_vault_query_state (vault)), ==, PEAL_VAULT_MISSING);
  peal_wait_error (peal_vault_store_tokens (vault, "k", tokens), PEAL_ERROR_KEYRING_MISSING,
                   "keyring_missing");
  peal_wait_error (peal_vault_load_tokens (vault, "k"), PEAL_ERROR_KEYRING_MISSING, "keyring_missing");
  peal_wait_error (peal_vault_check_writable (vault), PEAL_ERROR_KEYRING_MISSING, "keyring_missing");
}

/* Neither a file of ours nor one of the service's may hold what was to be stored. */
static void
test_no_plain_text (void)
{
  g_autoptr (PealVault) vault = peal_keyring_new (APPLICATION);
  g_autoptr (PealTokens) tokens = new_tokens ("act.canary", "rft.canary");
  g_autofree char *output = NULL;
  g_autoptr (GError) error = NULL;
  const char *argv[] = { "grep", "-rls", "canary", g_get_home_dir (), NULL };

  peal_wait_error (peal_vault_store_tokens (vault, "k", tokens), PEAL_ERROR_KEYRING_MISSING,
                   "keyring_missing");
  g_spawn_sync (NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, &output, NULL, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (output, ==, "");
}

#define UNLOCKED(name, func)                                                                                 \
  g_test_add ("/keyring/unlocked/" name, PealVault *, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  int result;

  dex_init ();
  g_test_init (&argc, &argv, NULL);
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_assert_nonnull (bus);
  UNLOCKED ("found", test_found);
  UNLOCKED ("absent", test_absent);
  UNLOCKED ("damaged", test_damaged);
  UNLOCKED ("replaced", test_replaced);
  UNLOCKED ("removed", test_removed);
  UNLOCKED ("not-ours", test_not_ours);
  UNLOCKED ("concurrent", test_concurrent);
  UNLOCKED ("locked", test_locked);
  UNLOCKED ("cold", test_cold);
  UNLOCKED ("killed-during-store", test_killed_during_store);
  g_test_add_func ("/keyring/headless/missing", test_headless);
  g_test_add_func ("/keyring/headless/no-plain-text", test_no_plain_text);
  g_test_add_func ("/keyring/none/missing", test_headless);
  result = g_test_run ();
  g_clear_object (&bus);
  return result;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-error.h"

static const struct
{
  PealErrorCode code;
  const char *reason;
  PealErrorClass class;
} classes[] = {
  { PEAL_ERROR_NETWORK, "no_route", PEAL_ERROR_CLASS_RETRY },
  { PEAL_ERROR_RATE_LIMITED, "rate_limit_exceeded", PEAL_ERROR_CLASS_RETRY },
  { PEAL_ERROR_SERVER, "internal_error", PEAL_ERROR_CLASS_RETRY },
  { PEAL_ERROR_PROTOCOL, "not_json", PEAL_ERROR_CLASS_RETRY },
  { PEAL_ERROR_AUTH, "access_token_invalid", PEAL_ERROR_CLASS_NEEDS_USER },
  { PEAL_ERROR_SCOPE, "scope_not_authorized", PEAL_ERROR_CLASS_NEEDS_USER },
  { PEAL_ERROR_MEDIA, "video_damaged", PEAL_ERROR_CLASS_NEEDS_USER },
  { PEAL_ERROR_STORAGE_FULL, "disk", PEAL_ERROR_CLASS_NEEDS_USER },
  { PEAL_ERROR_STORAGE_CORRUPT, "read_only", PEAL_ERROR_CLASS_NEEDS_USER },
  { PEAL_ERROR_STORAGE_NEWER, "version", PEAL_ERROR_CLASS_NEEDS_USER },
  { PEAL_ERROR_KEYRING_LOCKED, "locked", PEAL_ERROR_CLASS_NEEDS_USER },
  { PEAL_ERROR_KEYRING_MISSING, "missing", PEAL_ERROR_CLASS_NEEDS_USER },
  { PEAL_ERROR_OUTCOME_UNKNOWN, "timeout", PEAL_ERROR_CLASS_UNKNOWN },
  { PEAL_ERROR_INVALID, "unknown_post", PEAL_ERROR_CLASS_PERMANENT },
  { PEAL_ERROR_INVALID, "agent_unreachable", PEAL_ERROR_CLASS_RETRY },
  { PEAL_ERROR_INVALID, "agent_failed", PEAL_ERROR_CLASS_UNKNOWN },
  { PEAL_ERROR_CANCELLED, "cancelled", PEAL_ERROR_CLASS_PERMANENT },
  { PEAL_ERROR_REJECTED, "auth_removed", PEAL_ERROR_CLASS_NEEDS_USER },
  { PEAL_ERROR_REJECTED, "privacy_level_option_mismatch", PEAL_ERROR_CLASS_NEEDS_USER },
  { PEAL_ERROR_REJECTED, "reached_active_user_cap", PEAL_ERROR_CLASS_NEEDS_USER },
  { PEAL_ERROR_REJECTED, "spam_risk_too_many_pending_share", PEAL_ERROR_CLASS_NEEDS_USER },
  { PEAL_ERROR_REJECTED, "spam_risk_too_many_posts", PEAL_ERROR_CLASS_NEEDS_USER },
  { PEAL_ERROR_REJECTED, "unaudited_client_can_only_post_to_private_accounts", PEAL_ERROR_CLASS_NEEDS_USER },
  { PEAL_ERROR_REJECTED, "url_ownership_unverified", PEAL_ERROR_CLASS_NEEDS_USER },
  { PEAL_ERROR_REJECTED, "internal", PEAL_ERROR_CLASS_RETRY },
  { PEAL_ERROR_REJECTED, "invalid_params", PEAL_ERROR_CLASS_PERMANENT },
  { PEAL_ERROR_REJECTED, "spam_risk", PEAL_ERROR_CLASS_PERMANENT },
  { PEAL_ERROR_REJECTED, "spam_risk_user_banned_from_posting", PEAL_ERROR_CLASS_PERMANENT },
  { PEAL_ERROR_REJECTED, "a_code_of_next_year", PEAL_ERROR_CLASS_PERMANENT },
};

static void
test_classify (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      g_autoptr (GError) error = peal_error_new (classes[i].code, classes[i].reason, "x");

      if (peal_error_classify (error) != classes[i].class)
        g_error ("%s is of class %d", classes[i].reason, peal_error_classify (error));
    }
}

static void
assert_foreign (GQuark domain, int code, PealErrorClass class)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "foreign");

  g_assert_cmpint (peal_error_classify (error), ==, class);
}

/* What may have happened after a byte went out is never called harmless. */
static void
test_classify_foreign (void)
{
  assert_foreign (G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND, PEAL_ERROR_CLASS_RETRY);
  assert_foreign (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, PEAL_ERROR_CLASS_RETRY);
  assert_foreign (G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE, PEAL_ERROR_CLASS_RETRY);
  assert_foreign (G_RESOLVER_ERROR, G_RESOLVER_ERROR_TEMPORARY_FAILURE, PEAL_ERROR_CLASS_RETRY);
  assert_foreign (G_TLS_ERROR, G_TLS_ERROR_BAD_CERTIFICATE, PEAL_ERROR_CLASS_RETRY);
  assert_foreign (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, PEAL_ERROR_CLASS_UNKNOWN);
  assert_foreign (G_IO_ERROR, G_IO_ERROR_CONNECTION_CLOSED, PEAL_ERROR_CLASS_UNKNOWN);
  assert_foreign (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, PEAL_ERROR_CLASS_UNKNOWN);
  assert_foreign (G_TLS_ERROR, G_TLS_ERROR_EOF, PEAL_ERROR_CLASS_UNKNOWN);
  assert_foreign (G_IO_ERROR, G_IO_ERROR_NO_SPACE, PEAL_ERROR_CLASS_NEEDS_USER);
  assert_foreign (G_IO_ERROR, G_IO_ERROR_CANCELLED, PEAL_ERROR_CLASS_PERMANENT);
  assert_foreign (G_IO_ERROR, G_IO_ERROR_FAILED, PEAL_ERROR_CLASS_PERMANENT);
  assert_foreign (G_MARKUP_ERROR, G_MARKUP_ERROR_PARSE, PEAL_ERROR_CLASS_PERMANENT);
}

static void
test_details (void)
{
  g_autoptr (GError) error = peal_error_new_remote (PEAL_ERROR_RATE_LIMITED, "rate_limit_exceeded",
                                                    "Slow down", "20261122", 429, 60);
  g_autoptr (GError) copy = g_error_copy (error);
  g_autoptr (GError) plain = peal_error_new (PEAL_ERROR_NETWORK, "no_route", "%d%%", 5);
  g_autoptr (GError) bare = g_error_new_literal (PEAL_ERROR, PEAL_ERROR_AUTH, "bare");

  g_clear_error (&error);
  g_assert_error (copy, PEAL_ERROR, PEAL_ERROR_RATE_LIMITED);
  g_assert_cmpstr (copy->message, ==, "Slow down");
  g_assert_cmpstr (peal_error_get_reason (copy), ==, "rate_limit_exceeded");
  g_assert_cmpstr (peal_error_get_log_id (copy), ==, "20261122");
  g_assert_cmpuint (peal_error_get_http_status (copy), ==, 429);
  g_assert_cmpint (peal_error_get_retry_after_s (copy), ==, 60);
  g_assert_cmpstr (plain->message, ==, "5%");
  g_assert_null (peal_error_get_log_id (plain));
  g_assert_cmpuint (peal_error_get_http_status (plain), ==, 0);
  g_assert_cmpint (peal_error_get_retry_after_s (plain), ==, -1);
  g_assert_cmpstr (peal_error_get_reason (bare), ==, "auth");
}

static void
test_foreign_details (void)
{
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");

  g_assert_cmpstr (peal_error_get_reason (cancelled), ==, "cancelled");
  g_assert_cmpstr (peal_error_get_reason (other), ==, "internal");
  g_assert_null (peal_error_get_log_id (other));
  g_assert_cmpuint (peal_error_get_http_status (other), ==, 0);
  g_assert_cmpint (peal_error_get_retry_after_s (other), ==, -1);
}

static void
test_bus_names (void)
{
  static const char *const names[] = {
    "Network",       "RateLimited",    "Server",  "Auth",        "Scope",          "Rejected",
    "Protocol",      "OutcomeUnknown", "Media",   "StorageFull", "StorageCorrupt", "StorageNewer",
    "KeyringLocked", "KeyringMissing", "Invalid", "Cancelled",
  };

  for (int code = 0; code < (int)G_N_ELEMENTS (names); code++)
    {
      g_autoptr (GError) error = peal_error_new ((PealErrorCode)code, "x", "x");
      g_autofree char *name = g_dbus_error_encode_gerror (error);
      g_autofree char *expected = g_strconcat ("io.github.pealapp.Peal.Error.", names[code], NULL);

      g_assert_cmpstr (name, ==, expected);
    }
}

/* As an error travels: into GDBus on one side, out on the other. */
static GError *
travel (const GError *error)
{
  g_autoptr (GError) sent = peal_error_to_bus (error);
  g_autofree char *name = g_dbus_error_encode_gerror (sent);
  g_autoptr (GError) received = g_dbus_error_new_for_dbus_error (name, sent->message);

  return peal_error_from_bus (received);
}

static void
test_bus_round (void)
{
  for (int code = PEAL_ERROR_NETWORK; code <= PEAL_ERROR_CANCELLED; code++)
    {
      g_autoptr (GError) error =
          peal_error_new ((PealErrorCode)code, "some_reason", "Message: with (brackets)");
      g_autoptr (GError) remote =
          peal_error_new_remote ((PealErrorCode)code, "spam_risk", "Daily cap.", "2026EXAMPLE01", 403, 5);
      g_autoptr (GError) back = travel (error);
      g_autoptr (GError) remote_back = travel (remote);

      g_assert_error (back, PEAL_ERROR, code);
      g_assert_cmpstr (peal_error_get_reason (back), ==, "some_reason");
      g_assert_cmpstr (back->message, ==, "Message: with (brackets)");
      g_assert_null (peal_error_get_log_id (back));
      g_assert_error (remote_back, PEAL_ERROR, code);
      g_assert_cmpstr (peal_error_get_reason (remote_back), ==, "spam_risk");
      g_assert_cmpstr (remote_back->message, ==, "Daily cap.");
      g_assert_cmpstr (peal_error_get_log_id (remote_back), ==, "2026EXAMPLE01");
    }
}

static void
test_bus_form (void)
{
  g_autoptr (GError) remote =
      peal_error_new_remote (PEAL_ERROR_REJECTED, "spam_risk", "Daily cap.", "2026EXAMPLE01", 403, -1);
  g_autoptr (GError) plain = peal_error_new (PEAL_ERROR_INVALID, "unknown_post", "No such post");
  g_autoptr (GError) remote_sent = peal_error_to_bus (remote);
  g_autoptr (GError) plain_sent = peal_error_to_bus (plain);

  g_assert_cmpstr (remote_sent->message, ==, "spam_risk: Daily cap. (log id 2026EXAMPLE01)");
  g_assert_cmpstr (plain_sent->message, ==, "unknown_post: No such post");
}

static void
assert_travels_as (GQuark domain, int code, PealErrorCode expected, const char *reason)
{
  g_autoptr (GError) error = g_error_new_literal (domain, code, "foreign");
  g_autoptr (GError) back = travel (error);

  g_assert_error (back, PEAL_ERROR, (int)expected);
  g_assert_cmpstr (peal_error_get_reason (back), ==, reason);
  g_assert_cmpstr (back->message, ==, "foreign");
}

static void
test_bus_foreign (void)
{
  assert_travels_as (G_IO_ERROR, G_IO_ERROR_CANCELLED, PEAL_ERROR_CANCELLED, "cancelled");
  assert_travels_as (G_IO_ERROR, G_IO_ERROR_HOST_NOT_FOUND, PEAL_ERROR_NETWORK, "internal");
  assert_travels_as (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, PEAL_ERROR_OUTCOME_UNKNOWN, "internal");
  assert_travels_as (G_IO_ERROR, G_IO_ERROR_NO_SPACE, PEAL_ERROR_STORAGE_FULL, "internal");
  assert_travels_as (G_IO_ERROR, G_IO_ERROR_FAILED, PEAL_ERROR_INVALID, "internal");
}

static void
assert_received_as (const char *name,
                    const char *text,
                    PealErrorCode code,
                    const char *reason,
                    const char *message)
{
  g_autoptr (GError) received = g_dbus_error_new_for_dbus_error (name, text);
  g_autoptr (GError) error = peal_error_from_bus (received);

  g_assert_error (error, PEAL_ERROR, (int)code);
  g_assert_cmpstr (peal_error_get_reason (error), ==, reason);
  g_assert_cmpstr (error->message, ==, message);
}

static void
test_bus_strange (void)
{
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (GError) back = peal_error_from_bus (cancelled);

  g_assert_error (back, PEAL_ERROR, PEAL_ERROR_CANCELLED);
  assert_received_as ("org.freedesktop.DBus.Error.ServiceUnknown", "gone", PEAL_ERROR_INVALID,
                      "agent_unreachable", "gone");
  assert_received_as ("org.freedesktop.DBus.Error.NameHasNoOwner", "gone", PEAL_ERROR_INVALID,
                      "agent_unreachable", "gone");
  assert_received_as ("org.freedesktop.DBus.Error.NoReply", "gone", PEAL_ERROR_INVALID, "agent_failed",
                      "gone");
  assert_received_as ("com.example.Other", "odd: text", PEAL_ERROR_INVALID, "agent_failed", "odd: text");
  assert_received_as ("io.github.pealapp.Peal.Error.Server", "no colon", PEAL_ERROR_SERVER, "server",
                      "no colon");
  assert_received_as ("io.github.pealapp.Peal.Error.Server", "Not a word: x", PEAL_ERROR_SERVER, "server",
                      "Not a word: x");
  assert_received_as ("io.github.pealapp.Peal.Error.Server", "", PEAL_ERROR_SERVER, "server", "");
  assert_received_as ("io.github.pealapp.Peal.Error.Server", "word: ", PEAL_ERROR_SERVER, "word", "");
  assert_received_as ("io.github.pealapp.Peal.Error.Server", "word: (log id )", PEAL_ERROR_SERVER, "word",
                      "(log id )");
  assert_received_as ("io.github.pealapp.Peal.Error.Server", "word: x (log id a b)", PEAL_ERROR_SERVER,
                      "word", "x (log id a b)");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/error/classify", test_classify);
  g_test_add_func ("/error/classify-foreign", test_classify_foreign);
  g_test_add_func ("/error/details", test_details);
  g_test_add_func ("/error/foreign-details", test_foreign_details);
  g_test_add_func ("/error/bus/names", test_bus_names);
  g_test_add_func ("/error/bus/round", test_bus_round);
  g_test_add_func ("/error/bus/form", test_bus_form);
  g_test_add_func ("/error/bus/foreign", test_bus_foreign);
  g_test_add_func ("/error/bus/strange", test_bus_strange);
  return g_test_run ();
}

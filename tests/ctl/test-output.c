/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-ctl-error.h"
#include "peal-ctl-json.h"
#include "peal-ctl-output.h"
#include "peal-ctl-times.h"
#include "peal-ctl-wait.h"
#include "peal-error.h"
#include "peal-fake-clock.h"

static void
test_sanitize (void)
{
  static const struct
  {
    const char *text;
    int width;
    const char *clean;
  } rows[] = {
    { "plain", 0, "plain" },
    { "two\nlines\ttab", 0, "two lines tab" },
    { "\033[31mred\a", 0, "[31mred" },
    { "a\342\200\256b", 0, "ab" },
    { "par\342\200\251a", 0, "par a" },
    { "👩\342\200\215🍳", 0, "👩\342\200\215🍳" },
    { "\xff", 0, "\357\277\275" },
    { "abcdef", 4, "abc…" },
    { "abcd", 4, "abcd" },
    { "鐘が鳴る", 5, "鐘が…" },
    { NULL, 0, "–" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *clean = peal_ctl_sanitize (rows[i].text, rows[i].width);

      g_assert_cmpstr (clean, ==, rows[i].clean);
    }
}

static void
test_table (void)
{
  g_autoptr (PealCtlTable) table = peal_ctl_table_new ();
  g_autofree char *text = NULL;

  peal_ctl_table_add (table, "a", "bb", "c", NULL);
  peal_ctl_table_add (table, "鐘", "b\n", "", NULL);
  text = peal_ctl_table_to_string (table);
  g_assert_cmpstr (text, ==, "a   bb  c\n鐘  b   \n");
}

static void
test_csv (void)
{
  g_autoptr (GString) csv = g_string_new (NULL);
  const PealCtlCell cells[] = {
    { "=1+1", TRUE },    { "-5", FALSE }, { "-dash", TRUE }, { "@mara", TRUE },
    { "+49", TRUE },     { "a,b", TRUE }, { "a\"b", TRUE },  { "=a\r\nb", TRUE },
    { "plain =", TRUE }, { NULL, FALSE }, { "", TRUE },
  };

  peal_ctl_csv_append (csv, cells, G_N_ELEMENTS (cells));
  g_assert_cmpstr (csv->str, ==, "'=1+1,-5,'-dash,'@mara,'+49,\"a,b\",\"a\"\"b\",\"'=a\r\nb\",plain =,,\r\n");
}

static void
test_json (void)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GVariant) dict = g_variant_ref_sink (g_variant_new_parsed (
      "{'id': <int64 7>, 'due': <int64 1793620800000000>, 'hold_reason': <''>, 'caption': <''>,"
      " 'post_ids': <['7572003456789012345']>, 'progress': <(uint64 1, uint64 2)>, 'error': <@a{sv} {}>,"
      " 'events': <[{'at': <int64 1793620800000000>, 'kind': <'state'>, 'detail': <'{\"a\":[1]}'>}]>,"
      " 'brand_new': <uint32 3>}"));
  g_autoptr (JsonNode) node = peal_ctl_json_object (dict, peal_ctl_post_fields, berlin);
  JsonObject *object = json_node_get_object (node);
  JsonObject *event = json_array_get_object_element (json_object_get_array_member (object, "events"), 0);

  g_assert_cmpint (json_object_get_int_member (object, "id"), ==, 7);
  g_assert_cmpstr (json_object_get_string_member (object, "due"), ==, "2026-11-02T13:00:00+01:00");
  g_assert_true (json_object_get_null_member (object, "hold_reason"));
  g_assert_true (json_object_get_null_member (object, "error"));
  g_assert_true (json_object_get_null_member (object, "attempts"));
  g_assert_true (json_object_get_null_member (object, "late_us"));
  g_assert_cmpstr (json_object_get_string_member (object, "caption"), ==, "");
  g_assert_cmpstr (json_array_get_string_element (json_object_get_array_member (object, "post_ids"), 0), ==,
                   "7572003456789012345");
  g_assert_cmpint (json_object_get_int_member (json_object_get_object_member (object, "progress"), "total"),
                   ==, 2);
  g_assert_cmpstr (json_object_get_string_member (event, "at"), ==, "2026-11-02T13:00:00+01:00");
  g_assert_true (json_object_has_member (json_object_get_object_member (event, "detail"), "a"));
  g_assert_cmpint (json_object_get_int_member (object, "brand_new"), ==, 3);
}

/* A member of another type than agreed is no reason to fall over. */
static void
test_json_wrong_types (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GVariant) dict = g_variant_ref_sink (
      g_variant_new_parsed ("{'due': <'soon'>, 'progress': <'half'>, 'error': <'bad'>, 'events': <[1]>,"
                            " 'created_at': <int64 -5>, 'ended_at': <int64 9223372036854775807>}"));
  g_autoptr (JsonNode) node = peal_ctl_json_object (dict, peal_ctl_post_fields, utc);
  JsonObject *object = json_node_get_object (node);

  g_assert_true (json_object_get_null_member (object, "due"));
  g_assert_true (json_object_get_null_member (object, "progress"));
  g_assert_true (json_object_get_null_member (object, "created_at"));
  g_assert_cmpstr (json_object_get_string_member (object, "error"), ==, "bad");
}

static void
test_status (void)
{
  static const struct
  {
    PealErrorCode code;
    const char *reason;
    PealCtlStatus status;
  } rows[] = {
    { PEAL_ERROR_INVALID, "agent_unreachable", PEAL_CTL_UNREACHABLE },
    { PEAL_ERROR_INVALID, "agent_newer", PEAL_CTL_UNREACHABLE },
    { PEAL_ERROR_INVALID, "account_unknown", PEAL_CTL_FAILED },
    { PEAL_ERROR_INVALID, "time_past", PEAL_CTL_FAILED },
    { PEAL_ERROR_INVALID, "time_gap", PEAL_CTL_FAILED },
    { PEAL_ERROR_INVALID, "time_syntax", PEAL_CTL_USAGE },
    { PEAL_ERROR_INVALID, "no_credentials", PEAL_CTL_NEEDS_USER },
    { PEAL_ERROR_KEYRING_LOCKED, "keyring_locked", PEAL_CTL_NEEDS_USER },
    { PEAL_ERROR_KEYRING_MISSING, "keyring_missing", PEAL_CTL_NEEDS_USER },
    { PEAL_ERROR_AUTH, "access_token_invalid", PEAL_CTL_NEEDS_USER },
    { PEAL_ERROR_SCOPE, "scope_missing", PEAL_CTL_NEEDS_USER },
    { PEAL_ERROR_OUTCOME_UNKNOWN, "outcome_unknown", PEAL_CTL_NEEDS_USER },
    { PEAL_ERROR_MEDIA, "not_a_video", PEAL_CTL_FAILED },
    { PEAL_ERROR_REJECTED, "access_denied", PEAL_CTL_FAILED },
    { PEAL_ERROR_CANCELLED, "cancelled", PEAL_CTL_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = peal_error_new (rows[i].code, rows[i].reason, "x");

      g_test_message ("%s", rows[i].reason);
      g_assert_cmpint (peal_ctl_error_get_status (error), ==, rows[i].status);
      g_assert_cmpstr (peal_ctl_error_get_code (error), ==, rows[i].reason);
    }
  g_assert_cmpint (peal_ctl_state_get_status ("published"), ==, PEAL_CTL_DONE);
  g_assert_cmpint (peal_ctl_state_get_status ("in_inbox"), ==, PEAL_CTL_DONE);
  g_assert_cmpint (peal_ctl_state_get_status ("held"), ==, PEAL_CTL_NEEDS_USER);
  g_assert_cmpint (peal_ctl_state_get_status ("needs_review"), ==, PEAL_CTL_NEEDS_USER);
  g_assert_cmpint (peal_ctl_state_get_status ("failed"), ==, PEAL_CTL_FAILED);
  g_assert_cmpint (peal_ctl_state_get_status ("cancelled"), ==, PEAL_CTL_FAILED);
}

#define NOW G_GINT64_CONSTANT (1793620800000000) /* 2026-11-02T12:00:00Z */

static void
test_since (void)
{
  static const struct
  {
    const char *text;
    gint64 since;
  } rows[] = {
    { "1d", NOW - G_TIME_SPAN_DAY },
    { "30d", NOW - 30 * G_TIME_SPAN_DAY },
    { "2w", NOW - 14 * G_TIME_SPAN_DAY },
    { "12h", NOW - 12 * G_TIME_SPAN_HOUR },
    { "99999w", 0 },
    { "2026-11-02", NOW - 13 * G_TIME_SPAN_HOUR },
    { "2026-11-02T12:00:00Z", NOW },
    { "2026-11-02T13:00:00+01:00", NOW },
    { "yesterday", -1 },
    { "d", -1 },
    { "30", -1 },
    { "3x", -1 },
    { "2026-13-02", -1 },
    { "", -1 },
  };
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (GError) error = NULL;

      g_test_message ("%s", rows[i].text);
      g_assert_cmpint (peal_ctl_since_parse (rows[i].text, berlin, NOW, &error), ==, rows[i].since);
      g_assert_true ((error != NULL) == (rows[i].since < 0));
    }
}

static void
check_times (PealCtlOptions *options, gboolean required, const char *expected, GQuark domain)
{
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (NOW);
  PealCtlRun run = { .options = options, .clock = PEAL_CLOCK (clock), .zone = berlin };
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autoptr (GVariant) result = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gboolean done = peal_ctl_times_apply (&run, &dict, required, &error);

  result = g_variant_ref_sink (g_variant_dict_end (&dict));
  text = g_variant_print (result, FALSE);
  g_assert_true (done == (domain == 0));
  g_assert_true ((error != NULL ? error->domain : 0) == domain);
  if (done)
    g_assert_cmpstr (text, ==, expected);
}

static void
test_times (void)
{
  PealCtlOptions at = { .at = (char *)"+2s" };
  PealCtlOptions past = { .at = (char *)"2020-01-01 10:00" };
  PealCtlOptions slot = { .next_slot = TRUE };
  PealCtlOptions now = { .now = TRUE };
  PealCtlOptions draft = { .draft = TRUE };
  PealCtlOptions two = { .draft = TRUE, .now = TRUE };
  PealCtlOptions none = { 0 };

  check_times (&now, TRUE, "{'now': <true>}", 0);
  check_times (&draft, TRUE, "{'draft': <true>}", 0);
  check_times (&none, FALSE, "{}", 0);
  check_times (&none, TRUE, NULL, PEAL_CTL_USAGE_ERROR);
  check_times (&two, FALSE, NULL, PEAL_CTL_USAGE_ERROR);
  check_times (&past, TRUE, NULL, PEAL_ERROR);
  check_times (&at, TRUE, "{'zone': <'Europe/Berlin'>, 'due': <int64 1793620802000000>}", 0);
  check_times (&slot, TRUE, "{'zone': <'Europe/Berlin'>, 'next_slot': <true>}", 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/output/sanitize", test_sanitize);
  g_test_add_func ("/output/table", test_table);
  g_test_add_func ("/output/csv", test_csv);
  g_test_add_func ("/output/json", test_json);
  g_test_add_func ("/output/json/wrong-types", test_json_wrong_types);
  g_test_add_func ("/output/status", test_status);
  g_test_add_func ("/output/since", test_since);
  g_test_add_func ("/output/times", test_times);

  return g_test_run ();
}

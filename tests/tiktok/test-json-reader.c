/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <string.h>

#include "peal-error.h"
#include "peal-json-reader.h"

static JsonNode *
parse (const char *text)
{
  g_autoptr (GError) error = NULL;
  JsonNode *root = peal_json_parse (text, strlen (text), &error);

  g_assert_no_error (error);

  return root;
}

static void
test_refused (void)
{
  static const char *const texts[] = { "",
                                       " ",
                                       "[]",
                                       "null",
                                       "1",
                                       "\"a\"",
                                       "{",
                                       "{} x",
                                       "{\"a\":NaN}",
                                       "{\"a\":}",
                                       "{\"a\":\"\xFF\"}",
                                       "<html></html>",
                                       "// c\n{}" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = peal_json_parse (texts[i], strlen (texts[i]), &error);

      g_test_message ("text %" G_GSIZE_FORMAT, i);
      g_assert_null (root);
      g_assert_error (error, PEAL_ERROR, PEAL_ERROR_PROTOCOL);
      g_assert_cmpstr (peal_error_get_reason (error), ==, "not_json");
    }
}

static void
test_nul (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = peal_json_parse ("{}\0{}", 5, &error);

  g_assert_null (root);
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_PROTOCOL);
}

static void
test_deep (void)
{
  g_autoptr (GString) text = g_string_new ("{\"a\":");
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = NULL;

  for (int i = 0; i < 400000; i++)
    g_string_append_c (text, '[');
  root = peal_json_parse (text->str, text->len, &error);
  g_assert_null (root);
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_PROTOCOL);
}

static void
test_counts (void)
{
  static const struct
  {
    const char *json;
    gint64 count;
  } cases[] = {
    { "{\"n\":0}", 0 },
    { "{\"n\":18342}", 18342 },
    { "{\"n\":9223372036854775806}", G_MAXINT64 - 1 },
    { "{\"n\":9223372036854775807}", -1 },
    { "{\"n\":99999999999999999999}", -1 },
    { "{\"n\":-1}", -1 },
    { "{\"n\":-99999999999999999999}", -1 },
    { "{\"n\":1.5}", -1 },
    { "{\"n\":1e400}", -1 },
    { "{\"n\":\"31536000\"}", 31536000 },
    { "{\"n\":\"-5\"}", -1 },
    { "{\"n\":\"12x\"}", -1 },
    { "{\"n\":\"\"}", -1 },
    { "{\"n\":null}", -1 },
    { "{\"n\":true}", -1 },
    { "{\"n\":{}}", -1 },
    { "{\"n\":[1]}", -1 },
    { "{}", -1 },
    { "{\"n\":1,\"n\":2}", 2 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) root = parse (cases[i].json);

      g_test_message ("%s", cases[i].json);
      g_assert_cmpint (peal_json_get_count (json_node_get_object (root), "n"), ==, cases[i].count);
    }
}

static void
test_ids (void)
{
  static const struct
  {
    const char *json;
    const char *id;
  } cases[] = {
    { "{\"n\":7678907398077074696}", "7678907398077074696" },
    { "{\"n\":\"7234567890123456789\"}", "7234567890123456789" },
    { "{\"n\":\"12345123451234512345\"}", "12345123451234512345" },
    { "{\"n\":12345123451234512345}", NULL },
    { "{\"n\":7.5e18}", NULL },
    { "{\"n\":\"7e18\"}", NULL },
    { "{\"n\":\"\"}", NULL },
    { "{\"n\":0}", NULL },
    { "{\"n\":-3}", NULL },
    { "{\"n\":null}", NULL },
    { "{\"n\":[]}", NULL },
    { "{}", NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonNode) root = parse (cases[i].json);
      g_autofree char *id = peal_json_node_dup_id (json_object_get_member (json_node_get_object (root), "n"));

      g_test_message ("%s", cases[i].json);
      g_assert_cmpstr (id, ==, cases[i].id);
    }
}

static void
test_texts (void)
{
  g_autoptr (JsonNode) root =
      parse ("{\"a\":\"x\\ny\",\"b\":\"\",\"c\":5,\"d\":\"two words\",\"e\":\"ä\",\"f\":null}");
  JsonObject *object = json_node_get_object (root);
  g_autofree char *line = peal_json_dup_line (object, "a");
  g_autofree char *paragraph = peal_json_dup_paragraph (object, "a");
  g_autofree char *spaced = peal_json_dup_ascii (object, "d", 100);
  g_autofree char *umlaut = peal_json_dup_ascii (object, "e", 100);

  g_assert_cmpstr (line, ==, "x y");
  g_assert_cmpstr (paragraph, ==, "x\ny");
  g_assert_null (spaced);
  g_assert_null (umlaut);
  g_assert_null (peal_json_get_string (object, "b", 100));
  g_assert_null (peal_json_get_string (object, "c", 100));
  g_assert_null (peal_json_get_string (object, "f", 100));
  g_assert_null (peal_json_get_string (object, "d", 8));
  g_assert_cmpstr (peal_json_get_string (object, "d", 9), ==, "two words");
  g_assert_null (peal_json_dup_secret (object, "d", 100));
}

static void
test_bools (void)
{
  g_autoptr (JsonNode) root = parse ("{\"t\":true,\"f\":false,\"s\":\"true\",\"n\":1}");
  JsonObject *object = json_node_get_object (root);

  g_assert_cmpint (peal_json_get_bool (object, "t"), ==, 1);
  g_assert_cmpint (peal_json_get_bool (object, "f"), ==, 0);
  g_assert_cmpint (peal_json_get_bool (object, "s"), ==, -1);
  g_assert_cmpint (peal_json_get_bool (object, "n"), ==, -1);
  g_assert_cmpint (peal_json_get_bool (object, "x"), ==, -1);
}

static void
test_null_object (void)
{
  g_assert_null (peal_json_get_object (NULL, "a"));
  g_assert_null (peal_json_get_array (NULL, "a"));
  g_assert_null (peal_json_get_string (NULL, "a", 10));
  g_assert_null (peal_json_dup_line (NULL, "a"));
  g_assert_null (peal_json_node_dup_id (NULL));
  g_assert_cmpint (peal_json_get_count (NULL, "a"), ==, -1);
  g_assert_cmpint (peal_json_get_bool (NULL, "a"), ==, -1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json-reader/refused", test_refused);
  g_test_add_func ("/json-reader/nul", test_nul);
  g_test_add_func ("/json-reader/deep", test_deep);
  g_test_add_func ("/json-reader/counts", test_counts);
  g_test_add_func ("/json-reader/ids", test_ids);
  g_test_add_func ("/json-reader/texts", test_texts);
  g_test_add_func ("/json-reader/bools", test_bools);
  g_test_add_func ("/json-reader/null-object", test_null_object);

  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-app-text.h"
#include "peal-hosts-page.h"

static char *
dup_page (void)
{
  g_autoptr (GString) page = g_string_new (NULL);

  for (const PealHost *host = peal_hosts; host->host != NULL; host++)
    g_string_append_printf (page, "%s, ", host->host);
  return g_string_free_and_steal (g_steal_pointer (&page));
}

/* Whether the page says @domain itself or as the end of one. */
static void
check_named (const char *page, const char *domain)
{
  g_autofree char *escaped = g_regex_escape_string (domain, -1);
  g_autofree char *pattern = g_strdup_printf ("(^|[ .])%s,", escaped);

  g_test_message ("%s", domain);
  g_assert_true (g_regex_match_simple (pattern, page, 0, 0));
}

/* Each host that stands in @source. */
static guint
check_source (const char *page, const char *source)
{
  g_autofree char *path = g_build_filename (g_getenv ("PEAL_SOURCE"), source, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GRegex) regex = g_regex_new ("\"(?:https://)?((?:[a-z0-9-]+\\.)+com)\"", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GError) error = NULL;
  guint n = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  for (g_regex_match (regex, text, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL), n++)
    {
      g_autofree char *domain = g_match_info_fetch (match, 1);

      check_named (page, domain);
    }
  return n;
}

/* What the page says is all that the program may speak to. */
static void
test_complete (void)
{
  g_autofree char *page = dup_page ();

  g_assert_cmpuint (check_source (page, "src/tiktok/peal-upload-url.c"), >=, 9);
  g_assert_cmpuint (check_source (page, "src/tiktok/peal-tiktok-client.c"), >=, 2);
  check_named (page, "developers.tiktok.com");
  g_assert_nonnull (strstr (PEAL_DEVELOPERS_ADDRESS, "//developers.tiktok.com/"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hosts/complete", test_complete);
  return g_test_run ();
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-test-practice.h"

#include <signal.h>
#include <sys/prctl.h>

#include <libsoup/soup.h>

struct _PealTestPractice
{
  GSubprocess *process;
  SoupSession *session;
  char *address;
  char *authorization;
};

static char *
read_line (GDataInputStream *stream, const char *prefix)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_data_input_stream_read_line (stream, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);
  g_assert_true (g_str_has_prefix (line, prefix));

  return g_strdup (line + strlen (prefix));
}

/* It does not outlive a test that is killed. */
static void
child_setup_cb (gpointer data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

PealTestPractice *
peal_test_practice_new (void)
{
  PealTestPractice *self = g_new0 (PealTestPractice, 1);
  g_autofree char *program = g_build_filename (g_getenv ("PEAL_BIN"), "peal-practice", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GDataInputStream) lines = NULL;
  g_autofree char *address = NULL;
  g_autofree char *token = NULL;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, child_setup_cb, NULL, NULL);
  /* Its minute is long enough for 600 calls, however slow the computer. */
  self->process =
      g_subprocess_launcher_spawn (launcher, &error, program, "--auto-consent", "--time-scale=0.1", NULL);
  g_assert_no_error (error);
  lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  address = read_line (lines, "listening ");
  token = read_line (lines, "control ");
  self->address = g_strndup (address, strlen (address) - 1);
  self->authorization = g_strconcat ("Bearer ", token, NULL);
  self->session = soup_session_new ();

  return self;
}

void
peal_test_practice_free (PealTestPractice *self)
{
  if (self == NULL)
    return;
  g_subprocess_send_signal (self->process, SIGTERM);
  g_subprocess_wait (self->process, NULL, NULL);
  g_clear_object (&self->process);
  g_clear_object (&self->session);
  g_clear_pointer (&self->address, g_free);
  g_clear_pointer (&self->authorization, g_free);
  g_clear_pointer (&self, g_free);
}

const char *
peal_test_practice_get_address (PealTestPractice *self)
{
  return self->address;
}

PealTiktokClient *
peal_test_practice_new_client (PealTestPractice *self)
{
  g_autoptr (PealClock) clock = peal_system_clock_new ();
  g_autoptr (GError) error = NULL;
  PealTiktokClient *client = peal_tiktok_client_new (self->address, clock, &error);

  g_assert_no_error (error);

  return client;
}

static PealTestPage *
request (PealTestPractice *self,
         const char *method,
         const char *url,
         const char *authorization,
         const char *json)
{
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  PealTestPage *page = g_new0 (PealTestPage, 1);

  soup_message_set_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  if (authorization != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", authorization);
  if (json != NULL)
    {
      g_autoptr (GBytes) body = g_bytes_new (json, strlen (json));

      soup_message_set_request_body_from_bytes (message, "application/json", body);
    }
  answer = soup_session_send_and_read (self->session, message, NULL, &error);
  g_assert_no_error (error);
  page->status = soup_message_get_status (message);
  page->location =
      g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (message), "Location"));
  page->body = g_strndup (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer));

  return page;
}

void
peal_test_practice_set (PealTestPractice *self, const char *path, const char *format, ...)
{
  g_autofree char *url = g_strdup_printf ("%s/control/%s", self->address, path);
  g_autofree char *json = NULL;
  g_autoptr (PealTestPage) page = NULL;
  va_list args;

  va_start (args, format);
  json = g_strdup_vprintf (format, args);
  va_end (args);
  page = request (self, "POST", url, self->authorization, json);
  if (page->status != 200)
    g_error ("%s %s: %s", path, json, page->body);
}

void
peal_test_practice_clear_faults (PealTestPractice *self)
{
  g_autofree char *url = g_strconcat (self->address, "/control/faults", NULL);
  g_autoptr (PealTestPage) page = request (self, "DELETE", url, self->authorization, NULL);

  g_assert_cmpuint (page->status, ==, 200);
}

PealTestPage *
peal_test_practice_browse (PealTestPractice *self, const char *url)
{
  return request (self, "GET", url, NULL, NULL);
}

void
peal_test_page_free (PealTestPage *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->location, g_free);
  g_clear_pointer (&self->body, g_free);
  g_clear_pointer (&self, g_free);
}

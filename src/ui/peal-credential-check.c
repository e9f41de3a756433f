/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-credential-check.h"

#include <errno.h>
#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "peal-error.h"

/* As the agent has them. */
#define MAX_KEY 128
#define MAX_SECRET 1024

const char *
peal_credential_trim (const char *text, gsize *length)
{
  gsize end;

  g_return_val_if_fail (text != NULL && length != NULL, NULL);

  while (g_ascii_isspace (*text))
    text++;
  end = strlen (text);
  while (end > 0 && g_ascii_isspace (text[end - 1]))
    end--;
  *length = end;
  return text;
}

const char *
peal_credential_check_key (const char *text)
{
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  text = peal_credential_trim (text, &length);
  if (length == 0 || length > MAX_KEY)
    return "client_key";
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (text[i]) && strchr ("-_.~", text[i]) == NULL)
      return "client_key";
  return NULL;
}

const char *
peal_credential_check_secret (const char *text)
{
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  text = peal_credential_trim (text, &length);
  if (length == 0 || length > MAX_SECRET)
    return "client_secret";
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isgraph (text[i]))
      return "client_secret";
  return NULL;
}

const char *
peal_credential_doubt (const char *key, PealEnvironment environment)
{
  gsize length;

  g_return_val_if_fail (key != NULL, NULL);

  key = peal_credential_trim (key, &length);
  if (environment == PEAL_ENVIRONMENT_PRODUCTION && length > 2 && g_str_has_prefix (key, "sb"))
    return _ ("This looks like the key of a sandbox. If it is, choose “Sandbox” above.");
  if (environment == PEAL_ENVIRONMENT_SANDBOX && length > 2 && g_str_has_prefix (key, "aw"))
    return _ ("This looks like the key of a production app. If it is, choose “Production” above.");
  return NULL;
}

int
peal_credential_open_pipe (const char *text, gsize length, GError **error)
{
  g_autofd int reader = -1;
  g_autofd int writer = -1;
  int fds[2];

  g_return_val_if_fail (text != NULL, -1);
  g_return_val_if_fail (length <= MAX_SECRET, -1);

  if (g_unix_open_pipe (fds, O_CLOEXEC, NULL))
    {
      reader = fds[0];
      writer = fds[1];
      if (write (writer, text, length) == (gssize)length)
        return g_steal_fd (&reader);
    }
  g_propagate_error (error,
                     peal_error_new (PEAL_ERROR_INVALID, "secret_unreadable", "%s", g_strerror (errno)));
  return -1;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-practice"

#include "config.h"

#include "peal-practice-certificate.h"

#include <errno.h>
#include <glib/gstdio.h>

/* Ten years, so that a test may run under any clock from now on. */
#define DAYS "3650"

static const char configuration[] = "[req]\n"
                                    "prompt = no\n"
                                    "distinguished_name = name\n"
                                    "[name]\n"
                                    "CN = $ENV::PEAL_PRACTICE_NAME\n"
                                    "[ca]\n"
                                    "basicConstraints = critical, CA:TRUE, pathlen:0\n"
                                    "keyUsage = critical, keyCertSign\n"
                                    "subjectKeyIdentifier = hash\n"
                                    "[server]\n"
                                    "basicConstraints = critical, CA:FALSE\n"
                                    "keyUsage = critical, digitalSignature\n"
                                    "extendedKeyUsage = serverAuth\n"
                                    "subjectAltName = IP:127.0.0.1, DNS:localhost\n"
                                    "subjectKeyIdentifier = hash\n"
                                    "authorityKeyIdentifier = keyid\n";

static const char *const make_ca[] = { "openssl",
                                       "req",
                                       "-x509",
                                       "-config",
                                       "openssl.cnf",
                                       "-extensions",
                                       "ca",
                                       "-newkey",
                                       "ec",
                                       "-pkeyopt",
                                       "ec_paramgen_curve:P-256",
                                       "-noenc",
                                       "-days",
                                       DAYS,
                                       "-keyout",
                                       "ca.key",
                                       "-out",
                                       "ca.pem",
                                       NULL };

static const char *const make_server[] = {
  "openssl",     "req",        "-x509", "-config",  "openssl.cnf",
  "-extensions", "server",     "-CA",   "ca.pem",   "-CAkey",
  "ca.key",      "-newkey",    "ec",    "-pkeyopt", "ec_paramgen_curve:P-256",
  "-noenc",      "-days",      DAYS,    "-keyout",  "server.key",
  "-out",        "server.pem", NULL
};

/* Runs @argv in @dir with @name as the subject of what it makes. */
static gboolean
run (const char *dir, const char *const *argv, const char *name, GError **error)
{
  g_autoptr (GSubprocessLauncher) launcher =
      g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDERR_PIPE | G_SUBPROCESS_FLAGS_STDOUT_SILENCE);
  g_autoptr (GSubprocess) process = NULL;
  g_autofree char *complaint = NULL;
  g_autoptr (GError) local = NULL;

  g_subprocess_launcher_set_cwd (launcher, dir);
  g_subprocess_launcher_setenv (launcher, "PEAL_PRACTICE_NAME", name, TRUE);
  process = g_subprocess_launcher_spawnv (launcher, argv, &local);
  if (process == NULL)
    {
      g_set_error (error, G_SPAWN_ERROR, G_SPAWN_ERROR_FAILED,
                   "--tls needs the program openssl to make certificates: %s", local->message);
      return FALSE;
    }
  if (!g_subprocess_communicate_utf8 (process, NULL, NULL, NULL, &complaint, error))
    return FALSE;
  if (g_subprocess_get_successful (process))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "openssl could not make a certificate: %s",
               g_strchomp (complaint));
  return FALSE;
}

static void
discard (const char *dir, const char *name)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  g_unlink (path);
}

/* server.pem is the last to get its name: while it is missing, nothing else counts. */
static gboolean
make (const char *dir, GError **error)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *name = g_strconcat ("Peal practice CA ", id, NULL);
  g_autofree char *config = g_build_filename (dir, "openssl.cnf", NULL);
  gboolean ok = g_file_set_contents_full (config, configuration, -1, G_FILE_SET_CONTENTS_NONE, 0600, error)
                && run (dir, make_ca, name, error) && run (dir, make_server, "127.0.0.1", error);

  discard (dir, "ca.key");
  discard (dir, "openssl.cnf");
  if (!ok)
    discard (dir, "server.pem");
  return ok;
}

GTlsCertificate *
peal_practice_certificate_load (const char *dir, GError **error)
{
  g_autofree char *certificate = g_build_filename (dir, "server.pem", NULL);
  g_autofree char *key = g_build_filename (dir, "server.key", NULL);

  if (!g_file_test (certificate, G_FILE_TEST_EXISTS) && !make (dir, error))
    return NULL;
  return g_tls_certificate_new_from_files (certificate, key, error);
}

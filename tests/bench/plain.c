/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The least that a process of peal-agent's libraries can be: a service on the bus with a database and an HTTP
 * session. plain NAME DATABASE [URL]: with URL it has spoken to a server too. What it costs is what the
 * libraries cost. */

#include <libsoup/soup.h>
#include <sqlite3.h>

int
main (int argc, char **argv)
{
  g_autoptr (GApplication) application = g_application_new (argv[1], G_APPLICATION_IS_SERVICE);
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = argc > 3 ? soup_message_new (SOUP_METHOD_GET, argv[3]) : NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *db = NULL;

  if (sqlite3_open (argv[2], &db) != SQLITE_OK
      || sqlite3_exec (db, "CREATE TABLE IF NOT EXISTS t (n); SELECT * FROM t", NULL, NULL, NULL)
             != SQLITE_OK)
    g_error ("%s: %s", argv[2], sqlite3_errmsg (db));
  if (message != NULL && !(answer = soup_session_send_and_read (session, message, NULL, &error)))
    g_error ("%s: %s", argv[3], error->message);
  g_application_hold (application);
  return g_application_run (application, 0, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A camera in a GTK program that knows nothing of it: a library for LD_PRELOAD that listens at the socket
 * $PEAL_CAMERA. A request is a line, and so is its answer, "ok …" or "error …":
 *
 *   shoot SCALE PATH        what the window shows, with its popovers, as a PNG
 *   shoot-shadow SCALE PATH the window with its shadow
 *   settle QUIET LIMIT      answers when nothing was drawn for QUIET ms, at the latest after LIMIT ms
 *   activate ACTION [VALUE] an action of the window or of what has the focus in it
 *   popovers                of each open popover X Y WIDTH HEIGHT in the window, each before those in it
 *   dismiss                 closes all dialogs, whatever is in them
 *   alive                   the types of its own widgets, one for each that was shown and is not finalized
 *   seen                    the types of its own widgets that were ever shown
 *   times                   when the first frame and the first content ($PEAL_CAMERA_CONTENT) were drawn
 *   watch quiet|drawing     begins to measure frames
 *   frames                  what was measured since then
 *
 * Programs that the program starts are without it. */

#define G_LOG_DOMAIN "peal-camera"

#include "peal-camera-private.h"

#include <adwaita.h>
#include <execinfo.h>
#include <glib-unix.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define SETTLE_LOOK_MS 20
#define SHOOT_MS 5000

typedef struct
{
  int fd;
  GString *received;
} Client;

typedef struct
{
  int fd;
  gint64 quiet_us;
  gint64 deadline;
  gint64 last_paint;
  GdkFrameClock *clock;
  gulong handler;
} Settling;

static void answer (int fd, const char *format, ...) G_GNUC_PRINTF (2, 3);

static void
answer (int fd, const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *line = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  line = g_strconcat (g_strdelimit (text, "\n", ' '), "\n", NULL);
  if (send (fd, line, strlen (line), MSG_NOSIGNAL) < 0)
    g_debug ("Whoever asked is gone");
}

static void
painted_cb (GdkFrameClock *clock, Settling *settling)
{
  settling->last_paint = g_get_monotonic_time ();
}

static gboolean
settle_cb (gpointer data)
{
  Settling *settling = data;
  gint64 now = g_get_monotonic_time ();

  if ((settling->last_paint == 0 || now - settling->last_paint < settling->quiet_us)
      && now < settling->deadline)
    return G_SOURCE_CONTINUE;
  answer (settling->fd, "ok %s", now < settling->deadline ? "quiet" : "restless");
  g_signal_handler_disconnect (settling->clock, settling->handler);
  g_clear_object (&settling->clock);
  close (settling->fd);
  g_free (settling);
  return G_SOURCE_REMOVE;
}

static void
settle (int fd, GtkWindow *window, char **words)
{
  Settling *settling = g_new0 (Settling, 1);

  settling->fd = dup (fd);
  settling->quiet_us = g_ascii_strtoll (words[1], NULL, 10) * 1000;
  settling->deadline = g_get_monotonic_time () + g_ascii_strtoll (words[2], NULL, 10) * 1000;
  settling->clock = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (window)));
  settling->handler = g_signal_connect (settling->clock, "after-paint", G_CALLBACK (painted_cb), settling);
  gtk_widget_queue_draw (GTK_WIDGET (window));
  g_timeout_add (SETTLE_LOOK_MS, settle_cb, settling);
}

typedef struct
{
  int fd;
  GtkWindow *window;
  GdkFrameClock *clock;
  gulong handler;
  guint timeout;
  char **words;
} Shooting;

static gboolean
shoot_cb (gpointer data)
{
  Shooting *self = data;
  g_autoptr (GError) error = NULL;
  int width, height;

  if (peal_camera_shoot (self->window, self->words[2], g_ascii_strtod (self->words[1], NULL),
                         g_str_equal (self->words[0], "shoot-shadow"), &width, &height, &error))
    answer (self->fd, "ok %d %d", width, height);
  else
    answer (self->fd, "error %s", error->message);
  g_signal_handler_disconnect (self->clock, self->handler);
  g_source_remove (self->timeout);
  g_clear_object (&self->clock);
  g_clear_object (&self->window);
  g_strfreev (self->words);
  close (self->fd);
  g_free (self);
  return G_SOURCE_CONTINUE;
}

static void
after_paint_cb (GdkFrameClock *clock, gpointer data)
{
  shoot_cb (data);
}

/* At the end of a frame: then all is drawn, and nothing has asked to be drawn anew yet. */
static void
shoot (int fd, GtkWindow *window, char **words)
{
  Shooting *self = g_new0 (Shooting, 1);

  self->fd = dup (fd);
  self->window = g_object_ref (window);
  self->words = g_strdupv (words);
  self->clock = g_object_ref (gtk_widget_get_frame_clock (GTK_WIDGET (window)));
  self->handler = g_signal_connect_after (self->clock, "after-paint", G_CALLBACK (after_paint_cb), self);
  self->timeout = g_timeout_add (SHOOT_MS, shoot_cb, self);
  gtk_widget_queue_draw (GTK_WIDGET (window));
}

static void
activate (int fd, GtkWindow *window, char **words)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  g_autoptr (GVariant) value = NULL;
  g_autoptr (GError) error = NULL;

  if (words[1] != NULL && words[2] != NULL && !(value = g_variant_parse (NULL, words[2], NULL, NULL, &error)))
    answer (fd, "error %s", error->message);
  else if (gtk_widget_activate_action_variant (focus != NULL ? focus : GTK_WIDGET (window), words[1], value))
    answer (fd, "ok");
  else
    answer (fd, "error there is no action %s", words[1]);
}

static void
dismiss (int fd, GtkWindow *window)
{
  g_autoptr (GListModel) dialogs = NULL;

  if (ADW_IS_APPLICATION_WINDOW (window))
    dialogs = adw_application_window_get_dialogs (ADW_APPLICATION_WINDOW (window));
  while (dialogs != NULL && g_list_model_get_n_items (dialogs) > 0)
    {
      g_autoptr (AdwDialog) dialog = g_list_model_get_item (dialogs, g_list_model_get_n_items (dialogs) - 1);

      adw_dialog_force_close (dialog);
    }
  answer (fd, "ok");
}

static void
tell_popovers (int fd, GtkWindow *window)
{
  g_autoptr (GArray) popovers = peal_camera_find_popovers (window);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < popovers->len; i++)
    {
      PealCameraPopover *popover = &g_array_index (popovers, PealCameraPopover, i);

      g_string_append_printf (text, " %d %d %d %d", (int)popover->x, (int)popover->y,
                              gtk_widget_get_width (popover->widget),
                              gtk_widget_get_height (popover->widget));
    }
  answer (fd, "ok%s", text->str);
}

static void
handle (int fd, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
  GtkWindow *window = peal_camera_find_window ();
  const char *command = words[0] != NULL ? words[0] : "";
  guint n = g_strv_length (words);
  g_autofree char *report = NULL;

  if (g_str_equal (command, "times"))
    answer (fd, "ok %s", report = peal_camera_watch_report_start ());
  else if (g_str_equal (command, "frames"))
    answer (fd, "ok %s", report = peal_camera_watch_report_frames ());
  else if (g_str_equal (command, "alive"))
    answer (fd, "ok %s", report = peal_camera_census_report_alive ());
  else if (g_str_equal (command, "seen"))
    answer (fd, "ok %s", report = peal_camera_census_report_seen ());
  else if (window == NULL)
    answer (fd, "error no window is open");
  else if (g_str_has_prefix (command, "shoot") && n == 3)
    shoot (fd, window, words);
  else if (g_str_equal (command, "settle") && n == 3)
    settle (fd, window, words);
  else if (g_str_equal (command, "activate") && n >= 2)
    activate (fd, window, words);
  else if (g_str_equal (command, "popovers"))
    tell_popovers (fd, window);
  else if (g_str_equal (command, "dismiss"))
    dismiss (fd, window);
  else if (g_str_equal (command, "watch") && n == 2)
    {
      peal_camera_watch_reset (g_str_equal (words[1], "drawing"));
      answer (fd, "ok");
    }
  else
    answer (fd, "error what is “%s”?", line);
}

static void
client_free (Client *client)
{
  close (client->fd);
  g_string_free (client->received, TRUE);
  g_free (client);
}

static gboolean
received_cb (int fd, GIOCondition condition, gpointer data)
{
  Client *client = data;
  char buffer[1024];
  ssize_t n = recv (fd, buffer, sizeof buffer, MSG_DONTWAIT);
  char *end;

  if (n <= 0)
    return G_SOURCE_REMOVE;
  g_string_append_len (client->received, buffer, n);
  while ((end = memchr (client->received->str, '\n', client->received->len)) != NULL)
    {
      g_autofree char *line = g_strndup (client->received->str, end - client->received->str);

      g_string_erase (client->received, 0, end - client->received->str + 1);
      handle (fd, line);
    }
  return G_SOURCE_CONTINUE;
}

static gboolean
incoming_cb (int fd, GIOCondition condition, gpointer data)
{
  Client *client;
  int accepted = accept4 (fd, NULL, NULL, SOCK_CLOEXEC);

  if (accepted < 0)
    return G_SOURCE_CONTINUE;
  client = g_new0 (Client, 1);
  client->fd = accepted;
  client->received = g_string_new (NULL);
  g_unix_fd_add_full (G_PRIORITY_DEFAULT, accepted, G_IO_IN | G_IO_HUP, received_cb, client,
                      (GDestroyNotify)client_free);
  return G_SOURCE_CONTINUE;
}

/* Where a program died stands in its log then. */
static void
crashed_cb (int number)
{
  void *frames[40];
  int n = backtrace (frames, G_N_ELEMENTS (frames));

  backtrace_symbols_fd (frames, n, STDERR_FILENO);
  signal (number, SIG_DFL);
  raise (number);
}

__attribute__ ((constructor)) static void
load (void)
{
  g_autofree char *path = g_strdup (g_getenv ("PEAL_CAMERA"));
  struct sockaddr_un address = { .sun_family = AF_UNIX };
  int fd;

  if (path == NULL)
    return;
  unsetenv ("LD_PRELOAD");
  unsetenv ("PEAL_CAMERA");
  fd = socket (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  g_strlcpy (address.sun_path, path, sizeof address.sun_path);
  unlink (path);
  if (fd < 0 || bind (fd, (struct sockaddr *)&address, sizeof address) < 0 || listen (fd, 4) < 0)
    g_error ("%s: %s", path, g_strerror (errno));
  g_unix_fd_add (fd, G_IO_IN, incoming_cb, NULL);
  signal (SIGSEGV, crashed_cb);
  signal (SIGABRT, crashed_cb);
  signal (SIGTRAP, crashed_cb);
  peal_camera_census_start ();
  peal_camera_watch_start (g_getenv ("PEAL_CAMERA_CONTENT"));
}

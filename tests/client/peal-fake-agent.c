/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-fake-agent.h"

#include <fcntl.h>
#include <gio/gunixfdlist.h>
#include <glib/gstdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "peal-bus.h"
#include "peal-fake-agent-private.h"

#define OBJECT_PATH "/io/github/pealapp/Peal/Agent"
#define INTERFACE "io.github.pealapp.Peal.Agent"
#define ERROR_PREFIX "io.github.pealapp.Peal.Error."

static void
end_job (PealFakeAgent *self,
         const char *caller,
         guint job,
         const char *error,
         const char *message,
         GVariant *result)
{
  g_dbus_connection_emit_signal (self->connection, caller, OBJECT_PATH, INTERFACE, "JobDone",
                                 g_variant_new ("(uss@a{sv})", job, error, message,
                                                result != NULL ? result : peal_fake_build ("@a{sv} {}")),
                                 NULL);
}

static void
take_file (PealFakeAgent *self, GDBusMethodInvocation *invocation)
{
  GUnixFDList *fds = g_dbus_message_get_unix_fd_list (g_dbus_method_invocation_get_message (invocation));
  int fd = fds != NULL ? g_unix_fd_list_get (fds, 0, NULL) : -1;
  char buffer[256];
  gssize n;

  g_string_truncate (self->received, 0);
  while (fd >= 0 && (n = read (fd, buffer, sizeof buffer)) > 0)
    g_string_append_len (self->received, buffer, n);
  if (fd >= 0)
    close (fd);
}

/* Jobs: what the reply is, and how they end. */
static gboolean
handle_job (PealFakeAgent *self,
            const char *caller,
            const char *method,
            GVariant *parameters,
            GDBusMethodInvocation *invocation)
{
  guint job = ++self->next_job;

  if (g_str_equal (method, "Connect"))
    {
      g_dbus_method_invocation_return_value (invocation,
                                             g_variant_new ("(us)", job, "https://www.tiktok.com/v2/x?y"));
      end_job (self, caller, job, "", "",
               peal_fake_build ("{'open_id': <'-000ExampleMara'>, 'state': <'connected'>}"));
    }
  else if (g_str_equal (method, "Sync"))
    {
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", job));
      end_job (self, caller, job, "", "",
               peal_fake_build ("{'accounts': <uint32 1>, 'videos': <uint32 45>}"));
    }
  else if (g_str_equal (method, "GetCreatorInfo"))
    {
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", job));
      end_job (self, caller, job, ERROR_PREFIX "Rejected",
               "spam_risk_too_many_posts: Daily cap (log id 20261122EXAMPLE)", NULL);
    }
  else if (g_str_equal (method, "ImportMedia"))
    {
      take_file (self, invocation);
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", job));
      end_job (self, caller, job, "", "", peal_fake_build ("{'media': <int64 7>}"));
    }
  else if (g_str_equal (method, "CancelPost"))
    /* Until it is cancelled. */
    g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", job));
  else if (g_str_equal (method, "CancelJob"))
    {
      guint cancelled;

      g_variant_get (parameters, "(u)", &cancelled);
      g_dbus_method_invocation_return_value (invocation, NULL);
      end_job (self, caller, cancelled, ERROR_PREFIX "Cancelled", "cancelled: Cancelled", NULL);
    }
  else
    return FALSE;
  return TRUE;
}

/* The private copy of a post's video: a file with a text in it. */
static void
return_file (PealFakeAgent *self, GDBusMethodInvocation *invocation)
{
  g_autoptr (GUnixFDList) fds = g_unix_fd_list_new ();
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", self->video);
  g_autofd int fd = open (path, O_RDONLY | O_CLOEXEC);
  int index;

  g_assert_cmpint (fd, >=, 0);
  index = g_unix_fd_list_append (fds, fd, NULL);
  g_dbus_method_invocation_return_value_with_unix_fd_list (invocation, g_variant_new ("(h)", index), fds);
}

/* A reply of any type, as a program that is not ours might send it. Takes @invocation. */
static void
return_raw (PealFakeAgent *self, GDBusMethodInvocation *invocation, GVariant *reply)
{
  g_autoptr (GDBusMethodInvocation) taken = invocation;
  g_autoptr (GDBusMessage) message =
      g_dbus_message_new_method_reply (g_dbus_method_invocation_get_message (taken));
  g_autoptr (GError) error = NULL;

  g_dbus_message_set_body (message, reply);
  g_dbus_connection_send_message (self->connection, message, G_DBUS_SEND_MESSAGE_FLAGS_NONE, NULL, &error);
  g_assert_no_error (error);
}

typedef struct
{
  GDBusMethodInvocation *invocation;
  GVariant *reply;
} Held;

static void
return_answer (PealFakeAgent *self,
               const char *method,
               GVariant *parameters,
               GDBusMethodInvocation *invocation)
{
  g_autoptr (GError) error = NULL;
  GVariant *raw = g_hash_table_lookup (self->replies, method);
  GVariant *reply = raw == NULL ? peal_fake_agent_answer (self, method, parameters, &error) : NULL;

  if (error != NULL)
    g_dbus_method_invocation_return_dbus_error (invocation, ERROR_PREFIX "Invalid", error->message);
  else if (g_strcmp0 (self->held_method, method) == 0)
    {
      Held *held = g_new0 (Held, 1);

      held->invocation = invocation;
      held->reply = raw != NULL ? g_variant_ref (raw) : reply != NULL ? g_variant_ref_sink (reply) : NULL;
      g_queue_push_tail (&self->held, held);
    }
  else if (raw != NULL)
    return_raw (self, invocation, raw);
  else
    g_dbus_method_invocation_return_value (invocation, reply);
}

static void
method_call_cb (GDBusConnection *connection,
                const char *caller,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer user_data)
{
  PealFakeAgent *self = user_data;

  g_hash_table_insert (self->calls, g_strdup (method), g_variant_ref (parameters));
  g_hash_table_insert (self->counts, g_strdup (method),
                       GUINT_TO_POINTER (peal_fake_agent_get_n_calls (self, method) + 1));
  if (self->error_name != NULL)
    g_dbus_method_invocation_return_dbus_error (invocation, self->error_name, self->error_message);
  else if (g_str_equal (method, "OpenMedia") && !g_hash_table_contains (self->replies, method))
    return_file (self, invocation);
  else if (g_hash_table_contains (self->replies, method)
           || !handle_job (self, caller, method, parameters, invocation))
    {
      if (g_str_equal (method, "SetCredentials"))
        take_file (self, invocation);
      return_answer (self, method, parameters, invocation);
    }
}

static GVariant *
get_property_cb (GDBusConnection *connection,
                 const char *sender,
                 const char *path,
                 const char *interface,
                 const char *property,
                 GError **error,
                 gpointer user_data)
{
  PealFakeAgent *self = user_data;

  if (g_str_equal (property, "InterfaceVersion"))
    return g_variant_new_uint32 (self->interface_version);
  if (g_str_equal (property, "Progress"))
    return g_variant_ref (self->progress);
  if (g_str_equal (property, "Paused"))
    return g_variant_new_boolean (self->paused);
  if (g_str_equal (property, "Practice"))
    return g_variant_new_boolean (FALSE);
  return g_variant_new_string ("");
}

static const GDBusInterfaceVTable vtable = { method_call_cb, get_property_cb };

PealFakeAgent *
peal_fake_agent_new (GDBusConnection *connection, gboolean practice, guint interface_version)
{
  PealFakeAgent *self = g_new0 (PealFakeAgent, 1);
  const char *name = practice ? APP_ID ".Practice.Agent" : APP_ID ".Agent";
  g_autoptr (GVariant) reply = NULL;
  g_autoptr (GError) error = NULL;

  self->connection = g_object_ref (connection);
  self->interface_version = interface_version;
  self->calls = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_variant_unref);
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->replies = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)g_variant_unref);
  self->received = g_string_new (NULL);
  g_queue_init (&self->held);
  self->video = memfd_create ("video", MFD_CLOEXEC);
  g_assert_cmpint (write (self->video, "a video", 7), ==, 7);
  peal_fake_agent_init_data (self);
  self->progress = g_variant_ref_sink (peal_fake_build ("@a(xtt) []"));
  self->registration = g_dbus_connection_register_object (
      connection, OBJECT_PATH, peal_bus_agent_interface_info (), &vtable, self, NULL, &error);
  g_assert_no_error (error);
  reply = g_dbus_connection_call_sync (connection, "org.freedesktop.DBus", "/org/freedesktop/DBus",
                                       "org.freedesktop.DBus", "RequestName", g_variant_new ("(su)", name, 4),
                                       NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);
  g_assert_no_error (error);
  return self;
}

void
peal_fake_agent_vanish (PealFakeAgent *self)
{
  g_dbus_connection_close_sync (self->connection, NULL, NULL);
}

void
peal_fake_agent_release (PealFakeAgent *self)
{
  Held *held;

  g_clear_pointer (&self->held_method, g_free);
  while ((held = g_queue_pop_head (&self->held)) != NULL)
    {
      g_dbus_method_invocation_return_value (held->invocation, held->reply);
      g_clear_pointer (&held->reply, g_variant_unref);
      g_free (held);
    }
}

void
peal_fake_agent_set_mute (PealFakeAgent *self)
{
  g_dbus_connection_unregister_object (self->connection, self->registration);
  self->registration = 0;
}

void
peal_fake_agent_free (PealFakeAgent *self)
{
  peal_fake_agent_release (self);
  if (self->registration != 0)
    peal_fake_agent_set_mute (self);
  peal_fake_agent_vanish (self);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->calls, g_hash_table_unref);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_clear_pointer (&self->replies, g_hash_table_unref);
  peal_fake_agent_clear_data (self);
  g_string_free (g_steal_pointer (&self->received), TRUE);
  g_clear_fd (&self->video, NULL);
  g_clear_pointer (&self->error_name, g_free);
  g_clear_pointer (&self->error_message, g_free);
  g_clear_pointer (&self->progress, g_variant_unref);
  g_free (self);
}

void
peal_fake_agent_emit_changed (PealFakeAgent *self, const char *kind, const char *const *ids)
{
  g_dbus_connection_emit_signal (self->connection, NULL, OBJECT_PATH, INTERFACE, "Changed",
                                 g_variant_new ("(s^as)", kind, ids), NULL);
}

void
peal_fake_agent_set_progress (PealFakeAgent *self, gint64 post, guint64 bytes, guint64 total)
{
  g_autofree char *text = g_strdup_printf ("[(int64 %" G_GINT64_FORMAT ", uint64 %" G_GUINT64_FORMAT
                                           ", uint64 %" G_GUINT64_FORMAT ")]",
                                           post, bytes, total);

  g_clear_pointer (&self->progress, g_variant_unref);
  self->progress = g_variant_ref_sink (peal_fake_build (text));
  g_dbus_connection_emit_signal (
      self->connection, NULL, OBJECT_PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
      g_variant_new_parsed ("(%s, {'Progress': <%@a(xtt)>}, @as [])", INTERFACE, self->progress), NULL);
}

GVariant *
peal_fake_agent_get_last (PealFakeAgent *self, const char *method)
{
  return g_hash_table_lookup (self->calls, method);
}

guint
peal_fake_agent_get_n_calls (PealFakeAgent *self, const char *method)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, method));
}

void
peal_fake_agent_set_reply (PealFakeAgent *self, const char *method, const char *text)
{
  if (text == NULL)
    g_hash_table_remove (self->replies, method);
  else
    g_hash_table_insert (self->replies, g_strdup (method), g_variant_ref_sink (peal_fake_build (text)));
}

void
peal_fake_agent_hold (PealFakeAgent *self, const char *method)
{
  g_set_str (&self->held_method, method);
}

void
peal_fake_agent_set_paused (PealFakeAgent *self, gboolean paused)
{
  self->paused = paused;
  g_dbus_connection_emit_signal (
      self->connection, NULL, OBJECT_PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
      g_variant_new_parsed ("(%s, {'Paused': <%b>}, @as [])", INTERFACE, paused), NULL);
}

const char *
peal_fake_agent_get_received (PealFakeAgent *self)
{
  return self->received->str;
}

void
peal_fake_agent_set_error (PealFakeAgent *self, const char *name, const char *message)
{
  g_autofree char *full = name != NULL ? g_strconcat (ERROR_PREFIX, name, NULL) : NULL;

  g_set_str (&self->error_name, full);
  g_set_str (&self->error_message, message);
}

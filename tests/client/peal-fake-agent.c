/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-fake-agent.h"

#include <gio/gunixfdlist.h>
#include <unistd.h>

#include "peal-bus.h"

#define OBJECT_PATH "/io/github/pealapp/Peal/Agent"
#define INTERFACE "io.github.pealapp.Peal.Agent"
#define ERROR_PREFIX "io.github.pealapp.Peal.Error."
#define N_POSTS 3

struct _PealFakeAgent
{
  GDBusConnection *connection;
  guint interface_version;
  guint registration;
  guint next_job;
  GHashTable *calls; /* method → GVariant */
  GString *received;
  char *error_name, *error_message;
  char *state;
  GVariant *progress;
};

/* Floating, as what g_variant_new () makes. */
static GVariant *
build (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) value = g_variant_parse (NULL, text, NULL, NULL, &error);
  g_autoptr (GBytes) bytes = NULL;

  g_assert_no_error (error);
  bytes = g_variant_get_data_as_bytes (value);
  return g_variant_new_from_bytes (g_variant_get_type (value), bytes, TRUE);
}

static GVariant *
build_accounts (void)
{
  return build (
      "[{'open_id': <'-000ExampleMara'>, 'username': <'mara.bakes'>, 'display_name': <'Mara\\nBakes'>,"
      "  'environment': <'sandbox'>, 'scopes': <['user.info.basic', 'video.publish']>,"
      "  'state': <'connected'>, 'share_type': <'direct'>, 'connected_at': <int64 1793613600000000>,"
      "  'follower_count': <int64 4511>, 'video_count': <int64 45>},"
      " {'open_id': <'-000ExampleOtto'>, 'username': <''>, 'display_name': <'Otto'>,"
      "  'environment': <'sandbox'>, 'scopes': <@as []>, 'state': <'reconnect'>,"
      "  'share_type': <'inbox'>}]");
}

static GVariant *
build_post (PealFakeAgent *self, gint64 id)
{
  g_autofree char *text = g_strdup_printf (
      "{'id': <int64 %" G_GINT64_FORMAT ">, 'group': <int64 1>, 'account': <'-000ExampleMara'>,"
      " 'username': <'mara.bakes'>, 'state': <'%s'>, 'hold_reason': <''>, 'due': <int64 1793620800000000>,"
      " 'zone': <'Europe/Berlin'>, 'caption': <'=Plum\\u001bcake'>, 'privacy_level': <'SELF_ONLY'>,"
      " 'share_type': <'direct'>, 'allow_comment': <true>, 'media': <{'name': <'cake.mp4'>, 'size': <int64 "
      "9>}>,"
      " 'post_ids': <['7572003456789012345']>, 'error': <{'code': <'spam_risk'>, 'message': <'no'>,"
      " 'log_id': <'2026EXAMPLE'>}>, 'progress': <(uint64 3, uint64 9)>, 'attempts': <[{'n': <1>,"
      " 'state': <'UPLOADING'>, 'started_at': <int64 1793620800000000>}]>,"
      " 'events': <[{'at': <int64 1793620800000000>, 'kind': <'state'>, 'detail': "
      "<'{\"to\":\"publishing\"}'>}]>}",
      id, self->state);

  return build (text);
}

static GVariant *
list_posts (PealFakeAgent *self, GVariant *filter)
{
  g_auto (GVariantBuilder) posts = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  gint64 after = 0;

  g_variant_lookup (filter, "after", "x", &after);
  for (gint64 id = after + 1; id <= N_POSTS; id++)
    g_variant_builder_add_value (&posts, build_post (self, id));
  return g_variant_builder_end (&posts);
}

static void
end_job (PealFakeAgent *self,
         const char *caller,
         guint job,
         const char *error,
         const char *message,
         GVariant *result)
{
  g_dbus_connection_emit_signal (
      self->connection, caller, OBJECT_PATH, INTERFACE, "JobDone",
      g_variant_new ("(uss@a{sv})", job, error, message, result != NULL ? result : build ("@a{sv} {}")),
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
      end_job (self, caller, job, "", "", build ("{'open_id': <'-000ExampleMara'>, 'state': <'connected'>}"));
    }
  else if (g_str_equal (method, "Sync"))
    {
      g_dbus_method_invocation_return_value (invocation, g_variant_new ("(u)", job));
      end_job (self, caller, job, "", "", build ("{'accounts': <uint32 1>, 'videos': <uint32 45>}"));
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
      end_job (self, caller, job, "", "", build ("{'media': <int64 7>}"));
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

static GVariant *
answer (PealFakeAgent *self, const char *method, GVariant *parameters)
{
  if (g_str_equal (method, "GetStatus"))
    return build ("({'version': <'0.1.0'>, 'practice': <true>, 'profile': <'sandbox'>, 'paused': <false>,"
                  " 'counts': <{'scheduled': uint32 2}>, 'attention': <[{'kind': <'post'>, 'id': <int64 3>,"
                  " 'reason': <'missed'>}]>, 'next_due': <{'id': <int64 1>, 'due': <int64 1793620800000000>,"
                  " 'account': <'-000ExampleMara'>}>},)");
  if (g_str_equal (method, "ListAccounts"))
    return g_variant_new ("(@aa{sv})", build_accounts ());
  if (g_str_equal (method, "GetPost"))
    {
      gint64 id;

      g_variant_get (parameters, "(x)", &id);
      return g_variant_new ("(@a{sv})", build_post (self, id));
    }
  if (g_str_equal (method, "ListPosts"))
    {
      g_autoptr (GVariant) filter = g_variant_get_child_value (parameters, 0);

      return g_variant_new ("(@aa{sv})", list_posts (self, filter));
    }
  if (g_str_equal (method, "AddPosts"))
    return build ("([int64 1, 2],)");
  if (g_str_equal (method, "ResolvePost"))
    return build ("(int64 9,)");
  if (g_str_equal (method, "GetSamples"))
    return build ("([(int64 1793620800000000, int64 10, int64 -1, int64 30, int64 4)],)");
  if (g_str_equal (method, "ListVideos"))
    return build (
        "([{'id': <'7572003456789012345'>, 'create_time': <int64 1793620800>, 'title': <'=1+1, \"x\"'>,"
        " 'description': <'-dash'>, 'view_count': <int64 12>}],)");
  return NULL;
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
  if (self->error_name != NULL)
    g_dbus_method_invocation_return_dbus_error (invocation, self->error_name, self->error_message);
  else if (!handle_job (self, caller, method, parameters, invocation))
    {
      if (g_str_equal (method, "SetCredentials"))
        take_file (self, invocation);
      g_dbus_method_invocation_return_value (invocation, answer (self, method, parameters));
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
  if (g_str_equal (property, "Practice") || g_str_equal (property, "Paused"))
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
  self->received = g_string_new (NULL);
  self->state = g_strdup ("scheduled");
  self->progress = g_variant_ref_sink (build ("@a(xtt) []"));
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
peal_fake_agent_free (PealFakeAgent *self)
{
  g_dbus_connection_unregister_object (self->connection, self->registration);
  peal_fake_agent_vanish (self);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->calls, g_hash_table_unref);
  g_string_free (g_steal_pointer (&self->received), TRUE);
  g_clear_pointer (&self->error_name, g_free);
  g_clear_pointer (&self->error_message, g_free);
  g_clear_pointer (&self->state, g_free);
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
  self->progress = g_variant_ref_sink (build (text));
  g_dbus_connection_emit_signal (
      self->connection, NULL, OBJECT_PATH, "org.freedesktop.DBus.Properties", "PropertiesChanged",
      g_variant_new_parsed ("(%s, {'Progress': <%@a(xtt)>}, @as [])", INTERFACE, self->progress), NULL);
}

GVariant *
peal_fake_agent_get_last (PealFakeAgent *self, const char *method)
{
  return g_hash_table_lookup (self->calls, method);
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

void
peal_fake_agent_set_state (PealFakeAgent *self, const char *state)
{
  g_set_str (&self->state, state);
}

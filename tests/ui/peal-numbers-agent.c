/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include "peal-numbers-agent.h"

#include "peal-bus.h"

#define NAME "io.github.pealapp.Peal.Practice.Agent"
#define OBJECT_PATH "/io/github/pealapp/Peal/Agent"
#define ERROR_PREFIX "io.github.pealapp.Peal.Error."
#define PAGE 10000

struct _PealNumbersAgent
{
  PealBusAgent *bus;
  GDBusConnection *connection;
  guint name;

  GPtrArray *accounts; /* of GVariant */
  guint n_samples;
  gint64 last, every_us, first, growth;
  guint n_videos;
  gint64 newest_s;
  char *title;
  char *error_name, *error_message;
  gboolean slow;
  GPtrArray *held; /* of GDBusMethodInvocation */
  GHashTable *counts;
  char *synced;
  guint next_job;
};

static void
count (PealNumbersAgent *self, GDBusMethodInvocation *invocation)
{
  const char *method = g_dbus_method_invocation_get_method_name (invocation);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, method));

  g_hash_table_replace (self->counts, g_strdup (method), GUINT_TO_POINTER (n + 1));
}

static gboolean
fails (PealNumbersAgent *self, GDBusMethodInvocation *invocation)
{
  g_autofree char *name = NULL;

  if (self->error_name == NULL)
    return FALSE;
  name = g_strconcat (ERROR_PREFIX, self->error_name, NULL);
  g_dbus_method_invocation_return_dbus_error (invocation, name, self->error_message);
  return TRUE;
}

static gboolean
get_status_cb (PealNumbersAgent *self, GDBusMethodInvocation *invocation)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);

  g_variant_dict_insert (&dict, "version", "s", "0.1.0");
  g_variant_dict_insert (&dict, "practice", "b", TRUE);
  peal_bus_agent_complete_get_status (self->bus, invocation, g_variant_dict_end (&dict));
  return TRUE;
}

static gboolean
list_accounts_cb (PealNumbersAgent *self, GDBusMethodInvocation *invocation)
{
  g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));

  for (guint i = 0; i < self->accounts->len; i++)
    g_variant_builder_add_value (&list, g_ptr_array_index (self->accounts, i));
  peal_bus_agent_complete_list_accounts (self->bus, invocation, g_variant_builder_end (&list));
  return TRUE;
}

static GVariant *
build_samples (PealNumbersAgent *self, gint64 since)
{
  g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a(xxxxx)"));
  guint n = 0;

  for (guint i = 0; i < self->n_samples && n < PAGE; i++)
    {
      gint64 at = self->last - (gint64)(self->n_samples - 1 - i) * self->every_us;
      gint64 value = self->first + (gint64)i * self->growth;

      if (at < since)
        continue;
      g_variant_builder_add (&list, "(xxxxx)", at, value, (gint64)-1,
                             value < G_MAXINT64 / 10 ? value * 10 : G_GINT64_CONSTANT (-1), (gint64)42);
      n++;
    }
  return g_variant_builder_end (&list);
}

static void
answer_samples (PealNumbersAgent *self, GDBusMethodInvocation *invocation)
{
  GVariant *parameters = g_dbus_method_invocation_get_parameters (invocation);
  gint64 since = 0;

  g_variant_get_child (parameters, g_variant_n_children (parameters) - 1, "x", &since);
  g_dbus_method_invocation_return_value (invocation,
                                         g_variant_new ("(@a(xxxxx))", build_samples (self, since)));
}

static gboolean
take_samples_call (PealNumbersAgent *self, GDBusMethodInvocation *invocation)
{
  count (self, invocation);
  if (fails (self, invocation))
    return TRUE;
  if (self->slow)
    g_ptr_array_add (self->held, invocation);
  else
    answer_samples (self, invocation);
  return TRUE;
}

static gboolean
get_samples_cb (PealNumbersAgent *self, GDBusMethodInvocation *invocation, const char *account, gint64 since)
{
  return take_samples_call (self, invocation);
}

static gboolean
get_video_samples_cb (PealNumbersAgent *self,
                      GDBusMethodInvocation *invocation,
                      const char *account,
                      const char *video,
                      gint64 since)
{
  return take_samples_call (self, invocation);
}

static GVariant *
build_video (PealNumbersAgent *self, guint i)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_autofree char *id = g_strdup_printf ("757200000000%07u", i);
  g_autofree char *title = g_strdup_printf ("%u", i);

  g_variant_dict_insert (&dict, "id", "s", id);
  g_variant_dict_insert (&dict, "create_time", "x", self->newest_s - (gint64)i * 3600);
  if (i % 7 != 6)
    g_variant_dict_insert (&dict, "view_count", "x", (gint64)i * i);
  g_variant_dict_insert (&dict, "like_count", "x", (gint64)(i * 7919 % 1000));
  if (i % 5 != 4)
    {
      g_variant_dict_insert (&dict, "title", "s", self->title != NULL ? self->title : title);
      g_variant_dict_insert (&dict, "share_url", "s", "http://127.0.0.1:9/video");
      g_variant_dict_insert (&dict, "cover_url", "s", "http://127.0.0.1:9/cover");
    }
  return g_variant_dict_end (&dict);
}

static gboolean
list_videos_cb (PealNumbersAgent *self,
                GDBusMethodInvocation *invocation,
                const char *account,
                gint64 before,
                guint limit)
{
  g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  guint n = 0;

  count (self, invocation);
  if (fails (self, invocation))
    return TRUE;
  for (guint i = 0; i < self->n_videos && n < limit; i++)
    {
      if (before > 0 && self->newest_s - (gint64)i * 3600 >= before)
        continue;
      g_variant_builder_add_value (&list, build_video (self, i));
      n++;
    }
  peal_bus_agent_complete_list_videos (self->bus, invocation, g_variant_builder_end (&list));
  return TRUE;
}

static gboolean
sync_cb (PealNumbersAgent *self, GDBusMethodInvocation *invocation, const char *account)
{
  guint job = ++self->next_job;

  count (self, invocation);
  g_set_str (&self->synced, account);
  peal_bus_agent_complete_sync (self->bus, invocation, job);
  peal_bus_agent_emit_job_done (self->bus, job, self->error_name != NULL ? ERROR_PREFIX "Network" : "",
                                self->error_name != NULL ? self->error_message : "",
                                g_variant_new ("a{sv}", NULL));
  return TRUE;
}

static gboolean
fetch_picture_cb (PealNumbersAgent *self,
                  GDBusMethodInvocation *invocation,
                  GUnixFDList *fds,
                  GVariant *file,
                  GVariant *what)
{
  count (self, invocation);
  g_dbus_method_invocation_return_dbus_error (invocation, ERROR_PREFIX "Invalid",
                                              "no_picture: There is none");
  return TRUE;
}

PealNumbersAgent *
peal_numbers_agent_new (GDBusConnection *connection)
{
  PealNumbersAgent *self = g_new0 (PealNumbersAgent, 1);

  self->connection = g_object_ref (connection);
  self->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);
  self->held = g_ptr_array_new ();
  self->counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->synced = g_strdup ("");
  self->bus = peal_bus_agent_skeleton_new ();
  peal_bus_agent_set_interface_version (self->bus, 1);
  peal_bus_agent_set_version (self->bus, "0.1.0");
  peal_bus_agent_set_practice (self->bus, TRUE);
  peal_bus_agent_set_progress (self->bus, g_variant_new ("a(xtt)", NULL));
  g_signal_connect_swapped (self->bus, "handle-get-status", G_CALLBACK (get_status_cb), self);
  g_signal_connect_swapped (self->bus, "handle-list-accounts", G_CALLBACK (list_accounts_cb), self);
  g_signal_connect_swapped (self->bus, "handle-get-samples", G_CALLBACK (get_samples_cb), self);
  g_signal_connect_swapped (self->bus, "handle-get-video-samples", G_CALLBACK (get_video_samples_cb), self);
  g_signal_connect_swapped (self->bus, "handle-list-videos", G_CALLBACK (list_videos_cb), self);
  g_signal_connect_swapped (self->bus, "handle-sync", G_CALLBACK (sync_cb), self);
  g_signal_connect_swapped (self->bus, "handle-fetch-picture", G_CALLBACK (fetch_picture_cb), self);
  peal_numbers_agent_set_present (self, TRUE);
  return self;
}

void
peal_numbers_agent_free (PealNumbersAgent *self)
{
  peal_numbers_agent_set_slow (self, FALSE);
  peal_numbers_agent_set_present (self, FALSE);
  g_clear_object (&self->bus);
  g_clear_object (&self->connection);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->held, g_ptr_array_unref);
  g_clear_pointer (&self->counts, g_hash_table_unref);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->error_name, g_free);
  g_clear_pointer (&self->error_message, g_free);
  g_clear_pointer (&self->synced, g_free);
  g_free (self);
}

void
peal_numbers_agent_set_present (PealNumbersAgent *self, gboolean present)
{
  g_autoptr (GError) error = NULL;

  if (present == (self->name != 0))
    return;
  if (!present)
    {
      g_clear_handle_id (&self->name, g_bus_unown_name);
      g_dbus_interface_skeleton_unexport (G_DBUS_INTERFACE_SKELETON (self->bus));
      return;
    }
  g_dbus_interface_skeleton_export (G_DBUS_INTERFACE_SKELETON (self->bus), self->connection, OBJECT_PATH,
                                    &error);
  g_assert_no_error (error);
  self->name = g_bus_own_name_on_connection (self->connection, NAME, G_BUS_NAME_OWNER_FLAGS_NONE, NULL, NULL,
                                             NULL, NULL);
}

static void
drop_account (PealNumbersAgent *self, const char *open_id)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      const char *known = NULL;

      g_variant_lookup (g_ptr_array_index (self->accounts, i), "open_id", "&s", &known);
      if (g_strcmp0 (known, open_id) == 0)
        {
          g_ptr_array_remove_index (self->accounts, i);
          return;
        }
    }
}

void
peal_numbers_agent_set_account (PealNumbersAgent *self,
                                const char *open_id,
                                const char *name,
                                const char *scopes,
                                const char *state,
                                gint64 followers,
                                gint64 sampled_at)
{
  g_auto (GVariantDict) dict = G_VARIANT_DICT_INIT (NULL);
  g_auto (GStrv) granted = g_strsplit (scopes, ",", -1);

  drop_account (self, open_id);
  g_variant_dict_insert (&dict, "open_id", "s", open_id);
  g_variant_dict_insert (&dict, "username", "s", "mara.bakes");
  g_variant_dict_insert (&dict, "display_name", "s", name);
  g_variant_dict_insert (&dict, "environment", "s", "sandbox");
  g_variant_dict_insert (&dict, "scopes", "^as", granted);
  g_variant_dict_insert (&dict, "state", "s", state);
  g_variant_dict_insert (&dict, "follower_count", "x", followers);
  g_variant_dict_insert (&dict, "sampled_at", "x", sampled_at);
  g_ptr_array_add (self->accounts, g_variant_ref_sink (g_variant_dict_end (&dict)));
}

void
peal_numbers_agent_remove_account (PealNumbersAgent *self, const char *open_id)
{
  drop_account (self, open_id);
}

void
peal_numbers_agent_set_samples (PealNumbersAgent *self,
                                guint n,
                                gint64 last,
                                gint64 every_us,
                                gint64 first,
                                gint64 growth)
{
  self->n_samples = n;
  self->last = last;
  self->every_us = every_us;
  self->first = first;
  self->growth = growth;
}

void
peal_numbers_agent_set_videos (PealNumbersAgent *self, guint n, gint64 newest_s)
{
  self->n_videos = n;
  self->newest_s = newest_s;
}

void
peal_numbers_agent_set_title (PealNumbersAgent *self, const char *title)
{
  g_set_str (&self->title, title);
}

void
peal_numbers_agent_set_error (PealNumbersAgent *self, const char *name, const char *message)
{
  g_set_str (&self->error_name, name);
  g_set_str (&self->error_message, message);
}

void
peal_numbers_agent_set_slow (PealNumbersAgent *self, gboolean slow)
{
  self->slow = slow;
  for (guint i = 0; !slow && i < self->held->len; i++)
    answer_samples (self, g_ptr_array_index (self->held, i));
  if (!slow)
    g_ptr_array_set_size (self->held, 0);
}

void
peal_numbers_agent_emit_changed (PealNumbersAgent *self, const char *kind, const char *id)
{
  peal_bus_agent_emit_changed (self->bus, kind, (const char *const[]){ id, NULL });
}

guint
peal_numbers_agent_count (PealNumbersAgent *self, const char *method)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->counts, method));
}

const char *
peal_numbers_agent_get_synced (PealNumbersAgent *self)
{
  return self->synced;
}

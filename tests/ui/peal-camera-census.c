/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-camera"

#include "peal-camera-private.h"

/* What ends late, by an answer that is still on its way, has so much time for it. */
#define LAST_US (3 * G_USEC_PER_SEC)

static GHashTable *alive; /* set of GtkWidget, which are not referenced */
static GHashTable *seen;  /* set of names of types */

static void
gone_cb (gpointer data, GObject *where_it_was)
{
  g_hash_table_remove (alive, where_it_was);
}

static void
count (GObject *widget)
{
  if (!g_str_has_prefix (G_OBJECT_TYPE_NAME (widget), "Peal") || !g_hash_table_add (alive, widget))
    return;
  g_hash_table_add (seen, (gpointer)G_OBJECT_TYPE_NAME (widget));
  g_object_weak_ref (widget, gone_cb, NULL);
}

static void
count_all (GtkWidget *widget)
{
  if (gtk_widget_get_realized (widget))
    count (G_OBJECT (widget));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    count_all (child);
}

static gboolean
realized_cb (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  count (g_value_get_object (values));
  return G_SOURCE_CONTINUE;
}

static gboolean
begin_cb (gpointer data)
{
  g_autoptr (GTypeClass) klass = NULL;
  GListModel *windows;

  if (!gtk_is_initialized ())
    return G_SOURCE_CONTINUE;
  klass = g_type_class_ref (GTK_TYPE_WIDGET);
  windows = gtk_window_get_toplevels ();
  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      count_all (window);
    }
  g_signal_add_emission_hook (g_signal_lookup ("realize", GTK_TYPE_WIDGET), 0, realized_cb, NULL, NULL);
  return G_SOURCE_REMOVE;
}

void
peal_camera_census_start (void)
{
  alive = g_hash_table_new (NULL, NULL);
  seen = g_hash_table_new (NULL, NULL);
  /* The program's first window is there by then, at most. */
  g_timeout_add_full (G_PRIORITY_HIGH, 1, begin_cb, NULL, NULL);
}

/* What libadwaita 1.7 keeps for good: what was in a dialog's sheet, the child of an AdwToggle, and one of an
 * AdwMultiLayoutView whose window changed while it was not shown. What hangs in such a rest of a library's is
 * held by nobody of ours. */
static gboolean
is_in_rest (GtkWidget *widget)
{
  static const char *const kept[] = { "PealCounterTile", "PealVideosView", NULL };
  GtkWidget *top = widget;

  while (gtk_widget_get_parent (top) != NULL)
    top = gtk_widget_get_parent (top);
  if (top == widget)
    return g_strv_contains (kept, G_OBJECT_TYPE_NAME (widget));
  return !GTK_IS_ROOT (top) && !g_str_has_prefix (G_OBJECT_TYPE_NAME (top), "Peal");
}

char *
peal_camera_census_report_alive (void)
{
  GString *text = g_string_new (NULL);
  GHashTableIter iter;
  gpointer widget;

  g_hash_table_iter_init (&iter, alive);
  while (g_hash_table_iter_next (&iter, &widget, NULL))
    if (!is_in_rest (widget))
      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", G_OBJECT_TYPE_NAME (widget));
  return g_string_free (text, FALSE);
}

char *
peal_camera_census_report_seen (void)
{
  g_autofree const char **names = (const char **)g_hash_table_get_keys_as_array (seen, NULL);

  return g_strjoinv (" ", (char **)names);
}

/* Each with what it is in and by how many they are held. */
static void
describe_alive (GString *text)
{
  GHashTableIter iter;
  gpointer widget;

  g_hash_table_iter_init (&iter, alive);
  while (g_hash_table_iter_next (&iter, &widget, NULL))
    for (GtkWidget *each = is_in_rest (widget) ? NULL : widget; each != NULL;
         each = gtk_widget_get_parent (each))
      g_string_append_printf (text, "%s%s (%u)", each == widget ? "; " : " in ", G_OBJECT_TYPE_NAME (each),
                              G_OBJECT (each)->ref_count);
}

/* When the program has ended by itself, nothing of its window may be left. */
__attribute__ ((destructor)) static void
end_census (void)
{
  gint64 end = g_get_monotonic_time () + LAST_US;
  g_autofree char *left = NULL;

  if (alive == NULL)
    return;
  do
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_free (left);
      left = peal_camera_census_report_alive ();
      g_usleep (1000);
    }
  while (left[0] != '\0' && g_get_monotonic_time () < end);
  if (left[0] != '\0')
    {
      g_autoptr (GString) text = g_string_new (NULL);

      describe_alive (text);
      g_warning ("Never finalized: %s", text->str);
    }
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-camera"

#include "peal-camera-private.h"

#include <gio/gio.h>
#include <math.h>

GtkWindow *
peal_camera_find_window (void)
{
  g_autoptr (GListModel) toplevels = NULL;
  GtkWindow *found = NULL;

  if (!gtk_is_initialized ())
    return NULL;
  toplevels = g_object_ref (gtk_window_get_toplevels ());
  for (guint i = 0; i < g_list_model_get_n_items (toplevels); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (toplevels, i);

      if (!gtk_widget_get_mapped (GTK_WIDGET (window)))
        continue;
      if (gtk_window_is_active (window))
        return window;
      found = window;
    }
  return found;
}

static void
append_widget (GtkSnapshot *snapshot, GtkWidget *widget, double x, double y)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (widget);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float)x, (float)y));
  gdk_paintable_snapshot (paintable, snapshot, gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  gtk_snapshot_restore (snapshot);
}

/* A popover has a surface of its own, whose place is told in that of its parent. @x, @y: where @parent, the
 * native that @widget is in, lies in the window. */
static void
find_popovers (GtkWidget *widget, GtkNative *parent, double x, double y, GArray *found)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      PealCameraPopover popover = { .widget = child };
      double parent_x, parent_y, own_x, own_y;
      GdkPopup *popup;

      if (!gtk_widget_get_mapped (child))
        continue;
      if (!GTK_IS_POPOVER (child))
        {
          find_popovers (child, parent, x, y, found);
          continue;
        }
      popup = GDK_POPUP (gtk_native_get_surface (GTK_NATIVE (child)));
      gtk_native_get_surface_transform (parent, &parent_x, &parent_y);
      gtk_native_get_surface_transform (GTK_NATIVE (child), &own_x, &own_y);
      popover.x = own_x + x + gdk_popup_get_position_x (popup) - parent_x;
      popover.y = own_y + y + gdk_popup_get_position_y (popup) - parent_y;
      g_array_append_val (found, popover);
      find_popovers (child, GTK_NATIVE (child), popover.x, popover.y, found);
    }
}

GArray *
peal_camera_find_popovers (GtkWindow *window)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (PealCameraPopover));

  find_popovers (GTK_WIDGET (window), GTK_NATIVE (window), 0, 0, found);
  return found;
}

static GskRenderNode *
draw (GtkWindow *window, gboolean shadow, int *width, int *height)
{
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  g_autoptr (GArray) popovers = peal_camera_find_popovers (window);
  GskRenderNode *node;
  double x, y;

  *width = gtk_widget_get_width (GTK_WIDGET (window));
  *height = gtk_widget_get_height (GTK_WIDGET (window));
  if (!shadow)
    {
      append_widget (snapshot, GTK_WIDGET (window), 0, 0);
      for (guint i = 0; i < popovers->len; i++)
        {
          PealCameraPopover *popover = &g_array_index (popovers, PealCameraPopover, i);

          append_widget (snapshot, popover->widget, popover->x, popover->y);
        }
      return gtk_snapshot_to_node (snapshot);
    }

  *width = gdk_surface_get_width (gtk_native_get_surface (GTK_NATIVE (window)));
  *height = gdk_surface_get_height (gtk_native_get_surface (GTK_NATIVE (window)));
  gtk_native_get_surface_transform (GTK_NATIVE (window), &x, &y);
  append_widget (snapshot, GTK_WIDGET (window), floor (x), floor (y));
  node = gtk_snapshot_to_node (snapshot);
  /* The paintable cuts at the window's edge, and the shadow lies outside. */
  if (node != NULL && gsk_render_node_get_node_type (node) == GSK_CLIP_NODE)
    {
      GskRenderNode *inside = gsk_render_node_ref (gsk_clip_node_get_child (node));

      gsk_render_node_unref (node);
      node = inside;
    }
  return node;
}

gboolean
peal_camera_shoot (GtkWindow *window,
                   const char *path,
                   double scale,
                   gboolean shadow,
                   int *width,
                   int *height,
                   GError **error)
{
  g_autoptr (GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_autoptr (GskRenderNode) node = draw (window, shadow, width, height);
  g_autoptr (GskRenderNode) scaled = NULL;
  /* NULL where nothing is to be scaled. */
  g_autoptr (GskTransform) transform = gsk_transform_scale (NULL, (float)scale, (float)scale);
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GBytes) png = NULL;

  if (node == NULL || *width <= 0 || *height <= 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the window shows nothing yet");
      return FALSE;
    }
  if (!gsk_renderer_realize (renderer, NULL, error))
    return FALSE;
  *width = (int)ceil (*width * scale);
  *height = (int)ceil (*height * scale);
  scaled = transform != NULL ? gsk_transform_node_new (node, transform) : gsk_render_node_ref (node);
  texture = gsk_renderer_render_texture (renderer, scaled, &GRAPHENE_RECT_INIT (0, 0, *width, *height));
  gsk_renderer_unrealize (renderer);
  png = gdk_texture_save_to_png_bytes (texture);
  return g_file_set_contents (path, g_bytes_get_data (png, NULL), g_bytes_get_size (png), error);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-caption.h"

#include <glib/gi18n.h>

#include "peal-caption.h"

/* From here on the counter warns. */
#define NEAR_UNITS (PEAL_CAPTION_MAX_UNITS - 100)

struct _PealComposeCaption
{
  GtkBox parent_instance;

  GtkTextTag *mark;

  GtkTextView *view;
  GtkTextBuffer *buffer;
  GtkLabel *counter;
  GtkWidget *not_sent;
};

G_DEFINE_FINAL_TYPE (PealComposeCaption, peal_compose_caption, GTK_TYPE_BOX)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static char *
dup_raw (PealComposeCaption *self)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (self->buffer, &start, &end);
  return gtk_text_buffer_get_text (self->buffer, &start, &end, FALSE);
}

static void
mark_text (PealComposeCaption *self, const char *text)
{
  const char *start, *end;
  GtkTextIter first, last;
  int offset = 0;

  gtk_text_buffer_get_bounds (self->buffer, &first, &last);
  gtk_text_buffer_remove_tag (self->buffer, self->mark, &first, &last);
  for (const char *p = text; peal_caption_find_mark (p, &start, &end); p = end)
    {
      offset += (int)g_utf8_pointer_to_offset (p, start);
      gtk_text_buffer_get_iter_at_offset (self->buffer, &first, offset);
      offset += (int)g_utf8_pointer_to_offset (start, end);
      gtk_text_buffer_get_iter_at_offset (self->buffer, &last, offset);
      gtk_text_buffer_apply_tag (self->buffer, self->mark, &first, &last);
    }
}

static void
show_count (PealComposeCaption *self, gsize units)
{
  /* Translators: the characters of a caption, and how many there may be: "12 / 2,200" */
  g_autofree char *text = g_strdup_printf (C_ ("caption counter", "%'d / %'d"), (int)MIN (units, G_MAXINT),
                                           PEAL_CAPTION_MAX_UNITS);
  gboolean over = units > PEAL_CAPTION_MAX_UNITS;
  gboolean near = !over && units >= NEAR_UNITS;
  g_autofree char *warning = NULL;

  gtk_label_set_label (self->counter, text);
  gtk_widget_set_css_classes (GTK_WIDGET (self->counter), (const char *[]){ "caption", "numeric",
                                                                            over   ? "error"
                                                                            : near ? "warning"
                                                                                   : "dimmed",
                                                                            NULL });
  /* Said while typing only once it matters. */
  if (over)
    warning = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d character too many",
                                            "%d characters too many", units - PEAL_CAPTION_MAX_UNITS),
                               (int)MIN (units - PEAL_CAPTION_MAX_UNITS, G_MAXINT));
  else if (near)
    warning = g_strdup_printf (g_dngettext (GETTEXT_PACKAGE, "%d character left", "%d characters left",
                                            PEAL_CAPTION_MAX_UNITS - units),
                               (int)(PEAL_CAPTION_MAX_UNITS - units));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->counter), warning);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  warning != NULL ? warning : "", -1);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_STATE_INVALID,
                               over ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static void
changed_cb (PealComposeCaption *self)
{
  g_autofree char *raw = dup_raw (self);
  g_autofree char *text = peal_caption_clean (raw);

  mark_text (self, raw);
  show_count (self, peal_caption_count_units (text));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
style_cb (PealComposeCaption *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  GdkRGBA colour;

  adw_accent_color_to_standalone_rgba (adw_style_manager_get_accent_color (manager),
                                       adw_style_manager_get_dark (manager), &colour);
  g_object_set (self->mark, "foreground-rgba", &colour, NULL);
}

static gboolean
peal_compose_caption_grab_focus (GtkWidget *widget)
{
  return gtk_widget_grab_focus (GTK_WIDGET (PEAL_COMPOSE_CAPTION (widget)->view));
}

static void
peal_compose_caption_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), PEAL_TYPE_COMPOSE_CAPTION);
  G_OBJECT_CLASS (peal_compose_caption_parent_class)->dispose (object);
}

static void
peal_compose_caption_class_init (PealComposeCaptionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = peal_compose_caption_dispose;
  widget_class->grab_focus = peal_compose_caption_grab_focus;
  signals[CHANGED] = g_signal_new ("changed", PEAL_TYPE_COMPOSE_CAPTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-compose-caption.ui");
  gtk_widget_class_bind_template_child (widget_class, PealComposeCaption, view);
  gtk_widget_class_bind_template_child (widget_class, PealComposeCaption, buffer);
  gtk_widget_class_bind_template_child (widget_class, PealComposeCaption, counter);
  gtk_widget_class_bind_template_child (widget_class, PealComposeCaption, not_sent);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
}

static void
peal_compose_caption_init (PealComposeCaption *self)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();

  gtk_widget_init_template (GTK_WIDGET (self));
  self->mark = gtk_text_buffer_create_tag (self->buffer, NULL, "weight", PANGO_WEIGHT_SEMIBOLD, NULL);
  g_signal_connect_object (manager, "notify::dark", G_CALLBACK (style_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (manager, "notify::accent-color", G_CALLBACK (style_cb), self, G_CONNECT_SWAPPED);
  style_cb (self);
  show_count (self, 0);
}

char *
peal_compose_caption_dup_text (PealComposeCaption *self)
{
  g_autofree char *raw = NULL;

  g_return_val_if_fail (PEAL_IS_COMPOSE_CAPTION (self), NULL);

  raw = dup_raw (self);
  return peal_caption_clean (raw);
}

void
peal_compose_caption_set_text (PealComposeCaption *self, const char *text)
{
  g_return_if_fail (PEAL_IS_COMPOSE_CAPTION (self));
  g_return_if_fail (text != NULL);

  gtk_text_buffer_set_text (self->buffer, text, -1);
}

void
peal_compose_caption_set_is_sent (PealComposeCaption *self, gboolean is_sent)
{
  g_return_if_fail (PEAL_IS_COMPOSE_CAPTION (self));

  gtk_widget_set_visible (self->not_sent, !is_sent);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-when-dialog.h"

#include "peal-when-editor.h"

struct _PealWhenDialog
{
  AdwDialog parent_instance;

  PealSession *session;
  gint64 due;

  PealWhenEditor *editor;
  GtkWidget *move_button;
};

G_DEFINE_FINAL_TYPE (PealWhenDialog, peal_when_dialog, ADW_TYPE_DIALOG)

typedef enum
{
  PROP_SESSION = 1,
  PROP_DUE,
} PealWhenDialogProps;

static GParamSpec *properties[PROP_DUE + 1];

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
changed_cb (PealWhenDialog *self)
{
  gtk_widget_set_sensitive (self->move_button,
                            peal_when_editor_get_choice (self->editor)->verdict == PEAL_WHEN_FINE);
}

static void
cancel_cb (PealWhenDialog *self)
{
  adw_dialog_close (ADW_DIALOG (self));
}

static void
move_cb (PealWhenDialog *self)
{
  const PealWhenChoice *choice = peal_when_editor_get_choice (self->editor);

  if (choice->verdict != PEAL_WHEN_FINE)
    {
      changed_cb (self);
      return;
    }
  g_signal_emit (self, signals[CHOSEN], 0, choice->due, peal_when_editor_get_zone (self->editor));
  adw_dialog_close (ADW_DIALOG (self));
}

static void
peal_when_dialog_constructed (GObject *object)
{
  PealWhenDialog *self = PEAL_WHEN_DIALOG (object);

  G_OBJECT_CLASS (peal_when_dialog_parent_class)->constructed (object);
  g_assert (PEAL_IS_SESSION (self->session));
  peal_when_editor_set_session (self->editor, self->session);
  if (self->due > peal_session_get_now (self->session))
    peal_when_editor_set_due (self->editor, self->due);
  changed_cb (self);
}

static void
peal_when_dialog_dispose (GObject *object)
{
  PealWhenDialog *self = PEAL_WHEN_DIALOG (object);

  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_WHEN_DIALOG);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_when_dialog_parent_class)->dispose (object);
}

static void
peal_when_dialog_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PealWhenDialog *self = PEAL_WHEN_DIALOG (object);

  switch ((PealWhenDialogProps)id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_DUE:
      g_value_set_int64 (value, self->due);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_when_dialog_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealWhenDialog *self = PEAL_WHEN_DIALOG (object);

  switch ((PealWhenDialogProps)id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    case PROP_DUE:
      self->due = g_value_get_int64 (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_when_dialog_class_init (PealWhenDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags =
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->constructed = peal_when_dialog_constructed;
  object_class->dispose = peal_when_dialog_dispose;
  object_class->get_property = peal_when_dialog_get_property;
  object_class->set_property = peal_when_dialog_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, PEAL_TYPE_SESSION, flags);
  properties[PROP_DUE] = g_param_spec_int64 ("due", NULL, NULL, -1, G_MAXINT64, -1, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
  signals[CHOSEN] = g_signal_new ("chosen", PEAL_TYPE_WHEN_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 2, G_TYPE_INT64, G_TYPE_STRING);

  g_type_ensure (PEAL_TYPE_WHEN_EDITOR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-when-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PealWhenDialog, editor);
  gtk_widget_class_bind_template_child (widget_class, PealWhenDialog, move_button);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, cancel_cb);
  gtk_widget_class_bind_template_callback (widget_class, move_cb);
}

static void
peal_when_dialog_init (PealWhenDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
peal_when_dialog_new (PealSession *session, gint64 due)
{
  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);

  return g_object_new (PEAL_TYPE_WHEN_DIALOG, "session", session, "due", MAX (due, -1), NULL);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-post-dialog.h"

#include <glib/gi18n.h>

#include "peal-post-facts.h"
#include "peal-post-row.h"
#include "peal-sentence.h"

struct _PealPostDialog
{
  AdwDialog parent_instance;

  PealSession *session;
  gint64 id;
  PealPostItem *post; /* (nullable): before it was read */
  GPtrArray *rows;    /* (element-type GtkWidget): those that are made anew with what is read */
  GCancellable *cancellable;
  guint reading; /* number of the last call; an older one that answers later is not looked at */

  GtkStack *stack;
  AdwStatusPage *error_page;
  AdwBin *row_bin;
  AdwPreferencesGroup *facts;
  AdwPreferencesGroup *tiktok;
  AdwExpanderRow *history;
};

G_DEFINE_FINAL_TYPE (PealPostDialog, peal_post_dialog, ADW_TYPE_DIALOG)

typedef enum
{
  PROP_SESSION = 1,
  PROP_POST,
} PealPostDialogProps;

static GParamSpec *properties[PROP_POST + 1];

typedef struct
{
  GWeakRef dialog;
  guint reading;
} Reading;

static void
reading_free (Reading *self)
{
  g_weak_ref_clear (&self->dialog);
  g_free (self);
}

static void
fill_group (PealPostDialog *self, AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_add (group, g_ptr_array_index (rows, i));
  gtk_widget_set_visible (GTK_WIDGET (group), rows->len > 0);
}

static void
clear_rows (PealPostDialog *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      GtkWidget *group = gtk_widget_get_ancestor (row, ADW_TYPE_PREFERENCES_GROUP);
      GtkWidget *expander = gtk_widget_get_ancestor (row, ADW_TYPE_EXPANDER_ROW);

      if (expander != NULL)
        adw_expander_row_remove (ADW_EXPANDER_ROW (expander), row);
      else
        adw_preferences_group_remove (ADW_PREFERENCES_GROUP (group), row);
    }
  g_ptr_array_set_size (self->rows, 0);
}

static void
show_post (PealPostDialog *self, GVariant *dict)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (GPtrArray) tiktok = NULL;
  g_autoptr (GPtrArray) events = NULL;

  if (self->post == NULL)
    {
      GtkWidget *row = peal_post_row_new (self->session);

      self->post = peal_post_item_new (dict);
      peal_post_item_set_practice (self->post,
                                   peal_client_get_practice (peal_session_get_client (self->session)));
      peal_post_row_set_post (PEAL_POST_ROW (row), self->post);
      adw_bin_set_child (self->row_bin, row);
    }
  else
    peal_post_item_update (self->post, dict);
  facts = peal_post_facts_create_rows (self->post, peal_session_get_now (self->session), zone);
  tiktok = peal_post_facts_create_tiktok_rows (self->post, dict);
  events = peal_post_facts_create_event_rows (dict, zone);
  clear_rows (self);
  fill_group (self, self->facts, facts);
  fill_group (self, self->tiktok, tiktok);
  for (guint i = 0; i < events->len; i++)
    adw_expander_row_add_row (self->history, g_ptr_array_index (events, i));
  g_ptr_array_extend (self->rows, facts, NULL, NULL);
  g_ptr_array_extend (self->rows, tiktok, NULL, NULL);
  g_ptr_array_extend (self->rows, events, NULL, NULL);
  gtk_stack_set_visible_child_name (self->stack, "post");
}

static void
show_error (PealPostDialog *self, const GError *error)
{
  g_autofree char *sentence = NULL;
  g_autofree char *markup = NULL;

  if (self->post != NULL)
    return;
  sentence = peal_sentence_for_error (error);
  markup = g_markup_escape_text (sentence, -1);
  adw_status_page_set_description (self->error_page, markup);
  gtk_stack_set_visible_child_name (self->stack, "error");
}

static DexFuture *
read_cb (DexFuture *future, gpointer user_data)
{
  Reading *reading = user_data;
  g_autoptr (PealPostDialog) self = g_weak_ref_get (&reading->dialog);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);
  GVariant *reply = value != NULL ? g_value_get_variant (value) : NULL;

  if (self == NULL || reading->reading != self->reading)
    return dex_future_new_true ();
  if (reply == NULL)
    show_error (self, error);
  else if (g_variant_is_of_type (reply, G_VARIANT_TYPE ("(a{sv})")))
    {
      g_autoptr (GVariant) dict = g_variant_get_child_value (reply, 0);

      show_post (self, dict);
    }
  return dex_future_new_true ();
}

static void
read_post (PealPostDialog *self)
{
  Reading *reading = NULL;

  if (peal_agent_link_get_state (peal_session_get_link (self->session)) != PEAL_LINK_READY)
    return;
  reading = g_new0 (Reading, 1);
  g_weak_ref_init (&reading->dialog, self);
  reading->reading = ++self->reading;
  dex_future_disown (
      dex_future_finally (peal_client_call (peal_session_get_client (self->session), "GetPost",
                                            g_variant_new ("(x)", self->id), self->cancellable),
                          read_cb, reading, (GDestroyNotify)reading_free));
}

static void
changed_cb (PealPostDialog *self, const char *kind, const char *const *ids)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, self->id);

  if (g_str_equal (kind, "post") && (ids == NULL || ids[0] == NULL || g_strv_contains (ids, id)))
    read_post (self);
}

static void
progress_cb (PealPostDialog *self)
{
  guint64 bytes, total;

  if (self->post != NULL
      && peal_client_get_progress (peal_session_get_client (self->session), self->id, &bytes, &total))
    peal_post_item_set_progress (self->post, bytes, total);
}

static void
peal_post_dialog_constructed (GObject *object)
{
  PealPostDialog *self = PEAL_POST_DIALOG (object);
  PealAgentLink *link = NULL;

  G_OBJECT_CLASS (peal_post_dialog_parent_class)->constructed (object);
  g_assert (PEAL_IS_SESSION (self->session));
  link = peal_session_get_link (self->session);
  g_signal_connect_object (link, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "progress", G_CALLBACK (progress_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (link, "ready", G_CALLBACK (read_post), self, G_CONNECT_SWAPPED);
  read_post (self);
}

static void
peal_post_dialog_dispose (GObject *object)
{
  PealPostDialog *self = PEAL_POST_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->rows, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_POST_DIALOG);
  g_clear_object (&self->post);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_post_dialog_parent_class)->dispose (object);
}

static void
peal_post_dialog_finalize (GObject *object)
{
  PealPostDialog *self = PEAL_POST_DIALOG (object);

  g_clear_pointer (&self->rows, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (peal_post_dialog_parent_class)->finalize (object);
}

static void
peal_post_dialog_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PealPostDialog *self = PEAL_POST_DIALOG (object);

  switch ((PealPostDialogProps)id)
    {
    case PROP_SESSION:
      g_value_set_object (value, self->session);
      break;
    case PROP_POST:
      g_value_set_int64 (value, self->id);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_post_dialog_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealPostDialog *self = PEAL_POST_DIALOG (object);

  switch ((PealPostDialogProps)id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    case PROP_POST:
      self->id = g_value_get_int64 (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_post_dialog_class_init (PealPostDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags =
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->constructed = peal_post_dialog_constructed;
  object_class->dispose = peal_post_dialog_dispose;
  object_class->finalize = peal_post_dialog_finalize;
  object_class->get_property = peal_post_dialog_get_property;
  object_class->set_property = peal_post_dialog_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, PEAL_TYPE_SESSION, flags);
  properties[PROP_POST] = g_param_spec_int64 ("post", NULL, NULL, G_MININT64, G_MAXINT64, 0, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-post-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, PealPostDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, PealPostDialog, error_page);
  gtk_widget_class_bind_template_child (widget_class, PealPostDialog, row_bin);
  gtk_widget_class_bind_template_child (widget_class, PealPostDialog, facts);
  gtk_widget_class_bind_template_child (widget_class, PealPostDialog, tiktok);
  gtk_widget_class_bind_template_child (widget_class, PealPostDialog, history);
}

static void
peal_post_dialog_init (PealPostDialog *self)
{
  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

AdwDialog *
peal_post_dialog_new (PealSession *session, gint64 post)
{
  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);

  return g_object_new (PEAL_TYPE_POST_DIALOG, "session", session, "post", post, NULL);
}

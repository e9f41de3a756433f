/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-post-row.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "peal-post-actions.h"
#include "peal-post-deeds.h"
#include "peal-post-text.h"
#include "peal-sentence.h"
#include "peal-time-text.h"

#define POSTER_SIDE 216

struct _PealPostRow
{
  GtkWidget parent_instance;

  PealSession *session;
  PealPostItem *post;
  gulong changed_id;
  char *description;
  gint64 poster_cover_ms; /* of the poster that is shown or on its way; G_MININT64 without one */

  AdwBin *poster_place;
  GtkPicture *poster;
  AdwWrapBox *heading;
  GtkBox *words;
  GtkLabel *time;
  GtkImage *state_icon;
  GtkLabel *state;
  GtkLabel *caption;
  GtkLabel *account;
  GtkMenuButton *menu;

  /* Few posts have these, and a list makes many rows: NULL until one is needed. */
  GtkWidget *sandbox;
  GtkWidget *progress;
  GtkWidget *problem;
  GtkWidget *deed;
  gint64 acted_post; /* the number of the post that the actions are of; 0 without actions */
};

G_DEFINE_FINAL_TYPE (PealPostRow, peal_post_row, GTK_TYPE_WIDGET)

typedef enum
{
  PROP_SESSION = 1,
  PROP_DESCRIPTION,
} PealPostRowProps;

static GParamSpec *properties[PROP_DESCRIPTION + 1];

/* A poster that arrives for a row which shows another post or cover by then is not shown. */
typedef struct
{
  GWeakRef row;
  gint64 post, cover_ms;
} Waiting;

static void
waiting_free (Waiting *self)
{
  g_weak_ref_clear (&self->row);
  g_free (self);
}

/* @poster (nullable): NULL while it is not there. */
static void
show_poster (PealPostRow *self, GdkPaintable *poster)
{
  gtk_picture_set_paintable (self->poster, poster);
  adw_bin_set_child (self->poster_place, NULL);
}

static void
show_no_poster (PealPostRow *self)
{
  GtkWidget *icon = g_object_new (GTK_TYPE_IMAGE, "icon-name", "video-x-generic-symbolic", "pixel-size", 24,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);

  gtk_widget_add_css_class (icon, "dimmed");
  adw_bin_set_child (self->poster_place, icon);
}

static DexFuture *
poster_cb (DexFuture *future, gpointer user_data)
{
  Waiting *waiting = user_data;
  g_autoptr (PealPostRow) row = g_weak_ref_get (&waiting->row);
  g_autoptr (GError) error = NULL;
  const GValue *value = dex_future_get_value (future, &error);

  if (error != NULL)
    g_debug ("No poster of post %" G_GINT64_FORMAT ": %s", waiting->post, error->message);
  if (row == NULL || row->post == NULL || peal_post_item_get_id (row->post) != waiting->post
      || row->poster_cover_ms != waiting->cover_ms)
    return dex_future_new_true ();
  if (value != NULL)
    show_poster (row, g_value_get_object (value));
  else
    show_no_poster (row);
  return dex_future_new_true ();
}

static void
load_poster (PealPostRow *self)
{
  Waiting *waiting = NULL;

  /* A list makes more rows than it shows; those wait until they are seen. */
  if (!gtk_widget_get_mapped (GTK_WIDGET (self))
      || self->poster_cover_ms == peal_post_item_get_options (self->post)->cover_ms)
    return;
  waiting = g_new0 (Waiting, 1);
  g_weak_ref_init (&waiting->row, self);
  waiting->post = peal_post_item_get_id (self->post);
  waiting->cover_ms = self->poster_cover_ms = peal_post_item_get_options (self->post)->cover_ms;
  dex_future_disown (
      dex_future_finally (peal_pictures_load_poster (peal_session_get_pictures (self->session), waiting->post,
                                                     self->poster_cover_ms, POSTER_SIDE),
                          poster_cb, waiting, (GDestroyNotify)waiting_free));
}

static char *
describe_time (PealPostItem *post, GTimeZone *zone)
{
  gint64 instant = peal_post_item_get_instant (post);

  if (peal_post_item_get_state (post) == PEAL_POST_DRAFT && peal_post_item_get_due (post) < 0)
    return g_strdup (_ ("No time yet"));
  return peal_time_text_clock (instant, zone);
}

char *
peal_post_row_describe (PealPostItem *post, gint64 now, GTimeZone *zone)
{
  g_autofree char *title = peal_post_text_title (post);
  g_autofree char *when = peal_time_text_short (peal_post_item_get_instant (post), now, zone);
  const char *state = peal_sentence_for_state (peal_post_state_to_string (peal_post_item_get_state (post)));

  /* Translators: a post as a screen reader says it: caption, state, day and time, account */
  return g_strdup_printf (C_ ("post", "%s. %s, %s, %s"), title, state, when,
                          peal_post_item_get_account_name (post));
}

static void
set_state_style (PealPostRow *self, const char *style)
{
  const char *classes[] = { "heading", style, NULL };

  gtk_widget_set_css_classes (GTK_WIDGET (self->state), classes + 1);
  gtk_widget_set_css_classes (GTK_WIDGET (self->state_icon), classes + 1);
}

static void
ensure_actions (PealPostRow *self)
{
  g_autoptr (GSimpleActionGroup) actions = NULL;

  if (self->acted_post == peal_post_item_get_id (self->post))
    return;
  self->acted_post = peal_post_item_get_id (self->post);
  actions = peal_post_actions_new (self->session, self->post, GTK_WIDGET (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "post", G_ACTION_GROUP (actions));
}

/* A list takes a post out of its row and puts it back, or one that was fetched anew, while the menu is open:
 * that goes on with it. With another post the menu closes, so that nobody chooses for the wrong one. */
static void
renew_actions (PealPostRow *self)
{
  gboolean is_same = self->acted_post == peal_post_item_get_id (self->post);

  if (self->acted_post == 0)
    return;
  self->acted_post = 0;
  if (is_same)
    {
      ensure_actions (self);
      return;
    }
  gtk_menu_button_popdown (self->menu);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "post", NULL);
}

static void
show_sandbox (PealPostRow *self, gboolean shown)
{
  if (shown && self->sandbox == NULL)
    {
      self->sandbox = gtk_label_new (_ ("Sandbox"));
      gtk_widget_set_valign (self->sandbox, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (self->sandbox, "tag");
      gtk_widget_add_css_class (self->sandbox, "sandbox");
      adw_wrap_box_append (self->heading, self->sandbox);
    }
  if (self->sandbox != NULL)
    gtk_widget_set_visible (self->sandbox, shown);
}

static void
show_problem (PealPostRow *self, const char *text)
{
  if (text != NULL && self->problem == NULL)
    {
      self->problem = gtk_label_new (NULL);
      gtk_label_set_xalign (GTK_LABEL (self->problem), 0);
      gtk_label_set_wrap (GTK_LABEL (self->problem), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (self->problem), PANGO_WRAP_WORD_CHAR);
      gtk_box_insert_child_after (self->words, self->problem,
                                  self->progress != NULL ? self->progress : GTK_WIDGET (self->account));
    }
  if (self->problem == NULL)
    return;
  gtk_label_set_label (GTK_LABEL (self->problem), text);
  gtk_widget_set_visible (self->problem, text != NULL);
}

static void
show_deed (PealPostRow *self, PealDeed deed)
{
  g_autofree char *action = NULL;

  if (deed != PEAL_DEED_NONE && self->deed == NULL)
    {
      self->deed = gtk_button_new ();
      gtk_widget_set_halign (self->deed, GTK_ALIGN_START);
      gtk_widget_set_margin_top (self->deed, 3);
      gtk_button_set_can_shrink (GTK_BUTTON (self->deed), TRUE);
      gtk_button_set_use_underline (GTK_BUTTON (self->deed), TRUE);
      gtk_box_append (self->words, self->deed);
    }
  if (self->deed != NULL)
    gtk_widget_set_visible (self->deed, deed != PEAL_DEED_NONE);
  if (deed == PEAL_DEED_NONE)
    return;
  ensure_actions (self);
  action = g_strconcat ("post.", peal_deed_to_action (deed), NULL);
  gtk_button_set_label (GTK_BUTTON (self->deed), peal_deed_to_label (deed));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->deed), action);
}

static void
update_state (PealPostRow *self)
{
  PealPostState state = peal_post_item_get_state (self->post);
  g_autofree char *problem = peal_post_text_problem (self->post);

  gtk_image_set_from_icon_name (self->state_icon, peal_post_text_icon (state));
  gtk_label_set_label (self->state, peal_sentence_for_state (peal_post_state_to_string (state)));
  set_state_style (self, peal_post_text_style (state));
  show_problem (self, problem);
  show_deed (self, peal_post_deeds_choose (self->post));
}

static void
update_progress (PealPostRow *self)
{
  guint64 bytes, total;
  gboolean shown;

  peal_post_item_get_progress (self->post, &bytes, &total);
  shown = peal_post_item_get_state (self->post) == PEAL_POST_PUBLISHING && bytes > 0;
  if (shown && self->progress == NULL)
    {
      self->progress = gtk_progress_bar_new ();
      gtk_widget_set_margin_top (self->progress, 3);
      gtk_box_insert_child_after (self->words, self->progress, GTK_WIDGET (self->account));
    }
  if (self->progress == NULL)
    return;
  gtk_widget_set_visible (self->progress, shown);
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->progress),
                                 total > 0 ? (double)bytes / (double)total : 0);
}

static void
changed_cb (PealPostRow *self)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();
  g_autofree char *title = peal_post_text_title (self->post);
  g_autofree char *account = peal_post_text_account (self->post);
  g_autofree char *time = describe_time (self->post, zone);
  g_autofree char *label = peal_post_row_describe (self->post, peal_session_get_now (self->session), zone);

  gtk_label_set_label (self->time, time);
  gtk_label_set_label (self->caption, title);
  gtk_label_set_label (self->account, account);
  show_sandbox (self, peal_post_item_get_environment (self->post) == PEAL_ENVIRONMENT_SANDBOX);
  if (g_set_str (&self->description, label))
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DESCRIPTION]);
  update_state (self);
  update_progress (self);
  load_poster (self);
}

static void
create_popup_cb (GtkMenuButton *button, gpointer user_data)
{
  PealPostRow *self = user_data;
  g_autoptr (GMenuModel) menu = NULL;

  if (self->post == NULL)
    return;
  ensure_actions (self);
  menu = peal_post_actions_create_menu (self->post);
  gtk_menu_button_set_menu_model (button, menu);
}

static void
peal_post_row_map (GtkWidget *widget)
{
  PealPostRow *self = PEAL_POST_ROW (widget);

  GTK_WIDGET_CLASS (peal_post_row_parent_class)->map (widget);
  if (self->post != NULL)
    load_poster (self);
}

static void
peal_post_row_dispose (GObject *object)
{
  PealPostRow *self = PEAL_POST_ROW (object);

  GtkWidget *child = NULL;

  peal_post_row_set_post (self, NULL);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_POST_ROW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->session);
  g_clear_pointer (&self->description, g_free);
  G_OBJECT_CLASS (peal_post_row_parent_class)->dispose (object);
}

static void
peal_post_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch ((PealPostRowProps)id)
    {
    case PROP_SESSION:
      g_value_set_object (value, PEAL_POST_ROW (object)->session);
      break;
    case PROP_DESCRIPTION:
      g_value_set_string (value, PEAL_POST_ROW (object)->description);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_post_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch ((PealPostRowProps)id)
    {
    case PROP_SESSION:
      PEAL_POST_ROW (object)->session = g_value_dup_object (value);
      break;
    case PROP_DESCRIPTION:
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, PealPostRow, poster_place);
  gtk_widget_class_bind_template_child (widget_class, PealPostRow, poster);
  gtk_widget_class_bind_template_child (widget_class, PealPostRow, heading);
  gtk_widget_class_bind_template_child (widget_class, PealPostRow, words);
  gtk_widget_class_bind_template_child (widget_class, PealPostRow, time);
  gtk_widget_class_bind_template_child (widget_class, PealPostRow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, PealPostRow, state);
  gtk_widget_class_bind_template_child (widget_class, PealPostRow, caption);
  gtk_widget_class_bind_template_child (widget_class, PealPostRow, account);
  gtk_widget_class_bind_template_child (widget_class, PealPostRow, menu);
}

static void
peal_post_row_class_init (PealPostRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = peal_post_row_dispose;
  widget_class->map = peal_post_row_map;
  object_class->get_property = peal_post_row_get_property;
  object_class->set_property = peal_post_row_set_property;
  properties[PROP_SESSION] = g_param_spec_object ("session", NULL, NULL, PEAL_TYPE_SESSION,
                                                  G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                      | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_DESCRIPTION] = g_param_spec_string (
      "description", NULL, NULL, NULL, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/pealapp/Peal/ui/peal-post-row.ui");
  gtk_widget_class_set_css_name (widget_class, "postrow");
  bind_children (widget_class);
}

static void
peal_post_row_init (PealPostRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* The actions come late. What is in the row binds to the nearest place for actions that there is when it
   * looks for one, and does not hear of a nearer one that is made afterwards. */
  gtk_widget_insert_action_group (GTK_WIDGET (self), "post", NULL);
  gtk_menu_button_set_create_popup_func (self->menu, create_popup_cb, self, NULL);
}

GtkWidget *
peal_post_row_new (PealSession *session)
{
  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);

  return g_object_new (PEAL_TYPE_POST_ROW, "session", session, NULL);
}

void
peal_post_row_set_post (PealPostRow *self, PealPostItem *post)
{
  g_return_if_fail (PEAL_IS_POST_ROW (self));
  g_return_if_fail (post == NULL || PEAL_IS_POST_ITEM (post));

  if (self->post == post)
    return;
  if (self->post != NULL)
    g_clear_signal_handler (&self->changed_id, self->post);
  g_set_object (&self->post, post);
  if (post == NULL)
    return;
  renew_actions (self);
  self->changed_id =
      g_signal_connect_object (post, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  show_poster (self, NULL);
  self->poster_cover_ms = G_MININT64;
  changed_cb (self);
}

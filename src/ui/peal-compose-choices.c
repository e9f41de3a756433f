/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-choices.h"

#include <glib/gi18n.h>

#include "peal-compose-level.h"
#include "peal-compose-terms.h"

struct _PealComposeChoices
{
  GtkBox parent_instance;

  PealComposeCreator *creator; /* (nullable) */
  PealEnvironment environment;
  gboolean audited;
  char *level; /* (nullable): what is chosen */
  GListStore *levels;
  gboolean filling; /* what changes is not of the user's doing */

  AdwPreferencesGroup *group;
  AdwComboRow *privacy_row;
  AdwActionRow *comment_row, *duet_row, *stitch_row;
  GtkCheckButton *comment_check, *duet_check, *stitch_check;
  AdwSwitchRow *disclosure_row;
  AdwActionRow *brand_row, *branded_row, *label_row;
  GtkCheckButton *brand_check, *branded_check;
  AdwSwitchRow *ai_row;
};

G_DEFINE_FINAL_TYPE (PealComposeChoices, peal_compose_choices, GTK_TYPE_BOX)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static gboolean
is_branded (PealComposeChoices *self)
{
  return adw_switch_row_get_active (self->disclosure_row)
         && gtk_check_button_get_active (self->branded_check);
}

static gboolean
is_brand (PealComposeChoices *self)
{
  return adw_switch_row_get_active (self->disclosure_row) && gtk_check_button_get_active (self->brand_check);
}

static const char *
get_bar (PealComposeChoices *self, const char *level)
{
  return level[0] != '\0'
             ? peal_compose_privacy_bar (level, is_branded (self), self->environment, self->audited)
             : NULL;
}

static void
select_level (PealComposeChoices *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->levels));

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PealComposeLevel) item = g_list_model_get_item (G_LIST_MODEL (self->levels), i);

      if (g_str_equal (peal_compose_level_get_level (item), self->level != NULL ? self->level : ""))
        {
          adw_combo_row_set_selected (self->privacy_row, i);
          return;
        }
    }
}

static void
show_bars (PealComposeChoices *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->levels));
  gboolean restricted = FALSE;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (PealComposeLevel) item = g_list_model_get_item (G_LIST_MODEL (self->levels), i);
      const char *level = peal_compose_level_get_level (item);

      peal_compose_level_set_bar (item, get_bar (self, level));
      restricted |= self->environment == PEAL_ENVIRONMENT_PRODUCTION && !self->audited && level[0] != '\0';
    }
  adw_preferences_group_set_description (
      self->group, restricted ? _ ("TikTok has not audited your app yet. Until then only you can view its "
                                   "posts, and the account must be private when they go out.")
                              : NULL);
}

/* A box that the creator bars is there, empty and with the reason; one that was ticked before comes to be so.
 */
static void
bar_check (AdwActionRow *row, GtkCheckButton *check, gboolean known, gboolean disabled, const char *reason)
{
  gtk_widget_set_sensitive (GTK_WIDGET (check), known && !disabled);
  adw_action_row_set_subtitle (row, disabled ? reason : "");
  if (disabled)
    gtk_check_button_set_active (check, FALSE);
}

static void
show_checks (PealComposeChoices *self)
{
  const PealComposeCreator *creator = self->creator;
  gboolean known = creator != NULL;

  bar_check (self->comment_row, self->comment_check, known, known && creator->comment_disabled,
             _ ("This account has switched comments off in TikTok’s settings."));
  bar_check (self->duet_row, self->duet_check, known, known && creator->duet_disabled,
             _ ("This account is private, or has switched duets off in TikTok’s settings."));
  bar_check (self->stitch_row, self->stitch_check, known, known && creator->stitch_disabled,
             _ ("This account is private, or has switched stitches off in TikTok’s settings."));
}

static void
show_disclosure (PealComposeChoices *self)
{
  const char *bar = peal_compose_branded_bar (self->level);
  const char *label = peal_compose_label_sentence (is_brand (self), is_branded (self));
  gboolean barred = bar != NULL && !gtk_check_button_get_active (self->branded_check);

  gtk_widget_set_sensitive (GTK_WIDGET (self->branded_check), !barred);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->branded_row), barred ? bar : NULL);
  adw_action_row_set_subtitle (self->branded_row,
                               bar != NULL ? bar : _ ("You promote another brand or a third party."));
  gtk_widget_set_visible (GTK_WIDGET (self->label_row), label != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->label_row), label != NULL ? label : "");
}

static void
show (PealComposeChoices *self)
{
  self->filling = TRUE;
  show_checks (self);
  show_bars (self);
  show_disclosure (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->privacy_row), self->creator != NULL);
  self->filling = FALSE;
}

static void
changed (PealComposeChoices *self)
{
  show (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
changed_cb (PealComposeChoices *self)
{
  if (!self->filling)
    changed (self);
}

static void
disclosure_cb (PealComposeChoices *self)
{
  if (!adw_switch_row_get_active (self->disclosure_row))
    {
      self->filling = TRUE;
      gtk_check_button_set_active (self->brand_check, FALSE);
      gtk_check_button_set_active (self->branded_check, FALSE);
      self->filling = FALSE;
    }
  changed_cb (self);
}

static void
privacy_cb (PealComposeChoices *self)
{
  PealComposeLevel *item = adw_combo_row_get_selected_item (self->privacy_row);
  const char *level = NULL;

  if (self->filling || item == NULL)
    return;
  if (!peal_compose_level_is_choosable (item))
    {
      self->filling = TRUE;
      select_level (self);
      self->filling = FALSE;
      return;
    }
  level = peal_compose_level_get_level (item);
  g_set_str (&self->level, level[0] != '\0' ? level : NULL);
  changed (self);
}

static void
add_level (PealComposeChoices *self, const char *level)
{
  g_autoptr (PealComposeLevel) item = peal_compose_level_new (level);

  peal_compose_level_set_bar (item, get_bar (self, level));
  g_list_store_append (self->levels, item);
}

/* The creator's list as it is; before it is known, what was chosen earlier. A choice that is not on it, or is
 * barred, is taken back. */
static void
make_levels (PealComposeChoices *self)
{
  gboolean found = self->creator == NULL;

  self->filling = TRUE;
  g_list_store_remove_all (self->levels);
  add_level (self, "");
  if (self->creator != NULL)
    for (gsize i = 0; self->creator->privacy_levels[i] != NULL; i++)
      {
        const char *level = self->creator->privacy_levels[i];

        add_level (self, level);
        found |= g_strcmp0 (level, self->level) == 0 && get_bar (self, level) == NULL;
      }
  else if (self->level != NULL)
    add_level (self, self->level);
  if (!found)
    g_clear_pointer (&self->level, g_free);
  select_level (self);
  self->filling = FALSE;
}

static void
peal_compose_choices_dispose (GObject *object)
{
  PealComposeChoices *self = PEAL_COMPOSE_CHOICES (object);

  self->filling = TRUE;
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_COMPOSE_CHOICES);
  g_clear_object (&self->levels);
  G_OBJECT_CLASS (peal_compose_choices_parent_class)->dispose (object);
}

static void
peal_compose_choices_finalize (GObject *object)
{
  PealComposeChoices *self = PEAL_COMPOSE_CHOICES (object);

  g_clear_pointer (&self->creator, peal_compose_creator_free);
  g_clear_pointer (&self->level, g_free);
  G_OBJECT_CLASS (peal_compose_choices_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-compose-choices.ui");
  gtk_widget_class_bind_template_child (widget_class, PealComposeChoices, group);
  gtk_widget_class_bind_template_child (widget_class, PealComposeChoices, privacy_row);
  gtk_widget_class_bind_template_child (widget_class, PealComposeChoices, comment_row);
  gtk_widget_class_bind_template_child (widget_class, PealComposeChoices, comment_check);
  gtk_widget_class_bind_template_child (widget_class, PealComposeChoices, duet_row);
  gtk_widget_class_bind_template_child (widget_class, PealComposeChoices, duet_check);
  gtk_widget_class_bind_template_child (widget_class, PealComposeChoices, stitch_row);
  gtk_widget_class_bind_template_child (widget_class, PealComposeChoices, stitch_check);
  gtk_widget_class_bind_template_child (widget_class, PealComposeChoices, disclosure_row);
  gtk_widget_class_bind_template_child (widget_class, PealComposeChoices, brand_row);
  gtk_widget_class_bind_template_child (widget_class, PealComposeChoices, brand_check);
  gtk_widget_class_bind_template_child (widget_class, PealComposeChoices, branded_row);
  gtk_widget_class_bind_template_child (widget_class, PealComposeChoices, branded_check);
  gtk_widget_class_bind_template_child (widget_class, PealComposeChoices, label_row);
  gtk_widget_class_bind_template_child (widget_class, PealComposeChoices, ai_row);
  gtk_widget_class_bind_template_callback (widget_class, privacy_cb);
  gtk_widget_class_bind_template_callback (widget_class, changed_cb);
  gtk_widget_class_bind_template_callback (widget_class, disclosure_cb);
}

static void
peal_compose_choices_class_init (PealComposeChoicesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = peal_compose_choices_dispose;
  object_class->finalize = peal_compose_choices_finalize;
  signals[CHANGED] = g_signal_new ("changed", PEAL_TYPE_COMPOSE_CHOICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  g_type_ensure (PEAL_TYPE_COMPOSE_LEVEL);
  bind_template (widget_class);
}

static void
peal_compose_choices_init (PealComposeChoices *self)
{
  self->levels = g_list_store_new (PEAL_TYPE_COMPOSE_LEVEL);
  self->filling = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
  adw_combo_row_set_model (self->privacy_row, G_LIST_MODEL (self->levels));
  self->filling = FALSE;
  make_levels (self);
  show (self);
}

void
peal_compose_choices_set_creator (PealComposeChoices *self, const PealComposeCreator *creator)
{
  g_return_if_fail (PEAL_IS_COMPOSE_CHOICES (self));

  if (self->creator == NULL && creator == NULL)
    return;
  g_clear_pointer (&self->creator, peal_compose_creator_free);
  self->creator = creator != NULL ? peal_compose_creator_copy (creator) : NULL;
  make_levels (self);
  changed (self);
}

void
peal_compose_choices_set_app (PealComposeChoices *self, PealEnvironment environment, gboolean audited)
{
  g_return_if_fail (PEAL_IS_COMPOSE_CHOICES (self));

  if (self->environment == environment && self->audited == audited)
    return;
  self->environment = environment;
  self->audited = audited;
  make_levels (self);
  changed (self);
}

void
peal_compose_choices_set_options (PealComposeChoices *self, const PealPostOptions *options)
{
  g_return_if_fail (PEAL_IS_COMPOSE_CHOICES (self));
  g_return_if_fail (options != NULL);

  self->filling = TRUE;
  g_set_str (&self->level, options->privacy_level);
  gtk_check_button_set_active (self->comment_check, options->allow_comment);
  gtk_check_button_set_active (self->duet_check, options->allow_duet);
  gtk_check_button_set_active (self->stitch_check, options->allow_stitch);
  adw_switch_row_set_active (self->disclosure_row, options->your_brand || options->branded_content);
  gtk_check_button_set_active (self->brand_check, options->your_brand);
  gtk_check_button_set_active (self->branded_check, options->branded_content);
  adw_switch_row_set_active (self->ai_row, options->ai_generated);
  make_levels (self);
  changed (self);
}

void
peal_compose_choices_fill_options (PealComposeChoices *self, PealPostOptions *options)
{
  g_return_if_fail (PEAL_IS_COMPOSE_CHOICES (self));
  g_return_if_fail (options != NULL);

  g_set_str (&options->privacy_level, self->level);
  options->allow_comment = gtk_check_button_get_active (self->comment_check);
  options->allow_duet = gtk_check_button_get_active (self->duet_check);
  options->allow_stitch = gtk_check_button_get_active (self->stitch_check);
  options->your_brand = is_brand (self);
  options->branded_content = is_branded (self);
  options->ai_generated = adw_switch_row_get_active (self->ai_row);
}

void
peal_compose_choices_forget_privacy (PealComposeChoices *self)
{
  g_return_if_fail (PEAL_IS_COMPOSE_CHOICES (self));

  g_clear_pointer (&self->level, g_free);
  make_levels (self);
  changed (self);
}

gboolean
peal_compose_choices_is_disclosed (PealComposeChoices *self)
{
  g_return_val_if_fail (PEAL_IS_COMPOSE_CHOICES (self), FALSE);

  return adw_switch_row_get_active (self->disclosure_row);
}

void
peal_compose_choices_focus_privacy (PealComposeChoices *self)
{
  g_return_if_fail (PEAL_IS_COMPOSE_CHOICES (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->privacy_row));
}

void
peal_compose_choices_focus_disclosure (PealComposeChoices *self)
{
  g_return_if_fail (PEAL_IS_COMPOSE_CHOICES (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->brand_check));
}

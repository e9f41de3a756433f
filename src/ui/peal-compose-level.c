/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-compose-level.h"

#include <glib/gi18n.h>

#include "peal-post-text.h"

struct _PealComposeLevel
{
  GObject parent_instance;

  char *level;
  char *bar; /* never NULL */
};

G_DEFINE_FINAL_TYPE (PealComposeLevel, peal_compose_level, G_TYPE_OBJECT)

typedef enum
{
  PROP_TITLE = 1,
  PROP_BAR,
  PROP_CHOOSABLE,
  PROP_BARRED,
} PealComposeLevelProps;

static GParamSpec *properties[PROP_BARRED + 1];

static void
peal_compose_level_finalize (GObject *object)
{
  PealComposeLevel *self = PEAL_COMPOSE_LEVEL (object);

  g_clear_pointer (&self->level, g_free);
  g_clear_pointer (&self->bar, g_free);
  G_OBJECT_CLASS (peal_compose_level_parent_class)->finalize (object);
}

static void
peal_compose_level_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PealComposeLevel *self = PEAL_COMPOSE_LEVEL (object);

  switch ((PealComposeLevelProps)id)
    {
    case PROP_TITLE:
      g_value_set_string (value, self->level[0] != '\0' ? peal_privacy_level_text (self->level)
                                                        : _ ("Choose who can view"));
      break;
    case PROP_BAR:
      g_value_set_string (value, self->bar);
      break;
    case PROP_CHOOSABLE:
      g_value_set_boolean (value, peal_compose_level_is_choosable (self));
      break;
    case PROP_BARRED:
      g_value_set_boolean (value, !peal_compose_level_is_choosable (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_compose_level_class_init (PealComposeLevelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->finalize = peal_compose_level_finalize;
  object_class->get_property = peal_compose_level_get_property;
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_BAR] = g_param_spec_string ("bar", NULL, NULL, NULL, flags);
  properties[PROP_CHOOSABLE] = g_param_spec_boolean ("choosable", NULL, NULL, TRUE, flags);
  properties[PROP_BARRED] = g_param_spec_boolean ("barred", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
peal_compose_level_init (PealComposeLevel *self)
{
  self->bar = g_strdup ("");
}

PealComposeLevel *
peal_compose_level_new (const char *level)
{
  PealComposeLevel *self = NULL;

  g_return_val_if_fail (level != NULL, NULL);

  self = g_object_new (PEAL_TYPE_COMPOSE_LEVEL, NULL);
  self->level = g_strdup (level);
  return self;
}

const char *
peal_compose_level_get_level (PealComposeLevel *self)
{
  g_return_val_if_fail (PEAL_IS_COMPOSE_LEVEL (self), "");

  return self->level;
}

void
peal_compose_level_set_bar (PealComposeLevel *self, const char *bar)
{
  g_return_if_fail (PEAL_IS_COMPOSE_LEVEL (self));

  if (!g_set_str (&self->bar, bar != NULL ? bar : ""))
    return;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BAR]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHOOSABLE]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BARRED]);
}

gboolean
peal_compose_level_is_choosable (PealComposeLevel *self)
{
  g_return_val_if_fail (PEAL_IS_COMPOSE_LEVEL (self), FALSE);

  return self->bar[0] == '\0';
}

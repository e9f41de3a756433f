/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-session.h"

#include "peal-error.h"
#include "peal-sentence.h"

struct _PealSession
{
  GObject parent_instance;

  PealAgentLink *link;
  PealMediaRunner *runner;
  PealClock *clock;
  GSettings *settings;
  PealAccountList *accounts;
  PealPictures *pictures;
  PealUndo *undo;
};

G_DEFINE_FINAL_TYPE (PealSession, peal_session, G_TYPE_OBJECT)

typedef enum
{
  PROP_LINK = 1,
  PROP_RUNNER,
  PROP_CLOCK,
  PROP_SETTINGS,
} PealSessionProps;

static GParamSpec *properties[PROP_SETTINGS + 1];

enum
{
  SAID,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
peal_session_constructed (GObject *object)
{
  PealSession *self = PEAL_SESSION (object);

  G_OBJECT_CLASS (peal_session_parent_class)->constructed (object);
  g_assert (PEAL_IS_AGENT_LINK (self->link));
  g_assert (PEAL_IS_MEDIA_RUNNER (self->runner));
  g_assert (PEAL_IS_CLOCK (self->clock));
  g_assert (G_IS_SETTINGS (self->settings));
  self->accounts = peal_account_list_new (self->link);
  self->pictures = peal_pictures_new (self->link, self->runner);
  self->undo = peal_undo_new ();
  g_settings_bind (self->settings, "remote-pictures", self->pictures, "remote", G_SETTINGS_BIND_GET);
}

static void
peal_session_dispose (GObject *object)
{
  PealSession *self = PEAL_SESSION (object);

  g_clear_object (&self->accounts);
  g_clear_object (&self->pictures);
  g_clear_object (&self->undo);
  g_clear_object (&self->link);
  g_clear_object (&self->runner);
  g_clear_object (&self->clock);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (peal_session_parent_class)->dispose (object);
}

static void
peal_session_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  PealSession *self = PEAL_SESSION (object);

  switch ((PealSessionProps)id)
    {
    case PROP_LINK:
      g_value_set_object (value, self->link);
      break;
    case PROP_RUNNER:
      g_value_set_object (value, self->runner);
      break;
    case PROP_CLOCK:
      g_value_set_object (value, self->clock);
      break;
    case PROP_SETTINGS:
      g_value_set_object (value, self->settings);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_session_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealSession *self = PEAL_SESSION (object);

  switch ((PealSessionProps)id)
    {
    case PROP_LINK:
      self->link = g_value_dup_object (value);
      break;
    case PROP_RUNNER:
      self->runner = g_value_dup_object (value);
      break;
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    case PROP_SETTINGS:
      self->settings = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_session_class_init (PealSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags =
      G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->constructed = peal_session_constructed;
  object_class->dispose = peal_session_dispose;
  object_class->get_property = peal_session_get_property;
  object_class->set_property = peal_session_set_property;

  properties[PROP_LINK] = g_param_spec_object ("link", NULL, NULL, PEAL_TYPE_AGENT_LINK, flags);
  properties[PROP_RUNNER] = g_param_spec_object ("runner", NULL, NULL, PEAL_TYPE_MEDIA_RUNNER, flags);
  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, PEAL_TYPE_CLOCK, flags);
  properties[PROP_SETTINGS] = g_param_spec_object ("settings", NULL, NULL, G_TYPE_SETTINGS, flags);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  signals[SAID] = g_signal_new ("said", PEAL_TYPE_SESSION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
peal_session_init (PealSession *self)
{
}

PealSession *
peal_session_new (PealAgentLink *link, PealMediaRunner *runner, PealClock *clock, GSettings *settings)
{
  return g_object_new (PEAL_TYPE_SESSION, "link", link, "runner", runner, "clock", clock, "settings",
                       settings, NULL);
}

PealAgentLink *
peal_session_get_link (PealSession *self)
{
  g_return_val_if_fail (PEAL_IS_SESSION (self), NULL);

  return self->link;
}

PealClient *
peal_session_get_client (PealSession *self)
{
  g_return_val_if_fail (PEAL_IS_SESSION (self), NULL);

  return peal_agent_link_get_client (self->link);
}

PealAccountList *
peal_session_get_accounts (PealSession *self)
{
  g_return_val_if_fail (PEAL_IS_SESSION (self), NULL);

  return self->accounts;
}

PealPictures *
peal_session_get_pictures (PealSession *self)
{
  g_return_val_if_fail (PEAL_IS_SESSION (self), NULL);

  return self->pictures;
}

PealMediaRunner *
peal_session_get_runner (PealSession *self)
{
  g_return_val_if_fail (PEAL_IS_SESSION (self), NULL);

  return self->runner;
}

PealClock *
peal_session_get_clock (PealSession *self)
{
  g_return_val_if_fail (PEAL_IS_SESSION (self), NULL);

  return self->clock;
}

GSettings *
peal_session_get_settings (PealSession *self)
{
  g_return_val_if_fail (PEAL_IS_SESSION (self), NULL);

  return self->settings;
}

PealUndo *
peal_session_get_undo (PealSession *self)
{
  g_return_val_if_fail (PEAL_IS_SESSION (self), NULL);

  return self->undo;
}

gint64
peal_session_get_now (PealSession *self)
{
  g_return_val_if_fail (PEAL_IS_SESSION (self), 0);

  return peal_clock_get_real_us (self->clock);
}

void
peal_session_say (PealSession *self, const char *text)
{
  g_return_if_fail (PEAL_IS_SESSION (self));
  g_return_if_fail (text != NULL);

  g_signal_emit (self, signals[SAID], 0, text);
}

void
peal_session_say_error (PealSession *self, const GError *error)
{
  g_autofree char *sentence = NULL;

  g_return_if_fail (PEAL_IS_SESSION (self));
  g_return_if_fail (error != NULL);

  if (g_error_matches (error, PEAL_ERROR, PEAL_ERROR_CANCELLED)
      || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  sentence = peal_sentence_for_error (error);
  peal_session_say (self, sentence);
}

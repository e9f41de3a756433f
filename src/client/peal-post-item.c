/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-post-item.h"

#include "peal-dict-private.h"
#include "peal-share-url-private.h"

struct _PealPostItem
{
  GObject parent_instance;

  gint64 id, group;
  PealPostState state;
  PealHoldReason hold_reason;
  gint64 due, created_at, ended_at, published_at;
  char *zone;
  char *account, *username, *display_name;
  PealEnvironment environment;
  PealPostOptions *options;
  char *media_name;
  PealMediaFacts *facts;
  char *share_url;
  PealShareUrl share_class;
  gboolean is_practice;
  char *error_reason, *error_message, *error_log_id;
  guint64 progress_bytes, progress_total;
};

G_DEFINE_FINAL_TYPE (PealPostItem, peal_post_item, G_TYPE_OBJECT)

static guint changed_signal;

typedef struct
{
  const char *state, *hold_reason, *zone, *account, *username, *display_name, *environment, *share_url;
  gint64 id, group, due, created_at, ended_at, published_at;
  GVariant *media, *error, *progress;
} Said;

#define MEMBER(name, type) { #name, PEAL_DICT_##type, G_STRUCT_OFFSET (Said, name), NULL }
#define VALUE(name, signature) { #name, PEAL_DICT_VALUE, G_STRUCT_OFFSET (Said, name), signature }

static const PealDictMember members[] = {
  MEMBER (state, TEXT),       MEMBER (hold_reason, TEXT),   MEMBER (zone, TEXT),
  MEMBER (account, TEXT),     MEMBER (username, TEXT),      MEMBER (display_name, TEXT),
  MEMBER (environment, TEXT), MEMBER (share_url, TEXT),     MEMBER (id, INT64),
  MEMBER (group, INT64),      MEMBER (due, INT64),          MEMBER (created_at, INT64),
  MEMBER (ended_at, INT64),   MEMBER (published_at, INT64), VALUE (media, "a{sv}"),
  VALUE (error, "a{sv}"),     VALUE (progress, "(tt)"),     { NULL },
};

typedef struct
{
  const char *code, *message, *log_id;
} SaidError;

static const PealDictMember error_members[] = {
  { "code", PEAL_DICT_TEXT, G_STRUCT_OFFSET (SaidError, code), NULL },
  { "message", PEAL_DICT_TEXT, G_STRUCT_OFFSET (SaidError, message), NULL },
  { "log_id", PEAL_DICT_TEXT, G_STRUCT_OFFSET (SaidError, log_id), NULL },
  { NULL },
};

typedef struct
{
  const char *name;
} SaidMedia;

static const PealDictMember media_members[] = {
  { "name", PEAL_DICT_TEXT, G_STRUCT_OFFSET (SaidMedia, name), NULL },
  { NULL },
};

static gboolean
take_numbers (PealPostItem *self, const Said *said)
{
  gboolean is_new = FALSE;

  is_new |= peal_set_int64 (&self->id, said->id);
  is_new |= peal_set_int64 (&self->group, said->group);
  is_new |= peal_set_int64 (&self->due, said->due);
  is_new |= peal_set_int64 (&self->created_at, said->created_at);
  is_new |= peal_set_int64 (&self->ended_at, said->ended_at);
  is_new |= peal_set_int64 (&self->published_at, said->published_at);
  return is_new;
}

/* A post whose state nobody knows is one to look at. */
static gboolean
take_words (PealPostItem *self, const Said *said)
{
  PealPostState state = PEAL_POST_NEEDS_REVIEW;
  PealHoldReason hold_reason = PEAL_HOLD_NONE;
  PealEnvironment environment = PEAL_ENVIRONMENT_PRODUCTION;
  gboolean is_new;

  peal_post_state_from_string (said->state, &state);
  peal_hold_reason_from_string (said->hold_reason, &hold_reason);
  peal_environment_from_string (said->environment, &environment);
  is_new = self->state != state || self->hold_reason != hold_reason || self->environment != environment;
  self->state = state;
  self->hold_reason = hold_reason;
  self->environment = environment;
  return is_new;
}

static gboolean
take_texts (PealPostItem *self, const Said *said)
{
  PealShareUrl share_class = peal_share_url_classify (said->share_url);
  gboolean is_new = FALSE;

  is_new |= g_set_str (&self->zone, peal_text_or_null (said->zone));
  is_new |= g_set_str (&self->account, said->account != NULL ? said->account : "");
  is_new |= g_set_str (&self->username, peal_text_or_null (said->username));
  is_new |= g_set_str (&self->display_name, peal_text_or_null (said->display_name));
  is_new |= g_set_str (&self->share_url, share_class != PEAL_SHARE_URL_REFUSED ? said->share_url : NULL);
  self->share_class = share_class;
  return is_new;
}

static gboolean
take_error (PealPostItem *self, GVariant *dict)
{
  g_auto (PealDictHold) hold = PEAL_DICT_HOLD_INIT;
  SaidError said = { NULL };
  gboolean is_new = FALSE;

  if (dict != NULL)
    peal_dict_read (dict, error_members, &said, &hold);
  is_new |= g_set_str (&self->error_reason, peal_text_or_null (said.code));
  is_new |= g_set_str (&self->error_message, peal_text_or_null (said.message));
  is_new |= g_set_str (&self->error_log_id, peal_text_or_null (said.log_id));
  return is_new;
}

static gboolean
are_equal_facts (const PealMediaFacts *a, const PealMediaFacts *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return a->size == b->size && a->duration_us == b->duration_us && a->width == b->width
         && a->height == b->height && a->rotation == b->rotation && a->fps_num == b->fps_num
         && a->fps_den == b->fps_den && g_strcmp0 (a->container, b->container) == 0
         && g_strcmp0 (a->video_codec, b->video_codec) == 0
         && g_strcmp0 (a->audio_codec, b->audio_codec) == 0;
}

static gboolean
take_media (PealPostItem *self, GVariant *dict)
{
  g_auto (PealDictHold) hold = PEAL_DICT_HOLD_INIT;
  g_autoptr (PealMediaFacts) facts = NULL;
  SaidMedia said = { NULL };
  gboolean is_new;

  if (dict != NULL)
    {
      peal_dict_read (dict, media_members, &said, &hold);
      facts = peal_media_facts_from_variant (dict, NULL);
    }
  is_new = g_set_str (&self->media_name, said.name != NULL ? said.name : "");
  if (are_equal_facts (self->facts, facts))
    return is_new;
  g_clear_pointer (&self->facts, peal_media_facts_free);
  self->facts = g_steal_pointer (&facts);
  return TRUE;
}

static gboolean
are_equal_options (const PealPostOptions *a, const PealPostOptions *b)
{
  return a->share_type == b->share_type && a->allow_comment == b->allow_comment
         && a->allow_duet == b->allow_duet && a->allow_stitch == b->allow_stitch
         && a->your_brand == b->your_brand && a->branded_content == b->branded_content
         && a->ai_generated == b->ai_generated && a->cover_ms == b->cover_ms
         && g_str_equal (a->caption, b->caption) && g_strcmp0 (a->privacy_level, b->privacy_level) == 0;
}

/* One that makes no sense does not take the others along. */
static void
apply_singly (PealPostOptions *options, GVariant *dict)
{
  for (gsize i = 0; i < g_variant_n_children (dict); i++)
    {
      g_autoptr (GVariant) entry = g_variant_get_child_value (dict, i);
      g_autoptr (GVariant) single =
          g_variant_ref_sink (g_variant_new_array (G_VARIANT_TYPE ("{sv}"), &entry, 1));

      peal_post_options_apply (options, single, NULL);
    }
}

static gboolean
take_options (PealPostItem *self, GVariant *dict)
{
  g_autoptr (PealPostOptions) options = peal_post_options_new ();

  if (!peal_post_options_apply (options, dict, NULL))
    apply_singly (options, dict);
  if (are_equal_options (self->options, options))
    return FALSE;
  g_clear_pointer (&self->options, peal_post_options_free);
  self->options = g_steal_pointer (&options);
  return TRUE;
}

static gboolean
take_progress (PealPostItem *self, guint64 bytes, guint64 total)
{
  gboolean is_new = self->progress_bytes != bytes || self->progress_total != total;

  self->progress_bytes = bytes;
  self->progress_total = total;
  return is_new;
}

static void
peal_post_item_finalize (GObject *object)
{
  PealPostItem *self = PEAL_POST_ITEM (object);

  g_clear_pointer (&self->zone, g_free);
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->username, g_free);
  g_clear_pointer (&self->display_name, g_free);
  g_clear_pointer (&self->options, peal_post_options_free);
  g_clear_pointer (&self->media_name, g_free);
  g_clear_pointer (&self->facts, peal_media_facts_free);
  g_clear_pointer (&self->share_url, g_free);
  g_clear_pointer (&self->error_reason, g_free);
  g_clear_pointer (&self->error_message, g_free);
  g_clear_pointer (&self->error_log_id, g_free);
  G_OBJECT_CLASS (peal_post_item_parent_class)->finalize (object);
}

static void
peal_post_item_class_init (PealPostItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = peal_post_item_finalize;

  changed_signal =
      g_signal_new ("changed", PEAL_TYPE_POST_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
peal_post_item_init (PealPostItem *self)
{
  self->due = self->created_at = self->ended_at = self->published_at = -1;
  self->account = g_strdup ("");
  self->media_name = g_strdup ("");
  self->options = peal_post_options_new ();
}

PealPostItem *
peal_post_item_new (GVariant *dict)
{
  PealPostItem *self = NULL;

  g_return_val_if_fail (dict != NULL && g_variant_is_of_type (dict, G_VARIANT_TYPE_VARDICT), NULL);

  self = g_object_new (PEAL_TYPE_POST_ITEM, NULL);
  peal_post_item_update (self, dict);
  return self;
}

void
peal_post_item_update (PealPostItem *self, GVariant *dict)
{
  g_auto (PealDictHold) hold = PEAL_DICT_HOLD_INIT;
  guint64 bytes = 0, total = 0;
  gboolean is_new = FALSE;
  Said said;

  g_return_if_fail (PEAL_IS_POST_ITEM (self));
  g_return_if_fail (dict != NULL && g_variant_is_of_type (dict, G_VARIANT_TYPE_VARDICT));

  peal_dict_read (dict, members, &said, &hold);
  if (said.progress != NULL)
    g_variant_get (said.progress, "(tt)", &bytes, &total);
  is_new |= take_numbers (self, &said);
  is_new |= take_words (self, &said);
  is_new |= take_texts (self, &said);
  is_new |= take_error (self, said.error);
  is_new |= take_media (self, said.media);
  is_new |= take_options (self, dict);
  is_new |= take_progress (self, bytes, total);
  if (is_new)
    g_signal_emit (self, changed_signal, 0);
}

void
peal_post_item_set_progress (PealPostItem *self, guint64 bytes, guint64 total)
{
  g_return_if_fail (PEAL_IS_POST_ITEM (self));

  if (take_progress (self, bytes, total))
    g_signal_emit (self, changed_signal, 0);
}

void
peal_post_item_set_practice (PealPostItem *self, gboolean is_practice)
{
  g_return_if_fail (PEAL_IS_POST_ITEM (self));

  self->is_practice = is_practice;
}

gint64
peal_post_item_get_instant (PealPostItem *self)
{
  g_return_val_if_fail (PEAL_IS_POST_ITEM (self), -1);

  if (self->published_at != -1)
    return self->published_at;
  if (self->ended_at != -1)
    return self->ended_at;
  return self->due != -1 ? self->due : self->created_at;
}

const char *
peal_post_item_get_account_name (PealPostItem *self)
{
  g_return_val_if_fail (PEAL_IS_POST_ITEM (self), "");

  return peal_first_text (self->display_name, self->username, self->account);
}

const char *
peal_post_item_get_share_url (PealPostItem *self)
{
  g_return_val_if_fail (PEAL_IS_POST_ITEM (self), NULL);

  return peal_share_url_is_open (self->share_class, self->is_practice) ? self->share_url : NULL;
}

void
peal_post_item_get_progress (PealPostItem *self, guint64 *bytes, guint64 *total)
{
  g_return_if_fail (PEAL_IS_POST_ITEM (self));

  if (bytes != NULL)
    *bytes = self->progress_bytes;
  if (total != NULL)
    *total = self->progress_total;
}

/* What is given as it is kept. */
#define GETTER(type, name, fallback)                                                                         \
  type peal_post_item_get_##name (PealPostItem *self)                                                        \
  {                                                                                                          \
    g_return_val_if_fail (PEAL_IS_POST_ITEM (self), fallback);                                               \
                                                                                                             \
    return self->name;                                                                                       \
  }

GETTER (gint64, id, 0)
GETTER (gint64, group, 0)
GETTER (PealPostState, state, PEAL_POST_DRAFT)
GETTER (PealHoldReason, hold_reason, PEAL_HOLD_NONE)
GETTER (gint64, due, -1)
GETTER (const char *, zone, NULL)
GETTER (gint64, created_at, -1)
GETTER (gint64, ended_at, -1)
GETTER (gint64, published_at, -1)
GETTER (const char *, account, "")
GETTER (const char *, username, NULL)
GETTER (PealEnvironment, environment, PEAL_ENVIRONMENT_PRODUCTION)
GETTER (const PealPostOptions *, options, NULL)
GETTER (const char *, media_name, "")
GETTER (const PealMediaFacts *, facts, NULL)
GETTER (const char *, error_reason, NULL)
GETTER (const char *, error_message, NULL)
GETTER (const char *, error_log_id, NULL)

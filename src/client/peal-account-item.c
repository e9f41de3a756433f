/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-account-item.h"

#include "peal-dict-private.h"
#include "peal-share-url-private.h"

struct _PealAccountItem
{
  GObject parent_instance;

  char *open_id;
  char *username, *display_name;
  PealEnvironment environment;
  PealAccountState state;
  PealScopes scopes;
  PealShareType share_type;
  gboolean is_verified, is_practice;
  char *avatar_url, *profile_url;
  PealShareUrl profile_class;
  gint64 connected_at, signed_in_until, sampled_at;
  gint64 follower_count, following_count, likes_count, video_count;
};

G_DEFINE_FINAL_TYPE (PealAccountItem, peal_account_item, G_TYPE_OBJECT)

static guint changed_signal;

typedef struct
{
  const char *open_id, *username, *display_name, *environment, *state, *share_type, *avatar_url, *profile_url;
  gboolean is_verified;
  gint64 connected_at, signed_in_until, sampled_at;
  gint64 follower_count, following_count, likes_count, video_count;
  GVariant *scopes;
} Said;

#define MEMBER(name, type) { #name, PEAL_DICT_##type, G_STRUCT_OFFSET (Said, name), NULL }

static const PealDictMember members[] = {
  MEMBER (open_id, TEXT),
  MEMBER (username, TEXT),
  MEMBER (display_name, TEXT),
  MEMBER (environment, TEXT),
  MEMBER (state, TEXT),
  MEMBER (share_type, TEXT),
  MEMBER (avatar_url, TEXT),
  MEMBER (profile_url, TEXT),
  MEMBER (is_verified, BOOLEAN),
  MEMBER (connected_at, INT64),
  MEMBER (signed_in_until, INT64),
  MEMBER (sampled_at, INT64),
  MEMBER (follower_count, INT64),
  MEMBER (following_count, INT64),
  MEMBER (likes_count, INT64),
  MEMBER (video_count, INT64),
  { "scopes", PEAL_DICT_VALUE, G_STRUCT_OFFSET (Said, scopes), "as" },
  { NULL },
};

static gboolean
take_words (PealAccountItem *self, const Said *said)
{
  PealEnvironment environment = PEAL_ENVIRONMENT_PRODUCTION;
  PealAccountState state = PEAL_ACCOUNT_DISCONNECTED;
  PealShareType share_type = PEAL_SHARE_DIRECT;
  PealScopes scopes = PEAL_SCOPE_NONE;
  gboolean is_new;

  peal_environment_from_string (said->environment, &environment);
  peal_account_state_from_string (said->state, &state);
  peal_share_type_from_string (said->share_type, &share_type);
  if (said->scopes != NULL)
    {
      g_autofree const char **words = g_variant_get_strv (said->scopes, NULL);
      g_autofree char *list = g_strjoinv (",", (char **)words);

      scopes = peal_scopes_from_string (list);
    }
  is_new = self->environment != environment || self->state != state || self->share_type != share_type
           || self->scopes != scopes || self->is_verified != said->is_verified;
  self->environment = environment;
  self->state = state;
  self->share_type = share_type;
  self->scopes = scopes;
  self->is_verified = said->is_verified;
  return is_new;
}

static gboolean
take_texts (PealAccountItem *self, const Said *said)
{
  PealShareUrl profile_class = peal_share_url_classify (said->profile_url);
  gboolean is_new = FALSE;

  is_new |= g_set_str (&self->username, peal_text_or_null (said->username));
  is_new |= g_set_str (&self->display_name, peal_text_or_null (said->display_name));
  is_new |= g_set_str (&self->avatar_url, peal_text_or_null (said->avatar_url));
  is_new |=
      g_set_str (&self->profile_url, profile_class != PEAL_SHARE_URL_REFUSED ? said->profile_url : NULL);
  self->profile_class = profile_class;
  return is_new;
}

static gboolean
take_numbers (PealAccountItem *self, const Said *said)
{
  gboolean is_new = FALSE;

  is_new |= peal_set_int64 (&self->connected_at, said->connected_at);
  is_new |= peal_set_int64 (&self->signed_in_until, said->signed_in_until);
  is_new |= peal_set_int64 (&self->sampled_at, said->sampled_at);
  is_new |= peal_set_int64 (&self->follower_count, MAX (said->follower_count, -1));
  is_new |= peal_set_int64 (&self->following_count, MAX (said->following_count, -1));
  is_new |= peal_set_int64 (&self->likes_count, MAX (said->likes_count, -1));
  is_new |= peal_set_int64 (&self->video_count, MAX (said->video_count, -1));
  return is_new;
}

static void
peal_account_item_finalize (GObject *object)
{
  PealAccountItem *self = PEAL_ACCOUNT_ITEM (object);

  g_clear_pointer (&self->open_id, g_free);
  g_clear_pointer (&self->username, g_free);
  g_clear_pointer (&self->display_name, g_free);
  g_clear_pointer (&self->avatar_url, g_free);
  g_clear_pointer (&self->profile_url, g_free);
  G_OBJECT_CLASS (peal_account_item_parent_class)->finalize (object);
}

static void
peal_account_item_class_init (PealAccountItemClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->finalize = peal_account_item_finalize;

  changed_signal = g_signal_new ("changed", PEAL_TYPE_ACCOUNT_ITEM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
peal_account_item_init (PealAccountItem *self)
{
  self->open_id = g_strdup ("");
}

PealAccountItem *
peal_account_item_new (GVariant *dict)
{
  PealAccountItem *self = NULL;

  g_return_val_if_fail (dict != NULL && g_variant_is_of_type (dict, G_VARIANT_TYPE_VARDICT), NULL);

  self = g_object_new (PEAL_TYPE_ACCOUNT_ITEM, NULL);
  peal_account_item_update (self, dict);
  return self;
}

void
peal_account_item_update (PealAccountItem *self, GVariant *dict)
{
  g_auto (PealDictHold) hold = PEAL_DICT_HOLD_INIT;
  gboolean is_new = FALSE;
  Said said;

  g_return_if_fail (PEAL_IS_ACCOUNT_ITEM (self));
  g_return_if_fail (dict != NULL && g_variant_is_of_type (dict, G_VARIANT_TYPE_VARDICT));

  peal_dict_read (dict, members, &said, &hold);
  is_new |= g_set_str (&self->open_id, said.open_id != NULL ? said.open_id : "");
  is_new |= take_texts (self, &said);
  is_new |= take_words (self, &said);
  is_new |= take_numbers (self, &said);
  if (is_new)
    g_signal_emit (self, changed_signal, 0);
}

void
peal_account_item_set_practice (PealAccountItem *self, gboolean is_practice)
{
  g_return_if_fail (PEAL_IS_ACCOUNT_ITEM (self));

  self->is_practice = is_practice;
}

const char *
peal_account_item_get_name (PealAccountItem *self)
{
  g_return_val_if_fail (PEAL_IS_ACCOUNT_ITEM (self), "");

  return peal_first_text (self->display_name, self->username, self->open_id);
}

gboolean
peal_account_item_is_verified (PealAccountItem *self)
{
  g_return_val_if_fail (PEAL_IS_ACCOUNT_ITEM (self), FALSE);

  return self->is_verified;
}

const char *
peal_account_item_get_profile_url (PealAccountItem *self)
{
  g_return_val_if_fail (PEAL_IS_ACCOUNT_ITEM (self), NULL);

  return peal_share_url_is_open (self->profile_class, self->is_practice) ? self->profile_url : NULL;
}

/* What is given as it is kept. */
#define GETTER(type, name, fallback)                                                                         \
  type peal_account_item_get_##name (PealAccountItem *self)                                                  \
  {                                                                                                          \
    g_return_val_if_fail (PEAL_IS_ACCOUNT_ITEM (self), fallback);                                            \
                                                                                                             \
    return self->name;                                                                                       \
  }

GETTER (const char *, open_id, "")
GETTER (const char *, username, NULL)
GETTER (PealEnvironment, environment, PEAL_ENVIRONMENT_PRODUCTION)
GETTER (PealAccountState, state, PEAL_ACCOUNT_DISCONNECTED)
GETTER (PealScopes, scopes, PEAL_SCOPE_NONE)
GETTER (PealShareType, share_type, PEAL_SHARE_DIRECT)
GETTER (const char *, avatar_url, NULL)
GETTER (gint64, connected_at, -1)
GETTER (gint64, signed_in_until, -1)
GETTER (gint64, sampled_at, -1)
GETTER (gint64, follower_count, -1)
GETTER (gint64, following_count, -1)
GETTER (gint64, likes_count, -1)
GETTER (gint64, video_count, -1)

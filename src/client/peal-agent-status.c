/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-client"

#include "config.h"

#include "peal-agent-status.h"

#include "peal-dict-private.h"
#include "peal-post.h"

G_DEFINE_BOXED_TYPE (PealAgentStatus, peal_agent_status, peal_agent_status_ref, peal_agent_status_unref)

static const char *const attention_words[] = { "post", "account", "keyring", "credentials", "storage" };

typedef struct
{
  const char *version, *server, *profile, *client_key_hint, *default_share_type, *keyring;
  gboolean practice, paused;
  guint64 media_bytes;
  GVariant *credentials, *counts, *next_due, *attention;
} Said;

#define MEMBER(name, type) { #name, PEAL_DICT_##type, G_STRUCT_OFFSET (Said, name), NULL }
#define VALUE(name, signature) { #name, PEAL_DICT_VALUE, G_STRUCT_OFFSET (Said, name), signature }

static const PealDictMember members[] = {
  MEMBER (version, TEXT),
  MEMBER (server, TEXT),
  MEMBER (profile, TEXT),
  MEMBER (client_key_hint, TEXT),
  MEMBER (default_share_type, TEXT),
  MEMBER (keyring, TEXT),
  MEMBER (practice, BOOLEAN),
  MEMBER (paused, BOOLEAN),
  MEMBER (media_bytes, UINT64),
  VALUE (credentials, "as"),
  VALUE (counts, "a{su}"),
  VALUE (next_due, "a{sv}"),
  VALUE (attention, "aa{sv}"),
  { NULL },
};

typedef struct
{
  gint64 id;
  const char *kind, *account, *reason;
} SaidAttention;

static const PealDictMember attention_members[] = {
  { "id", PEAL_DICT_INT64, G_STRUCT_OFFSET (SaidAttention, id), NULL },
  { "kind", PEAL_DICT_TEXT, G_STRUCT_OFFSET (SaidAttention, kind), NULL },
  { "account", PEAL_DICT_TEXT, G_STRUCT_OFFSET (SaidAttention, account), NULL },
  { "reason", PEAL_DICT_TEXT, G_STRUCT_OFFSET (SaidAttention, reason), NULL },
  { NULL },
};

static void
attention_free (PealAttention *self)
{
  g_clear_pointer (&self->account, g_free);
  g_clear_pointer (&self->reason, g_free);
  g_free (self);
}

static void
add_attention (PealAgentStatus *self, GVariant *dict)
{
  g_auto (PealDictHold) hold = PEAL_DICT_HOLD_INIT;
  SaidAttention said;
  PealAttention *attention = NULL;

  peal_dict_read (dict, attention_members, &said, &hold);
  for (guint kind = 0; said.kind != NULL && kind < G_N_ELEMENTS (attention_words); kind++)
    {
      if (!g_str_equal (attention_words[kind], said.kind))
        continue;
      attention = g_new0 (PealAttention, 1);
      attention->kind = (PealAttentionKind)kind;
      attention->post = MAX (said.id, 0);
      attention->account = g_strdup (peal_text_or_null (said.account));
      attention->reason = g_strdup (said.reason != NULL ? said.reason : "");
      g_ptr_array_add (self->attention, attention);
    }
}

static void
read_counts (PealAgentStatus *self, GVariant *counts)
{
  GVariantIter iter;
  const char *word;
  guint count;

  g_variant_iter_init (&iter, counts);
  while (g_variant_iter_next (&iter, "{&su}", &word, &count))
    {
      PealPostState state;

      if (peal_post_state_from_string (word, &state))
        self->counts[state] = count;
    }
}

static void
read_values (PealAgentStatus *self, Said *said)
{
  self->credentials =
      said->credentials != NULL ? g_variant_dup_strv (said->credentials, NULL) : g_new0 (char *, 1);
  if (said->counts != NULL)
    read_counts (self, said->counts);
  if (said->next_due != NULL)
    g_variant_lookup (said->next_due, "due", "x", &self->next_due);
  for (gsize i = 0; said->attention != NULL && i < g_variant_n_children (said->attention); i++)
    {
      g_autoptr (GVariant) dict = g_variant_get_child_value (said->attention, i);

      add_attention (self, dict);
    }
}

static char *
dup_or (const char *text, const char *fallback)
{
  return g_strdup (text != NULL ? text : fallback);
}

PealAgentStatus *
peal_agent_status_new (GVariant *dict)
{
  g_auto (PealDictHold) hold = PEAL_DICT_HOLD_INIT;
  PealAgentStatus *self = NULL;
  Said said;

  g_return_val_if_fail (dict != NULL && g_variant_is_of_type (dict, G_VARIANT_TYPE_VARDICT), NULL);

  G_STATIC_ASSERT (G_N_ELEMENTS (self->counts) == PEAL_POST_N_STATES);

  self = g_atomic_rc_box_new0 (PealAgentStatus);
  self->next_due = -1;
  self->attention = g_ptr_array_new_with_free_func ((GDestroyNotify)attention_free);
  peal_dict_read (dict, members, &said, &hold);
  self->version = dup_or (said.version, "");
  self->practice = said.practice;
  self->server = dup_or (said.server, "");
  self->profile = dup_or (said.profile, "production");
  self->client_key_hint = dup_or (said.client_key_hint, "");
  self->default_share_type = dup_or (said.default_share_type, "direct");
  self->paused = said.paused;
  self->keyring = dup_or (said.keyring, "unlocked");
  self->media_bytes = said.media_bytes;
  read_values (self, &said);
  return self;
}

PealAgentStatus *
peal_agent_status_ref (PealAgentStatus *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
clear (PealAgentStatus *self)
{
  g_clear_pointer (&self->version, g_free);
  g_clear_pointer (&self->server, g_free);
  g_clear_pointer (&self->profile, g_free);
  g_clear_pointer (&self->credentials, g_strfreev);
  g_clear_pointer (&self->client_key_hint, g_free);
  g_clear_pointer (&self->default_share_type, g_free);
  g_clear_pointer (&self->keyring, g_free);
  g_clear_pointer (&self->attention, g_ptr_array_unref);
}

void
peal_agent_status_unref (PealAgentStatus *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, (GDestroyNotify)clear);
}

gboolean
peal_agent_status_has_credentials (const PealAgentStatus *self, const char *environment)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (environment != NULL, FALSE);

  return g_strv_contains ((const char *const *)self->credentials, environment);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Dictionaries of the bus read into structures, in one pass and without copies: a page of posts has thousands
 * of members. What is missing, of another type or not known is as if it had not been said. */

typedef enum
{
  PEAL_DICT_TEXT,    /* const char *; NULL */
  PEAL_DICT_INT64,   /* gint64; -1 */
  PEAL_DICT_UINT64,  /* guint64; 0 */
  PEAL_DICT_BOOLEAN, /* gboolean; FALSE */
  PEAL_DICT_VALUE,   /* GVariant *; NULL */
} PealDictType;

typedef struct
{
  const char *name;
  PealDictType type;
  gsize offset;
  const char *signature; /* of a VALUE */
} PealDictMember;

#define PEAL_DICT_MAX_HELD 24

/* What texts and values that were read are lent from. A dictionary alone does not keep them: asked for
 * another of its members, it may put itself together anew. */
typedef struct
{
  guint n;
  GVariant *values[PEAL_DICT_MAX_HELD];
} PealDictHold;

#define PEAL_DICT_HOLD_INIT { 0 }
void peal_dict_hold_clear (PealDictHold *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PealDictHold, peal_dict_hold_clear)

/* @dict: a{sv}. @members: ends with a NULL name; no more than are held. @structure: every member that they
 * name is written; what it held before does not matter. @hold: keeps what @structure was lent. */
void peal_dict_read (GVariant *dict, const PealDictMember *members, gpointer structure, PealDictHold *hold);

/* The children of @list, an aa{sv}, one after the other: (transfer full) (nullable). NULL at the end, and at
 * once where @reply is not a tuple of just that. */
typedef struct
{
  GVariant *list;
  gsize index;
} PealDictIter;

#define PEAL_DICT_ITER_INIT { NULL, 0 }
/* Whether @reply (nullable) is a tuple of one list of dictionaries. */
gboolean peal_dict_iter_init (PealDictIter *self, GVariant *reply);
GVariant *peal_dict_iter_next (PealDictIter *self);
void peal_dict_iter_clear (PealDictIter *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PealDictIter, peal_dict_iter_clear)

/* For what an object keeps: sets @field, TRUE where that is something new. */
static inline gboolean
peal_set_int64 (gint64 *field, gint64 value)
{
  gboolean is_new = *field != value;

  *field = value;
  return is_new;
}

/* "" is none. */
static inline const char *
peal_text_or_null (const char *text)
{
  return text != NULL && text[0] != '\0' ? text : NULL;
}

/* The first of them that is a text with something in it; "" for none. */
static inline const char *
peal_first_text (const char *a, const char *b, const char *c)
{
  const char *text = peal_text_or_null (a);

  text = text != NULL ? text : peal_text_or_null (b);
  text = text != NULL ? text : peal_text_or_null (c);
  return text != NULL ? text : "";
}

G_END_DECLS

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-agent"

#include "config.h"

#include "peal-fiber.h"
#include "peal-journal-private.h"

/* No caption, not even one that grows when its case is folded, has more in it. */
#define MAX_TEXT_BYTES (16 * 1024)
/* So long may a search look through posts before others have their turn with the database. */
#define LOOK_US 5000

/* What an order goes by, as the indexes of version-002.sql have it. */
static const struct
{
  const char *key;
  gboolean descends;
} orders[] = {
  [PEAL_JOURNAL_BY_ID] = { "id", FALSE },
  [PEAL_JOURNAL_SOONEST] = { "coalesce (due, 9223372036854775807)", FALSE },
  [PEAL_JOURNAL_LATEST] = { "coalesce (published_at, ended_at, due, created_at)", TRUE },
};

/* A page on its way. Belongs to the fiber and to the database's thread in turn. */
typedef struct
{
  PealJournal *journal;
  char *sql;
  char *text;     /* folded; NULL for no search */
  gint64 key, id; /* of the post that was looked at last */
  guint limit;
  GPtrArray *posts; /* of GVariant */
  gboolean is_done;
} Listing;

static void
listing_clear (Listing *self)
{
  g_clear_object (&self->journal);
  g_clear_pointer (&self->sql, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->posts, g_ptr_array_unref);
}

static void
listing_unref (Listing *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify)listing_clear);
}

/* What is no text becomes nothing. */
static void
append_folded (GString *folded, const char *text, gssize length)
{
  g_autofree char *plain = g_utf8_normalize (text, length, G_NORMALIZE_ALL);
  g_autofree char *low = plain != NULL ? g_utf8_casefold (plain, -1) : NULL;

  if (low != NULL)
    g_string_append (folded, low);
}

/* (transfer full): @text without what case and composition make different. ASCII, which is most of what there
 * is, has an easy way; nothing of it composes with what is before it. */
static char *
fold (const char *text)
{
  g_autoptr (GString) folded = g_string_sized_new (strlen (text));

  while (*text != '\0')
    {
      const char *run = NULL;

      for (; *text != '\0' && (guchar)*text < 0x80; text++)
        g_string_append_c (folded, g_ascii_tolower (*text));
      run = text;
      while ((guchar)*text >= 0x80)
        text++;
      if (text > run)
        append_folded (folded, run, text - run);
    }
  return g_string_free_and_steal (g_steal_pointer (&folded));
}

static gboolean
has_text (const char *haystack, const char *folded)
{
  g_autofree char *text = haystack != NULL ? fold (haystack) : NULL;

  return text != NULL && strstr (text, folded) != NULL;
}

/* One state's posts come out of the index in their order; SQLite merges those of several. */
static void
append_state (GString *sql, const PealJournalFilter *filter, const char *condition)
{
  const char *key = orders[filter->order].key;
  const char *beyond = orders[filter->order].descends ? "<" : ">";

  g_string_append_printf (
      sql, "%sSELECT id, %s AS k FROM post WHERE %s AND %s %s= ?1 AND (%s %s ?1 OR id %s ?2)",
      sql->len > 0 ? " UNION ALL " : "", key, condition, key, beyond, key, beyond, beyond);
  if (filter->account != 0)
    g_string_append_printf (sql, " AND account_id = %" G_GINT64_FORMAT, filter->account);
  if (filter->group != 0)
    g_string_append_printf (sql, " AND group_id = %" G_GINT64_FORMAT, filter->group);
}

/* A group has few posts, whatever their states. */
static void
append_group (GString *sql, const PealJournalFilter *filter)
{
  g_autoptr (GString) condition = g_string_new ("+state IN (");

  for (int state = 0; state < PEAL_POST_N_STATES; state++)
    if (filter->states & PEAL_JOURNAL_STATE (state))
      g_string_append_printf (condition, "'%s', ", peal_post_state_to_string (state));
  g_string_append (condition, "'')");
  append_state (sql, filter, condition->str);
}

/* (transfer full) (nullable): picks ids in their order; NULL where nothing can be asked for. */
static char *
make_sql (const PealJournalFilter *filter)
{
  const gboolean all = (filter->states & PEAL_JOURNAL_ALL_STATES) == PEAL_JOURNAL_ALL_STATES;
  const char *direction = orders[filter->order].descends ? "DESC" : "ASC";
  g_autoptr (GString) sql = g_string_new (NULL);

  if (filter->group != 0)
    append_group (sql, filter);
  else if (all && filter->order == PEAL_JOURNAL_BY_ID)
    append_state (sql, filter, "TRUE");
  else
    for (int state = 0; state < PEAL_POST_N_STATES; state++)
      if (filter->states & PEAL_JOURNAL_STATE (state))
        {
          g_autofree char *condition = g_strdup_printf ("state = '%s'", peal_post_state_to_string (state));

          append_state (sql, filter, condition);
        }
  if (sql->len == 0)
    return NULL;
  g_string_append_printf (sql, " ORDER BY k %s, id %s", direction, direction);
  return g_string_free_and_steal (g_steal_pointer (&sql));
}

/* @statement for another id. FALSE where there is no such post, or with @error. */
static gboolean
find (sqlite3_stmt *statement, gint64 id, GError **error)
{
  sqlite3_reset (statement);
  sqlite3_bind_int64 (statement, 1, id);
  return peal_sql_step (statement, error);
}

/* @words: the texts of a post by its id. */
static gboolean
matches (Listing *self, sqlite3_stmt *words, gint64 id, GError **error)
{
  if (self->text == NULL)
    return TRUE;
  if (!find (words, id, error))
    return FALSE;
  for (int i = 0; i < sqlite3_column_count (words); i++)
    if (has_text (peal_sql_text (words, i), self->text))
      return TRUE;
  return FALSE;
}

static void
take (Listing *self, sqlite3_stmt *view)
{
  g_auto (GVariantBuilder) dict = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  peal_journal_begin_post (view, &dict);
  g_ptr_array_add (self->posts, g_variant_ref_sink (g_variant_builder_end (&dict)));
}

static void
look_at_next (Listing *self, sqlite3_stmt *ids, sqlite3_stmt *words, sqlite3_stmt *view, GError **error)
{
  if (!peal_sql_step (ids, error))
    {
      self->is_done = TRUE;
      return;
    }
  self->id = peal_sql_int (ids, 0, 0);
  self->key = peal_sql_int (ids, 1, 0);
  if (matches (self, words, self->id, error) && find (view, self->id, error))
    take (self, view);
  self->is_done = self->posts->len >= self->limit;
}

/* Goes on behind the post that was looked at last. Without a search a page is one transaction. */
static gboolean
look (sqlite3 *db, gpointer data, GValue *result, GError **error)
{
  Listing *self = data;
  const gint64 patience = g_get_monotonic_time () + LOOK_US;
  g_autoptr (GError) local = NULL;
  g_autoptr (sqlite3_stmt) ids = peal_sql_query (db, error, self->sql, "ii", self->key, self->id);
  g_autoptr (sqlite3_stmt) view = ids != NULL ? peal_journal_query_view (db, error) : NULL;
  g_autoptr (sqlite3_stmt) words =
      view != NULL ? peal_sql_query (
                         db, error,
                         "SELECT p.caption, m.name, '@' || a.username, a.display_name FROM post p JOIN "
                         "media m ON m.id = p.media_id JOIN account a ON a.id = p.account_id WHERE p.id = ?",
                         "i", G_GINT64_CONSTANT (0))
                   : NULL;

  if (words == NULL)
    return FALSE;
  /* However long the beginning took, each turn gets on. */
  do
    look_at_next (self, ids, words, view, &local);
  while (local == NULL && !self->is_done && (self->text == NULL || g_get_monotonic_time () < patience));
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static DexFuture *
list_fiber (gpointer data)
{
  Listing *self = data;
  g_auto (GVariantBuilder) list = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("aa{sv}"));
  g_autoptr (GError) error = NULL;

  while (!self->is_done)
    if (!dex_await (peal_database_run (self->journal->database, look, g_atomic_rc_box_acquire (self),
                                       (GDestroyNotify)listing_unref),
                    &error))
      return dex_future_new_for_error (g_steal_pointer (&error));
  for (guint i = 0; i < self->posts->len; i++)
    g_variant_builder_add_value (&list, g_ptr_array_index (self->posts, i));
  return dex_future_new_take_variant (g_variant_ref_sink (g_variant_builder_end (&list)));
}

static void
start_behind (Listing *self, const PealJournalFilter *filter)
{
  self->key = self->id = orders[filter->order].descends ? G_MAXINT64 : G_MININT64;
  if (filter->after <= 0)
    return;
  self->id = filter->after;
  self->key = filter->order == PEAL_JOURNAL_BY_ID ? filter->after : filter->after_instant;
}

DexFuture *
peal_journal_list_posts (PealJournal *self, const PealJournalFilter *filter, guint limit)
{
  static const PealJournalFilter all = PEAL_JOURNAL_FILTER_INIT;
  Listing *listing = NULL;

  dex_return_error_if_fail (PEAL_IS_JOURNAL (self));
  dex_return_error_if_fail (limit >= 1);

  if (filter == NULL)
    filter = &all;
  listing = g_atomic_rc_box_new0 (Listing);
  listing->journal = g_object_ref (self);
  listing->sql = make_sql (filter);
  listing->limit = limit;
  listing->posts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_variant_unref);
  if (filter->text != NULL && filter->text[0] != '\0')
    listing->text = strnlen (filter->text, MAX_TEXT_BYTES + 1) <= MAX_TEXT_BYTES ? fold (filter->text) : NULL;
  listing->is_done =
      listing->sql == NULL || (filter->text != NULL && filter->text[0] != '\0' && listing->text == NULL);
  start_behind (listing, filter);
  return peal_fiber_spawn_to_end (list_fiber, listing, (GDestroyNotify)listing_unref);
}

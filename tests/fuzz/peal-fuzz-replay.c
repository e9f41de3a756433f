/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "peal-fuzz.h"

/* PROGRAM CORPUS: runs the target over each file of the folder, then over changed files: the same changes
 * each time, and as many as fit into the time, up to a number. */

#define SEED 20261122
#define MAX_RUNS 300000
#define MAX_US (3 * G_USEC_PER_SEC)
#define MAX_BYTES 16384
#define MAX_CHANGES 6

static GPtrArray *
read_corpus (const char *folder)
{
  g_autoptr (GPtrArray) corpus = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort_values (names, (GCompareFunc)(void *)g_strcmp0);
  for (guint i = 0; i < names->len; i++)
    {
      char *text = NULL;
      gsize length;

      if (!g_file_get_contents (g_ptr_array_index (names, i), &text, &length, NULL))
        g_error ("Cannot read %s", (char *)g_ptr_array_index (names, i));
      g_ptr_array_add (corpus, g_bytes_new_take (text, length));
    }
  if (corpus->len == 0)
    g_error ("No corpus in %s", folder);

  return g_steal_pointer (&corpus);
}

static void
add_piece (GByteArray *input, GRand *random, GBytes *from)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (from, &size);
  guint start = size > 0 ? (guint)g_rand_int_range (random, 0, (gint32)size) : 0;
  guint length = size > start ? (guint)g_rand_int_range (random, 0, (gint32)(size - start) + 1) : 0;

  g_byte_array_append (input, data + start, length);
}

static void
change_once (GByteArray *input, GRand *random, GPtrArray *corpus)
{
  static const char marks[] = "\0\r\n\t \"\\{}[]:,%&=?/-+.0123456789eE\x7f\x80\xc3\xed\xff";
  guint at = (guint)g_rand_int_range (random, 0, (gint32)input->len + 1);
  guint8 mark = (guint8)marks[g_rand_int_range (random, 0, sizeof marks - 1)];
  guint length = (guint)g_rand_int_range (random, 1, 9);
  g_autoptr (GByteArray) tail = NULL;

  switch (g_rand_int_range (random, 0, 6))
    {
    case 0:
      if (at < input->len)
        input->data[at] ^= (guint8)(1 << g_rand_int_range (random, 0, 8));
      break;
    case 1:
      if (at < input->len)
        input->data[at] = mark;
      break;
    case 2:
      g_byte_array_remove_range (input, at, MIN (input->len - at, length));
      break;
    case 3:
      g_byte_array_set_size (input, at);
      break;
    default:
      tail = g_byte_array_new ();
      g_byte_array_append (tail, input->data + at, input->len - at);
      g_byte_array_set_size (input, at);
      if (g_rand_boolean (random))
        g_byte_array_append (input, &mark, 1);
      else
        add_piece (input, random, corpus->pdata[g_rand_int_range (random, 0, (gint32)corpus->len)]);
      g_byte_array_append (input, tail->data, tail->len);
      break;
    }
}

/* From memory of its exact size, so that a sanitizer sees each byte that is read too far. */
static void
run (const guint8 *data, gsize size)
{
  g_autofree guint8 *exact = g_memdup2 (data, size);

  LLVMFuzzerTestOneInput (exact, size);
}

static guint
run_changed (GPtrArray *corpus)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (SEED);
  gint64 end = g_get_monotonic_time () + MAX_US;
  guint n_runs = 0;

  for (; n_runs < MAX_RUNS && g_get_monotonic_time () < end; n_runs++)
    {
      GBytes *base = corpus->pdata[g_rand_int_range (random, 0, (gint32)corpus->len)];
      g_autoptr (GByteArray) input = g_byte_array_new ();

      g_byte_array_append (input, g_bytes_get_data (base, NULL), (guint)g_bytes_get_size (base));
      for (int n = g_rand_int_range (random, 1, MAX_CHANGES + 1); n > 0; n--)
        change_once (input, random, corpus);
      run (input->data, MIN (input->len, MAX_BYTES));
    }

  return n_runs;
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) corpus = NULL;

  g_assert_cmpint (argc, ==, 2);
  LLVMFuzzerInitialize (&argc, &argv);
  corpus = read_corpus (argv[1]);
  printf ("1..2\n");
  run (NULL, 0);
  for (guint i = 0; i < corpus->len; i++)
    run (g_bytes_get_data (corpus->pdata[i], NULL), g_bytes_get_size (corpus->pdata[i]));
  printf ("ok 1 - corpus of %u\n", corpus->len);
  printf ("ok 2 - changed %u times\n", run_changed (corpus));

  return 0;
}

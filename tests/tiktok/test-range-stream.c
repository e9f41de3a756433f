/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <unistd.h>

#include <glib/gstdio.h>

#include "peal-range-stream.h"

#define SIZE (1024 * 1024 + 7)

static char *
make_data (void)
{
  char *data = g_malloc (SIZE);

  for (gsize i = 0; i < SIZE; i++)
    data[i] = (char)(i * 31 + i / 251);

  return data;
}

static int
make_file (const char *data)
{
  g_autofree char *path = NULL;
  int fd = g_file_open_tmp ("peal-range-XXXXXX", &path, NULL);

  g_assert_cmpint (write (fd, data, SIZE), ==, SIZE);
  g_unlink (path);

  return fd;
}

static void
test_ranges (void)
{
  static const struct
  {
    gint64 offset;
    gint64 length;
  } cases[] = { { 0, SIZE }, { 0, 1 }, { SIZE - 1, 1 }, { 300000, 300001 }, { 262144, 262144 }, { 5, 0 } };
  g_autofree char *data = make_data ();
  g_autofree char *buffer = g_malloc (SIZE);
  g_autofd int fd = make_file (data);

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      _Atomic gint64 handed_on = -1;
      g_autoptr (PealRangeStream) stream =
          peal_range_stream_new (fd, cases[i].offset, cases[i].length, &handed_on);
      gsize n_bytes = 0;

      g_assert_false (peal_range_stream_has_begun (stream));
      g_assert_true (g_input_stream_read_all (G_INPUT_STREAM (stream), buffer, SIZE, &n_bytes, NULL, NULL));
      g_assert_cmpmem (buffer, n_bytes, data + cases[i].offset, (gsize)cases[i].length);
      g_assert_cmpint (g_input_stream_read (G_INPUT_STREAM (stream), buffer, 1, NULL, NULL), ==, 0);
      g_assert_cmpint (handed_on, ==, cases[i].offset + cases[i].length);
      g_assert_cmpint (peal_range_stream_has_begun (stream), ==, cases[i].length > 0);
      g_assert_false (peal_range_stream_has_failed (stream));
    }
}

static void
test_ends_early (void)
{
  g_autofree char *data = make_data ();
  g_autofree char *buffer = g_malloc (SIZE);
  g_autofd int fd = make_file (data);
  g_autoptr (PealRangeStream) stream = peal_range_stream_new (fd, SIZE - 10, 11, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (g_input_stream_read_all (G_INPUT_STREAM (stream), buffer, SIZE, NULL, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT);
  g_assert_true (peal_range_stream_has_failed (stream));
}

static void
test_unreadable (void)
{
  int ends[2];
  char c;

  g_assert_cmpint (pipe (ends), ==, 0);
  {
    g_autofd int reader = ends[0];
    g_autofd int writer = ends[1];
    g_autoptr (PealRangeStream) stream = peal_range_stream_new (reader, 0, 5, NULL);

    g_assert_cmpint (writer, >=, 0);
    g_assert_cmpint (g_input_stream_read (G_INPUT_STREAM (stream), &c, 1, NULL, NULL), ==, -1);
    g_assert_true (peal_range_stream_has_failed (stream));
  }
}

static void
test_cancelled (void)
{
  g_autofree char *data = make_data ();
  g_autofd int fd = make_file (data);
  g_autoptr (PealRangeStream) stream = peal_range_stream_new (fd, 0, 5, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  char c;

  g_cancellable_cancel (cancellable);
  g_assert_cmpint (g_input_stream_read (G_INPUT_STREAM (stream), &c, 1, cancellable, &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (peal_range_stream_has_failed (stream));
  g_assert_false (peal_range_stream_has_begun (stream));
}

/* The reader gets nothing and the shortcut all of it, also where the reader had begun. */
static void
test_shortcut (void)
{
  g_autofree char *data = make_data ();
  g_autofd int fd = make_file (data);

  for (gsize begun = 0; begun <= 5; begun += 5)
    {
      _Atomic gint64 handed_on = -1;
      g_autoptr (PealRangeStream) stream = peal_range_stream_new (fd, 3, SIZE - 3, &handed_on);
      g_autoptr (GOutputStream) output = g_memory_output_stream_new_resizable ();
      char buffer[5];

      g_assert_cmpint (g_input_stream_read (G_INPUT_STREAM (stream), buffer, begun, NULL, NULL), ==,
                       (gssize)begun);
      peal_range_stream_set_shortcut (stream, output);
      g_assert_cmpint (g_input_stream_read (G_INPUT_STREAM (stream), buffer, sizeof buffer, NULL, NULL), ==,
                       0);
      g_assert_cmpmem (g_memory_output_stream_get_data (G_MEMORY_OUTPUT_STREAM (output)),
                       g_memory_output_stream_get_data_size (G_MEMORY_OUTPUT_STREAM (output)),
                       data + 3 + begun, SIZE - 3 - begun);
      g_assert_cmpint (handed_on, ==, SIZE);
      g_assert_false (peal_range_stream_has_failed (stream));
    }
}

/* Some may have left, and it is not the file's fault. */
static void
test_shortcut_fails (void)
{
  g_autofree char *data = make_data ();
  g_autofree char *small = g_malloc (1000);
  g_autofd int fd = make_file (data);
  g_autoptr (PealRangeStream) stream = peal_range_stream_new (fd, 0, SIZE, NULL);
  g_autoptr (GOutputStream) output = g_memory_output_stream_new (small, 1000, NULL, NULL);
  g_autoptr (GError) error = NULL;
  char buffer[5];

  peal_range_stream_set_shortcut (stream, output);
  g_assert_cmpint (g_input_stream_read (G_INPUT_STREAM (stream), buffer, sizeof buffer, NULL, &error), ==,
                   -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
  g_assert_true (peal_range_stream_has_begun (stream));
  g_assert_false (peal_range_stream_has_failed (stream));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/range-stream/ranges", test_ranges);
  g_test_add_func ("/range-stream/ends-early", test_ends_early);
  g_test_add_func ("/range-stream/unreadable", test_unreadable);
  g_test_add_func ("/range-stream/cancelled", test_cancelled);
  g_test_add_func ("/range-stream/shortcut", test_shortcut);
  g_test_add_func ("/range-stream/shortcut-fails", test_shortcut_fails);

  return g_test_run ();
}

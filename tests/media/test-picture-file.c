/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "peal-error.h"
#include "peal-fake-clock.h"
#include "peal-media-folder.h"
#include "peal-media-runner.h"
#include "peal-test-fiber.h"

/* True pictures, made by ffmpeg, shown by the true program, in a sandbox and out of one. */

/* Red, green, blue and white: what is upright reads RGBW. */
#define QUARTERS                                                                                             \
  "-f lavfi -i 'color=white:s=128x192,format=rgb24,drawbox=w=64:h=96:c=red:t=fill,"                          \
  "drawbox=x=64:w=64:h=96:c=lime:t=fill,drawbox=y=96:w=64:h=96:c=blue:t=fill' -frames:v 1 "

static const struct
{
  const char *name;
  const char *arguments;
} pictures[] = {
  { "plain.jpg", QUARTERS "-pix_fmt yuvj444p -q:v 2" },
  { "halved.jpg", QUARTERS "-pix_fmt yuvj420p -q:v 2" },
  { "grey.jpg", QUARTERS "-pix_fmt gray -q:v 2" },
  { "plain.png", QUARTERS },
  { "deep.png", QUARTERS "-pix_fmt rgb48be" },
  { "interlaced.png", QUARTERS "-pred none -flags +ildct" },
  { "palette.png", QUARTERS "-pix_fmt pal8" },
  { "lossy.webp", QUARTERS "-c:v libwebp -q:v 95" },
  { "lossless.webp", QUARTERS "-c:v libwebp -lossless 1" },
  { "clear.png", "-f lavfi -i 'color=red@0.5:s=8x8,format=rgba' -frames:v 1" },
  { "clear.webp", "-f lavfi -i 'color=red@0.5:s=8x8,format=rgba' -frames:v 1 -c:v libwebp -lossless 1" },
  { "pixel.png", "-f lavfi -i color=red:s=1x1,format=rgb24 -frames:v 1" },
  { "long.png", "-f lavfi -i color=red:s=8192x1,format=rgb24 -frames:v 1" },
  { "too-long.png", "-f lavfi -i color=red:s=8193x1,format=rgb24 -frames:v 1" },
  { "large.jpg", "-f lavfi -i color=red:s=8192x8192 -frames:v 1" },
  { "moving.webp", "-f lavfi -i testsrc2=s=32x32:r=5:d=1 -c:v libwebp_anim -loop 0" },
  { "plain.gif", QUARTERS },
};

typedef struct
{
  const char *file;
  int max_side;
  int width, height; /* 0: the reason */
  const char *what;  /* its quarters, or the reason */
} Case;

static const Case cases[] = {
  { "plain.jpg", 2048, 128, 192, "RGBW" },
  { "plain.jpg", 192, 128, 192, "RGBW" },
  { "plain.jpg", 96, 64, 96, "RGBW" },
  { "plain.jpg", 1, 1, 1, NULL },
  /* What is left of it can be seen. */
  { "cut.jpg", 2048, 128, 192, NULL },
  { "halved.jpg", 2048, 128, 192, "RGBW" },
  { "grey.jpg", 2048, 128, 192, NULL },
  { "plain.png", 2048, 128, 192, "RGBW" },
  { "plain.png", 3, 2, 3, NULL },
  { "deep.png", 2048, 128, 192, "RGBW" },
  { "interlaced.png", 2048, 128, 192, "RGBW" },
  { "palette.png", 2048, 128, 192, "RGBW" },
  { "lossy.webp", 2048, 128, 192, "RGBW" },
  { "lossless.webp", 2048, 128, 192, "RGBW" },
  { "pixel.png", 2048, 1, 1, "RRRR" },
  { "long.png", 2048, 2048, 1, "RRRR" },
  { "large.jpg", 64, 64, 64, "RRRR" },
  { "exif-1.jpg", 2048, 128, 192, "RGBW" },
  { "exif-2.jpg", 2048, 128, 192, "GRWB" },
  { "exif-3.jpg", 2048, 128, 192, "WBGR" },
  { "exif-4.jpg", 2048, 128, 192, "BWRG" },
  { "exif-5.jpg", 2048, 192, 128, "RBGW" },
  { "exif-6.jpg", 2048, 192, 128, "BRWG" },
  { "exif-7.jpg", 2048, 192, 128, "WGBR" },
  { "exif-8.jpg", 2048, 192, 128, "GWRB" },
  { "exif-6.jpg", 96, 96, 64, "BRWG" },
  { "too-long.png", 2048, 0, 0, "picture_too_large" },
  { "huge.jpg", 2048, 0, 0, "picture_too_large" },
  { "huge.png", 2048, 0, 0, "picture_too_large" },
  { "huge.webp", 2048, 0, 0, "picture_too_large" },
  { "heavy.jpg", 2048, 0, 0, "picture_too_large" },
  { "cut.png", 2048, 0, 0, "picture_unreadable" },
  { "cut.webp", 2048, 0, 0, "picture_unreadable" },
  { "head.jpg", 2048, 0, 0, "picture_unreadable" },
  { "noise.png", 2048, 0, 0, "picture_unreadable" },
  { "moving.webp", 2048, 0, 0, "picture_unreadable" },
  { "plain.gif", 2048, 0, 0, "not_a_picture" },
  { "text.jpg", 2048, 0, 0, "not_a_picture" },
  { "letter.jpg", 2048, 0, 0, "not_a_picture" },
  { "empty.jpg", 2048, 0, 0, "file_empty" },
};

static PealMediaFolder *folder;

/* plain.jpg with an Exif segment behind its first marker */
static void
make_exif (int orientation)
{
  const guint8 segment[] = { 0xff, 0xe1, 0, 34,  'E', 'x', 'i', 'f', 0, 0,
                             'M',  'M',  0, '*', 0,   0,   0,   8,   0, 1,
                             0x01, 0x12, 0, 3,   0,   0,   0,   1,   0, (guint8)orientation,
                             0,    0,    0, 0,   0,   0 };
  g_autoptr (GByteArray) plain = peal_media_folder_read (folder, "plain.jpg");
  g_autoptr (GByteArray) turned = g_byte_array_new ();
  g_autofree char *name = g_strdup_printf ("exif-%d.jpg", orientation);

  g_byte_array_append (turned, plain->data, 2);
  g_byte_array_append (turned, segment, sizeof segment);
  g_byte_array_append (turned, plain->data + 2, plain->len - 2);
  peal_media_folder_write (folder, name, turned->data, turned->len);
}

/* A small file that claims to be a huge picture: @to of @length bytes is written at @offset behind @mark. */
static void
make_claim (const char *name,
            const char *from,
            const char *mark,
            gsize n_mark,
            gsize offset,
            const char *to,
            gsize length)
{
  g_autoptr (GByteArray) bytes = peal_media_folder_read (folder, from);
  guint8 *place = memmem (bytes->data, bytes->len, mark, n_mark);

  g_assert_nonnull (place);
  memcpy (place + n_mark + offset, to, length);
  peal_media_folder_write (folder, name, bytes->data, bytes->len);
}

static void
make_noise (void)
{
  g_autoptr (GByteArray) bytes = peal_media_folder_read (folder, "plain.png");

  for (guint i = 60; i < bytes->len; i++)
    bytes->data[i] = (guint8)(i * 167 >> 3);
  peal_media_folder_write (folder, "noise.png", bytes->data, bytes->len);
}

/* Larger than any picture is read, though there is little in it. */
static void
make_heavy (void)
{
  g_autofree char *path = peal_media_folder_build_path (folder, "heavy.jpg");
  g_autoptr (GByteArray) bytes = peal_media_folder_read (folder, "plain.jpg");

  peal_media_folder_write (folder, "heavy.jpg", bytes->data, bytes->len);
  g_assert_no_errno (truncate (path, 64 * 1024 * 1024 + 1));
}

static void
make_files (void)
{
  static const char text[] = "Dear diary,\nthis is no picture at all, whatever its name says.\n";

  for (gsize i = 0; i < G_N_ELEMENTS (pictures); i++)
    peal_media_folder_make (folder, pictures[i].name, pictures[i].arguments);
  for (int i = 1; i <= 8; i++)
    make_exif (i);
  make_claim ("huge.jpg", "plain.jpg", "\xff\xc0\x00\x11", 4, 1, "\xea\x60\xea\x60", 4);
  make_claim ("huge.png", "plain.png", "IHDR", 4, 0, "\x00\x00\xea\x60\x00\x00\xea\x60", 8);
  make_claim ("huge.webp", "lossless.webp", "VP8L", 4, 5, "\xff\xff\xff\x0f", 4);
  peal_media_folder_cut (folder, "cut.jpg", "plain.jpg", 12);
  peal_media_folder_cut (folder, "cut.png", "plain.png", 8);
  peal_media_folder_cut (folder, "cut.webp", "lossless.webp", 8);
  peal_media_folder_cut (folder, "head.jpg", "plain.jpg", 1);
  make_noise ();
  make_heavy ();
  peal_media_folder_write (folder, "text.jpg", text, sizeof text - 1);
  peal_media_folder_write (folder, "letter.jpg", "x", 1);
  peal_media_folder_write (folder, "empty.jpg", "", 0);
}

static PealPicture *
show (const char *bwrap, const char *file, int max_side, GError **error)
{
  /* It stands still: a slow machine is no reason to give up. */
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (PealMediaRunner) runner =
      peal_media_runner_new (g_getenv ("PEAL_TEST_MEDIA"), bwrap, PEAL_CLOCK (clock));
  g_autofree char *path = peal_media_folder_build_path (folder, file);
  g_autofd int fd = open (path, O_RDONLY | O_CLOEXEC);

  g_assert_no_errno (fd);
  return dex_await_boxed (peal_media_runner_picture (runner, fd, max_side, NULL), error);
}

static const guint8 *
get_pixel (const PealPicture *picture, int x, int y)
{
  const guint8 *pixels = g_bytes_get_data (picture->rgba, NULL);

  return pixels + ((gsize)y * (gsize)picture->width + (gsize)x) * 4;
}

static char
name_colour (const guint8 *pixel)
{
  int sum = (pixel[0] > 128) + 2 * (pixel[1] > 128) + 4 * (pixel[2] > 128);

  g_assert_cmpint (pixel[3], ==, 255);
  return "?RG?B??W"[sum];
}

static void
assert_quarters (const PealPicture *picture, const char *quarters)
{
  int left = picture->width / 4;
  int right = picture->width * 3 / 4;
  int top = picture->height / 4;
  int bottom = picture->height * 3 / 4;
  const char seen[] = {
    name_colour (get_pixel (picture, left, top)),
    name_colour (get_pixel (picture, right, top)),
    name_colour (get_pixel (picture, left, bottom)),
    name_colour (get_pixel (picture, right, bottom)),
    '\0',
  };

  g_assert_cmpstr (seen, ==, quarters);
}

static void
assert_case (const Case *self, const char *bwrap)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PealPicture) picture = show (bwrap, self->file, self->max_side, &error);

  if (self->width == 0)
    {
      g_assert_null (picture);
      g_assert_error (error, PEAL_ERROR, PEAL_ERROR_MEDIA);
      g_assert_cmpstr (peal_error_get_reason (error), ==, self->what);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpint (picture->width, ==, self->width);
  g_assert_cmpint (picture->height, ==, self->height);
  if (self->what != NULL)
    assert_quarters (picture, self->what);
}

static DexFuture *
test_case (gpointer user_data)
{
  assert_case (user_data, NULL);
  return dex_future_new_true ();
}

/* What shines through a picture is not mixed into its colours. */
static DexFuture *
test_clear (gpointer user_data)
{
  static const char *const files[] = { "clear.png", "clear.webp" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PealPicture) picture = show (NULL, files[i], 8, &error);
      const guint8 *pixel;

      g_assert_no_error (error);
      pixel = get_pixel (picture, 4, 4);
      g_assert_cmpint (pixel[0], >=, 250);
      g_assert_cmpint (pixel[1], <=, 5);
      g_assert_cmpint (ABS (pixel[3] - 128), <=, 2);
    }
  return dex_future_new_true ();
}

static DexFuture *
test_sandboxed (gpointer user_data)
{
  static const Case all[] = {
    { "plain.jpg", 2048, 128, 192, "RGBW" },
    { "plain.png", 2048, 128, 192, "RGBW" },
    { "lossy.webp", 2048, 128, 192, "RGBW" },
    { "huge.jpg", 2048, 0, 0, "picture_too_large" },
  };
  g_autofree char *bwrap = peal_media_runner_find_bwrap ();
  g_autofree char *wrapper = peal_media_folder_build_path (folder, "bwrap");
  g_autofree char *mark = peal_media_folder_build_path (folder, "mark");
  g_autofree char *body = NULL;

  if (bwrap == NULL)
    {
      g_test_skip ("There is no bubblewrap");
      return dex_future_new_true ();
    }
  /* It leaves a mark when it has worked, so that a silent try without it is not missed. */
  body = g_strdup_printf ("'%s' \"$@\"\ns=$?\n[ $s = 0 ] && echo >>'%s'\nexit $s", bwrap, mark);
  peal_media_folder_write_script (folder, "bwrap", body);
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_unlink (mark);
      assert_case (&all[i], wrapper);
      if (g_access (mark, F_OK) != 0)
        {
          g_test_skip ("This system does not let bubblewrap make a sandbox");
          break;
        }
    }
  return dex_future_new_true ();
}

/* Whatever is wrong within: an answer, or the word that there is none. */
static DexFuture *
test_damaged (gpointer user_data)
{
  const char *file = user_data;
  g_autoptr (GRand) random = g_rand_new_with_seed (20261128);

  for (int i = 0; i < 30; i++)
    {
      g_autoptr (GByteArray) bytes = peal_media_folder_read (folder, file);
      g_autoptr (PealPicture) picture = NULL;
      g_autoptr (GError) error = NULL;

      for (int n = 0; n < 8; n++)
        bytes->data[g_rand_int_range (random, 0, (gint32)bytes->len)] = (guint8)g_rand_int (random);
      peal_media_folder_write (folder, "damaged", bytes->data, bytes->len);
      picture = show (NULL, "damaged", 256, &error);
      if (picture == NULL)
        g_assert_error (error, PEAL_ERROR, PEAL_ERROR_MEDIA);
    }
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  static const char *const damaged[] = { "plain.jpg", "plain.png", "lossy.webp", "lossless.webp" };
  int status;

  dex_init ();
  g_test_init (&argc, &argv, NULL);
  folder = peal_media_folder_new ();
  make_files ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/picture-file/%s/%d", cases[i].file, cases[i].max_side);

      peal_test_add_fiber (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (damaged); i++)
    {
      g_autofree char *path = g_strdup_printf ("/picture-file/damaged/%s", damaged[i]);

      peal_test_add_fiber (path, damaged[i], test_damaged);
    }
  peal_test_add_fiber ("/picture-file/clear", NULL, test_clear);
  peal_test_add_fiber ("/picture-file/sandboxed", NULL, test_sandboxed);
  status = g_test_run ();
  g_clear_pointer (&folder, peal_media_folder_free);
  return status;
}

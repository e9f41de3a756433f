/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "peal-error.h"
#include "peal-fake-clock.h"
#include "peal-media-folder.h"
#include "peal-media-runner.h"
#include "peal-test-fiber.h"

/* Frames of true films, made by ffmpeg, shown by the true program, in a sandbox and out of one. */

/* Two seconds of 25 frames; each is of one grey, by which it tells its number: see find_number (). */
#define GREY "-f lavfi -i 'color=gray:s=64x96:r=25:d=2,geq=lum=16+4*N:cb=128:cr=128' "
#define SOUND "-f lavfi -i sine=d=5 "
#define H264 "-c:v libx264 -preset veryfast -qp 10 -g 20 -pix_fmt yuv420p "
#define H265 "-c:v libx265 -preset ultrafast -x265-params log-level=none:qp=10 -tag:v hvc1 "
#define VP9 "-c:v libvpx-vp9 -cpu-used 8 -deadline realtime -crf 4 -b:v 0 -g 20 "
/* Red, green, blue and white: what is upright reads RGBW. */
#define QUARTERS                                                                                             \
  "-f lavfi -i 'color=white:s=128x192:r=25:d=0.2,drawbox=w=64:h=96:c=red:t=fill,"                            \
  "drawbox=x=64:w=64:h=96:c=lime:t=fill,drawbox=y=96:w=64:h=96:c=blue:t=fill' "

static const struct
{
  const char *name;
  const char *arguments;
} films[] = {
  { "plain.mp4", GREY SOUND H264 "-bf 2 -c:a aac" },
  { "fast.mp4", "-i plain.mp4 -c copy -movflags +faststart" },
  { "fragments.mp4", GREY H264 "-bf 0 -movflags +frag_keyframe+empty_moov" },
  { "plain.mkv", "-i plain.mp4 -c copy" },
  { "sound.mp4", "-i plain.mp4 -c copy -vn" },
  { "silent.mp4", GREY H264 "-movflags +faststart" },
  { "silent.webm", GREY VP9 },
  /* Its sound begins three seconds before its pictures. */
  { "late.mkv", "-itsoffset 3 -i plain.mp4 -i plain.mp4 -map 0:v -map 1:a -c copy" },
  { "late.mp4", "-itsoffset 3 -i plain.mp4 -i plain.mp4 -map 0:v -map 1:a -c copy" },
  { "one.mp4", GREY H264 "-frames:v 1" },
  { "h265.mov", GREY H265 },
  { "ten-bits.mp4", GREY H265 "-pix_fmt yuv420p10le" },
  { "vp8.webm", GREY "-c:v libvpx -cpu-used 8 -deadline realtime -crf 4 -b:v 2M -g 20" },
  { "vp9.webm", GREY SOUND VP9 "-c:a libopus" },
  /* As a browser records: no length, and no table to enter it by */
  { "live.webm", GREY VP9 "-live 1" },
  { "one.webm", GREY VP9 "-frames:v 1" },
  { "mpeg4.mp4", GREY "-c:v mpeg4" },
  { "plain.avi", "-i plain.mp4 -c copy" },
  { "quarters.mp4", QUARTERS H264 },
  /* ffmpeg counts counter-clockwise. */
  { "turned-90.mov", "-display_rotation:v 270 -i quarters.mp4 -c copy" },
  { "turned-180.mp4", "-display_rotation:v 180 -i quarters.mp4 -c copy" },
  { "turned-270.mov", "-display_rotation:v 90 -i quarters.mp4 -c copy" },
  { "mirrored.mp4", "-display_hflip:v -i quarters.mp4 -c copy" },
  { "wide.mp4", "-f lavfi -i 'color=gray:s=160x160:r=25:d=0.2,setsar=2' " H264 },
  { "huge.mp4", "-f lavfi -i color=gray:s=4096x4096:r=25 -frames:v 3 " H265 "-pix_fmt yuv420p10le" },
};

typedef struct
{
  const char *file;
  gint64 at_us;
  int number;         /* of the frame; -1: the reason */
  const char *reason; /* or NULL */
  gboolean or_later;
} Case;

static const Case cases[] = {
  { "plain.mp4", 0, 0 },
  { "plain.mp4", 39000, 0 },
  { "plain.mp4", 40000, 1 },
  /* Around the second frame that stands alone */
  { "plain.mp4", 799000, 19 },
  { "plain.mp4", 800000, 20 },
  { "plain.mp4", 1000000, 25 },
  { "plain.mp4", 1990000, 49 },
  /* Beyond the pictures, and beyond the sound */
  { "plain.mp4", 3000000, 49 },
  { "plain.mp4", G_GINT64_CONSTANT (3600000000), 49 },
  { "plain.mp4", G_MAXINT64, 49 },
  { "fast.mp4", 1000000, 25 },
  { "fragments.mp4", 1010000, 25 },
  { "fragments.mp4", 9000000, 49 },
  /* Its sound begins 21 ms before its pictures. */
  { "plain.mkv", 1030000, 25 },
  { "late.mkv", 0, 0 },
  { "late.mkv", 4030000, 25 },
  { "late.mkv", 9000000, 49 },
  { "late.mp4", 0, 0 },
  { "late.mp4", 4010000, 25 },
  { "one.mp4", 0, 0 },
  { "one.mp4", 5000000, 0 },
  { "h265.mov", 1010000, 25 },
  { "h265.mov", 9000000, 49 },
  { "ten-bits.mp4", 1010000, 25 },
  { "vp8.webm", 1000000, 25 },
  { "vp9.webm", 0, 0 },
  { "vp9.webm", 1000000, 25 },
  { "vp9.webm", 9000000, 49 },
  { "live.webm", 1000000, 25 },
  { "live.webm", 9000000, 49 },
  { "one.webm", 5000000, 0 },
  /* Of a film that was cut the last frame that is left, though the one to begin with at that time is gone */
  { "cut.mp4", 0, 0 },
  { "cut.mp4", 5000000, 30, NULL, TRUE },
  { "cut.webm", 0, 0 },
  { "cut.webm", 5000000, 25, NULL, TRUE },
  { "no-moov.mp4", 0, -1, "video_damaged" },
  { "garbled.mp4", 0, -1, "video_damaged" },
  { "noise.mp4", 0, -1, "frame_missing" },
  { "sound.mp4", 0, -1, "no_video_stream" },
  { "mpeg4.mp4", 0, -1, "frame_missing" },
  { "plain.avi", 0, -1, "frame_missing" },
  { "text.mp4", 0, -1, "not_a_video" },
  { "letter.mp4", 0, -1, "not_a_video" },
  { "empty.mp4", 0, -1, "file_empty" },
};

static const struct
{
  const char *file;
  int max_side;
  int width, height;
  const char *quarters; /* or NULL */
} shapes[] = {
  { "quarters.mp4", 2048, 128, 192, "RGBW" },
  { "quarters.mp4", 96, 64, 96, "RGBW" },
  { "quarters.mp4", 2, 1, 2, NULL },
  { "quarters.mp4", 1, 1, 1, NULL },
  { "turned-90.mov", 2048, 192, 128, "BRWG" },
  { "turned-90.mov", 96, 96, 64, "BRWG" },
  { "turned-180.mp4", 2048, 128, 192, "WBGR" },
  { "turned-270.mov", 2048, 192, 128, "GWRB" },
  { "mirrored.mp4", 2048, 128, 192, "GRWB" },
  { "wide.mp4", 2048, 160, 80, NULL },
  { "huge.mp4", 2048, 2048, 2048, NULL },
  { "huge.mp4", 1, 1, 1, NULL },
};

static const char *const damaged_films[] = { "fast.mp4", "silent.webm", "vp9.webm" };

static PealMediaFolder *folder;

static void
make_damaged (void)
{
  g_autoptr (GByteArray) bytes = peal_media_folder_read (folder, "fast.mp4");
  g_autoptr (GByteArray) noisy = peal_media_folder_read (folder, "fast.mp4");
  guint8 *moov = memmem (bytes->data, bytes->len, "moov", 4);
  guint8 *mdat = memmem (noisy->data, noisy->len, "mdat", 4);

  g_assert_nonnull (moov);
  g_assert_nonnull (mdat);
  memset (moov + 4, 0xa5, 200);
  peal_media_folder_write (folder, "garbled.mp4", bytes->data, bytes->len);
  for (guint8 *p = mdat + 4; p < noisy->data + noisy->len; p++)
    *p = (guint8)((p - mdat) * 167 >> 3);
  peal_media_folder_write (folder, "noise.mp4", noisy->data, noisy->len);
}

static void
make_files (void)
{
  static const char text[] = "Dear diary,\nthis is no film at all, whatever its name says.\n";

  for (gsize i = 0; i < G_N_ELEMENTS (films); i++)
    peal_media_folder_make (folder, films[i].name, films[i].arguments);
  peal_media_folder_cut (folder, "no-moov.mp4", "plain.mp4", 12);
  peal_media_folder_cut (folder, "cut.mp4", "silent.mp4", 15);
  peal_media_folder_cut (folder, "cut.webm", "silent.webm", 12);
  make_damaged ();
  peal_media_folder_write (folder, "text.mp4", text, sizeof text - 1);
  peal_media_folder_write (folder, "letter.mp4", "x", 1);
  peal_media_folder_write (folder, "empty.mp4", "", 0);
}

static PealPicture *
show (const char *bwrap, const char *file, gint64 at_us, int max_side, GError **error)
{
  /* It stands still: a slow machine is no reason to give up. */
  g_autoptr (PealFakeClock) clock = peal_fake_clock_new (0);
  g_autoptr (PealMediaRunner) runner =
      peal_media_runner_new (g_getenv ("PEAL_TEST_MEDIA"), bwrap, PEAL_CLOCK (clock));
  g_autofree char *path = peal_media_folder_build_path (folder, file);
  g_autofd int fd = open (path, O_RDONLY | O_CLOEXEC);

  g_assert_no_errno (fd);
  return dex_await_boxed (peal_media_runner_frame (runner, fd, at_us, max_side, NULL), error);
}

static const guint8 *
get_pixel (const PealPicture *picture, int x, int y)
{
  const guint8 *pixels = g_bytes_get_data (picture->rgba, NULL);

  return pixels + ((gsize)y * (gsize)picture->width + (gsize)x) * 4;
}

/* Of the frame of a GREY film: luma counts in fours from 16 on, and of 219 steps 255 are made. */
static int
find_number (const PealPicture *picture)
{
  const guint8 *pixel = get_pixel (picture, picture->width / 2, picture->height / 2);

  g_assert_cmpint (ABS (pixel[0] - pixel[1]), <=, 3);
  g_assert_cmpint (ABS (pixel[1] - pixel[2]), <=, 3);
  g_assert_cmpint (pixel[3], ==, 255);
  /* GStreamer's quick way to RGB is up to two too dark. */
  return ((pixel[1] + 1) * 219 + 2 * 255) / (4 * 255);
}

static char
name_colour (const guint8 *pixel)
{
  gboolean red = pixel[0] > 128;
  gboolean green = pixel[1] > 128;
  gboolean blue = pixel[2] > 128;

  return red && green && blue     ? 'W'
         : red && !green && !blue ? 'R'
         : green && !red && !blue ? 'G'
         : blue && !red && !green ? 'B'
                                  : '?';
}

static void
assert_quarters (const PealPicture *picture, const char *quarters)
{
  int x = picture->width / 4;
  int y = picture->height / 4;
  const char seen[] = {
    name_colour (get_pixel (picture, x, y)),
    name_colour (get_pixel (picture, 3 * x, y)),
    name_colour (get_pixel (picture, x, 3 * y)),
    name_colour (get_pixel (picture, 3 * x, 3 * y)),
    '\0',
  };

  g_assert_cmpstr (seen, ==, quarters);
}

static void
assert_case (const Case *self, const char *bwrap)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PealPicture) picture = show (bwrap, self->file, self->at_us, 2048, &error);

  if (self->number == -1)
    {
      g_assert_null (picture);
      g_assert_error (error, PEAL_ERROR, PEAL_ERROR_MEDIA);
      g_assert_cmpstr (peal_error_get_reason (error), ==, self->reason);
      return;
    }
  g_assert_no_error (error);
  g_assert_cmpint (picture->width, ==, 64);
  g_assert_cmpint (picture->height, ==, 96);
  if (self->or_later)
    g_assert_cmpint (find_number (picture), >=, self->number);
  else
    g_assert_cmpint (find_number (picture), ==, self->number);
}

static DexFuture *
test_case (gpointer user_data)
{
  assert_case (user_data, NULL);
  return dex_future_new_true ();
}

static DexFuture *
test_shape (gpointer user_data)
{
  gsize i = GPOINTER_TO_SIZE (user_data);
  g_autoptr (GError) error = NULL;
  g_autoptr (PealPicture) picture = show (NULL, shapes[i].file, 0, shapes[i].max_side, &error);

  g_assert_no_error (error);
  g_assert_cmpint (picture->width, ==, shapes[i].width);
  g_assert_cmpint (picture->height, ==, shapes[i].height);
  if (shapes[i].quarters != NULL)
    assert_quarters (picture, shapes[i].quarters);
  return dex_future_new_true ();
}

/* (transfer full) (nullable): a bubblewrap that leaves a mark when it has worked, so that a silent try
 * without it is not missed. @hidden: (nullable): a file of /usr that is not to be seen in the sandbox. */
static char *
make_bwrap (const char *hidden)
{
  g_autofree char *bwrap = peal_media_runner_find_bwrap ();
  g_autofree char *mark = peal_media_folder_build_path (folder, "mark");
  g_autofree char *body = NULL;

  if (bwrap == NULL)
    return NULL;
  body = g_strdup_printf (
      "hidden='%s'\nn=$#\nwhile [ $n -gt 0 ]; do\n"
      "  [ \"$1\" = -- ] && [ -n \"$hidden\" ] && set -- \"$@\" --ro-bind /dev/null \"$hidden\"\n"
      "  a=$1; shift; set -- \"$@\" \"$a\"; n=$((n - 1))\ndone\n"
      "'%s' \"$@\"\ns=$?\n[ $s = 0 ] && echo >>'%s'\nexit $s",
      hidden != NULL ? hidden : "", bwrap, mark);
  peal_media_folder_write_script (folder, "bwrap", body);
  g_unlink (mark);
  return peal_media_folder_build_path (folder, "bwrap");
}

static gboolean
has_worked (void)
{
  g_autofree char *mark = peal_media_folder_build_path (folder, "mark");

  if (g_access (mark, F_OK) == 0)
    return TRUE;
  g_test_skip ("This system does not let bubblewrap make a sandbox");
  return FALSE;
}

static DexFuture *
test_sandboxed (gpointer user_data)
{
  static const Case all[] = {
    { "plain.mp4", 1000000, 25 },
    { "h265.mov", 1010000, 25 },
    { "vp8.webm", 1000000, 25 },
    { "vp9.webm", 9000000, 49 },
    { "mpeg4.mp4", 0, -1, "frame_missing" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *bwrap = make_bwrap (NULL);

      if (bwrap == NULL)
        {
          g_test_skip ("There is no bubblewrap");
          break;
        }
      assert_case (&all[i], bwrap);
      if (!has_worked ())
        break;
    }
  return dex_future_new_true ();
}

/* A computer without libav: no frame, and all else as ever. */
static DexFuture *
test_no_decoder (gpointer user_data)
{
  static const Case all[] = {
    { "plain.mp4", 0, -1, "frame_missing" },
    { "vp9.webm", 1000000, 25 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autofree char *bwrap = make_bwrap (g_getenv ("PEAL_TEST_LIBAV"));

      if (bwrap == NULL)
        {
          g_test_skip ("There is no bubblewrap");
          break;
        }
      assert_case (&all[i], bwrap);
      if (!has_worked ())
        break;
    }
  return dex_future_new_true ();
}

/* Whatever is wrong within: an answer, or the word that there is none; and in time, which the fiber sees to.
 */
static DexFuture *
test_damaged (gpointer user_data)
{
  guint number = GPOINTER_TO_UINT (user_data);
  g_autoptr (GRand) random = g_rand_new_with_seed (number);
  g_autoptr (GByteArray) bytes =
      peal_media_folder_read (folder, damaged_films[number % G_N_ELEMENTS (damaged_films)]);
  g_autoptr (PealPicture) picture = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 20; i++)
    {
      guint end = i % 2 == 0 ? MIN (bytes->len, 2000) : bytes->len;

      bytes->data[g_rand_int_range (random, 0, (gint32)end)] = (guint8)g_rand_int (random);
    }
  peal_media_folder_write (folder, "damaged", bytes->data, bytes->len);
  picture = show (NULL, "damaged", 1000000, 256, &error);
  if (picture == NULL)
    g_assert_error (error, PEAL_ERROR, PEAL_ERROR_MEDIA);
  return dex_future_new_true ();
}

/* Not a word on standard error, and exactly what was promised on standard output. */
static DexFuture *
test_silent (gpointer user_data)
{
  static const char *const files[] = { "plain.mp4", "ten-bits.mp4", "vp9.webm", "live.webm" };

  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = peal_media_folder_build_path (folder, files[i]);
      g_autofree char *command =
          g_strdup_printf ("sh -c '\"$0\" frame --at 1500000 --max-side 8 --fd 5 5<\"$1\" | wc -c' '%s' '%s'",
                           g_getenv ("PEAL_TEST_MEDIA"), path);
      g_autofree char *output = NULL;
      g_autofree char *complaint = NULL;
      int status = -1;

      g_assert_true (g_spawn_command_line_sync (command, &output, &complaint, &status, NULL));
      g_assert_cmpint (status, ==, 0);
      g_assert_cmpstr (complaint, ==, "");
      g_assert_cmpint (g_ascii_strtoll (output, NULL, 10), ==,
                       (gint64)strlen ("peal-media 1\npicture=5x8\n") + 5 * 8 * 4);
    }
  return dex_future_new_true ();
}

int
main (int argc, char **argv)
{
  int status;

  dex_init ();
  g_test_init (&argc, &argv, NULL);
  folder = peal_media_folder_new ();
  make_files ();
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/frame/%s/%" G_GINT64_FORMAT, cases[i].file, cases[i].at_us);

      peal_test_add_fiber (path, &cases[i], test_case);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/frame/shape/%s/%d", shapes[i].file, shapes[i].max_side);

      peal_test_add_fiber (path, GSIZE_TO_POINTER (i), test_shape);
    }
  peal_test_add_fiber ("/frame/sandboxed", NULL, test_sandboxed);
  peal_test_add_fiber ("/frame/no-decoder", NULL, test_no_decoder);
  for (guint i = 0; i < 24; i++)
    {
      g_autofree char *path = g_strdup_printf ("/frame/damaged/%u", i);

      peal_test_add_fiber (path, GUINT_TO_POINTER (i), test_damaged);
    }
  peal_test_add_fiber ("/frame/silent", NULL, test_silent);
  status = g_test_run ();
  g_clear_pointer (&folder, peal_media_folder_free);
  return status;
}

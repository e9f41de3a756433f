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
#include "peal-media-folder.h"
#include "peal-media-runner.h"
#include "peal-test-fiber.h"

/* True videos, made by ffmpeg, read by the true program, in a sandbox and out of one. */

#define PICTURE "-f lavfi -i testsrc2=s=360x640:r=30:d=2 "
#define SOUND "-f lavfi -i sine=d=2 "
#define H264 "-c:v libx264 -preset ultrafast -pix_fmt yuv420p "

static const struct
{
  const char *name;
  const char *arguments;
} films[] = {
  { "plain.mp4", PICTURE SOUND H264 "-c:a aac" },
  { "fast.mp4", "-i plain.mp4 -c copy -movflags +faststart" },
  { "fragments.mp4", "-i plain.mp4 -c copy -movflags +frag_keyframe+empty_moov" },
  { "turned.mov", "-display_rotation:v 90 -i plain.mp4 -c copy" },
  { "upside-down.mp4", "-display_rotation:v 180 -i plain.mp4 -c copy" },
  { "silent.mov", "-i plain.mp4 -c copy -an" },
  { "sound.mp4", "-i plain.mp4 -c copy -vn" },
  { "plain.mkv", "-i plain.mp4 -c copy" },
  { "plain.avi", "-i plain.mp4 -c copy" },
  { "ntsc.mp4", "-f lavfi -i testsrc2=s=640x360:r=30000/1001:d=2 " H264 },
  { "h265.mp4", PICTURE "-c:v libx265 -preset ultrafast -x265-params log-level=none -tag:v hvc1" },
  { "vp9.webm", PICTURE SOUND "-c:v libvpx-vp9 -cpu-used 8 -deadline realtime -c:a libopus" },
  { "vp8.webm", PICTURE "-c:v libvpx -cpu-used 8 -deadline realtime" },
};

typedef struct
{
  const char *file;
  const char *reason; /* of the refusal, or NULL and what follows */
  const char *container, *video_codec, *audio_codec;
  int width, height, rotation, fps_num, fps_den;
  gint64 duration_us;
} Case;

static const Case cases[] = {
  { "plain.mp4", NULL, "mp4", "h264", "aac", 360, 640, 0, 30, 1, 2000000 },
  { "fast.mp4", NULL, "mp4", "h264", "aac", 360, 640, 0, 30, 1, 2000000 },
  { "fragments.mp4", NULL, "mp4", "h264", "aac", 360, 640, 0, 30, 1, 2000000 },
  /* ffmpeg counts counter-clockwise. */
  { "turned.mov", NULL, "mov", "h264", "aac", 640, 360, 270, 30, 1, 2000000 },
  { "upside-down.mp4", NULL, "mp4", "h264", "aac", 360, 640, 180, 30, 1, 2000000 },
  { "silent.mov", NULL, "mov", "h264", NULL, 360, 640, 0, 30, 1, 2000000 },
  { "ntsc.mp4", NULL, "mp4", "h264", NULL, 640, 360, 0, 30000, 1001, 2000000 },
  { "h265.mp4", NULL, "mp4", "h265", NULL, 360, 640, 0, 30, 1, 2000000 },
  { "vp9.webm", NULL, "webm", "vp9", "opus", 360, 640, 0, 30, 1, 2000000 },
  { "vp8.webm", NULL, "webm", "vp8", NULL, 360, 640, 0, 30, 1, 2000000 },
  { "plain.mkv", NULL, "matroska", "h264", "aac", 360, 640, 0, 30, 1, 2000000 },
  /* Known for what it is, and not looked into */
  { "plain.avi", NULL, "avi", NULL, NULL, 0, 0, 0, 0, 1, -1 },
  { "sound.mp4", "no_video_stream" },
  { "no-moov.mp4", "video_damaged" },
  { "cut.mp4", "video_damaged" },
  { "cut.webm", "video_damaged" },
  { "garbled.mp4", "video_damaged" },
  { "text.mp4", "not_a_video" },
  { "zeros.mp4", "not_a_video" },
  { "letter.mp4", "not_a_video" },
};

static PealMediaFolder *folder;

/* All boxes in place, and noise in the one that describes the film. */
static void
make_garbled (void)
{
  g_autoptr (GByteArray) bytes = peal_media_folder_read (folder, "fast.mp4");
  guint8 *moov = memmem (bytes->data, bytes->len, "moov", 4);

  g_assert_nonnull (moov);
  memset (moov + 4, 0xa5, 200);
  peal_media_folder_write (folder, "garbled.mp4", bytes->data, bytes->len);
}

static void
make_files (void)
{
  static const char zeros[4096] = { 0 };
  static const char text[] = "Dear diary,\nthis is no film at all, whatever its name says.\n";

  for (gsize i = 0; i < G_N_ELEMENTS (films); i++)
    peal_media_folder_make (folder, films[i].name, films[i].arguments);
  peal_media_folder_cut (folder, "no-moov.mp4", "plain.mp4", 12);
  peal_media_folder_cut (folder, "cut.mp4", "fast.mp4", 12);
  peal_media_folder_cut (folder, "cut.webm", "vp9.webm", 12);
  make_garbled ();
  peal_media_folder_write (folder, "text.mp4", text, sizeof text - 1);
  peal_media_folder_write (folder, "zeros.mp4", zeros, sizeof zeros);
  peal_media_folder_write (folder, "letter.mp4", "x", 1);
}

static PealMediaFacts *
probe (const char *bwrap, const char *file, GError **error)
{
  g_autoptr (PealClock) clock = peal_system_clock_new ();
  g_autoptr (PealMediaRunner) runner = peal_media_runner_new (g_getenv ("PEAL_TEST_MEDIA"), bwrap, clock);
  g_autofree char *path = peal_media_folder_build_path (folder, file);
  g_autofd int fd = peal_media_open (path, error);

  return fd >= 0 ? dex_await_boxed (peal_media_runner_probe (runner, fd, NULL), error) : NULL;
}

static void
assert_case (const Case *self, const char *bwrap)
{
  g_autofree char *path = peal_media_folder_build_path (folder, self->file);
  g_autoptr (GError) error = NULL;
  g_autoptr (PealMediaFacts) facts = probe (bwrap, self->file, &error);
  GStatBuf info;

  g_test_message ("%s", self->file);
  if (self->reason != NULL)
    {
      g_assert_error (error, PEAL_ERROR, PEAL_ERROR_MEDIA);
      g_assert_cmpstr (peal_error_get_reason (error), ==, self->reason);
      return;
    }
  g_assert_no_error (error);
  g_assert_no_errno (g_stat (path, &info));
  g_assert_cmpint (facts->size, ==, info.st_size);
  g_assert_cmpstr (facts->container, ==, self->container);
  g_assert_cmpstr (facts->video_codec, ==, self->video_codec);
  g_assert_cmpstr (facts->audio_codec, ==, self->audio_codec);
  g_assert_cmpint (facts->width, ==, self->width);
  g_assert_cmpint (facts->height, ==, self->height);
  g_assert_cmpint (facts->rotation, ==, self->rotation);
  g_assert_cmpint (facts->fps_num * self->fps_den, ==, self->fps_num * facts->fps_den);
  /* Sound may go on a little longer. */
  g_assert_cmpint (ABS (facts->duration_us - self->duration_us), <=, 50000);
}

static DexFuture *
test_bare (gpointer user_data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_case (&cases[i], NULL);
  return dex_future_new_true ();
}

/* Through a bubblewrap that leaves a mark when it has worked, so that a silent try without it is not missed.
 */
static DexFuture *
test_sandboxed (gpointer user_data)
{
  g_autofree char *bwrap = peal_media_runner_find_bwrap ();
  g_autofree char *wrapper = peal_media_folder_build_path (folder, "bwrap");
  g_autofree char *mark = peal_media_folder_build_path (folder, "mark");
  g_autofree char *body = NULL;

  if (bwrap == NULL)
    {
      g_test_skip ("There is no bubblewrap");
      return dex_future_new_true ();
    }
  body = g_strdup_printf ("'%s' \"$@\"\ns=$?\n[ $s = 0 ] && echo >>'%s'\nexit $s", bwrap, mark);
  peal_media_folder_write_script (folder, "bwrap", body);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_unlink (mark);
      assert_case (&cases[i], wrapper);
      if (g_access (mark, F_OK) != 0)
        {
          g_test_skip ("This system does not let bubblewrap make a sandbox");
          break;
        }
    }
  return dex_future_new_true ();
}

static DexFuture *
test_no_film (gpointer user_data)
{
  static const struct
  {
    const char *name;
    const char *reason;
  } files[] = {
    { "fifo.mp4", "file_not_regular" },
    { "folder.mp4", "file_is_directory" },
    { "empty.mp4", "file_empty" },
    { "missing.mp4", "file_missing" },
  };
  g_autofree char *fifo = peal_media_folder_build_path (folder, "fifo.mp4");
  g_autofree char *directory = peal_media_folder_build_path (folder, "folder.mp4");

  g_assert_no_errno (mkfifo (fifo, 0600));
  g_assert_no_errno (g_mkdir (directory, 0700));
  peal_media_folder_write (folder, "empty.mp4", "", 0);
  for (gsize i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (probe (NULL, files[i].name, &error));
      g_assert_error (error, PEAL_ERROR, PEAL_ERROR_MEDIA);
      g_assert_cmpstr (peal_error_get_reason (error), ==, files[i].reason);
    }
  return dex_future_new_true ();
}

/* The other threads of a demuxer must not show: the same answer each time, and not a word on standard error.
 */
static DexFuture *
test_steady (gpointer user_data)
{
  g_autofree char *path = peal_media_folder_build_path (folder, "fragments.mp4");
  g_autofree char *first = NULL;

  for (int i = 0; i < 40; i++)
    {
      g_autofree char *command =
          g_strdup_printf ("sh -c '\"$0\" probe 3<\"$1\"' '%s' '%s'", g_getenv ("PEAL_TEST_MEDIA"), path);
      g_autofree char *output = NULL;
      g_autofree char *complaint = NULL;
      int status = -1;

      g_assert_true (g_spawn_command_line_sync (command, &output, &complaint, &status, NULL));
      g_assert_cmpint (status, ==, 0);
      g_assert_cmpstr (complaint, ==, "");
      if (first == NULL)
        first = g_strdup (output);
      g_assert_cmpstr (output, ==, first);
    }
  return dex_future_new_true ();
}

static DexFuture *
test_command_line (gpointer user_data)
{
  static const char *const lines[] = {
    "",
    "unknown",
    "probe twice",
    "probe --fd x",
    "probe --fd -1",
    "probe --max-side 1",
    "probe --at 1",
    "frame --max-side 1",
    "frame --at 1",
    "frame --at -2 --max-side 1",
    "frame --at x --max-side 1",
    "frame --at 1 --max-side 0",
    "frame --at 1 --max-side 2049",
    "picture",
    "picture --max-side -1",
    "picture --max-side 1 --at 1",
    "--bad",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *command = g_strconcat (g_getenv ("PEAL_TEST_MEDIA"), " ", lines[i], NULL);
      g_autofree char *output = NULL;
      g_autofree char *complaint = NULL;
      int status = 0;

      g_assert_true (g_spawn_command_line_sync (command, &output, &complaint, &status, NULL));
      g_assert_cmpint (WEXITSTATUS (status), ==, 2);
      g_assert_cmpstr (output, ==, "");
      g_assert_true (g_str_has_prefix (complaint, "peal-media: "));
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
  peal_test_add_fiber ("/probe/bare", NULL, test_bare);
  peal_test_add_fiber ("/probe/sandboxed", NULL, test_sandboxed);
  peal_test_add_fiber ("/probe/no-film", NULL, test_no_film);
  peal_test_add_fiber ("/probe/steady", NULL, test_steady);
  peal_test_add_fiber ("/probe/command-line", NULL, test_command_line);
  status = g_test_run ();
  g_clear_pointer (&folder, peal_media_folder_free);
  return status;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <gst/base/gstpushsrc.h>
#include <gst/gst.h>

#include "peal-catcher.h"
#include "peal-error.h"
#include "peal-gst-plugins.h"

/* One red pixel */
static const guint8 png[] = {
  0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00,
  0x00, 0x01, 0x00, 0x00, 0x00, 0x01, 0x08, 0x02, 0x00, 0x00, 0x00, 0x90, 0x77, 0x53, 0xde, 0x00, 0x00, 0x00,
  0x0c, 0x49, 0x44, 0x41, 0x54, 0x78, 0xda, 0x63, 0xf8, 0xcf, 0xc0, 0x00, 0x00, 0x03, 0x01, 0x01, 0x00, 0xf7,
  0x03, 0x41, 0x43, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82,
};

/* A source that gives some pictures, and then ends or is stuck for good. */
#define TEST_TYPE_SOURCE (test_source_get_type ())
G_DECLARE_FINAL_TYPE (TestSource, test_source, TEST, SOURCE, GstPushSrc)

struct _TestSource
{
  GstPushSrc parent_instance;

  int n_pictures;
  gboolean is_garbled;
  gboolean gets_stuck;
};

G_DEFINE_FINAL_TYPE (TestSource, test_source, GST_TYPE_PUSH_SRC)

static GstStaticPadTemplate src_template =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

static GMutex stuck_lock;
static GCond never;

static GstFlowReturn
test_source_create (GstPushSrc *push, GstBuffer **buffer)
{
  TestSource *self = TEST_SOURCE (push);

  if (self->n_pictures > 0)
    {
      self->n_pictures--;
      *buffer = gst_buffer_new_memdup (png, self->is_garbled ? 40 : sizeof png);
      return GST_FLOW_OK;
    }
  if (!self->gets_stuck)
    return GST_FLOW_EOS;
  g_mutex_lock (&stuck_lock);
  for (;;)
    g_cond_wait (&never, &stuck_lock);
}

static void
test_source_class_init (TestSourceClass *klass)
{
  GST_PUSH_SRC_CLASS (klass)->create = test_source_create;
  gst_element_class_add_static_pad_template (GST_ELEMENT_CLASS (klass), &src_template);
}

static void
test_source_init (TestSource *self)
{
}

/* (transfer full): which has started. */
static PealCatcher *
start (int n_pictures, gboolean is_garbled, gboolean gets_stuck, GstClockTime at)
{
  PealCatcher *catcher = peal_catcher_new (at);
  TestSource *source = g_object_new (TEST_TYPE_SOURCE, NULL);
  g_autoptr (GstPad) exit = gst_element_get_static_pad (GST_ELEMENT (source), "src");

  source->n_pictures = n_pictures;
  source->is_garbled = is_garbled;
  source->gets_stuck = gets_stuck;
  gst_bin_add (GST_BIN (peal_catcher_get_pipeline (catcher)), GST_ELEMENT (source));
  g_assert_true (peal_catcher_connect (catcher, exit, "png"));
  peal_catcher_start (catcher);
  return catcher;
}

static void
assert_frame (PealCatcher *catcher)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GstSample) sample = peal_catcher_take (catcher, "frame_missing", &error);

  g_assert_no_error (error);
  g_assert_nonnull (gst_sample_get_buffer (sample));
  g_assert_nonnull (gst_sample_get_caps (sample));
}

static void
assert_no_frame (PealCatcher *catcher, const char *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (peal_catcher_take (catcher, "frame_missing", &error));
  g_assert_error (error, PEAL_ERROR, PEAL_ERROR_MEDIA);
  g_assert_cmpstr (peal_error_get_reason (error), ==, reason);
}

static void
test_one (void)
{
  g_autoptr (PealCatcher) catcher = start (1, FALSE, FALSE, 0);

  assert_frame (catcher);
  g_assert_false (peal_catcher_is_late (catcher));
}

/* A film that ends before the time is shown by its last frame. */
static void
test_beyond_end (void)
{
  g_autoptr (PealCatcher) catcher = start (3, FALSE, FALSE, 1000 * GST_SECOND);

  g_assert_false (peal_catcher_go_on (catcher));
  assert_frame (catcher);
}

static void
test_nothing (void)
{
  g_autoptr (PealCatcher) empty = start (0, FALSE, FALSE, 0);
  g_autoptr (PealCatcher) garbled = start (1, TRUE, FALSE, 0);

  g_assert_true (peal_catcher_is_done (empty));
  assert_no_frame (empty, "frame_missing");
  assert_no_frame (garbled, "frame_missing");
}

static void
test_failed (void)
{
  g_autoptr (PealCatcher) catcher = peal_catcher_new (0);

  peal_catcher_fail (catcher, peal_error_new (PEAL_ERROR_MEDIA, "no_video_stream", "x"));
  peal_catcher_start (catcher);
  g_assert_true (peal_catcher_is_done (catcher));
  assert_no_frame (catcher, "no_video_stream");
}

static void
test_unknown_format (void)
{
  g_autoptr (PealCatcher) catcher = peal_catcher_new (0);
  TestSource *source = g_object_new (TEST_TYPE_SOURCE, NULL);
  g_autoptr (GstPad) exit = gst_element_get_static_pad (GST_ELEMENT (source), "src");

  gst_bin_add (GST_BIN (peal_catcher_get_pipeline (catcher)), GST_ELEMENT (source));
  g_assert_false (peal_catcher_connect (catcher, exit, "mpeg4"));
}

/* Neither the wait nor the end of it waits for a thread that is stuck. */
static void
test_stuck (void)
{
  g_autoptr (PealCatcher) catcher = start (1, FALSE, TRUE, 1000 * GST_SECOND);

  g_assert_false (peal_catcher_is_done (catcher));
  g_assert_false (peal_catcher_go_on (catcher));
  g_assert_true (peal_catcher_is_late (catcher));
  assert_frame (catcher);
}

int
main (int argc, char **argv)
{
  static const char *const plugins[] = { "coreelements", NULL };

  g_test_init (&argc, &argv, NULL);
  g_assert_true (peal_gst_start (plugins, NULL));

  g_test_add_func ("/catcher/one", test_one);
  g_test_add_func ("/catcher/beyond-end", test_beyond_end);
  g_test_add_func ("/catcher/nothing", test_nothing);
  g_test_add_func ("/catcher/failed", test_failed);
  g_test_add_func ("/catcher/unknown-format", test_unknown_format);
  g_test_add_func ("/catcher/stuck", test_stuck);

  return g_test_run ();
}

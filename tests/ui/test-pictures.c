/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-test"

#include "config.h"

#include <glib/gstdio.h>

#include "peal-client-fixture.h"
#include "peal-pictures.h"
#include "peal-poster-shelf.h"
#include "peal-test-fiber.h"

/* Without a program that could decode anything. */
typedef struct
{
  Fixture base;
  PealPictures *pictures;
} Stage;

static void
set_up (Stage *self, gconstpointer data)
{
  g_autoptr (PealMediaRunner) runner = NULL;

  peal_fixture_set_up_ready (&self->base, NULL);
  runner = peal_media_runner_new ("/nonexistent/peal-media", NULL, PEAL_CLOCK (self->base.clock));
  self->pictures = peal_pictures_new (self->base.link, runner);
}

static void
tear_down (Stage *self, gconstpointer data)
{
  g_assert_finalize_object (self->pictures);
  peal_fixture_tear_down (&self->base, NULL);
}

static void
keep (Stage *self, const char *key)
{
  g_autofree char *directory = g_build_filename (g_get_user_cache_dir (), APP_ID, "posters", NULL);
  g_autoptr (DexFuture) opened = peal_test_await (peal_client_call_for_fd (
      self->base.client, "OpenMedia", g_variant_new ("(x)", G_GINT64_CONSTANT (5)), NULL));
  g_autofd int fd = dex_await_fd (dex_ref (opened), NULL);
  g_autoptr (PealPicture) poster = peal_picture_new_take (2, 1, g_bytes_new ("12345678", 8));
  g_autoptr (DexFuture) kept = NULL;
  PealShelfMark video;

  g_assert_true (peal_poster_shelf_mark (fd, &video));
  kept = peal_test_await (peal_poster_shelf_keep (directory, key, &video, poster));
  g_assert_true (dex_future_is_resolved (kept));
}

/* (transfer full) (nullable) */
static GdkTexture *
load (Stage *self, gint64 cover_ms, int side)
{
  g_autoptr (DexFuture) loaded =
      peal_test_await (peal_pictures_load_poster (self->pictures, 5, cover_ms, side));
  const GValue *value = dex_future_get_value (loaded, NULL);

  return value != NULL ? g_value_dup_object (value) : NULL;
}

static void
test_poster_of_before (Stage *self, gconstpointer data)
{
  g_autoptr (GdkTexture) texture = NULL;

  g_assert_null (load (self, -1, 216));
  keep (self, "poster 5 -1 216");
  texture = load (self, -1, 216);
  g_assert_nonnull (texture);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, 2);
  g_assert_cmpint (gdk_texture_get_height (texture), ==, 1);
  g_assert_null (load (self, 40, 216));
}

/* Those for a closer look are not kept. */
static void
test_large_poster (Stage *self, gconstpointer data)
{
  keep (self, "poster 5 -1 720");
  g_assert_null (load (self, -1, 720));
}

static void
test_held (Stage *self, gconstpointer data)
{
  g_autoptr (DexFuture) loading = NULL, loaded = NULL;
  guint n_opened;

  keep (self, "poster 5 -1 216");
  n_opened = peal_fake_agent_get_n_calls (self->base.agent, "OpenMedia");
  peal_pictures_hold (self->pictures);
  loading = peal_pictures_load_poster (self->pictures, 5, -1, 216);
  peal_fixture_settle (&self->base);
  g_assert_cmpuint (peal_fake_agent_get_n_calls (self->base.agent, "OpenMedia"), ==, n_opened);
  g_assert_true (dex_future_is_pending (loading));
  peal_pictures_release (self->pictures);
  loaded = peal_test_await (dex_ref (loading));
  g_assert_true (dex_future_is_resolved (loaded));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  dex_init ();
  g_test_add ("/pictures/poster-of-before", Stage, NULL, set_up, test_poster_of_before, tear_down);
  g_test_add ("/pictures/large-poster", Stage, NULL, set_up, test_large_poster, tear_down);
  g_test_add ("/pictures/held", Stage, NULL, set_up, test_held, tear_down);
  return g_test_run ();
}

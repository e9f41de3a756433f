/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* What is known of a video file: as probed by peal-media, carried over the bus and kept with the copy. */

#define PEAL_TYPE_MEDIA_FACTS (peal_media_facts_get_type ())

typedef struct
{
  char *container;      /* "mp4", "mov", "webm", or a lower-case word for another one */
  char *video_codec;    /* "h264", "h265", "vp8", "vp9", or a lower-case word; NULL without a video stream */
  char *audio_codec;    /* "aac", "opus", …; NULL without sound */
  gint64 size;          /* bytes */
  gint64 duration_us;   /* -1 unknown */
  int width, height;    /* pixels as shown, after rotation; 0 unknown */
  int rotation;         /* degrees clockwise that a player turns it: 0, 90, 180, 270 */
  int fps_num, fps_den; /* 0/1 unknown or variable */
} PealMediaFacts;

GType peal_media_facts_get_type (void) G_GNUC_CONST;
PealMediaFacts *peal_media_facts_new (void);
PealMediaFacts *peal_media_facts_copy (const PealMediaFacts *self);
void peal_media_facts_free (PealMediaFacts *self);

/* (transfer full, floating): a{sv} with container s, video_codec s, audio_codec s (absent where NULL), size
 * x, duration_us x, width i, height i, rotation i, fps_num i, fps_den i. */
GVariant *peal_media_facts_to_variant (const PealMediaFacts *self);
/* (transfer full): NULL with PEAL_ERROR_INVALID "media_facts" where a member is missing, of another type or
 * out of range. Extra members are ignored. */
PealMediaFacts *peal_media_facts_from_variant (GVariant *facts, GError **error);

/* Container by the first bytes of a file, so that the type told to TikTok is true: "mp4", "mov", "webm" or
 * NULL. */
const char *peal_media_sniff (const guint8 *head, gsize length);
/* "video/mp4", "video/quicktime", "video/webm"; NULL for another container. */
const char *peal_media_get_content_type (const char *container);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PealMediaFacts, peal_media_facts_free)

G_END_DECLS

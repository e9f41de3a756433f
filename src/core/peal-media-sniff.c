/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-core"

#include "config.h"

#include "peal-media-facts.h"

#include <string.h>

#define BOX_HEAD 8

/* Of ISO/IEC 14496-12 and its relatives: an MP4 says one of these first or among those that it is compatible
 * with. */
static const char *const mp4_brands[] = {
  "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42", "mp71",
  "avc1", "M4V ", "M4VH", "M4VP", "MSNV", "dash", "cmfc", "f4v ", "XAVC", "mmp4", NULL,
};
/* Pictures and sound in the same box format. */
static const char *const other_brands[] = {
  "heic", "heix", "hevc", "hevx", "heim", "heis", "mif1", "msf1",
  "avif", "avis", "jp2 ", "jpx ", "crx ", "M4A ", "M4B ", NULL,
};

static guint32
read_be32 (const guint8 *p)
{
  guint32 value;

  memcpy (&value, p, sizeof value);
  return GUINT32_FROM_BE (value);
}

static gboolean
is_one_of (const guint8 *brand, const char *const *brands)
{
  for (; *brands != NULL; brands++)
    {
      if (memcmp (brand, *brands, 4) == 0)
        return TRUE;
    }
  return FALSE;
}

/* @box: a whole ftyp box, or what there is of it. */
static const char *
sniff_ftyp (const guint8 *box, gsize length)
{
  const guint8 *major = box + BOX_HEAD;

  if (length < BOX_HEAD + 4)
    return NULL;
  if (memcmp (major, "qt  ", 4) == 0)
    return "mov";
  if (is_one_of (major, other_brands))
    return NULL;
  if (is_one_of (major, mp4_brands))
    return "mp4";
  for (gsize i = BOX_HEAD + 8; i + 4 <= length; i += 4)
    {
      if (is_one_of (box + i, mp4_brands))
        return "mp4";
    }
  return NULL;
}

/* A film of old QuickTime has no ftyp box, but begins with one of these. */
static const char *
sniff_boxes (const guint8 *head, gsize length)
{
  static const char *const film[] = { "moov", "mdat", "pnot", NULL };
  static const char *const filler[] = { "wide", "free", "skip", NULL };
  gsize offset = 0;

  while (length - offset >= BOX_HEAD)
    {
      guint32 size = read_be32 (head + offset);
      const guint8 *type = head + offset + 4;

      if (memcmp (type, "ftyp", 4) == 0)
        return sniff_ftyp (head + offset, MIN (length - offset, size));
      if (is_one_of (type, film))
        return "mov";
      if (!is_one_of (type, filler) || size < BOX_HEAD || size > length - offset)
        return NULL;
      offset += size;
    }
  return NULL;
}

/* RFC 8794 §11.2.2, RFC 9559: the DocType element (42 82) with "webm" of 4 bytes. */
static gboolean
is_webm (const guint8 *head, gsize length)
{
  static const guint8 magic[] = { 0x1a, 0x45, 0xdf, 0xa3 };
  static const guint8 doctype[] = { 0x42, 0x82, 0x84, 'w', 'e', 'b', 'm' };

  return length >= sizeof magic && memcmp (head, magic, sizeof magic) == 0
         && memmem (head, MIN (length, 64), doctype, sizeof doctype) != NULL;
}

const char *
peal_media_sniff (const guint8 *head, gsize length)
{
  g_return_val_if_fail (head != NULL || length == 0, NULL);

  if (is_webm (head, length))
    return "webm";
  return sniff_boxes (head, length);
}

const char *
peal_media_get_content_type (const char *container)
{
  if (g_strcmp0 (container, "mp4") == 0)
    return "video/mp4";
  if (g_strcmp0 (container, "mov") == 0)
    return "video/quicktime";
  if (g_strcmp0 (container, "webm") == 0)
    return "video/webm";
  return NULL;
}

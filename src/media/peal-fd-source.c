/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal-media"

#include "config.h"

#include "peal-fd-source.h"

#include <sys/stat.h>

#include "peal-bytes.h"

/* Where nobody says how much to read */
#define BLOCK_SIZE (64 * 1024)

struct _PealFdSource
{
  GstBaseSrc parent_instance;

  int fd;
};

G_DEFINE_FINAL_TYPE (PealFdSource, peal_fd_source, GST_TYPE_BASE_SRC)

static GstStaticPadTemplate src_template =
    GST_STATIC_PAD_TEMPLATE ("src", GST_PAD_SRC, GST_PAD_ALWAYS, GST_STATIC_CAPS_ANY);

static gboolean
peal_fd_source_is_seekable (GstBaseSrc *base)
{
  return TRUE;
}

static gboolean
peal_fd_source_get_size (GstBaseSrc *base, guint64 *size)
{
  PealFdSource *self = PEAL_FD_SOURCE (base);
  struct stat info;

  if (fstat (self->fd, &info) != 0 || info.st_size < 0)
    return FALSE;
  *size = (guint64)info.st_size;
  return TRUE;
}

static GstFlowReturn
peal_fd_source_fill (GstBaseSrc *base, guint64 offset, guint length, GstBuffer *buffer)
{
  PealFdSource *self = PEAL_FD_SOURCE (base);
  GstMapInfo map;
  gsize n;

  if (offset > G_MAXINT64 - G_MAXUINT || !gst_buffer_map (buffer, &map, GST_MAP_WRITE))
    return GST_FLOW_ERROR;
  n = peal_bytes_read_at (self->fd, (gint64)offset, map.data, MIN (length, map.size));
  gst_buffer_unmap (buffer, &map);
  if (n == 0 && length > 0)
    return GST_FLOW_EOS;
  gst_buffer_resize (buffer, 0, (gssize)n);
  GST_BUFFER_OFFSET (buffer) = offset;
  GST_BUFFER_OFFSET_END (buffer) = offset + n;
  return GST_FLOW_OK;
}

static void
peal_fd_source_class_init (PealFdSourceClass *klass)
{
  GstElementClass *element_class = GST_ELEMENT_CLASS (klass);
  GstBaseSrcClass *base_class = GST_BASE_SRC_CLASS (klass);

  base_class->is_seekable = peal_fd_source_is_seekable;
  base_class->get_size = peal_fd_source_get_size;
  base_class->fill = peal_fd_source_fill;

  gst_element_class_add_static_pad_template (element_class, &src_template);
  gst_element_class_set_static_metadata (element_class, "File", "Source/File", "Reads an open file",
                                         "The Peal developers");
}

static void
peal_fd_source_init (PealFdSource *self)
{
  self->fd = -1;
  gst_base_src_set_blocksize (GST_BASE_SRC (self), BLOCK_SIZE);
}

GstElement *
peal_fd_source_new (int fd)
{
  PealFdSource *self = NULL;

  g_return_val_if_fail (fd >= 0, NULL);

  self = g_object_new (PEAL_TYPE_FD_SOURCE, NULL);
  self->fd = fd;
  return GST_ELEMENT (self);
}

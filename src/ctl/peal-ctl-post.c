/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "pealctl"

#include "config.h"

#include "peal-ctl-post.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include <math.h>
#include <unistd.h>

#include "peal-ctl-error.h"
#include "peal-ctl-input.h"
#include "peal-ctl-json.h"
#include "peal-ctl-output.h"
#include "peal-error.h"

/* Far more than a caption has. */
#define MAX_CAPTION_BYTES (64 * 1024)
#define MAX_COVER_SECONDS 86400.0

static const struct
{
  const char *name;
  const char *option;
  gsize yes, no;
} switches[] = {
  { "allow_comment", "allow-comment", G_STRUCT_OFFSET (PealCtlOptions, allow_comment),
    G_STRUCT_OFFSET (PealCtlOptions, no_allow_comment) },
  { "allow_duet", "allow-duet", G_STRUCT_OFFSET (PealCtlOptions, allow_duet),
    G_STRUCT_OFFSET (PealCtlOptions, no_allow_duet) },
  { "allow_stitch", "allow-stitch", G_STRUCT_OFFSET (PealCtlOptions, allow_stitch),
    G_STRUCT_OFFSET (PealCtlOptions, no_allow_stitch) },
  { "your_brand", "your-brand", G_STRUCT_OFFSET (PealCtlOptions, your_brand),
    G_STRUCT_OFFSET (PealCtlOptions, no_your_brand) },
  { "branded_content", "branded-content", G_STRUCT_OFFSET (PealCtlOptions, branded_content),
    G_STRUCT_OFFSET (PealCtlOptions, no_branded_content) },
  { "ai_generated", "ai-generated", G_STRUCT_OFFSET (PealCtlOptions, ai_generated),
    G_STRUCT_OFFSET (PealCtlOptions, no_ai_generated) },
};

gint64
peal_ctl_post_parse_id (const char *text, GError **error)
{
  guint64 id;

  if (g_ascii_string_to_unsigned (text, 10, 1, G_MAXINT64, &id, NULL))
    return (gint64)id;
  peal_ctl_fail_usage (error, _ ("“%s” is no number of a post. “pealctl list” shows them."), text);
  return 0;
}

GVariant *
peal_ctl_post_get (PealCtlRun *run, gint64 id, GError **error)
{
  return peal_ctl_run_call (run, "GetPost", g_variant_new ("(x)", id), error);
}

const char *
peal_ctl_post_get_text (GVariant *post, const char *name)
{
  const char *text = "";

  g_variant_lookup (post, name, "&s", &text);
  return text;
}

gboolean
peal_ctl_post_print_json (PealCtlRun *run, gint64 id, GError **error)
{
  g_autoptr (GVariant) post = NULL;
  g_autoptr (JsonNode) node = NULL;

  if (!run->options->json)
    return TRUE;
  if (!(post = peal_ctl_post_get (run, id, error)))
    return FALSE;
  node = peal_ctl_json_object (post, peal_ctl_post_fields, run->zone);
  peal_ctl_json_print (node);
  return TRUE;
}

char *
peal_ctl_post_dup_account (GVariant *post)
{
  const char *username = peal_ctl_post_get_text (post, "username");

  if (username[0] != '\0')
    return g_strconcat ("@", username, NULL);
  return g_strdup (peal_ctl_post_get_text (post, "account"));
}

static char *
read_caption (const char *path, GError **error)
{
  g_autofd int fd = g_str_equal (path, "-") ? dup (STDIN_FILENO) : open (path, O_RDONLY | O_CLOEXEC);
  g_autofree char *text = g_malloc0 (MAX_CAPTION_BYTES + 1);
  gssize length;

  if (fd < 0)
    {
      g_propagate_error (error,
                         peal_error_new (PEAL_ERROR_INVALID, "caption_unreadable", "%s", g_strerror (errno)));
      return NULL;
    }
  if ((length = peal_ctl_read (fd, text, MAX_CAPTION_BYTES, "caption_unreadable", error)) < 0)
    return NULL;
  if (!g_utf8_validate (text, length, NULL))
    {
      g_propagate_error (error, peal_error_new (PEAL_ERROR_INVALID, "caption_not_utf8", "Not UTF-8"));
      return NULL;
    }
  /* The newline at the end is the editor's. */
  if (length > 0 && text[length - 1] == '\n')
    text[length - 1] = '\0';
  return g_steal_pointer (&text);
}

static gboolean
apply_caption (PealCtlRun *run, GVariantDict *dict, GError **error)
{
  g_autofree char *read = NULL;
  const char *caption = run->options->caption;

  if (caption != NULL && run->options->caption_file != NULL)
    return peal_ctl_fail_usage (error, _ ("Give either --caption or --caption-file."));
  if (run->options->caption_file != NULL)
    {
      if (!(read = read_caption (run->options->caption_file, error)))
        return FALSE;
      caption = read;
    }
  if (caption == NULL)
    return TRUE;
  g_variant_dict_insert (dict, "caption", "s", caption);
  return TRUE;
}

static gboolean
apply_cover (PealCtlRun *run, GVariantDict *dict, GError **error)
{
  const char *text = run->options->cover;
  char *end = NULL;
  double seconds;

  if (text == NULL)
    return TRUE;
  seconds = g_ascii_strtod (text, &end);
  if (end == text || *end != '\0' || !isfinite (seconds) || seconds < 0 || seconds > MAX_COVER_SECONDS)
    return peal_ctl_fail_usage (error, _ ("“%s” is no number of seconds such as 2.5."), text);
  g_variant_dict_insert (dict, "cover_ms", "x", (gint64)(seconds * 1000.0 + 0.5));
  return TRUE;
}

static gboolean
apply_switches (PealCtlRun *run, GVariantDict *dict, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      gboolean yes = *(const gboolean *)((const char *)run->options + switches[i].yes);
      gboolean no = *(const gboolean *)((const char *)run->options + switches[i].no);

      if (yes && no)
        return peal_ctl_fail_usage (error, _ ("Give either --%s or --no-%s."), switches[i].option,
                                    switches[i].option);
      if (yes || no)
        g_variant_dict_insert (dict, switches[i].name, "b", yes);
    }
  return TRUE;
}

gboolean
peal_ctl_post_apply_options (PealCtlRun *run, GVariantDict *dict, GError **error)
{
  if (!apply_caption (run, dict, error) || !apply_cover (run, dict, error)
      || !apply_switches (run, dict, error))
    return FALSE;
  if (run->options->privacy != NULL)
    g_variant_dict_insert (dict, "privacy_level", "s", run->options->privacy);
  if (run->options->share_type != NULL)
    g_variant_dict_insert (dict, "share_type", "s", run->options->share_type);
  return TRUE;
}

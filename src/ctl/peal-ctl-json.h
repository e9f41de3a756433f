/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* From the dictionaries of the bus to the JSON of --json. Members that are known but absent are null; members
 * that are not known go through under their own names. Instants become RFC 3339. */

typedef enum
{
  PEAL_CTL_PLAIN,    /* as it is; null where it is absent or an empty dictionary */
  PEAL_CTL_WORD,     /* "" is null too */
  PEAL_CTL_INSTANT,  /* µs UTC */
  PEAL_CTL_SECONDS,  /* seconds UTC */
  PEAL_CTL_PROGRESS, /* (tt) */
  PEAL_CTL_PARSED,   /* a text that is a JSON object itself */
} PealCtlKind;

typedef struct _PealCtlField PealCtlField;

struct _PealCtlField
{
  const char *name;
  PealCtlKind kind;
  const PealCtlField *fields; /* of a dictionary, or of each one in a list */
};

/* Each ends with a NULL name. */
extern const PealCtlField peal_ctl_account_fields[];
extern const PealCtlField peal_ctl_post_fields[];
extern const PealCtlField peal_ctl_video_fields[];
extern const PealCtlField peal_ctl_status_fields[];

/* (transfer full): @dict is an a{sv}. */
JsonNode *peal_ctl_json_object (GVariant *dict, const PealCtlField *fields, GTimeZone *zone);
/* (transfer full): @dicts is an aa{sv}. */
JsonNode *peal_ctl_json_array (GVariant *dicts, const PealCtlField *fields, GTimeZone *zone);
/* (transfer full): @value as it is. */
JsonNode *peal_ctl_json_value (GVariant *value);
/* (transfer full): an instant in RFC 3339. */
JsonNode *peal_ctl_json_instant (gint64 instant, GTimeZone *zone);
/* (transfer full): {"code", "message", "log_id"}; @log_id: (nullable). */
JsonNode *peal_ctl_json_error (const char *code, const char *message, const char *log_id);
/* On one line of stdout. */
void peal_ctl_json_print (JsonNode *node);

G_END_DECLS

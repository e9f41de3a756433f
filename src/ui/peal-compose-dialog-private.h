/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-compose-dialog.h"

#include "peal-compose-account.h"
#include "peal-compose-calls.h"
#include "peal-compose-caption.h"
#include "peal-compose-choices.h"
#include "peal-compose-form.h"
#include "peal-compose-video.h"
#include "peal-when-editor.h"

G_BEGIN_DECLS

/* What the files of the compose dialog share: -form.c reads and fills the form, -files.c leads through
 * several videos, -send.c tells the agent and closes. */

struct _PealComposeDialog
{
  AdwDialog parent_instance;

  PealSession *session;
  gboolean audited; /* whether TikTok has audited the app for direct posts */

  PealPostItem *post;        /* (nullable): what is edited */
  PealPostOptions *before;   /* (nullable): of it, when the form was filled */
  PealPostOptions *baseline; /* (nullable): the same, with what TikTok took away since */

  GListStore *waiting;    /* of GFile: those that come after this one */
  guint position, total;  /* of the video that is composed, from 1 */
  GPtrArray *left_out;    /* (element-type utf8): names of files that could not be used */
  gint64 media;           /* number of the copy of the video that the agent has made; 0 before */
  gboolean drafting_rest; /* this video and those that wait all become drafts */
  GCancellable *sending;  /* (nullable): something is under way */
  GCancellable *reading;  /* of what is only read */
  gboolean asking;        /* a question is open over the dialog */
  guint skip_source;

  AdwWindowTitle *title;
  AdwBanner *banner;
  GtkStack *stack;
  AdwStatusPage *error_page;
  GtkWidget *content;
  PealComposeVideo *video;
  PealComposeAccount *account;
  PealComposeCaption *caption;
  AdwComboRow *share_row;
  GtkLabel *share_note;
  PealComposeChoices *choices;
  AdwToggleGroup *moment;
  GtkWidget *delay_note;
  PealWhenEditor *when;
  GtkWidget *bar;
  GtkLabel *consent;
  GtkLabel *lack;
  GtkWidget *buttons;
  GtkWidget *draft_bin;
  GtkWidget *draft_button;
  GtkWidget *send_bin;
  GtkButton *send_button;
  GtkWidget *busy;
  GtkLabel *busy_text;
};

/* peal-compose-dialog-form.c */
PealShareType peal_compose_dialog_get_share_type (PealComposeDialog *self);
PealComposeMoment peal_compose_dialog_get_moment (PealComposeDialog *self);
/* (transfer full) */
PealPostOptions *peal_compose_dialog_read_options (PealComposeDialog *self);
/* @options: as read just now; lent to the result. */
PealComposeForm peal_compose_dialog_read_form (PealComposeDialog *self, const PealPostOptions *options);
/* What the form says of the time. The zone is lent. */
PealComposeTime peal_compose_dialog_read_time (PealComposeDialog *self);
/* Whether closing the dialog would lose something. */
gboolean peal_compose_dialog_is_dirty (PealComposeDialog *self);
/* Shows what the form comes to. To be called when anything in it changed. */
void peal_compose_dialog_update (PealComposeDialog *self);
/* Moves the keyboard focus to what is missing. */
void peal_compose_dialog_focus_lack (PealComposeDialog *self, PealComposeLack lack);

/* peal-compose-dialog-files.c */
void peal_compose_dialog_accept_files (PealComposeDialog *self);
/* A file that cannot be used is left out where others wait. */
void peal_compose_dialog_skip_unusable (PealComposeDialog *self);
/* The video that comes next, in a form that is fresh but for account, share type and time. FALSE where none
 * waits. */
gboolean peal_compose_dialog_begin_next (PealComposeDialog *self);

/* peal-compose-dialog-send.c */
void peal_compose_dialog_say (PealComposeDialog *self, const char *sentence);
void peal_compose_dialog_send (PealComposeDialog *self);
void peal_compose_dialog_save_draft (PealComposeDialog *self);
/* Once the video of a draft among many is checked. */
void peal_compose_dialog_draft_rest (PealComposeDialog *self);
void peal_compose_dialog_attempt_close (PealComposeDialog *self);

G_END_DECLS

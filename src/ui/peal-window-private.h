/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "peal-window.h"

#include "peal-compose-dialog.h"
#include "peal-insights-page.h"
#include "peal-plan-page.h"
#include "peal-sidebar.h"

G_BEGIN_DECLS

/* What the files of the window share. */

struct _PealWindow
{
  AdwApplicationWindow parent_instance;

  PealSession *session;

  AdwToastOverlay *toasts;
  AdwBanner *lost_banner;
  AdwBanner *paused_banner;
  GtkWidget *practice_strip;
  GtkStack *stack;
  AdwStatusPage *lost_page;
  AdwBin *welcome;
  AdwNavigationSplitView *split_view;
  AdwNavigationView *pages;
  PealSidebar *sidebar;

  PealPlanPage *plan;
  PealInsightsPage *insights; /* (nullable): before it is looked at */
  PealComposeDialog *compose; /* (nullable): weak, the one that is open */
  AdwToast *undo_toast;       /* (nullable): weak, the one that offers to undo what is undone next */
  GListStore *waiting_files;  /* (nullable): to compose once there is an account */
  guint size_source;          /* while its size is not saved yet */
  guint present_source;       /* while it waits for its first content */
};

void peal_window_restore_size (PealWindow *self);
/* Where it has changed and that is not written down yet. */
void peal_window_save_size (PealWindow *self);
/* The toast that offers to undo goes: something else is undone next. */
void peal_window_withdraw_undo (PealWindow *self);
void peal_window_install_actions (GtkWidgetClass *widget_class);
/* Shows the page @name: "plan", "insights", "accounts". */
void peal_window_show_page (PealWindow *self, const char *name);
/* Videos dropped on the window are composed. */
void peal_window_accept_files (PealWindow *self);
void peal_window_present_dialog (PealWindow *self, AdwDialog *dialog);

G_END_DECLS

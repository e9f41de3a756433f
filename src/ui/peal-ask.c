/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-ask.h"

#include <glib/gi18n.h>

static void
chosen_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (DexPromise) promise = user_data;

  dex_promise_resolve_string (promise,
                              g_strdup (adw_alert_dialog_choose_finish (ADW_ALERT_DIALOG (object), result)));
}

DexFuture *
peal_ask (AdwAlertDialog *dialog, GtkWidget *parent)
{
  g_autoptr (DexPromise) promise = NULL;

  dex_return_error_if_fail (ADW_IS_ALERT_DIALOG (dialog));
  dex_return_error_if_fail (GTK_IS_WIDGET (parent));

  promise = dex_promise_new ();
  adw_alert_dialog_choose (dialog, parent, NULL, chosen_cb, dex_ref (promise));
  return DEX_FUTURE (g_steal_pointer (&promise));
}

AdwAlertDialog *
peal_ask_dialog_new (const char *heading,
                     const char *body,
                     const char *label,
                     AdwResponseAppearance appearance)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (heading, body));

  adw_alert_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "yes", label, NULL);
  adw_alert_dialog_set_response_appearance (dialog, "yes", appearance);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_set_default_response (dialog, appearance == ADW_RESPONSE_DESTRUCTIVE ? "cancel" : "yes");
  return dialog;
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-post-actions.h"

#include <glib/gi18n.h>

#include "peal-ask.h"
#include "peal-post-calls.h"
#include "peal-post-deeds.h"
#include "peal-post-text.h"
#include "peal-when-dialog.h"

/* Of one post; each action that runs holds it. */
typedef struct
{
  PealSession *session;
  PealPostItem *post;
  GWeakRef widget;
} Context;

static Context *
context_new (PealSession *session, PealPostItem *post, GtkWidget *widget)
{
  Context *self = g_rc_box_new0 (Context);

  self->session = g_object_ref (session);
  self->post = g_object_ref (post);
  g_weak_ref_init (&self->widget, widget);
  return self;
}

static void
context_clear (Context *self)
{
  g_clear_object (&self->session);
  g_clear_object (&self->post);
  g_weak_ref_clear (&self->widget);
}

static void
context_unref (Context *self)
{
  g_rc_box_release_full (self, (GDestroyNotify)context_clear);
}

static DexFuture *
say_failure_cb (DexFuture *future, gpointer user_data)
{
  Context *self = user_data;
  g_autoptr (GError) error = NULL;

  if (dex_future_get_value (future, &error) == NULL)
    peal_session_say_error (self->session, error);
  return dex_ref (future);
}

static void
run (Context *self, DexFuture *future)
{
  dex_future_disown (
      dex_future_finally (future, say_failure_cb, g_rc_box_acquire (self), (GDestroyNotify)context_unref));
}

static void
run_fiber (Context *self, DexFiberFunc func)
{
  run (self, dex_scheduler_spawn (NULL, 0, func, g_rc_box_acquire (self), (GDestroyNotify)context_unref));
}

/* (transfer full) (nullable): what was answered over the widget; NULL where that is gone. Takes @dialog. */
static char *
ask (Context *self, AdwAlertDialog *dialog)
{
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&self->widget);

  if (widget == NULL || gtk_widget_get_root (widget) == NULL)
    {
      g_object_unref (g_object_ref_sink (dialog));
      return NULL;
    }
  return dex_await_string (peal_ask (dialog, widget), NULL);
}

static DexFuture *
publish_fiber (gpointer data)
{
  Context *self = data;
  g_autofree char *title = peal_post_text_title (self->post);
  g_autofree char *body =
      /* Translators: the account's name, then the caption */
      g_strdup_printf (_ ("It goes out to %s right away: “%s”"), peal_post_item_get_account_name (self->post),
                       title);
  g_autofree char *answer = ask (self, peal_ask_dialog_new (_ ("Publish This Post Now?"), body,
                                                            _ ("_Publish Now"), ADW_RESPONSE_SUGGESTED));

  if (g_strcmp0 (answer, "yes") != 0)
    return dex_future_new_false ();
  return peal_post_call_publish_now (self->session, self->post);
}

static DexFuture *
adopt_fiber (gpointer data)
{
  Context *self = data;
  g_autofree char *answer =
      ask (self, peal_ask_dialog_new (
                     _ ("Publish from This Computer?"),
                     _ ("These posts were planned on another computer. If that one still publishes them, "
                        "they would go out twice: remove Peal’s data there first. All posts that are held "
                        "for this go on from here."),
                     _ ("_Publish from Here"), ADW_RESPONSE_DESTRUCTIVE));

  if (g_strcmp0 (answer, "yes") != 0)
    return dex_future_new_false ();
  return peal_post_call_adopt (self->session);
}

static AdwAlertDialog *
create_resolve_dialog (void)
{
  AdwAlertDialog *dialog = ADW_ALERT_DIALOG (adw_alert_dialog_new (
      _ ("What Became of This Post?"),
      _ ("TikTok’s answer was lost, so Peal does not know whether the post went out, and never publishes one "
         "twice by itself. Look at the account on TikTok; a new video may take some minutes to show.")));

  adw_alert_dialog_add_responses (dialog, "published", _ ("It Is on TikTok"), "again",
                                  _ ("It Is Not: Publish It Again"), "leave", _ ("Leave It Unpublished"),
                                  "cancel", _ ("_Decide Later"), NULL);
  adw_alert_dialog_set_response_appearance (dialog, "published", ADW_RESPONSE_SUGGESTED);
  adw_alert_dialog_set_response_appearance (dialog, "again", ADW_RESPONSE_DESTRUCTIVE);
  adw_alert_dialog_set_close_response (dialog, "cancel");
  adw_alert_dialog_set_default_response (dialog, "cancel");
  return dialog;
}

static DexFuture *
resolve_fiber (gpointer data)
{
  Context *self = data;
  g_autofree char *answer = ask (self, create_resolve_dialog ());

  if (answer == NULL || g_str_equal (answer, "cancel"))
    return dex_future_new_false ();
  return peal_post_call_resolve (self->session, self->post, answer);
}

static void
chosen_cb (AdwDialog *dialog, gint64 due, const char *zone, gpointer user_data)
{
  Context *self = user_data;

  run (self, peal_post_call_move (self->session, self->post, due, zone));
}

static void
closure_unref (gpointer data, GClosure *closure)
{
  context_unref (data);
}

static void
move_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Context *self = user_data;
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&self->widget);
  AdwDialog *dialog = NULL;

  if (widget == NULL)
    return;
  dialog = peal_when_dialog_new (self->session, peal_post_item_get_due (self->post));
  g_signal_connect_data (dialog, "chosen", G_CALLBACK (chosen_cb), g_rc_box_acquire (self), closure_unref, 0);
  adw_dialog_present (dialog, widget);
}

/* Passed on to the window. */
static void
activate (Context *self, const char *name, GVariant *parameter)
{
  g_autoptr (GtkWidget) widget = g_weak_ref_get (&self->widget);
  g_autoptr (GVariant) own = g_variant_ref_sink (parameter);

  if (widget != NULL)
    gtk_widget_activate_action_variant (widget, name, own);
}

static void
show_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  activate (user_data, "win.show-post",
            g_variant_new_int64 (peal_post_item_get_id (((Context *)user_data)->post)));
}

static void
edit_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  activate (user_data, "win.edit-post",
            g_variant_new_int64 (peal_post_item_get_id (((Context *)user_data)->post)));
}

static void
sign_in_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  activate (user_data, "win.connect",
            g_variant_new_string (peal_post_item_get_account (((Context *)user_data)->post)));
}

static void
publish_now_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  run_fiber (user_data, publish_fiber);
}

static void
cancel_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Context *self = user_data;

  run (self, peal_post_call_cancel (self->session, self->post));
}

static void
restore_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Context *self = user_data;

  run (self, peal_post_call_make_draft (self->session, self->post));
}

static void
resolve_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  run_fiber (user_data, resolve_fiber);
}

static void
adopt_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  run_fiber (user_data, adopt_fiber);
}

static void
launched_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;

  if (!gtk_uri_launcher_launch_finish (GTK_URI_LAUNCHER (object), result, &error)
      && !g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    {
      Context *self = user_data;
      g_autofree char *text =
          /* Translators: %s is an address */
          g_strdup_printf (_ ("No browser could be opened. The address is %s"),
                           gtk_uri_launcher_get_uri (GTK_URI_LAUNCHER (object)));

      peal_session_say (self->session, text);
    }
  context_unref (user_data);
}

static void
open_action (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  Context *self = user_data;
  g_autoptr (GtkUriLauncher) launcher = gtk_uri_launcher_new (peal_post_item_get_share_url (self->post));

  /* For no window: GTK 4.18 falls over where that is closed before the browser has come up. */
  gtk_uri_launcher_launch (launcher, NULL, NULL, launched_cb, g_rc_box_acquire (self));
}

static void
update (GActionMap *map, PealPostItem *post)
{
  PealDeed allowed = peal_post_deeds_list (post);
  const PealDeed by_action[][2] = {
    { PEAL_DEED_EDIT },    { PEAL_DEED_MOVE },  { PEAL_DEED_PUBLISH_NOW, PEAL_DEED_RETRY },
    { PEAL_DEED_RESOLVE }, { PEAL_DEED_OPEN },  { PEAL_DEED_CANCEL, PEAL_DEED_DELETE },
    { PEAL_DEED_SIGN_IN }, { PEAL_DEED_ADOPT }, { PEAL_DEED_RESTORE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (by_action); i++)
    g_simple_action_set_enabled (
        G_SIMPLE_ACTION (g_action_map_lookup_action (map, peal_deed_to_action (by_action[i][0]))),
        (allowed & (by_action[i][0] | by_action[i][1])) != 0);
}

GSimpleActionGroup *
peal_post_actions_new (PealSession *session, PealPostItem *post, GtkWidget *widget)
{
  static const GActionEntry entries[] = {
    { .name = "show", .activate = show_action },
    { .name = "edit", .activate = edit_action },
    { .name = "move", .activate = move_action },
    { .name = "publish-now", .activate = publish_now_action },
    { .name = "cancel", .activate = cancel_action },
    { .name = "restore", .activate = restore_action },
    { .name = "resolve", .activate = resolve_action },
    { .name = "adopt", .activate = adopt_action },
    { .name = "sign-in", .activate = sign_in_action },
    { .name = "open", .activate = open_action },
  };
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  Context *context = NULL;

  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);
  g_return_val_if_fail (PEAL_IS_POST_ITEM (post), NULL);
  g_return_val_if_fail (GTK_IS_WIDGET (widget), NULL);

  context = context_new (session, post, widget);
  g_action_map_add_action_entries (G_ACTION_MAP (group), entries, G_N_ELEMENTS (entries), context);
  g_object_set_data_full (G_OBJECT (group), "peal-context", context, (GDestroyNotify)context_unref);
  g_signal_connect_object (post, "changed", G_CALLBACK (update), group, G_CONNECT_SWAPPED);
  update (G_ACTION_MAP (group), post);
  return g_steal_pointer (&group);
}

GMenuModel *
peal_post_actions_create_menu (PealPostItem *post)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  PealDeed allowed;

  g_return_val_if_fail (PEAL_IS_POST_ITEM (post), NULL);

  allowed = peal_post_deeds_list (post);
  g_menu_append (menu, _ ("_Show Details"), "post.show");
  for (guint deed = 1; deed <= PEAL_DEED_RESTORE; deed <<= 1)
    if (allowed & deed)
      {
        g_autofree char *action = g_strconcat ("post.", peal_deed_to_action ((PealDeed)deed), NULL);

        g_menu_append (menu, peal_deed_to_label ((PealDeed)deed), action);
      }
  return G_MENU_MODEL (g_steal_pointer (&menu));
}

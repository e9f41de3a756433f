/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-welcome-page.h"

#include <glib/gi18n.h>

#include "peal-app-text.h"
#include "peal-await-for.h"
#include "peal-keyring-text.h"
#include "peal-setup-steps.h"
#include "peal-web-address.h"

struct _PealWelcomePage
{
  AdwNavigationPage parent_instance;

  PealSession *session;
  GCancellable *cancellable;

  AdwBanner *keyring_banner;
  GtkImage *logo;
  GtkLabel *title_label, *text_label;
  GtkWidget *practice_button, *ways_list;
  AdwActionRow *tiktok_row;
  AdwPreferencesGroup *steps_group;
};

G_DEFINE_FINAL_TYPE (PealWelcomePage, peal_welcome_page, ADW_TYPE_NAVIGATION_PAGE)

typedef enum
{
  PROP_SESSION = 1,
} PealWelcomePageProps;

static GParamSpec *properties[PROP_SESSION + 1];

static gboolean
is_practice (PealWelcomePage *self)
{
  return peal_client_get_practice (peal_session_get_client (self->session));
}

static PealAgentStatus *
get_status (PealWelcomePage *self)
{
  return peal_agent_link_get_status (peal_session_get_link (self->session));
}

static gboolean
has_app (PealWelcomePage *self)
{
  PealAgentStatus *status = get_status (self);

  return status != NULL && status->credentials != NULL && status->credentials[0] != NULL;
}

static void
update (PealWelcomePage *self)
{
  PealAgentStatus *status = get_status (self);
  const char *keyring = status != NULL ? peal_keyring_text (status->keyring) : NULL;

  if (keyring != NULL)
    adw_banner_set_title (self->keyring_banner, keyring);
  adw_banner_set_revealed (self->keyring_banner, keyring != NULL);
  adw_action_row_set_subtitle (self->tiktok_row,
                               has_app (self) ? _ ("Key and secret are there. Sign in on TikTok’s page.")
                                              : _ ("With a client key and secret from TikTok: see below."));
}

static void
connect_or_enter (PealWelcomePage *self)
{
  if (has_app (self))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.connect", "s", "");
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.credentials", NULL);
}

static void
tiktok_cb (PealWelcomePage *self)
{
  connect_or_enter (self);
}

static void
practice_cb (PealWelcomePage *self)
{
  if (is_practice (self))
    connect_or_enter (self);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "app.practice", NULL);
}

static void
copy (PealWelcomePage *self, const char *text)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), text);
  peal_session_say (self->session, _ ("Copied"));
}

static void
opened_cb (gpointer owner, const GValue *value, const GError *error)
{
  PealWelcomePage *self = owner;

  if (self->session != NULL && error != NULL)
    peal_session_say_error (self->session, error);
}

static void
do_deed (PealWelcomePage *self, PealSetupDeed deed)
{
  g_autofree char *scopes = NULL;

  switch (deed)
    {
    case PEAL_SETUP_OPEN:
      peal_await_for (self, peal_web_address_open (PEAL_DEVELOPERS_ADDRESS, self->cancellable), opened_cb);
      break;
    case PEAL_SETUP_REDIRECT:
      copy (self, PEAL_REDIRECT_ADDRESS);
      break;
    case PEAL_SETUP_SCOPES:
      scopes = peal_app_dup_scopes ();
      copy (self, scopes);
      break;
    case PEAL_SETUP_ABOUT:
      copy (self, peal_app_get_description ());
      break;
    case PEAL_SETUP_ENTER:
      gtk_widget_activate_action (GTK_WIDGET (self), "win.credentials", NULL);
      break;
    case PEAL_SETUP_TEXT:
    default:
      break;
    }
}

static void
deed_cb (PealWelcomePage *self, GtkWidget *button)
{
  do_deed (self, (PealSetupDeed)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "deed")));
}

/* (transfer floating) (nullable): NULL where a step has nothing to do. */
static GtkWidget *
create_deed_button (PealWelcomePage *self, PealSetupDeed deed)
{
  const struct
  {
    const char *icon, *text;
  } looks[] = {
    [PEAL_SETUP_OPEN] = { "adw-external-link-symbolic", _ ("Open TikTok for Developers") },
    [PEAL_SETUP_REDIRECT] = { "edit-copy-symbolic", _ ("Copy the Redirect Address") },
    [PEAL_SETUP_SCOPES] = { "edit-copy-symbolic", _ ("Copy the Scopes") },
    [PEAL_SETUP_ABOUT] = { "edit-copy-symbolic", _ ("Copy a Description") },
    [PEAL_SETUP_ENTER] = { "go-next-symbolic", _ ("Enter Key and Secret") },
  };
  GtkWidget *button = NULL;

  if (deed == PEAL_SETUP_TEXT)
    return NULL;
  button = gtk_button_new_from_icon_name (looks[deed].icon);
  gtk_widget_set_tooltip_text (button, looks[deed].text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, looks[deed].text,
                                  -1);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "deed", GINT_TO_POINTER (deed));
  g_signal_connect_object (button, "clicked", G_CALLBACK (deed_cb), self, G_CONNECT_SWAPPED);
  return button;
}

static void
add_step (PealWelcomePage *self, guint number, const PealSetupStep *step)
{
  AdwActionRow *row = ADW_ACTION_ROW (adw_action_row_new ());
  /* Translators: the number of a step and its title. */
  g_autofree char *title = g_strdup_printf (_ ("%u. %s"), number, _ (step->title));
  GtkWidget *button = create_deed_button (self, step->deed);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (row, _ (step->text));
  if (button != NULL)
    {
      adw_action_row_add_suffix (row, button);
      adw_action_row_set_activatable_widget (row, button);
    }
  adw_preferences_group_add (self->steps_group, GTK_WIDGET (row));
}

/* In practice there are no keys to get, and one way to begin. */
static void
fill (PealWelcomePage *self)
{
  gtk_image_set_from_icon_name (self->logo, APP_ID);
  if (is_practice (self))
    {
      gtk_label_set_text (self->title_label, _ ("Peal’s Practice World"));
      gtk_label_set_text (self->text_label,
                          _ ("Everything works as with TikTok, but nothing is real and nothing "
                             "leaves this computer."));
    }
  gtk_widget_set_visible (self->practice_button, is_practice (self));
  gtk_widget_set_visible (self->ways_list, !is_practice (self));
  gtk_widget_set_visible (GTK_WIDGET (self->steps_group), !is_practice (self));
  for (guint i = 0; peal_setup_steps[i].title != NULL; i++)
    add_step (self, i + 1, &peal_setup_steps[i]);
}

static void
peal_welcome_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  PealWelcomePage *self = PEAL_WELCOME_PAGE (object);

  switch ((PealWelcomePageProps)id)
    {
    case PROP_SESSION:
      self->session = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
peal_welcome_page_constructed (GObject *object)
{
  PealWelcomePage *self = PEAL_WELCOME_PAGE (object);

  G_OBJECT_CLASS (peal_welcome_page_parent_class)->constructed (object);
  g_assert (PEAL_IS_SESSION (self->session));
  fill (self);
  g_signal_connect_object (peal_session_get_link (self->session), "notify::status", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
peal_welcome_page_dispose (GObject *object)
{
  PealWelcomePage *self = PEAL_WELCOME_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (peal_session_get_link (self->session), self);
  gtk_widget_dispose_template (GTK_WIDGET (self), PEAL_TYPE_WELCOME_PAGE);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (peal_welcome_page_parent_class)->dispose (object);
}

static void
peal_welcome_page_finalize (GObject *object)
{
  PealWelcomePage *self = PEAL_WELCOME_PAGE (object);

  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (peal_welcome_page_parent_class)->finalize (object);
}

static void
peal_welcome_page_class_init (PealWelcomePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->set_property = peal_welcome_page_set_property;
  object_class->constructed = peal_welcome_page_constructed;
  object_class->dispose = peal_welcome_page_dispose;
  object_class->finalize = peal_welcome_page_finalize;
  properties[PROP_SESSION] =
      g_param_spec_object ("session", NULL, NULL, PEAL_TYPE_SESSION,
                           G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/pealapp/Peal/ui/peal-welcome-page.ui");
  gtk_widget_class_bind_template_child (widget_class, PealWelcomePage, keyring_banner);
  gtk_widget_class_bind_template_child (widget_class, PealWelcomePage, logo);
  gtk_widget_class_bind_template_child (widget_class, PealWelcomePage, title_label);
  gtk_widget_class_bind_template_child (widget_class, PealWelcomePage, text_label);
  gtk_widget_class_bind_template_child (widget_class, PealWelcomePage, practice_button);
  gtk_widget_class_bind_template_child (widget_class, PealWelcomePage, ways_list);
  gtk_widget_class_bind_template_child (widget_class, PealWelcomePage, tiktok_row);
  gtk_widget_class_bind_template_child (widget_class, PealWelcomePage, steps_group);
  gtk_widget_class_bind_template_callback (widget_class, practice_cb);
  gtk_widget_class_bind_template_callback (widget_class, tiktok_cb);
}

static void
peal_welcome_page_init (PealWelcomePage *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
peal_welcome_page_new (PealSession *session)
{
  g_return_val_if_fail (PEAL_IS_SESSION (session), NULL);

  return g_object_new (PEAL_TYPE_WELCOME_PAGE, "session", session, NULL);
}

/* SPDX-FileCopyrightText: 2026 The Peal developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "peal"

#include "config.h"

#include "peal-about.h"

#include <glib/gi18n.h>

AdwDialog *
peal_about_dialog_new (gboolean practice)
{
  AdwAboutDialog *dialog = ADW_ABOUT_DIALOG (adw_about_dialog_new ());
  const char *what =
      _ ("Plan your TikTok videos, have this computer publish them on time, and follow how they do.");
  const char *disclaimer = _ ("Peal is not affiliated with TikTok.");
  g_autofree char *comments =
      g_strdup_printf ("%s\n\n%s%s%s", what, disclaimer, practice ? "\n\n" : "",
                       practice ? _ ("This window shows the practice world: nothing in it is real, and "
                                     "nothing leaves this computer.")
                                : "");

  adw_about_dialog_set_application_name (dialog, practice ? _ ("Peal (Practice)") : _ ("Peal"));
  adw_about_dialog_set_application_icon (dialog, APP_ID);
  adw_about_dialog_set_version (dialog, PEAL_VERSION);
  adw_about_dialog_set_developer_name (dialog, _ ("The Peal developers"));
  adw_about_dialog_set_copyright (dialog, "© 2026 The Peal developers");
  adw_about_dialog_set_license_type (dialog, GTK_LICENSE_GPL_3_0);
  adw_about_dialog_set_comments (dialog, comments);
  /* Translators: your name, and an address if you like. */
  adw_about_dialog_set_translator_credits (dialog, _ ("translator-credits"));
  return ADW_DIALOG (dialog);
}

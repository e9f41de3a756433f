# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""drag_source.py FILE…: a window out of which these files can be dragged, as out of a file manager's."""

import sys

import gi

gi.require_version('Gtk', '4.0')
from gi.repository import Gdk, Gio, Gtk  # noqa: E402


def activate(application):
    files = Gdk.FileList.new_from_list([Gio.File.new_for_path(path) for path in sys.argv[1:]])
    source = Gtk.DragSource(actions=Gdk.DragAction.COPY)
    source.connect('prepare', lambda *unused: Gdk.ContentProvider.new_for_value(files))
    label = Gtk.Label(label='Drag me', hexpand=True, vexpand=True)
    label.add_controller(source)
    window = Gtk.Window(application=application, title='Drag Source', child=label, default_width=400,
                        default_height=400, titlebar=Gtk.Box(visible=False))
    window.present()


Gtk.init()
program = Gtk.Application(application_id='io.github.pealapp.Peal.DragSource', flags=Gio.ApplicationFlags.NON_UNIQUE)
program.connect('activate', activate)
program.run([])

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the window share: a desktop for all tests of a class, which leaves no complaint behind, and the
ways of a user that lead through several of them."""

import re
import unittest

from desktop import Desktop
from pages import leave
from practice import Practice
import scenes


class UiCase(unittest.TestCase):
    """`DESKTOP`: as Desktop takes it. `OWN_SERVER`: whether the practice world is one that the test can spoil; without,
    the window starts agent and practice world by itself."""

    DESKTOP = {}
    OWN_SERVER = False

    @classmethod
    def setUpClass(cls):
        server = None
        if cls.OWN_SERVER:
            server = Practice()
            cls.addClassCleanup(server.stop)
            scenes.prepare(server)
        cls.server = server
        cls.desktop = Desktop(server, **cls.DESKTOP)
        cls.addClassCleanup(cls.desktop.stop)

    def setUp(self):
        if not self.desktop.has_ended():
            leave(self.desktop)
        self.said = len(self.desktop.read_log())

    def tearDown(self):
        lines = self.desktop.read_log()[self.said:].splitlines()
        self.assertEqual([line for line in lines if self.desktop.is_complaint(line)], [])

    def connect_in_window(self):
        """From the first window to an account."""
        desktop = self.desktop
        desktop.click(desktop.find_active('button', 'Connect a Practice Account'))
        desktop.click(desktop.find_active('button', 'Continue in the Browser'))
        desktop.find(None, re.compile('Is Connected$'))
        desktop.click(desktop.find_active('button', 'Done'))
        desktop.wait_gone('dialog')

    def show(self, view):
        """One of the plan's views: 'Upcoming', 'Drafts', 'Past'."""
        desktop = self.desktop
        desktop.hands.key('<Alt>1')
        desktop.click(desktop.find_active('radio button', view))
        desktop.find('radio button', view, where=lambda node: node.has('checked'))

    def row(self, caption, state, **more):
        """The row of a post in the plan, which tells its state."""
        return self.desktop.find('list item', re.compile(f'^{re.escape(caption)}\\. {state}'), **more)

    def choose(self, caption, item):
        """@item of the menu of the post's row."""
        desktop = self.desktop
        row = desktop.find('list item', re.compile(f'^{re.escape(caption)}\\. '))
        desktop.click(desktop.find('toggle button', 'Actions', within=row))
        desktop.click(desktop.find_active('menu item', item))

    def offer(self, text):
        """The button that takes back what the toast @text tells of."""
        toast = self.desktop.find('alert', where=lambda node: any(child.name == text for child in node.descendants()))
        return self.desktop.find_active('button', 'Undo', within=toast)

    def pick(self, combo, item):
        """@item of the list that the combo box @combo drops down."""
        desktop = self.desktop
        desktop.click(desktop.find_active('combo box', combo))
        desktop.click(desktop.find_active('list item', item, where=_is_dropped_down))
        desktop.wait_gone('list item', where=_is_dropped_down)

    def fill_in(self, caption, level='Only me'):
        """Caption and level of the compose dialog."""
        desktop = self.desktop
        desktop.fill(desktop.find_active('text', 'Caption'), caption)
        self.pick('Who can view', level)


def _is_dropped_down(node):
    roles = [each.role for each in node.ancestors()]
    return 'list box' in roles or ('combo box' in roles and 'scroll pane' in roles[:roles.index('combo box')])

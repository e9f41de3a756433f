# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job by keyboard alone: the pointer is never touched."""

import re

from pages import wait_left
import tap
from ui_case import UiCase

CAPTION, SECOND = 'Rye bread in four steps #baking', 'Plum cake'


class Keyboard(UiCase):
    def press(self, role, name, key='Return'):
        self.desktop.tab_to(role, name)
        self.desktop.hands.key(key)

    def compose(self, caption):
        """From the window to a filled in dialog."""
        desktop = self.desktop
        desktop.hands.key('<Control>n')
        desktop.find('dialog', 'New Post')
        # The chooser is the desktop's; GTK's own, which comes where there is no portal, stumbles over fast typing.
        self.press('button', 'Choose a Video…')
        desktop.find('dialog', 'Choose Videos')
        desktop.hands.key('Escape')
        desktop.wait_gone('dialog', 'Choose Videos')
        desktop.open_files(desktop.video())
        desktop.find('list item', 'Video Check')
        desktop.tab_to('text', 'Caption')
        desktop.hands.type(caption)
        self.press('combo box', 'Who can view', 'space')
        desktop.find('list item', 'Only me')
        desktop.hands.key('End')
        desktop.wait_focus(name='Only me')
        desktop.hands.key('Return')
        desktop.wait_focus(where=lambda node: node.role != 'list item')

    def show(self, view):
        desktop = self.desktop
        desktop.hands.key('<Alt>1')
        desktop.tab_to('radio button')
        desktop.hands.key('Left' if view == 'Upcoming' else 'Right', 2)
        desktop.hands.key('space')
        desktop.find('radio button', view, where=lambda node: node.has('checked'))

    def test_1_connect(self):
        desktop = self.desktop
        desktop.start_peal()
        desktop.find_active('button', 'Connect a Practice Account')
        self.press('button', 'Connect a Practice Account')
        desktop.find_active('button', 'Continue in the Browser')
        self.press('button', 'Continue in the Browser')
        desktop.find(None, re.compile('Is Connected$'))
        self.press('button', 'Done')
        desktop.wait_gone('dialog')

    def test_2_publish_now(self):
        desktop = self.desktop
        self.compose(CAPTION)
        desktop.tab_to('radio button', 'At a Time')
        desktop.hands.key('Left')
        desktop.hands.key('space')
        desktop.find('radio button', 'Now', where=lambda node: node.has('checked'))
        desktop.hands.key('<Control>Return')
        desktop.find('alert', 'Publish This Post Now?')
        self.press('button', 'Publish Now')
        wait_left(desktop)
        self.show('Past')
        self.row(CAPTION, 'Published')

    def test_3_schedule_cancel_undo(self):
        desktop = self.desktop
        self.show('Upcoming')
        self.compose(SECOND)
        desktop.tab_to('button', re.compile('^Tomorrow, 18:00'))
        desktop.hands.key('Return')
        desktop.hands.key('<Control>Return')
        desktop.wait_gone('dialog')
        self.row(SECOND, 'Scheduled')
        desktop.tab_to('list item', re.compile(f'^{SECOND}'))
        self.press('toggle button', 'Actions')
        desktop.find_active('menu item', 'Cancel Post')
        item = desktop.wait_focus('menu item')
        while item.name != 'Cancel Post':
            desktop.hands.key('Down')
            item = desktop.wait_focus('menu item', where=lambda node, before=item: node != before)
        desktop.hands.key('Return')
        desktop.wait_gone('list item', re.compile(f'^{SECOND}'))
        desktop.hands.key('<Control>z')
        self.row(SECOND, 'Scheduled')

    def test_4_every_shortcut(self):
        desktop = self.desktop
        desktop.hands.key('<Alt>1')
        for key, role, name in (('<Control>question', 'dialog', 'Keyboard Shortcuts'),
                                ('<Control>comma', 'dialog', 'Preferences'), ('F10', 'menu', None),
                                ('<Control>f', 'entry', 'Search posts')):
            desktop.hands.key(key)
            desktop.find(role, name)
            desktop.hands.key('Escape')
            desktop.wait_gone(role, name)
        for key, name in (('<Alt>2', 'Insights'), ('<Alt>3', 'Accounts'), ('<Alt>1', 'Plan')):
            desktop.hands.key(key)
            desktop.find('list item', where=lambda node, name=name: node.has('selected') and any(
                child.name == name for child in node.descendants()))
        desktop.find('list', 'Pages')
        desktop.hands.key('F9')
        desktop.wait_gone('list', 'Pages')
        desktop.hands.key('F9')
        desktop.find('list', 'Pages')
        desktop.hands.key('<Control>w')
        self.assertEqual(desktop.wait_closed(), 0)


if __name__ == '__main__':
    tap.main()

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page and dialog, once as large as usual and once on the smallest window: all that takes the keyboard has a name,
nothing sticks out, no library complains, and what was closed is gone."""

import glob
import os
import re

import scenes
import tap
from pages import PAGES, leave, reachable
from ui_case import UiCase
import walk

SOURCES = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'src', 'ui')


def templates():
    """The widgets that Peal consists of."""
    for path in glob.glob(os.path.join(SOURCES, '*.blp')):
        with open(path, encoding='utf-8') as file:
            yield from re.findall(r'^template \$(\w+)', file.read(), re.MULTILINE)


class Walk(UiCase):
    OWN_SERVER = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scene = scenes.usual(cls.desktop)

    def walk(self, size, clip=False):
        desktop = self.desktop
        if desktop.size != size:
            desktop.size = size
            desktop.start_display()
        for page in reachable(self.scene):
            with self.subTest(page.name):
                page.open(desktop, self.scene)
                desktop.camera.settle(100, 1500)
                self.assertEqual(walk.check(desktop, size if clip else None), [])
                if page.name == 'plan':
                    # Each of these posts can be answered, moved or called off.
                    desktop.wait(lambda: not walk.dead_buttons(desktop.look()), 'no button of a row is dead')
        leave(desktop)
        desktop.wait(lambda: not [name for name in desktop.camera.alive() if name.endswith('Dialog')],
                     'the dialogs are finalized')
        seen = set(desktop.camera.seen())
        desktop.hands.key('<Control>q')
        self.assertEqual(desktop.wait_closed(), 0)
        return seen

    def test_names(self):
        seen = self.walk((1000, 680))
        # Those of the first run and of the smallest window have tests of their own.
        self.assertEqual(set(templates()) - seen, {'PealWelcomePage', 'PealVideoRow'})

    def test_smallest_window(self):
        seen = self.walk((360, 294), clip=True)
        self.assertIn('PealVideoRow', seen)


class FirstRun(UiCase):
    def test_names(self):
        for page in PAGES:
            if page.is_first_run:
                with self.subTest(page.name):
                    page.open(self.desktop, {})
                    self.assertEqual(walk.check(self.desktop), [])
        leave(self.desktop)
        self.assertIn('PealWelcomePage', self.desktop.camera.seen())
        self.desktop.hands.key('<Control>q')
        self.assertEqual(self.desktop.wait_closed(), 0)


if __name__ == '__main__':
    tap.main()

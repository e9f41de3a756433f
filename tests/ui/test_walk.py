# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page and dialog, once as large as usual and once on the smallest window: all that takes the keyboard has a name,
nothing sticks out, no library complains."""

import scenes
import tap
from pages import PAGES
from ui_case import UiCase
import walk


class Walk(UiCase):
    OWN_SERVER = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scene = scenes.usual(cls.desktop)

    def walk(self, size, check):
        desktop = self.desktop
        if desktop.size != size:
            desktop.size = size
            desktop.start_display()
        for page in PAGES:
            if page.is_first_run or not page.needs <= set(self.scene):
                continue
            with self.subTest(page.name):
                page.open(desktop, self.scene)
                desktop.camera.settle(100, 1500)
                self.assertEqual(check(desktop.look()), [])

    def test_names(self):
        self.walk((1000, 680), walk.faults)

    def test_smallest_window(self):
        self.walk((360, 294), lambda top: walk.faults(top) + walk.clipped(top, (360, 294)))


class FirstRun(UiCase):
    def test_names(self):
        for page in PAGES:
            if page.is_first_run:
                with self.subTest(page.name):
                    page.open(self.desktop, {})
                    self.assertEqual(walk.faults(self.desktop.look()), [])


if __name__ == '__main__':
    tap.main()

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""10,000 posts, a year of statistics, names of 200 letters, from right to left and with markup in them, numbers that are
unknown or beyond 2^53: on the usual and on the smallest window nothing sticks out, and all of it can be reached."""

import re

import scenes
import tap
from pages import leave, reachable
from ui_case import UiCase
import walk

SMALLEST = (360, 294)
# Signing in is the same with many posts; and what is on top of the plan, whose menu leads to Move, is still coming in.
WITHOUT = ('connect', 'plan-menu')


class Crowded(UiCase):
    OWN_SERVER = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.scene = scenes.crowded(cls.desktop)

    def walk(self):
        desktop = self.desktop
        for page in reachable(self.scene, WITHOUT):
            with self.subTest(page.name):
                page.open(desktop, self.scene)
                desktop.camera.settle(100, 1500)
                self.assertEqual(walk.check(desktop, desktop.size), [])
        leave(desktop)

    def test_usual_window(self):
        self.walk()

    def test_smallest_window(self):
        self.desktop.size = SMALLEST
        self.desktop.start_display()
        self.walk()

    def test_the_last_post(self):
        """It is searched for, as nobody scrolls that far."""
        desktop = self.desktop
        if desktop.has_ended():
            desktop.start_peal()
        leave(desktop)
        desktop.hands.key('<Control>f')
        desktop.wait_focus('entry')
        desktop.hands.type('#rye 7999')
        desktop.find('list item', re.compile('#rye 7999\\. Scheduled'))


if __name__ == '__main__':
    tap.main()

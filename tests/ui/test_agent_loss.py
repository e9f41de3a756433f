# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent dies and returns while each page and dialog is open: the window stays, shows what is new, and complains of
nothing."""

import signal

import scenes
import tap
from pages import leave, reachable
from ui_case import UiCase

# The sign-in dialogs end with their agent, each in its own way; tests/ui/test_accounts.py sees to them.
WITHOUT = ('connect-', 'sidebar', 'menu', 'plan-menu')


class AgentLoss(UiCase):
    OWN_SERVER = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.desktop.connect('mara.bakes')['open_id']
        cls.scene = {'account': cls.account, 'second': cls.account,
                     'scheduled': scenes.add(cls.desktop, cls.account, 'Before all', '--at', '+5h'),
                     'published': scenes.add(cls.desktop, cls.account, 'Out', '--now', state='published')}

    def assert_current(self, caption):
        """Something that happened after the return is shown."""
        desktop = self.desktop
        scenes.add(desktop, self.account, caption, '--at', '+4h')
        leave(desktop)
        self.show('Upcoming')
        self.row(caption, 'Scheduled')

    def test_dies_and_returns_at_once(self):
        desktop = self.desktop
        for page in reachable(self.scene, WITHOUT):
            with self.subTest(page.name):
                page.open(desktop, self.scene)
                desktop.kill_agent()
                desktop.wait(lambda: desktop.agent_pid() is not None, 'the window has got another agent')
                self.assertFalse(desktop.has_ended())
        self.assert_current('After all')

    def test_stays_away(self):
        desktop = self.desktop
        if desktop.has_ended():
            desktop.start_peal()
        leave(desktop)
        self.show('Upcoming')
        desktop.stop_agent(signal.SIGKILL)
        desktop.find_active('button', 'Try Again')
        self.row('Before all', 'Scheduled')
        desktop.start_agent()
        desktop.wait_gone('button', 'Try Again')
        self.assert_current('After its holidays')


if __name__ == '__main__':
    tap.main()

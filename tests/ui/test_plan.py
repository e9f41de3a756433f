# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan in the window: what each state allows, taken back and answered; and an agent that dies meanwhile."""

import re
import signal
import unittest

import scenes
import tap
from desktop import Desktop
from practice import Practice

BUTTONS = ('button', 'toggle button')


class Plan(unittest.TestCase):
    def open(self):
        """A window in which an account has a post that is planned."""
        self.server = Practice()
        self.addCleanup(self.server.stop)
        scenes.prepare(self.server)
        self.desktop = Desktop(self.server)
        self.addCleanup(self.desktop.stop)
        self.me = self.desktop.connect('mara.bakes')['open_id']
        self.post = self.add('Plum cake', '--at', '+3h')

    def start(self):
        self.desktop.start_peal()
        self.addCleanup(lambda: self.assertEqual(self.desktop.complaints(), []))
        self.row('Plum cake')

    def add(self, caption, *when, **more):
        return scenes.add(self.desktop, self.me, caption, *when, **more)

    def row(self, caption):
        return self.desktop.find('list item', re.compile(f'^{re.escape(caption)}'))

    def choose(self, caption, action):
        """An action of the menu of a post."""
        self.desktop.click(self.desktop.find(BUTTONS, 'Actions', within=self.row(caption)))
        self.desktop.find('menu item', action)
        for _ in range(10):
            self.desktop.wait(lambda: getattr(self.desktop.focused(), 'role', None) == 'menu item', 'the menu has the keyboard')
            if self.desktop.focused().name == action:
                break
            self.desktop.hands.key('Down')
        self.desktop.hands.key('Return')

    def state(self, post):
        return self.desktop.done('show', str(post))['state']

    def becomes(self, post, state):
        self.desktop.wait(lambda: self.state(post) == state, f'post {post} is {state}')

    def test_cancelled_and_taken_back(self):
        self.open()
        self.start()
        due = self.desktop.done('show', str(self.post))['due']
        self.choose('Plum cake', 'Cancel Post')
        self.becomes(self.post, 'cancelled')
        self.desktop.find(None, re.compile('^Post cancelled'))
        self.desktop.hands.key('<Control>z')
        self.becomes(self.post, 'scheduled')
        self.assertEqual(self.desktop.done('show', str(self.post))['due'], due)
        self.row('Plum cake')

    def test_failed_and_tried_again(self):
        self.open()
        self.server.creator('mara.bakes', next_fail_reason='frame_rate_check_failed')
        failed = self.add('Rye bread', '--now', state='failed')
        self.start()
        self.desktop.find(None, 'Needs You')
        self.desktop.find(None, re.compile('does not accept this video’s frame rate'), within=self.row('Rye bread'))
        self.desktop.click(self.desktop.find('button', 'Try Again…', within=self.row('Rye bread')))
        self.desktop.click(self.desktop.find_active('button', 'Publish Now'))
        self.becomes(failed, 'published')
        self.desktop.wait_gone('list item', re.compile('^Rye bread'))

    def test_what_became_of_it(self):
        self.open()
        unknown = scenes.unknown_outcome(self.desktop, self.me, 'Sourdough')
        self.start()
        self.desktop.click(self.desktop.find('button', 'What Became of It?', within=self.row('Sourdough')))
        self.desktop.click(self.desktop.find_active('button', 'It Is on TikTok'))
        self.becomes(unknown, 'published')
        self.desktop.wait_gone('list item', re.compile('^Sourdough'))

    def test_agent_dies_and_returns(self):
        self.open()
        self.start()
        self.desktop.stop_agent(signal.SIGKILL)
        self.desktop.start_agent()
        self.row('Plum cake')
        late = self.add('After that', '--at', '+5h')
        self.row('After that')
        self.choose('After that', 'Cancel Post')
        self.becomes(late, 'cancelled')

    def test_search(self):
        self.open()
        self.add('Three knives', '--at', '+4h')
        self.start()
        self.desktop.hands.key('<Control>f')
        self.desktop.wait(lambda: self.desktop.focused() is not None and self.desktop.focused().role == 'entry',
                          'the search has the keyboard')
        self.desktop.hands.type('KNIVES')
        self.desktop.wait_gone('list item', re.compile('^Plum cake'))
        self.row('Three knives')
        self.desktop.hands.key('Escape')
        self.row('Plum cake')


if __name__ == '__main__':
    tap.main()

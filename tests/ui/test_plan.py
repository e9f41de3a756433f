# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The plan in the window: what each state allows, taken back and answered; and an agent that dies meanwhile."""

import re
import signal

import scenes
import tap
from ui_case import UiCase


class Plan(UiCase):
    """Each test has posts of its own in the one window."""

    OWN_SERVER = True

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.desktop.connect('mara.bakes')['open_id']
        cls.desktop.start_peal()

    def tearDown(self):
        super().tearDown()
        for post in self.desktop.done('list', '--state', 'scheduled'):
            self.desktop.done('cancel', str(post['id']))

    def add(self, caption, *when, **more):
        return scenes.add(self.desktop, self.account, caption, *when, **more)

    def becomes(self, post, state):
        self.desktop.wait(lambda: self.desktop.done('show', str(post))['state'] == state, f'post {post} is {state}')

    def test_cancelled_and_taken_back(self):
        post = self.add('Plum cake', '--at', '+3h')
        due = self.desktop.done('show', str(post))['due']
        self.row('Plum cake', 'Scheduled')
        self.choose('Plum cake', 'Cancel Post')
        self.becomes(post, 'cancelled')
        self.desktop.find(None, re.compile('^Post cancelled'))
        self.desktop.hands.key('<Control>z')
        self.becomes(post, 'scheduled')
        self.assertEqual(self.desktop.done('show', str(post))['due'], due)
        self.row('Plum cake', 'Scheduled')

    def test_failed_and_tried_again(self):
        self.server.creator('mara.bakes', next_fail_reason='frame_rate_check_failed')
        failed = self.add('Rye bread', '--now', state='failed')
        self.desktop.find(None, 'Needs You')
        row = self.row('Rye bread', 'Failed')
        self.desktop.find(None, re.compile('does not accept this video’s frame rate'), within=row)
        self.desktop.click(self.desktop.find('button', 'Try Again…', within=row))
        self.desktop.click(self.desktop.find_active('button', 'Publish Now'))
        self.becomes(failed, 'published')
        self.desktop.wait_gone('list item', re.compile('^Rye bread'))

    def answer(self, caption, answer):
        """What the user found on TikTok of a post whose outcome is unknown."""
        row = self.row(caption, 'Needs review')
        self.desktop.click(self.desktop.find('button', 'What Became of It?', within=row))
        self.desktop.click(self.desktop.find_active('button', answer))
        self.desktop.wait_gone('alert')

    def test_what_became_of_it(self):
        # The agent sends six posts a minute for one account.
        account = self.desktop.connect('linh.draws')['open_id']
        ours, lost = scenes.unknown_outcomes(self.desktop, account, 'Sourdough', 'Baguette')
        self.answer('Sourdough', 'It Is on TikTok')
        self.becomes(ours, 'published')
        self.answer('Baguette', 'It Is Not: Publish It Again')
        self.becomes(lost, 'cancelled')
        self.desktop.wait_gone('list item', re.compile('Needs review'))
        # The copy comes and goes. The focus ends with the page and not with the toast's Undo, where it would hold that.
        self.desktop.wait_focus('scroll pane', where=lambda node: any(child.name == 'Nothing Planned'
                                                                      for child in node.descendants()))
        self.show('Past')
        self.row('Sourdough', 'Published')
        self.row('Baguette', 'Published')
        self.show('Upcoming')

    def test_sidebar_leads_to_what_needs_you(self):
        scenes.unknown_outcomes(self.desktop, self.account, 'Focaccia', 'Ciabatta')
        self.desktop.camera.activate('win.show-page', "'insights'")
        self.desktop.click(self.desktop.find('list item', 'Needs review 2'))
        self.answer('Focaccia', 'It Is on TikTok')
        # The one that is left is shown itself.
        self.desktop.click(self.desktop.find('list item', 'Needs review 1'))
        self.desktop.find('label', 'Ciabatta', within=self.desktop.find('dialog'))
        self.desktop.hands.key('Escape')
        self.desktop.wait_gone('dialog')
        self.answer('Ciabatta', 'It Is on TikTok')
        self.desktop.wait_gone('list item', re.compile('Needs review'))

    def test_offer_to_undo_is_of_the_latest(self):
        first, latest = (self.add(caption, '--at', '+6h') for caption in ('Bagel', 'Brioche'))
        self.choose('Bagel', 'Cancel Post')
        self.becomes(first, 'cancelled')
        of_first = self.offer('Post cancelled')
        self.choose('Brioche', 'Cancel Post')
        self.becomes(latest, 'cancelled')
        self.desktop.click(self.desktop.find_active('button', 'Undo', where=lambda node: node != of_first))
        self.row('Brioche', 'Scheduled')
        self.assertEqual(self.desktop.find_all('button', 'Undo'), [])
        # What is left to those without a keyboard.
        self.desktop.click(self.desktop.find('toggle button', 'Main Menu'))
        self.desktop.click(self.desktop.find_active('menu item', 'Undo'))
        self.row('Bagel', 'Scheduled')

    def test_agent_dies_and_returns(self):
        self.add('Pumpernickel', '--at', '+3h')
        self.row('Pumpernickel', 'Scheduled')
        self.desktop.stop_agent(signal.SIGKILL)
        self.desktop.find_active('button', 'Try Again')
        self.row('Pumpernickel', 'Scheduled')
        self.desktop.start_agent()
        self.desktop.wait_gone('button', 'Try Again')
        late = self.add('After that', '--at', '+5h')
        self.row('After that', 'Scheduled')
        self.choose('After that', 'Cancel Post')
        self.becomes(late, 'cancelled')

    def test_search(self):
        self.add('Three knives', '--at', '+4h')
        self.add('One spoon', '--at', '+4h')
        self.row('Three knives', 'Scheduled')
        self.desktop.hands.key('<Control>f')
        self.desktop.find('entry', where=lambda node: node.has('focused'))
        self.desktop.hands.type('KNIVES')
        self.desktop.wait_gone('list item', re.compile('^One spoon'))
        self.row('Three knives', 'Scheduled')
        self.desktop.hands.key('Escape')
        self.row('One spoon', 'Scheduled')


if __name__ == '__main__':
    tap.main()

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job in the window, from a computer that has never seen Peal: connect an account, drop a video, publish it,
schedule another one and see it go out on time, take a change back."""

import datetime
import glob
import os
import re

from pages import wait_left
import scenes
import tap
from ui_case import UiCase

NOW, LATER, FAR = 'Rye bread in four steps #baking', 'Plum cake “à la Mara” 🫐', 'Sourdough, day 3'


class Story(UiCase):
    DESKTOP = {'side': True}

    def drop(self):
        """A video, out of another window."""
        desktop = self.desktop
        desktop.drop_files([desktop.video()], desktop.find_active('radio button', 'Upcoming'),
                           lambda: desktop.find_all('dialog', 'New Post'))
        desktop.find('list item', 'Video Check')

    def test_1_first_run(self):
        self.desktop.start_peal()
        self.desktop.find(None, 'Peal’s Practice World')
        self.connect_in_window()
        self.assertEqual(len(self.desktop.visited), 1)
        self.desktop.find('list item', where=lambda node: any(child.name == 'Mara Bakes'
                                                              for child in node.descendants()))

    def test_2_publish_now(self):
        desktop = self.desktop
        self.drop()
        button = desktop.find('button', 'Schedule')
        self.assertFalse(button.is_active, 'nothing was chosen yet')
        self.fill_in(NOW)
        desktop.click(desktop.find_active('radio button', 'Now'))
        desktop.click(desktop.find_active('button', 'Publish Now'))
        alert = desktop.find('alert', 'Publish This Post Now?')
        desktop.click(desktop.find_active('button', 'Publish Now', within=alert))
        wait_left(desktop)
        self.show('Past')
        self.row(NOW, 'Published')

    def test_3_schedule(self):
        desktop = self.desktop
        self.show('Upcoming')
        self.drop()
        self.fill_in(LATER)
        desktop.click(desktop.find_active('button', 'Tomorrow, 09:00'))
        tomorrow = desktop.now().date() + datetime.timedelta(days=1)
        desktop.fill(desktop.find_active('text', 'Time'), '17:40')
        desktop.click(desktop.find_active('button', 'Schedule'))
        desktop.wait_gone('dialog')
        self.row(LATER, 'Scheduled')
        self.assertTrue(self.later()['due'].startswith(f'{tomorrow}T17:40:00'))

    def later(self):
        return next(post for post in self.desktop.done('list') if post['caption'] == LATER)

    def test_4_cancel_and_undo(self):
        desktop = self.desktop
        account = desktop.done('accounts')[0]['open_id']
        post = desktop.done('add', desktop.video(), '--account', account, '--caption', FAR, '--privacy', 'SELF_ONLY',
                            '--at', '+26h')[0]['id']
        self.row(FAR, 'Scheduled')
        self.choose(FAR, 'Cancel Post')
        # The offer to take back the post before it has gone for this.
        desktop.click(self.offer('Post cancelled'))
        desktop.wait(lambda: desktop.done('show', str(post))['state'] == 'scheduled', 'it is back on the plan')
        self.row(FAR, 'Scheduled')
        self.choose(FAR, 'Cancel Post')
        desktop.wait(lambda: desktop.done('show', str(post))['state'] == 'cancelled', 'it is cancelled')
        self.offer('Post cancelled')
        desktop.hands.key('<Control>z')
        self.row(FAR, 'Scheduled')
        self.assertEqual(desktop.done('show', str(post))['state'], 'scheduled')
        self.assertEqual(desktop.find_all('button', 'Undo'), [], 'the offer has gone with what it was for')

    def test_5_goes_out_at_its_time(self):
        """That comes sooner here than the dialog, which knows minutes, can say."""
        self.desktop.done('move', str(self.later()['id']), '--at', '+5s')
        self.show('Past')
        self.row(LATER, 'Published')
        self.assertEqual(self.later()['state'], 'published')

    def test_6_posters_are_kept(self):
        """For the next start."""
        posters = os.path.join(self.desktop.home, '.cache/io.github.pealapp.Peal.Practice/posters')
        self.desktop.wait(lambda: [name for name in glob.glob('*', root_dir=posters) if not name.startswith('new-')],
                          'posters are kept')

    def test_7_close(self):
        desktop = self.desktop
        desktop.hands.key('<Control>q')
        self.assertEqual(desktop.wait_closed(), 0)
        self.assertTrue(desktop.has_agent(), 'the agent stays')


if __name__ == '__main__':
    tap.main()

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Making and changing posts in the dialog: TikTok's choices, several videos, times, the keyboard, and what goes wrong."""

import re

from pages import leave, wait_left
import tap
from ui_case import UiCase

NO_VIDEO = re.compile('This file is not a video')


class Compose(UiCase):
    OWN_SERVER = True
    DESKTOP = {'size': (1000, 900), 'side': True}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.desktop.connect('mara.bakes')['open_id']
        cls.desktop.connect('linh.draws')
        cls.desktop.gdbus('io.github.pealapp.Peal.Practice.Agent', '/io/github/pealapp/Peal/Agent',
                          'io.github.pealapp.Peal.Agent.SetSettings', "{'audited': <true>}")
        cls.desktop.start_peal()
        cls.desktop.find_active('button', 'New Post')

    def tearDown(self):
        self.server.clear_faults()
        leave(self.desktop)
        super().tearDown()

    # The ways

    def open(self, *files):
        """The dialog with @files, else with a good video, once TikTok has answered."""
        self.desktop.open_files(*(files or (self.desktop.video(),)))
        self.desktop.find('list item', 'Video Check')
        self.lacks('Choose who can view the video.')

    def lacks(self, sentence):
        """What is missing is told beside the button and with it."""
        self.desktop.find('label', sentence)
        self.desktop.find('button', 'Schedule', where=lambda node: not node.is_active and node.description == sentence)

    def choose_level(self, steps):
        """The entry of the list so many below the one that is chosen."""
        self.click(self.desktop.find_active('combo box', 'Who can view'))
        self.desktop.find('list item', 'Everyone')
        self.desktop.hands.key('Down', steps)
        self.desktop.hands.key('Return')
        self.desktop.wait_gone('list item', 'Friends')

    def click(self, node):
        # Whatever moves while it is scrolled to has come to rest.
        self.desktop.bring_into_sight(node)
        self.desktop.camera.settle()
        self.desktop.click(node)

    def edit(self, post):
        self.desktop.camera.activate('win.edit-post', f'int64 {post}')
        self.desktop.find('list item', 'Video Check')
        self.desktop.find_active('combo box', 'Who can view')

    def post(self, post):
        return self.desktop.done('show', str(post))

    def newest(self):
        return max(self.desktop.done('list'), key=lambda post: post['id'])

    def add(self, caption, *when):
        return self.desktop.done('add', self.desktop.video(), '--account', self.account, '--caption', caption, '--privacy',
                                 'SELF_ONLY', *when)[0]['id']

    def saved(self):
        self.desktop.wait_gone('dialog')
        return self.newest()

    # TikTok's choices

    def test_nothing_is_preset(self):
        desktop = self.desktop
        self.open()
        for name in ('Allow comments', 'Allow duets', 'Allow stitches', 'AI-generated', 'Disclose commercial content'):
            for box in desktop.find_all('check box', name):
                self.assertFalse(box.has('checked'), name)
        desktop.find('check box', 'Allow stitches', where=lambda node: not node.is_active)
        desktop.find('label', re.compile('switched stitches off'))
        desktop.find('label', "By posting, you agree to TikTok's Music Usage Confirmation")

    def test_disclosure(self):
        desktop = self.desktop
        self.open()
        self.choose_level(1)
        desktop.find_active('button', 'Schedule')
        self.click(desktop.find('check box', 'Disclose commercial content'))
        self.lacks('You need to indicate if your content promotes yourself, a third party, or both.')
        self.assertEqual(desktop.find_all('label', re.compile('will be labeled')), [])
        self.click(desktop.find_active('check box', 'Your brand'))
        desktop.find('label', "Your photo/video will be labeled as 'Promotional content'")
        self.click(desktop.find_active('check box', 'Branded content'))
        desktop.find('label', "Your photo/video will be labeled as 'Paid partnership'")
        desktop.find('label', "By posting, you agree to TikTok's Branded Content Policy and Music Usage Confirmation")
        self.click(desktop.find_active('combo box', 'Who can view'))
        barred = desktop.find('list item', 'Only me')
        self.assertEqual(barred.description, 'Branded content visibility cannot be set to private.')
        desktop.hands.key('Escape')
        desktop.wait_gone('list item', 'Only me')
        self.click(desktop.find_active('check box', 'Branded content'))
        # Down to "Only me", which excludes the other way round.
        self.choose_level(2)
        desktop.find('check box', 'Branded content', where=lambda node: not node.is_active)
        desktop.hands.key('<Control>Return')
        post = self.saved()
        self.assertEqual((post['state'], post['privacy_level'], post['your_brand'], post['branded_content']),
                         ('scheduled', 'SELF_ONLY', True, False))

    def test_creator_cannot_be_asked(self):
        desktop = self.desktop
        self.server.fault(endpoint='creator_info', status=500, count=0, body={'error': {
            'code': 'internal_error', 'message': '', 'log_id': 'L'}})
        desktop.open_files(desktop.video())
        desktop.find('list item', 'Video Check')
        self.lacks('What this account may choose could not be read. Try again, or keep the post as a draft.')
        self.assertTrue(desktop.find('button', 'Save Draft').is_active)
        self.server.clear_faults()
        self.click(desktop.find_active('button', 'Try Again'))
        self.lacks('Choose who can view the video.')
        desktop.wait_gone('button', 'Try Again')

    def test_inbox(self):
        desktop = self.desktop
        self.open()
        self.click(desktop.find_active('combo box', 'Share as'))
        desktop.find('label', 'Inbox', where=lambda node: any(each.role == 'scroll pane' for each in node.ancestors()))
        desktop.hands.key('Down')
        desktop.hands.key('Return')
        desktop.find('label', re.compile('tap the notification'))
        desktop.wait_gone('combo box', 'Who can view')
        desktop.hands.key('<Control>Return')
        post = self.saved()
        self.assertEqual((post['share_type'], post['privacy_level'], post['state']), ('inbox', None, 'scheduled'))

    # Videos

    def test_no_video(self):
        desktop = self.desktop
        desktop.open_files(desktop.file('notes.txt', b'No video at all.\n'))
        desktop.find('label', NO_VIDEO)
        self.lacks('This file cannot be used. Choose another video.')
        # Another one takes its place.
        desktop.open_files(desktop.video())
        self.lacks('Choose who can view the video.')

    def test_broken_rules(self):
        desktop = self.desktop
        desktop.open_files(desktop.video('small.mp4', size='320x240', rate=15))
        self.lacks('TikTok does not take this video: see the check below it.')
        for name in ('Frame rate', 'Picture size'):
            row = desktop.find('list item', name)
            desktop.find('label', 'Not allowed', within=row)
        desktop.find('label', 'OK', within=desktop.find('list item', 'Codec'))

    def test_ten_files(self):
        """Dropped at once, two of them of no use: one is scheduled, the rest become drafts when the dialog is closed."""
        desktop = self.desktop
        before = len(desktop.done('list'))
        files = [desktop.video(f'clip-{n}.mp4', seconds=1) for n in range(8)]
        files[3:3] = [desktop.file('notes.mp4', b'No video at all.\n' * 100)]
        files += [desktop.file('end.txt', b'No video either.\n')]
        self.open()
        desktop.drop_files(files, desktop.find('text', 'Caption'), lambda: desktop.find_all('label', 'Video 1 of 11'))
        self.choose_level(1)
        desktop.hands.key('<Control>Return')
        desktop.find('label', 'Video 2 of 11')
        desktop.find('label', 'clip-0.mp4')
        # Nothing of it was carried over.
        self.lacks('Choose who can view the video.')
        desktop.hands.key('Escape')
        desktop.find('label', '9 more videos wait for their turn.')
        desktop.click(desktop.find_active('button', 'Save Drafts'))
        wait_left(desktop)
        posts = desktop.done('list')
        self.assertEqual(len(posts) - before, 9)
        self.assertEqual(sum(post['state'] == 'draft' and post['media']['name'].startswith('clip-') for post in posts), 8)

    # The keyboard

    def test_keys_in_the_caption(self):
        desktop = self.desktop
        self.open()
        self.choose_level(1)
        desktop.fill(desktop.find_active('text', 'Caption'), 'Rye')
        desktop.hands.type('\n#bread')
        desktop.find('label', re.compile('^10 / 2.?200$'))
        desktop.hands.key('<Control>Return')
        post = self.saved()
        self.assertEqual(post['caption'], 'Rye\n#bread')
        self.assertEqual(post['state'], 'scheduled')
        desktop.find('button', 'Undo')
        desktop.hands.key('<Control>z')
        desktop.wait(lambda: self.post(post['id'])['state'] == 'cancelled', 'it is taken back')

    def test_undo_in_the_caption_is_of_the_text(self):
        desktop = self.desktop
        post = self.add('Before', '--at', '+3h')
        self.edit(post)
        desktop.fill(desktop.find_active('text', 'Caption'), 'After')
        desktop.click(desktop.find_active('button', 'Save'))
        desktop.wait_gone('dialog')
        self.edit(post)
        caption = desktop.find_active('text', 'Caption')
        desktop.fill(caption, 'Typed')
        # Once too often: what was done to posts before is not taken back along with it.
        desktop.hands.key('<Control>z', 12)
        desktop.wait(lambda: caption.text == 'After', 'the text is undone')
        desktop.hands.key('Escape')
        desktop.wait_gone('dialog')
        self.assertEqual(self.post(post)['caption'], 'After')

    def test_draft(self):
        desktop = self.desktop
        self.open()
        desktop.hands.key('<Control>s')
        post = self.saved()
        self.assertEqual((post['state'], post['privacy_level'], post['due']), ('draft', None, None))

    # Times

    def test_times_of_changing_clocks(self):
        desktop = self.desktop
        gap = self.add('Gap', '--at', '2035-03-25 12:00')
        self.edit(gap)
        time = desktop.find_active('text', 'Time')
        desktop.fill(time, '2:30')
        desktop.find('label', 'This time does not exist: the clocks go forward then. The next one is 03:00.')
        self.assertFalse(desktop.find('button', 'Save').is_active)
        self.click(desktop.find_active('button', 'Use 03:00'))
        desktop.click(desktop.find_active('button', 'Save'))
        desktop.wait_gone('dialog')
        self.assertEqual(self.post(gap)['due'], '2035-03-25T03:00:00+02:00')
        fold = self.add('Fold', '--at', '2035-10-28 12:00')
        self.edit(fold)
        time = desktop.find_active('text', 'Time')
        desktop.fill(time, '230am')
        desktop.find('label', re.compile('^This time comes twice'))
        self.click(desktop.find_active('radio button', re.compile(r'\(CET\)')))
        desktop.find('label', re.compile(r'^Sun 28 Oct 2035, 02:30 \(CET\) — '))
        desktop.click(desktop.find_active('button', 'Save'))
        desktop.wait_gone('dialog')
        self.assertEqual(self.post(fold)['due'], '2035-10-28T02:30:00+01:00')

    def test_wrong_times(self):
        desktop = self.desktop
        post = self.add('Late', '--at', '+2h')
        self.edit(post)
        time = desktop.find_active('text', 'Time')
        desktop.fill(time, 'soon')
        desktop.find('label', 'This is no time of day. Write it like 18:00.')
        self.assertFalse(desktop.find('button', 'Save').is_active)

    # Changing posts

    def test_edit_and_take_back(self):
        desktop = self.desktop
        post = self.add('Before', '--at', '+30h')
        old = self.post(post)
        self.edit(post)
        self.assertEqual(desktop.find_all('button', 'Replace…'), [])
        desktop.fill(desktop.find_active('text', 'Caption'), 'After')
        desktop.click(desktop.find_active('button', 'Save'))
        desktop.wait_gone('dialog')
        self.assertEqual(self.post(post)['caption'], 'After')
        self.assertEqual(self.post(post)['due'], old['due'])
        desktop.hands.key('<Control>z')
        desktop.wait(lambda: self.post(post)['caption'] == 'Before', 'the old caption is back')
        self.assertEqual(self.post(post)['state'], 'scheduled')

    def test_closing_asks(self):
        desktop = self.desktop
        post = self.add('Asked', '--at', '+31h')
        self.edit(post)
        desktop.hands.key('Escape')
        desktop.wait_gone('dialog')
        self.edit(post)
        desktop.fill(desktop.find_active('text', 'Caption'), 'Other')
        desktop.hands.key('Escape')
        desktop.click(desktop.find_active('button', 'Keep Editing'))
        desktop.wait_gone('alert')
        desktop.hands.key('Escape')
        desktop.click(desktop.find_active('button', 'Discard'))
        wait_left(desktop)
        self.assertEqual(self.post(post)['caption'], 'Asked')


if __name__ == '__main__':
    tap.main()

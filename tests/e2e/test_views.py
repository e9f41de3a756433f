# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a window asks the agent for: lists in their orders, the video of a post, settings of accounts."""

import fcntl
import mmap
import os

from agent_bus import BusCase, GLib
from practice import Practice
import tap
from world import World

CHOICES = ('--privacy', 'SELF_ONLY')


class Views(BusCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Practice()
        cls.addClassCleanup(cls.server.stop)
        cls.world = World(cls.server)
        cls.addClassCleanup(cls.world.stop)
        cls.me = cls.world.connect('mara.bakes')['open_id']

    def add(self, caption, *when, video='cake.mp4'):
        return self.world.done('add', self.world.video(video), '--account', self.me, '--caption', caption, *CHOICES,
                               *when)[0]['id']

    def list(self, limit=500, **told):
        kinds = {'states': 'as', 'group': 'x', 'after': 'x', 'after_instant': 'x'}
        filters = {key: GLib.Variant(kinds.get(key, 's'), value) for key, value in told.items()}
        return self.call('ListPosts', GLib.Variant('(a{sv}u)', (filters, limit))).unpack()[0]

    def pages(self, instant, **told):
        """All ids, a page of two at a time."""
        ids, behind = [], {}
        while page := self.list(2, **told, **behind):
            ids += [post['id'] for post in page]
            behind = {'after': ids[-1]}
            if (after := instant(page[-1])) is not None:
                behind['after_instant'] = after
        return ids

    def test_orders(self):
        draft = self.add('Draft', '--draft')
        late, soon, twin = (self.add(text, '--at', when) for text, when in
                            (('Late', '2036-01-02 10:00'), ('Soon', '2036-01-01 10:00'), ('Twin', '2036-01-01 10:00')))
        gone = self.add('Gone', '--at', '2036-01-03 10:00')
        self.world.done('cancel', str(gone))
        plan = ['draft', 'scheduled']
        self.assertEqual(self.pages(lambda post: post.get('due'), states=plan, order='soonest', text=''),
                         [soon, twin, late, draft])
        latest = self.pages(lambda post: post.get('published_at', post.get('ended_at', post.get('due', post['created_at']))),
                            order='latest', account='@mara.bakes')
        self.assertEqual([post for post in latest if post in (draft, late, soon, twin, gone)],
                         [late, twin, soon, gone, draft])
        self.assertEqual(self.pages(lambda post: None, states=plan), [draft, late, soon, twin])
        self.assertEqual([post['id'] for post in self.list(state='scheduled', states=['cancelled', 'scheduled'])],
                         [late, soon, twin])
        self.assertEqual([post['id'] for post in self.list(text='TWIN')], [twin])
        for post in (draft, late, soon, twin):
            self.world.done('cancel', str(post))

    def test_text(self):
        cake = self.add('Käsekuchen 🍰', '--draft')
        bread = self.add('100% rye', '--draft', video='Brötchen.mp4')
        for text, wanted in (('KÄSE', [cake]), ('🍰', [cake]), ('brÖtchen', [bread]), ('0%', [bread]), ('%', [bread]),
                             ('mara', [cake, bread]), ('@mara.bakes', [cake, bread]), ('nothing', []), ('_', [])):
            with self.subTest(text=text):
                self.assertEqual([post['id'] for post in self.list(text=text, state='draft')], wanted)
        for post in (cake, bread):
            self.world.done('cancel', str(post))

    def test_media(self):
        """The private copy itself, and no way to write to it."""
        post = self.add('Watched', '--draft')
        answer, files = self.call_for_files('OpenMedia', GLib.Variant('(x)', (post,)))
        fd = files.get(answer.unpack()[0])
        self.addCleanup(os.close, fd)
        with open(self.world.video(), 'rb') as original, os.fdopen(os.dup(fd), 'rb') as copy:
            self.assertEqual(copy.read(), original.read())
        self.assertEqual(fcntl.fcntl(fd, fcntl.F_GETFL) & os.O_ACCMODE, os.O_RDONLY)
        for attempt in (lambda: os.write(fd, b'x'), lambda: os.ftruncate(fd, 0),
                        lambda: mmap.mmap(fd, 16, mmap.MAP_SHARED, mmap.PROT_WRITE)):
            self.assertRaises(OSError, attempt)
        # Each caller reads at its own place.
        other = self.call_for_files('OpenMedia', GLib.Variant('(x)', (post,)))[1].get(0)
        self.addCleanup(os.close, other)
        self.assertEqual(os.lseek(other, 0, os.SEEK_CUR), 0)
        path = os.readlink(f'/proc/self/fd/{fd}')
        self.assertEqual(os.path.dirname(path), os.path.join(self.world.home, '.local/share',
                                                             'io.github.pealapp.Peal.Practice/media'))
        os.rename(path, path + '.away')
        os.symlink(self.world.video(), path)
        self.refused('media_missing', 'OpenMedia', GLib.Variant('(x)', (post,)))
        os.unlink(path)
        self.refused('media_missing', 'OpenMedia', GLib.Variant('(x)', (post,)))
        os.rename(path + '.away', path)
        self.world.done('cancel', str(post))

    def test_share_type(self):
        """What posts of the account are unless they say otherwise; whoever listens is told."""
        account = GLib.Variant('(sa{sv})', ('@mara.bakes', {'share_type': GLib.Variant('s', 'inbox')}))
        with self.listen('Changed') as told:
            self.call('SetAccount', account)
            self.wait_for(lambda: ('account', [self.me]) in told)
        self.assertEqual(self.call('ListAccounts', None).unpack()[0][0]['share_type'], 'inbox')
        post = self.add('To the inbox', '--draft')
        self.assertEqual(self.list(text='To the inbox')[0]['share_type'], 'inbox')
        self.call('SetAccount', GLib.Variant('(sa{sv})', (self.me, {})))
        self.assertEqual(self.call('ListAccounts', None).unpack()[0][0]['share_type'], 'inbox')
        self.call('SetAccount', GLib.Variant('(sa{sv})', (self.me, {'share_type': GLib.Variant('s', 'direct')})))
        self.assertEqual(self.call('ListAccounts', None).unpack()[0][0]['share_type'], 'direct')
        self.world.done('cancel', str(post))

    def test_audited(self):
        """Said by the user, not at first, and remembered."""
        self.assertEqual(self.call('GetSettings', None).unpack()[0], {'late_grace_s': 7200, 'audited': False})
        for answer in (True, False):
            with self.listen('Changed') as told:
                self.call('SetSettings', GLib.Variant('(a{sv})', ({'audited': GLib.Variant('b', answer)},)))
                self.wait_for(lambda: ('settings', []) in told)
            self.world.stop_agent()
            self.world.start_agent()
            self.assertEqual(self.call('GetSettings', None).unpack()[0], {'late_grace_s': 7200, 'audited': answer})


if __name__ == '__main__':
    tap.main()

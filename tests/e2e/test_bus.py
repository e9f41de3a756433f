# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent's bus interface in the hands of a program that means no good, or just knows no better."""

import os
import tempfile

from agent_bus import BusCase, GLib
from practice import Practice
import tap
from world import World

FACTS = {'name': GLib.Variant('s', 'a.mp4'), 'container': GLib.Variant('s', 'mp4'), 'size': GLib.Variant('x', 16),
         'duration_us': GLib.Variant('x', 1), 'width': GLib.Variant('i', 1), 'height': GLib.Variant('i', 1),
         'rotation': GLib.Variant('i', 0), 'fps_num': GLib.Variant('i', 30), 'fps_den': GLib.Variant('i', 1)}
NOW = {'media': GLib.Variant('x', 1), 'now': GLib.Variant('b', True), 'privacy_level': GLib.Variant('s', 'SELF_ONLY')}


class Bus(BusCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Practice()
        cls.addClassCleanup(cls.server.stop)
        cls.world = World(cls.server)
        cls.addClassCleanup(cls.world.stop)
        cls.me = cls.world.connect('mara.bakes')['open_id']

    def tearDown(self):
        status = self.call('GetStatus', None).unpack()[0]
        self.assertEqual(status['counts'], {}, 'something was stored')

    def test_signature(self):
        self.refused(None, 'GetPost', GLib.Variant('(s)', ('one',)))
        self.refused(None, 'NoSuchMethod', None)

    def test_members(self):
        for reason, member in (('option_unknown', {'colour': GLib.Variant('s', 'red')}),
                               ('option_type', {'cover_ms': GLib.Variant('s', 'first')}),
                               ('option_type', {'caption': GLib.Variant('ay', b'bytes')}),
                               ('caption_too_long', {'caption': GLib.Variant('s', 'x' * 1_000_000)}),
                               ('media_unknown', {'media': GLib.Variant('x', -1)}),
                               ('share_type_unknown', {'share_type': GLib.Variant('s', 'mail')})):
            with self.subTest(member=str(member)[:60]):
                options = NOW | {'accounts': GLib.Variant('as', [self.me])} | member
                self.refused(reason, 'AddPosts', GLib.Variant('(a{sv})', (options,)))

    def test_accounts(self):
        for name in ('nobody', '', '@', "'; DROP TABLE post; --", 'x' * 100_000):
            with self.subTest(name=name[:40]):
                self.refused('account_unknown', 'AddPosts',
                             GLib.Variant('(a{sv})', (NOW | {'accounts': GLib.Variant('as', [name])},)))
        self.refused('account_unknown', 'AddPosts', GLib.Variant('(a{sv})', (NOW,)))

    def test_files(self):
        read, write = os.pipe()
        folder = os.open('/', os.O_RDONLY)
        unreadable = os.open(os.devnull, os.O_WRONLY)
        for fd in (read, folder, unreadable):
            with self.subTest(fd=fd):
                _, message = self.run_job('ImportMedia', GLib.Variant('(ha{sv})', (0, FACTS)), [fd])
                self.assertIn('not_a_video: ', message)
        for fd in (read, write, folder, unreadable):
            os.close(fd)
        self.refused('fd_missing', 'ImportMedia', GLib.Variant('(ha{sv})', (7, FACTS)))

    def test_facts(self):
        with tempfile.TemporaryFile() as file:
            file.write(b'\0\0\0\x10ftypisom\0\0\0\0')
            file.flush()
            for member in ({'size': GLib.Variant('x', -1)}, {'width': GLib.Variant('s', 'wide')},
                           {'fps_den': GLib.Variant('i', 0)}, {'name': GLib.Variant('s', '')},
                           {'name': GLib.Variant('s', 'x' * 5000)}):
                with self.subTest(member=str(member)[:60]):
                    self.refused('media_facts', 'ImportMedia', GLib.Variant('(ha{sv})', (0, FACTS | member)),
                                 [file.fileno()])

    def test_secret(self):
        told = {'client_key': GLib.Variant('s', 'key'), 'environment': GLib.Variant('s', 'sandbox')}
        for reason, secret, options in (('client_secret', b'', told), ('client_secret', b'x' * 1025, told),
                                        ('client_secret', b'nul\0inside', told), ('client_secret', 'ü'.encode(), told),
                                        ('client_key', b's', told | {'client_key': GLib.Variant('s', 'a b')}),
                                        ('environment_unknown', b's', told | {'environment': GLib.Variant('s', 'x')}),
                                        ('option_unknown', b's', told | {'url': GLib.Variant('s', 'http://x')})):
            with self.subTest(reason=reason, secret=secret[:8]):
                read, write = os.pipe()
                os.write(write, secret)
                os.close(write)
                self.refused(reason, 'SetCredentials', GLib.Variant('(ha{sv})', (0, options)), [read])
                os.close(read)

    def test_secret_never_ends(self):
        read, write = os.pipe()
        told = {'client_key': GLib.Variant('s', 'key'), 'environment': GLib.Variant('s', 'sandbox')}
        with self.assertRaises(GLib.Error):
            self.call('SetCredentials', GLib.Variant('(ha{sv})', (0, told)), [read])
        os.close(read)
        os.close(write)

    def test_pages(self):
        for filters, limit in (({}, 0), ({}, 501), ({'after': GLib.Variant('s', '1')}, 1)):
            with self.subTest(limit=limit):
                self.refused('option_type', 'ListPosts', GLib.Variant('(a{sv}u)', (filters, limit)))
        self.refused('state_unknown', 'ListPosts', GLib.Variant('(a{sv}u)', ({'state': GLib.Variant('s', 'x')}, 1)))
        self.refused('option_unknown', 'ListPosts', GLib.Variant('(a{sv}u)', ({'x': GLib.Variant('s', 'x')}, 1)))

    def test_filters(self):
        text, number, texts = 's', 'x', 'as'
        for reason, told in (
                ('option_type', {'states': (text, 'draft')}), ('option_type', {'states': ('ai', [1])}),
                ('state_unknown', {'states': (texts, ['draft', 'asleep'])}), ('state_unknown', {'states': (texts, [''])}),
                ('option_type', {'text': (number, 1)}), ('option_type', {'text': ('ay', b'bytes')}),
                ('order_unknown', {'order': (text, 'random')}), ('order_unknown', {'order': (text, '')}),
                ('option_type', {'order': (number, 1)}), ('option_type', {'after_instant': (number, 1)}),
                ('option_type', {'after': (number, 1), 'after_instant': (number, 1)}),
                ('option_type', {'order': (text, 'soonest'), 'after_instant': (number, 1)}),
                ('option_type', {'order': (text, 'latest'), 'after': (number, 1)}),
                ('option_type', {'order': (text, 'latest'), 'after': (number, 1), 'after_instant': (text, '1')}),
                ('account_unknown', {'account': (text, "' OR 1 --"), 'order': (text, 'latest')})):
            with self.subTest(told=told):
                filters = {key: GLib.Variant(*value) for key, value in told.items()}
                self.refused(reason, 'ListPosts', GLib.Variant('(a{sv}u)', (filters, 1)))
        for told in ({'text': (text, 'x' * 10_000)}, {'text': (text, 'ä' * 1_000_000)}, {'text': (text, "%_'\\\x01")},
                     {'states': (texts, [])}, {'states': (texts, ['draft'] * 10_000)},
                     {'order': (text, 'latest'), 'after': (number, 2**63 - 1), 'after_instant': (number, -2**63)},
                     {'group': (number, -1)}, {'after': (number, -1)}):
            with self.subTest(told=str(told)[:60]):
                filters = {key: GLib.Variant(*value) for key, value in told.items()}
                self.assertEqual(self.call('ListPosts', GLib.Variant('(a{sv}u)', (filters, 500))).unpack(), ([],))

    def test_settings(self):
        for reason, key, value in (('setting_unknown', 'paused', ('b', True)), ('setting_unknown', '', ('b', True)),
                                   ('setting_range', 'audited', ('x', 1)), ('setting_range', 'audited', ('s', 'true')),
                                   ('setting_range', 'late_grace_s', ('b', True)),
                                   ('setting_range', 'late_grace_s', ('x', 86401))):
            with self.subTest(key=key, value=value):
                # Nothing is changed unless all is right.
                changes = {'audited': GLib.Variant('b', True), key: GLib.Variant(*value)}
                self.refused(reason, 'SetSettings', GLib.Variant('(a{sv})', (changes,)))
        self.assertIs(self.call('GetSettings', None).unpack()[0]['audited'], False)

    def test_account_changes(self):
        for reason, account, key, value in (('option_unknown', self.me, 'username', ('s', 'me')),
                                            ('option_type', self.me, 'share_type', ('b', True)),
                                            ('share_type_unknown', self.me, 'share_type', ('s', 'mail')),
                                            ('share_type_unknown', self.me, 'share_type', ('s', '')),
                                            ('account_unknown', 'nobody', 'share_type', ('s', 'inbox'))):
            with self.subTest(key=key, value=value):
                self.refused(reason, 'SetAccount', GLib.Variant('(sa{sv})', (account, {key: GLib.Variant(*value)})))
        self.assertEqual(self.call('ListAccounts', None).unpack()[0][0]['share_type'], 'direct')

    def test_media(self):
        for post in (0, -1, 1, 2**63 - 1):
            self.refused('post_unknown', 'OpenMedia', GLib.Variant('(x)', (post,)))

    def test_slots(self):
        for slots in ([(0, 0)], [(8, 0)], [(1, 1440)], [(1, -1)], [(1, 1)] * 169):
            with self.subTest(slots=str(slots[:2])):
                self.refused('slot_range', 'SetSlots', GLib.Variant('(sa(ii))', (self.me, slots)))
        self.assertEqual(len(self.call('GetSlots', GLib.Variant('(s)', (self.me,))).unpack()[0]), 7)

    def test_one_sign_in_at_a_time(self):
        """A caller that leaves the bus takes its sign-in along; nobody else's job can be cancelled."""
        first, second = self.open_bus(), self.open_bus()
        options = GLib.Variant('(a{sv})', ({},))
        job, url = self.call('Connect', options, bus=first).unpack()
        self.refused('connect_running', 'Connect', options, bus=second)
        self.call('CancelJob', GLib.Variant('(u)', (job,)), bus=second)
        self.refused('connect_running', 'Connect', options, bus=second)
        first.close_sync(None)
        self.world.wait_until(lambda: self.can_connect(second, options), timeout=10)
        self.assertIn('/v2/auth/authorize/?', url)

    def can_connect(self, bus, options):
        try:
            self.call('Connect', options, bus=bus)
        except GLib.Error as error:
            self.assertIn('connect_running', error.message)
            return False
        return True

    def test_no_secret_in_answers(self):
        """Whatever can be asked for, no token and no key secret is in it."""
        account = GLib.Variant('(s)', (self.me,))
        answers = [self.call('GetStatus', None), self.call('ListAccounts', None), self.call('GetSlots', account),
                   self.call('GetSettings', None)]
        text = ''.join(str(answer) for answer in answers)
        for secret in ('act.', 'rft.', 'practice-secret'):
            self.assertNotIn(secret, text)


if __name__ == '__main__':
    tap.main()

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes wrong says so, each in its own words; nothing hangs, nothing is half stored."""

import fcntl
import os
import shutil
import signal
import subprocess
import threading
import unittest

import tap
import world as world_module
from practice import DESKTOP, Practice
from world import World

CHOICES = ('--privacy', 'SELF_ONLY')


class Refusals(unittest.TestCase):
    def refuse(self, status, code, *args, world=None, **more):
        result = (world or self.world).ctl(*args, '--json', **more)
        self.assertEqual((result.status, result.code), (status, code), result)
        self.assertIn('pealctl: ', result.err)
        self.assertGreater(len(result.json['error']['message']), 10)
        return result


class BadInput(Refusals):
    @classmethod
    def setUpClass(cls):
        cls.server = Practice()
        cls.addClassCleanup(cls.server.stop)
        cls.world = World(cls.server)
        cls.addClassCleanup(cls.world.stop)
        cls.me = cls.world.connect('mara.bakes')['open_id']

    def tearDown(self):
        self.assertEqual(self.world.done('list'), [])

    def add(self, status, code, path, *more):
        self.refuse(status, code, 'add', path, '--account', self.me, *CHOICES, *(more or ('--now',)))

    def test_files(self):
        text = self.world.file('text.mp4', b'This is a text.\n' * 500)
        with open(self.world.video('whole.mp4'), 'rb') as file:
            cut = self.world.file('cut.mp4', file.read()[:20000])
        fifo = os.path.join(self.world.place, 'fifo.mp4')
        if not os.path.exists(fifo):
            os.mkfifo(fifo)
        rows = ((os.path.join(self.world.place, 'missing.mp4'), 'file_missing'),
                (self.world.place, 'file_is_directory'), (fifo, 'file_not_regular'),
                (self.world.file('empty.mp4'), 'file_empty'), (text, 'not_a_video'), (cut, 'video_damaged'))
        for path, code in rows:
            with self.subTest(code):
                self.refuse(1, code, 'check', path)
                self.add(1, code, path)

    def test_unreadable(self):
        path = self.world.file('closed.mp4', b'x')
        os.chmod(path, 0)
        # Root reads everything, unless it is told not to.
        bare = ['setpriv', '--inh-caps=-all', '--bounding-set=-all', '--']
        done = subprocess.run([*bare, os.path.join(world_module.BIN, 'pealctl'), '--practice', 'check', path, '--json'],
                              env=self.world.environment, capture_output=True, text=True, timeout=60, check=False)
        result = world_module.Result('check', done.returncode, done.stdout, done.stderr)
        self.assertEqual((result.status, result.code), (1, 'file_unreadable'), result)

    def test_rules(self):
        self.add(1, 'side_too_small', self.world.video('small.mp4', size='180x320'))
        self.add(1, 'frame_rate_low', self.world.video('slow.mp4', rate=10))

    def test_times(self):
        video = self.world.video()
        self.add(1, 'time_past', video, '--at', '2020-01-01 10:00')
        self.add(1, 'time_gap', video, '--at', '2035-03-25 02:30')
        self.add(1, 'time_fold', video, '--at', '2035-10-28 02:30')
        self.add(1, 'time_far', video, '--at', '2060-01-01 10:00')
        self.add(2, 'time_syntax', video, '--at', 'tomorrow')
        self.add(2, 'usage', video, '--at', '+1h', '--now')
        self.refuse(2, 'usage', 'add', video, '--account', self.me, *CHOICES)

    def test_choices(self):
        video = self.world.video()
        self.refuse(1, 'privacy_level_missing', 'add', video, '--account', self.me, '--at', '+1h')
        self.refuse(1, 'privacy_level_unknown', 'add', video, '--account', self.me, '--privacy', 'everyone', '--at',
                    '+1h')
        self.refuse(1, 'branded_content_private', 'add', video, '--account', self.me, *CHOICES, '--branded-content',
                    '--at', '+1h')
        self.refuse(1, 'share_type_unknown', 'add', video, '--account', self.me, *CHOICES, '--share-type', 'pigeon',
                    '--at', '+1h')

    def test_accounts(self):
        for name in ('-000Nobody', '@nobody'):
            with self.subTest(name):
                self.refuse(1, 'account_unknown', 'add', self.world.video(), '--account', name, *CHOICES, '--now')
                self.refuse(1, 'account_unknown', 'stats', name)
                self.refuse(1, 'account_unknown', 'disconnect', name)
                self.refuse(1, 'account_unknown', 'sync', name)
        # One that begins with a dash, in each place.
        self.assertTrue(self.me.startswith('-'))
        self.world.done('stats', self.me)
        self.assertEqual(self.world.ctl('stats', '--json', '--', self.me).status, 0)
        self.world.done('list', '--account', self.me)
        self.world.done('list', f'--account={self.me}')

    def test_usage(self):
        self.refuse(2, 'command_unknown', 'pubish')
        self.refuse(2, 'option_unknown', 'list', '--sate', 'draft')
        self.refuse(2, 'usage', 'list', '--state', 'asleep')
        self.refuse(2, 'usage', 'show')
        self.refuse(2, 'usage')

    def test_no_to_consent(self):
        result = self.world.try_connect('tomas.rides', answer='deny')
        self.assertEqual((result.status, result.code), (1, 'access_denied'), result)
        self.assertEqual(len(self.world.done('accounts')), 1)

    def test_browser_never_comes_back(self):
        process, url = self.world.start_connect()
        self.assertTrue(url.startswith(self.server.base))
        self.refuse(1, 'connect_running', 'connect', '--no-browser')
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
        result = world_module.Result('connect', process.returncode, out, err)
        self.assertEqual((result.status, result.code), (1, 'cancelled'), result)
        # And the way is free again.
        process, url = self.world.start_connect()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)

    def test_other_account(self):
        result = self.world.try_connect('tomas.rides', command=('grant', self.me))
        self.assertEqual((result.status, result.code), (1, 'other_account'), result)
        self.assertEqual(len(self.world.done('accounts')), 1)


class BadWorld(Refusals):
    """The surroundings are not as they should be."""

    def setUp(self):
        self.server = Practice()
        self.addCleanup(self.server.stop)

    def make(self, **more):
        world = World(self.server, **more)
        self.addCleanup(world.stop)
        return world

    def test_no_credentials(self):
        world = self.make(setup=False)
        self.refuse(3, 'no_credentials', 'connect', '--no-browser', world=world)

    def test_wrong_secret(self):
        world = self.make(setup=False)
        world.setup((DESKTOP[0], 'not-the-secret-at-all'))
        result = world.try_connect()
        self.assertEqual((result.status, result.code), (1, 'invalid_client'), result)
        self.assertNotIn('not-the-secret-at-all', result.out + result.err + world.log())
        self.assertEqual(world.done('accounts'), [])

    def test_forget_credentials(self):
        world = self.make()
        world.done('forget-credentials')
        self.refuse(3, 'no_credentials', 'connect', '--no-browser', world=world)

    def test_keyring_missing(self):
        world = self.make(keyring='none')
        self.assertEqual(world.done('status')['keyring'], 'missing')
        self.refuse(3, 'keyring_missing', 'setup', '--client-key', DESKTOP[0], '--client-secret-file', '-',
                    world=world, input=DESKTOP[1])

    def test_keyring_locked(self):
        world = self.make()
        me = world.connect()['open_id']
        world.lock_keyring()
        self.assertEqual(world.done('status')['keyring'], 'locked')
        world.stop_agent()
        world.start_agent()
        self.refuse(3, 'keyring_locked', 'setup', '--client-key', DESKTOP[0], '--client-secret-file', '-',
                    world=world, input=DESKTOP[1])
        result = world.ctl('add', world.video(), '--account', me, *CHOICES, '--now', '--json')
        self.assertEqual(result.status, 3, result)
        self.assertEqual(result.json[0]['hold_reason'], 'keyring_locked')

    def test_server_gone(self):
        world = self.make()
        me = world.connect()['open_id']
        self.server.halt()
        result = world.ctl('sync', me, '--json')
        self.assertEqual(result.status, 1, result)
        self.assertNotIn(result.code, ('agent_failed', 'internal'), result)

    def test_no_agent(self):
        world = self.make()
        world.stop_agent()
        alone = os.path.join(world.place, 'pealctl')
        shutil.copy(os.path.join(world_module.BIN, 'pealctl'), alone)
        # Neither beside it nor where it was installed.
        hidden = ['bwrap', '--bind', '/', '/', '--dev-bind', '/dev', '/dev', '--tmpfs', world_module.BIN, '--']
        done = subprocess.run([*hidden, alone, '--practice', 'status', '--json'], env=world.environment,
                              capture_output=True, text=True, timeout=60, check=False)
        result = world_module.Result('status', done.returncode, done.stdout, done.stderr)
        self.assertEqual((result.status, result.code), (4, 'agent_unreachable'), result)

    def test_no_bus(self):
        world = self.make()
        self.refuse(4, 'agent_unreachable', 'status', world=world,
                    environment={'DBUS_SESSION_BUS_ADDRESS': 'unix:path=/nonexistent/bus'})

    def test_two_agents(self):
        world = self.make()
        # Another bus, the same data.
        done = subprocess.run(['dbus-run-session', '--', os.path.join(world_module.BIN, 'pealctl'), '--practice',
                               'status', '--json'],
                              env={name: value for name, value in world.environment.items()
                                   if name != 'DBUS_SESSION_BUS_ADDRESS'},
                              capture_output=True, text=True, timeout=60, check=False)
        result = world_module.Result('status', done.returncode, done.stdout, done.stderr)
        self.assertEqual((result.status, result.code), (4, 'agent_running'), result)

    def test_agent_that_is_leaving(self):
        world = self.make()
        world.stop_agent()
        # It has left the bus, and still has its data.
        data = os.path.join(world.home, '.local/share/io.github.pealapp.Peal.Practice')
        with open(os.path.join(data, 'agent.lock'), 'rb') as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            end = threading.Timer(1, fcntl.flock, (lock, fcntl.LOCK_UN))
            end.start()
            world.start_agent()
            end.join()
        world.done('status')

    def test_other_server(self):
        world = self.make()
        world.stop_agent()
        other = Practice()
        self.addCleanup(other.stop)
        done = subprocess.run([os.path.join(world_module.BIN, 'peal-agent'), f'--practice={other.base}'],
                              env=world.environment, capture_output=True, text=True, timeout=30, check=False)
        self.assertEqual(done.returncode, 1, done)
        self.assertIn('peal-agent: server_other: ', done.stderr)


if __name__ == '__main__':
    tap.main()

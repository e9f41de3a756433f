# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Tokens and secrets in trouble, as a user of the real agent sees it. Each test bears the number of its row in the
table of faults: tokens 57 to 63, the keyring service 64 to 70, libsecret's file 71 to 73."""

import os
import re
import signal
import subprocess
import time
import unittest

from practice import Practice
import parallel
from vault_world import APPLICATION, Clock, VaultWorld

TWO_HOURS = 7300
# They wait most of the time.
WIDTH = 6


class Case(unittest.TestCase):
    def make(self, service='unlocked', accounts=('mara.bakes',)):
        clock = Clock()
        self.server = Practice(clock.wrap(Practice.find()))
        self.addCleanup(self.server.stop)
        self.world = VaultWorld(self.server, clock, service)
        self.addCleanup(self.world.stop)
        self.all = [self.world.connect(name)['open_id'] for name in accounts]
        self.me = self.all[0]
        return self.world

    def published_once(self, *posts):
        for post in posts:
            self.world.published(post)
        self.assertEqual(len(self.server.ledger()), len(posts))

    def stored_for_good(self, posts=0):
        """A new agent has nothing but what was stored."""
        self.world.restart_agent()
        self.world.published(self.world.add(self.me))
        self.assertEqual(len(self.server.ledger()), posts + 1)
        self.assertEqual(self.world.state_of(self.me), 'connected')


class Tokens(Case):
    def begin_refresh(self, **fault):
        """Starts a post with a token that has run out; returns it once TikTok has taken the refresh."""
        self.world.clock.pass_time(TWO_HOURS)
        self.server.fault(endpoint='token', **fault)
        process = self.world.spawn('add', self.world.small_video(), '--account', self.me, '--caption', 'One',
                                   '--privacy', 'SELF_ONLY', '--now', '--json')
        self.addCleanup(process.communicate)
        self.world.wait_until(lambda: self.world.done('list') and not any(
            each['remaining'] for each in self.server.control('GET', 'faults')['faults']))
        return self.world.done('list')[0]['id']

    def test_57_expires_between_init_and_polls(self):
        world = self.make()
        self.server.settings(upload_lifetime=36000, processing_base_ms=3000)
        world.clock.pass_time(120)
        tokens = self.server.counts('token')
        self.server.fault(endpoint='upload', delay_ms=1500)
        post = world.add(self.me)
        world.wait_until(lambda: self.server.counts('video_init') == 1)
        self.server.advance(TWO_HOURS)
        self.published_once(post)
        self.assertEqual(self.server.counts('video_init'), 1)
        self.assertEqual(self.server.counts('token'), tokens + 1)

    def test_58_refresh_answer_lost(self):
        world = self.make()
        world.clock.pass_time(TWO_HOURS)
        self.server.fault(endpoint='token', drop_after_process=True)
        tokens = self.server.counts('token')
        post = world.add(self.me)
        self.assertEqual(world.held(post), 'reconnect')
        self.assertEqual(self.server.counts('token'), tokens + 2)
        self.assertEqual(world.state_of(self.me), 'reconnect')
        self.assertEqual(world.sign_in_again(self.me).status, 0)
        self.published_once(post)

    def test_59_two_calls_refused_at_once(self):
        world = self.make()
        world.clock.pass_time(120)
        self.server.advance(TWO_HOURS)
        self.server.fault(endpoint='token', delay_ms=1500)
        tokens = self.server.counts('token')
        sync = world.spawn('sync', self.me)
        post = world.add(self.me)
        self.published_once(post)
        out, err = sync.communicate(timeout=60)
        self.assertEqual(sync.returncode, 0, out + err)
        self.assertEqual(self.server.counts('token'), tokens + 1)

    def test_60_refreshed_but_not_stored(self):
        world = self.make()
        post = self.begin_refresh(delay_after_ms=6000)
        world.lock_keyring()
        self.assertEqual(world.held(post), 'keyring_locked')
        world.unlock_keyring()
        self.published_once(post)
        self.stored_for_good(1)

    def test_61_killed_between_answer_and_store(self):
        world = self.make()
        post = self.begin_refresh(delay_after_ms=2500)
        world.restart_agent(signal.SIGKILL)
        self.assertEqual(world.held(post), 'reconnect')
        self.assertEqual(world.state_of(self.me), 'reconnect')
        self.assertEqual(world.sign_in_again(self.me).status, 0)
        self.published_once(post)

    def test_62_63_app_removed_and_somebody_else_signs_in(self):
        world = self.make(accounts=('mara.bakes', 'tomas.rides'))
        self.server.revoke('mara.bakes')
        mine, other = world.add(self.me), world.add(self.all[1])
        self.assertEqual(world.held(mine), 'reconnect')
        world.published(other)
        self.assertEqual([world.state_of(each) for each in self.all], ['reconnect', 'connected'])
        refused = world.sign_in_again(self.me, 'linh.draws')
        self.assertEqual((refused.status, refused.code), (1, 'other_account'), refused)
        self.assertEqual(world.held(mine), 'reconnect')
        self.assertEqual(world.connect('linh.draws')['state'], 'connected')
        self.assertEqual(world.held(mine), 'reconnect')
        self.assertEqual(world.sign_in_again(self.me).status, 0)
        self.published_once(mine, other)

    def test_69_keyring_killed_during_store(self):
        world = self.make()
        post = self.begin_refresh(delay_after_ms=500)
        world.signal_keyring(signal.SIGKILL)
        world.wait_for(post, 'held', 'published')
        world.unlock_keyring()
        self.published_once(post)
        self.stored_for_good(1)


class Service(Case):
    def test_64_locked_at_login(self):
        world = self.make()
        post = world.add(self.me, '--at', '+8s')
        world.stop_agent()
        world.lock_keyring()
        world.start_agent()
        self.assertEqual(world.held(post), 'keyring_locked')
        self.assertEqual(world.done('status')['keyring'], 'locked')
        self.assertEqual(world.state_of(self.me), 'connected')
        world.unlock_keyring()
        self.published_once(post)

    def test_65_cold(self):
        world = self.make()
        world.stop_agent()
        world.signal_keyring(signal.SIGKILL)
        world.start_agent()
        post = world.add(self.me)
        self.assertEqual(world.held(post), 'keyring_locked')
        self.assertEqual(world.done('status')['keyring'], 'locked')
        self.assertEqual(world.state_of(self.me), 'connected')
        world.unlock_keyring()
        self.published_once(post)

    def test_67_absent(self):
        world = self.make('by_hand')
        world.stop_agent()
        world.signal_keyring(signal.SIGKILL)
        world.start_agent()
        self.assertEqual(world.done('status')['keyring'], 'missing')
        later, post = world.add(self.me, '--at', '+1h'), world.add(self.me)
        self.assertEqual(world.done('show', str(later))['state'], 'scheduled')
        self.assertEqual(world.held(post), 'keyring_locked')
        self.assertEqual(world.state_of(self.me), 'connected')
        found = subprocess.run(['grep', '-rlsE', '(act|rft)\\.', world.home], capture_output=True, check=False)
        self.assertEqual(found.stdout, b'')
        world._start_keyring()
        self.published_once(post)

    def test_68_hangs(self):
        world = self.make()
        world.restart_agent()
        service = world.keyring_pid()
        os.kill(service, signal.SIGSTOP)
        began = time.monotonic()
        self.assertEqual(world.done('status')['keyring'], 'missing')
        self.assertEqual(world.state_of(self.me), 'connected')
        self.assertLess(time.monotonic() - began, 8)
        post = world.add(self.me)
        self.assertEqual(world.held(post), 'keyring_locked')
        self.assertEqual(world.done('show', str(post))['error']['code'], 'keyring_hangs')
        os.kill(service, signal.SIGCONT)
        self.published_once(post)

    def test_70_item_deleted(self):
        world = self.make()
        shown = world.secret_tool('search', '--all', 'application', APPLICATION)
        labels = re.findall('^label = (.*)$', shown.stdout, re.M)
        keys = re.findall('^attribute.account = (.*)$', shown.stderr, re.M)
        self.assertEqual(world.secret_tool('clear', 'account', keys[labels.index('Peal account')]).returncode, 0)
        world.restart_agent()
        post = world.add(self.me)
        self.assertEqual(world.held(post), 'reconnect')
        self.assertEqual(world.state_of(self.me), 'reconnect')
        self.assertEqual(world.sign_in_again(self.me).status, 0)
        self.published_once(post)


class File(Case):
    def kept_aside(self, word):
        folder = os.path.dirname(self.world.keyring_file)
        return [name for name in os.listdir(folder) if f'.{word}-' in name]

    def cut(self, length):
        with open(self.world.keyring_file, 'r+b') as file:
            file.truncate(length)

    def test_71_cut_off(self):
        """Each length is tried in test-keyring-file."""
        world = self.make(None)
        size = os.path.getsize(world.keyring_file)
        for length in (0, 17, 30, size // 2, size - 1):
            world.stop_agent()
            self.cut(length)
            world.start_agent()
            world.done('sync', self.me)
        world.clock.pass_time(TWO_HOURS)
        self.cut(100)
        post = world.add(self.me)
        self.published_once(post)
        self.assertEqual(len(self.kept_aside('broken')), 6)
        self.assertIsNone(world.agent.poll())
        self.stored_for_good(1)

    def start_on_small_disk(self):
        """Starts the agent with its keyring file on a disk of 64 KiB; returns where that is seen."""
        world = self.world
        folder = os.path.dirname(world.keyring_file)
        world.wrapper = ['unshare', '--user', '--mount', '--map-current-user', '--keep-caps', '--', 'sh', '-ec',
                         f'cp -a {folder} {world.place}/kept; mount -t tmpfs -o size=64k,mode=700 none {folder}; '
                         f'cp -a {world.place}/kept/. {folder}/; exec "$@"', 'sh']
        world.start_agent()
        return f'/proc/{world.agent.pid}/root{folder}'

    def test_72_disk_full(self):
        world = self.make(None)
        world.stop_agent()
        with open(world.keyring_file, 'rb') as file:
            before = file.read()
        folder = self.start_on_small_disk()
        world.published(world.add(self.me))
        world.clock.pass_time(TWO_HOURS)
        tokens = self.server.counts('token')
        post = world.add(self.me)
        self.assertEqual(world.held(post), 'disk_full')
        self.assertEqual(self.server.counts('token'), tokens, 'a refresh whose answer could not be stored')
        with open(os.path.join(folder, 'default.keyring'), 'rb') as file:
            self.assertEqual(file.read(), before)
        world.stop_agent()
        world.wrapper = []
        world.start_agent()
        world.done('retry', str(post))
        world.published(post)
        self.assertEqual(len(self.server.ledger()), 2)

    def test_73_other_password(self):
        world = self.make(None)
        with open(world.keyring_file, 'rb') as file:
            before = file.read()
        world.stop_agent()
        world.more['SECRET_FILE_TEST_PASSWORD'] = 'another one'
        world.start_agent()
        post = world.add(self.me)
        self.assertEqual(world.held(post), 'keyring_locked')
        self.assertEqual(world.done('show', str(post))['error']['code'], 'keyring_replaced')
        self.assertEqual(world.state_of(self.me), 'connected')
        self.assertEqual(world.done('status')['keyring'], 'missing')
        refused = world.ctl('connect', '--no-browser', '--json')
        self.assertEqual((refused.status, refused.code), (3, 'keyring_replaced'), refused)
        with open(world.keyring_file, 'rb') as file:
            self.assertEqual(file.read(), before)
        world.setup()
        name, = self.kept_aside('replaced')
        with open(os.path.join(os.path.dirname(world.keyring_file), name), 'rb') as file:
            self.assertEqual(file.read(), before)
        self.assertEqual(world.sign_in_again(self.me).status, 0)
        self.published_once(post)
        self.stored_for_good(1)


if __name__ == '__main__':
    parallel.main(WIDTH, 'test_68_hangs')

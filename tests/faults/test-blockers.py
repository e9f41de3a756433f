# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rows of the fault catalogue that need the real agent and are nobody else's: time, and users who change their mind
while a video is on its way. Prints the whole catalogue: what covers each row, or why nothing can here."""

import concurrent.futures
import glob
import os
import signal
import time
import unittest

import parallel
from catalogue import TREE, check, lines
from practice import Practice
from vault_world import Clock, VaultWorld
from videos import fill_up

DAY, HOUR = 86400, 3600
ENDS = ('published', 'held', 'failed', 'needs_review', 'cancelled')
APPLICATION = '/io/github/pealapp/Peal/Practice/Agent'
BUS_NAME = 'io.github.pealapp.Peal.Practice.Agent'


class Blockers(unittest.TestCase):
    def make(self, server_clock=None):
        """A world with an account. @server_clock: that of TikTok, where it is another than ours."""
        self.clock = Clock()
        self.server = Practice((server_clock or self.clock).wrap(Practice.find()))
        self.addCleanup(self.server.stop)
        self.server.settings(rate_limits=False)
        self.world = VaultWorld(self.server, self.clock)
        self.addCleanup(self.world.stop)
        self.me = self.world.connect('mara.bakes')['open_id']

    def make_large(self):
        """As make (), with a video of nine chunks, each of which takes a moment."""
        self.make()
        self.server.fault(endpoint='upload', count=0, delay_ms=250)
        self.large = fill_up(self.world.video('large.mp4'), 90_000_000)

    def pass_time(self, seconds):
        self.clock.pass_time(seconds)
        self.server.advance(seconds)

    def add(self, *when, video=None):
        return self.world.done('add', video or self.world.small_video(), '--account', self.me, '--caption', 'One',
                               '--privacy', 'SELF_ONLY', *when)[0]['id']

    def end_of(self, post, timeout=60):
        return self.world.wait_for(post, *ENDS, timeout=timeout)

    def look(self):
        """What any reason to look again does: a timer, a resume, another network."""
        self.world.gdbus(BUS_NAME, APPLICATION, 'org.freedesktop.Application.Activate', '{}')

    def uploading(self, chunks=3):
        self.world.wait_until(lambda: self.server.counts('upload') >= chunks)

    def captions(self):
        return [entry['caption'] for entry in self.server.ledger()]

    # Time

    def test_089_suspended_over_its_time(self):
        self.make()
        asked = self.server.counts('creator_info')
        post = self.add('--at', '+10s')
        due = time.monotonic() + 10
        # An answer that is under way while all clocks of a suspended computer stand, but ours here, tells of a clock
        # that is wrong.
        self.world.wait_until(lambda: self.server.counts('creator_info') > asked)
        for _ in range(3):
            self.world.done('show', str(post))
        os.kill(self.world.agent.pid, signal.SIGSTOP)
        self.pass_time(180)
        # The timer of a stopped process runs out like that of a suspended computer.
        self.world.wait_until(lambda: time.monotonic() > due)
        os.kill(self.world.agent.pid, signal.SIGCONT)
        # Nothing but the timer makes it look again.
        shown = self.end_of(post)
        self.assertEqual((shown['state'], self.captions()), ('published', ['One']))
        self.assertGreater(shown['late_us'], 170 * 1_000_000)

    def test_090_resumed_eight_hours_late(self):
        self.make()
        posts = [self.add('--at', '+1h') for _ in range(2)]
        self.pass_time(9 * HOUR)
        self.look()
        for post in posts:
            shown = self.end_of(post)
            self.assertEqual((shown['state'], shown['hold_reason']), ('held', 'missed'))
        self.assertEqual(self.server.counts('video_init'), 0)

    def test_091_clock_a_day_ahead_and_back(self):
        self.make(server_clock=Clock())
        post = self.add('--at', '+1410m')
        self.clock.pass_time(DAY)
        self.look()
        shown = self.end_of(post)
        self.assertEqual((shown['state'], shown['hold_reason']), ('held', 'clock'))
        self.clock.pass_time(-DAY)
        self.look()
        self.world.restart_agent()
        self.assertIn(self.world.done('show', str(post))['state'], ('held', 'scheduled'))
        self.assertEqual((self.server.counts('video_init'), self.captions()), (0, []))

    def test_092_clock_a_day_back_after_the_upload(self):
        self.make(server_clock=Clock())
        self.server.settings(processing_base_ms=20000)
        post = self.add('--now')
        self.world.wait_until(lambda: self.server.counts('status') >= 1)
        self.world.stop_agent(signal.SIGKILL)
        self.clock.pass_time(-DAY)
        self.world.start_agent()
        self.server.advance(60)
        self.assertEqual(self.end_of(post)['state'], 'published')
        self.assertEqual((self.server.counts('video_init'), self.captions()), (1, ['One']))

    # Videos and users

    def test_101_copy_written_to(self):
        """Another content of the same size and time of change."""
        self.make_large()
        post = self.add('--now', video=self.large)
        self.uploading()
        copy, = [path for path in glob.glob(os.path.join(
            self.world.home, '.local/share/io.github.pealapp.Peal.Practice/media/*')) if os.path.getsize(path) > 80e6]
        before = os.stat(copy)
        with open(copy, 'r+b') as file:
            file.seek(85_000_000)
            file.write(b'something else')
        os.utime(copy, ns=(before.st_atime_ns, before.st_mtime_ns))
        shown = self.end_of(post)
        self.assertEqual((shown['state'], shown['hold_reason']), ('held', 'media_changed'))
        self.assertEqual(self.captions(), [])

    def test_107_edited_on_the_way(self):
        self.make_large()
        post = self.add('--now', video=self.large)
        self.uploading()
        self.world.done('edit', str(post), '--caption', 'Another')
        self.assertEqual(self.end_of(post, timeout=90)['state'], 'published')
        self.assertEqual(self.captions(), ['Another'])

    def test_108_cancelled_on_the_way(self):
        self.make_large()
        post = self.add('--now', video=self.large)
        self.uploading()
        self.world.done('cancel', str(post))
        self.assertEqual(self.world.done('show', str(post))['state'], 'cancelled')
        late = self.add('--now')
        self.world.wait_until(lambda: len(self.server.ledger()) > 0 or self.server.counts('video_init') == 2)
        self.world.wait_until(lambda: self.server.counts('upload') > 3 and self.server.posts()[-1]['uploaded'] > 0)
        refused = self.world.ctl('cancel', str(late), '--json')
        self.assertEqual(refused.code, 'too_late', refused)
        self.assertEqual(self.end_of(late)['state'], 'published')
        self.assertEqual(self.captions(), ['One'])

    def test_109_published_by_hand_while_the_timer_fires(self):
        self.make()
        post = self.add('--at', '+4s')
        with concurrent.futures.ThreadPoolExecutor(4) as executor:
            # Some are too late for it, which is their answer; none is a second publish.
            list(executor.map(lambda _: self.world.ctl('move', str(post), '--now'), range(6)))
        shown = self.end_of(post)
        self.assertEqual((shown['state'], len(shown['attempts']), self.captions()), ('published', 1, ['One']))

    # All rows

    def test_catalogue(self):
        for line in lines():
            print(f'# {line}', flush=True)
        self.assertEqual(check(TREE), [])


if __name__ == '__main__':
    parallel.main(3, 'test_108_cancelled_on_the_way')

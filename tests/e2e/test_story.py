# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The main job, through pealctl alone: connect, check, schedule, publish on time, read the numbers."""

import csv
import datetime
import hashlib
import io
import json
import unittest

from practice import Practice
import tap
from world import World

FIELDS = {'id', 'group', 'account', 'state', 'hold_reason', 'due', 'caption', 'privacy_level', 'share_type', 'media',
          'attempts', 'publish_id', 'post_ids', 'share_url', 'error', 'progress'}
CHOICES = ('--privacy', 'SELF_ONLY', '--allow-comment')


def instant(text):
    return datetime.datetime.fromisoformat(text)


class Story(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Practice()
        cls.addClassCleanup(cls.server.stop)
        cls.world = World(cls.server)
        cls.addClassCleanup(cls.world.stop)
        cls.account = cls.world.connect('mara.bakes')
        cls.me = cls.account['open_id']

    def test_1_account(self):
        self.assertTrue(self.me.startswith('-000'))
        self.assertEqual(self.account['username'], 'mara.bakes')
        self.assertEqual(self.account['state'], 'connected')
        self.assertIn('video.publish', self.account['scopes'])
        accounts = self.world.done('accounts')
        self.assertEqual([account['open_id'] for account in accounts], [self.me])
        self.assertIn('@mara.bakes', self.world.ctl('accounts').out)

    def test_2_check(self):
        video = self.world.video()
        checked = self.world.done('check', video, '--account', self.me)
        self.assertTrue(checked['ok'])
        self.assertEqual([rule['verdict'] for rule in checked['rules']], ['ok'] * 6)
        self.assertEqual(checked['facts']['width'], 540)
        self.assertEqual(self.world.ctl('check', video).status, 0)
        small = self.world.ctl('check', self.world.video('small.mp4', size='180x320'), '--json')
        self.assertEqual(small.status, 1)
        self.assertEqual(small.code, 'side_too_small')

    def test_3_publish(self):
        video = self.world.video()
        with open(video, 'rb') as file:
            digest = hashlib.sha256(file.read()).hexdigest()
        before = len(self.server.ledger())
        posts = self.world.done('add', video, '--account', self.me, '--caption', 'Plum cake #baking', *CHOICES,
                                '--at', '+6s')
        self.assertEqual(len(posts), 1)
        self.assertLessEqual(FIELDS, posts[0].keys())
        self.assertEqual(posts[0]['state'], 'scheduled')
        self.assertEqual(posts[0]['caption'], 'Plum cake #baking')
        self.assertEqual(posts[0]['media']['sha256'], digest)
        shown = self.world.wait_for(posts[0]['id'], 'published', 'failed', 'held', 'needs_review')
        self.assertEqual(shown['state'], 'published', shown)
        self.assertIsNone(shown['error'])
        self.assertEqual([attempt['state'] for attempt in shown['attempts']], ['PUBLISHED'])
        self.assertGreaterEqual(instant(shown['published_at']), instant(shown['due']))
        self.assertEqual(len(self.server.ledger()), before + 1)
        people = self.world.ctl('show', str(posts[0]['id']))
        self.assertIn('Published', people.out)
        self.assertIn(str(posts[0]['id']), self.world.ctl('list', '--state', 'published').out)

    def test_4_wait(self):
        result = self.world.ctl('add', self.world.video(), '--account', '@mara.bakes', *CHOICES, '--now', '--wait',
                                '--json')
        self.assertEqual(result.status, 0, result)
        self.assertEqual(result.json[0]['state'], 'published')

    def test_5_now(self):
        result = self.world.ctl('add', self.world.video(), '--account', self.me, *CHOICES, '--now')
        self.assertEqual(result.status, 0, result)
        identity = result.out.strip()
        self.assertTrue(identity.isdigit())
        self.world.wait_for(identity, 'published')

    def test_6_numbers(self):
        read = self.world.done('sync', self.me)
        self.assertGreaterEqual(read['videos'], 45)
        samples = self.world.done('stats', self.me, '--since', '1d')
        self.assertGreater(samples[-1]['follower_count'], 0)
        table = self.world.ctl('stats', self.me, '--csv')
        rows = list(csv.DictReader(io.StringIO(table.out)))
        self.assertEqual(int(rows[-1]['follower_count']), samples[-1]['follower_count'])
        videos = self.world.done('videos', self.me)
        self.assertEqual(len(videos), read['videos'])
        self.assertEqual(sorted((video['create_time'] for video in videos), key=instant, reverse=True),
                         [video['create_time'] for video in videos])
        rows = list(csv.DictReader(io.StringIO(self.world.ctl('videos', self.me, '--csv').out)))
        self.assertEqual(len(rows), len(videos))
        self.assertEqual(rows[0]['id'].lstrip("'"), videos[0]['id'])

    def test_7_status(self):
        status = self.world.done('status')
        self.assertTrue(status['practice'])
        self.assertEqual(status['server'].rstrip('/'), self.server.base)
        self.assertEqual(status['keyring'], 'unlocked')
        self.assertNotIn('practice-secret', json.dumps(status))
        self.assertEqual(self.world.ctl('status').status, 0)


class OwnServer(unittest.TestCase):
    """`pealctl --practice` alone brings the agent and the practice server up."""

    def test_from_nothing(self):
        with World() as world:
            status = world.done('status')
            self.assertTrue(status['practice'])
            self.assertTrue(status['server'].startswith('http://127.0.0.1:'))
            account = world.connect('tomas.rides')
            self.assertEqual(account['username'], 'tomas.rides')
            posts = world.done('add', world.video(), '--account', account['open_id'], '--privacy', 'SELF_ONLY',
                               '--now', '--wait')
            self.assertEqual(posts[0]['state'], 'published')


if __name__ == '__main__':
    tap.main()

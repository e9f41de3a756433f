# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of uploads share: a world, an account, two videos, and the server's own book of what it published."""

import unittest

from practice import Practice
from videos import digest, fill_up
from world import World

CHOICES = ('--privacy', 'SELF_ONLY')


class UploadCase(unittest.TestCase):
    _large = None

    @classmethod
    def setUpClass(cls):
        cls.server = Practice()
        cls.addClassCleanup(cls.server.stop)
        cls.server.settings(rate_limits=False)
        cls.server.creator('mara.bakes', daily_posts=1000)
        cls.world = World(cls.server)
        cls.addClassCleanup(cls.world.stop)
        cls.me = cls.world.connect('mara.bakes')['open_id']
        cls.small = cls.world.video('small.mp4')

    @property
    def large(self):
        """Made when it is first asked for."""
        case = type(self)
        if case._large is None:
            case._large = fill_up(self.world.video('large.mp4'), 121_000_000)
        return case._large

    def setUp(self):
        self.addCleanup(self.server.clear_faults)
        self.server.control('DELETE', 'counts')
        self.before = len(self.server.ledger())

    def publish(self, video, *when, state='published', timeout=120):
        post = self.world.done('add', video, '--account', self.me, '--caption', self.id(), *CHOICES,
                               *(when or ('--now',)))[0]
        return self.world.wait_for(post['id'], state, 'held', 'failed', 'needs_review', timeout=timeout)

    def published_once(self, post, video, chunks):
        """The server's own book, not what it tells."""
        self.assertEqual(post['state'], 'published', post)
        entries = self.server.ledger()[self.before:]
        self.assertEqual([(entry['caption'], entry['sha256'], entry['chunks']) for entry in entries],
                         [(self.id(), digest(video), chunks)])

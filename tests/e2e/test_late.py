# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Posts whose time passed while this computer was off."""

import os
import subprocess

import tap
from upload_case import UploadCase

HOUR = 3600


class Late(UploadCase):
    def sleep_past(self, *posts, seconds):
        """As if the computer had been off until so long after the posts were due."""
        self.world.stop_agent()
        data = os.path.join(self.world.home, '.local/share/io.github.pealapp.Peal.Practice/peal.db')
        ids = ','.join(str(post['id']) for post in posts)
        subprocess.run(['sqlite3', data, f"UPDATE post SET due = (SELECT unixepoch('now') - {seconds}) * 1000000 "
                        f"+ id * 1000000 WHERE id IN ({ids}); UPDATE post SET started_at = started_at - 86400000000"],
                       check=True, timeout=30)
        self.world.start_agent()

    def plan(self, caption, privacy='SELF_ONLY'):
        return self.world.done('add', self.small, '--account', self.me, '--caption', caption, '--privacy', privacy,
                               '--at', '+3h')[0]

    def test_within_grace(self):
        post = self.plan(self.id())
        self.sleep_past(post, seconds=HOUR)
        post = self.world.wait_for(post['id'], 'published', 'held', 'failed')
        self.published_once(post, self.small, 1)
        self.assertGreater(post['late_us'], 3500 * 1_000_000)

    def test_beyond_grace(self):
        post = self.plan(self.id())
        self.sleep_past(post, seconds=3 * HOUR)
        post = self.world.wait_for(post['id'], 'published', 'held', 'failed')
        self.assertEqual((post['state'], post['hold_reason']), ('held', 'missed'))
        self.assertEqual(self.server.counts('video_init'), 0)
        self.world.done('retry', str(post['id']))
        self.published_once(self.world.wait_for(post['id'], 'published', 'held', 'failed'), self.small, 1)

    def test_one_by_one(self):
        """After a long absence an account's posts do not all go out at once."""
        first, second = self.plan('One by one'), self.plan('One after the other')
        self.sleep_past(first, second, seconds=HOUR)
        self.assertEqual(self.world.wait_for(first['id'], 'published', 'held', 'failed')['state'], 'published')
        self.assertEqual(self.world.done('show', str(second['id']))['state'], 'scheduled')
        self.assertEqual(self.server.counts('video_init'), 1)
        self.world.done('cancel', str(second['id']))

    def test_looks_published(self):
        """Somebody else was quicker: the post is held, and goes out when the user says so."""
        token = self.server.sign_in('mara.bakes')['access_token']
        with open(self.small, 'rb') as file:
            video = file.read()
        body = {'post_info': {'title': 'Plum cake, twice', 'privacy_level': 'PUBLIC_TO_EVERYONE', 'disable_duet': True,
                              'disable_stitch': True, 'disable_comment': True, 'brand_content_toggle': False,
                              'brand_organic_toggle': False},
                'source_info': {'source': 'FILE_UPLOAD', 'video_size': len(video), 'chunk_size': len(video),
                                'total_chunk_count': 1}}
        data = self.server.post('/v2/post/publish/video/init/', token, body).json()['data']
        self.assertEqual(self.server.put(data['upload_url'], video, 0, len(video)).status, 201)
        self.world.wait_until(lambda: len(self.server.ledger()) > self.before)
        self.before += 1
        post = self.plan('Plum cake, twice', 'PUBLIC_TO_EVERYONE')
        self.sleep_past(post, seconds=HOUR)
        post = self.world.wait_for(post['id'], 'published', 'held', 'failed')
        self.assertEqual((post['state'], post['hold_reason'], post['error']['code']),
                         ('held', 'missed', 'looks_published'))
        self.world.done('retry', str(post['id']))
        self.assertEqual(self.world.wait_for(post['id'], 'published', 'held', 'failed')['state'], 'published')


if __name__ == '__main__':
    tap.main()

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What becomes of a post once its last chunk may have arrived: asked for, and never sent anew."""

import tap
from upload_case import CHOICES, UploadCase


class OutcomeFaults(UploadCase):
    def test_last_chunk_processed_and_lost(self):
        self.server.fault(endpoint='upload', chunk='last', drop_after_process=True)
        post = self.publish(self.large)
        self.published_once(post, self.large, 12)
        self.assertEqual((len(post['attempts']), self.server.counts('video_init')), (1, 1))

    def test_last_chunk_never_read(self):
        self.server.fault(endpoint='upload', chunk='last', drop_before_read=True)
        post = self.publish(self.large)
        self.published_once(post, self.large, 12)
        self.assertEqual((len(post['attempts']), self.server.counts('video_init')), (1, 1))

    def test_last_chunk_404_though_complete(self):
        self.server.fault(endpoint='upload', chunk='last', process=True, status=404, body='')
        post = self.publish(self.small)
        self.published_once(post, self.small, 1)
        self.assertEqual(self.server.counts('video_init'), 1)

    def test_status_unavailable(self):
        self.server.fault(endpoint='status', status=500, body='oops', count=2)
        post = self.publish(self.small)
        self.published_once(post, self.small, 1)
        self.assertEqual(self.server.counts('video_init'), 1)

    def test_status_401(self):
        """A token that dies while TikTok processes is renewed; nothing is sent again."""
        self.server.fault(endpoint='status', status=401,
                          body={'data': {}, 'error': {'code': 'access_token_invalid', 'message': '', 'log_id': 'x'}})
        post = self.publish(self.small)
        self.published_once(post, self.small, 1)
        self.assertEqual(self.server.counts('video_init'), 1)

    def test_publish_id_forgotten(self):
        """TikTok does not know its own id any more: the user must look, and nothing is sent again."""
        self.server.fault(endpoint='status', status=400, count=0,
                          body={'data': {}, 'error': {'code': 'invalid_publish_id', 'message': '', 'log_id': 'x'}})
        post = self.publish(self.small, state='needs_review')
        self.assertEqual((post['state'], post['error']['code']), ('needs_review', 'invalid_publish_id'))
        self.assertEqual(self.server.counts('video_init'), 1)
        self.server.clear_faults()
        copy = self.world.done('resolve', str(post['id']), 'leave')
        self.assertEqual(self.world.done('show', str(post['id']))['state'], 'cancelled', copy)

    def test_refused_after_upload(self):
        self.server.creator('mara.bakes', next_fail_reason='frame_rate_check_failed')
        post = self.publish(self.small)
        self.assertEqual((post['state'], post['error']['code']), ('failed', 'frame_rate_check_failed'))
        self.assertEqual(len(self.server.ledger()), self.before)

    def test_privacy_no_longer_offered(self):
        """Nothing is substituted: the post is held, and goes out as it is once it may."""
        result = self.world.ctl('add', self.small, '--account', self.me, '--caption', self.id(), '--privacy',
                                'FOLLOWER_OF_CREATOR', '--now', '--json')
        self.assertEqual(result.status, 3, result)
        post = self.world.wait_for(result.json[0]['id'], 'held', 'failed', 'published')
        self.assertEqual((post['state'], post['hold_reason']), ('held', 'option_unavailable'))
        self.assertEqual(self.server.counts('video_init'), 0)

    def test_agent_killed_while_uploading(self):
        self.server.fault(endpoint='upload', chunk=6, delay_ms=3000)
        post = self.world.done('add', self.large, '--account', self.me, '--caption', self.id(), *CHOICES, '--now')[0]
        self.world.wait_until(lambda: self.server.counts('upload') >= 6)
        self.world.stop_agent(9)
        self.world.start_agent()
        post = self.world.wait_for(post['id'], 'published', 'held', 'failed', 'needs_review', timeout=120)
        self.published_once(post, self.large, 12)
        self.assertEqual([attempt['proof'] for attempt in post['attempts']], ['never_armed', None])

    def test_agent_killed_while_processing(self):
        post = self.world.done('add', self.small, '--account', self.me, '--caption', self.id(), *CHOICES, '--now')[0]
        self.world.wait_until(lambda: len(self.server.ledger()) > self.before)
        self.world.stop_agent(9)
        self.world.start_agent()
        post = self.world.wait_for(post['id'], 'published', 'held', 'failed', 'needs_review', timeout=60)
        self.published_once(post, self.small, 1)
        self.assertEqual(self.server.counts('video_init'), 1)


if __name__ == '__main__':
    tap.main()

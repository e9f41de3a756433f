# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Whatever happens on the way, a video is published once, or the user is told."""

import tap
from upload_case import UploadCase


class UploadFaults(UploadCase):
    def test_init_answer_lost(self):
        self.server.fault(endpoint='video_init', drop_after_process=True)
        post = self.publish(self.small)
        self.published_once(post, self.small, 1)
        self.assertEqual([attempt['proof'] for attempt in post['attempts']], ['never_known_url', None])
        self.assertEqual(self.server.counts('video_init'), 2)

    def test_init_captive_portal(self):
        self.server.fault(endpoint='video_init', captive_portal=True)
        post = self.publish(self.small)
        self.published_once(post, self.small, 1)

    def test_chunk_reset(self):
        self.server.fault(endpoint='upload', chunk=3, reset=True)
        post = self.publish(self.large)
        self.published_once(post, self.large, 12)
        self.assertEqual(len(post['attempts']), 1)

    def test_chunk_503(self):
        self.server.fault(endpoint='upload', chunk=5, status=503, body='busy')
        post = self.publish(self.large)
        self.published_once(post, self.large, 12)
        self.assertEqual(len(post['attempts']), 1)

    def test_chunk_processed_and_lost(self):
        self.server.fault(endpoint='upload', chunk=4, drop_after_process=True)
        post = self.publish(self.large)
        self.published_once(post, self.large, 12)
        self.assertEqual(len(post['attempts']), 1)

    def test_upload_address_gone(self):
        self.server.fault(endpoint='upload', chunk=2, status=404, body='')
        post = self.publish(self.large)
        self.published_once(post, self.large, 12)
        self.assertEqual([attempt['proof'] for attempt in post['attempts']], ['never_armed', None])

if __name__ == '__main__':
    tap.main()

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every kind of video arrives byte for byte, once."""

import tap
from upload_case import UploadCase
from videos import fill_up


class Upload(UploadCase):
    def test_30_megabytes(self):
        video = fill_up(self.world.video('medium.mp4'), 30_000_001)
        self.published_once(self.publish(video), video, 1)

    def test_5_megabytes_less_one(self):
        video = fill_up(self.world.video('five.mp4'), 4_999_999)
        self.published_once(self.publish(video), video, 1)

    def test_webm(self):
        video = self.world.video('cake.webm', seconds=3, size='360x640',
                                 options=('-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-c:a',
                                          'libopus'))
        self.published_once(self.publish(video), video, 1)

    def test_rotated_mov(self):
        self.world.video('upright.mp4', size='960x540')
        video = self.world.rotate('upright.mp4', 'rotated.mov')
        post = self.publish(video)
        self.published_once(post, video, 1)
        self.assertEqual((post['media']['width'], post['media']['height']), (540, 960))


if __name__ == '__main__':
    tap.main()

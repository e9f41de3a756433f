# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A large video goes out on time, in the chunks that TikTok wants."""

import tap
from upload_case import UploadCase


class LargeUpload(UploadCase):
    def test_121_000_000_bytes(self):
        post = self.publish(self.large, '--at', '+5s')
        self.published_once(post, self.large, 12)
        self.assertLess(post['late_us'], 5_000_000)
        self.assertEqual(post['progress'], {'bytes': 121_000_000, 'total': 121_000_000})


if __name__ == '__main__':
    tap.main()

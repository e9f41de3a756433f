# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of the practice server share: a server for each class, recorded answers, and made-up videos."""

import json
import os
import struct
import sys
import unittest

TESTS = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(TESTS, 'support'))

import tap  # noqa: E402
from practice import Practice  # noqa: E402

RECORDED = os.path.join(TESTS, 'data', 'tiktok')
BINARY = None


def recorded(name):
    with open(os.path.join(RECORDED, name + '.json'), encoding='utf-8') as file:
        return json.load(file)


def without_log_id(answer):
    """An answer as it can be compared: log ids differ each time."""
    answer = {name: value for name, value in answer.items() if name != 'log_id'}
    if isinstance(answer.get('error'), dict):
        answer['error'] = {name: value for name, value in answer['error'].items() if name != 'log_id'}
    return answer


class Case(unittest.TestCase):
    OPTIONS = {}

    @classmethod
    def setUpClass(cls):
        cls.practice = Practice(BINARY, **cls.OPTIONS)
        cls.addClassCleanup(cls.practice.stop)

    def setUp(self):
        self.practice.clear_faults()
        self.practice.advance(61)

    def token(self, username='mara.bakes', **options):
        return self.practice.sign_in(username, **options)['access_token']

    def assert_error(self, reply, status, code, message=None):
        self.assertEqual((reply.status, reply.code), (status, code), reply)
        error = reply.json()['error']
        if isinstance(error, dict):
            self.assertRegex(error['log_id'], '^[0-9]{14}[0-9A-F]{20}$')
            if message is not None:
                self.assertEqual(error['message'], message)

    def assert_recorded(self, reply, status, name):
        self.assertEqual(reply.status, status, reply)
        self.assertEqual(without_log_id(reply.json()), without_log_id(recorded(name)))

    def init(self, token, size, *, chunk=None, count=None, draft=False, **post_info):
        info = {'title': 'A test', 'privacy_level': 'SELF_ONLY', 'brand_content_toggle': False,
                'brand_organic_toggle': False} | post_info
        source = {'source': 'FILE_UPLOAD', 'video_size': size, 'chunk_size': chunk or size,
                  'total_chunk_count': count or size // (chunk or size)}
        body = {'source_info': source} | ({} if draft else {'post_info': info})
        return self.practice.post(f"/v2/post/publish/{'inbox/' if draft else ''}video/init/", token, body)

    def publish(self, token, video, **options):
        """Uploads @video whole and lets processing end; returns its publish_id."""
        reply = self.init(token, len(video), **options)
        self.assertEqual(reply.status, 200, reply)
        data = reply.json()['data']
        self.assertEqual(self.practice.put(data['upload_url'], video, 0, len(video)).status, 201)
        self.practice.advance(10)
        return data['publish_id']

    def status(self, token, publish_id):
        reply = self.practice.post('/v2/post/publish/status/fetch/', token, {'publish_id': publish_id})
        self.assertEqual(reply.status, 200, reply)
        return reply.json()['data']


def box(name, *parts):
    payload = b''.join(parts)
    return struct.pack('>I4s', 8 + len(payload), name) + payload


def make_mp4(seconds=10, width=720, height=1280, rate=30, codec=b'avc1', padding=1000):
    """The smallest MP4 that says all of this; its frames are zeros."""
    frames, scale = int(seconds * rate), rate * 100
    times = struct.pack('>IIIII', 0, 0, 0, scale, frames * 100)
    entry = box(codec, bytes(24), struct.pack('>HH', width, height), bytes(50))
    table = box(b'stbl', box(b'stsd', struct.pack('>II', 0, 1), entry),
                box(b'stts', struct.pack('>IIII', 0, 1, frames, 100)))
    media = box(b'mdia', box(b'mdhd', times, bytes(4)), box(b'hdlr', bytes(8), b'vide', bytes(13)),
                box(b'minf', table))
    movie = box(b'moov', box(b'mvhd', times, bytes(80)), box(b'trak', media))
    return box(b'ftyp', b'isom', bytes(4)) + movie + box(b'mdat', bytes(padding))


def main():
    global BINARY
    if len(sys.argv) > 1 and not sys.argv[1].startswith('-'):
        BINARY = sys.argv.pop(1)
    tap.main()

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The upload address: chunks in order, and what each wrong one is told."""

import hashlib
import http.client
import os
import shutil
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.parse

import common
from practice import request

CHUNK = 5000000


def padded(size):
    plain = len(common.make_mp4(padding=0))
    video = common.make_mp4(padding=size - plain)
    assert len(video) == size
    return video


class Upload(common.Case):
    VIDEO = padded(2 * CHUNK + 123)

    def setUp(self):
        super().setUp()
        self.practice.settings(rate_limits=False)
        self.practice.creator('mara.bakes', daily_posts=1000)
        self.bearer = self.token()

    def begin(self, video=None, **options):
        video = self.VIDEO if video is None else video
        data = self.init(self.bearer, len(video), chunk=min(CHUNK, len(video)), **options).json()['data']
        return data['upload_url'], data['publish_id']

    def put(self, url, first, last=None, **options):
        last = self.end(first) if last is None else last
        return self.practice.put(url, self.VIDEO[first:last], first, len(self.VIDEO), **options)

    def end(self, first):
        return len(self.VIDEO) if first >= CHUNK else first + CHUNK

    def progress(self, publish_id):
        return self.status(self.bearer, publish_id)['uploaded_bytes']

    def assert_range(self, reply, status, count):
        self.assertEqual((reply.status, reply.headers['Content-Range']),
                         (status, f'bytes 0-{count}/{len(self.VIDEO)}'))

    def assert_arrived(self, publish_id):
        self.practice.advance(10)
        self.assertEqual(self.status(self.bearer, publish_id)['status'], 'PUBLISH_COMPLETE')
        entries = [entry for entry in self.practice.ledger() if entry['publish_id'] == publish_id]
        self.assertEqual([(entry['sha256'], entry['chunks']) for entry in entries],
                         [(hashlib.sha256(self.VIDEO).hexdigest(), 2)])

    def test_in_order(self):
        url, publish_id = self.begin()
        self.assertRegex(url, r'^http://127\.0\.0\.1:[0-9]+/video/\?upload_id=[0-9]{19}&upload_token=[^&]+$')
        self.assert_range(self.put(url, 0), 206, CHUNK)
        self.assertEqual(self.progress(publish_id), CHUNK)
        self.assert_range(self.put(url, CHUNK), 201, len(self.VIDEO))
        self.assert_arrived(publish_id)

    def test_progress_as_last_index(self):
        self.practice.settings(progress_last_index=True)
        self.assert_range(self.put(self.begin()[0], 0), 206, CHUNK - 1)
        self.practice.settings(progress_last_index=False)

    def test_out_of_order_and_again(self):
        url, publish_id = self.begin()
        self.assert_range(self.put(url, CHUNK), 416, 0)
        self.put(url, 0)
        self.assert_range(self.put(url, 0), 416, CHUNK)
        self.put(url, CHUNK)
        self.assert_range(self.put(url, CHUNK), 416, len(self.VIDEO))
        self.assert_arrived(publish_id)

    def test_resent_chunks_may_be_accepted(self):
        url, publish_id = self.begin()
        self.practice.settings(accept_resent_chunks=True)
        self.put(url, 0)
        self.assert_range(self.put(url, 0), 206, CHUNK)
        self.put(url, CHUNK)
        self.assert_range(self.put(url, CHUNK), 201, len(self.VIDEO))
        self.practice.settings(accept_resent_chunks=False)
        self.assert_arrived(publish_id)

    def test_unknown(self):
        url, _ = self.begin()
        for wrong in (url.replace('upload_id=7', 'upload_id=6'), url[:-1], url.split('&')[0], url.split('?')[0],
                      url.replace('/video/', '/other/')):
            with self.subTest(wrong):
                self.assertEqual(self.put(wrong, 0).status, 404)

    def test_expired(self):
        url, _ = self.begin()
        self.put(url, 0)
        self.practice.advance(3601)
        self.assertEqual(self.put(url, CHUNK).status, 403)

    def test_bad_headers(self):
        url, publish_id = self.begin()
        total, data = len(self.VIDEO), self.VIDEO[:CHUNK]
        good = {'Content-Type': 'video/mp4', 'Content-Range': f'bytes 0-{CHUNK - 1}/{total}'}
        cases = {'type': {'Content-Type': 'application/octet-stream'}}
        for text in (f'bytes 0-{CHUNK}/{total}', f'bytes 0-{CHUNK - 2}/{total}', f'bytes 0-{CHUNK - 1}/{total + 1}',
                     f'bytes 0-{CHUNK - 1}/*', f'0-{CHUNK - 1}/{total}', f'bytes={0}-{CHUNK - 1}/{total}',
                     f'bytes {CHUNK - 1}-0/{total}', 'bytes 0-99999999999999999999/5', 'x'):
            cases[text] = {'Content-Range': text}
        for name, headers in cases.items():
            with self.subTest(name):
                self.assertEqual(request('PUT', url, data, good | headers).status, 400)
        self.assertEqual(request('PUT', url, data, {'Content-Type': 'video/mp4'}).status, 400)
        self.assertEqual(self.put(url, 0, CHUNK - 1).status, 400, 'not the chunk that was planned')
        self.assertEqual(self.progress(publish_id), 0)
        self.assertEqual(request('GET', url).status, 405)

    def test_chunked_coding_has_no_length(self):
        url, _ = self.begin()
        parts = urllib.parse.urlsplit(url)
        connection = http.client.HTTPConnection(parts.netloc)
        connection.request('PUT', f'{parts.path}?{parts.query}', iter([self.VIDEO[:CHUNK]]),
                           {'Content-Type': 'video/mp4', 'Content-Range': f'bytes 0-{CHUNK - 1}/{len(self.VIDEO)}'},
                           encode_chunked=True)
        self.assertEqual(connection.getresponse().status, 400)
        connection.close()

    def open_put(self, url, first):
        """A PUT whose body the test sends by itself."""
        parts = urllib.parse.urlsplit(url)
        last = self.end(first) - 1
        raw = socket.create_connection((parts.hostname, parts.port), 10)
        raw.sendall(f'PUT {parts.path}?{parts.query} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Type: video/mp4\r\n'
                    f'Content-Length: {last - first + 1}\r\n'
                    f'Content-Range: bytes {first}-{last}/{len(self.VIDEO)}\r\n\r\n'.encode())
        return raw

    def test_broken_off_chunk_leaves_nothing(self):
        url, publish_id = self.begin()
        with self.open_put(url, 0) as raw:
            raw.sendall(self.VIDEO[:CHUNK // 2])
        self.assertEqual(self.progress(publish_id), 0)
        self.put(url, 0)
        self.put(url, CHUNK)
        self.assert_arrived(publish_id)

    def test_second_of_two_at_once_is_refused(self):
        url, publish_id = self.begin()
        with self.open_put(url, 0) as raw:
            raw.sendall(self.VIDEO[:1000])
            self.assert_range(self.put(url, CHUNK), 416, 0)
            self.assertEqual(self.put(url, 0).status, 206)
            raw.sendall(self.VIDEO[1000:CHUNK])
            self.assertIn(b'416', raw.recv(100))
        self.put(url, CHUNK)
        self.assert_arrived(publish_id)

    def fault(self, **members):
        self.practice.fault(endpoint='upload', **members)

    def test_dropped_chunks(self):
        for fault, arrives in (({'drop_before_read': True}, False), ({'reset': True}, False),
                               ({'drop_after_bytes': 100000}, False), ({'drop_after_bytes': 100000, 'reset': True}, False),
                               ({'drop_after_process': True}, True), ({'drop_after_process': True, 'reset': True}, True)):
            with self.subTest(fault):
                url, publish_id = self.begin()
                self.fault(chunk='last', **fault)
                self.put(url, 0)
                with self.assertRaises(OSError):
                    self.put(url, CHUNK)
                self.assertEqual(self.progress(publish_id), len(self.VIDEO) if arrives else CHUNK)
                if not arrives:
                    self.assertEqual(self.put(url, CHUNK).status, 201)
                self.assert_arrived(publish_id)

    def test_fault_of_one_chunk(self):
        url, publish_id = self.begin()
        self.fault(chunk=1, status=503, body='', content_type='text/plain')
        self.assertEqual(self.put(url, 0).status, 206)
        self.assertEqual(self.put(url, CHUNK).status, 503)
        self.assertEqual(self.progress(publish_id), CHUNK)
        self.fault(chunk='last', status=500, process=True)
        self.assertEqual(self.put(url, CHUNK).status, 500)
        self.assert_arrived(publish_id)

    def test_late_delivery(self):
        url, publish_id = self.begin()
        self.fault(chunk=0, late_deliver_ms=300)
        with self.assertRaises(OSError):
            self.put(url, 0)
        self.assertEqual(self.progress(publish_id), 0)
        end = time.monotonic() + 10
        while self.progress(publish_id) == 0 and time.monotonic() < end:
            time.sleep(0.02)
        self.put(url, CHUNK)
        self.assert_arrived(publish_id)

    def test_late_chunk_does_not_count_twice(self):
        url, publish_id = self.begin()
        self.fault(chunk=0, late_deliver_ms=100)
        with self.assertRaises(OSError):
            self.put(url, 0)
        self.assertEqual(self.put(url, 0).status, 206)
        time.sleep(0.2)
        self.assertEqual(self.progress(publish_id), CHUNK)
        self.put(url, CHUNK)
        self.assert_arrived(publish_id)

    def test_slow_read(self):
        url, publish_id = self.begin()
        self.fault(chunk=0, slow_read=10000000)
        start = time.monotonic()
        self.assertEqual(self.put(url, 0).status, 206)
        self.assertGreater(time.monotonic() - start, 0.4)
        self.put(url, CHUNK)
        self.assert_arrived(publish_id)

    def test_memory_stays_small(self):
        with open(f'/proc/{self.practice.process.pid}/maps', encoding='utf-8') as file:
            if 'libasan' in file.read():
                self.skipTest('the sanitizer keeps freed memory')
        size = 60000000
        video = common.make_mp4(padding=size)
        data = self.init(self.bearer, len(video)).json()['data']

        def resident():
            with open(f'/proc/{self.practice.process.pid}/status', encoding='ascii') as file:
                return next(int(line.split()[1]) for line in file if line.startswith('VmHWM:'))

        before = resident()
        self.assertEqual(self.practice.put(data['upload_url'], video, 0, len(video)).status, 201)
        self.assertLess(resident() - before, 8000)

    def test_restart_loses_the_upload(self):
        url, publish_id = self.begin()
        self.put(url, 0)
        self.assertEqual(self.practice.halt(), 0)
        self.practice.start()
        self.assertEqual(self.status(self.bearer, publish_id)['fail_reason'], 'internal')


@unittest.skipUnless(shutil.which('ffmpeg'), 'ffmpeg is missing')
class RealFiles(common.Case):
    CASES = (('a.mp4', 'libx264', 'video/mp4', []), ('a.mov', 'libx264', 'video/quicktime', []),
             ('a.webm', 'libvpx-vp9', 'video/webm', ['-deadline', 'realtime']),
             ('b.webm', 'libvpx', 'video/webm', ['-deadline', 'realtime']),
             ('fragmented.mp4', 'libx264', 'video/mp4', ['-movflags', 'frag_keyframe+empty_moov']),
             ('fast.mp4', 'libx264', 'video/mp4', ['-movflags', '+faststart']))

    def test_formats(self):
        token = self.token()
        self.practice.settings(rate_limits=False)
        with tempfile.TemporaryDirectory() as folder:
            for name, codec, kind, more in self.CASES:
                path = os.path.join(folder, name)
                subprocess.run(['ffmpeg', '-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=360x640:rate=30:duration=2',
                                '-f', 'lavfi', '-i', 'sine=duration=2', '-shortest', '-c:v', codec, '-pix_fmt',
                                'yuv420p', *more, path], check=True)
                with open(path, 'rb') as file:
                    video = file.read()
                with self.subTest(name):
                    data = self.init(token, len(video)).json()['data']
                    self.practice.put(data['upload_url'], video, 0, len(video), kind)
                    self.practice.advance(5)
                    self.assertEqual(self.status(token, data['publish_id'])['status'], 'PUBLISH_COMPLETE')
                    post = self.practice.posts()[-1]
                    self.assertEqual((post['width'], post['height']), (360, 640))
                    if name != 'fragmented.mp4':
                        self.assertAlmostEqual(post['duration_ms'], 2000, delta=80)
                    cut = video[:len(video) * 2 // 3]
                    self.assertEqual(self.status(token, self.publish(token, cut)).get('fail_reason'),
                                     'file_format_check_failed')


if __name__ == '__main__':
    common.main()

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fault script: whatever can go wrong between a client and the server, on demand."""

import http.client
import json
import socket
import time
import urllib.parse

import common
from practice import request

VIDEO = common.make_mp4()


class Faults(common.Case):
    PATH = '/v2/user/info/?fields=open_id'

    def get(self, token):
        return self.practice.get(self.PATH, token)

    def test_status_and_body(self):
        token = self.token()
        self.practice.fault(endpoint='user_info', status=500, count=2, skip=1,
                            body={'error': {'code': 'internal_error', 'message': '', 'log_id': 'x'}})
        self.assertEqual([self.get(token).status for _ in range(4)], [200, 500, 500, 200])

    def test_without_end(self):
        token = self.token()
        self.practice.fault(endpoint='any', status=502, body='<html>', content_type='text/html', count=0)
        self.assertEqual({self.get(token).status for _ in range(5)}, {502})
        self.assertEqual(self.practice.control('GET', 'faults')['faults'][0]['remaining'], -1)
        self.practice.clear_faults()
        self.assertEqual(self.get(token).status, 200)

    def test_retry_after_and_headers(self):
        self.practice.fault(endpoint='user_info', retry_after=7, headers={'X-Test': 'yes'})
        reply = self.get('x')
        self.assertEqual((reply.status, reply.headers['Retry-After'], reply.headers['X-Test']), (429, '7', 'yes'))

    def test_captive_portal(self):
        self.practice.fault(endpoint='user_info', captive_portal=True)
        reply = self.get('x')
        self.assertEqual((reply.status, reply.headers['Content-Type']), (200, 'text/html'))

    def test_drops(self):
        token = self.token()
        for fault in ({'drop_before_read': True}, {'reset': True}, {'drop_after_process': True}):
            self.practice.fault(endpoint='user_info', **fault)
            with self.assertRaises(OSError):
                self.get(token)
            self.assertEqual(self.get(token).status, 200)

    def test_dropped_after_processing_has_happened(self):
        token = self.token()
        self.practice.fault(endpoint='inbox_init', drop_after_process=True)
        before = len(self.practice.posts())
        with self.assertRaises(OSError):
            self.init(token, 10, draft=True)
        self.assertEqual(len(self.practice.posts()), before + 1)
        self.practice.fault(endpoint='inbox_init', drop_before_read=True)
        with self.assertRaises(OSError):
            self.init(token, 10, draft=True)
        self.assertEqual(len(self.practice.posts()), before + 1)

    def test_partial_body(self):
        self.practice.fault(endpoint='user_info', partial_body=10)
        with self.assertRaises(http.client.IncompleteRead) as caught:
            self.get(self.token())
        self.assertEqual(len(caught.exception.partial), 10)

    def test_delays(self):
        token = self.token()
        for name in ('delay_ms', 'delay_after_ms'):
            self.practice.fault(endpoint='user_info', **{name: 300})
            start = time.monotonic()
            self.assertEqual(self.get(token).status, 200)
            self.assertGreater(time.monotonic() - start, 0.29)

    def test_client_that_leaves_during_a_delay(self):
        self.practice.fault(endpoint='user_info', delay_ms=200)
        with self.assertRaises(OSError):
            request('GET', self.practice.base + self.PATH, timeout=0.05)
        time.sleep(0.3)
        self.assertEqual(self.get(self.token()).status, 200)

    def test_refresh_whose_answer_is_lost(self):
        tokens = self.practice.sign_in()
        self.practice.fault(endpoint='token', status=503, process=True)
        form = {'grant_type': 'refresh_token', 'refresh_token': tokens['refresh_token']}
        self.assertEqual(self.practice.token_request(**form).status, 503)
        self.assert_recorded(self.practice.token_request(**form), 400, 'token_err_refresh_invalid')

    def test_body_without_end(self):
        with self.assertRaises(OSError):
            reply = request('POST', f'{self.practice.base}/v2/video/list/', iter([bytes(100000)] * 40),
                            {'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked'})
            raise OSError(reply.status)

    def test_partial_body_of_any_length(self):
        token = self.token()
        self.practice.control('DELETE', 'counts')
        for count, reset in ((0, False), (1, False), (1, True)):
            with self.subTest((count, reset)):
                self.practice.fault(endpoint='user_info', partial_body=count, reset=reset)
                with self.assertRaises((http.client.HTTPException, OSError)):
                    self.get(token)
                self.assertEqual(self.get(token).status, 200)
        self.assertEqual(self.practice.control('GET', 'counts')['user_info']['unanswered'], 3)

    def test_answer_over_what_was_done(self):
        token = self.token()
        self.practice.fault(endpoint='inbox_init', status=502, body='<html>', content_type='text/html', process=True)
        before = len(self.practice.posts())
        reply = self.init(token, 10, draft=True)
        self.assertEqual((reply.status, reply.body, reply.headers['Content-Type']), (502, b'<html>', 'text/html'))
        self.assertEqual(len(self.practice.posts()), before + 1)

    def test_refusals(self):
        for fault in ({'endpoint': 'video_int'}, {'endpoint': 7}, {}, {'endpoint': 'token', 'dup_process': 1},
                      {'endpoint': 'token', 'bytes_per_second': -1}, {'endpoint': 'token', 'headers': []},
                      {'endpoint': 'token', 'headers': {'a:b': 'x'}}, {'endpoint': 'token', 'headers': {'': 'x'}},
                      {'endpoint': 'token', 'headers': {'X': 'a\r\nb'}}, {'endpoint': 'token', 'headers': {'X': 5}},
                      {'endpoint': 'token', 'content_type': 'a\r\nb'}, {'endpoint': 'token', 'content_type': 'text'}):
            with self.subTest(fault):
                reply = request('POST', f'{self.practice.base}/control/faults', json.dumps(fault).encode(),
                                {'Authorization': f'Bearer {self.practice.token}'})
                self.assertEqual(reply.status, 400)
        self.assertEqual(self.practice.control('GET', 'faults')['faults'], [])

    def test_bytes_per_second(self):
        token = self.token()
        plain = self.get(token)
        for rate in (len(plain.body) * 4, 40 * len(plain.body)):
            self.practice.fault(endpoint='user_info', bytes_per_second=rate)
            start = time.monotonic()
            reply = self.get(token)
            self.assertEqual((reply.status, len(reply.body)), (200, len(plain.body)))
            self.assertEqual(reply.json()['data'], plain.json()['data'])
            self.assertGreater(time.monotonic() - start, 0.8 * len(plain.body) / rate - 1 / 20)

    def test_client_that_leaves_a_slow_answer(self):
        token = self.token()
        self.practice.fault(endpoint='user_info', bytes_per_second=1)
        parts = urllib.parse.urlsplit(self.practice.base)
        with socket.create_connection((parts.hostname, parts.port), 5) as raw:
            raw.sendall(f'GET {self.PATH} HTTP/1.1\r\nHost: {parts.netloc}\r\n\r\n'.encode())
            self.assertIn(b'401', raw.recv(100))
        self.assertEqual(self.get(token).status, 200)

    def test_processed_twice(self):
        token = self.token()
        self.practice.fault(endpoint='inbox_init', dup_process=True)
        before = len(self.practice.posts())
        reply = self.init(token, 10, draft=True)
        posts = self.practice.posts()
        self.assertEqual(len(posts), before + 2)
        self.assertEqual(reply.json()['data']['publish_id'], posts[before]['publish_id'], 'the first answer counts')

    def test_refresh_processed_twice(self):
        form = {'grant_type': 'refresh_token', 'refresh_token': self.practice.sign_in()['refresh_token']}
        self.practice.fault(endpoint='token', dup_process=True)
        tokens = self.practice.token_request(**form).json()
        self.assertEqual(self.get(tokens['access_token']).status, 200)
        self.assert_recorded(self.practice.token_request(**form), 400, 'token_err_refresh_invalid')

    def test_chunk_processed_twice_is_published_once(self):
        token = self.token('linh.draws')
        self.practice.fault(endpoint='upload', dup_process=True)
        before = len(self.practice.ledger())
        publish_id = self.publish(token, VIDEO)
        self.assertEqual(self.status(token, publish_id)['uploaded_bytes'], len(VIDEO))
        self.assertEqual([entry['chunks'] for entry in self.practice.ledger()[before:]], [1])

    def test_connection_that_closes_behind_an_answer(self):
        """The answer promises to keep the connection, which is gone when the client comes back."""
        parts = urllib.parse.urlsplit(self.practice.base)
        self.practice.fault(endpoint='user_info', close_after_answer=True)
        connection = http.client.HTTPConnection(parts.netloc, timeout=5)
        connection.request('GET', self.PATH)
        reply = connection.getresponse()
        self.assertEqual((reply.status, reply.headers['Connection']), (401, None))
        reply.read()
        self.assertEqual(connection.sock.recv(10), b'')
        connection.close()
        self.assertEqual(self.get('x').status, 401)


if __name__ == '__main__':
    common.main()

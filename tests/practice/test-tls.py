# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS: a CA made on the spot, both listeners behind it, and the faults that must hold there too."""

import http.client
import os
import shutil
import ssl
import stat
import subprocess
import tempfile
import unittest

import common
from practice import Practice, request

VIDEO = common.make_mp4()
PATH = '/v2/user/info/?fields=open_id'


class Tls(common.Case):
    OPTIONS = {'tls': True}

    def test_whole_publish(self):
        token = self.token()
        reply = self.init(token, len(VIDEO))
        url = reply.json()['data']['upload_url']
        self.assertTrue(self.practice.base.startswith('https://127.0.0.1:'))
        self.assertTrue(url.startswith('https://127.0.0.1:'))
        self.assertFalse(url.startswith(self.practice.base))
        self.assertEqual(self.practice.put(url, VIDEO, 0, len(VIDEO)).status, 201)
        self.practice.advance(5)
        self.assertEqual(self.status(token, reply.json()['data']['publish_id'])['status'], 'PUBLISH_COMPLETE')

    def test_nobody_else_trusts_it(self):
        with self.assertRaisesRegex(OSError, 'CERTIFICATE_VERIFY_FAILED'):
            request('GET', self.practice.base + '/')

    def test_names(self):
        for name, right in (('127.0.0.1', True), ('localhost', True), ('127.0.0.2', False)):
            url = self.practice.base.replace('127.0.0.1', name) + '/'
            with self.subTest(name):
                if right:
                    self.assertEqual(self.practice.request('GET', url).status, 200)
                else:
                    with self.assertRaises(OSError):
                        self.practice.request('GET', url)

    def test_plain_http_gets_nothing(self):
        with self.assertRaises((OSError, http.client.HTTPException)):
            request('GET', self.practice.base.replace('https', 'http') + '/')
        self.assertEqual(self.practice.request('GET', self.practice.base + '/').status, 200)

    def test_certificates(self):
        shown = subprocess.run(['openssl', 'verify', '-x509_strict', '-CAfile', self.practice.ca,
                                os.path.join(self.practice.state, 'server.pem')], capture_output=True, check=False)
        self.assertEqual(shown.returncode, 0, shown.stderr)
        left = sorted(name for name in os.listdir(self.practice.state) if name.endswith(('.pem', '.key', '.cnf')))
        self.assertEqual(left, ['ca.pem', 'server.key', 'server.pem'], 'the key of the CA is gone')
        for name in left:
            self.assertEqual(stat.S_IMODE(os.stat(os.path.join(self.practice.state, name)).st_mode), 0o600)

    def test_faults(self):
        token = self.token()
        for fault in ({'drop_before_read': True}, {'reset': True}, {'drop_after_process': True}, {'partial_body': 10},
                      {'partial_body': 10, 'reset': True}):
            with self.subTest(fault):
                self.practice.fault(endpoint='user_info', **fault)
                with self.assertRaises((OSError, http.client.HTTPException)):
                    self.practice.get(PATH, token)
                self.assertEqual(self.practice.get(PATH, token).status, 200)
        self.practice.fault(endpoint='user_info', bytes_per_second=2000)
        self.assertEqual(self.practice.get(PATH, token).status, 200)
        self.practice.fault(endpoint='upload', slow_read=20000)
        self.publish(token, VIDEO)

    @unittest.skipUnless(shutil.which('curl'), 'curl is missing')
    def test_curl(self):
        for version in ('--http1.1', '--http2'):
            done = subprocess.run(['curl', '-sS', '--cacert', self.practice.ca, '--noproxy', '*', version,
                                   self.practice.base + PATH], capture_output=True, check=False)
            self.assertIn(b'access_token_invalid', done.stdout, done.stderr)

    def test_restart_keeps_the_ca(self):
        with open(self.practice.ca, 'rb') as file:
            before = file.read()
        self.practice.halt()
        self.practice.start()
        with open(self.practice.ca, 'rb') as file:
            self.assertEqual(file.read(), before)
        self.assertEqual(self.practice.request('GET', self.practice.base + '/').status, 200)


class CommandLine(unittest.TestCase):
    BINARY = property(lambda self: common.BINARY or Practice.find())

    def run_with(self, *arguments, **environment):
        return subprocess.run([self.BINARY, *arguments], capture_output=True, timeout=20, check=False,
                              env=os.environ | environment)

    def test_needs_a_state(self):
        done = self.run_with('--tls')
        self.assertEqual(done.returncode, 2)
        self.assertIn(b'--tls needs --state', done.stderr)

    def test_without_openssl(self):
        with tempfile.TemporaryDirectory() as state:
            done = self.run_with('--tls', '--state', state, PATH='/nowhere')
            self.assertEqual(done.returncode, 1)
            self.assertIn(b'--tls needs the program openssl', done.stderr)
            self.assertEqual(os.listdir(state), [])

    def test_spoilt_certificate(self):
        with tempfile.TemporaryDirectory() as state:
            with open(os.path.join(state, 'server.pem'), 'w', encoding='ascii') as file:
                file.write('nothing\n')
            done = self.run_with('--tls', '--state', state)
            self.assertEqual(done.returncode, 1)
            self.assertIn(b'server.', done.stderr)

    def test_certificate_of_ones_own(self):
        with tempfile.TemporaryDirectory() as state:
            subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-noenc',
                            '-subj', '/CN=elsewhere.example', '-addext', 'subjectAltName=DNS:elsewhere.example', '-keyout',
                            os.path.join(state, 'server.key'), '-out', os.path.join(state, 'server.pem')],
                           capture_output=True, check=True)
            with Practice(common.BINARY, state=state, tls=True) as practice:
                with self.assertRaisesRegex(OSError, 'CERTIFICATE_VERIFY_FAILED'):
                    request('GET', practice.base + '/', cafile=os.path.join(state, 'server.pem'))

    def test_each_world_has_its_own_ca(self):
        with Practice(common.BINARY, tls=True) as one, Practice(common.BINARY, tls=True) as two:
            with self.assertRaises(OSError) as caught:
                request('GET', two.base + '/', cafile=one.ca)
            self.assertIsInstance(caught.exception.reason, ssl.SSLCertVerificationError)


if __name__ == '__main__':
    common.main()

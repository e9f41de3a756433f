# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The world around the API: control interface, faults, state, pages, command line."""

import os
import re
import signal
import stat
import subprocess
import time
import unittest
import urllib.parse

import common
from practice import Practice, request

VIDEO = common.make_mp4()


class Control(common.Case):
    def call(self, method, path, body=None, token=None):
        headers = {} if token == '' else {'Authorization': f'Bearer {token or self.practice.token}'}
        return request(method, f'{self.practice.base}/control/{path}', body, headers)

    def test_token(self):
        for token in ('', 'x', self.practice.token[:-1], self.practice.token + 'x'):
            self.assertEqual(self.call('GET', 'ledger', token=token).status, 401)
        with open(os.path.join(self.practice.state, 'control-token'), encoding='ascii') as file:
            self.assertEqual(file.read().strip(), self.practice.token)

    def test_refusals(self):
        for method, path, body, status in (
                ('GET', 'nothing', None, 404), ('POST', 'ledger', b'{}', 404), ('GET', 'clock/advance', None, 405),
                ('DELETE', 'ledger', None, 405), ('PUT', 'faults', b'{}', 405), ('POST', 'settings', b'[]', 400),
                ('POST', 'settings', b'{"rate_limits": 1}', 400), ('POST', 'settings', b'{"nothing": 1}', 400),
                ('POST', 'settings', b'{"missing_post_id": "x"}', 400),
                ('POST', 'settings', b'{"access_token_lifetime": -1}', 400),
                ('POST', 'clock/advance', b'{"seconds": -1}', 400), ('POST', 'clock/advance', b'{}', 400),
                ('POST', 'faults', b'{}', 400), ('POST', 'faults', b'{"endpoint": "token", "x": 1}', 400),
                ('POST', 'faults', b'{"endpoint": "token", "status": 99}', 400),
                ('POST', 'faults', b'{"endpoint": "upload", "chunk": "first"}', 400),
                ('POST', 'creators/nobody', b'{}', 404), ('POST', 'creators/mara.bakes', b'{"private": 1}', 400),
                ('POST', 'creators/mara.bakes/dance', b'{}', 404), ('GET', 'creators/mara.bakes/revoke', None, 405),
                ('POST', 'creators/mara.bakes/finish-draft', b'{}', 404),
                ('POST', 'creators/mara.bakes/revoke', b'{"client_key": "x"}', 400)):
            with self.subTest((method, path, body)):
                self.assertEqual(self.call(method, path, body).status, status)

    def test_nothing_changes_if_one_member_is_wrong(self):
        self.call('POST', 'settings', b'{"rate_limits": false, "nothing": 1}')
        self.assertTrue(self.practice.control('GET', 'settings')['settings']['rate_limits'])

    def test_creators(self):
        creators = {creator['username']: creator for creator in self.practice.control('GET', 'creators')['creators']}
        self.assertEqual(len(creators), 11)
        ordinary = [creators[name]['video_count'] for name in ('mara.bakes', 'tomas.rides', 'linh.draws')]
        self.assertTrue(all(45 <= count <= 400 for count in ordinary))
        self.assertEqual((creators['new.nora']['video_count'], creators['archive.ali']['video_count']), (0, 10000))

    def test_clock(self):
        before = self.practice.now()
        self.assertGreaterEqual(self.practice.advance(1000.5) - before, 1000500000)

    def test_counts(self):
        self.practice.control('DELETE', 'counts')
        self.practice.get('/v2/user/info/', 'x')
        self.practice.get('/v2/user/info/', 'x')
        self.assertEqual(self.practice.control('GET', 'counts')['user_info'], {'calls': 2, '401': 2})
        self.assertEqual(self.practice.counts('token'), 0)


class State(common.Case):
    def test_world_survives(self):
        tokens = self.practice.sign_in()
        token = tokens['access_token']
        self.practice.creator('mara.bakes', comment_disabled=True)
        public = self.publish(token, VIDEO, title='Kept', privacy_level='PUBLIC_TO_EVERYONE')
        draft = self.publish(token, VIDEO, draft=True)
        done, ledger = self.status(token, public), self.practice.ledger()
        now = self.practice.advance(5000)
        for number in (signal.SIGTERM, signal.SIGINT):
            self.assertEqual(self.practice.halt(number), 0)
            self.practice.start()
        self.assertGreaterEqual(self.practice.now(), now)
        self.assertEqual(self.status(token, public), done)
        self.assertEqual(self.practice.ledger(), ledger)
        self.assertEqual(self.status(token, draft)['status'], 'SEND_TO_USER_INBOX')
        self.assertTrue(self.practice.creator('mara.bakes')['comment_disabled'])
        video = self.practice.post('/v2/video/list/?fields=title', token, {'max_count': 1}).json()['data']['videos'][0]
        self.assertEqual(video['title'], 'Kept')
        reply = self.practice.token_request(grant_type='refresh_token', refresh_token=tokens['refresh_token'])
        self.assertEqual(reply.status, 200)

    def test_tokens_survive_a_kill(self):
        tokens = self.practice.sign_in('linh.draws')
        time.sleep(0.2)
        self.practice.halt(signal.SIGKILL)
        self.practice.start()
        self.assertEqual(self.practice.get('/v2/user/info/?fields=open_id', tokens['access_token']).status, 200)

    def test_modes(self):
        self.assertEqual(stat.S_IMODE(os.stat(self.practice.state).st_mode), 0o700)
        for name in os.listdir(self.practice.state):
            self.assertEqual(stat.S_IMODE(os.stat(os.path.join(self.practice.state, name)).st_mode), 0o600)
        with open(os.path.join(self.practice.state, 'address'), encoding='ascii') as file:
            self.assertEqual(file.read(), self.practice.base + '/\n')

    def test_spoilt_state_is_refused(self):
        self.practice.halt()
        path = os.path.join(self.practice.state, 'world.json')
        with open(path, 'rb') as file:
            good = file.read()
        for bad in (b'', b'{', b'[]', b'{"version": 99}'):
            with open(path, 'wb') as file:
                file.write(bad)
            done = subprocess.run([self.practice.binary, '--state', self.practice.state], capture_output=True,
                                  timeout=20, check=False)
            self.assertEqual(done.returncode, 1)
            self.assertIn(b'is not the state of a practice world', done.stderr)
        with open(path, 'wb') as file:
            file.write(good)
        self.practice.start()


class CommandLine(unittest.TestCase):
    def run_with(self, *arguments):
        return subprocess.run([common.BINARY or Practice.find(), *arguments], capture_output=True, timeout=20,
                              check=False)

    def test_version(self):
        self.assertRegex(self.run_with('--version').stdout, rb'^peal-practice [0-9.]+\n$')

    def test_usage(self):
        for arguments in (['--port', '70000'], ['--time-scale', '0'], ['--time-scale', 'nan'], ['extra'], ['--what']):
            self.assertEqual(self.run_with(*arguments).returncode, 2, arguments)

    def test_port_in_use(self):
        with Practice(common.BINARY) as practice:
            port = str(urllib.parse.urlsplit(practice.base).port)
            done = self.run_with('--port', port)
            self.assertEqual(done.returncode, 1)
            self.assertIn(b'Address already in use', done.stderr)

    def test_same_seed_same_world(self):
        def look(seed):
            with Practice(common.BINARY, seed=seed) as practice:
                token = practice.sign_in()['access_token']
                videos = practice.post('/v2/video/list/?fields=title,duration', token, {'max_count': 20})
                return practice.creator('mara.bakes')['open_ids'], videos.json()['data']['videos']

        self.assertEqual(look(7), look(7))
        self.assertNotEqual(look(7), look(8))

    def test_time_scale(self):
        with Practice(common.BINARY, time_scale=100000) as practice:
            start, real = practice.now(), time.monotonic()
            time.sleep(0.1)
            self.assertGreater(practice.now() - start, (time.monotonic() - real) * 5e10)


class Pages(common.Case):
    def page(self, path):
        return request('GET', self.practice.base + path)

    def test_home(self):
        page = self.page('/')
        text = page.body.decode()
        self.assertEqual(page.status, 200)
        self.assertEqual(text.count('<article'), 11)
        self.assertNotIn('<script', text)
        self.assertIn('width=device-width', text)
        for picture in re.findall(r'src="([^"]+)"', text):
            self.assertEqual(self.page(picture.replace('&amp;', '&')).status, 200)
        style = self.page('/style.css')
        self.assertEqual((style.status, style.headers['Content-Type']), (200, 'text/css; charset=utf-8'))
        self.assertIn(b'prefers-color-scheme:dark', style.body)

    def test_foreign_host_name(self):
        """A name that somebody else makes point here must not read the page or its token."""
        for path in ('/', '/@mara.bakes', '/control/ledger'):
            for host, allowed in (('evil.example', False), ('127.0.0.1', True), ('localhost', True)):
                status = request('GET', self.practice.base + path, None, {'Host': host}).status
                self.assertEqual(status == 403, not allowed, (path, host))
        reply = request('GET', f'{self.practice.base}/v2/user/info/?fields=open_id', None,
                        {'Host': 'open.tiktokapis.com'})
        self.assertEqual(reply.status, 401, 'the API minds no name')

    def test_creator_and_missing_ones(self):
        self.assertIn('Mara Bakes', self.page('/@mara.bakes').body.decode())
        for path in ('/@nobody', '/nothing', '/pictures/cover/1.png', '/v2/'):
            self.assertIn(self.page(path).status, (403, 404))

    def test_finish_draft(self):
        token = self.token()
        publish_id = self.publish(token, VIDEO, draft=True)
        text = self.page('/@mara.bakes').body.decode()
        fields = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text))
        self.assertEqual(fields['publish_id'], publish_id)
        fields |= {'caption': '<b>Done</b> 🐈', 'level': 'PUBLIC_TO_EVERYONE'}

        def submit(**more):
            return request('POST', f'{self.practice.base}/drafts/finish', urllib.parse.urlencode(fields | more).encode(),
                           {'Content-Type': 'application/x-www-form-urlencoded'})

        self.assertEqual(submit(page_token='x').status, 403)
        self.assertEqual(submit(level='EVERYBODY').status, 404)
        self.assertEqual(submit().status, 302)
        self.assertEqual(submit().status, 404, 'it is no draft any more')
        self.assertIn('&lt;b&gt;Done&lt;/b&gt; 🐈', self.page('/@mara.bakes').body.decode())
        self.assertEqual(self.practice.ledger()[-1]['kind'], 'draft_published')
        self.assertEqual(self.status(token, publish_id)['status'], 'PUBLISH_COMPLETE')


if __name__ == '__main__':
    common.main()

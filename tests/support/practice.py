# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A practice server of one's own for a test: Practice () starts it, stop () or `with` ends it.

    with Practice(binary, auto_consent=True) as practice:
        practice.fault(endpoint='status', status=500, count=2)
        practice.advance(3600)
        assert practice.ledger()[0]['caption'] == 'hello'

The program is looked for in this order: the argument, $PEAL_PRACTICE, $PEAL_BIN/peal-practice, _build/bin/peal-practice.
"""

import hashlib
import json
import os
import select
import shutil
import signal
import ssl
import subprocess
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request

DESKTOP = ('practice-desktop', 'practice-secret')
WEB = ('practice-web', 'practice-web-secret')
SANDBOX = ('sbpractice-sandbox', 'practice-sandbox-secret')
UNAUDITED = ('practice-unaudited', 'practice-unaudited-secret')

LOOPBACK_REDIRECT = 'http://127.0.0.1:43117/callback/tiktok/'
WEB_REDIRECT = 'https://app.example/callback/'
ALL_SCOPES = 'user.info.basic,user.info.profile,user.info.stats,video.list,video.upload,video.publish'

_TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Reply:
    """An answer: status, headers, body as bytes; json () reads the body."""

    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.body = body

    def json(self):
        return json.loads(self.body)

    @property
    def code(self):
        """The error code of the envelope, or the flat OAuth error."""
        error = self.json().get('error')
        return error['code'] if isinstance(error, dict) else error

    def __repr__(self):
        return f'<Reply {self.status} {self.body[:300]!r}>'


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect)


def _trusting(cafile):
    context = ssl.create_default_context(cafile=cafile)
    return urllib.request.build_opener(urllib.request.ProxyHandler({}), _NoRedirect,
                                       urllib.request.HTTPSHandler(context=context))


def request(method, url, body=None, headers=None, timeout=20, cafile=None):
    """One HTTP request that follows no redirect and raises for no status. @cafile: the only CA to trust."""
    message = urllib.request.Request(url, data=body, headers=headers or {}, method=method)
    opener = _opener if cafile is None else _trusting(cafile)
    try:
        with opener.open(message, timeout=timeout) as answer:
            return Reply(answer.status, answer.headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Reply(error.code, error.headers, error.read())


class Practice:
    def __init__(self, binary=None, *, auto_consent=False, seed=None, state=None, time_scale=None, port=None,
                 tls=False):
        self.binary = binary or self.find()
        self._own_state = state is None
        self.state = state or tempfile.mkdtemp(prefix='peal-practice-')
        self._arguments = [self.binary, '--state', self.state]
        if auto_consent:
            self._arguments.append('--auto-consent')
        if tls:
            self._arguments.append('--tls')
        self.ca = os.path.join(self.state, 'ca.pem') if tls else None
        for name, value in (('--seed', seed), ('--time-scale', time_scale), ('--port', port)):
            if value is not None:
                self._arguments += [name, str(value)]
        self.process = None
        self.start()

    @staticmethod
    def find():
        folder = os.environ.get('PEAL_BIN') or os.path.join(_TREE, '_build', 'bin')
        return os.environ.get('PEAL_PRACTICE') or os.path.join(folder, 'peal-practice')

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.stop()

    # The process

    def start(self):
        self.process = subprocess.Popen(self._arguments, stdout=subprocess.PIPE)
        lines = self._read_lines(2)
        self.base = lines[0].removeprefix('listening ').rstrip('/')
        self.token = lines[1].removeprefix('control ')

    def _read_lines(self, count, timeout=20):
        data, end = b'', time.monotonic() + timeout
        descriptor = self.process.stdout.fileno()
        while data.count(b'\n') < count:
            ready, _, _ = select.select([descriptor], [], [], max(0, end - time.monotonic()))
            part = os.read(descriptor, 4096) if ready else b''
            if not part:
                self.process.kill()
                raise RuntimeError(f'{self.binary} did not start: {data!r}')
            data += part
        return data.decode().splitlines()

    def halt(self, number=signal.SIGTERM):
        """Ends the process but keeps the state; returns its exit status. start () brings the world back."""
        self.process.send_signal(number)
        try:
            status = self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            status = self.process.wait()
        self.process.stdout.close()
        return status

    def stop(self):
        if self.process.poll() is None:
            self.halt()
        if self._own_state:
            shutil.rmtree(self.state, ignore_errors=True)

    def request(self, method, url, body=None, headers=None, timeout=20):
        return request(method, url, body, headers, timeout, self.ca)

    # The control interface

    def control(self, method, path, body=None):
        """Calls BASE/control/PATH; returns the JSON of the answer, raises unless it is 200."""
        data = None if body is None else json.dumps(body).encode()
        reply = self.request(method, f'{self.base}/control/{path.lstrip("/")}', data,
                        {'Authorization': f'Bearer {self.token}'})
        if reply.status != 200:
            raise RuntimeError(f'{method} control/{path}: {reply.status} {reply.body.decode()}')
        return reply.json()

    def ledger(self):
        return self.control('GET', 'ledger')['ledger']

    def posts(self):
        return self.control('GET', 'posts')['posts']

    def counts(self, endpoint=None):
        counts = self.control('GET', 'counts')
        return counts if endpoint is None else counts.get(endpoint, {}).get('calls', 0)

    def advance(self, seconds):
        return self.control('POST', 'clock/advance', {'seconds': seconds})['now']

    def now(self):
        return self.control('GET', 'clock')['now']

    def settings(self, **members):
        return self.control('POST', 'settings', members)

    def fault(self, **members):
        return self.control('POST', 'faults', members)

    def clear_faults(self):
        self.control('DELETE', 'faults')

    def creator(self, username, **members):
        if members:
            return self.control('POST', f'creators/{username}', members)
        return self.control('GET', f'creators/{username}')

    def revoke(self, username, client_key=None):
        return self.control('POST', f'creators/{username}/revoke', {'client_key': client_key} if client_key else {})

    def finish_draft(self, username, **members):
        return self.control('POST', f'creators/{username}/finish-draft', members)

    # A small client of the API, for tests that need an account or a post but not Peal

    def authorize_url(self, app=DESKTOP, *, scope=ALL_SCOPES, redirect_uri=LOOPBACK_REDIRECT, state='s-1',
                      challenge=None, **more):
        params = {'client_key': app[0], 'response_type': 'code', 'scope': scope, 'redirect_uri': redirect_uri,
                  'state': state}
        if challenge is not None:
            params |= {'code_challenge': challenge, 'code_challenge_method': 'S256'}
        params |= more
        params = {name: value for name, value in params.items() if value is not None}
        return f'{self.base}/v2/auth/authorize/?{urllib.parse.urlencode(params)}'

    def token_request(self, app=DESKTOP, **form):
        form = {'client_key': app[0], 'client_secret': app[1]} | form
        form = {name: value for name, value in form.items() if value is not None}
        return self.request('POST', f'{self.base}/v2/oauth/token/', urllib.parse.urlencode(form).encode(),
                       {'Content-Type': 'application/x-www-form-urlencoded'})

    def sign_in(self, username='mara.bakes', app=DESKTOP, *, scope=ALL_SCOPES, redirect_uri=None):
        """Signs @username in without asking; returns the JSON of the token answer."""
        before = self.control('GET', 'settings')['settings']
        self.settings(auto_consent=True, auto_consent_creator=username)
        verifier = 'v' * 64
        redirect_uri = redirect_uri or (WEB_REDIRECT if app == WEB else LOOPBACK_REDIRECT)
        reply = self.request('GET', self.authorize_url(
            app, scope=scope, redirect_uri=redirect_uri, disable_auto_auth='1',
            challenge=hashlib.sha256(verifier.encode()).hexdigest()))
        self.settings(auto_consent=before['auto_consent'], auto_consent_creator=before['auto_consent_creator'])
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(reply.headers['Location']).query)
        return self.token_request(app, grant_type='authorization_code', code=query['code'][0],
                                  redirect_uri=redirect_uri, code_verifier=verifier).json()

    def get(self, path, token):
        return self.request('GET', self.base + path, None, {'Authorization': f'Bearer {token}'})

    def post(self, path, token, body=None):
        headers = {'Authorization': f'Bearer {token}', 'Content-Type': 'application/json; charset=UTF-8'}
        return self.request('POST', self.base + path, json.dumps({} if body is None else body).encode(), headers)

    def put(self, url, data, first, total, content_type='video/mp4', **headers):
        return self.request('PUT', url, data, {'Content-Type': content_type,
                                          'Content-Range': f'bytes {first}-{first + len(data) - 1}/{total}'} | headers)

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Row 76: every secret of a whole life (sign-in, publishing, refreshing, signing out), as it went over the wire, is
looked for where it must not be: logs with all debugging on, database and files, the bus, arguments and environments of
all processes."""

import base64
import json
import os
import re
import signal
import subprocess
import threading
import time
import unittest
import urllib.parse

from practice import DESKTOP, Practice
from recorder import Recorder
import tap
from videos import fill_up
from world import World

KINDS = {'client secret', 'access token', 'refresh token', 'code', 'verifier', 'state', 'upload token'}
DEBUG = {'G_MESSAGES_DEBUG': 'all', 'SOUP_DEBUG': 'all', 'G_DBUS_DEBUG': 'all', 'GNUTLS_DEBUG_LEVEL': '9',
         'SECRET_DEBUG': 'all', 'DEX_DEBUG': 'all', 'G_SLICE': 'debug-blocks'}
# The way through the browser: there the state, and nothing else, has to be seen.
AUTHORIZE = re.compile(rb'/v2/auth/authorize/\?[^\s"\'\\\0<>)]*')


def forms(secret):
    """What @secret looks like in texts, addresses, JSON and dumps."""
    raw = secret.encode()
    quoted = urllib.parse.quote(secret, safe='')
    spelled = ''.join(c if c.isalnum() else f'\\u{ord(c):04x}' for c in secret)
    found = {raw, quoted.encode(), re.sub('%..', lambda match: match[0].lower(), quoted).encode(),
             json.dumps(secret)[1:-1].encode(), json.dumps(secret)[1:-1].replace('/', '\\/').encode(),
             spelled.encode(), raw.hex().encode(), raw.hex().upper().encode(), raw.hex(' ').encode(),
             ', '.join(f'0x{byte:02x}' for byte in raw).encode(), secret.encode('utf-16-le')}
    for shift in range(3):
        # Only the letters that do not depend on what stands before and behind.
        text = base64.b64encode(b'\0' * shift + raw)[4 if shift else 0:-4]
        found |= {text, text.replace(b'+', b'-').replace(b'/', b'_')}
    return found


class ProcessWatch(threading.Thread):
    """Collects arguments and environments of all processes but this one."""

    def __init__(self):
        super().__init__(daemon=True)
        self.seen, self._ended = set(), threading.Event()

    def run(self):
        while not self._ended.wait(0.02):
            for pid in filter(str.isdigit, os.listdir('/proc')):
                for name in ('cmdline', 'environ'):
                    try:
                        with open(f'/proc/{pid}/{name}', 'rb') as file:
                            text = file.read()
                    except OSError:
                        continue
                    if int(pid) != os.getpid():
                        self.seen.add(text)

    def end(self):
        self._ended.set()
        self.join()
        return b'\n'.join(self.seen)


class Canary(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Practice()
        cls.addClassCleanup(cls.server.stop)
        # So short that each call needs a new one.
        cls.server.settings(access_token_lifetime=200, rate_limits=False)
        cls.recorder = Recorder(cls.server.base)
        cls.addClassCleanup(cls.recorder.close)
        cls.world = World(None)
        cls.addClassCleanup(cls.world.stop)
        cls.world.server = cls.recorder
        cls.texts = {}
        cls.live()
        cls.secrets = cls.recorder.secrets()

    @classmethod
    def live(cls):
        world = cls.world
        watch = ProcessWatch()
        watch.start()
        capture = os.path.join(world.run, 'bus')
        with open(capture, 'wb') as file:
            monitor = subprocess.Popen(['dbus-monitor', '--address', world.address, '--binary'], stdout=file,
                                       stderr=subprocess.DEVNULL)
        world.wait_until(lambda: os.path.getsize(capture) > 0)
        own = world.environment
        world.environment = own | DEBUG | {'SSLKEYLOGFILE': os.path.join(world.place, 'keylog')}
        world.start_agent()
        world.environment = own
        world.setup()
        cls.said = []
        cls.connect()
        large = fill_up(world.video('large.mp4'), 70_000_000)
        for video in (world.video('small.mp4'), large):
            cls.publish(video)
        cls.note_files('files while it runs')
        with open(f'/proc/{world.agent.pid}/limits', encoding='ascii') as file:
            cls.limits = file.read()
        cls.said.append(world.done('disconnect', cls.me))
        world.agent.send_signal(signal.SIGSEGV)
        world.agent.wait(30)
        cls.texts['bus'] = cls.read_capture(monitor, capture)
        cls.texts['processes'] = watch.end()
        cls.texts['log'] = world.log().encode('utf-8', 'replace')
        cls.texts['answers'] = repr(cls.said).encode()
        cls.note_files('files')

    @classmethod
    def connect(cls):
        process, url = cls.world.start_connect()
        page = cls.world.consent(url)
        cls.said.append(page.body)
        out, err = process.communicate(timeout=60)
        cls.said += [out, err]
        cls.me = json.loads(out.splitlines()[-1])['open_id']

    @classmethod
    def publish(cls, video):
        post = cls.world.done('add', video, '--account', cls.me, '--caption', 'One', '--privacy', 'SELF_ONLY',
                              '--now')[0]
        shown = cls.world.wait_for(post['id'], 'published', 'held', 'failed', 'needs_review')
        assert shown['state'] == 'published', shown
        cls.said += [shown, cls.world.done('status'), cls.world.done('accounts')]

    @staticmethod
    def read_capture(monitor, capture):
        size = -1
        while size != os.path.getsize(capture):
            size = os.path.getsize(capture)
            time.sleep(0.3)
        monitor.terminate()
        monitor.wait()
        with open(capture, 'rb') as file:
            data = file.read()
        os.unlink(capture)
        return data

    @classmethod
    def note_files(cls, name):
        parts = []
        cls.names = []
        for folder, _, files in os.walk(cls.world.place):
            for each in files:
                path = os.path.join(folder, each)
                if each == 'bus' or not os.path.isfile(path) or os.path.getsize(path) > 60_000_000:
                    continue
                cls.names.append(path)
                with open(path, 'rb') as file:
                    parts.append(path.encode() + b'\n' + file.read())
        cls.texts[name] = b'\n'.join(parts)

    def test_all_kinds_are_known(self):
        self.assertEqual(set(self.secrets), KINDS)
        self.assertEqual(self.secrets['client secret'], {DESKTOP[1]})
        self.assertGreater(len(self.secrets['refresh token']), 3)
        for kind, values in self.secrets.items():
            self.assertTrue(all(len(value) >= 12 for value in values), kind)

    def test_the_search_finds(self):
        """Each form, when it is there."""
        secret = 'act.canary/+1!2=3*'
        texts = [secret, urllib.parse.quote(secret, safe=''), json.dumps({'a': secret}), secret.encode().hex()]
        texts += [base64.b64encode(b'x' * n + secret.encode() + b'yz').decode() for n in range(4)]
        for text in texts:
            self.assertTrue(any(form in text.encode() for form in forms(secret)), text)
        # What the whole run is searched in is not empty either.
        state, = self.secrets['state']
        self.assertIn(state.encode(), self.texts['bus'])
        self.assertIn(b'G_MESSAGES_DEBUG', self.texts['processes'])
        self.assertIn(b'peal-agent', self.texts['log'])
        self.assertTrue(any(name.endswith(('.db', '.sqlite')) for name in self.names), self.names)
        self.assertIn(self.me.encode(), self.texts['files while it runs'])

    def test_nowhere(self):
        for place, text in self.texts.items():
            text = AUTHORIZE.sub(b'', text)
            for kind in KINDS:
                for form in {form for value in self.secrets[kind] for form in forms(value)}:
                    at = text.find(form)
                    self.assertEqual(at, -1, f'{kind} in {place}: {text[max(at - 200, 0):at + 100]!r}')

    def test_no_core(self):
        limit = next(line for line in self.limits.splitlines() if line.startswith('Max core file size'))
        self.assertEqual(limit.split()[4:6], ['0', '0'])
        self.assertEqual(self.world.agent.returncode, -signal.SIGSEGV)
        self.assertEqual([name for name in self.names if os.path.basename(name).startswith('core')], [])

    def test_nothing_that_breaks_encryption(self):
        self.assertFalse(os.path.exists(os.path.join(self.world.place, 'keylog')))


if __name__ == '__main__':
    tap.main()

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A real Chromium without a window, spoken to over the pipe that it offers for debugging."""

import fcntl
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

ARGUMENTS = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
             '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage',
             '--no-proxy-server', '--remote-debugging-pipe', 'about:blank']


def find():
    return shutil.which('chromium') or shutil.which('chromium-browser')


def _away_from_low_numbers(pair):
    moved = [fcntl.fcntl(descriptor, fcntl.F_DUPFD, 10) for descriptor in pair]
    for descriptor in pair:
        os.close(descriptor)
    return moved


class Chromium:
    def __init__(self, timeout=30):
        self.timeout = timeout
        self._profile = tempfile.mkdtemp(prefix='peal-chromium-')
        there, self._out = _away_from_low_numbers(os.pipe())
        self._in, back = _away_from_low_numbers(os.pipe())
        self._process = subprocess.Popen(
            ['bash', '-c', f'exec "$0" "$@" 3<&{there} 4>&{back}', find(), f'--user-data-dir={self._profile}', *ARGUMENTS],
            pass_fds=(there, back), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            env=os.environ | {'HOME': self._profile})
        os.close(there)
        os.close(back)
        self._buffer, self._number, self._session = b'', 0, None
        self.complaints = []
        self._attach()

    def _attach(self):
        page = next(target for target in self.call('Target.getTargets')['targetInfos'] if target['type'] == 'page')
        self._session = self.call('Target.attachToTarget', targetId=page['targetId'], flatten=True)['sessionId']
        for domain in ('Page', 'Runtime', 'Log'):
            self.call(domain + '.enable')

    def close(self):
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        os.close(self._in)
        os.close(self._out)
        shutil.rmtree(self._profile, ignore_errors=True)

    def _message(self, end):
        while b'\0' not in self._buffer:
            ready, _, _ = select.select([self._in], [], [], max(0, end - time.monotonic()))
            part = os.read(self._in, 65536) if ready else b''
            if not part:
                raise TimeoutError('Chromium does not answer')
            self._buffer += part
        text, self._buffer = self._buffer.split(b'\0', 1)
        message = json.loads(text)
        if message.get('method') == 'Log.entryAdded':
            self.complaints.append(message['params']['entry']['text'])
        return message

    def call(self, method, **params):
        self._number += 1
        message = {'id': self._number, 'method': method, 'params': params}
        if self._session is not None:
            message['sessionId'] = self._session
        os.write(self._out, json.dumps(message).encode() + b'\0')
        end = time.monotonic() + self.timeout
        while True:
            answer = self._message(end)
            if answer.get('id') == self._number:
                if 'error' in answer:
                    raise RuntimeError(f'{method}: {answer["error"]["message"]}')
                return answer['result']

    def _wait_for(self, method):
        end = time.monotonic() + self.timeout
        while self._message(end).get('method') != method:
            pass

    def open(self, url):
        self.call('Page.navigate', url=url)
        self._wait_for('Page.loadEventFired')

    def run(self, script):
        """The value of an expression in the page."""
        result = self.call('Runtime.evaluate', expression=script, returnByValue=True)
        if 'exceptionDetails' in result:
            raise RuntimeError(json.dumps(result['exceptionDetails']))
        return result['result'].get('value')

    def leave(self, script):
        """Runs what makes the page go to another, and waits for that."""
        self.run(script)
        self._wait_for('Page.loadEventFired')

    def look(self, width, dark):
        self.call('Emulation.setDeviceMetricsOverride', width=width, height=800, deviceScaleFactor=1, mobile=False)
        self.call('Emulation.setEmulatedMedia',
                  features=[{'name': 'prefers-color-scheme', 'value': 'dark' if dark else 'light'}])

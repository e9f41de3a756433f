# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Clients of TikTok's sign-in that nobody here wrote, against the practice server.

test-clients.py PRACTICE DIRECTORY: installs the npm packages of package-lock.json, once, into $XDG_CACHE_HOME/peal, lays
them out in DIRECTORY, and has drive.mjs run each of them there.
"""

import fcntl
import glob
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'support'))

import tap  # noqa: E402
from practice import DESKTOP, LOOPBACK_REDIRECT, WEB, WEB_REDIRECT, Practice  # noqa: E402

BINARY = DIRECTORY = None
BETTER_AUTH_REDIRECT = 'https://app.example/api/auth/callback/tiktok'
AUTH_CORE_REDIRECT = 'https://app.example/auth/callback/tiktok'
NPM = ['npm', 'ci', '--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error',
       '--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=4000', '--fetch-timeout=60000']


class NotInstalled(Exception):
    pass


def lock_bytes():
    with open(os.path.join(HERE, 'package-lock.json'), 'rb') as file:
        return file.read()


def download(folder):
    """Has npm install into @folder, all of it or nothing."""
    half = folder + '.part'
    shutil.rmtree(half, ignore_errors=True)
    os.makedirs(half)
    for name in ('package.json', 'package-lock.json'):
        shutil.copy(os.path.join(HERE, name), half)
    try:
        done = subprocess.run(NPM, cwd=half, capture_output=True, text=True, timeout=240, check=False)
    except FileNotFoundError:
        raise NotInstalled('npm is missing: install nodejs and npm') from None
    except subprocess.TimeoutExpired:
        raise NotInstalled('npm did not end within 4 minutes: is its registry reachable?') from None
    if done.returncode != 0:
        code = re.search(r'code (\S+)', done.stderr)
        reason = re.search(r'npm (?:ERR!|error) ((?!code |errno |syscall ).*)', done.stderr)
        raise NotInstalled(f'npm could not install the clients ({code[1] if code else "no code"}): '
                           f'{reason[1] if reason else done.stderr.strip()}')
    os.rename(half, folder)


def install():
    """Returns the folder whose node_modules is that of the lock file."""
    cache = os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache')
    folder = os.path.join(cache, 'peal', 'npm-' + hashlib.sha256(lock_bytes()).hexdigest()[:16])
    os.makedirs(os.path.dirname(folder), exist_ok=True)
    with open(folder + '.lock', 'w', encoding='ascii') as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        if not os.path.isdir(folder):
            download(folder)
    return folder


def lay_out():
    """node looks for packages beside the script that imports them."""
    os.makedirs(DIRECTORY, exist_ok=True)
    link = os.path.join(DIRECTORY, 'node_modules')
    if os.path.lexists(link):
        os.unlink(link)
    os.symlink(os.path.join(install(), 'node_modules'), link)
    for script in glob.glob(os.path.join(HERE, '*.mjs')):
        shutil.copy(script, DIRECTORY)


class LockFile(unittest.TestCase):
    def test_pins_versions_from_the_public_registry(self):
        packages = json.loads(lock_bytes())['packages']
        self.assertEqual(packages['']['dependencies'].keys(),
                         {'arctic', 'passport-tiktok-auth', 'better-auth', '@auth/core'})
        for name, version in packages['']['dependencies'].items():
            self.assertRegex(version, r'^[0-9]+\.[0-9]+\.[0-9]+$')
            self.assertEqual(packages['node_modules/' + name]['version'], version)
        for name, package in packages.items():
            if name:
                self.assertTrue(package['resolved'].startswith('https://registry.npmjs.org/'), name)
                self.assertTrue(package['integrity'].startswith('sha512-'), name)


class Clients(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        lay_out()
        cls.practice = Practice(BINARY)
        cls.addClassCleanup(cls.practice.stop)

    def setUp(self):
        self.practice.revoke('mara.bakes')

    def drive(self, client, app, redirect):
        done = subprocess.run(['node', 'drive.mjs', client, self.practice.base, *app, redirect], cwd=DIRECTORY,
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout.splitlines()[-1])

    def sign_in(self, client, redirect):
        """@client signs in to the Web app and knows who that is."""
        outcome = self.drive(client, WEB, redirect)
        self.assertNotIn('error', outcome, outcome)
        self.assertEqual(outcome['openId'], self.practice.creator('mara.bakes')['open_ids'][WEB[0]])
        self.assertEqual(outcome['name'], 'Mara Bakes')
        return outcome

    def assert_connected(self, *keys):
        self.assertEqual(self.practice.creator('mara.bakes')['connected_apps'], list(keys))

    def test_arctic(self):
        outcome = self.sign_in('arctic', WEB_REDIRECT)
        self.assertTrue(outcome['isRefreshed'])
        self.assertEqual(outcome['lifetime'], 7200)
        self.assertEqual(outcome['oldRefreshToken'], 'invalid_grant', 'the first refresh token is dead')
        self.assertTrue(outcome['isRevoked'])
        self.assert_connected()

    def test_passport_tiktok_auth(self):
        outcome = self.sign_in('passport', WEB_REDIRECT)
        self.assertTrue(outcome['hasTokens'])
        self.assertEqual(outcome['username'], 'mara.bakes')
        self.assertGreaterEqual(outcome['followers'], 18342)
        self.assertIn('/200.png?', outcome['picture'], 'the one field that no document knows')
        self.assertEqual(outcome['calls'], ['/v2/oauth/token/ 200', '/v2/user/info/ 200'])
        self.assert_connected(WEB[0])

    def test_better_auth(self):
        outcome = self.sign_in('better-auth', BETTER_AUTH_REDIRECT)
        self.assertTrue(outcome['isRefreshed'])
        self.assertIn('/480.png?', outcome['picture'])
        self.assert_connected(WEB[0])

    def test_auth_core(self):
        outcome = self.sign_in('auth-core', AUTH_CORE_REDIRECT)
        self.assertTrue(outcome['hasTokens'])
        self.assertIn('/168.png?', outcome['picture'])
        self.assert_connected(WEB[0])

    def test_base64url_challenge_is_refused_to_a_desktop_app(self):
        for client in ('arctic', 'auth-core'):
            with self.subTest(client):
                outcome = self.drive(client, DESKTOP, LOOPBACK_REDIRECT)
                self.assertIn('error', outcome)
                self.assertEqual(outcome['calls'],
                                 ['/v2/oauth/token/ 400 Code verifier or code challenge is invalid.'])
                self.assert_connected()

    def test_another_redirect_is_refused_before_the_form(self):
        outcome = self.drive('arctic', WEB, 'https://app.example/elsewhere/')
        self.assertIn('redirect_uri', outcome['message'])
        self.assertEqual(outcome['calls'], [])

    def test_wrong_secret_is_understood(self):
        outcome = self.drive('arctic', (WEB[0], 'not-the-secret'), WEB_REDIRECT)
        self.assertEqual(outcome['calls'], ['/v2/oauth/token/ 200'], 'as recorded, this error comes with 200')
        self.assertIn('error', outcome)


if __name__ == '__main__':
    DIRECTORY = os.path.abspath(sys.argv.pop(2))
    BINARY = sys.argv.pop(1)
    tap.main()

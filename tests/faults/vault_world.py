# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A world whose keyring can be locked, unlocked, killed and stopped, whose clock can be moved on, and which can keep
its secrets in libsecret's file as a sandbox does."""

import glob
import os
import shutil
import signal
import subprocess
import tempfile
import threading

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

from world import BIN, PASSWORD, World  # noqa: E402

SECRETS = 'org.freedesktop.secrets'
ROOT = '/org/freedesktop/secrets'
LOGIN = ROOT + '/collection/login'
APPLICATION = 'io.github.pealapp.Peal.Practice'

_kept = tempfile.TemporaryDirectory(prefix='peal-kept-')
_video_lock = threading.Lock()


class Clock:
    """What time it is for the programs that get its environment."""

    def __init__(self):
        self._place = tempfile.mkdtemp(dir=_kept.name)
        self.shift = 0
        self.pass_time(0)

    def pass_time(self, seconds):
        self.shift += seconds
        path = os.path.join(self._place, 'shift')
        with open(path + '.new', 'w', encoding='ascii') as file:
            file.write(f'+{self.shift}s\n')
        os.rename(path + '.new', path)

    @property
    def environment(self):
        return {'LD_PRELOAD': glob.glob('/usr/lib/*/faketime/libfaketimeMT.so.1')[0],
                'FAKETIME_TIMESTAMP_FILE': os.path.join(self._place, 'shift'), 'FAKETIME_NO_CACHE': '1',
                'FAKETIME_DONT_FAKE_MONOTONIC': '1', 'NO_FAKE_STAT': '1'}

    def wrap(self, program):
        """A program that runs @program by this clock."""
        path = os.path.join(self._place, os.path.basename(program))
        words = ' '.join(f'{name}={value}' for name, value in self.environment.items())
        with open(path, 'w', encoding='utf-8') as file:
            file.write(f'#!/bin/sh\nexec env {words} {program} "$@"\n')
        os.chmod(path, 0o755)
        return path


class VaultWorld(World):
    """@clock: that of @server. @service: 'unlocked', or 'by_hand' for one that the bus cannot start, or None for
    libsecret's file."""

    def __init__(self, server, clock, service='unlocked'):
        super().__init__(None, keyring='unlocked' if service == 'unlocked' else 'none')
        self.server = server
        self.clock = clock
        self.more = {}
        self.wrapper = []  # a command that runs the agent
        if service == 'by_hand':
            self._start_keyring()
        if service is None:
            self.keyring_file = os.path.join(self.place, 'keyrings', 'default.keyring')
            os.mkdir(os.path.dirname(self.keyring_file), 0o700)
            self.more = {'SECRET_BACKEND': 'file', 'SECRET_FILE_TEST_PATH': self.keyring_file,
                         'SECRET_FILE_TEST_PASSWORD': PASSWORD}
        try:
            self.start_agent()
            self.setup()
        except BaseException:
            self.stop()
            raise

    # The agent goes by another clock than bus, keyring and pealctl.

    def start_agent(self, *options):
        environment = self.environment | self.more | self.clock.environment
        with open(os.path.join(self.place, 'agent.log'), 'ab') as log:
            self.agent = subprocess.Popen([*self.wrapper, os.path.join(BIN, 'peal-agent'), '--gapplication-service',
                                           f'--practice={self.server.base}', *options],
                                          env=environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        self.wait_until(lambda: self.has_agent() or self.agent.poll() is not None)
        if self.agent.poll() is not None:
            raise RuntimeError(f'peal-agent did not start: {self.log()}')

    def keep_agent(self):
        """It stays as long as a caller is on the bus, also with nothing to do; until this agent ends."""
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        self.caller = Gio.DBusConnection.new_for_address_sync(self.address, flags, None, None)
        self.caller.set_exit_on_close(False)
        self.caller.call_sync(f'{APPLICATION}.Agent', '/io/github/pealapp/Peal/Agent',
                              'io.github.pealapp.Peal.Agent', 'GetStatus', None, None, Gio.DBusCallFlags.NONE, 30000,
                              None)

    def restart_agent(self, number=signal.SIGTERM):
        self.stop_agent(number)
        self.start_agent()

    # The keyring

    def unlock_keyring(self):
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        bus = Gio.DBusConnection.new_for_address_sync(self.address, flags, None, None)
        bus.set_exit_on_close(False)

        def call(interface, method, parameters):
            return bus.call_sync(SECRETS, ROOT, interface, method, parameters, None, Gio.DBusCallFlags.NONE, 10000,
                                 None)

        _, session = call('org.freedesktop.Secret.Service', 'OpenSession',
                          GLib.Variant('(sv)', ('plain', GLib.Variant('s', '')))).unpack()
        call('org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface', 'UnlockWithMasterPassword',
             GLib.Variant('(o(oayays))', (LOGIN, (session, b'', PASSWORD.encode(), 'text/plain'))))
        bus.close_sync(None)

    def keyring_pid(self):
        answer = self.gdbus('org.freedesktop.DBus', '/org/freedesktop/DBus',
                            'org.freedesktop.DBus.GetConnectionUnixProcessID', SECRETS)
        return int(answer.removeprefix('(uint32 ').rstrip().removesuffix(',)'))

    def signal_keyring(self, number):
        os.kill(self.keyring_pid(), number)

    def secret_tool(self, *arguments):
        return subprocess.run(['secret-tool', *arguments], env=self.environment, capture_output=True, text=True,
                              timeout=20, check=False)

    # What people see

    def small_video(self):
        """Made once for all worlds."""
        made = os.path.join(_kept.name, 'small.mp4')
        with _video_lock:
            if not os.path.exists(made):
                shutil.copy(self.video('small.mp4', seconds=3, size='360x640'), made)
        return made

    def add(self, account, *when):
        """Plans a post, at once if nothing is said; returns its id."""
        result = self.ctl('add', self.small_video(), '--account', account, '--caption', 'One', '--privacy', 'SELF_ONLY',
                          *(when or ('--now',)), '--json')
        if not isinstance(result.json, list):
            raise AssertionError(f'{result!r}\n{self.agent_log_tail()}')
        return result.json[0]['id']

    def state_of(self, account):
        return next(each['state'] for each in self.done('accounts') if each['open_id'] == account)

    def held(self, post):
        """Waits until @post is held; returns why."""
        return self.wait_for(post, 'held', 'published', 'failed', 'needs_review')['hold_reason']

    def published(self, post):
        shown = self.wait_for(post, 'published', 'failed', 'needs_review')
        if shown['state'] != 'published':
            raise AssertionError(f'{shown}\n{self.agent_log_tail()}')

    def sign_in_again(self, account, username='mara.bakes'):
        return self.try_connect(username, command=('grant', account))

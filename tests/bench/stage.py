# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A world to measure in: practice server, bus, keyring, agent, and the agent's bus interface with nothing between."""

import os
import shutil
import subprocess
import sys
import tempfile
import time

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'support'))
from practice import Practice  # noqa: E402
from world import BIN, BUS_NAME, World  # noqa: E402

PATH = '/io/github/pealapp/Peal/Agent'
INTERFACE = 'io.github.pealapp.Peal.Agent'
# All that may post.
CREATORS = ('mara.bakes', 'tomas.rides', 'linh.draws', 'short.stories', 'long.takes', 'new.nora', 'archive.ali',
            'slow.sam', 'never.nia')
FACTS = {'container': 'mp4', 'video_codec': 'h264', 'audio_codec': 'aac', 'duration_us': 4_000_000, 'width': 540,
         'height': 960, 'rotation': 0, 'fps_num': 30, 'fps_den': 1}
_TYPES = {bool: 'b', str: 's', int: 'x', list: 'as'}


def vardict(members, **types):
    """An a{sv}; numbers are x unless @types says otherwise."""
    return {name: GLib.Variant(types.get(name, _TYPES[type(value)]), value) for name, value in members.items()}


def now_us():
    return time.time_ns() // 1000


class Stage:
    """@tls_state: the state directory of a server that has its certificate there already; see tls.py."""

    def __init__(self, creators=('mara.bakes',), tls_state=None):
        self.server = Practice(**({'binary': os.path.join(HERE, 'practice-tls'), 'state': tls_state}
                                  if tls_state else {}))
        self.server.settings(rate_limits=False, hash_uploads=False, processing_base_ms=0, processing_ms_per_gb=0)
        for creator in creators:
            self.server.creator(creator, daily_posts=1_000_000, moderation_seconds=0)
        self.place = tempfile.mkdtemp(prefix='peal-bench-')
        try:
            self.world = World(self.server)
        except BaseException:
            self.server.stop()
            raise
        self.bus = Gio.DBusConnection.new_for_address_sync(
            self.world.address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT
            | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None, None)
        self.bus.set_exit_on_close(False)
        self.accounts = [self.world.connect(creator)['open_id'] for creator in creators]

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.world.stop()
        self.server.stop()
        shutil.rmtree(self.place, ignore_errors=True)

    @property
    def pid(self):
        return self.world.agent.pid

    @property
    def database(self):
        return os.path.join(self.world.home, '.local/share', 'io.github.pealapp.Peal.Practice', 'peal.db')

    # Programs on the bus

    def until(self, condition, timeout_s):
        """Runs the main context until @condition holds; it is looked at after each event."""
        context = GLib.MainContext.default()
        late = []
        source = GLib.timeout_add(int(timeout_s * 1000), lambda: late.append(1))
        while not condition():
            context.iteration(True)
            if late:
                raise RuntimeError(f'Nothing came within {timeout_s} s\n{self.world.agent_log_tail()}')
        GLib.source_remove(source)

    def start_timed(self, command, name):
        """Starts @command; returns it and the seconds until @name was on the bus."""
        times = []
        watch = self.bus.signal_subscribe(
            'org.freedesktop.DBus', 'org.freedesktop.DBus', 'NameOwnerChanged', '/org/freedesktop/DBus', name,
            Gio.DBusSignalFlags.NONE, lambda *args: args[5].unpack()[2] and times.append(time.monotonic()))
        # A round trip: the match is there now.
        self.bus.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.Peer', 'Ping', None, None, 0, -1, None)
        with open(os.path.join(self.world.place, 'agent.log'), 'ab') as log:
            start = time.monotonic()
            process = subprocess.Popen(command, env=self.world.environment, stdin=subprocess.DEVNULL, stdout=log,
                                       stderr=log)
        self.until(lambda: times, 120)
        self.bus.signal_unsubscribe(watch)
        return process, times[0] - start

    def start_agent(self):
        """Starts the stopped agent; returns the seconds until it was on the bus."""
        self.world.agent, seconds = self.start_timed(
            [os.path.join(BIN, 'peal-agent'), '--gapplication-service', f'--practice={self.server.base}'], BUS_NAME)
        return seconds

    def start_plain(self, *url):
        """Starts the plainest process of the same libraries; returns it and the seconds until it was on the bus."""
        plain = os.path.join(self.place, 'plain')
        if not os.path.exists(plain):
            flags = subprocess.run(['pkg-config', '--cflags', '--libs', 'libsoup-3.0', 'sqlite3'], check=True,
                                   capture_output=True, text=True).stdout.split()
            subprocess.run(['cc', '-O2', '-o', plain, os.path.join(HERE, 'plain.c'), *flags], check=True)
        name = f'io.github.pealapp.Plain{"Spoken" if url else ""}'
        return self.start_timed([plain, name, os.path.join(self.place, f'{name}.db'), *url], name)

    # The agent's interface

    def call_raw(self, method, signature='()', *arguments, interface=INTERFACE, files=None, path=PATH):
        return self.bus.call_with_unix_fd_list_sync(BUS_NAME, path, interface, method,
                                                    GLib.Variant(signature, arguments), None, 0, 120_000, files,
                                                    None)[0]

    def call(self, *args, **more):
        return self.call_raw(*args, **more).unpack()

    def import_video(self, path):
        """Hands @path over as the clients do; returns its number once the private copy is there."""
        done = {}
        watch = self.bus.signal_subscribe(None, INTERFACE, 'JobDone', PATH, None, Gio.DBusSignalFlags.NONE,
                                          lambda *args: done.update({args[5].unpack()[0]: args[5].unpack()[1:]}))
        files = Gio.UnixFDList.new()
        with open(path, 'rb') as file:
            handle = files.append(file.fileno())
        facts = vardict(FACTS | {'name': os.path.basename(path), 'size': os.path.getsize(path)},
                        width='i', height='i', rotation='i', fps_num='i', fps_den='i')
        job, = self.call('ImportMedia', '(ha{sv})', handle, facts, files=files)
        self.until(lambda: job in done, 120)
        self.bus.signal_unsubscribe(watch)
        error, message, result = done[job]
        if error:
            raise RuntimeError(f'{error}: {message}')
        return result['media']

    def add_post(self, media, due, caption='', account=None):
        return self.call('AddPosts', '(a{sv})', vardict({
            'media': media, 'accounts': [account or self.accounts[0]], 'due': due, 'zone': 'Europe/Berlin',
            'caption': caption, 'privacy_level': 'SELF_ONLY'}))[0][0]

    def wait_published(self, captions, timeout_s):
        """Waits until the server's book has all @captions, without a word to the agent; returns caption → entry."""
        end = time.monotonic() + timeout_s
        while True:
            entries = {entry['caption']: entry for entry in self.server.ledger() if entry['caption'] in captions}
            if len(entries) == len(captions):
                return entries
            if time.monotonic() > end:
                raise RuntimeError(f'{len(captions) - len(entries)} of {len(captions)} posts did not come\n'
                                   f'{self.world.agent_log_tail()}')
            time.sleep(0.5)

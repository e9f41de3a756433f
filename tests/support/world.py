# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A machine of one's own for a test: a home, a session bus, a keyring, the practice world, and pealctl in it.

    with World() as world:
        account = world.connect('mara.bakes')
        post = world.ctl('add', world.video(), '--account', account['open_id'], '--now', '--json').json[0]

The programs are looked for in $PEAL_BIN, else in _build/bin. Nothing of the user's own session is seen.
"""

import datetime
import html.parser
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.parse
import zoneinfo

import practice as practice_module

_TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BIN = os.environ.get('PEAL_BIN') or os.path.join(_TREE, '_build', 'bin')
BUS_NAME = 'io.github.pealapp.Peal.Practice.Agent'
PASSWORD = 'pw'
# In front of a command: it ends with this process, however that ends.
WITH_US = ('setpriv', '--pdeathsig', 'KILL')

# A bus that can activate nothing: no keyring either.
_BARE_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=%s</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


class Result:
    """What a run of pealctl came to; `json` is its last line, `lines` are all."""

    def __init__(self, args, status, out, err):
        self.args, self.status, self.out, self.err = args, status, out, err

    @property
    def lines(self):
        return self.out.splitlines()

    @property
    def json(self):
        return json.loads(self.lines[-1])

    @property
    def code(self):
        """error.code of the JSON."""
        return self.json['error']['code']

    def __repr__(self):
        return f'<pealctl {self.args} → {self.status}\n{self.out}\n{self.err}>'


class _Form(html.parser.HTMLParser):
    """The hidden and ticked fields of a page's form."""

    def __init__(self, page):
        super().__init__()
        self.fields, self.action, self.boxes = {}, None, []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == 'form':
            self.action = attributes.get('action')
        elif tag == 'input' and attributes.get('type') == 'hidden':
            self.fields[attributes['name']] = attributes.get('value', '')
        elif tag == 'input' and attributes.get('type') == 'checkbox':
            self.boxes.append((attributes['name'], 'disabled' in attributes))


def answer_consent(url, username='mara.bakes', answer='allow', without=()):
    """Does what a user does in the browser; returns the answer of Peal's own page. @without: scopes that the user does
    not grant."""
    page = practice_module.request('GET', url)
    if page.status != 200:
        return page
    form = _Form(page.body.decode())
    fields = form.fields | {'creator': username, 'answer': answer}
    fields |= {name: '1' for name, disabled in form.boxes
               if not disabled and name.removeprefix('grant:') not in without}
    reply = practice_module.request('POST', urllib.parse.urljoin(url, form.action),
                                    urllib.parse.urlencode(fields).encode(),
                                    {'Content-Type': 'application/x-www-form-urlencoded'})
    if reply.status not in (302, 303):
        raise AssertionError(f'The consent page answered {reply!r}')
    return practice_module.request('GET', reply.headers['Location'])


class World:
    """@server: a Practice of practice.py to use; with None Peal starts its own. @keyring: 'unlocked', 'locked' or
    'none'. @setup: whether the key and secret of a practice app are stored at once (a foreign server presets none)."""

    def __init__(self, server=None, keyring='unlocked', setup=True, zone='Europe/Berlin'):
        self.place = tempfile.mkdtemp(prefix='peal-world-')
        self.home = os.path.join(self.place, 'home')
        self.run = os.path.join(self.place, 'run')
        self.server = server
        self.agent = None
        self._bus = None
        for folder in (self.home, self.run, os.path.join(self.home, '.local', 'share')):
            os.makedirs(folder, mode=0o700)
        self.environment = self._make_environment(zone)
        try:
            self.address = self._start_bus(keyring != 'none')
            if keyring != 'none':
                self._start_keyring()
            if server is not None:
                self.start_agent()
                if setup and keyring != 'none':
                    self.setup()
            if keyring == 'locked':
                self.lock_keyring()
        except BaseException:
            self.stop()
            raise

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        self.stop()

    def _make_environment(self, zone):
        kept = {name: os.environ[name] for name in ('PATH', 'PEAL_ROOT', 'ASAN_OPTIONS', 'UBSAN_OPTIONS')
                if name in os.environ}
        return kept | {
            'HOME': self.home, 'XDG_RUNTIME_DIR': self.run, 'XDG_DATA_HOME': os.path.join(self.home, '.local/share'),
            'XDG_CONFIG_HOME': os.path.join(self.home, '.config'), 'XDG_CACHE_HOME': os.path.join(self.home, '.cache'),
            'XDG_STATE_HOME': os.path.join(self.home, '.local/state'), 'TMPDIR': self.place, 'LC_ALL': 'C.UTF-8',
            'TZ': zone, 'G_DEBUG': 'fatal-criticals'}

    def now(self):
        """The time on the clock of this machine, in its own zone: that of the test may have another day."""
        return datetime.datetime.now(zoneinfo.ZoneInfo(self.environment['TZ']))

    def _start_bus(self, can_activate):
        arguments = [*WITH_US, 'dbus-daemon', '--nofork', '--nopidfile', '--print-address=1']
        if can_activate:
            arguments.append('--session')
        else:
            config = os.path.join(self.place, 'bus.conf')
            with open(config, 'w', encoding='utf-8') as file:
                file.write(_BARE_BUS % self.run)
            arguments.append(f'--config-file={config}')
        # What the bus activates gets this environment: it must be there before.
        self._bus = subprocess.Popen(arguments, env=self.environment, stdout=subprocess.PIPE,
                                     stderr=subprocess.DEVNULL, text=True)
        address = self._bus.stdout.readline().strip()
        self.environment['DBUS_SESSION_BUS_ADDRESS'] = address
        return address

    def _start_keyring(self):
        # As a file, not a pipe: the daemon keeps its output open for ever.
        subprocess.run(['gnome-keyring-daemon', '--unlock', '--components=secrets', '--daemonize'],
                       input=PASSWORD.encode(), env=self.environment, stdout=subprocess.DEVNULL,
                       stderr=subprocess.DEVNULL, check=True, timeout=30)

    def gdbus(self, name, path, method, *arguments, check=True):
        return subprocess.run(['gdbus', 'call', '--session', '-d', name, '-o', path, '-m', method, *arguments],
                              env=self.environment, capture_output=True, text=True, check=check, timeout=30).stdout

    def lock_keyring(self):
        self.gdbus('org.freedesktop.secrets', '/org/freedesktop/secrets', 'org.freedesktop.Secret.Service.Lock',
                   '[objectpath "/org/freedesktop/secrets/collection/login"]')

    # The agent

    def start_agent(self, *options):
        """Starts the agent by hand, for our server, and waits until it is on the bus."""
        option = f'--practice={self.server.base}' if self.server is not None else '--practice'
        log = open(os.path.join(self.place, 'agent.log'), 'ab')
        with log:
            self.agent = subprocess.Popen([*WITH_US, os.path.join(BIN, 'peal-agent'), '--gapplication-service', option,
                                           *options],
                                          env=self.environment, stdout=log, stderr=log, stdin=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while not self.has_agent():
            if self.agent.poll() is not None or time.monotonic() > end:
                raise RuntimeError(f'peal-agent did not start: {self.log()}')
            time.sleep(0.05)

    def has_agent(self):
        return 'true' in self.gdbus('org.freedesktop.DBus', '/org/freedesktop/DBus',
                                    'org.freedesktop.DBus.NameHasOwner', BUS_NAME)

    def stop_agent(self, number=signal.SIGTERM):
        self.agent.send_signal(number)
        return self.agent.wait(30)

    def log(self):
        with open(os.path.join(self.place, 'agent.log'), encoding='utf-8', errors='replace') as file:
            return file.read()

    # pealctl

    def spawn(self, *args, practice=True, environment=None, **more):
        arguments = [os.path.join(BIN, 'pealctl'), *(['--practice'] if practice else []), *args]
        return subprocess.Popen(arguments, env=self.environment | (environment or {}), stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, **more)

    def ctl(self, *args, input=None, timeout=90, **more):
        """Runs pealctl to its end."""
        process = self.spawn(*args, stdin=subprocess.PIPE, **more)
        try:
            out, err = process.communicate(input or '', timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            raise AssertionError(f'pealctl {args} did not end: {out!r} {err!r}') from None
        return Result(args, process.returncode, out, err)

    def done(self, *args, **more):
        """As ctl (), with --json; it must be done. Returns what was printed."""
        result = self.ctl(*args, '--json', **more)
        if result.status != 0:
            raise AssertionError(f'{result!r}\n{self.agent_log_tail()}')
        return result.json

    def agent_log_tail(self):
        return self.log()[-2000:] if self.agent is not None else ''

    def setup(self, app=practice_module.DESKTOP, environment='production'):
        return self.done('setup', '--client-key', app[0], '--client-secret-file', '-', '--environment', environment,
                         input=app[1] + '\n')

    def consent(self, url, username='mara.bakes', answer='allow', without=()):
        return answer_consent(url, username, answer, without)

    def start_connect(self, *args):
        """Starts `pealctl connect`; returns the process and the address that it printed."""
        process = self.spawn(*(args or ('connect',)), '--no-browser', '--json')
        line = json.loads(process.stdout.readline())
        return process, line.get('authorize_url')

    def try_connect(self, username='mara.bakes', answer='allow', without=(), command=('connect',)):
        process, url = self.start_connect(*command)
        if url is not None:
            self.consent(url, username, answer, without)
        out, err = process.communicate(timeout=60)
        return Result(command, process.returncode, out, err)

    def connect(self, username='mara.bakes', **more):
        """Connects @username; returns the account as pealctl printed it."""
        result = self.try_connect(username, **more)
        if result.status != 0:
            raise AssertionError(f'{result!r}\n{self.agent_log_tail()}')
        return result.json

    def wait_for(self, post, *states, timeout=90):
        """Waits until @post is in one of @states; returns it."""
        end = time.monotonic() + timeout
        while True:
            shown = self.done('show', str(post))
            if shown['state'] in states:
                return shown
            if time.monotonic() > end:
                raise AssertionError(f'Post {post} is {shown["state"]}: {shown}\n{self.agent_log_tail()}')
            time.sleep(0.2)

    def wait_until(self, condition, timeout=60):
        end = time.monotonic() + timeout
        while not condition():
            if time.monotonic() > end:
                raise AssertionError(f'It did not happen within {timeout} s\n{self.agent_log_tail()}')
            time.sleep(0.05)

    # Files

    def video(self, name='cake.mp4', seconds=4, size='540x960', rate=30, options=()):
        """A video made by ffmpeg, with sound; made once a name."""
        path = os.path.join(self.place, name)
        if not os.path.exists(path):
            subprocess.run(['ffmpeg', '-v', 'error', '-y', '-f', 'lavfi', '-i',
                            f'testsrc2=size={size}:rate={rate}:duration={seconds}', '-f', 'lavfi', '-i',
                            f'sine=frequency=440:duration={seconds}', '-c:v', 'libx264', '-preset', 'ultrafast',
                            '-pix_fmt', 'yuv420p', '-c:a', 'aac', '-shortest', *options, path], check=True,
                           timeout=120)
        return path

    def rotate(self, name, to):
        """The video @name as @to, to be shown turned by 90 degrees; the frames stay as they are."""
        path = os.path.join(self.place, to)
        subprocess.run(['ffmpeg', '-v', 'error', '-y', '-display_rotation', '90', '-i', os.path.join(self.place, name),
                        '-c', 'copy', path], check=True, timeout=60)
        return path

    def file(self, name, content=b''):
        path = os.path.join(self.place, name)
        with open(path, 'wb') as file:
            file.write(content)
        return path

    def stop(self):
        """Ends what belongs to this world, told by its environment, and removes it."""
        if self.agent is not None and self.agent.poll() is None:
            self.agent.terminate()
            try:
                self.agent.wait(20)
            except subprocess.TimeoutExpired:
                self.agent.kill()
                self.agent.wait()
        for pid in self._members():
            try:
                os.kill(pid, signal.SIGKILL)
            except ProcessLookupError:
                pass
        if self._bus is not None:
            self._bus.wait(20)
            self._bus.stdout.close()
        shutil.rmtree(self.place, ignore_errors=True)

    def _members(self):
        mark = f'XDG_RUNTIME_DIR={self.run}'.encode()
        members = []
        for name in os.listdir('/proc'):
            if not name.isdigit() or int(name) == os.getpid():
                continue
            try:
                with open(f'/proc/{name}/environ', 'rb') as file:
                    if mark in file.read().split(b'\0'):
                        members.append(int(name))
            except OSError:
                continue
        return members

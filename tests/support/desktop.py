# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A world with a display, a keyboard, a pointer, a browser and a window in it.

    with Desktop() as desktop:
        desktop.start_peal()
        desktop.click(desktop.find('button', 'Try with Practice Accounts'))
        desktop.find('heading', 'Plan')
        desktop.camera.shoot('/tmp/plan.png')

The display is headless mutter with a monitor that the window fills, so that what is at a place in the window is at that
place of the monitor.
"""

import configparser
import json
import os
import re
import signal
import subprocess
import sys
import time

import camera as camera_module
from accessible import CALL_MS, Gone, Node, Tree, connect
from hands import Hands
from world import BIN, BUS_NAME, WITH_US, World

from gi.repository import GLib  # noqa: E402  (after accessible.py)

HERE = os.path.dirname(os.path.abspath(__file__))
DEADLINE_S = int(os.environ.get('PEAL_DEADLINE', 90))
DISPLAY_NAME = 'wayland-peal'
_ASTRAY = 40
_STAY_S = 0.05
# What a window of this size takes up is all of the monitor; a small monitor beside it is for other windows.
SIDE_MONITOR = (400, 400)
_ACCESSIBILITY_SERVICE = '/usr/share/dbus-1/services/org.a11y.Bus.service'

_BROWSER_ENTRY = """[Desktop Entry]
Type=Application
Name=Test Browser
Exec={python} {program} %u
MimeType=x-scheme-handler/http;x-scheme-handler/https;
NoDisplay=true
"""
_BROWSER_DEFAULTS = """[Default Applications]
x-scheme-handler/http=test-browser.desktop
x-scheme-handler/https=test-browser.desktop
"""


def _name_frames(text):
    """Puts functions and lines into the frames of a crash that are in our own programs."""
    def name(match):
        found = subprocess.run(['addr2line', '-fse', match[1], match[2]], capture_output=True, text=True, check=False)
        return f'{match[0]} {" ".join(found.stdout.split())}'
    return re.sub(rf'^({re.escape(os.path.dirname(BIN))}/[^()\n]+)\(\+(0x[0-9a-f]+)\).*$', name, text, flags=re.MULTILINE)


def locale(place, name):
    """Makes the locale @name, "he_IL", of the root's sources; returns what a program needs in its environment."""
    folder = os.path.join(place, 'locale')
    os.makedirs(folder, exist_ok=True)
    made = os.path.join(folder, f'{name}.UTF-8')
    if not os.path.exists(made):
        subprocess.run(['localedef', '--no-archive', '-i', name, '-f', 'UTF-8', made], check=True, timeout=120,
                       stdout=subprocess.DEVNULL)
    return {'LOCPATH': folder, 'LC_ALL': f'{name}.UTF-8', 'LANGUAGE': name.partition('_')[0]}


class Desktop(World):
    """@size: of the monitor and so of the window. @scheme: 'light' or 'dark'. @contrast: high. @large: text 1.5 times
    as large. @language: a locale whose sources the system has, 'he_IL'. @side: whether there is a second monitor, to
    the right, for other windows. @browser: as Desktop.answer_consent takes it; None for a computer without a browser.
    The rest: as World has it."""

    def __init__(self, server=None, *, size=(1000, 680), scheme='light', contrast=False, large=False, language=None,
                 side=False, browser=None, keyring='unlocked', **more):
        self.server, self.deadline_s = server, DEADLINE_S
        self.size, self.scheme, self.contrast, self.large = size, scheme, contrast, large
        self.language, self.side, self.keyring = language, side, keyring
        self.peal = self.mutter = self.session = self.hands = self.tree = self.camera = None
        super().__init__(server, keyring=keyring, **more)
        try:
            self.session = connect(self.address)
            self._set_up_browser()
            self.answer_consent(**(browser or {}))
            self.start_display()
        except BaseException:
            self.stop()
            raise

    def _make_environment(self, zone):
        # What the bus starts is to see the display too.
        return super()._make_environment(zone) | {
            'WAYLAND_DISPLAY': DISPLAY_NAME, 'GDK_BACKEND': 'wayland', 'GDK_DEBUG': 'no-portals',
            'GSK_RENDERER': 'cairo', 'GSETTINGS_BACKEND': 'keyfile', 'ADW_DISABLE_PORTAL': '1', 'GTK_A11Y': 'atspi',
            'LIBGL_ALWAYS_SOFTWARE': '1', 'XDG_SESSION_TYPE': 'wayland', 'NO_COLOR': '1'}

    def stop(self):
        for part in (self.camera, self.tree):
            if part is not None:
                part.close()
        if self.session is not None:
            self.session.close_sync(None)
        self.camera = self.tree = self.hands = self.session = None
        for process in (self.peal, self.mutter):
            if process is not None:
                process.kill()
                process.wait(DEADLINE_S)
        super().stop()

    # The agent: the bus starts it for our server whenever a client asks for it, as it does on a user's computer

    def _start_bus(self, can_activate):
        if self.server is not None and can_activate:
            self._set_service(True)
        return super()._start_bus(can_activate)

    def _set_service(self, is_there):
        folder = os.path.join(self.home, '.local/share/dbus-1/services')
        path = os.path.join(folder, f'{BUS_NAME}.service')
        os.makedirs(folder, exist_ok=True)
        if is_there:
            log = os.path.join(self.place, 'agent.log')
            self._write(path, f'[D-BUS Service]\nName={BUS_NAME}\nExec=/bin/sh -c "exec {BIN}/peal-agent '
                              f'--gapplication-service --practice={self.server.base} >>{log} 2>&1"\n')
        elif os.path.exists(path):
            os.unlink(path)

    def _call_bus(self, method, *arguments, check=True):
        return self.gdbus('org.freedesktop.DBus', '/org/freedesktop/DBus', f'org.freedesktop.DBus.{method}', *arguments,
                          check=check)

    def start_agent(self, *options):
        if self.keyring == 'none' or options:
            super().start_agent(*options)
            return
        self._set_service(True)
        self._call_bus('ReloadConfig')
        self._call_bus('StartServiceByName', BUS_NAME, '0')

    def agent_pid(self):
        """Of the agent that is on the bus; None where there is none."""
        found = re.search('uint32 ([0-9]+)', self._call_bus('GetConnectionUnixProcessID', BUS_NAME, check=False))
        return int(found[1]) if found else None

    def kill_agent(self, number=signal.SIGKILL):
        """Ends the agent; the next who asks for it gets another one."""
        pid = self.agent_pid()
        if pid is not None:
            os.kill(pid, number)
            self.wait(lambda: self.agent_pid() != pid, 'the agent has left the bus')

    def stop_agent(self, number=signal.SIGTERM):
        """Ends the agent; nobody gets another one until start_agent ()."""
        if self.keyring == 'none':
            return super().stop_agent(number)
        self._set_service(False)
        self._call_bus('ReloadConfig')
        self.kill_agent(number)
        return None

    def agent_log_tail(self):
        return self.read_log('agent.log')[-2000:]

    # The display

    def start_display(self):
        """Starts mutter, or starts it anew with another size; windows of before are gone."""
        if self.mutter is not None:
            self.stop_display()
        monitors = [self.size] + ([SIDE_MONITOR] if self.side else [])
        environment = {name: value for name, value in self.environment.items() if name not in ('G_DEBUG', 'GDK_DEBUG')}
        with open(os.path.join(self.place, 'mutter.log'), 'ab') as log:
            self.mutter = subprocess.Popen(
                [*WITH_US, 'mutter', '--headless', '--no-x11', f'--wayland-display={DISPLAY_NAME}',
                 *(f'--virtual-monitor={width}x{height}' for width, height in monitors)],
                env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        socket = os.path.join(self.run, DISPLAY_NAME)
        self.wait(lambda: self._is_running(self.mutter, 'mutter.log') and os.path.exists(socket)
                  and self._has_owner('org.gnome.Mutter.RemoteDesktop'), 'mutter is up')
        self._start_accessibility()
        self.hands = Hands(self.session)
        self.tree = Tree(self.session)

    def _start_accessibility(self):
        # A world without a keyring has a bus that can activate nothing.
        if not self._has_owner('org.a11y.Bus') and self.keyring == 'none':
            with open(_ACCESSIBILITY_SERVICE, encoding='utf-8') as file:
                program = re.search('^Exec=(.*)$', file.read(), re.MULTILINE)[1]
            with open(os.path.join(self.place, 'accessibility.log'), 'ab') as log:
                subprocess.Popen([program], env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
            self.wait(lambda: self._has_owner('org.a11y.Bus'), 'the accessibility bus is up')

    def stop_display(self):
        if self.peal is not None:
            self.stop_peal()
        self.hands.stop()
        self.tree.close()
        self.mutter.terminate()
        self.mutter.wait(DEADLINE_S)
        self.hands = self.tree = self.mutter = None

    def _has_owner(self, name):
        return self.session.call_sync('org.freedesktop.DBus', '/org/freedesktop/DBus', 'org.freedesktop.DBus',
                                      'NameHasOwner', GLib.Variant('(s)', (name,)), None, 0, CALL_MS, None)[0]

    def _is_running(self, process, log):
        if process.poll() is not None:
            raise AssertionError(f'{process.args} ended with {process.returncode}: {self.read_log(log)[-2000:]}')
        return True

    def read_log(self, name='peal.log'):
        try:
            with open(os.path.join(self.place, name), encoding='utf-8', errors='replace') as file:
                return _name_frames(file.read())
        except FileNotFoundError:
            return ''

    # The browser

    def _set_up_browser(self):
        applications = os.path.join(self.home, '.local/share/applications')
        os.makedirs(applications, exist_ok=True)
        self.browser_entry = os.path.join(applications, 'test-browser.desktop')
        self._write(self.browser_entry, _BROWSER_ENTRY.format(python=sys.executable,
                                                              program=os.path.join(HERE, 'browser.py')))
        self._write(os.path.join(applications, 'mimeapps.list'), _BROWSER_DEFAULTS)

    def remove_browser(self):
        """Ours, and for this home those of the system too."""
        os.unlink(self.browser_entry)
        others = ';'.join(sorted({name for folder in ('/usr/share/applications', '/usr/local/share/applications')
                                  if os.path.isdir(folder) for name in os.listdir(folder)}))
        self._write(os.path.join(os.path.dirname(self.browser_entry), 'mimeapps.list'),
                    '[Removed Associations]\n' + ''.join(f'x-scheme-handler/{scheme}={others};\n'
                                                         for scheme in ('http', 'https')))

    def answer_consent(self, username='mara.bakes', answer='allow', without=()):
        """What the user does from now on in the browser on TikTok's page. @answer: 'allow', 'deny', or 'never':
        looks at it and does nothing."""
        self._write(os.path.join(self.place, 'browser.json'),
                    json.dumps({'username': username, 'answer': answer, 'without': list(without)}))

    def _write(self, path, text):
        with open(path, 'w', encoding='utf-8') as file:
            file.write(text)

    @property
    def visited(self):
        """The addresses that the browser was sent to."""
        return self.read_log('browser.log').splitlines()

    # The window

    def look_environment(self):
        """How the window is to look, as environment and settings."""
        self.set_settings('org/gnome/desktop/interface', {
            'enable-animations': 'false', 'cursor-blink': 'false', 'text-scaling-factor': '1.5' if self.large else '1.0'})
        # Where the desktop finds the icons of an installed program.
        shares = os.path.join(os.path.dirname(BIN), 'share') + ':/usr/local/share:/usr/share'
        return ({'XDG_DATA_DIRS': shares, 'ADW_DEBUG_COLOR_SCHEME': f'prefer-{self.scheme}', 'ADW_DEBUG_HIGH_CONTRAST': str(int(self.contrast))}
                | (locale(self.place, self.language) if self.language else {}))

    def set_settings(self, path, values):
        """Writes GSettings @values, name → GVariant text, while no program is there that would miss it."""
        folder = os.path.join(self.home, '.config', 'glib-2.0', 'settings')
        os.makedirs(folder, exist_ok=True)
        file = configparser.RawConfigParser(interpolation=None, delimiters=('=',))
        file.optionxform = str
        file.read(os.path.join(folder, 'keyfile'), encoding='utf-8')
        file.read_dict({path: values})
        with open(os.path.join(folder, 'keyfile'), 'w', encoding='utf-8') as stream:
            file.write(stream, space_around_delimiters=False)

    def spawn_peal(self, *files, command=None, content=None):
        """Starts the window; returns at once. @command: another GTK program to be there in its place."""
        path = os.path.join(self.run, 'camera')
        # Only the window is to have the camera, not what is in front of it.
        hidden = [f'{name}={value}' for name, value in camera_module.environment(path, content).items()]
        with open(os.path.join(self.place, 'peal.log'), 'ab') as log:
            self.peal = subprocess.Popen(
                [*WITH_US, 'env', *hidden, *(command or [os.path.join(BIN, 'peal'), '--practice', *files])],
                env=self.environment | self.look_environment(), stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        self.camera = camera_module.Camera(path, lambda: self.peal.poll() is None)

    def start_peal(self, *files, **more):
        """Starts the window and waits until it fills the monitor and has the keyboard."""
        self.spawn_peal(*files, **more)
        self.wait(self._fills_monitor, 'the window fills the monitor')

    def _fills_monitor(self):
        self._is_running(self.peal, 'peal.log')
        window = self.window(timeout=None)
        if window is None or not window.has('active'):
            return False
        if window.extents[2:] == self.size:
            return True
        # One that is much smaller than the monitor is not made to fill it by itself.
        self.hands.key('<Super>Up')
        time.sleep(0.2)
        return window.extents[2:] == self.size

    def open_files(self, *files):
        """As a file manager opens @files with Peal: by a second start, which hands them to the window that is there."""
        second = subprocess.run([os.path.join(BIN, 'peal'), '--practice', *files], env=self.environment, timeout=90,
                                stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
        if second.returncode != 0:
            raise AssertionError(f'peal ended with {second.returncode}: {second.stderr}')

    def has_ended(self):
        """Whether there is no window's program, or not any more."""
        return self.peal is None or self.peal.poll() is not None

    def stop_peal(self, number=signal.SIGTERM):
        """Ends the window from outside; returns its status."""
        if self.camera is not None:
            self.camera.close()
            self.camera = None
        peal, self.peal = self.peal, None
        if peal.poll() is None:
            peal.send_signal(number)
        return peal.wait(DEADLINE_S)

    def wait_closed(self):
        """Waits until the window has closed by itself; returns its status."""
        self.camera.close()
        self.camera = None
        peal, self.peal = self.peal, None
        return peal.wait(DEADLINE_S)

    @staticmethod
    def is_complaint(line):
        """Whether a library or the program itself warns in @line of a mistake in the program."""
        return bool(re.search(r'(WARNING|CRITICAL|ERROR) \*\*|runtime error|AddressSanitizer|LeakSanitizer', line))

    def complaints(self):
        return [line for line in self.read_log().splitlines() if self.is_complaint(line)]

    # Seeing

    def wait(self, condition, what, timeout=0):
        """Waits until @condition () is true; returns what it came to. @timeout: in seconds, 0 for the usual."""
        timeout = timeout or self.deadline_s
        end, pause = time.monotonic() + timeout, 0.02
        while True:
            try:
                result = condition()
            except (Gone, GLib.Error):
                result = None
            if result:
                return result
            if time.monotonic() > end:
                raise AssertionError(f'Not within {timeout} s: {what}\n{self.explain()}')
            time.sleep(pause)
            pause = min(pause * 1.5, 0.25)

    def explain(self):
        parts = [self.read_log()[-2000:], self.agent_log_tail()]
        try:
            parts.insert(0, self.look().dump())
        except (Gone, GLib.Error, AttributeError) as error:
            parts.insert(0, f'The window cannot be read: {error}')
        return '\n'.join(parts)

    def application(self):
        """The window's program, without what is in it, or None."""
        return self._application_of(self.peal.pid) if self.peal is not None else None

    def _application_of(self, wanted):
        for node in self.tree.applications():
            pid = self.tree.bus.call_sync('org.freedesktop.DBus', '/', 'org.freedesktop.DBus',
                                          'GetConnectionUnixProcessID', GLib.Variant('(s)', (node.bus_name,)), None, 0,
                                          CALL_MS, None)[0]
            if pid == wanted:
                return node
        return None

    def look(self):
        """All that the program shows now."""
        application = self.application()
        if application is None:
            raise Gone('The program is not on the accessibility bus')
        return self.tree.load(application)

    def window(self, timeout=0):
        """The active window, else any, without what is in it; None where @timeout is None and there is none."""
        def get():
            application = self.application()
            if application is None:
                return None
            windows = self._windows(application)
            return next((window for window in windows if window.has('active')), windows[0] if windows else None)
        return get() if timeout is None else self.wait(get, 'a window is open', timeout)

    def _windows(self, application):
        (_, children), = self.tree.read([application])
        return [window for window, _ in self.tree.read([Node(self.tree, *child, application) for child in children])]

    def find_all(self, role=None, name=None, *, within=None, where=None):
        """All nodes of @role (or of one of a tuple of roles) and @name (a text, or a pattern that is searched for)
        that are showing, in @within; @where: what else must hold for a node."""
        top = self.tree.load(within) if within is not None else self.look()
        return [node for node in (top, *top.descendants()) if node.has('showing') and _matches(node, role, name)
                and (where is None or where(node))]

    def find(self, role=None, name=None, *, within=None, where=None, timeout=0):
        """The first of find_all (); waits until there is one."""
        return self.wait(lambda: next(iter(self.find_all(role, name, within=within, where=where)), None),
                         f'there is {role or "anything"} “{getattr(name, "pattern", name)}”', timeout)

    def find_active(self, role=None, name=None, *, where=None, **more):
        """As find (), one that can be used."""
        return self.find(role, name, where=lambda node: node.is_active and (where is None or where(node)), **more)

    def wait_gone(self, role=None, name=None, *, within=None, where=None, timeout=0):
        self.wait(lambda: not self.find_all(role, name, within=within, where=where),
                  f'there is no {role or "thing"} “{getattr(name, "pattern", name)}” any more', timeout)

    def focused(self):
        """What has the keyboard, or None: the innermost node that says so."""
        found = None
        for node in self.look().descendants():
            if node.has('focused') and node.role not in ('frame', 'window'):
                found = node
        return found

    def wait_focus(self, role=None, name=None, where=None):
        """Waits until what has the keyboard matches; returns it."""
        def get():
            node = self.focused()
            return node if node is not None and _matches(node, role, name) and (where is None or where(node)) else None
        return self.wait(get, f'{role or "anything"} “{getattr(name, "pattern", name)}” has the keyboard')

    # Doing

    def _seen_of(self, node):
        """What can be seen of @node, on the monitor: (left, top, right, bottom); None where it is out of sight."""
        left, top, right, bottom, popovers = -10_000, -10_000, 10_000, 10_000, self.camera.popovers()
        for each in (node, *node.ancestors()):
            if each.role == 'application':
                break
            try:
                x, y, width, height = each.extents
            except Gone:
                if each is node:
                    raise
                continue
            left, top, right, bottom = max(left, x), max(top, y), min(right, x + width), min(bottom, y + height)
            # What is in a popover lies where that is, whatever it belongs to; and not quite where GTK says.
            popover = next((place for place in popovers if place[2:] == (width, height)
                            and abs(place[0] - x) < _ASTRAY and abs(place[1] - y) < _ASTRAY), None)
            if popover is not None:
                right, bottom = right + popover[0] - x, bottom + popover[1] - y
                left, top = left + popover[0] - x, top + popover[1] - y
                break
        left, top, right, bottom = max(left, 0), max(top, 0), min(right, self.size[0]), min(bottom, self.size[1])
        return (left, top, right, bottom) if left < right and top < bottom else None

    def place_of(self, node):
        """The middle of what can be seen of @node, on the monitor; None where it is out of sight."""
        seen = self._seen_of(node)
        return ((seen[0] + seen[2]) / 2, (seen[1] + seen[3]) / 2) if seen is not None else None

    def bring_into_sight(self, node):
        """Turns the wheel until @node can be seen, and waits until it stays where it is; returns where that is."""
        def try_once():
            place = self.place_of(node)
            if place is None:
                self._scroll_towards(node)
                return None
            # What has just appeared may push others aside in the next frame.
            time.sleep(_STAY_S)
            return place if self.place_of(node) == place else None
        return self.wait(try_once, f'{node} comes into sight')

    def _scroll_towards(self, node):
        _, y, _, height = node.extents
        for each in node.ancestors():
            seen = self._seen_of(each)
            if seen is not None:
                # At the edge: there is no slider there, which would take the wheel for itself.
                middle = (seen[1] + seen[3]) / 2
                self.hands.scroll(seen[0] + 3, middle, 1 if y + height / 2 > middle else -1)
                return

    def click(self, node, **more):
        """With the pointer, wherever it is in the window."""
        self.hands.click(*self.bring_into_sight(node), **more)

    def drag(self, start, end, until, what='the drop arrives'):
        """From the middle of the node @start to that of @end (either may be a place), again until @until ()."""
        def place(where):
            return where if isinstance(where, tuple) else self.bring_into_sight(where)
        def try_once():
            self.hands.drag(place(start), place(end))
            end_s = time.monotonic() + 5
            while time.monotonic() < end_s:
                result = until()
                if result:
                    return result
                time.sleep(0.1)
            return None
        return self.wait(try_once, what)

    def drop_files(self, files, target, until, what='the files arrive'):
        """Drags @files out of another window, which opens on the side monitor, onto the node @target of ours, until
        @until ()."""
        middle = (self.size[0] + SIDE_MONITOR[0] / 2, SIDE_MONITOR[1] / 2)
        # New windows open where the pointer is.
        self.hands.move(*middle)
        with open(os.path.join(self.place, 'drag.log'), 'ab') as log:
            source = subprocess.Popen([*WITH_US, sys.executable, os.path.join(HERE, 'drag_source.py'), *files],
                                      env=self.environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            self.wait(lambda: self._is_running(source, 'drag.log') and self._is_filling(source.pid, SIDE_MONITOR),
                      'the other window is open')
            return self.drag(middle, target, until, what)
        finally:
            source.kill()
            source.wait(DEADLINE_S)

    def _is_filling(self, pid, size):
        application = self._application_of(pid)
        window = self._windows(application)[0] if application is not None and self._windows(application) else None
        return window is not None and window.extents[2:] == size

    def fill(self, node, text):
        """Puts @text into an entry by pointer and keyboard, in place of what is there."""
        self.click(node)
        self.wait(lambda: node.reread().has('focused') or self.focused() == node, f'{node} has the keyboard')
        self.hands.key('<Control>a')
        self.hands.key('Delete')
        self.hands.type(text)
        self.wait(lambda: node.text == text, f'{node} holds “{text}”')

    def tab_to(self, role=None, name=None, *, backwards=False, limit=80):
        """Tab by Tab to the control that matches; returns it. Fails where Tab never comes there."""
        passed = []
        for _ in range(limit):
            node = self.focused()
            if node is not None and _matches(node, role, name):
                return node
            self.hands.key('<Shift>Tab' if backwards else 'Tab')
            before = node
            self._wait_briefly(lambda before=before: self.focused() != before)
            passed.append(repr(self.focused()))
        raise AssertionError(f'Tab does not come to {role} “{getattr(name, "pattern", name)}”, but to:\n'
                             + '\n'.join(passed))

    def _wait_briefly(self, condition, timeout=3):
        end = time.monotonic() + timeout
        while time.monotonic() < end:
            try:
                if condition():
                    return
            except Gone:
                pass
            time.sleep(0.02)


def _matches(node, role, name):
    roles = (role,) if isinstance(role, str) else role
    if roles is not None and node.role not in roles:
        return False
    return name is None or (bool(name.search(node.name)) if isinstance(name, re.Pattern) else node.name == name)

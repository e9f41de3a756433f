# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The other end of tests/ui/peal-camera.c: what a program's window shows, as a picture, and when it showed it."""

import os
import socket
import time

_TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
CALL_S = 60


def library():
    """The built camera: $PEAL_CAMERA_LIBRARY, else that beside the programs in $PEAL_BIN, else _build's."""
    folder = os.path.dirname(os.environ.get('PEAL_BIN') or os.path.join(_TREE, '_build', 'bin'))
    return os.environ.get('PEAL_CAMERA_LIBRARY') or os.path.join(folder, 'tests', 'ui', 'libpeal-camera.so')


def environment(path, content=None):
    """What a program needs in its environment to have a camera at the socket @path. @content: text of the label that
    counts as its first content."""
    return ({'LD_PRELOAD': library(), 'PEAL_CAMERA': path}
            | ({'PEAL_CAMERA_CONTENT': content} if content is not None else {}))


class Ended(RuntimeError):
    """The program has ended, or is about to."""


class Camera:
    """@path: of the socket; the program may still be starting."""

    def __init__(self, path, is_running=lambda: True):
        end = time.monotonic() + CALL_S
        while True:
            self.socket = socket.socket(socket.AF_UNIX)
            try:
                self.socket.connect(path)
                break
            except (FileNotFoundError, ConnectionRefusedError):
                self.socket.close()
                if not is_running() or time.monotonic() > end:
                    raise RuntimeError(f'No program listens at {path}') from None
                time.sleep(0.02)
        self.socket.settimeout(CALL_S)
        self.file = self.socket.makefile('r', encoding='utf-8')

    def close(self):
        self.file.close()
        self.socket.close()

    def ask(self, *words):
        """Returns what stands behind "ok"."""
        try:
            self.socket.sendall(' '.join(map(str, words)).encode() + b'\n')
            line = self.file.readline()
        except (BrokenPipeError, ConnectionResetError):
            line = ''
        if not line:
            raise Ended(f'{" ".join(map(str, words))}: the program has ended')
        if not line.startswith('ok'):
            raise RuntimeError(f'{" ".join(map(str, words))}: {line.strip()}')
        return line[3:].strip()

    def settle(self, quiet_ms=100, limit_ms=4000):
        """Waits until nothing is drawn any more; returns whether that came to be: a spinner turns for ever."""
        return self.ask('settle', quiet_ms, limit_ms) == 'quiet'

    def shoot(self, path, scale=1, shadow=False, settle=True):
        """Writes the picture to @path; returns (width, height)."""
        if settle:
            self.settle()
        return tuple(map(int, self.ask('shoot-shadow' if shadow else 'shoot', scale, os.path.abspath(path)).split()))

    def activate(self, action, value=None):
        """@value: as GVariant text: "'plan'", "int64 3"."""
        self.ask('activate', action, *([value] if value is not None else []))

    def popovers(self):
        """Those that are open, as (x, y, width, height) in the window, the innermost first."""
        numbers = list(map(int, self.ask('popovers').split()))
        return [tuple(numbers[n:n + 4]) for n in range(0, len(numbers), 4)][::-1]

    def dismiss(self):
        """Closes all dialogs, whatever is in them."""
        self.ask('dismiss')

    def alive(self):
        """The types of the program's own widgets, one for each that was shown and is not finalized."""
        return self.ask('alive').split()

    def seen(self):
        """The types of the program's own widgets that were ever shown."""
        return self.ask('seen').split()

    def times(self):
        """{'first-frame': …, 'content': …}: instants of time.monotonic_ns () // 1000, 0 for what was not yet."""
        return self._numbers('times')

    def watch(self, drawing=False):
        self.ask('watch', 'drawing' if drawing else 'quiet')

    def frames(self):
        return self._numbers('frames')

    def _numbers(self, *request):
        words = self.ask(*request).split()
        return dict(zip(words[::2], map(int, words[1::2])))

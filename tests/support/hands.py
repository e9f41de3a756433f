# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""A keyboard and a pointer: what mutter's remote desktop interface sends is to every program what a real device sends.

    hands.key('<Control>n')
    hands.type('Rye bread')
    hands.click(200, 80)

Positions are of the monitors, side by side from the left. The short rests between the events of one gesture are those
of a hand, for programs that tell a drag from a click by it; what follows from a gesture is never waited for here.
"""

import re
import time

from gi.repository import GLib

_NAME = 'org.gnome.Mutter.RemoteDesktop'
_PATH = '/org/gnome/Mutter/RemoteDesktop'
CALL_MS = 20_000
LEFT, RIGHT, MIDDLE = 0x110, 0x111, 0x112
_REST_S = 0.01

KEYSYMS = {
    'BackSpace': 0xff08, 'Tab': 0xff09, 'Return': 0xff0d, 'Escape': 0xff1b, 'Home': 0xff50, 'Left': 0xff51,
    'Up': 0xff52, 'Right': 0xff53, 'Down': 0xff54, 'Page_Up': 0xff55, 'Page_Down': 0xff56, 'End': 0xff57,
    'Menu': 0xff67, 'Delete': 0xffff, 'space': 0x20, 'comma': 0x2c, 'period': 0x2e, 'question': 0x3f, 'plus': 0x2b,
    'minus': 0x2d, 'Shift': 0xffe1, 'Control': 0xffe3, 'Alt': 0xffe9, 'Super': 0xffeb,
} | {f'F{n}': 0xffbd + n for n in range(1, 13)}


def keysym(name):
    if name in KEYSYMS:
        return KEYSYMS[name]
    return ord(name)


class Hands:
    """@session: a connection to the session bus on which mutter is."""

    def __init__(self, session):
        self.bus = session
        self.x, self.y = 0.0, 0.0
        self.path = self.bus.call_sync(_NAME, _PATH, _NAME, 'CreateSession', None, None, 0, CALL_MS, None).unpack()[0]
        self._call('Start')
        # Each device is there from its first event on, and no window has the keyboard before there is one.
        self.key('Shift')
        self.home()

    def _call(self, method, signature=None, *arguments):
        self.bus.call_sync(_NAME, self.path, f'{_NAME}.Session', method,
                           GLib.Variant(signature, arguments) if signature else None, None, 0, CALL_MS, None)

    def stop(self):
        try:
            self._call('Stop')
        except GLib.Error:
            pass

    # The keyboard

    def _press(self, sym, is_down):
        self._call('NotifyKeyboardKeysym', '(ub)', sym, is_down)

    def key(self, accelerator, times=1):
        """@accelerator: as GTK writes it: 'Tab', '<Shift>Tab', '<Control>n', '<Alt>Left'."""
        modifiers = [keysym(name) for name in re.findall(r'<(\w+)>', accelerator)]
        sym = keysym(re.sub(r'<\w+>', '', accelerator) if len(accelerator) > 1 else accelerator)
        for _ in range(times):
            for modifier in modifiers:
                self._press(modifier, True)
            self._press(sym, True)
            self._press(sym, False)
            for modifier in reversed(modifiers):
                self._press(modifier, False)

    def type(self, text):
        for letter in text:
            if letter == '\n':
                self.key('Return')
            elif ord(letter) < 0x80:
                self.key(letter)
            else:
                # The keyboard is an American one; GTK takes what it lacks by its number.
                self.key('<Control><Shift>u')
                self.type(f'{ord(letter):x} ')

    # The pointer

    def home(self):
        """Into the upper left corner, wherever the pointer was: there is no way to ask."""
        for _ in range(4):
            self._call('NotifyPointerMotionRelative', '(dd)', -4000.0, -4000.0)
        self.x, self.y = 0.0, 0.0

    def move(self, x, y, steps=1):
        from_x, from_y = self.x, self.y
        for n in range(1, steps + 1):
            to_x, to_y = from_x + (x - from_x) * n / steps, from_y + (y - from_y) * n / steps
            self._call('NotifyPointerMotionRelative', '(dd)', to_x - self.x, to_y - self.y)
            self.x, self.y = to_x, to_y
            if steps > 1:
                time.sleep(_REST_S)

    def button(self, is_down, button=LEFT):
        self._call('NotifyPointerButton', '(ib)', button, is_down)

    def click(self, x, y, button=LEFT, times=1):
        self.move(x, y, 2)
        for _ in range(times):
            self.button(True, button)
            self.button(False, button)

    def scroll(self, x, y, notches):
        """Turns the wheel over @x, @y; down where @notches is above 0."""
        self.move(x, y)
        for _ in range(abs(notches)):
            self._call('NotifyPointerAxisDiscrete', '(ui)', 0, 1 if notches > 0 else -1)

    def drag(self, start, end, button=LEFT):
        """From @start to @end, each (x, y): as a hand does it, in small steps and with a moment's stay at both ends."""
        self.move(*start, 4)
        self.button(True, button)
        time.sleep(10 * _REST_S)
        # First out of the circle in which it could still be a click.
        self.move(start[0] + (24 if end[0] >= start[0] else -24), start[1] + 8, 8)
        self.move(*end, 20)
        for jitter in (3, -3, 2, -2, 0):
            self.move(end[0] + jitter, end[1], 2)
        time.sleep(20 * _REST_S)
        self.button(False, button)

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The window from its start to its first content, what it then holds, and its frames while 10,000 posts are scrolled
through: beside the plainest window of libadwaita and GNOME Calendar, on the same display in the same run."""

import os
import re
import shutil
import subprocess
import time
from statistics import median

import process
import scenes
import uploads
from desktop import Desktop
from practice import Practice
from table import note, row

HERE = os.path.dirname(os.path.abspath(__file__))
RUNS = 3 if uploads.QUICK else 9
CAPTION = 'Plum cake'


def build_plain(desktop):
    program = os.path.join(desktop.place, 'plain-window')
    flags = subprocess.run(['pkg-config', '--cflags', '--libs', 'libadwaita-1'], capture_output=True, text=True,
                           check=True).stdout.split()
    subprocess.run(['cc', '-O2', '-o', program, os.path.join(HERE, 'plain-window.c'), *flags], check=True)
    return program


def start(desktop, content, command=None):
    """(ms from its start to @content, or to its first frame without one; MiB) of a run of the window or @command."""
    began = time.monotonic_ns() // 1000
    desktop.spawn_peal(command=command, content=content)
    what = 'content' if content is not None else 'first-frame'
    desktop.wait(lambda: desktop.camera.times()[what] > 0, f'{what} is there')
    took = (desktop.camera.times()[what] - began) / 1000
    time.sleep(2)
    mib = process.idle_mib(desktop.peal.pid)[0]
    desktop.stop_peal()
    return took, mib


def starts(desktop, content, command=None):
    # The first run of each reads its libraries from the disk.
    start(desktop, content, command)
    runs = [start(desktop, content, command) for _ in range(RUNS)]
    return median(took for took, _ in runs), median(mib for _, mib in runs)


def measure_starts(desktop, what, content):
    plain = starts(desktop, 'The plainest window', [build_plain(desktop)])
    ours = starts(desktop, content)
    row(f'{what}: start to first content', ours[0], 'ms', plain[0], 'plainest window', '≤ 1.3 ×', 0)
    row(f'{what}: memory (PSS)', ours[1], 'MiB', plain[1], 'plainest window', '', 1)
    if shutil.which('gnome-calendar'):
        calendar = starts(desktop, None, ['gnome-calendar'])
        row(f'{what}: start to first frame', ours[0], 'ms', calendar[0], 'gnome-calendar', '', 0)
        row(f'{what}: memory (PSS)', ours[1], 'MiB', calendar[1], 'gnome-calendar', '', 1)


def measure_scrolling(desktop):
    desktop.start_peal()
    desktop.find('list item', re.compile('Scheduled'))
    desktop.camera.settle()
    desktop.camera.watch()
    for _ in range(100):
        desktop.hands.scroll(600, 400, 20)
    frames = desktop.camera.frames()
    desktop.stop_peal()
    row('10,000 posts scrolled through: longest frame', frames['longest-draw'] / 1000, 'ms', None, '', '≤ 16 ms', 1)
    note(f'{frames["frames"]} frames; the longest work between two of them {frames["longest-busy"] / 1000:.1f} ms, of '
         f'it {frames["longest-cpu"] / 1000:.1f} ms on the processor')


def measure_window():
    server = Practice()
    try:
        with Desktop(server) as desktop:
            scenes.prepare(server)
            account = desktop.connect('mara.bakes')['open_id']
            scenes.add(desktop, account, CAPTION, '--at', '+3h')
            measure_starts(desktop, 'window, 1 post', CAPTION)
        with Desktop(server) as desktop:
            scenes.crowded(desktop)
            measure_starts(desktop, 'window, 10,000 posts', '#')
            measure_scrolling(desktop)
    finally:
        server.stop()

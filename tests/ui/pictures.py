#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Pictures of every page and dialog, in every look: to be looked at.

    build-aux/env tests/ui/pictures.py                          all of them, into _build/pictures
    build-aux/env tests/ui/pictures.py --look dark --look rtl   in these looks only
    build-aux/env tests/ui/pictures.py --page compose           those pages whose name begins so
    build-aux/env tests/ui/pictures.py --list                   what there is

Beside the pictures LOOK-PAGE.png it leaves one sheet of each look, sheet-LOOK.png. What could not be shown is told at
the end, and so is what the libraries complained of; the exit status is 0 if there was neither.
"""

import argparse
import contextlib
import os
import re
import subprocess
import sys
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
TREE = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(TREE, 'tests', 'support'))
import scenes  # noqa: E402
from camera import Ended  # noqa: E402
from desktop import Desktop  # noqa: E402
from pages import PAGES  # noqa: E402
from practice import Practice  # noqa: E402

from gi.repository import GLib  # noqa: E402

WIDE, NARROW, FLAT = (1000, 680), (360, 640), (360, 294)
# name: (size, what the window looks like, the world in it)
LOOKS = {
    'light': (WIDE, {}, scenes.usual),
    'dark': (WIDE, {'scheme': 'dark'}, scenes.usual),
    'contrast': (WIDE, {'contrast': True}, scenes.usual),
    'narrow': (NARROW, {}, scenes.usual),
    'flat': (FLAT, {}, scenes.usual),
    'large': (WIDE, {'large': True}, scenes.usual),
    'large-narrow': (NARROW, {'large': True}, scenes.usual),
    'rtl': (WIDE, {'language': 'he_IL'}, scenes.usual),
    'german': (WIDE, {'language': 'de_DE'}, scenes.usual),
    'empty': (WIDE, {}, scenes.empty),
    'crowded': (WIDE, {}, scenes.crowded),
    'crowded-narrow': (NARROW, {}, scenes.crowded),
    'first-run': (WIDE, {}, None),
    'first-run-flat': (FLAT, {}, None),
}
_PLAIN = {'scheme': 'light', 'contrast': False, 'large': False, 'language': None}


def shoot(desktop, page, scene, path):
    """Returns whether it is as it should be; what is wrong is told, and what there is instead is shot too."""
    try:
        page.open(desktop, scene)
        desktop.camera.settle(2000 if page.has_covers else 400, 6000)
        desktop.camera.shoot(path, settle=False)
        return None
    except (AssertionError, RuntimeError, OSError, GLib.Error) as error:
        print(f'{os.path.basename(path)}: {traceback.format_exc()}', file=sys.stderr, flush=True)
        if isinstance(error, Ended):
            desktop.peal.wait(30)
        if not desktop.has_ended():
            with contextlib.suppress(RuntimeError):
                desktop.camera.shoot(path, settle=False)
            return str(error).splitlines()[0]
        print(desktop.read_log()[-3000:], file=sys.stderr, flush=True)
        return f'the program ended with {desktop.peal.poll()}'


def show(desktop, look, pages, scene, folder):
    """Takes pictures of @pages in @look; returns (files, faults)."""
    size, appearance, _ = LOOKS[look]
    for name, value in (_PLAIN | appearance).items():
        setattr(desktop, name, value)
    if desktop.size != size:
        desktop.size = size
        desktop.start_display()
    files, faults, said = [], [], len(desktop.read_log())
    for page in pages:
        path = os.path.join(folder, f'{look}-{page.name}.png')
        wrong = shoot(desktop, page, scene, path)
        if wrong is not None:
            faults.append(f'{look}-{page.name}: {wrong}')
        if os.path.exists(path):
            files.append(path)
        if page.ends_window or desktop.has_ended():
            desktop.stop_peal()
    if desktop.peal is not None:
        desktop.stop_peal()
    lines = dict.fromkeys(re.sub(r'^\(.*?\): |[0-9:.]{8,}: |0x[0-9a-f]+', '', line)
                          for line in desktop.read_log()[said:].splitlines() if desktop.is_complaint(line))
    return files, faults + [f'{look}: {line}' for line in lines]


def sheet(files, path, size):
    """All pictures of one look on one sheet, four a row (of small ones seven), each with its name."""
    width = 480 if size == WIDE else 260
    across = min(len(files), 4 if size == WIDE else 7)
    height = width * size[1] // size[0]
    inputs, filters = [], []
    for n, file in enumerate(files):
        inputs += ['-i', file]
        name = os.path.basename(file).removesuffix('.png')
        filters.append(f'[{n}]scale={width}:{height}:force_original_aspect_ratio=decrease,'
                       f'pad={width + 8}:{height + 28}:4:24:color=0x808080,'
                       f"drawtext=text='{name}':x=6:y=4:fontsize=15:fontcolor=white:font=DejaVu Sans[v{n}]")
    layout = '|'.join(f'{n % across * (width + 8)}_{n // across * (height + 28)}' for n in range(len(files)))
    joined = ''.join(f'[v{n}]' for n in range(len(files)))
    stack = f'{joined}xstack=inputs={len(files)}:layout={layout}:fill=0x808080' if len(files) > 1 else '[v0]null'
    subprocess.run(['ffmpeg', '-v', 'error', '-y', *inputs, '-filter_complex', ';'.join([*filters, stack]),
                    '-frames:v', '1', path], check=True)


def run(looks, pages, folder, patience_s):
    """One world for all looks that share one."""
    faults, count = [], 0
    for fill in dict.fromkeys(LOOKS[look][2] for look in looks):
        server = Practice() if fill is not None else None
        try:
            with Desktop(server, size=LOOKS[looks[0]][0]) as desktop:
                desktop.deadline_s = patience_s
                scene = fill(desktop) if fill is not None else {}
                for look in (look for look in looks if LOOKS[look][2] is fill):
                    wanted = [page for page in pages if (fill is None) == page.is_first_run
                              and page.needs <= set(scene)]
                    files, wrong = show(desktop, look, wanted, scene, folder)
                    faults += wrong
                    count += len(files)
                    if files:
                        sheet(files, os.path.join(folder, f'sheet-{look}.png'), LOOKS[look][0])
                        print(f'{look}: {len(files)} pictures', flush=True)
        finally:
            if server is not None:
                server.stop()
    print(f'{count} pictures in {folder}')
    for fault in faults:
        print('fault:', fault)
    return 1 if faults or not count else 0


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--look', action='append', choices=LOOKS)
    parser.add_argument('--page', action='append', default=[])
    parser.add_argument('--out', default=os.path.join(TREE, '_build', 'pictures'))
    parser.add_argument('--patience', type=int, default=30, help='seconds that a page may take')
    parser.add_argument('--list', action='store_true')
    options = parser.parse_args()
    if options.list:
        print('looks: ' + ' '.join(LOOKS), 'pages: ' + ' '.join(page.name for page in PAGES), sep='\n')
        return 0
    pages = [page for page in PAGES
             if not options.page or any(page.name.startswith(name) for name in options.page)]
    os.makedirs(options.out, exist_ok=True)
    return run(options.look or list(LOOKS), pages, options.out, options.patience)


if __name__ == '__main__':
    sys.exit(main())

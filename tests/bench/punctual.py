# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""How late the init request reaches the server, by the server's book. Beside it, in the same minutes, a bare timer that
writes to the disk as often as Peal must before it may send: what this machine adds by itself. A cron job comes 30 s
late in the middle and 60 s at worst."""

import os
import threading
import time

import crowd
import process
from stage import CREATORS, Stage, now_us
from table import note, row
from uploads import QUICK

POSTS = 20 if QUICK else 100
# Each account sends four inits a minute at most, by Peal's own rule.
STEP_US = 60_000_000 // (len(CREATORS) * 4) + 100_000
CROWD = 100_000


def offset_us(server):
    """What the server's clock shows when ours shows 0: by the quickest of some questions."""
    best = None
    for _ in range(20):
        start = now_us()
        there = server.now()
        end = now_us()
        if best is None or end - start < best[0]:
            best = end - start, there - (start + end) // 2
    return best[1]


class BareTimer(threading.Thread):
    """Wakes at each of @instants and syncs a page twice, for "reserved" and "init sent"; `late` in ms, rising."""

    def __init__(self, instants, path):
        super().__init__()
        self.instants, self.path, self.late = instants, path, []

    def run(self):
        file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        for instant in self.instants:
            time.sleep(max(0, (instant - now_us()) / 1e6))
            for _ in range(2):
                os.write(file, bytes(4096))
                os.fsync(file)
            self.late.append((now_us() - instant) / 1000)
        os.close(file)
        self.late.sort()


def publish_all(stage, media, name):
    """Returns, in ms from the smallest: how late each post's init was, how late its try had begun, how late the bare
    timer was half a step before."""
    first = now_us() + 15_000_000
    due = {f'{name} {n}': first + n * STEP_US for n in range(POSTS)}
    posts = [stage.add_post(media, at, caption, stage.accounts[n % len(stage.accounts)])
             for n, (caption, at) in enumerate(due.items())]
    bare = BareTimer([at - STEP_US // 2 for at in due.values()], os.path.join(stage.world.home, 'bare'))
    bare.start()
    before = offset_us(stage.server)
    bare.join()
    entries = stage.wait_published(list(due), 120)
    offset = (before + offset_us(stage.server)) / 2
    return (sorted((entries[caption]['init_time'] - offset - at) / 1000 for caption, at in due.items()),
            sorted(stage.call('GetPost', '(x)', post)[0]['late_us'] / 1000 for post in posts), bare.late)


def share(figures, percent):
    return figures[min(len(figures) - 1, len(figures) * percent // 100)]


def rows(what, late, begun, bare):
    for percent, budget in ((50, ''), (99, '≤ 50 ms')):
        row(f'{what}: p{percent}', share(late, percent), 'ms', share(bare, percent), 'timer + 2 syncs', budget, 1)
    note(f'try begun: p50 {share(begun, 50):.1f} ms, p99 {share(begun, 99):.1f} ms; init: best {late[0]:.1f} ms, worst '
         f'{late[-1]:.1f} ms of {len(late)}')


def measure_lateness():
    with Stage(CREATORS) as stage:
        media = stage.import_video(stage.world.video('small.mp4'))
        rows(f'lateness, {POSTS} posts', *publish_all(stage, media, 'few'))
        stage.world.stop_agent()
        with crowd.opened(stage.database) as db:
            crowd.posts(db, CROWD, now_us() + 2 * crowd.DAY_US, 60_000_000)
        stage.start_agent()
        time.sleep(3)
        alone, busy = process.idle_mib(stage.pid)[2], process.cpu_s(stage.pid)
        rows(f'lateness, {POSTS} posts of {CROWD:,} scheduled', *publish_all(stage, media, 'many'))
        note(f'meanwhile {(process.cpu_s(stage.pid) - busy) / POSTS * 1000:.0f} ms of CPU a post; own memory '
             f'{alone:.1f} → {process.idle_mib(stage.pid)[2]:.1f} MiB')

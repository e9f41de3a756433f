# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""An agent with years behind it: how long it takes to be back, to look at what is due, and to answer."""

import os
import time

import crowd
import process
import resting
from stage import BUS_NAME, Stage, now_us, vardict
from table import note, row
from uploads import QUICK

POSTS = 50_000
SCHEDULED = 10_000
EVENTS = 1_000_000
LOOKS = 20
CALLS = 20 if QUICK else 200


def start_times(stage):
    times = []
    for _ in range(3):
        stage.world.stop_agent()
        times.append(stage.start_agent())
    return times


def plain_times(stage):
    times = []
    for _ in range(3):
        child, seconds = stage.start_plain()
        times.append(seconds)
        child.terminate()
        child.wait()
    return times


def look(stage):
    """One wake-up with nothing due: what the database thread does in it, and the whole process, in ms. All pages are in
    memory and nothing is written, so that CPU time is the time that it takes. Activation is what the timer does too."""
    database, whole = [], []
    for _ in range(LOOKS):
        before = process.thread_s(stage.pid, 'database'), process.cpu_s(stage.pid)
        stage.call('Activate', '(a{sv})', {}, interface='org.freedesktop.Application',
                   path='/' + BUS_NAME.replace('.', '/'))
        time.sleep(0.25)
        database.append((process.thread_s(stage.pid, 'database') - before[0]) * 1000)
        whole.append((process.cpu_s(stage.pid) - before[1]) * 1000)
    return database, whole


def call_times(stage, method, signature='()', *arguments):
    times = []
    for _ in range(CALLS):
        start = time.monotonic()
        stage.call_raw(method, signature, *arguments)
        times.append((time.monotonic() - start) * 1000)
    return times


def measure_restart():
    with Stage() as stage:
        media = stage.import_video(stage.world.video('small.mp4'))
        resting.restart_silent(stage)
        empty_start, empty_looks = start_times(stage), look(stage)[0]
        stage.world.stop_agent()
        with crowd.opened(stage.database) as db:
            crowd.history(db, POSTS - SCHEDULED, now_us() - crowd.DAY_US, EVENTS)
            crowd.posts(db, SCHEDULED, now_us() + crowd.DAY_US, 600_000_000)
            crowd.put_off_readings(db, now_us() + crowd.DAY_US)
        seconds = stage.start_agent()
        note(f'{os.path.getsize(stage.database) / 1e6:,.0f} MB of database; first start {seconds:.2f} s')
        row(f'start with {POSTS:,} posts, {EVENTS:,} events', start_times(stage), 's', plain_times(stage),
            'plain process', '≤ 3 s')
        row('start with nothing', empty_start, 's')
        time.sleep(2)
        database, whole = look(stage)
        row('one look at the agenda: database thread', database, 'ms', empty_looks, 'with nothing', '≤ 20 ms', 1)
        row('one look at the agenda: whole agent', whole, 'ms', digits=1)
        measure_answers(stage, media)


def measure_answers(stage, media):
    alone = process.idle_mib(stage.pid)[2]
    row('GetStatus', call_times(stage, 'GetStatus'), 'ms', digits=1)
    row('GetPost', call_times(stage, 'GetPost', '(x)', 777), 'ms', digits=1)
    row('ListPosts, first 500', call_times(stage, 'ListPosts', '(a{sv}u)', {}, 500), 'ms', digits=1)
    row('ListPosts, first 500 scheduled',
        call_times(stage, 'ListPosts', '(a{sv}u)', vardict({'state': 'scheduled'}), 500), 'ms', digits=1)
    due, times = now_us() + 300 * crowd.DAY_US, []
    for n in range(CALLS):
        start = time.monotonic()
        stage.add_post(media, due + n, 'one more')
        times.append((time.monotonic() - start) * 1000)
    row('AddPosts', times, 'ms', digits=1)
    time.sleep(2)
    note(f'own memory over {5 * CALLS} calls: {alone:.1f} → {process.idle_mib(stage.pid)[2]:.1f} MiB')

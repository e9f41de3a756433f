# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The agent while nothing is due, and the most that it takes while it sends: beside the plainest process of its
libraries, which is what cannot be saved."""

import contextlib
import time

import crowd
import process
import tls
import uploads
from stage import Stage, now_us
from table import note, row

POSTS = 1000
SECONDS = 10 if uploads.QUICK else 60


def plan_posts(stage, media):
    """1,000 scheduled posts by the front door, and an agent that knows them but has not spoken since it started."""
    start = time.monotonic()
    due = now_us() + 2 * crowd.DAY_US
    for n in range(POSTS):
        stage.add_post(media, due + n * 3_600_000_000, f'{crowd.CAPTION} {n}')
    each_ms = (time.monotonic() - start) / POSTS * 1000
    restart_silent(stage)
    return each_ms


def restart_silent(stage):
    stage.world.stop_agent()
    with crowd.opened(stage.database) as db:
        crowd.put_off_readings(db, now_us() + crowd.DAY_US)
    stage.start_agent()
    time.sleep(3)


@contextlib.contextmanager
def plain(stage, *url):
    child, _ = stage.start_plain(*url)
    time.sleep(1)
    try:
        yield child.pid
    finally:
        child.terminate()
        child.wait()


def row_of_memory(what, stage, peer, budget):
    for kind, ours, theirs in zip(('PSS', 'RSS', 'its own alone'), process.idle_mib(stage.pid), process.idle_mib(peer)):
        row(f'{what}: {kind}', ours, 'MiB', theirs, 'plain process', budget if kind == 'PSS' else '', 1)


def measure_memory():
    if not tls.state() and tls.is_possible():
        tls.rerun('memory')
        return
    kind = 'TLS' if tls.state() else 'plain HTTP'
    with Stage(('mara.bakes', uploads.PEER_CREATOR), tls_state=tls.state()) as stage:
        video = uploads.make_video(stage)
        each_ms = plan_posts(stage, stage.import_video(stage.world.video('small.mp4')))
        row('schedule a post over the bus: time', each_ms, 'ms')
        with plain(stage) as peer:
            row_of_memory('idle, 1,000 posts, no traffic yet', stage, peer, '≤ 12 MiB')
        media = stage.import_video(video)
        note(f'peak while a GB was imported: {process.peak_mib(stage.pid):.1f} MiB')
        uploads.upload_by_agent(stage, media, 'large')
        stage.wait_published(['large'], 30)
        curl = uploads.Curl(stage, video)
        row(f'import and upload of 1 GB, {kind}: peak RSS', process.peak_mib(stage.pid), 'MiB',
            curl.upload().peak_mib, 'curl', '≤ 24 MiB', 1)
        time.sleep(10)
        with plain(stage, stage.server.base + '/') as peer:
            row_of_memory(f'idle, 1,000 posts, after {kind}', stage, peer, '≤ 16 MiB')


def count_wakeups(*pids):
    before = [process.wakeups(pid) for pid in pids]
    time.sleep(SECONDS)
    return [{who: count - old.get(who, 0) for who, count in process.wakeups(pid).items() if count > old.get(who, 0)}
            for pid, old in zip(pids, before)]


def row_of_wakeups(what, stage, peer):
    ours, theirs = count_wakeups(stage.pid, peer)
    row(f'{what}: wake-ups', sum(ours.values()) * 60 / SECONDS, '/min', sum(theirs.values()) * 60 / SECONDS,
        'plain process', '0 /min', 1)
    for (_, name), count in ours.items():
        note(f'thread {name}: {count} in {SECONDS} s')


def measure_idle():
    with Stage() as stage:
        media = stage.import_video(stage.world.video('small.mp4'))
        plan_posts(stage, media)
        with plain(stage) as peer:
            row_of_wakeups('idle, 1,000 posts, no traffic yet', stage, peer)
        stage.add_post(media, now_us() + 2_000_000, 'small')
        stage.wait_published(['small'], 60)
        # The outcome is asked for and idle connections are closed.
        time.sleep(5 if uploads.QUICK else 90)
        with plain(stage, stage.server.base + '/') as peer:
            time.sleep(5)
            row_of_wakeups('idle, 1,000 posts, after a post', stage, peer)

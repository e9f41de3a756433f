# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Worlds with something in them: what a window shows after years of use, after a bad day, or with odd names.

Each function takes a World with a server of its own and returns a dict of what is in it.
"""

import contextlib
import math
import os
import time

import crowd
from videos import fill_up

DAY_US = crowd.DAY_US
LONG_NAME = 'Mara <b>Bakes</b> & 🍞 ' + 'very '.join(str(n) for n in range(40))
RIGHT_TO_LEFT_NAME = 'לחם שיפון בארבעה צעדים 🥐'
ODD_CAPTION = '<b>Rye & wheat</b> 👩‍🍳 %s לחם שיפון {} \\n #baking'
CAPTIONS = ('Rye bread in four steps #baking', 'What to do with the crust that nobody wants to eat #bread #rye',
            'Plum cake', 'Sourdough, day 3: it lives! 🫧', 'Three knives that you need, and one that you do not')


def now_us():
    return time.time_ns() // 1000


def database(world):
    return os.path.join(world.home, '.local/share', 'io.github.pealapp.Peal.Practice', 'peal.db')


@contextlib.contextmanager
def rows(world):
    """The database of @world to write rows into; the agent is away for that long, and reads no statistics after."""
    world.stop_agent()
    with crowd.opened(database(world)) as db:
        yield db
        crowd.put_off_readings(db, now_us() + 30 * DAY_US)
    world.start_agent()


def prepare(server):
    """Makes @server quick and patient."""
    server.settings(rate_limits=False, processing_base_ms=0, processing_ms_per_gb=0)
    for creator in ('mara.bakes', 'linh.draws', 'tomas.rides'):
        server.creator(creator, daily_posts=100_000, moderation_seconds=0)


def add(world, account, caption, *when, video=None, privacy='SELF_ONLY', state=None):
    """Makes a post; returns its number. @state: that it must come to."""
    result = world.ctl('add', video or world.video(), '--account', account, '--caption', caption, '--privacy', privacy,
                       *when, '--json')
    post = result.json[0]['id']
    if state is not None:
        world.wait_for(post, state)
    return post


def usual(world):
    """Two accounts, one of them signed out at TikTok, posts in each state, and three months of statistics."""
    prepare(world.server)
    mara = world.connect('mara.bakes')['open_id']
    linh = world.connect('linh.draws')['open_id']
    scene = {'account': mara, 'second': linh}
    scene['published'] = add(world, mara, CAPTIONS[0], '--now', privacy='PUBLIC_TO_EVERYONE')
    scene['in_inbox'] = add(world, mara, CAPTIONS[4], '--share-type', 'inbox', '--now')
    for state in ('published', 'in_inbox'):
        world.wait_for(scene[state], state)
    world.server.creator('mara.bakes', next_fail_reason='frame_rate_check_failed')
    scene['failed'] = add(world, mara, CAPTIONS[2], '--now', state='failed')
    scene['held'] = add(world, mara, CAPTIONS[1], '--now', privacy='FOLLOWER_OF_CREATOR', state='held')
    scene['needs_review'], = unknown_outcomes(world, mara, CAPTIONS[3])
    scene['scheduled'] = add(world, mara, CAPTIONS[0], '--at', '+3h')
    for n, caption in enumerate(CAPTIONS):
        add(world, (mara, linh)[n % 2], caption, '--at', f'+{24 * (n // 2 + 1) + n}h')
    scene['draft'] = add(world, linh, CAPTIONS[2], '--draft')
    scene['cancelled'] = add(world, mara, CAPTIONS[2], '--at', '+5h')
    world.done('cancel', str(scene['cancelled']))
    add_samples(world)
    scene['publishing'] = under_way(world, mara, CAPTIONS[1])
    return scene


def unknown_outcomes(world, account, *captions):
    """Posts of which TikTok does not tell what became: the user must look."""
    world.server.fault(endpoint='status', status=400, count=0,
                       body={'data': {}, 'error': {'code': 'invalid_publish_id', 'message': '', 'log_id': '20261124A'}})
    posts = [add(world, account, caption, '--now') for caption in captions]
    for post in posts:
        world.wait_for(post, 'needs_review')
    world.server.clear_faults()
    return posts


def under_way(world, account, caption):
    """A post whose upload stands still half way."""
    video = fill_up(world.video('large.mp4'), 121_000_000)
    world.server.fault(endpoint='upload', chunk=6, delay_ms=3_600_000, count=0)
    post = add(world, account, caption, '--now', video=video)
    world.wait_until(lambda: world.server.posts()[-1]['received'] > 50_000_000)
    return post


def add_samples(world, days=90):
    """Readings of the accounts' counters, one a day, with a gap of five days; up to those that are there."""
    with rows(world) as db:
        for account, in db.execute('SELECT id FROM account').fetchall():
            newest = db.execute('SELECT follower_count, following_count, likes_count, video_count FROM account_sample '
                                'WHERE account_id = ? ORDER BY at DESC', (account,)).fetchone()
            followers, following, likes, videos = (number or 0 for number in newest or (0, 0, 0, 0))
            for day in range(1, days):
                if 40 < day < 46:
                    continue
                share = (1 - day / days / 2) * (1 + 0.03 * math.sin(day / 3))
                db.execute('INSERT INTO account_sample VALUES (?, ?, ?, ?, ?, ?)',
                           (account, now_us() - day * DAY_US, int(followers * share), following, int(likes * share),
                            max(0, videos - day // 7)))


def crowded(world, posts=10_000):
    """@posts posts, a year of statistics, an account whose name has 200 letters and markup in it, one whose name
    runs from right to left, odd captions, and numbers beyond what JavaScript can hold."""
    prepare(world.server)
    mara = world.connect('mara.bakes')['open_id']
    world.connect('linh.draws')
    add_samples(world, 365)
    with rows(world) as db:
        first = crowd.posts(db, posts * 4 // 5, now_us() + DAY_US // 24, DAY_US // 60)
        crowd.history(db, posts // 5, now_us() - DAY_US // 24, 3 * posts // 5)
        db.execute('UPDATE account SET display_name = ? WHERE id = 1', (LONG_NAME[:200],))
        db.execute('UPDATE account SET display_name = ? WHERE id = 2', (RIGHT_TO_LEFT_NAME,))
        db.execute('UPDATE post SET caption = ? || id WHERE id % 7 = 0', (ODD_CAPTION,))
        db.execute('UPDATE account_sample SET likes_count = 9007199254740995 WHERE account_id = 2')
        db.execute('UPDATE account_sample SET follower_count = NULL WHERE account_id = 2')
    return {'account': mara, 'scheduled': first}


def empty(world):
    """One account, and nothing else."""
    prepare(world.server)
    return {'account': world.connect('new.nora')['open_id']}

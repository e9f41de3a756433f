# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""SIGKILL at random moments of publishing, with the real agent, bus, keyring and files: nothing is lost, nothing comes
twice. By the server's own ledger.

    test-kill.py [--kills N] [--seed N]

Videos of 90 MB (nine chunks) and of 20 MB (one) are on their way while the agent is killed and started again, twenty
times or N times. In the end time passes until every post has come to its end: an agent that died with the last chunk
under way waits until the upload address has expired, and so does the clock of all programs here."""

import argparse
import collections
import concurrent.futures
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
import unittest

import tap
from practice import Practice
from vault_world import Clock, VaultWorld
from videos import digest, fill_up

KILLS_IN_A_WORLD = 10
WORLDS_AT_A_TIME = 2
CREATORS = ('mara.bakes', 'tomas.rides', 'linh.draws')
LARGE, SMALL = 90_000_000, 20_000_000
# From the start of the agent, or of a post, to the kill: a whole publish of the large video fits in.
LONGEST_LIFE = 1.6
ENDS = ('published', 'held', 'failed', 'needs_review', 'cancelled')
EXPIRY, PACE = 80 * 60, 330
BUS_NAME = 'io.github.pealapp.Peal.Practice.Agent'

OPTIONS = argparse.ArgumentParser()
OPTIONS.add_argument('--kills', type=int, default=20)
OPTIONS.add_argument('--seed', type=int, default=random.SystemRandom().randrange(1 << 32))


class Battle:
    """One world, in which the agent is killed a few times."""

    def __init__(self, seed, kills):
        self.dice = random.Random(seed)
        self.kills = kills
        self.states = collections.Counter()
        self.posts = {}  # id → caption and file
        clock = Clock()
        self.server = Practice(clock.wrap(Practice.find()))
        self.world = VaultWorld(self.server, clock)
        self.data = os.path.join(self.world.home, '.local/share/io.github.pealapp.Peal.Practice')

    def stop(self):
        self.world.stop()
        self.server.stop()

    def prepare(self):
        self.server.settings(rate_limits=False)
        # Each chunk takes a while, and the last one's answer too, so that there is something to hit.
        self.server.fault(endpoint='upload', chunk='last', count=0, delay_ms=100, delay_after_ms=150)
        self.server.fault(endpoint='upload', count=0, delay_ms=40)
        self.server.fault(endpoint='video_init', count=0, delay_ms=60, delay_after_ms=60)
        # Between two calls on a busy computer it could think that nobody needs it any more.
        self.world.keep_agent()
        self.accounts = []
        for name in CREATORS:
            self.server.creator(name, daily_posts=1000)
            self.accounts.append(self.world.connect(name)['open_id'])
        self.videos = [fill_up(self.world.video('large.mp4'), LARGE), fill_up(self.world.video('small.mp4'), SMALL)]
        self.world.gdbus(BUS_NAME, '/io/github/pealapp/Peal/Agent', 'io.github.pealapp.Peal.Agent.SetSettings',
                         "{'late_grace_s': <int64 -1>}")

    def add(self):
        n = len(self.posts)
        caption = f'Post {n}'
        post = self.world.done('add', self.videos[n % 2], '--account', self.accounts[n % len(CREATORS)], '--caption',
                               caption, '--privacy', 'SELF_ONLY', '--now')[0]
        self.posts[post['id']] = (caption, self.videos[n % 2])

    def shown(self):
        return [self.world.done('show', str(post)) for post in self.posts]

    def live_states(self):
        """What the dead agent left in its database, read from a copy: the agent must find it as it was."""
        with tempfile.TemporaryDirectory() as place:
            for name in ('peal.db', 'peal.db-wal'):
                if os.path.exists(os.path.join(self.data, name)):
                    shutil.copy(os.path.join(self.data, name), place)
            database = sqlite3.connect(os.path.join(place, 'peal.db'))
            rows = database.execute("SELECT state FROM attempt WHERE state NOT IN ('DEAD', 'FAILED_REMOTE', "
                                    "'PUBLISHED')").fetchall()
            database.close()
        return [state for state, in rows] or ['nothing under way']

    def kill(self):
        time.sleep(self.dice.uniform(0, LONGEST_LIFE))
        self.world.stop_agent(signal.SIGKILL)
        self.states.update(self.live_states())
        self.world.start_agent()

    def fight(self):
        self.prepare()
        for n in range(self.kills):
            if sum(post['state'] not in ENDS for post in self.shown()) < 2:
                self.add()
            self.kill()
        self.let_time_pass()
        return self.judge()

    def let_time_pass(self):
        """Until all is over: what waits for an address to expire, what was paced because it is late."""
        for step in [0, EXPIRY] + [PACE] * (len(self.posts) + 4):
            self.world.clock.pass_time(step)
            self.server.advance(step)
            self.world.gdbus(BUS_NAME, '/io/github/pealapp/Peal/Practice/Agent',
                             'org.freedesktop.Application.Activate', '{}')
            end = time.monotonic() + 12
            while time.monotonic() < end:
                if all(post['state'] in ENDS for post in self.shown()):
                    return
                time.sleep(0.3)

    def judge(self):
        """(lost, doubled, how many attempts ended how), by the ledger."""
        ledger = collections.Counter((entry['caption'], entry['sha256']) for entry in self.server.ledger())
        wanted = collections.Counter((caption, digest(video)) for caption, video in self.posts.values())
        shown = self.shown()
        proofs = collections.Counter(attempt['proof'] or 'alive' for post in shown for attempt in post['attempts'])
        bad = [post for post in shown if post['state'] != 'published']
        lost, doubled = wanted - ledger, ledger - wanted
        if lost or doubled or bad:
            raise AssertionError(f'lost {lost}, doubled {doubled}, not published {bad}\n{self.world.agent_log_tail()}')
        return proofs


def fight(seed, kills):
    battle = Battle(seed, kills)
    try:
        return battle.fight(), battle.states, len(battle.posts)
    finally:
        battle.stop()


class Kill(unittest.TestCase):
    def test_killed_while_publishing(self):
        seed, left = options.seed, options.kills
        print(f'# seed {seed}', flush=True)
        proofs, states, posts, fights = collections.Counter(), collections.Counter(), 0, []
        with concurrent.futures.ThreadPoolExecutor(WORLDS_AT_A_TIME) as executor:
            while left > 0:
                fights.append(executor.submit(fight, seed + len(fights), min(left, KILLS_IN_A_WORLD)))
                left -= KILLS_IN_A_WORLD
            for each in concurrent.futures.as_completed(fights):
                ends, found, n = each.result()
                proofs, states, posts = proofs + ends, states + found, posts + n
        print(f'# {options.kills} kills, {posts} posts: 0 lost, 0 doubled')
        print(f'# found after the kills: {dict(states)}')
        print(f'# attempts: {dict(proofs)}', flush=True)


if __name__ == '__main__':
    options, rest = OPTIONS.parse_known_args()
    sys.argv[1:] = rest
    tap.main()

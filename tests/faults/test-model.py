# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The state machine of publishing, explored in every order of events, and again with each of its rules removed.

A model, not the program: TikTok's side (an address that is open, expired, or expired beyond the margin; bytes whole;
published; failed; forgotten), one copy of the last chunk that may arrive late, up to three attempts, and an agent of
which only what it committed survives a crash. Each arrow is one step, and a crash may come between any two. With the
rules nothing is ever published twice, no post is called published, failed or cancelled wrongly, and from everywhere
some end can be reached. Each rule alone is needed: without it one of these breaks."""

import unittest
from collections import deque, namedtuple

import tap

MAX_ATTEMPTS = 3
ENDED = ('published', 'failed', 'review', 'cancelled')

# slots: of each init, what TikTok has; late: the slot to which a copy of the last chunk is under way; post, attempts
# and witness: on the disk; before: what a commit may fall back to; agents: (step, slot whose address it knows) each;
# steps: what may still befall this machine.
State = namedtuple('State', 'slots late post attempts witness before agents steps')
# state: 'sent', 'known', 'armed', 'dead', 'failed'; slot: None while no publish id is known.
Attempt = namedtuple('Attempt', 'state slot')

AS_SPECIFIED = frozenset()


def put(items, index, value):
    return items[:index] + (value,) + items[index + 1:]


class Model:
    """@without: rules that are left out. @pull: a photo, or a video that TikTok fetches. @agents: how many share the
    data. @steps: of 'restore' (an older database comes back), 'power' (a commit is lost), 'clock' (ours jumps ahead),
    'cancel', 'forget' (TikTok does not know its id any more): each happens at most once."""

    def __init__(self, without=(), pull=False, agents=1, steps=()):
        self.without = frozenset(without)
        self.pull = pull
        self.start = State((), None, 'due', (), (), None, (('idle', None),) * agents, frozenset(steps))

    # TikTok and the way there

    def world(self, s):
        for i, slot in enumerate(s.slots):
            if slot == 'bytes':
                yield 'it is published', s._replace(slots=put(s.slots, i, 'published'))
                yield 'TikTok fails', s._replace(slots=put(s.slots, i, 'refused'))
            elif slot == 'open':
                yield 'the address expires', s._replace(slots=put(s.slots, i, 'expired'))
            elif slot == 'expired':
                yield 'the margin passes', s._replace(slots=put(s.slots, i, 'gone'),
                                                      late=None if s.late == i else s.late)
        if s.late is not None:
            if s.slots[s.late] in ('open', 'expired'):
                yield 'the late copy arrives', s._replace(slots=put(s.slots, s.late, 'bytes'), late=None)
            else:
                yield 'the late copy is refused', s._replace(late=None)
            yield 'the late copy is lost', s._replace(late=None)

    # What befalls the machine

    def machine(self, s):
        dead = (('idle', None),) * len(s.agents)
        if 'restore' in s.steps:
            yield 'an old database is put back', self.start_again(
                s._replace(post='due', attempts=(), before=None, agents=dead, steps=s.steps - {'restore'}))
        if 'power' in s.steps and s.before is not None:
            yield 'the power fails and the last commit is gone', self.start_again(
                s._replace(post=s.before[0], attempts=s.before[1], before=None, agents=dead,
                           steps=s.steps - {'power'}))
        if 'clock' in s.steps:
            yield 'our clock jumps ahead', s._replace(steps=s.steps - {'clock'} | {'ahead'})
        if 'forget' in s.steps and any(slot in ('bytes', 'published') for slot in s.slots):
            yield 'TikTok forgets the id', s._replace(steps=s.steps - {'forget'} | {'forgotten'})
        if 'cancel' in s.steps and s.post == 'due':
            live = s.attempts[-1] if s.attempts else None
            if live is None or live.state != 'armed':
                attempts = s.attempts
                if live is not None and live.state in ('sent', 'known'):
                    attempts = put(attempts, len(attempts) - 1, live._replace(state='dead'))
                yield 'the user cancels', s._replace(post='cancelled', attempts=attempts,
                                                     steps=s.steps - {'cancel'})

    def start_again(self, s):
        """The witness is held against what the database says, before anything else."""
        if 'witness' in self.without or not s.witness:
            return s
        slot = s.witness[-1]
        known = [i for i, attempt in enumerate(s.attempts) if attempt.slot == slot]
        if not known:
            return s._replace(attempts=s.attempts + (Attempt('armed', slot),))
        if s.attempts[known[0]].state == 'known':
            return s._replace(attempts=put(s.attempts, known[0], Attempt('armed', slot)))
        return s

    # The agent

    def agent(self, s, a):
        step, slot = s.agents[a]
        if step != 'idle':
            yield 'crash', self.start_again(s._replace(agents=put(s.agents, a, ('idle', None))))
        if s.post in ENDED and step in ('idle', 'poll'):
            return
        yield from getattr(self, 'at_' + step)(s, a, slot)

    def go(self, s, a, step, slot=None, **more):
        return s._replace(agents=put(s.agents, a, (step, slot)), **more)

    def commit(self, s, a, step, slot=None, post=None, attempts=None, **more):
        return self.go(s, a, step, slot, post=post or s.post,
                       attempts=s.attempts if attempts is None else attempts, before=(s.post, s.attempts), **more)

    def mark(self, s, state, slot=None):
        last = s.attempts[-1]
        return put(s.attempts, len(s.attempts) - 1, Attempt(state, last.slot if slot is None else slot))

    def at_idle(self, s, a, slot):
        """Nothing but what is on the disk says what comes next."""
        live = s.attempts[-1] if s.attempts else None
        if live is None or live.state in ('dead', 'failed'):
            if len(s.attempts) < MAX_ATTEMPTS:
                yield 'INIT_SENT', self.commit(s, a, 'init', attempts=s.attempts + (Attempt('sent', None),))
            else:
                yield 'given up', self.commit(s, a, 'idle', post='failed')
        elif len(s.agents) > 1 and any(step != 'idle' for step, _ in s.agents):
            if 'one instance' in self.without and live.state != 'armed':
                yield 'DEAD of the other agent', self.commit(s, a, 'idle', attempts=self.mark(s, 'dead'))
        elif live.state == 'sent' and 'recovery' not in self.without:
            yield from self.at_unclear_init(s, a, slot)
        elif live.state == 'known' and 'recovery' not in self.without:
            yield 'DEAD never_armed', self.commit(s, a, 'idle', attempts=self.mark(s, 'dead'))
        elif live.state == 'armed':
            yield 'asks', self.go(s, a, 'poll')

    def at_init(self, s, a, slot):
        taken = s.slots + ('bytes' if self.pull else 'open',)
        yield 'init lost', self.go(s, a, 'unclear_init')
        yield 'init refused', self.commit(s, a, 'idle', attempts=self.mark(s, 'dead'))
        if len(s.slots) < MAX_ATTEMPTS:
            yield 'init taken, answer lost', self.go(s, a, 'unclear_init', slots=taken)
            yield 'init answered', self.go(s, a, 'answered', len(s.slots), slots=taken)

    def at_unclear_init(self, s, a, slot):
        if self.pull and 'photos are not repeated' not in self.without:
            yield 'NEEDS_REVIEW', self.commit(s, a, 'idle', post='review')
        else:
            yield 'DEAD never_known_url', self.commit(s, a, 'idle', attempts=self.mark(s, 'dead'))

    def is_changed(self, s, slot):
        return s.post != 'due' or s.attempts[-1].state not in ('sent', 'known')

    def at_answered(self, s, a, slot):
        if self.is_changed(s, slot):
            yield 'changed meanwhile', self.go(s, a, 'idle')
        elif self.pull:
            yield 'INIT_OK', self.commit(s, a, 'poll', attempts=self.mark(s, 'armed', slot),
                                         witness=s.witness + (slot,))
        else:
            yield 'INIT_OK', self.commit(s, a, 'put' if 'arm first' in self.without else 'ready', slot,
                                         attempts=self.mark(s, 'known', slot))

    def at_ready(self, s, a, slot):
        if self.is_changed(s, slot) and 'arming asks the post' not in self.without:
            yield 'changed meanwhile', self.go(s, a, 'idle')
        else:
            yield 'the witness', self.go(s, a, 'witnessed', slot, witness=s.witness + (slot,))

    def at_witnessed(self, s, a, slot):
        if self.is_changed(s, slot) and 'arming asks the post' not in self.without:
            yield 'changed meanwhile', self.go(s, a, 'idle')
        else:
            yield 'FINAL_ARMED', self.commit(s, a, 'put', slot, attempts=self.mark(s, 'armed', slot))

    def at_put(self, s, a, slot):
        after = 'late_arm' if 'arm first' in self.without else 'poll'
        unclear = after
        if 'unclear means ask' in self.without:
            unclear = 'give_up'
        if s.slots[slot] == 'open':
            taken = put(s.slots, slot, 'bytes')
            yield 'put answered', self.go(s, a, after, slot, slots=taken)
            yield 'put taken, answer lost', self.go(s, a, unclear, slot, slots=taken)
            yield 'put lost', self.go(s, a, unclear, slot)
            if s.late is None:
                yield 'put stuck on the way', self.go(s, a, unclear, slot, late=slot)
                yield 'put taken twice', self.go(s, a, after, slot, slots=taken, late=slot)
        elif '404 means ask' in self.without:
            yield 'put refused', self.go(s, a, 'give_up', slot)
        else:
            yield 'put refused', self.go(s, a, after, slot)

    def at_late_arm(self, s, a, slot):
        yield 'FINAL_ARMED, late', self.commit(s, a, 'poll', slot, attempts=self.mark(s, 'armed', slot))

    def at_give_up(self, s, a, slot):
        yield 'DEAD', self.commit(s, a, 'idle', attempts=self.mark(s, 'dead'))

    def is_expired(self, s, slot):
        """By TikTok's clock, and then a while longer; by ours where nobody asks TikTok."""
        if 'wait for the end' in self.without:
            return True
        if "TikTok's clock" in self.without and 'ahead' in s.steps:
            return True
        return slot == 'gone' or (slot == 'expired' and 'the margin' in self.without)

    def at_poll(self, s, a, slot):
        live = s.attempts[-1] if s.attempts else None
        if live is None or live.state != 'armed':
            yield 'changed meanwhile', self.go(s, a, 'idle')
            return
        found = s.slots[live.slot]
        yield 'no answer', self.go(s, a, 'poll', slot)
        if 'errors are not ends' in self.without:
            yield 'no answer, so again', self.commit(s, a, 'idle', attempts=self.mark(s, 'dead'))
        if 'forgotten' in s.steps and found in ('bytes', 'published'):
            if 'the user looks' not in self.without:
                yield 'NEEDS_REVIEW', self.commit(s, a, 'idle', post='review')
        elif found == 'published':
            yield 'PUBLISHED', self.commit(s, a, 'idle', post='published')
        elif found == 'refused':
            yield 'FAILED_REMOTE', self.commit(s, a, 'idle', attempts=self.mark(s, 'failed'))
        elif found != 'bytes' and self.is_expired(s, found) and 'an end for what expired' not in self.without:
            yield 'DEAD expired_incomplete', self.commit(s, a, 'idle', attempts=self.mark(s, 'dead'))
        elif found == 'open' and slot == live.slot:
            yield 'the same chunk again', self.go(s, a, 'put', slot)

    # All of it

    def follow(self, s):
        yield from self.world(s)
        yield from self.machine(s)
        for a in range(len(s.agents)):
            yield from self.agent(s, a)

    @staticmethod
    def find_fault(s):
        published = s.slots.count('published')
        if published > 1:
            return 'double post'
        if s.post == 'published' and published == 0:
            return 'called published'
        if s.post in ('failed', 'cancelled') and published > 0:
            return f'called {s.post}'
        return None

    def explore(self, wanted=None):
        """(number of states, fault or None, the shortest way there). @wanted: the only fault to stop at; any."""
        came_from, follow, queue = {self.start: None}, {}, deque([self.start])
        while queue:
            s = queue.popleft()
            follow[s] = []
            for name, following in self.follow(s):
                follow[s].append(following)
                if following in came_from:
                    continue
                came_from[following] = (s, name)
                fault = self.find_fault(following)
                if fault is not None and wanted in (None, fault):
                    return len(came_from), fault, self.trace(came_from, following)
                queue.append(following)
        lost = self.find_lost(follow)
        return len(came_from), 'lost post' if lost else None, self.trace(came_from, lost) if lost else []

    @staticmethod
    def find_lost(follow):
        """The first state from which no end can be reached any more."""
        leads_here = {}
        for s, following in follow.items():
            for each in following:
                leads_here.setdefault(each, []).append(s)
        good = {s for s in follow if s.post in ENDED}
        queue = list(good)
        while queue:
            for s in leads_here.get(queue.pop(), ()):
                if s not in good:
                    good.add(s)
                    queue.append(s)
        return next((s for s in follow if s not in good), None)

    @staticmethod
    def trace(came_from, s):
        names = []
        while came_from[s] is not None:
            s, name = came_from[s]
            names.append(name)
        return names[::-1]


# What is left out, what it needs in order to show, and what then goes wrong. With the rule none of it does: WHOLE has
# each of these needs.
REMOVED = (
    ('arm first', {}, 'double post'),
    ('unclear means ask', {}, 'double post'),
    ('404 means ask', {}, 'double post'),
    ('errors are not ends', {}, 'double post'),
    ('wait for the end', {}, 'double post'),
    ('the margin', {}, 'double post'),
    ("TikTok's clock", {'steps': ('clock',)}, 'double post'),
    ('witness', {'steps': ('restore',)}, 'double post'),
    ('witness', {'steps': ('power',)}, 'double post'),
    ('arming asks the post', {'steps': ('cancel',)}, 'called cancelled'),
    ('photos are not repeated', {'pull': True}, 'double post'),
    ('one instance', {'agents': 2}, 'double post'),
    ('recovery', {}, 'lost post'),
    ('an end for what expired', {}, 'lost post'),
    ('the user looks', {'steps': ('forget',)}, 'lost post'),
)

WHOLE = (
    ('a video', {}),
    ('a photo, or a video that is fetched', {'pull': True}),
    ('our clock jumps', {'steps': ('clock',)}),
    ('an older database comes back', {'steps': ('restore',)}),
    ('a commit is lost', {'steps': ('power',)}),
    ('the user cancels', {'steps': ('cancel',)}),
    ('TikTok forgets the id', {'steps': ('forget',)}),
    ('two agents, one at a time', {'agents': 2}),
)


def show(name, states, result):
    print(f'# {name:<52} {states:>7} states  {result}', flush=True)


class TestModel(unittest.TestCase):
    def test_rules_as_specified(self):
        for name, more in WHOLE:
            with self.subTest(name):
                states, fault, trace = Model(**more).explore()
                show(name, states, fault or 'never twice, never lost')
                self.assertIsNone(fault, ' > '.join(trace))

    def test_each_rule_is_needed(self):
        for rule, more, expected in REMOVED:
            with self.subTest(rule, **more):
                states, fault, trace = Model(without=(rule,), **more).explore(expected)
                show(f'without: {rule}', states, f'{fault}: {" > ".join(trace)}')
                self.assertEqual(fault, expected)


if __name__ == '__main__':
    tap.main()

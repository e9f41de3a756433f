# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The fault catalogue: for each of its 140 rows the tests that cover it, or why none can here. A test is written as
file: text that stands in it, so that one that goes away is missed."""

import os
import re

TREE = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

BLOCKERS = {*range(1, 16), *range(21, 38), *range(57, 62), *range(64, 68), *range(71, 74), *range(77, 86),
            *range(89, 93), 101, *range(107, 110), *range(122, 126), 136}

EXPLORER, ROWS = 'faults/test-explorer.c', 'faults/peal-explorer-rows.c'
KEYRING, ABUSE, MINE = 'faults/test-keyring-faults.py', 'tiktok/test-listener-abuse.py', 'faults/test-blockers.py'
COPIES, VERSIONS, IO = 'faults/test-copies.c', 'faults/test-old-versions.c', 'faults/test-io-faults.c'
CRASHES, DEEDS = f'{EXPLORER}: /explorer/crashes', f'{EXPLORER}: /explorer/deeds'
KILLS = 'faults/test-kill.py: def test_killed'

# Where a row is a test of the same name.
NUMBERED = {
    ROWS: (21, 22, 23, 24, 26, 27, 28, 29, 30, 31, 33, 34, 35, 36, 37, 38, 55, 58, 61, 136),
    KEYRING: (57, 58, 59, 60, 61, 62, 64, 65, 67, 68, 69, 70, 71, 72, 73),
    ABUSE: (*range(122, 136),),
    MINE: (89, 90, 91, 92, 101, 107, 108, 109),
}

TESTS = {
    **{n: (CRASHES, KILLS) for n in range(1, 12)},
    12: ('faults/test-power-cuts.c: /power-cuts/publish',),
    13: ('faults/test-power-cuts.c: /power-cuts/relaxed',),
    14: ('faults/test-power-cuts.c: /power-cuts/creation',),
    15: ('faults/test-power-cuts.c: /power-cuts/migration', f'{VERSIONS}: "failing-step"'),
    16: (DEEDS,),
    25: ('faults/test-model.py: photos are not repeated',),
    32: ('tiktok/test-upload.c: /upload/closed-between',),
    39: ('tiktok/test-publish.c: /publish/status-odd', 'practice/test-publish.py: test_ids_as_strings'),
    40: ('practice/test-publish.py: test_moderation',),
    41: ('tiktok/test-table.c: /table/fail-reasons', 'agent/test-retry-policy.c: /retry-policy/failed'),
    42: ('tiktok/test-http-headers.c: /http-headers/retry-after', 'tiktok/test-rate-bucket.c: /rate-bucket/block'),
    43: ('tiktok/test-rate-bucket.c: /rate-bucket/window',),
    44: ('agent/test-retry-policy.c: /retry-policy/decide',),
    45: ('agent/test-retry-policy.c: /retry-policy/decide', 'tiktok/test-table.c: /table/errors'),
    46: ('e2e/test_outcome_faults.py: test_privacy_no_longer_offered',),
    47: ('tiktok/test-http.c: /http/deadline',),
    48: ('tiktok/test-http.c: /http/too-large', 'tiktok/test-json-reader.c: /json-reader/deep'),
    49: ('tiktok/test-tls.c: /tls/expired', 'tiktok/test-tls.c: /tls/wrong-host'),
    50: ('tiktok/test-http.c: /http/redirects',),
    51: ('tiktok/test-http.c: /http/unknown-host', 'tiktok/test-http.c: /http/refused'),
    52: ('e2e/test_late.py: test_within_grace',),
    63: (f'{KEYRING}: def test_62_63',),
    66: ('agent/test-keyring-mock.c: "prompt"',),
    75: ('agent/test-keyring.c: /keyring/',),
    76: ('faults/test-canary.py: def test_nowhere', 'faults/test-canary.py: def test_no_core'),
    77: (f'{IO}: /io-faults/full-once', f'{IO}: /io-faults/full-for-ever', f'{IO}: /io-faults/ballast'),
    78: (f'{IO}: /io-faults/error-once', f'{IO}: /io-faults/twice'),
    79: (f'{IO}: /io-faults/flipped', 'faults/test_real_data.py: def test_damaged'),
    80: (f'{COPIES}: "deleted"', 'faults/test_real_data.py: def test_deleted_while_running'),
    81: (f'{COPIES}: "copied-back"', 'faults/test_real_data.py: def test_restore'),
    82: (f'{VERSIONS}: "newer"', 'agent/test-database.c: "newer"'),
    83: ('agent/test-database.c: "not-ours"', 'agent/test-database.c: "link"', f'{VERSIONS}: "read-only"'),
    84: ('e2e/test_bad_input.py: def test_two_agents',),
    85: (f'{COPIES}: "adopted"', 'faults/test_real_data.py: def test_another_computer'),
    86: ('e2e/test_late.py: def test_looks_published', 'agent/test-duplicate-guard.c: /duplicate-guard/matches'),
    88: ('bench/restart.py: 50_000',),
    94: ('core/test-timetable.c: /timetable/next-slot/gap-and-fold', 'core/test-timetable.c: /timetable/resolve'),
    97: ('agent/test-wakeup.c: /wakeup/past',),
    98: ('e2e/test_bad_input.py: def test_times', 'agent/test-wakeup.c: /wakeup/past'),
    99: ('e2e/test_late.py: def test_one_by_one', 'e2e/test_late.py: def test_beyond_grace'),
    100: ('agent/test-media-store.c: /media-store/open',),
    102: ('tiktok/test-range-stream.c: /range-stream/ends-early',),
    103: ('core/test-media-open.c: /media-open/refused', 'agent/test-media-store.c: /media-store/refusals'),
    104: ('tiktok/test-range-stream.c: /range-stream/unreadable',),
    106: ('core/test-chunk-plan.c: /chunk-plan/any-size', 'e2e/test_upload.py: def test_5_megabytes_less_one'),
    110: (DEEDS, 'e2e/test_posts.py: def test_disconnect'),
    111: ('media/test-whole.c: /whole/cut-anywhere', 'core/test-media-runner.c: /media-runner/watchdog'),
    112: ('core/test-media-runner.c: /media-runner/sandbox/missing',
          'core/test-media-runner.c: /media-runner/no-program'),
    121: ('e2e/test_bus.py: def test_signature', 'e2e/test_bus.py: def test_members'),
    136: ('tiktok/test-upload-url.c: /upload-url/tiktok',),
    137: ('tiktok/test-json-reader.c: /json-reader/refused', 'fuzz/fuzz-json.c: LLVMFuzzer'),
    139: ('core/test-caption.c: /caption/count-like-utf16', 'practice/test-publish.py: test_caption_in_utf16_units'),
    140: ('tiktok/test-user.c: /user/hostile', 'ctl/test-output.c: /output/sanitize'),
}

NOT_HERE = {
    17: 'the portal kills by SIGKILL, which the kills are; its button needs a desktop',
    18: 'there is no compositor here; the agent has no connection to one',
    19: 'GLib ends the process without memory, which the kills are',
    20: 'the start limit is that of systemd, which does not run here',
    25: 'and photos are not offered: the model alone has them',
    53: 'no portal here; the agent asks no monitor before it sends',
    54: 'the agent has no proxy of its own; libsoup answers for the system',
    56: 'there is no metered connection here, and the desktop asks',
    74: 'KeePassXC and KWallet are not installed here',
    87: 'no FUSE and no NFS in this root',
    93: 'the certificates of TLS are the library\'s; the skew is row 91',
    95: 'the system\'s zone cannot be changed here',
    96: 'no second zone data',
    105: 'no document portal here',
    **{n: 'needs a desktop session with portals' for n in range(113, 121)},
    138: 'pictures are the window\'s and are decoded in the sandbox of row 111',
}


def find(number):
    """The tests of row @number."""
    numbered = {ROWS: f'"{number}"' if number != 61 else '/explorer/row/61', KEYRING: f'def test_{number}_',
                ABUSE: f'def test_{number}_', MINE: f'def test_{number:03}_'}
    return [f'{file}: {numbered[file]}' for file, numbers in NUMBERED.items() if number in numbers] \
        + list(TESTS.get(number, ()))


def lines():
    for number in range(1, 141):
        mark = 'blocker' if number in BLOCKERS else ''
        tests = '; '.join(test.replace(': ', ' ').replace('def ', '').replace('"', '') for test in find(number))
        yield f'{number:>3} {mark:<8} {"; ".join(filter(None, [tests, NOT_HERE.get(number)]))}'


def check(tree):
    """What is wrong with the catalogue: rows without anything, blockers without a test, tests that are not there."""
    wrong = []
    for number in range(1, 141):
        tests = find(number)
        if not tests and (number in BLOCKERS or number not in NOT_HERE):
            wrong.append(f'row {number} has no test')
        for test in tests:
            file, text = test.split(': ', 1)
            path = os.path.join(tree, 'tests', file)
            if not os.path.exists(path):
                wrong.append(f'row {number}: there is no {file}')
                continue
            with open(path, encoding='utf-8') as source:
                # A path may be put together from its last word.
                names = {text, f'"{text.rsplit("/", 1)[-1]}"'} if re.match(r'/[a-z]', text) else {text}
                content = source.read()
                if not any(name in content for name in names):
                    wrong.append(f'row {number}: {file} has no {text}')
    return wrong

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows for a database whose agent is not running: years of use at once."""

import contextlib
import sqlite3

DAY_US = 86_400_000_000
CAPTION = 'Rye bread in four steps, and what to do with the crust that nobody wants to eat #baking #bread #rye'

_COUNT = 'WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i + 1 < :count) '
_UUID = 'lower (hex (randomblob (16)))'


@contextlib.contextmanager
def opened(path):
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute('PRAGMA synchronous = OFF')
        db.execute('PRAGMA temp_store = MEMORY')
        db.execute('BEGIN')
        yield db
        db.execute('COMMIT')
        db.execute('PRAGMA wal_checkpoint (TRUNCATE)')


def _top(db, table):
    return db.execute(f'SELECT coalesce (max (id), 0) FROM {table}').fetchone()[0]


def posts(db, count, first_due, step_us, state='scheduled'):
    """@count posts, each a group with a video of its own, dealt out among the accounts; returns the first id."""
    group, media, post = _top(db, 'post_group'), _top(db, 'media'), _top(db, 'post')
    ended = state == 'published'
    numbers = {'count': count, 'due': first_due, 'step': step_us, 'state': state, 'caption': CAPTION,
               'gone': first_due if ended else None, 'group': group, 'media': media, 'post': post,
               'accounts': _top(db, 'account'), 'now': first_due - 400 * DAY_US}
    db.execute(_COUNT + 'INSERT INTO post_group (id, created_at) SELECT :group + 1 + i, :now FROM n', numbers)
    db.execute(_COUNT + f"INSERT INTO media (id, uuid, name, sha256, size, inode, mtime_ns, ctime_ns, container, "
               f"video_codec, audio_codec, duration_us, width, height, rotation, fps_num, fps_den, created_at, "
               f"removed_at) SELECT :media + 1 + i, {_UUID}, 'video-' || i || '.mp4', randomblob (32), 20000000, i, "
               "0, 0, 'mp4', 'h264', 'aac', 15000000, 1080, 1920, 0, 30, 1, :now, :gone FROM n", numbers)
    db.execute(_COUNT + f"INSERT INTO post (id, uuid, group_id, account_id, media_id, state, due, zone, wall, "
               f"caption, privacy_level, share_type, allow_comment, allow_duet, allow_stitch, your_brand, "
               f"branded_content, ai_generated, cover_ms, created_at, started_at, published_at, ended_at) SELECT "
               f":post + 1 + i, {_UUID}, :group + 1 + i, 1 + i % :accounts, :media + 1 + i, :state, "
               f":due + i * :step, 'Europe/Berlin', '2026-01-01T00:00:00', :caption || ' ' || i, 'SELF_ONLY', "
               f"'direct', 0, 0, 0, 0, 0, 0, 0, :now{', :due + i * :step' * 3 if ended else ', NULL, NULL, NULL'} "
               f"FROM n", numbers)
    return post + 1


def history(db, count, last_due, events):
    """@count posts published hourly up to @last_due, each by one attempt, with @events in all."""
    first = posts(db, count, last_due - count * 3_600_000_000, 3_600_000_000, 'published')
    numbers = {'count': count, 'first': first, 'each': events // count}
    db.execute(_COUNT + f"INSERT INTO attempt (uuid, post_id, n, state, version, post_version, lease_epoch, open_id, "
               f"media_sha256, media_size, publish_id, url_expiry, next_chunk, armed_at, polls, last_status, post_ids, "
               f"started_at, ended_at) SELECT {_UUID}, :first + i, 1, 'PUBLISHED', 9, 1, 1, 'o', randomblob (32), "
               f"20000000, 'v_pub_file~v2.' || i, p.due, 0, p.due, 3, 'PUBLISH_COMPLETE', 7000000000000000000 + i, "
               f"p.due, p.due FROM n JOIN post p ON p.id = :first + i", numbers)
    db.execute('WITH RECURSIVE k (j) AS (SELECT 0 UNION ALL SELECT j + 1 FROM k WHERE j + 1 < :each) INSERT INTO '
               'event (at, post_id, attempt_id, kind, detail) SELECT p.due + j * 1000000, p.id, t.id, '
               "'status', '{\"attempt\":\"PROCESSING\",\"status\":\"PROCESSING_UPLOAD\",\"log_id\":\"2026' || p.id || "
               "'\"}' FROM post p JOIN attempt t ON t.post_id = p.id JOIN k WHERE p.id >= :first", numbers)


def put_off_readings(db, until):
    """No statistics are read before @until: they have nothing to do with what is measured."""
    db.execute('UPDATE account SET next_sync = ?', (until,))

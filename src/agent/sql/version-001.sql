-- SPDX-FileCopyrightText: 2026 The Peal developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Instants are microseconds since 1970 UTC, lengths of time and counts are in their column's name. What must never
-- happen is refused here, whatever the program above believes.

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row: who opened these data last. The epoch goes up at each start and stands in each attempt.
CREATE TABLE lease (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  machine TEXT NOT NULL,
  boot_id TEXT NOT NULL,
  pid INTEGER NOT NULL,
  epoch INTEGER NOT NULL
) STRICT;

-- The user's apps at TikTok. The secret is in the keyring under vault_key.
CREATE TABLE app (
  environment TEXT PRIMARY KEY CHECK (environment IN ('production', 'sandbox')),
  client_key TEXT NOT NULL,
  vault_key TEXT NOT NULL UNIQUE,
  share_type TEXT NOT NULL CHECK (share_type IN ('direct', 'inbox')),
  set_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  vault_key TEXT NOT NULL UNIQUE,
  environment TEXT NOT NULL CHECK (environment IN ('production', 'sandbox')),
  open_id TEXT NOT NULL CHECK (open_id <> ''),
  state TEXT NOT NULL CHECK (state IN ('connected', 'reconnect', 'disconnected')),
  scopes TEXT NOT NULL,
  share_type TEXT NOT NULL CHECK (share_type IN ('direct', 'inbox')),
  username TEXT,
  display_name TEXT,
  avatar_url TEXT,
  profile_url TEXT,
  is_verified INTEGER CHECK (is_verified IN (0, 1)),
  connected_at INTEGER NOT NULL,
  signed_in_until INTEGER,
  next_sync INTEGER,
  UNIQUE (environment, open_id)
) STRICT;

CREATE TABLE slot (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  minute INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1439),
  PRIMARY KEY (account_id, weekday, minute)
) STRICT, WITHOUT ROWID;

-- Private copies of videos. inode, mtime and ctime (ns) tell whether the digest still holds.
CREATE TABLE media (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL,
  sha256 BLOB NOT NULL CHECK (length(sha256) = 32),
  size INTEGER NOT NULL CHECK (size BETWEEN 1 AND 4000000000),
  inode INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,
  ctime_ns INTEGER NOT NULL,
  container TEXT NOT NULL,
  video_codec TEXT,
  audio_codec TEXT,
  duration_us INTEGER NOT NULL,
  width INTEGER NOT NULL,
  height INTEGER NOT NULL,
  rotation INTEGER NOT NULL,
  fps_num INTEGER NOT NULL,
  fps_den INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;

CREATE TABLE post_group (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE post (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  group_id INTEGER NOT NULL REFERENCES post_group (id),
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE RESTRICT,
  media_id INTEGER NOT NULL REFERENCES media (id) ON DELETE RESTRICT,
  copy_of INTEGER REFERENCES post (id),
  version INTEGER NOT NULL DEFAULT 0,
  state TEXT NOT NULL CHECK (state IN ('draft', 'scheduled', 'held', 'publishing', 'published', 'in_inbox', 'failed',
    'needs_review', 'cancelled')),
  hold_reason TEXT NOT NULL DEFAULT '' CHECK (hold_reason IN ('', 'missed', 'media_changed', 'media_missing',
    'reconnect', 'keyring_locked', 'clock', 'option_unavailable', 'daily_cap', 'disk_full', 'adopted_data',
    'restored_backup', 'tz_rules')),
  due INTEGER,
  zone TEXT,
  wall TEXT,
  late_grace_s INTEGER CHECK (late_grace_s BETWEEN -1 AND 86400),
  next_try INTEGER,
  preflight_at INTEGER,
  preflight_asked INTEGER,
  caption TEXT NOT NULL,
  privacy_level TEXT,
  share_type TEXT NOT NULL CHECK (share_type IN ('direct', 'inbox')),
  allow_comment INTEGER NOT NULL CHECK (allow_comment IN (0, 1)),
  allow_duet INTEGER NOT NULL CHECK (allow_duet IN (0, 1)),
  allow_stitch INTEGER NOT NULL CHECK (allow_stitch IN (0, 1)),
  your_brand INTEGER NOT NULL CHECK (your_brand IN (0, 1)),
  branded_content INTEGER NOT NULL CHECK (branded_content IN (0, 1)),
  ai_generated INTEGER NOT NULL CHECK (ai_generated IN (0, 1)),
  cover_ms INTEGER NOT NULL CHECK (cover_ms >= -1),
  error_reason TEXT,
  error_message TEXT,
  error_log_id TEXT,
  created_at INTEGER NOT NULL,
  started_at INTEGER,
  published_at INTEGER,
  ended_at INTEGER,
  CHECK ((state = 'held') = (hold_reason <> '')),
  CHECK (state NOT IN ('scheduled', 'publishing') OR due IS NOT NULL),
  CHECK (state NOT IN ('scheduled', 'publishing') OR share_type = 'inbox' OR privacy_level IS NOT NULL)
) STRICT;
CREATE INDEX post_due ON post (due) WHERE state = 'scheduled';
CREATE INDEX post_state ON post (state, id);
CREATE INDEX post_account ON post (account_id, id);
CREATE INDEX post_started ON post (account_id, started_at) WHERE started_at IS NOT NULL;
CREATE INDEX post_group_members ON post (group_id);
CREATE INDEX post_media ON post (media_id);

CREATE TABLE attempt (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  uuid TEXT NOT NULL UNIQUE,
  post_id INTEGER NOT NULL REFERENCES post (id) ON DELETE RESTRICT,
  n INTEGER NOT NULL CHECK (n >= 1),
  state TEXT NOT NULL CHECK (state IN ('RESERVED', 'INIT_SENT', 'INIT_OK', 'UPLOADING', 'FINAL_ARMED', 'BYTES_SENT',
    'PROCESSING', 'PUBLISHED', 'INBOX', 'FAILED_REMOTE', 'DEAD', 'UNKNOWN')),
  version INTEGER NOT NULL DEFAULT 0,
  post_version INTEGER NOT NULL,
  lease_epoch INTEGER NOT NULL,
  open_id TEXT NOT NULL,
  media_sha256 BLOB NOT NULL CHECK (length(media_sha256) = 32),
  media_size INTEGER NOT NULL,
  publish_id TEXT,
  url_expiry INTEGER,
  next_chunk INTEGER NOT NULL DEFAULT 0,
  armed_at INTEGER,
  next_poll INTEGER,
  polls INTEGER NOT NULL DEFAULT 0,
  last_status TEXT,
  post_ids TEXT NOT NULL DEFAULT '',
  fail_reason TEXT,
  log_id TEXT,
  proof TEXT CHECK (proof IN ('never_known_url', 'never_armed', 'expired_incomplete', 'init_refused')),
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  UNIQUE (post_id, n),
  CHECK (state NOT IN ('INIT_OK', 'UPLOADING', 'FINAL_ARMED', 'BYTES_SENT', 'PROCESSING', 'PUBLISHED', 'INBOX')
    OR publish_id IS NOT NULL),
  CHECK ((armed_at IS NOT NULL) >= (state IN ('FINAL_ARMED', 'BYTES_SENT', 'PROCESSING', 'PUBLISHED', 'INBOX'))),
  CHECK (state <> 'DEAD' OR proof IS NOT NULL)
) STRICT;
-- At most one attempt of a post lives, published, or may have published.
CREATE UNIQUE INDEX attempt_one_live ON attempt (post_id) WHERE state NOT IN ('DEAD', 'FAILED_REMOTE');
CREATE UNIQUE INDEX attempt_publish_id ON attempt (publish_id) WHERE publish_id IS NOT NULL;
CREATE INDEX attempt_next_poll ON attempt (next_poll) WHERE next_poll IS NOT NULL;
CREATE INDEX attempt_unarmed ON attempt (state) WHERE state IN ('RESERVED', 'INIT_SENT', 'INIT_OK', 'UPLOADING');

CREATE TRIGGER attempt_dead_needs_proof BEFORE UPDATE OF state ON attempt
  WHEN NEW.state = 'DEAD' AND OLD.armed_at IS NOT NULL
    AND NOT (OLD.state = 'FINAL_ARMED' AND NEW.proof IS 'expired_incomplete')
BEGIN SELECT RAISE (ABORT, 'an armed attempt cannot be declared dead'); END;

CREATE TRIGGER attempt_terminal_stays BEFORE UPDATE OF state ON attempt
  WHEN OLD.state IN ('PUBLISHED', 'INBOX', 'FAILED_REMOTE', 'DEAD', 'UNKNOWN') AND NEW.state <> OLD.state
    AND NOT (OLD.state = 'INBOX' AND NEW.state = 'PUBLISHED')
BEGIN SELECT RAISE (ABORT, 'the attempt has ended'); END;

CREATE TRIGGER attempt_armed_for_ever BEFORE UPDATE OF armed_at ON attempt
  WHEN OLD.armed_at IS NOT NULL AND NEW.armed_at IS NOT OLD.armed_at
BEGIN SELECT RAISE (ABORT, 'armed_at is written once'); END;

CREATE TRIGGER attempt_publish_id_for_ever BEFORE UPDATE OF publish_id ON attempt
  WHEN OLD.publish_id IS NOT NULL AND NEW.publish_id IS NOT OLD.publish_id
BEGIN SELECT RAISE (ABORT, 'publish_id is written once'); END;

CREATE TRIGGER attempt_never_back BEFORE UPDATE OF state ON attempt
  WHEN OLD.armed_at IS NOT NULL AND NEW.state IN ('RESERVED', 'INIT_SENT', 'INIT_OK', 'UPLOADING')
BEGIN SELECT RAISE (ABORT, 'an armed attempt stays armed'); END;

CREATE TRIGGER attempt_keeps_its_post BEFORE UPDATE OF post_id, uuid, n ON attempt
BEGIN SELECT RAISE (ABORT, 'an attempt belongs to its post'); END;

CREATE TRIGGER attempt_no_delete BEFORE DELETE ON attempt
BEGIN SELECT RAISE (ABORT, 'attempts are kept'); END;

CREATE TRIGGER post_no_delete BEFORE DELETE ON post
BEGIN SELECT RAISE (ABORT, 'posts are kept'); END;

-- A post is given back to the plan, or ended as not published, only when none of its attempts may have published.
CREATE TRIGGER post_not_beside_live_attempt BEFORE UPDATE OF state ON post
  WHEN NEW.state IN ('draft', 'scheduled', 'held', 'failed')
    AND EXISTS (SELECT 1 FROM attempt WHERE post_id = NEW.id AND state NOT IN ('DEAD', 'FAILED_REMOTE'))
    AND NOT (NEW.state = 'held' AND NEW.hold_reason IN ('reconnect', 'keyring_locked', 'adopted_data'))
BEGIN SELECT RAISE (ABORT, 'TikTok may have this post'); END;

CREATE TRIGGER post_not_cancelled_beside_live_attempt BEFORE UPDATE OF state ON post
  WHEN NEW.state = 'cancelled'
    AND EXISTS (SELECT 1 FROM attempt WHERE post_id = NEW.id AND state NOT IN ('DEAD', 'FAILED_REMOTE', 'UNKNOWN'))
BEGIN SELECT RAISE (ABORT, 'TikTok may have this post'); END;

CREATE TRIGGER post_published_stays BEFORE UPDATE OF state ON post
  WHEN OLD.state IN ('published', 'in_inbox') AND NEW.state <> OLD.state
    AND NOT (OLD.state = 'in_inbox' AND NEW.state = 'published')
BEGIN SELECT RAISE (ABORT, 'the post is published'); END;

-- The account of everything that Peal did, decided and was told.
CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  post_id INTEGER REFERENCES post (id),
  attempt_id INTEGER REFERENCES attempt (id),
  kind TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '{}'
) STRICT;
CREATE INDEX event_post ON event (post_id, id);
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE (ABORT, 'append only'); END;

-- Statistics. NULL is unknown and never 0.
CREATE TABLE account_sample (
  account_id INTEGER NOT NULL REFERENCES account (id),
  at INTEGER NOT NULL,
  follower_count INTEGER,
  following_count INTEGER,
  likes_count INTEGER,
  video_count INTEGER,
  PRIMARY KEY (account_id, at)
) STRICT, WITHOUT ROWID;

CREATE TABLE video (
  account_id INTEGER NOT NULL REFERENCES account (id),
  id TEXT NOT NULL,
  create_time_s INTEGER NOT NULL,
  title TEXT,
  description TEXT,
  share_url TEXT,
  cover_url TEXT,
  duration_s INTEGER,
  width INTEGER,
  height INTEGER,
  view_count INTEGER,
  like_count INTEGER,
  comment_count INTEGER,
  share_count INTEGER,
  sampled_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX video_newest ON video (account_id, create_time_s DESC, id);

CREATE TABLE video_sample (
  account_id INTEGER NOT NULL,
  video_id TEXT NOT NULL,
  at INTEGER NOT NULL,
  view_count INTEGER,
  like_count INTEGER,
  comment_count INTEGER,
  share_count INTEGER,
  PRIMARY KEY (account_id, video_id, at),
  FOREIGN KEY (account_id, video_id) REFERENCES video (account_id, id)
) STRICT, WITHOUT ROWID;

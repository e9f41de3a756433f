-- SPDX-FileCopyrightText: 2026 The Peal developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- Data of schema version 2 with something in each table, as SQLite dumps them. Never changed once that version
-- is released: later ones must read it.
BEGIN TRANSACTION;
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
INSERT INTO "account" VALUES(1,'vault-1','production','-000Mara','connected','user.info.basic,video.publish','direct','mara.bakes','Mara bäckt',NULL,NULL,1,1790000000000000,1820000000000000,1790003600000000);
INSERT INTO "account" VALUES(2,'vault-2','sandbox','-000Two','reconnect','user.info.basic','inbox',NULL,NULL,NULL,NULL,NULL,1790000000000000,NULL,NULL);
CREATE TABLE account_sample (
  account_id INTEGER NOT NULL REFERENCES account (id),
  at INTEGER NOT NULL,
  follower_count INTEGER,
  following_count INTEGER,
  likes_count INTEGER,
  video_count INTEGER,
  PRIMARY KEY (account_id, at)
) STRICT, WITHOUT ROWID;
INSERT INTO "account_sample" VALUES(1,1790000000000000,100,NULL,2000,12);
CREATE TABLE app (
  environment TEXT PRIMARY KEY CHECK (environment IN ('production', 'sandbox')),
  client_key TEXT NOT NULL,
  vault_key TEXT NOT NULL UNIQUE,
  share_type TEXT NOT NULL CHECK (share_type IN ('direct', 'inbox')),
  set_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "app" VALUES('production','aw1x2y3z','vault-app','direct',1790000000000000);
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
INSERT INTO "attempt" VALUES(1,'attempt-1',4,1,'DEAD',5,2,7,'-000Mara',X'0000000000000000000000000000000000000000000000000000000000000000',121000000,NULL,NULL,0,NULL,NULL,0,NULL,'',NULL,NULL,'never_armed',1790999000000000,NULL);
INSERT INTO "attempt" VALUES(2,'attempt-2',4,2,'FINAL_ARMED',5,2,7,'-000Mara',X'0000000000000000000000000000000000000000000000000000000000000000',121000000,'v_pub~4',1791003600000000,0,1791000000000000,NULL,0,NULL,'',NULL,NULL,NULL,1790999000000000,NULL);
INSERT INTO "attempt" VALUES(3,'attempt-3',5,1,'PUBLISHED',5,2,7,'-000Mara',X'0000000000000000000000000000000000000000000000000000000000000000',121000000,'v_pub~5',1791003600000000,0,1791000000000000,NULL,0,NULL,'7400000000000000001',NULL,NULL,NULL,1790999000000000,NULL);
INSERT INTO "attempt" VALUES(4,'attempt-4',6,1,'INBOX',5,2,7,'-000Mara',X'0000000000000000000000000000000000000000000000000000000000000000',121000000,'v_pub~6',1791003600000000,0,1791000000000000,NULL,0,NULL,'',NULL,NULL,NULL,1790999000000000,NULL);
INSERT INTO "attempt" VALUES(5,'attempt-5',7,1,'FAILED_REMOTE',5,2,7,'-000Mara',X'0000000000000000000000000000000000000000000000000000000000000000',121000000,'v_pub~7',1791003600000000,0,1791000000000000,NULL,0,NULL,'',NULL,NULL,NULL,1790999000000000,NULL);
INSERT INTO "attempt" VALUES(6,'attempt-6',8,1,'UNKNOWN',5,2,7,'-000Mara',X'0000000000000000000000000000000000000000000000000000000000000000',121000000,'v_pub~8',1791003600000000,0,1791000000000000,NULL,0,NULL,'',NULL,NULL,NULL,1790999000000000,NULL);
CREATE TABLE event (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  at INTEGER NOT NULL,
  post_id INTEGER REFERENCES post (id),
  attempt_id INTEGER REFERENCES attempt (id),
  kind TEXT NOT NULL,
  detail TEXT NOT NULL DEFAULT '{}'
) STRICT;
INSERT INTO "event" VALUES(1,1790999000000000,4,1,'reserved','{"attempt": "RESERVED"}');
INSERT INTO "event" VALUES(2,1790999000000000,4,2,'reserved','{"attempt": "RESERVED"}');
INSERT INTO "event" VALUES(3,1790999000000000,5,3,'reserved','{"attempt": "RESERVED"}');
INSERT INTO "event" VALUES(4,1790999000000000,6,4,'reserved','{"attempt": "RESERVED"}');
INSERT INTO "event" VALUES(5,1790999000000000,7,5,'reserved','{"attempt": "RESERVED"}');
INSERT INTO "event" VALUES(6,1790999000000000,8,6,'reserved','{"attempt": "RESERVED"}');
CREATE TABLE lease (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  machine TEXT NOT NULL,
  boot_id TEXT NOT NULL,
  pid INTEGER NOT NULL,
  epoch INTEGER NOT NULL
) STRICT;
INSERT INTO "lease" VALUES(1,'0123456789abcdef0123456789abcdef','boot-1',4711,7);
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
INSERT INTO "media" VALUES(1,'media-1','Rührkuchen.mp4',X'0000000000000000000000000000000000000000000000000000000000000000',121000000,17,1,1,'mp4','h264','aac',20000000,1080,1920,0,30000,1001,1790000000000000,NULL);
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
INSERT INTO "post" VALUES(1,'post-1',1,1,1,NULL,2,'draft','',1791000000000001,'Europe/Berlin','2026-10-04T18:00',NULL,NULL,NULL,NULL,'Kuchen 🍰 "frisch"
#backen','SELF_ONLY','direct',1,0,0,0,0,0,-1,NULL,NULL,NULL,1790000000000000,NULL,NULL,NULL);
INSERT INTO "post" VALUES(2,'post-2',1,1,1,NULL,2,'scheduled','',1791000000000002,'Europe/Berlin','2026-10-04T18:00',NULL,NULL,NULL,NULL,'Kuchen 🍰 "frisch"
#backen','SELF_ONLY','direct',1,0,0,0,0,0,-1,NULL,NULL,NULL,1790000000000000,NULL,NULL,NULL);
INSERT INTO "post" VALUES(3,'post-3',1,1,1,NULL,2,'held','missed',1791000000000003,'Europe/Berlin','2026-10-04T18:00',NULL,NULL,NULL,NULL,'Kuchen 🍰 "frisch"
#backen','SELF_ONLY','direct',1,0,0,0,0,0,-1,NULL,NULL,NULL,1790000000000000,NULL,NULL,NULL);
INSERT INTO "post" VALUES(4,'post-4',1,1,1,NULL,2,'publishing','',1791000000000004,'Europe/Berlin','2026-10-04T18:00',NULL,NULL,NULL,NULL,'Kuchen 🍰 "frisch"
#backen','SELF_ONLY','direct',1,0,0,0,0,0,-1,NULL,NULL,NULL,1790000000000000,NULL,NULL,NULL);
INSERT INTO "post" VALUES(5,'post-5',1,1,1,NULL,2,'published','',1791000000000005,'Europe/Berlin','2026-10-04T18:00',NULL,NULL,NULL,NULL,'Kuchen 🍰 "frisch"
#backen','SELF_ONLY','direct',1,0,0,0,0,0,-1,NULL,NULL,NULL,1790000000000000,NULL,NULL,NULL);
INSERT INTO "post" VALUES(6,'post-6',1,1,1,NULL,2,'in_inbox','',1791000000000006,'Europe/Berlin','2026-10-04T18:00',NULL,NULL,NULL,NULL,'Kuchen 🍰 "frisch"
#backen','SELF_ONLY','direct',1,0,0,0,0,0,-1,NULL,NULL,NULL,1790000000000000,NULL,NULL,NULL);
INSERT INTO "post" VALUES(7,'post-7',1,1,1,NULL,2,'failed','',1791000000000007,'Europe/Berlin','2026-10-04T18:00',NULL,NULL,NULL,NULL,'Kuchen 🍰 "frisch"
#backen','SELF_ONLY','direct',1,0,0,0,0,0,-1,'spam_risk',NULL,NULL,1790000000000000,NULL,NULL,NULL);
INSERT INTO "post" VALUES(8,'post-8',1,1,1,NULL,2,'needs_review','',1791000000000008,'Europe/Berlin','2026-10-04T18:00',NULL,NULL,NULL,NULL,'Kuchen 🍰 "frisch"
#backen','SELF_ONLY','direct',1,0,0,0,0,0,-1,NULL,NULL,NULL,1790000000000000,NULL,NULL,NULL);
INSERT INTO "post" VALUES(9,'post-9',1,1,1,8,2,'cancelled','',1791000000000009,'Europe/Berlin','2026-10-04T18:00',NULL,NULL,NULL,NULL,'Kuchen 🍰 "frisch"
#backen','SELF_ONLY','direct',1,0,0,0,0,0,-1,NULL,NULL,NULL,1790000000000000,NULL,NULL,NULL);
CREATE TABLE post_group (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  created_at INTEGER NOT NULL
) STRICT;
INSERT INTO "post_group" VALUES(1,1790000000000000);
CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO "setting" VALUES('late_grace_s','900');
INSERT INTO "setting" VALUES('paused','0');
CREATE TABLE slot (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  minute INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1439),
  PRIMARY KEY (account_id, weekday, minute)
) STRICT, WITHOUT ROWID;
INSERT INTO "slot" VALUES(1,1,1080);
INSERT INTO "slot" VALUES(1,7,600);
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
INSERT INTO "video" VALUES(1,'7400000000000000001',1791000100,'Kuchen',NULL,NULL,NULL,NULL,NULL,NULL,5000,NULL,NULL,NULL,1791000200000000);
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
INSERT INTO "video_sample" VALUES(1,'7400000000000000001',1791000200000000,5000,NULL,3,0);
CREATE INDEX post_due ON post (due) WHERE state = 'scheduled';
CREATE INDEX post_state ON post (state, id);
CREATE INDEX post_account ON post (account_id, id);
CREATE INDEX post_started ON post (account_id, started_at) WHERE started_at IS NOT NULL;
CREATE INDEX post_group_members ON post (group_id);
CREATE INDEX post_media ON post (media_id);
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
CREATE INDEX event_post ON event (post_id, id);
CREATE TRIGGER event_no_update BEFORE UPDATE ON event BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE TRIGGER event_no_delete BEFORE DELETE ON event BEGIN SELECT RAISE (ABORT, 'append only'); END;
CREATE INDEX video_newest ON video (account_id, create_time_s DESC, id);
CREATE INDEX post_soonest ON post (state, coalesce (due, 9223372036854775807), id, account_id);
CREATE INDEX post_latest ON post (state, coalesce (published_at, ended_at, due, created_at), id, account_id);
DELETE FROM "sqlite_sequence";
INSERT INTO "sqlite_sequence" VALUES('media',1);
INSERT INTO "sqlite_sequence" VALUES('post_group',1);
INSERT INTO "sqlite_sequence" VALUES('post',9);
INSERT INTO "sqlite_sequence" VALUES('attempt',6);
INSERT INTO "sqlite_sequence" VALUES('event',6);
COMMIT;
PRAGMA application_id=1348821356;
PRAGMA user_version=2;

-- SPDX-FileCopyrightText: 2026 The Peal developers
-- SPDX-License-Identifier: GPL-3.0-or-later
--
-- The orders in which posts are listed, for each state: by when they are due, those without a due last, and by when
-- the last thing happened to them. The id makes each order total; the account saves a look at the post.

CREATE INDEX post_soonest ON post (state, coalesce (due, 9223372036854775807), id, account_id);
CREATE INDEX post_latest ON post (state, coalesce (published_at, ended_at, due, created_at), id, account_id);

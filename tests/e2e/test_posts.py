# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Changing posts, and watching them change."""

import datetime
import json
import signal
import unittest

from practice import Practice
import tap
from world import World

CHOICES = ('--privacy', 'SELF_ONLY')


class Posts(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Practice()
        cls.addClassCleanup(cls.server.stop)
        cls.world = World(cls.server)
        cls.addClassCleanup(cls.world.stop)
        cls.me = cls.world.connect('mara.bakes')['open_id']

    def setUp(self):
        self.addCleanup(self.server.clear_faults)

    def add(self, *when, account=None):
        return self.world.done('add', self.world.video(), '--account', account or self.me, '--caption', 'One',
                               *CHOICES, *(when or ('--at', '+1h')))[0]

    def refuse(self, status, code, *args):
        result = self.world.ctl(*args, '--json')
        self.assertEqual((result.status, result.code), (status, code), result)
        self.assertIn('pealctl: ', result.err)

    def test_edit(self):
        post = self.add()
        edited = self.world.done('edit', str(post['id']), '--caption', 'Zwei 🐈', '--allow-comment', '--cover', '1.5')
        self.assertEqual(edited['caption'], 'Zwei 🐈')
        self.assertTrue(edited['allow_comment'])
        self.assertEqual(edited['cover_ms'], 1500)
        self.assertEqual(edited['due'], post['due'])
        back = self.world.done('edit', str(post['id']), '--no-allow-comment')
        self.assertFalse(back['allow_comment'])
        self.assertEqual(back['caption'], 'Zwei 🐈')
        self.refuse(2, 'usage', 'edit', str(post['id']))

    def test_caption_file(self):
        post = self.add('--draft')
        path = self.world.file('caption.txt', 'Aus der Datei\n'.encode())
        self.assertEqual(self.world.done('edit', str(post['id']), '--caption-file', path)['caption'], 'Aus der Datei')
        typed = self.world.done('edit', str(post['id']), '--caption-file', '-', input='Getippt\n')
        self.assertEqual(typed['caption'], 'Getippt')
        latin = self.world.file('latin.txt', b'K\xfcche')
        self.refuse(1, 'caption_not_utf8', 'edit', str(post['id']), '--caption-file', latin)
        self.refuse(1, 'caption_too_long', 'edit', str(post['id']), '--caption', '🐈' * 1101)

    def test_move(self):
        post = self.add()
        due = (datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=3)).replace(microsecond=0)
        moved = self.world.done('move', str(post['id']), '--at', due.isoformat())
        self.assertEqual(datetime.datetime.fromisoformat(moved['due']), due)
        self.refuse(1, 'time_past', 'move', str(post['id']), '--at', '2020-01-01 10:00')
        self.refuse(2, 'usage', 'move', str(post['id']))

    def test_draft(self):
        post = self.add('--draft')
        self.assertEqual(post['state'], 'draft')
        self.assertIn(post['id'], [each['id'] for each in self.world.done('list', '--state', 'draft')])
        planned = self.world.done('edit', str(post['id']), '--at', '+2h')
        self.assertEqual(planned['state'], 'scheduled')
        self.assertEqual(self.world.done('edit', str(post['id']), '--draft')['state'], 'draft')

    def test_cancel(self):
        post = self.add()
        before = len(self.server.ledger())
        cancelled = self.world.done('cancel', str(post['id']))
        self.assertEqual(cancelled['state'], 'cancelled')
        self.assertEqual(len(self.server.ledger()), before)
        self.assertEqual(self.world.done('edit', str(post['id']), '--at', '+2h')['state'], 'scheduled')
        self.refuse(1, 'post_unknown', 'cancel', '999999')
        self.refuse(2, 'usage', 'cancel', 'twelve')

    def test_retry(self):
        self.server.fault(endpoint='video_init', status=403, count=1, body={
            'data': {}, 'error': {'code': 'spam_risk_user_banned_from_posting', 'message': 'Banned.', 'log_id': 'L1'}})
        result = self.world.ctl('add', self.world.video(), '--account', self.me, *CHOICES, '--now', '--wait', '--json')
        post = result.json[0]
        self.assertIn(result.status, (1, 3), result)
        self.assertIn(post['state'], ('failed', 'held'))
        self.server.clear_faults()
        self.world.done('retry', str(post['id']))
        self.assertEqual(self.world.wait_for(post['id'], 'published')['state'], 'published')
        self.refuse(1, 'not_retryable', 'retry', str(post['id']))
        self.refuse(1, 'post_ended', 'edit', str(post['id']), '--caption', 'Too late')

    def test_resolve(self):
        post = self.add()
        self.refuse(1, 'not_in_review', 'resolve', str(post['id']), 'published')
        self.refuse(2, 'usage', 'resolve', str(post['id']), 'perhaps')

    def test_pause(self):
        self.assertEqual(self.world.done('pause'), {'paused': True})
        self.addCleanup(self.world.ctl, 'resume')
        post = self.add('--at', '+1s')
        self.assertTrue(self.world.done('status')['paused'])
        with self.assertRaises(AssertionError):
            self.world.wait_for(post['id'], 'publishing', 'published', timeout=4)
        self.assertEqual(self.world.done('resume'), {'paused': False})
        self.world.wait_for(post['id'], 'published')

    def test_inbox(self):
        result = self.world.ctl('add', self.world.video(), '--account', self.me, '--share-type', 'inbox', '--caption',
                                'Not taken', '--now', '--wait', '--json')
        self.assertEqual(result.status, 0, result)
        self.assertEqual(result.json[0]['state'], 'in_inbox')
        self.assertIn('inbox share', result.err)

    def test_two_accounts(self):
        other = self.world.connect('tomas.rides')['open_id']
        posts = self.world.done('add', self.world.video(), '--account', self.me, '--account', other, *CHOICES,
                                '--at', '+1h')
        self.assertEqual([post['account'] for post in posts], [self.me, other])
        self.assertEqual(posts[0]['group'], posts[1]['group'])
        listed = self.world.done('list', '--account', other)
        self.assertEqual({post['account'] for post in listed}, {other})
        self.refuse(1, 'account_twice', 'add', self.world.video(), '--account', self.me, '--account', self.me,
                    *CHOICES, '--at', '+1h')

    def test_disconnect(self):
        account = self.world.connect('linh.draws')['open_id']
        post = self.add(account=account)
        gone = self.world.done('disconnect', account)
        self.assertEqual(gone, {'held': 1, 'revoked': True})
        self.assertEqual(self.world.done('show', str(post['id']))['hold_reason'], 'reconnect')

    def test_watch(self):
        process = self.world.spawn('watch')
        self.addCleanup(process.kill)
        self.assertIn('Watching', process.stderr.readline())
        post = self.add()
        while True:
            change = json.loads(process.stdout.readline())
            if change['kind'] == 'post' and str(post['id']) in change['ids']:
                break
        self.assertIn(post['id'], [each['id'] for each in change['posts']])
        datetime.datetime.fromisoformat(change['at'])
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=20)
        self.assertEqual(process.returncode, 0)

    def test_watch_closed_pipe(self):
        process = self.world.spawn('watch')
        self.addCleanup(process.kill)
        self.assertIn('Watching', process.stderr.readline())
        process.stdout.close()
        self.assertIsNotNone(process.wait(20))
        process.stderr.close()


if __name__ == '__main__':
    tap.main()

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real agent with data that are older than it knew, of another computer, or suddenly gone."""

import glob
import os
import sqlite3
import subprocess
import unittest

from practice import Practice
import tap
import world as world_module
from world import World


class RealData(unittest.TestCase):
    def setUp(self):
        self.server = Practice()
        self.addCleanup(self.server.stop)
        self.world = World(self.server)
        self.addCleanup(self.world.stop)
        self.me = self.world.connect('mara.bakes')['open_id']
        self.data = os.path.join(self.world.home, '.local/share/io.github.pealapp.Peal.Practice')
        self.file = os.path.join(self.data, 'peal.db')

    def add(self, *when):
        return self.world.done('add', self.world.video(), '--account', self.me, '--caption', 'One', '--privacy',
                               'SELF_ONLY', *when)[0]['id']

    def show(self, post):
        return self.world.done('show', str(post))

    def sql(self, *statement):
        """The agent must not be running."""
        database = sqlite3.connect(self.file, isolation_level=None)
        rows = database.execute(*statement).fetchall()
        database.close()
        return rows

    def run_agent(self, *options):
        return subprocess.run([os.path.join(world_module.BIN, 'peal-agent'), f'--practice={self.server.base}', *options],
                              env=self.world.environment, capture_output=True, text=True, check=False, timeout=60)

    def test_another_computer(self):
        post = self.add('--at', '+1h')
        self.world.stop_agent()
        epoch = self.sql('SELECT epoch FROM lease')[0][0]
        self.sql("UPDATE lease SET machine = 'ffffffffffffffffffffffffffffffff'")
        self.world.start_agent()
        self.assertEqual(self.show(post)['hold_reason'], 'adopted_data')
        status = self.world.ctl('status')
        self.assertIn('computer', status.out)
        self.assertEqual(self.world.done('adopt'), {'adopted': True})
        self.assertEqual(self.show(post)['state'], 'scheduled')
        self.world.stop_agent()
        self.assertEqual(self.sql('SELECT epoch FROM lease')[0][0], epoch + 1)
        self.world.start_agent()
        self.assertEqual(self.show(post)['state'], 'scheduled')

    def test_restore(self):
        later = self.add('--at', '+1h')
        self.world.stop_agent()
        os.makedirs(os.path.join(self.data, 'backups'), mode=0o700, exist_ok=True)
        backup = os.path.join(self.data, 'backups', 'peal-20261101T000000Z.db')
        self.sql('VACUUM INTO ?', (backup,))
        self.world.start_agent()
        post = self.add('--now')
        self.world.wait_for(post, 'published')
        running = self.run_agent('--restore-backup')
        self.assertEqual(running.returncode, 1)
        self.assertIn('agent_running', running.stderr)
        self.world.stop_agent()
        done = self.run_agent('--restore-backup')
        self.assertEqual((done.returncode, done.stderr), (0, ''))
        self.assertEqual(done.stdout.splitlines(), [
            f'peal-agent: restored {backup}', 'peal-agent: held because their time is over: 0',
            'peal-agent: blocked because TikTok may have them: 1'])
        self.assertEqual(len(glob.glob(os.path.join(self.data, 'replaced-*', 'peal.db'))), 1)
        self.world.start_agent()
        # It is not in the backup: TikTok is asked about it, and nothing is sent again.
        self.world.wait_for(post, 'published')
        self.assertEqual(self.show(later)['state'], 'scheduled')
        self.assertEqual(len(self.server.ledger()), 1)

    def test_no_backup(self):
        self.world.stop_agent()
        done = self.run_agent('--restore-backup')
        self.assertEqual((done.returncode, done.stdout), (1, ''))
        self.assertIn('peal-agent: backup_missing: ', done.stderr)

    def test_deleted_while_running(self):
        self.add('--at', '+1h')
        os.rename(self.file, self.file + '.away')
        result = self.world.ctl('list', '--json')
        self.assertEqual(result.code, 'storage_replaced')
        status = self.world.done('status')
        self.assertIn({'kind': 'storage', 'reason': 'storage_replaced'}, status['attention'])

    def test_damaged(self):
        self.world.stop_agent()
        with open(self.file, 'r+b') as file:
            file.seek(4096)
            file.write(b'\xff' * 65536)
        with open(self.file, 'rb') as file:
            before = file.read()
        done = self.run_agent()
        self.assertEqual(done.returncode, 1)
        self.assertIn('peal-agent: storage_damaged: ', done.stderr)
        with open(self.file, 'rb') as file:
            self.assertEqual(file.read(), before)
        self.assertEqual(len(glob.glob(os.path.join(self.data, 'damaged-*', 'peal.db'))), 1)


if __name__ == '__main__':
    tap.main()

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Avatars and covers through the agent: from TikTok once, then kept, and into whatever the caller hands over."""

import contextlib
import fcntl
import os
import socket
import sqlite3
import stat
import tempfile
import threading

from agent_bus import BusCase, GLib
from practice import Practice, request
import tap
from world import World

DAY = 86400


class Pictures(BusCase):
    @classmethod
    def setUpClass(cls):
        cls.server = Practice()
        cls.addClassCleanup(cls.server.stop)
        cls.world = World(cls.server)
        cls.addClassCleanup(cls.world.stop)
        cls.me = cls.world.connect('mara.bakes')['open_id']
        cls.world.done('sync')
        cls.folder = os.path.join(cls.world.home, '.cache/io.github.pealapp.Peal.Practice/pictures')

    def setUp(self):
        self.addCleanup(self.server.clear_faults)

    def what(self, **told):
        return GLib.Variant('(ha{sv})', (0, {key: GLib.Variant('s', value) for key, value in told.items()}))

    def fetch(self, **told):
        """The picture, which must come."""
        with tempfile.TemporaryFile() as file:
            error, message, result = self.end_job('FetchPicture', self.what(**told), [file.fileno()])
            self.assertEqual((error, message), ('', ''))
            file.seek(0)
            picture = file.read()
        self.assertEqual(result, {'bytes': len(picture)})
        self.assertTrue(picture.startswith(b'\x89PNG'))
        return picture

    def fails(self, name, reason, **told):
        with tempfile.TemporaryFile() as file:
            error, message, _ = self.end_job('FetchPicture', self.what(**told), [file.fileno()])
            self.assertEqual(error, f'io.github.pealapp.Peal.Error.{name}')
            self.assertTrue(message.startswith(f'{reason}: '), message)
            self.assertEqual(os.fstat(file.fileno()).st_size, 0)

    @contextlib.contextmanager
    def asked(self, number):
        before = self.server.counts('picture')
        yield
        self.assertEqual(self.server.counts('picture') - before, number)

    def account(self, name):
        return next(each for each in self.call('ListAccounts', None).unpack()[0] if each['username'] == name)

    def videos(self, limit=500):
        return self.call('ListVideos', GLib.Variant('(sxu)', (self.me, 0, limit))).unpack()[0]

    def change(self, sql, *values):
        """What TikTok might have told, behind the agent's back."""
        self.world.stop_agent()
        with contextlib.closing(sqlite3.connect(os.path.join(
                self.world.home, '.local/share/io.github.pealapp.Peal.Practice/peal.db'))) as db:
            db.execute(sql, values)
            db.commit()
        self.world.start_agent()

    def sign_in_again(self):
        """A sign-in and addresses of the present, for the other cases."""
        self.world.connect('mara.bakes')
        self.world.done('sync')

    def test_avatar(self):
        original = request('GET', self.account('mara.bakes')['avatar_url']).body
        self.assertEqual(self.fetch(kind='avatar', account=self.me), original)
        with self.asked(0):
            self.assertEqual(self.fetch(kind='avatar', account='@mara.bakes'), original)
        for path in [self.folder, *(os.path.join(self.folder, name) for name in os.listdir(self.folder))]:
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode) & 0o077, 0, path)

    def test_covers(self):
        first, second = self.videos()[:2]
        picture = self.fetch(kind='cover', account=self.me, video=first['id'])
        self.assertEqual(picture, request('GET', first['cover_url']).body)
        self.assertNotEqual(picture, self.fetch(kind='cover', account=self.me, video=second['id']))
        # Shown for years, though the address was good for some days.
        self.addCleanup(self.sign_in_again)
        self.server.advance(30 * DAY)
        self.assertEqual(request('GET', first['cover_url']).status, 403)
        with self.asked(0):
            self.assertEqual(self.fetch(kind='cover', account=self.me, video=first['id']), picture)
        self.world.stop_agent()
        self.world.start_agent()
        with self.asked(0):
            self.assertEqual(self.fetch(kind='cover', account=self.me, video=first['id']), picture)
        self.fails('Server', 'picture_unavailable', kind='cover', account=self.me, video=self.videos()[9]['id'])

    def test_another_picture(self):
        """A new address is asked; where it gives nothing the old picture stays."""
        video = self.videos()[20]
        old = self.fetch(kind='cover', account=self.me, video=video['id'])
        self.change('UPDATE video SET cover_url = replace (cover_url, ?, ?) WHERE id = ?', '.png', '.webp', video['id'])
        with self.asked(1):
            self.assertEqual(self.fetch(kind='cover', account=self.me, video=video['id']), old)
        other = self.videos()[21]
        self.change('UPDATE video SET cover_url = ? WHERE id = ?', other['cover_url'], video['id'])
        new = self.fetch(kind='cover', account=self.me, video=video['id'])
        self.assertEqual(new, request('GET', other['cover_url']).body)
        self.assertNotEqual(new, old)

    def test_disconnected(self):
        linh = self.world.connect('linh.draws')['open_id']
        picture = self.fetch(kind='avatar', account=linh)
        self.world.done('disconnect', linh)
        with self.asked(0):
            self.assertEqual(self.fetch(kind='avatar', account=linh), picture)

    def test_answers(self):
        videos = iter(self.videos()[30:])
        for name, reason, fault in (('Server', 'picture_unavailable', {'status': 500, 'body': 'oops'}),
                                    ('Server', 'picture_unavailable', {'captive_portal': True}),
                                    ('Server', 'picture_unavailable', {'status': 302, 'body': '', 'headers': {
                                        'Location': f'{self.server.base}/pictures/avatar/mara.bakes/168.png'}}),
                                    ('Server', 'connection_lost', {'partial_body': 100, 'count': 2})):
            with self.subTest(fault=fault):
                video = next(videos)['id']
                self.server.fault(endpoint='picture', **fault)
                self.fails(name, reason, kind='cover', account=self.me, video=video)
                self.server.clear_faults()
                self.fetch(kind='cover', account=self.me, video=video)

    def test_addresses(self):
        """Nobody but the one server is asked, whatever the archive says."""
        video = self.videos()[40]['id']
        with socket.create_server(('127.0.0.1', 0)) as trap:
            trap.settimeout(0.2)
            port = trap.getsockname()[1]
            for url, name, reason in ((None, 'Invalid', 'no_picture'), ('', 'Invalid', 'no_picture'),
                                      (f'http://127.0.0.1.nip.io:{port}/a.png', 'Invalid', 'picture_refused'),
                                      (f'http://127.1:{port}/a.png', 'Invalid', 'picture_refused'),
                                      (f'http://u@127.0.0.1:{port}/a.png', 'Invalid', 'picture_refused'),
                                      ('file:///etc/passwd', 'Invalid', 'picture_refused'),
                                      ('https://p16-sign.tiktokcdn.com/a.png', 'Invalid', 'picture_refused'),
                                      ('\x01\x02' * 5000, 'Invalid', 'picture_refused')):
                with self.subTest(url=url and url[:60]):
                    self.change('UPDATE video SET cover_url = ? WHERE id = ?', url, video)
                    self.fails(name, reason, kind='cover', account=self.me, video=video)
            self.assertRaises(TimeoutError, trap.accept)

    def test_arguments(self):
        video = self.videos()[0]['id']
        with tempfile.TemporaryFile() as file:
            for reason, told in (('option_type', {}), ('option_type', {'kind': 'poster', 'account': self.me}),
                                 ('option_type', {'kind': 'avatar', 'account': self.me, 'video': video}),
                                 ('option_unknown', {'kind': 'avatar', 'account': self.me, 'url': 'http://127.0.0.1/'}),
                                 ('account_unknown', {'kind': 'avatar'}), ('account_unknown', {'kind': 'avatar', 'account': '@x'}),
                                 ('video_unknown', {'kind': 'cover', 'account': self.me}),
                                 ('video_unknown', {'kind': 'cover', 'account': self.me, 'video': '../' * 10_000}),
                                 ('video_unknown', {'kind': 'cover', 'account': self.me, 'video': "' OR 1 --"})):
                with self.subTest(told=str(told)[:60]):
                    self.refused(reason, 'FetchPicture', self.what(**told), [file.fileno()])
            self.refused('option_type', 'FetchPicture', GLib.Variant('(ha{sv})', (0, {'kind': GLib.Variant('b', True)})),
                         [file.fileno()])
            self.refused('fd_missing', 'FetchPicture', GLib.Variant('(ha{sv})', (3, {})), [file.fileno()])
            self.assertEqual(os.fstat(file.fileno()).st_size, 0)

    def test_pipe(self):
        read, write = os.pipe()
        got = []
        reader = threading.Thread(target=lambda: got.append(os.fdopen(read, 'rb').read()))
        reader.start()
        error, _, result = self.end_job('FetchPicture', self.what(kind='avatar', account=self.me), [write])
        os.close(write)
        reader.join(60)
        self.assertEqual((error, result['bytes']), ('', len(got[0])))
        self.assertEqual(got[0], self.fetch(kind='avatar', account=self.me))

    def test_bad_files(self):
        """What cannot be written to ends the job, not the agent."""
        read, write = os.pipe()
        gone_read, gone_write = os.pipe()
        os.close(gone_read)
        one, two = socket.socketpair()
        fds = [read, gone_write, one.fileno(), os.open('/', os.O_RDONLY), os.open(os.devnull, os.O_WRONLY),
               os.open(self.world.file('readable', b'x'), os.O_RDONLY), os.open('/dev/full', os.O_WRONLY)]
        for fd in fds:
            with self.subTest(fd=os.readlink(f'/proc/self/fd/{fd}')):
                error, message, _ = self.end_job('FetchPicture', self.what(kind='avatar', account=self.me), [fd])
                self.assertEqual(error, 'io.github.pealapp.Peal.Error.Invalid')
                self.assertTrue(message.startswith('output_failed: '), message)
        os.close(write)
        self.assertEqual(os.read(read, 1), b'')
        one.detach()
        two.close()
        for fd in fds:
            os.close(fd)

    def test_nobody_reads(self):
        """The job is given up, and the agent is there for others all the while."""
        video = self.videos()[0]['id']
        read, write = os.pipe()
        room = fcntl.fcntl(write, fcntl.F_SETPIPE_SZ, 4096)
        self.assertGreater(len(self.fetch(kind='cover', account=self.me, video=video)), room)
        told = self.what(kind='cover', account=self.me, video=video)
        answers = []
        tick = GLib.timeout_add(500, lambda: answers.append(self.call('GetSettings', None)) or True)
        error, message, _ = self.end_job('FetchPicture', told, [write])
        GLib.source_remove(tick)
        self.assertEqual(error, 'io.github.pealapp.Peal.Error.Invalid')
        self.assertTrue(message.startswith('output_failed: '), message)
        self.assertTrue(answers)
        # A caller that loses its patience first, and one that is gone.
        with self.listen('JobDone'):
            bus = self.open_bus()
            job = self.call('FetchPicture', told, [write], bus).unpack()[0]
            self.call('CancelJob', GLib.Variant('(u)', (job,)), bus=bus)
            gone = self.open_bus()
            self.call('FetchPicture', told, [write], gone)
            gone.close_sync(None)
        os.close(write)
        with os.fdopen(read, 'rb') as pipe:
            # Its end comes only once nobody has the other side any more.
            pipe.read()
        self.fetch(kind='cover', account=self.me, video=video)


if __name__ == '__main__':
    tap.main()

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Cases that call the agent's bus interface themselves, in the `world` of their class."""

import contextlib
import os
import time
import unittest

import gi

gi.require_version('Gio', '2.0')
from gi.repository import Gio, GLib  # noqa: E402

import world as world_module  # noqa: E402

PATH = '/io/github/pealapp/Peal/Agent'
INTERFACE = 'io.github.pealapp.Peal.Agent'


class BusCase(unittest.TestCase):
    def open_bus(self):
        flags = Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION
        bus = Gio.DBusConnection.new_for_address_sync(self.world.address, flags, None, None)
        bus.set_exit_on_close(False)
        self.addCleanup(lambda: bus.is_closed() or bus.close_sync(None))
        return bus

    def call_for_files(self, method, parameters, fds=None, bus=None, timeout=15000):
        """The answer, and the Gio.UnixFDList that came with it, or None."""
        files = Gio.UnixFDList.new_from_array([os.dup(fd) for fd in fds]) if fds else None
        return (bus or self.open_bus()).call_with_unix_fd_list_sync(
            world_module.BUS_NAME, PATH, INTERFACE, method, parameters, None, Gio.DBusCallFlags.NONE, timeout, files, None)

    def call(self, method, parameters, fds=None, bus=None, timeout=15000):
        return self.call_for_files(method, parameters, fds, bus, timeout)[0]

    def refused(self, reason, method, parameters, fds=None, bus=None):
        with self.assertRaises(GLib.Error) as caught:
            self.call(method, parameters, fds, bus)
        message = caught.exception.message
        self.assertIn(f': {reason}: ' if reason else '', message)
        self.assertIn('io.github.pealapp.Peal.Error.' if reason else 'org.freedesktop.DBus.Error.', message)

    @contextlib.contextmanager
    def listen(self, signal):
        """A list that signals of this name come to, each as its arguments, while wait_for () waits."""
        bus, told = self.open_bus(), []
        bus.signal_subscribe(world_module.BUS_NAME, INTERFACE, signal, PATH, None, Gio.DBusSignalFlags.NONE,
                             lambda *arguments: told.append(arguments[5].unpack()))
        # The bus knows of the subscription once it answers to what came behind it.
        self.call('GetSettings', None, bus=bus)
        yield told

    def wait_for(self, condition, timeout=60):
        end = time.monotonic() + timeout
        tick = GLib.timeout_add(50, lambda: True)
        while not condition():
            self.assertLess(time.monotonic(), end, f'it did not happen within {timeout} s')
            GLib.MainContext.default().iteration(True)
        GLib.source_remove(tick)

    def end_job(self, method, parameters, fds=None, timeout=60):
        """The error's name and message that the job ends with, and its result."""
        bus = self.open_bus()
        done = []
        loop = GLib.MainLoop()

        def job_done(connection, sender, path, interface, signal, arguments):
            done.append(arguments.unpack())
            loop.quit()

        bus.signal_subscribe(world_module.BUS_NAME, INTERFACE, 'JobDone', PATH, None, Gio.DBusSignalFlags.NONE, job_done)
        job = self.call(method, parameters, fds, bus).unpack()[0]
        patience = GLib.timeout_add_seconds(timeout, loop.quit)
        if not done:
            loop.run()
        self.assertTrue(done, f'{method} did not end within {timeout} s')
        GLib.source_remove(patience)
        self.assertEqual(done[0][0], job)
        return done[0][1:]

    def run_job(self, method, parameters, fds=None):
        """The error's name and message that the job ends with."""
        return self.end_job(method, parameters, fds)[:2]

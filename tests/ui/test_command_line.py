# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the window's program says without a window: there is no display here."""

import os
import subprocess
import tempfile
import unittest

import tap

PEAL = os.path.join(os.environ['PEAL_BIN'], 'peal')


class CommandLine(unittest.TestCase):
    def run_peal(self, *arguments):
        with tempfile.TemporaryDirectory() as home:
            return subprocess.run(
                [PEAL, *arguments], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL,
                env={'PATH': os.environ['PATH'], 'LC_ALL': 'C.UTF-8', 'HOME': home, 'XDG_RUNTIME_DIR': home,
                     'DBUS_SESSION_BUS_ADDRESS': 'unix:path=/nonexistent'})

    def test_version(self):
        result = self.run_peal('--version')
        self.assertRegex(result.stdout, r'^peal [0-9.]+\n$')
        self.assertEqual((result.stderr, result.returncode), ('', 0))

    def test_no_session_bus(self):
        result = self.run_peal()
        self.assertEqual(result.stderr,
                         'peal: There is no session bus, and without it Peal’s agent cannot be reached. Log in to a '
                         'desktop, or start peal with dbus-run-session.\n')
        self.assertEqual((result.stdout, result.returncode), ('', 1))

    def test_unknown_option(self):
        result = self.run_peal('--practise')
        self.assertIn('--practise', result.stderr)
        self.assertEqual((result.stdout, result.returncode), ('', 1))


if __name__ == '__main__':
    tap.main()

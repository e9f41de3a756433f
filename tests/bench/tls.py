# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a benchmark where the practice server speaks TLS and its CA is trusted: as one more of the system's, because the
programs have no switch for it."""

import os
import shutil
import subprocess
import sys
import tempfile

import stage

BUNDLE = '/etc/ssl/certs/ca-certificates.crt'
_VARIABLE = 'BENCH_TLS_STATE'


def state():
    """The server's state directory inside; None outside."""
    return os.environ.get(_VARIABLE)


def is_possible():
    shown = subprocess.run([os.path.join(stage.BIN, 'peal-practice'), '--help'], capture_output=True, text=True,
                           check=False).stdout
    return '--tls' in shown and shutil.which('bwrap') is not None


def rerun(name):
    """Runs this program again for the benchmark @name alone, inside."""
    place = tempfile.mkdtemp(prefix='peal-bench-tls-')
    try:
        stage.Practice(os.path.join(stage.HERE, 'practice-tls'), state=place).stop()
        bundle = os.path.join(place, 'bundle.crt')
        with open(bundle, 'wb') as out:
            for path in (BUNDLE, os.path.join(place, 'ca.pem')):
                with open(path, 'rb') as file:
                    shutil.copyfileobj(file, out)
        subprocess.run(['bwrap', '--dev-bind', '/', '/', '--ro-bind', bundle, BUNDLE, '--', sys.executable,
                        sys.argv[0], name], env=os.environ | {_VARIABLE: place}, check=True)
    finally:
        shutil.rmtree(place, ignore_errors=True)

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""As tap.py, for cases that mostly wait and have a world of their own each: several run at the same time."""

import concurrent.futures
import sys
import threading
import unittest

import tap


class _Result(tap.TapResult):
    def __init__(self):
        super().__init__()
        self._lock = threading.Lock()

    def report(self, *args, **more):
        with self._lock:
            super().report(*args, **more)


def _cases(suite):
    for each in suite:
        yield from _cases(each) if isinstance(each, unittest.TestSuite) else [each]


def main(width, first):
    """@first: the name of the case that takes longest."""
    names = [name for name in sys.argv[1:] if not name.startswith('-')]
    loader = unittest.TestLoader()
    module = sys.modules['__main__']
    suite = loader.loadTestsFromNames(names, module) if names else loader.loadTestsFromModule(module)
    result = _Result()
    with concurrent.futures.ThreadPoolExecutor(width) as executor:
        cases = sorted(_cases(suite), key=lambda case: case.id().rpartition('.')[2] != first)
        list(executor.map(lambda case: case.run(result), cases))
    print(f'1..{result.number}', flush=True)
    sys.exit(0 if result.wasSuccessful() else 1)

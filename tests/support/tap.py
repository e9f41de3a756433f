# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Runs a module's unittest cases and reports each in TAP, so that one test program counts as its cases."""

import re
import sys
import unittest


def _divide(text):
    """A traceback without what follows the first line of its error's message, and that."""
    lines = text.splitlines(keepends=True)
    errors = [number for number, line in enumerate(lines) if re.match(r"[\w.]+(Error|Exception|Gone|Ended)\b", line)]
    end = errors[-1] + 1 if errors else len(lines)
    return "".join(lines[:end]), "".join(lines[end:])


class TapResult(unittest.TestResult):
    def __init__(self):
        super().__init__()
        self.number = 0

    def report(self, test, ok, note="", text=""):
        self.number += 1
        print(f"{'ok' if ok else 'not ok'} {self.number} - {test.id().removeprefix('__main__.')}{note}", flush=True)
        if text:
            # Not as remarks: what runs the tests shows standard error of one that failed, and not what it understood;
            # and of a long one the end, so that the way to the failure stands there, and what was found at the top.
            way, found = _divide(text)
            print(f"{found}{test.id()}:\n{way}", file=sys.stderr, flush=True)

    def addSuccess(self, test):
        self.report(test, True)

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.report(test, False, text=self.failures[-1][1])

    def addError(self, test, err):
        super().addError(test, err)
        self.report(test, False, text=self.errors[-1][1])

    def addSkip(self, test, reason):
        self.report(test, True, note=f" # SKIP {reason}")

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            found = self.failures if issubclass(err[0], test.failureException) else self.errors
            self.report(subtest, False, text=found[-1][1])


def main():
    names = [name for name in sys.argv[1:] if not name.startswith("-")]
    loader = unittest.TestLoader()
    module = sys.modules["__main__"]
    suite = loader.loadTestsFromNames(names, module) if names else loader.loadTestsFromModule(module)
    result = TapResult()
    suite.run(result)
    print(f"1..{result.number}", flush=True)
    sys.exit(0 if result.wasSuccessful() else 1)

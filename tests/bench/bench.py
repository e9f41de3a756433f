# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""All benchmarks, or those that are named; build-aux/bench runs this. A benchmark that breaks is told and the next one
goes on; figures decide nothing."""

import os
import sys
import traceback

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), 'support')]
import punctual  # noqa: E402
import restart  # noqa: E402
import resting  # noqa: E402
import table  # noqa: E402
import tls  # noqa: E402
import uploads  # noqa: E402
import window  # noqa: E402

BENCHMARKS = {
    'upload': uploads.measure_upload,
    'digest': uploads.measure_digest,
    'memory': resting.measure_memory,
    'idle': resting.measure_idle,
    'lateness': punctual.measure_lateness,
    'restart': restart.measure_restart,
    'window': window.measure_window,
}


def cpu_name():
    with open('/proc/cpuinfo', encoding='utf-8') as file:
        return next((line.split(':')[1].strip() for line in file if line.startswith('model name')), 'unknown CPU')


def run(names):
    broken = 0
    for name in names:
        try:
            BENCHMARKS[name]()
        except Exception:  # noqa: BLE001
            broken += 1
            traceback.print_exc()
            print(f'{name}: broke off', file=sys.stderr, flush=True)
    return broken


def main(names):
    if names == ['--list']:
        print('\n'.join(BENCHMARKS))
        return 0
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f'build-aux/bench: there is no “{unknown[0]}”; there are {", ".join(BENCHMARKS)}')
    if not tls.state():
        print(f'{os.cpu_count()} × {cpu_name()}, load {" ".join(f"{load:.2f}" for load in os.getloadavg())}'
              f'{", a quick look only" if uploads.QUICK else ""}')
        table.head()
    broken = run(names or BENCHMARKS)
    return 1 if broken else 0


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the kernel knows about a process of ours: time, memory, wake-ups."""

import os
import re
import subprocess
import time


def cpu_s(pid):
    """CPU seconds of @pid so far, user and system, threads that have ended too; to the nanosecond."""
    # What clock_getcpuclockid(3) makes of a process.
    return time.clock_gettime(~pid << 3 | 2)


def user_s(pid):
    """The user share of cpu_s (), in ticks of 10 ms."""
    with open(f'/proc/{pid}/stat', encoding='ascii') as file:
        return int(file.read().rsplit(')', 1)[1].split()[11]) / os.sysconf('SC_CLK_TCK')


def _fields(path, pattern):
    with open(path, encoding='ascii', errors='replace') as file:
        return {name: int(value) for name, value in re.findall(pattern, file.read(), re.MULTILINE)}


def peak_mib(pid):
    """The most that was ever resident, shared pages of libraries included."""
    return _fields(f'/proc/{pid}/status', r'^(VmHWM):\s+(\d+)')['VmHWM'] / 1024


def idle_mib(pid):
    """(PSS, RSS, what is this process's alone). The first shares the libraries' pages out among all who have them
    mapped, so it falls where other programs of the same libraries run; it lies between the other two."""
    rollup = _fields(f'/proc/{pid}/smaps_rollup', r'^(Pss|Rss|Private_Clean|Private_Dirty):\s+(\d+)')
    return rollup['Pss'] / 1024, rollup['Rss'] / 1024, (rollup['Private_Clean'] + rollup['Private_Dirty']) / 1024


def _tasks(pid):
    for task in os.listdir(f'/proc/{pid}/task'):
        try:
            with open(f'/proc/{pid}/task/{task}/comm', encoding='utf-8') as file:
                yield task, file.read().strip()
        except OSError:
            continue


def wakeups(pid):
    """(task, name) → how often it has gone to sleep of its own will, which is how often it was woken."""
    return {(task, name): _fields(f'/proc/{pid}/task/{task}/status', r'^(voluntary_ctxt_switches):\s+(\d+)')
            ['voluntary_ctxt_switches'] for task, name in _tasks(pid)}


def thread_s(pid, name):
    """CPU seconds of the threads @name so far."""
    total = 0
    for task, comm in _tasks(pid):
        if comm == name:
            with open(f'/proc/{pid}/task/{task}/schedstat', encoding='ascii') as file:
                total += int(file.read().split()[0])
    return total / 1e9


class Finished:
    """A command that has ended: `cpu_s`, `user_s` of it, `wall_s`, `peak_mib`."""

    def __init__(self, command, **more):
        start = time.monotonic()
        child = subprocess.Popen(command, **more)
        self.peak_mib = 0
        # Not ru_maxrss: it begins with what this Python had when it forked.
        while os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
            try:
                with open(f'/proc/{child.pid}/comm', encoding='ascii') as file:
                    if file.read().strip() == os.path.basename(command[0]):
                        self.peak_mib = max(self.peak_mib, peak_mib(child.pid))
            except (OSError, KeyError):
                pass
            time.sleep(0.02)
        self.wall_s = time.monotonic() - start
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        self.user_s = usage.ru_utime
        self.cpu_s = usage.ru_utime + usage.ru_stime
        if child.returncode != 0:
            raise RuntimeError(f'{command[0]} ended with {child.returncode}')

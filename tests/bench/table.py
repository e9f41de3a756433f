# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The table that the benchmarks fill, a row at a time."""

from statistics import median

_FORMAT = '{:<52} {:>12}  {:<30} {:>7}  {}'


def head():
    print(_FORMAT.format('what', 'Peal', 'beside', 'ratio', 'budget'), flush=True)


def row(what, ours, unit, peer=None, peer_name='', budget='', digits=2):
    """@ours and @peer may be lists: the median is shown."""
    ours = _one(ours)
    peer = _one(peer)
    beside = f'{peer:,.{digits}f} {peer_name}' if peer is not None else peer_name or '–'
    ratio = f'{ours / peer:.2f}×' if peer else ''
    print(_FORMAT.format(what, f'{ours:,.{digits}f} {unit}', beside, ratio, budget), flush=True)


def note(text):
    print(f'  {text}', flush=True)


def _one(figure):
    return median(figure) if isinstance(figure, list) else figure

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Videos of an exact size: real ones, filled up with a box that every reader skips."""

import hashlib
import os
import struct

BLOCK = 1 << 20


def fill_up(path, size):
    """Brings the MP4 or MOV at @path to @size bytes with a `free` box of bytes that are not all the same."""
    missing = size - os.path.getsize(path)
    if missing < 16:
        raise ValueError(f"{path} is too large already for {size} bytes")
    with open(path, "ab") as file:
        file.write(struct.pack(">I4sQ", 1, b"free", missing))
        left, n = missing - 16, 0
        while left > 0:
            block = hashlib.sha256(str(n).encode()).digest() * (BLOCK // 32)
            file.write(block[:left])
            left -= len(block)
            n += 1
    assert os.path.getsize(path) == size
    return path


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

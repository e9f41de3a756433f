#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for the tree as a whole: layering, format, licences, valid data files."""

import os
import pathlib
import re
import subprocess
import sys
import unittest

SOURCE = pathlib.Path(os.environ["PEAL_SOURCE"])
sys.path.insert(0, str(SOURCE / "tests" / "support"))
import tap  # noqa: E402

# Of whose headers each folder may include which: our own folders, and system headers by their beginning.
OURS = {
    "core": set(),
    "tiktok": {"core"},
    "agent": {"core", "tiktok"},
    "client": {"core"},
    "ctl": {"client", "core"},
    "ui": {"client", "core"},
    "media": {"core"},
    "practice": set(),
}
FOREIGN = {
    "core": {"glib", "gio", "libdex"},
    "tiktok": {"glib", "gio", "libdex", "libsoup", "json-glib"},
    "agent": {"glib", "gio", "libdex", "sqlite3", "libsecret", "json-glib", "zlib"},
    "client": {"glib", "gio", "libdex"},
    "ctl": {"glib", "gio", "libdex", "json-glib"},
    "ui": {"glib", "gio", "libdex", "gtk", "adwaita", "gdk", "gsk", "graphene", "graphene-gobject", "pango"},
    "media": {"glib", "gio", "gst"},
    "practice": {"glib", "gio", "libsoup", "json-glib"},
}
LIBRARIES = {"glib", "gio", "gmodule", "gobject", "libdex", "libsoup", "json-glib", "sqlite3", "libsecret", "gst", "gtk",
             "adwaita", "gdk", "gdk-pixbuf", "gsk", "graphene", "graphene-gobject", "pango", "cairo", "zlib"}
# No text: pictures of the window, and of the tests.
PICTURES = {".png", ".jpg", ".webp"}
# The text of a secret is reached only where requests are built and where the keyring is written.
SECRET_READERS = {"src/tiktok/peal-request.c", "src/tiktok/peal-upload-sender.c", "src/core/peal-secret.c"}
MAX_LINES = 500


def tracked(*patterns):
    listing = subprocess.run(["git", "-C", SOURCE, "ls-files", "-z", "--cached", "--others", "--exclude-standard",
                              *patterns], check=True, capture_output=True)
    names = [name for name in listing.stdout.decode().split("\0") if name and (SOURCE / name).is_file()]
    if not names:
        raise AssertionError(f"no file matches {patterns}")
    return names


def includes(name):
    return re.findall(r'^\s*#\s*include\s+([<"])([^>"]+)[>"]', (SOURCE / name).read_text(), re.MULTILINE)


class House(unittest.TestCase):
    def test_layers(self):
        owner = {pathlib.Path(name).name: name.split("/")[1] for name in tracked("src/*.h")}
        wrong = []
        for name in tracked("src/*.c", "src/*.h"):
            folder = name.split("/")[1]
            for bracket, header in includes(name):
                library = re.split(r"[/.]", header)[0]
                if bracket == '"' and header in owner and owner[header] not in OURS[folder] | {folder}:
                    wrong.append(f"{name} includes {header} of {owner[header]}")
                if bracket == "<" and library in LIBRARIES and library not in FOREIGN[folder]:
                    wrong.append(f"{name} includes {header}")
        self.assertEqual(wrong, [])

    def test_secrets_are_read_in_few_places(self):
        readers = {name for name in tracked("src/*.c", "src/*.h")
                   if any(header == "peal-secret-access.h" for _, header in includes(name))}
        keyring = {name for name in readers if name.startswith("src/agent/peal-keyring")}
        self.assertLessEqual(len(keyring), 1)
        self.assertEqual(readers - keyring - SECRET_READERS, set())

    def test_format(self):
        files = tracked("src/*.c", "src/*.h", "tests/*.c", "tests/*.h")
        result = subprocess.run(["clang-format", "--dry-run", "-Werror", *files], cwd=SOURCE, capture_output=True,
                                text=True, check=False)
        self.assertEqual(result.stderr, "")

    def test_licences(self):
        files = tracked("src/*.c", "src/*.h", "src/*.sql", "tests/*.c", "tests/*.h", "tests/*.py", "build-aux/*")
        missing = [name for name in files if not name.endswith(".list")
                   and "SPDX-License-Identifier: GPL-3.0-or-later" not in (SOURCE / name).read_text()[:400]]
        self.assertEqual(missing, [])

    def test_files_are_not_too_long(self):
        long = [name for name in tracked("src/*.c", "src/*.h")
                if len((SOURCE / name).read_text().splitlines()) > MAX_LINES]
        self.assertEqual(long, [])

    def test_nothing_is_left_for_later(self):
        words = re.compile(r"\b(TODO|FIXME|XXX|HACK|not implemented|for now)\b")
        left = [f"{name}: {match.group()}" for name in tracked("src/*", "data/*")
                if pathlib.Path(name).suffix not in PICTURES
                for match in [words.search((SOURCE / name).read_text())] if match]
        self.assertEqual(left, [])

    def test_xml(self):
        files = tracked("*.xml", "*.xml.in", "*.svg")
        result = subprocess.run(["xmllint", "--noout", "--nonet", *files], cwd=SOURCE, capture_output=True, text=True,
                                check=False)
        self.assertEqual(result.stderr, "")

    def test_man_pages(self):
        files = [name for name in tracked("data/man/*") if name[-1].isdigit()]
        result = subprocess.run(["mandoc", "-T", "lint", "-W", "warning", *files], cwd=SOURCE, capture_output=True,
                                text=True, check=False)
        self.assertEqual(result.stdout + result.stderr, "")

    def test_no_large_files(self):
        large = [name for name in tracked() if (SOURCE / name).stat().st_size > 300_000]
        self.assertEqual(large, [])


if __name__ == "__main__":
    tap.main()

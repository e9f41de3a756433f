#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for the window's templates, styles and icons as text, without a display."""

import ctypes.util
import os
import pathlib
import re
import subprocess
import sys
import unittest
import xml.etree.ElementTree as ET

SOURCE = pathlib.Path(os.environ["PEAL_SOURCE"])
UI = SOURCE / "src" / "ui"
sys.path.insert(0, str(SOURCE / "tests" / "support"))
import tap  # noqa: E402


def run(*command):
    return subprocess.run(command, cwd=SOURCE, capture_output=True, text=True, check=False)


def blueprints():
    files = sorted(UI.glob("*.blp"))
    if not files:
        raise AssertionError("src/ui has no templates")
    return files


def icons_of_libraries():
    names = set()
    for library in ("gtk-4", "adwaita-1"):
        listing = run("gresource", "list", library_path(library))
        names |= {pathlib.PurePath(path).stem for path in listing.stdout.split() if path.endswith((".svg", ".png"))}
    return {name.removesuffix(".symbolic") for name in names}


def library_path(name):
    folder = pathlib.Path(run("pkg-config", "--variable=libdir", "gtk4").stdout.strip())
    return str(folder / ctypes.util.find_library(name))


def icons_of_themes():
    folders = [pathlib.Path("/usr/share/icons/Adwaita"), SOURCE / "data" / "icons"]
    return {file.stem for folder in folders for file in folder.rglob("*.svg")}


class Blueprints(unittest.TestCase):
    def test_format(self):
        result = run("blueprint-compiler", "format", "--no-diff", *map(str, blueprints()))
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_licences(self):
        files = [*blueprints(), *UI.glob("*.css")]
        missing = [file.name for file in files
                   if "SPDX-License-Identifier: GPL-3.0-or-later" not in file.read_text()[:400]]
        self.assertEqual(missing, [])

    def test_not_too_long(self):
        self.assertEqual([file.name for file in blueprints() if len(file.read_text().splitlines()) > 500], [])

    def test_each_has_its_code(self):
        alone = [file.name for file in blueprints() if not file.with_suffix(".c").exists()]
        self.assertEqual(alone, [])

    def test_each_is_in_the_program(self):
        resources = "".join(file.read_text() for file in UI.glob("*.gresource.xml"))
        missing = [file.stem for file in blueprints() if f"{file.stem}.ui" not in resources]
        self.assertEqual(missing, [])

    def test_start_and_end_rather_than_left_and_right(self):
        """Text from right to left mirrors the window."""
        wrong = re.compile(r"\b(margin-left|margin-right|pack-left|justify: (?:left|right)|xalign: [01](?:\.0)?;)")
        found = [f"{file.name}: {match}" for file in blueprints() for match in wrong.findall(file.read_text())
                 if not match.startswith("xalign")]
        self.assertEqual(found, [])

    def test_buttons_of_icons_alone_say_what_they_do(self):
        """A tooltip for those who see, which is the name for those who do not."""
        opening = re.compile(r"\b(?:Gtk\.)?(?:Menu|Toggle)?Button(?:\s+\w+)?\s*\{")
        silent = []
        for file in blueprints():
            text = file.read_text()
            for match in opening.finditer(text):
                own = own_properties(text, match.end())
                if "icon-name:" in own and "label:" not in own and "tooltip-text:" not in own:
                    silent.append(f"{file.name}:{text.count(chr(10), 0, match.start()) + 1}")
        self.assertEqual(silent, [])

    def test_actions_get_what_they_take(self):
        """A button of an action that takes something complains until it has it, even if code gives it in a moment."""
        taking = re.findall(r'gtk_widget_class_install_action \(\w+, "([^"]+)", "', "".join(
            file.read_text() for file in UI.glob("*.c")))
        self.assertIn("win.connect", taking)
        bare = []
        for file in blueprints():
            text = file.read_text()
            for match in re.finditer(r'action-name: "([^"]+)";', text):
                beside = text[text.rfind("{", 0, match.start()):text.find("}", match.end())]
                if match.group(1) in taking and "action-target:" not in beside:
                    bare.append(f"{file.name}: {match.group(1)}")
        self.assertEqual(bare, [])


def own_properties(text, start):
    """What stands between the brace before @start and its pair, without what lies in deeper braces but accessibility."""
    depth, position, own = 1, start, []
    while depth > 0 and position < len(text):
        character = text[position]
        depth += (character == "{") - (character == "}")
        if depth == 1 and character not in "{}":
            own.append(character)
        position += 1
    return "".join(own)


class Looks(unittest.TestCase):
    def test_only_colours_of_the_theme(self):
        """Own colours would be wrong in dark and in high contrast."""
        styles = {file.name: re.sub(r"/\*.*?\*/", "", file.read_text(), flags=re.DOTALL) for file in UI.glob("*.css")}
        self.assertNotEqual(styles, {})
        wrong = [f"{name}: {match}" for name, text in styles.items()
                 for match in re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{]*;)|\brgba?\(\s*\d[^)]*\)", text)]
        self.assertEqual(wrong, [])

    def test_icons_exist(self):
        there = icons_of_libraries() | icons_of_themes()
        self.assertGreater(len(there), 300)
        wrong = []
        for file in [*blueprints(), *UI.glob("*.c")]:
            text = file.read_text()
            names = re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)*-symbolic)"', text)
            if file.suffix == ".blp":
                names += re.findall(r'icon(?:-name)?:\s*"([^"]+)"', text)
            wrong += [f"{file.name}: {name}" for name in sorted(set(names) - there)]
        self.assertEqual(wrong, [])

    def test_foreign_text_is_no_markup(self):
        """Names and captions come from the network: only the consent, a text of our own with links, is markup."""
        call = re.compile(r"\b(?:gtk_label_set_markup\w*|pango_parse_markup) \([^;]*;")
        wrong = [f"{file.name}: {match}" for file in UI.glob("*.c") for match in call.findall(file.read_text())
                 if "peal_compose_consent_markup (" not in match]
        self.assertEqual(wrong, [])


class Program(unittest.TestCase):
    def test_carries_peals_icons(self):
        """The window's icon is there wherever the program lies."""
        binary = pathlib.Path(os.environ["PEAL_BIN"]) / "peal"
        listing = run("gresource", "list", str(binary)).stdout.split()
        resources = ET.parse(SOURCE / "data" / "peal-icons.gresource.xml").getroot()
        prefix = resources.find("gresource").get("prefix")
        self.assertLessEqual({f"{prefix}/{node.get('alias')}" for node in resources.iter("file")}, set(listing))


if __name__ == "__main__":
    tap.main()

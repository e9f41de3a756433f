#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the desktop and the software centres read of Peal: desktop entries, metainfo, settings, services, icons."""

import configparser
import datetime
import os
import pathlib
import re
import struct
import subprocess
import sys
import unittest
import xml.etree.ElementTree as ET

SOURCE = pathlib.Path(os.environ["PEAL_SOURCE"])
SHARE = pathlib.Path(os.environ["PEAL_BIN"]).parent / "share"
sys.path.insert(0, str(SOURCE / "tests" / "support"))
import tap  # noqa: E402

APP_ID = "io.github.pealapp.Peal"
DATA = SOURCE / "data"
ICONS = DATA / "icons" / "hicolor"
SVG = "{http://www.w3.org/2000/svg}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def run(*command):
    return subprocess.run(command, cwd=SOURCE, capture_output=True, text=True, check=False)


def version():
    return re.search(r"^\s*version: '([^']+)'", (SOURCE / "meson.build").read_text(), re.MULTILINE).group(1)


def desktop_file(name):
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    parser.optionxform = str
    parser.read(SHARE / "applications" / f"{name}.desktop", encoding="utf-8")
    return parser


def pixels(name, size):
    """The icon at size × size, as rows of (red, green, blue, alpha)."""
    drawn = subprocess.run(["rsvg-convert", "-w", str(size), "-h", str(size), name], check=True, capture_output=True)
    raw = subprocess.run(["ffmpeg", "-v", "error", "-f", "png_pipe", "-i", "-", "-f", "rawvideo", "-pix_fmt", "rgba", "-"],
                         input=drawn.stdout, check=True, capture_output=True).stdout
    flat = [tuple(raw[i:i + 4]) for i in range(0, len(raw), 4)]
    return [flat[row * size:(row + 1) * size] for row in range(size)]


class Desktop(unittest.TestCase):
    def test_valid(self):
        files = sorted(SHARE.glob("applications/*.desktop"))
        self.assertEqual([file.name for file in files], [f"{APP_ID}.Practice.desktop", f"{APP_ID}.desktop"])
        result = run("desktop-file-validate", *files)
        self.assertEqual(result.stdout + result.stderr, "")

    def test_entry(self):
        entry = desktop_file(APP_ID)["Desktop Entry"]
        self.assertEqual(entry["Icon"], APP_ID)
        self.assertEqual(entry["DBusActivatable"], "true")
        self.assertEqual(entry["MimeType"], "video/mp4;video/webm;video/quicktime;")
        self.assertEqual(entry["Exec"], "peal %F")
        self.assertNotIn("NoDisplay", entry)
        self.assertNotIn("Hidden", entry)

    def test_practice_is_a_window_only(self):
        entry = desktop_file(f"{APP_ID}.Practice")["Desktop Entry"]
        self.assertEqual(entry["NoDisplay"], "true")
        self.assertTrue(entry["Exec"].startswith("peal --practice"))
        self.assertNotIn("MimeType", entry)

    def test_actions(self):
        parser = desktop_file(APP_ID)
        named = [name for name in parser["Desktop Entry"]["Actions"].split(";") if name]
        self.assertEqual([f"Desktop Action {name}" for name in named], parser.sections()[1:])

    def test_actions_are_the_programs(self):
        """The desktop calls them by name on the bus."""
        code = (SOURCE / "src" / "ui" / "peal-application.c").read_text()
        for name in filter(None, desktop_file(APP_ID)["Desktop Entry"]["Actions"].split(";")):
            self.assertIn(f'.name = "{name}"', code)

    def test_translated(self):
        for name in (APP_ID, f"{APP_ID}.Practice"):
            self.assertIn("Comment[de]", desktop_file(name)["Desktop Entry"])


class Services(unittest.TestCase):
    def test_names_and_programs(self):
        files = sorted(SHARE.glob("dbus-1/services/*.service"))
        self.assertIn(f"{APP_ID}.service", [file.name for file in files])
        for file in files:
            parser = configparser.ConfigParser(interpolation=None)
            parser.read(file)
            service = parser["D-BUS Service"]
            with self.subTest(file.name):
                self.assertEqual(service["Name"] + ".service", file.name)
                self.assertTrue(os.access(service["Exec"].split()[0], os.X_OK), service["Exec"])
                self.assertIn("--gapplication-service", service["Exec"].split())


class Manual(unittest.TestCase):
    def test_options(self):
        """The manual of the window names each of its options, and no other."""
        help_text = run(os.environ["PEAL_BIN"] + "/peal", "--help").stdout
        offered = set(re.findall(r"^  (?:-\w, )?--([a-z-]+)", help_text, re.MULTILINE))
        self.assertIn("practice", offered)
        manual = set(re.findall(r"^\.It Fl Fl ([a-z-]+)$", (DATA / "man" / "peal.1").read_text(), re.MULTILINE))
        usual = {"help", "help-all", "help-gapplication", "help-gtk"}
        self.assertEqual(manual, offered - usual)


class Settings(unittest.TestCase):
    def setUp(self):
        self.keys = ET.parse(DATA / f"{APP_ID}.gschema.xml").findall("./schema/key")

    def test_valid(self):
        result = run("glib-compile-schemas", "--strict", "--dry-run", str(DATA))
        self.assertEqual(result.stdout + result.stderr, "")
        self.assertEqual(result.returncode, 0)

    def test_described(self):
        self.assertGreater(len(self.keys), 0)
        for key in self.keys:
            with self.subTest(key.get("name")):
                self.assertRegex(key.findtext("summary"), r"^[A-Z].*[^.]$")
                self.assertRegex(key.findtext("description"), r"^[A-Z].*\.$")

    def test_none_is_dead(self):
        code = "".join(path.read_text() for path in (SOURCE / "src" / "ui").glob("*.[cb]*"))
        self.assertEqual([key.get("name") for key in self.keys if f'"{key.get("name")}"' not in code], [])


class Metainfo(unittest.TestCase):
    """Flathub's rules, whose own checker cannot be had here."""

    def setUp(self):
        self.file = SHARE / "metainfo" / f"{APP_ID}.metainfo.xml"
        self.root = ET.parse(self.file).getroot()

    def text(self, path):
        return self.root.findtext(path)

    def test_valid(self):
        result = run("appstreamcli", "validate", "--no-net", "--strict", "--explain", str(self.file))
        self.assertEqual(result.returncode, 0, result.stdout + result.stderr)

    def test_id(self):
        self.assertEqual(self.text("id"), APP_ID)
        self.assertGreaterEqual(len(APP_ID.split(".")), 4)
        self.assertNotIn(APP_ID.rsplit(".", 1)[1].lower(), {"app", "desktop", "linux"})
        self.assertEqual(self.text("launchable[@type='desktop-id']"), f"{APP_ID}.desktop")

    def test_name(self):
        name = self.text("name")
        self.assertLessEqual(len(name), 15)
        self.assertRegex(name, r"^[A-Z][a-z]+( [A-Z][a-z]+)*$")

    def test_summary(self):
        summary = self.text("summary")
        self.assertTrue(10 <= len(summary) <= 35, summary)
        self.assertRegex(summary, r"^[A-Z][^A-Z]*[^.]$")
        self.assertNotRegex(summary.lower(), r"^(a|an|the) |\b(app|application|tool|client|gtk|gnome|adwaita)\b")

    def test_trademark(self):
        for text in (self.text("name"), self.text("summary"), self.text("id"), self.text("developer/name")):
            self.assertNotIn("tiktok", text.lower())
        self.assertIn("not affiliated with TikTok", " ".join(self.root.find("description").itertext()))

    def test_description(self):
        description = self.root.find("description")
        paragraphs = [" ".join(p.text.split()) for p in description.findall("p") if p.get(XML_LANG) is None]
        items = [item for item in description.findall("ul/li") if item.get(XML_LANG) is None]
        self.assertTrue(all(80 <= len(text) <= 500 for text in paragraphs), paragraphs)
        self.assertTrue(2 <= len(items) <= 10)

    def test_licences_and_people(self):
        self.assertEqual(self.text("metadata_license"), "CC0-1.0")
        self.assertEqual(self.text("project_license"), "GPL-3.0-or-later")
        self.assertEqual(self.root.find("developer").get("id"), "io.github.pealapp")
        self.assertTrue(self.text("developer/name"))

    def test_urls(self):
        urls = {url.get("type"): url.text for url in self.root.findall("url")}
        self.assertLessEqual({"homepage", "bugtracker", "vcs-browser", "help", "contribute"}, set(urls))
        self.assertTrue(all(url.startswith("https://") for url in urls.values()), urls)

    def test_one_main_category(self):
        main = {"AudioVideo", "Development", "Education", "Game", "Graphics", "Network", "Office", "Science", "Settings",
                "System", "Utility"}
        names = [category.text for category in self.root.findall("categories/category")]
        self.assertEqual(len(main & set(names)), 1)
        desktop = [name for name in desktop_file(APP_ID)["Desktop Entry"]["Categories"].split(";") if name]
        self.assertEqual(names, desktop)

    def test_branding(self):
        colours = {colour.get("scheme_preference"): colour.text for colour in self.root.findall("branding/color")}
        self.assertEqual(set(colours), {"light", "dark"})
        self.assertNotEqual(colours["light"], colours["dark"])
        for colour in colours.values():
            channels = [int(colour[i:i + 2], 16) for i in (1, 3, 5)]
            self.assertGreater(max(channels) - min(channels), 30, f"{colour} is grey")

    def test_devices(self):
        length = self.root.find("requires/display_length")
        self.assertEqual((length.get("compare"), length.text), ("ge", "360"))
        self.assertEqual({control.text for control in self.root.findall("supports/control")},
                         {"keyboard", "pointing", "touch"})
        self.assertIn(self.root.findtext("recommends/internet"), {"always", "first-run"})
        self.assertIsNotNone(self.root.find("content_rating[@type='oars-1.1']"))
        self.assertEqual(self.text("translation[@type='gettext']"), "peal")

    def test_media_types_are_those_of_the_desktop_entry(self):
        mine = [kind.text for kind in self.root.findall("provides/mediatype")]
        self.assertEqual(";".join(mine) + ";", desktop_file(APP_ID)["Desktop Entry"]["MimeType"])

    def test_releases(self):
        releases = self.root.findall("releases/release")
        self.assertEqual(releases[0].get("version"), version())
        self.assertNotIn(releases[0].get("type"), {"development", "snapshot"})
        dates = [datetime.date.fromisoformat(release.get("date")) for release in releases]
        self.assertEqual(dates, sorted(dates, reverse=True))
        self.assertLessEqual(dates[0], datetime.date.today())
        for release in releases:
            text = " ".join(release.find("description").itertext()).lower()
            self.assertGreater(len(text), 40)
            self.assertNotIn("bug fixes", text)

    def test_screenshots(self):
        shots = self.root.findall("screenshots/screenshot")
        self.assertTrue(3 <= len(shots) <= 6)
        self.assertEqual([shot.get("type") for shot in shots], ["default"] + [None] * (len(shots) - 1))
        folder = f"https://raw.githubusercontent.com/pealapp/peal/v{version()}/data/screenshots/"
        for shot in shots:
            image = shot.find("image")
            self.assertTrue(image.text.startswith(folder) and image.text.endswith(".png"), image.text)
            self.assertLessEqual(int(image.get("width")), 1000)
            self.assertLessEqual(int(image.get("height")), 700)
            caption = shot.findtext("caption")
            self.assertRegex(caption, r"^[A-Z][^.]*[^.]$")
            self.assertLessEqual(len(caption), 100)

    def test_pictures(self):
        pictures = {pathlib.Path(image.text).name: (int(image.get("width")), int(image.get("height")))
                    for image in self.root.findall("screenshots/screenshot/image")}
        files = {file.name: struct.unpack(">II", file.read_bytes()[16:24])
                 for file in (DATA / "screenshots").glob("*.png")}
        if not files:
            self.skipTest("the pictures are not taken yet")
        self.assertEqual(pictures, files)

    def test_translated(self):
        self.assertIn("de", {summary.get(XML_LANG) for summary in self.root.findall("summary")})


class Icons(unittest.TestCase):
    def files(self):
        """The desktop's, and those that only the program has."""
        return sorted([*ICONS.rglob("*.*"), *(DATA / "icons" / "own").iterdir()])

    def test_the_desktop_gets_these(self):
        self.assertEqual([str(file.relative_to(ICONS)) for file in sorted(ICONS.rglob("*.*"))],
                         [f"scalable/apps/{APP_ID}.Practice.svg", f"scalable/apps/{APP_ID}.svg",
                          f"symbolic/apps/{APP_ID}-symbolic.svg"])

    def test_drawn_as_vectors_only(self):
        shapes = {"svg", "defs", "g", "path", "rect", "circle", "linearGradient", "stop"}
        for file in self.files():
            tree = ET.parse(file).getroot()
            with self.subTest(file.name):
                self.assertEqual({node.tag.removeprefix(SVG) for node in tree.iter()} - shapes, set())
                self.assertNotIn("href", file.read_text())
                self.assertLess(file.stat().st_size, 8000)

    def test_sizes(self):
        for file in self.files():
            root = ET.parse(file).getroot()
            side = "16" if file.stem.endswith("-symbolic") else "128"
            with self.subTest(file.name):
                self.assertEqual((root.get("width"), root.get("height"), root.get("viewBox")),
                                 (side, side, f"0 0 {side} {side}"))

    def test_not_the_colours_of_tiktok(self):
        for file in self.files():
            self.assertNotRegex(file.read_text().lower(), "25f4ee|fe2c55|69c9d0|ee1d52")

    def test_symbolic_has_one_colour(self):
        for file in self.files():
            if file.stem.endswith("-symbolic"):
                colours = re.findall(r'(?:fill|stroke)="([^"]+)"', file.read_text())
                self.assertEqual(set(colours), {"#222222"}, file.name)

    def test_drawings_stand_free_and_fill_their_place(self):
        for file in self.files():
            rows = pixels(file, 64)
            filled = sum(pixel[3] > 127 for row in rows for pixel in row) / 64 ** 2
            with self.subTest(file.name):
                self.assertTrue(all(rows[y][x][3] == 0 for y in (0, -1) for x in (0, -1)), "a corner is painted")
                self.assertTrue(0.25 < filled < 0.85, f"{filled:.0%} is painted")

    def test_edge_is_seen_on_dark_ground(self):
        """The outermost painted pixel of most rows is well lighter than the dark theme's window."""
        for file in sorted((ICONS / "scalable" / "apps").iterdir()):
            edges = [next((pixel for pixel in row if pixel[3] > 250), None) for row in pixels(file, 128)]
            light = [(2 * red + 5 * green + blue) / 8 for red, green, blue, _ in filter(None, edges)]
            with self.subTest(file.name):
                self.assertGreater(sorted(light)[len(light) // 2], 70)

    def test_the_program_carries_them(self):
        carried = ET.parse(DATA / "peal-icons.gresource.xml").getroot().findall("gresource/file")
        self.assertEqual(sorted(DATA / node.text for node in carried), self.files())
        for node in carried:
            self.assertEqual(pathlib.Path(node.get("alias")).name, pathlib.Path(node.text).name)


if __name__ == "__main__":
    tap.main()

#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Every text for people reaches the translators, and every translation reaches people."""

import ast
import collections
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

SOURCE = pathlib.Path(os.environ["PEAL_SOURCE"])
BIN = pathlib.Path(os.environ["PEAL_BIN"])
PO = SOURCE / "po"
sys.path.insert(0, str(SOURCE / "tests" / "support"))
import tap  # noqa: E402

# Meson's preset "glib" for xgettext, as far as Peal uses it.
KEYWORDS = ["--keyword=_", "--keyword=N_", "--keyword=C_:1c,2", "--keyword=NC_:1c,2", "--keyword=g_dngettext:2,3",
            "--keyword=g_dpgettext2:2c,3"]
MAY_HOLD_TEXTS = ["src/*.c", "src/*.h", "src/*.blp", "data/*.desktop.in", "data/*.metainfo.xml.in", "data/*.gschema.xml"]
PLACEHOLDER = re.compile(r"%(?:\d+\$)?[-+ #0'I]*\d*(?:\.\d+)?(?:hh|h|ll|l|z|j|t|q)?[a-zA-Z]|%%")
ABBREVIATION = re.compile(r"\b(Tsd|Mio|Mrd|Bio|Std|Min|Sek)\.$")
NAMES = {"Peal", "TikTok"}
# TikTok wants these sentences to stand as its guidelines have them.
PRESCRIBED = ("By posting, you agree", "Your photo/video will be labeled")
Message = collections.namedtuple("Message", "id plural context texts flags places")


def run(*command, **options):
    return subprocess.run(command, cwd=SOURCE, capture_output=True, text=True, check=False, **options)


def tracked(*patterns):
    listing = run("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *patterns)
    return [name for name in listing.stdout.split("\0") if name and (SOURCE / name).is_file()]


def listed(name):
    return [line for line in (PO / name).read_text().splitlines() if line and not line.startswith("#")]


def extract(names):
    result = run("xgettext", "--from-code=UTF-8", "--output=-", "--add-comments", *KEYWORDS, *names)
    if result.returncode != 0:
        raise AssertionError(result.stderr)
    return result.stdout


def messages(text):
    """What a .po file holds, but its head and what is out of use."""
    found = []
    for block in re.split(r"\n\s*\n", text):
        fields, flags, places, key = collections.defaultdict(str), set(), [], None
        for line in block.splitlines():
            start = re.match(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?) (".*")$', line)
            if line.startswith("#,"):
                flags |= {flag.strip() for flag in line[2:].split(",")}
            elif line.startswith("#:"):
                places += re.findall(r"(\S+?):\d+", line)
            elif start:
                key = start.group(1)
                fields[key] = ast.literal_eval(start.group(2))
            elif line.startswith('"') and key:
                fields[key] += ast.literal_eval(line)
        if fields["msgid"]:
            texts = [value for name, value in sorted(fields.items()) if name.startswith("msgstr")]
            found.append(Message(fields["msgid"], fields["msgid_plural"], fields["msgctxt"], texts, flags, places))
    return found


class Sources(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.template = extract(tracked(*MAY_HOLD_TEXTS))
        cls.messages = messages(cls.template)

    def test_potfiles(self):
        holding = {place for message in self.messages for place in message.places}
        self.assertEqual(listed("POTFILES.in"), sorted(holding))

    def test_every_file_in_every_language(self):
        self.assertEqual(sorted(listed("LINGUAS")), sorted(file.stem for file in PO.glob("*.po")))

    def test_typography(self):
        """Quotes are “…” and ’, the ellipsis is …; a command line within a text may be what it is."""
        wrong = [message.id for message in self.messages
                 if re.search(r"""\w'\w|\.\.\.|(?<!=)"[^"]*"|\s'|`""", message.id + message.plural)
                 and not re.search(r"\b(pealctl|peal-agent) ", message.id) and not message.id.startswith(PRESCRIBED)]
        self.assertEqual(wrong, [])

    def test_texts_are_read_whole(self):
        """A macro such as G_GINT64_FORMAT ends a text for xgettext; PRId64 does not."""
        self.assertEqual([message.id for message in self.messages if re.search(r"(?<!%)%$", message.id)], [])

    def test_counts_have_plurals(self):
        single = re.compile(r"%u \w|%d \w|\(s\)")
        wrong = [message.id for message in self.messages if single.search(message.id) and not message.plural
                 and not any(place.startswith("src/ctl/") for place in message.places)]
        self.assertEqual(wrong, [])

    def test_more_than_one_placeholder_is_explained(self):
        """A translator cannot see what a second %s stands for."""
        wrong = []
        for block in self.template.split("\n\n"):
            explained = re.search("^#[.]", block, re.MULTILINE)
            wrong += [message.id for message in messages(block) if not explained
                      and len(re.findall(r"%(?:\d\$)?[sdu]", message.id)) > 1
                      and any(place.startswith("src/ui/") for place in message.places)]
        self.assertEqual(wrong, [])

    def test_blueprints_use_what_is_extracted(self):
        """xgettext reads Blueprint as C, which knows no texts in single quotes."""
        wrong = [name for name in tracked("src/*.blp") if re.search(r"\bC?_\('", (SOURCE / name).read_text())]
        self.assertEqual(wrong, [])

    def test_blueprints_leave_no_text_untranslated(self):
        text = re.compile(r'^\s*(?:label|title|subtitle|description|tooltip-text|placeholder-text|button-label|heading|body|'
                          r'text|secondary)\s*:\s*"([^"]*[A-Za-z]{2}[^"]*)"', re.MULTILINE)
        wrong = [f"{name}: {match}" for name in tracked("src/*.blp")
                 for match in text.findall((SOURCE / name).read_text()) if match not in NAMES]
        self.assertEqual(wrong, [])


class Languages(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        with tempfile.TemporaryDirectory() as folder:
            template = pathlib.Path(folder) / "peal.pot"
            template.write_text(extract(listed("POTFILES.in")))
            cls.languages = {file.stem: messages(run("msgmerge", "--quiet", "--no-fuzzy-matching", "--output-file=-",
                                                     str(file), str(template)).stdout)
                             for file in PO.glob("*.po")}

    def each(self):
        for language, found in self.languages.items():
            self.assertGreater(len(found), 100)
            for message in found:
                for text in filter(None, message.texts):
                    yield language, message, text

    def test_sound(self):
        for file in PO.glob("*.po"):
            result = run("msgfmt", "--check", "--check-format", "--output-file=/dev/null", str(file))
            self.assertEqual(result.stdout + result.stderr, "")

    def test_complete(self):
        for language, found in self.languages.items():
            missing = [message.id for message in found if not all(message.texts) or "fuzzy" in message.flags]
            self.assertEqual(missing, [], f"{language}.po")

    def test_nothing_is_out_of_use(self):
        for file in PO.glob("*.po"):
            self.assertNotIn("\n#~", file.read_text())

    def test_placeholders(self):
        def marks(text):
            return sorted(re.sub(r"\d+\$", "", mark) for mark in PLACEHOLDER.findall(text))

        wrong = [text for _, message, text in self.each()
                 if "no-c-format" not in message.flags and "c-format" in message.flags
                 and marks(text) not in (marks(message.id), marks(message.plural))]
        self.assertEqual(wrong, [])

    def test_same_shape(self):
        """Ends with the same punctuation and space, and has a mnemonic where the original has one."""
        def shape(text, is_label):
            end = text[-1] if text[-1] in ".:…?!\n ;" and not ABBREVIATION.search(text) else ""
            return end, text[0] == " ", len(re.findall(r"_(?=\w)", text)) if is_label else 0

        wrong = []
        for language, message, text in self.each():
            is_label = any(place.endswith(".blp") for place in message.places)
            if shape(text, is_label) != shape(message.id, is_label):
                wrong.append(f"{language}: {message.id} → {text}")
        self.assertEqual(wrong, [])


class German(unittest.TestCase):
    def setUp(self):
        self.texts = [re.sub(r'="[^"]*"', "", text)
                      for message in messages((PO / "de.po").read_text()) for text in message.texts]

    def test_quotes(self):
        self.assertEqual([text for text in self.texts if re.search(r"”|(?:^|\s)“|\w'\w|\"", text)], [])
        self.assertEqual([text for text in self.texts if text.count("„") != text.count("“")], [])

    def test_speaks_to_you_as_gnome_does(self):
        self.assertEqual([text for text in self.texts
                          if re.search(r"\b([Dd]u|[Dd]ein(e[nmrs]?)?|[Dd]ir|[Dd]ich|[Ee]uch|[Ee]uer)\b", text)], [])


class Reaching(unittest.TestCase):
    """The built programs find what was installed beside them."""

    @classmethod
    def setUpClass(cls):
        cls.folder = tempfile.TemporaryDirectory()
        subprocess.run(["localedef", "--no-archive", "-i", "de_DE", "-f", "UTF-8", f"{cls.folder.name}/de_DE.UTF-8"],
                       check=True, capture_output=True)

    @classmethod
    def tearDownClass(cls):
        cls.folder.cleanup()

    def speak(self, *command, **more):
        env = {"PATH": "/usr/bin:/bin", "HOME": self.folder.name, "LOCPATH": self.folder.name, "LC_ALL": "de_DE.UTF-8"}
        return run(*command, env=env | more)

    def test_catalogue_is_installed(self):
        self.assertTrue((BIN.parent / "share" / "locale" / "de" / "LC_MESSAGES" / "peal.mo").is_file())

    def test_pealctl(self):
        result = self.speak(str(BIN / "pealctl"), "help")
        self.assertIn("Aufruf:", result.stdout)
        self.assertNotIn("Usage:", result.stdout)

    def test_sentences_of_errors(self):
        result = self.speak(str(BIN / "pealctl"), "status", DBUS_SESSION_BUS_ADDRESS="unix:path=/nonexistent")
        self.assertEqual(result.returncode, 4)
        self.assertIn("Peals Agent", result.stderr)

    def test_english_stays_english(self):
        result = self.speak(str(BIN / "pealctl"), "help", LC_ALL="C.UTF-8")
        self.assertNotIn("Aufruf:", result.stdout)


if __name__ == "__main__":
    tap.main()

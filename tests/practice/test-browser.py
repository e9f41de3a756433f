# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages as a person meets them: in real Chromium, with clicks."""

import json
import unittest

import chromium
import common
from practice import LOOPBACK_REDIRECT

VIDEO = common.make_mp4()
PUBLIC = 'PUBLIC_TO_EVERYONE'

# The lowest contrast (WCAG) of any text of the page to what lies behind it.
CONTRAST = '''(() => {
  const parse = (text) => (text.match(/[0-9.]+/g) ?? []).map(Number);
  const light = (c) => c.slice(0, 3).map((v) => v / 255).map((v) => v <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [.2126, .7152, .0722][i], 0);
  const behind = (node) => {
    for (; node; node = node.parentElement) {
      const color = parse(getComputedStyle(node).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  let lowest = 21;
  for (const node of document.querySelectorAll('body *')) {
    if (![...node.childNodes].some((child) => child.nodeType === 3 && child.data.trim())) continue;
    const [a, b] = [light(parse(getComputedStyle(node).color)), light(behind(node))].sort((x, y) => y - x);
    lowest = Math.min(lowest, (a + .05) / (b + .05));
  }
  return lowest;
})()'''
OVERFLOW = 'document.documentElement.scrollWidth - document.documentElement.clientWidth'
SMALL_TARGETS = '''[...document.querySelectorAll('button, select, input[type=text], fieldset label')]
  .filter((node) => node.getBoundingClientRect().height < 44).length'''
UNNAMED = '''[...document.querySelectorAll('select, input:not([type=hidden])')].filter((node) => !node.labels.length).length
  + [...document.querySelectorAll('a')].filter((a) => !a.textContent.trim() && !a.querySelector('img')?.alt).length'''
BROKEN_PICTURES = '''[...document.images].filter((image) => image.loading !== 'lazy' && !image.naturalWidth).length'''


@unittest.skipUnless(chromium.find(), 'Chromium is missing')
class Browser(common.Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.browser = chromium.Chromium()
        cls.addClassCleanup(cls.browser.close)

    def setUp(self):
        super().setUp()
        self.practice.settings(rate_limits=False)
        self.browser.complaints.clear()

    def tearDown(self):
        self.assertEqual(self.browser.complaints, [], 'the browser has nothing to complain about')

    def open(self, path, width=1000, dark=False):
        self.browser.look(width, dark)
        self.browser.open(path if '://' in path else self.practice.base + path)

    def text(self, selector='body'):
        return self.browser.run(f'document.querySelector({json.dumps(selector)}).innerText')

    def test_looks(self):
        """Every page, narrow and wide, light and dark: readable, reachable, nothing sticks out."""
        token = self.token()
        self.publish(token, VIDEO, draft=True)
        self.publish(token, VIDEO, privacy_level=PUBLIC, title='https://example.org/' + 'long' * 60)
        for path in ('/', '/@mara.bakes', '/@new.nora', self.practice.authorize_url(challenge='a' * 64),
                     self.practice.authorize_url(challenge='a' * 64, redirect_uri='x')):
            for width in (360, 1000):
                for dark in (False, True):
                    with self.subTest((path[:40], width, dark)):
                        self.open(path, width, dark)
                        self.assertLessEqual(self.browser.run(OVERFLOW), 0)
                        self.assertGreaterEqual(self.browser.run(CONTRAST), 4.5)
                        self.assertEqual(self.browser.run(SMALL_TARGETS), 0)
                        self.assertEqual(self.browser.run(UNNAMED), 0)
                        self.assertEqual(self.browser.run(BROKEN_PICTURES), 0)
            self.browser.complaints[:] = [text for text in self.browser.complaints if '400' not in text]

    def test_home_leads_to_profiles_and_videos(self):
        self.open('/')
        self.assertEqual(self.browser.run("document.querySelectorAll('article').length"), 11)
        self.assertEqual(self.browser.run("document.querySelectorAll('article')[0].querySelectorAll('.strip img').length"),
                         5)
        self.browser.leave("document.querySelector('a[href=\"/@linh.draws\"]').click()")
        self.assertIn('A sketch a day since 2025.', self.text())
        self.assertIn('no comments', self.text('article'))
        self.browser.leave("document.querySelector('.videos a').click()")
        self.assertIn('This video', self.text())
        self.browser.leave("document.querySelector('a[href=\"/\"]').click()")
        self.assertIn('Practice world', self.text('h1'))

    def finish(self, caption, level):
        self.browser.run(f"document.querySelector('.draft input[name=caption]').value = {json.dumps(caption)}")
        self.browser.run(f"document.querySelector('.draft select').value = {json.dumps(level)}")
        self.browser.leave("document.querySelector('.draft button').click()")

    def test_finish_drafts(self):
        token = self.token('tomas.rides')
        self.practice.creator('tomas.rides', private=False)
        drafts = [self.publish(token, VIDEO, draft=True) for _ in range(2)]
        self.open('/')
        self.assertEqual(self.browser.run("document.querySelectorAll('.draft').length"), 2)
        self.finish('<b>Gravel</b> & rain 🐈', PUBLIC)
        self.assertEqual(self.browser.run('location.pathname'), '/@tomas.rides')
        self.assertIn('<b>Gravel</b> & rain 🐈', self.text('.videos li'))
        self.finish('Not for all', 'SELF_ONLY')
        self.assertNotIn('Drafts in the inbox', self.text())
        self.assertIn('Not for all\nOnly me', self.text('.plain'))
        self.assertNotIn('Not for all', self.text('.videos'))
        self.assertEqual({self.status(token, draft)['status'] for draft in drafts}, {'PUBLISH_COMPLETE'})
        entries = self.practice.ledger()[-2:]
        self.assertEqual([(entry['kind'], entry['caption'], entry['privacy_level']) for entry in entries],
                         [('draft_published', '<b>Gravel</b> & rain 🐈', PUBLIC),
                          ('draft_published', 'Not for all', 'SELF_ONLY')])

    def test_private_posts_are_shown_apart(self):
        self.publish(self.token('long.takes'), VIDEO, title='Only mine')
        self.open('/@long.takes')
        self.assertIn('Only mine\nOnly me', self.text('.plain'))

    def test_consent(self):
        """The redirect goes to nobody here; that it was followed, and where to, is what counts."""
        self.open(self.practice.authorize_url(challenge='a' * 64, state='st'))
        self.browser.run("document.querySelector('input[value=\"linh.draws\"]').click()")
        self.browser.run("document.querySelector('input[name=\"grant:video.publish\"]').click()")
        self.browser.leave("document.querySelector('button[value=allow]').click()")
        failed = self.browser.run('location.href')
        self.browser.complaints.clear()
        self.assertTrue(failed.startswith((LOOPBACK_REDIRECT + '?code=', 'chrome-error://')), failed)
        entry = self.browser.call('Page.getNavigationHistory')['entries'][-1]
        self.assertTrue(entry['url'].startswith(LOOPBACK_REDIRECT + '?code='), entry['url'])
        self.assertIn('state=st', entry['url'])
        self.assertNotIn('video.publish', entry['url'])


if __name__ == '__main__':
    common.main()

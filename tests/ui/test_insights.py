# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The numbers in the window, with keyboard and pointer: the chart and its table, the videos, and reading them anew."""

import re
import signal

import scenes
import tap
from ui_case import UiCase


class Numbers(UiCase):
    """The page of an account; `SAMPLES`: with three months of readings. `WITHOUT`: permissions that it lacks."""

    OWN_SERVER = True
    SAMPLES = True
    WITHOUT = ()

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.account = cls.desktop.connect('mara.bakes', without=cls.WITHOUT)['open_id']
        cls.desktop.done('sync')
        if cls.SAMPLES:
            scenes.add_samples(cls.desktop)
        cls.desktop.start_peal()

    def open(self):
        desktop = self.desktop
        desktop.hands.key('<Alt>2')
        # Where it shows nothing of the chart.
        desktop.hands.move(5, 5)
        # What is looked for again and again is looked for in here.
        self.page = desktop.find('grouping', 'Insights')
        return desktop

    def find(self, desktop, role, name, **more):
        return desktop.find(role, name, within=self.page, **more)

    def chart(self, desktop, title='Followers, 28 days'):
        return self.find(desktop, 'image', title, where=lambda node: node.description.startswith('Line chart from'))

    def videos(self, desktop):
        return self.find(desktop, ('table', 'tree table'), 'Videos')

    def says(self, desktop, chart, pattern):
        """Waits until the chart's description is as @pattern; returns the match."""
        return desktop.wait(lambda: re.search(pattern, chart.reread().description), f'the chart says “{pattern}”')

    def newest(self, desktop):
        return desktop.done('accounts')[0]


class Insights(Numbers):
    # The chart

    def test_chart_by_keyboard(self):
        desktop = self.open()
        chart = self.chart(desktop)
        desktop.click(chart)
        # What the pointer showed goes with it, and the keyboard begins at the end.
        desktop.hands.move(5, 5)
        self.says(desktop, chart, '^Line chart from')
        desktop.hands.key('Left')
        last = self.says(desktop, chart, r'^\w+ \d+ \w+ \d{4}: (\d+) followers')
        self.assertEqual(int(last[1]), self.newest(desktop)['follower_count'])
        for key in ('Left', '<Control>Left', 'Home', '<Control>Right', 'End', 'Page_Up', 'Page_Down'):
            before = chart.description
            desktop.hands.key(key)
            desktop.wait(lambda before=before: chart.reread().description != before, f'{key} moves')
            self.assertRegex(chart.description, r'^\w+ \d+ \w+ \d{4}: \d+ followers')
        self.assertEqual(chart.description, last.string)
        self.assertEqual(chart.text, last.string)
        desktop.hands.key('Escape')
        self.says(desktop, chart, '^Line chart from')

    def test_chart_by_pointer(self):
        desktop = self.open()
        chart = self.chart(desktop)
        x, y = desktop.place_of(chart)
        desktop.hands.move(x, y, 3)
        middle = self.says(desktop, chart, r'^\w+ \d+ \w+ \d{4}: \d+ followers')
        desktop.hands.move(x + 100, y, 5)
        desktop.wait(lambda: chart.reread().description != middle.string, 'another day')
        desktop.hands.move(5, 5)
        self.says(desktop, chart, '^Line chart from')

    def test_what_and_when(self):
        desktop = self.open()
        self.chart(desktop)
        desktop.click(self.find(desktop, 'radio button', re.compile('^Likes')))
        self.chart(desktop, 'Likes, 28 days')
        desktop.click(self.find(desktop, 'radio button', 'All'))
        chart = self.chart(desktop, 'Likes, All')
        # Three months with a gap of five days, one point a day.
        self.assertRegex(chart.description, r'^Line chart from \d+ likes on')
        desktop.click(self.find(desktop, 'radio button', re.compile('^Followers')))
        desktop.click(self.find(desktop, 'radio button', re.compile('^28')))
        self.chart(desktop)

    def test_table(self):
        desktop = self.open()
        self.chart(desktop)
        desktop.click(self.find(desktop, 'toggle button', 'Show as Table'))
        table = self.find(desktop, ('table', 'tree table'), 'Followers, 28 days')
        followers = str(self.newest(desktop)['follower_count'])
        desktop.find('label', followers, within=table)
        desktop.click(self.find(desktop, 'toggle button', 'Show as Table'))
        self.chart(desktop)

    # The videos

    def cells(self, desktop, column):
        """The texts of a column of the videos that can be seen."""
        table = self.videos(desktop)
        rows = [node for node in desktop.find_all('table row', within=table) if '. ' in node.name]
        return [re.search(r'([\d–]+) ' + column, row.name)[1] for row in rows]

    def test_sorting(self):
        desktop = self.open()
        views = sorted((video['view_count'] for video in desktop.done('videos', self.account)), reverse=True)
        table = self.videos(desktop)
        desktop.wait(lambda: len(self.cells(desktop, 'view')) > 1, 'there are videos')
        header = desktop.find('label', 'Views', within=table)
        desktop.click(header)
        desktop.wait(lambda: self.cells(desktop, 'view')[:2] == [str(n) for n in sorted(views)[:2]], 'fewest first')
        desktop.click(header)
        desktop.wait(lambda: self.cells(desktop, 'view')[:2] == [str(n) for n in views[:2]], 'most first')

    def test_curve_of_a_video(self):
        desktop = self.open()
        table = self.videos(desktop)
        desktop.click(desktop.find('toggle button', 'Actions', within=table))
        # The menu's first.
        desktop.find('menu item', 'Show Curve', where=lambda node: node.has('focused'))
        desktop.hands.key('Return')
        desktop.find('image', re.compile('^Views, '))
        desktop.click(desktop.find('radio button', 'Comments'))
        desktop.find('image', re.compile('^Comments, '))
        desktop.hands.key('Escape')
        desktop.wait_gone('image', re.compile('^Comments, '))

    def test_video_opens_in_the_browser(self):
        desktop = self.open()
        table = self.videos(desktop)
        visited = len(desktop.visited)
        row = desktop.find('table row', re.compile(r'\. .*view'), within=table)
        desktop.click(desktop.find('label', re.compile('.'), within=row))
        desktop.wait(lambda: len(desktop.visited) > visited, 'the browser was there')
        self.assertIn('/video/', desktop.visited[-1])

    # Reading

    def test_refresh(self):
        desktop = self.open()
        self.chart(desktop)
        before = self.newest(desktop)['sampled_at']
        desktop.hands.key('F5')
        desktop.wait(lambda: self.newest(desktop)['sampled_at'] != before, 'the numbers are read')
        self.find(desktop, 'label', 'Updated just now')
        self.find(desktop, 'button', 'Read the Numbers Now', where=lambda node: node.is_active)

    def test_agent_dies_and_returns(self):
        desktop = self.open()
        chart = self.chart(desktop)
        desktop.stop_agent(signal.SIGKILL)
        desktop.wait(lambda: not desktop.find_all('button', 'Read the Numbers Now', within=self.page,
                                                  where=lambda node: node.is_active),
                     'nothing can be read')
        self.assertTrue(chart.reread().description.startswith('Line chart from'))
        desktop.start_agent()
        self.find(desktop, 'button', 'Read the Numbers Now', where=lambda node: node.is_active)
        self.chart(desktop)


class Narrow(Numbers):
    DESKTOP = {'size': (360, 640)}

    def test_videos(self):
        desktop = self.open()
        self.chart(desktop)
        desktop.click(self.find(desktop, 'page tab', 'Videos'))
        self.find(desktop, 'list item', re.compile(r'\. .*view'))


class WithoutPermission(Numbers):
    SAMPLES = False
    WITHOUT = ('user.info.stats', 'video.list')

    def test_says_so_and_signs_in_again(self):
        desktop = self.open()
        self.find(desktop, None, re.compile('did not grant “Your numbers of followers, likes and videos”'))
        desktop.click(desktop.find_active('button', 'Sign In Again'))
        desktop.find_active('button', 'Continue in the Browser')


if __name__ == '__main__':
    tap.main()

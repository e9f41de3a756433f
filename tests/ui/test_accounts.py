# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Connecting, keeping and giving up accounts in the window, with keyboard and pointer; and what goes wrong there."""

import re
import signal
import unittest

from desktop import Desktop
from practice import DESKTOP, SANDBOX, Practice
import scenes
import tap
from world import answer_consent


class Accounts(unittest.TestCase):
    def open(self, *connected, **more):
        """A window in a practice world in which @connected are connected already."""
        server = Practice()
        self.addCleanup(server.stop)
        desktop = Desktop(server, **more)
        self.addCleanup(desktop.stop)
        for name in connected:
            desktop.connect(name)
        desktop.start_peal()
        self.addCleanup(lambda: self.assertEqual(desktop.complaints(), []))
        return desktop

    def ask(self, desktop):
        """From the first window to what Peal asks for."""
        desktop.click(desktop.find('button', 'Connect a Practice Account'))
        desktop.find('list item', 'Publishing videos')

    def begin(self, desktop):
        """From the first window to the browser."""
        self.ask(desktop)
        desktop.click(desktop.find_active('button', 'Continue in the Browser'))

    def show_account(self, desktop, name):
        desktop.camera.activate('win.show-page', "'accounts'")
        desktop.click(desktop.find('list item', re.compile(f'^{name}'), where=lambda node: ', ' in node.name))
        desktop.find(None, 'Permissions')

    # Signing in

    def test_first_account(self):
        desktop = self.open()
        desktop.find(None, 'Peal’s Practice World')
        self.begin(desktop)
        desktop.find(None, re.compile('Is Connected$'))
        self.assertEqual(len(desktop.visited), 1)
        self.assertEqual(len(desktop.find_all('list item', None, where=lambda node: 'Not granted.' in node.description)),
                         0)
        desktop.click(desktop.find_active('button', 'Done'))
        desktop.wait_gone(None, 'Peal’s Practice World')
        self.assertEqual(desktop.done('accounts')[0]['state'], 'connected')

    def test_denied_and_tried_again(self):
        desktop = self.open(browser={'answer': 'deny'})
        self.begin(desktop)
        desktop.find(None, 'Not Connected')
        desktop.find(None, re.compile('Access was denied'))
        desktop.answer_consent()
        desktop.click(desktop.find_active('button', 'Try Again'))
        desktop.find(None, re.compile('Is Connected$'))

    def test_some_permissions(self):
        desktop = self.open(browser={'without': ['video.list', 'video.publish']})
        self.begin(desktop)
        desktop.find(None, re.compile('Is Connected$'))
        desktop.find(None, 'Not granted. Posts cannot go out by themselves.')
        desktop.answer_consent()
        desktop.click(desktop.find_active('button', 'Grant More…'))
        desktop.click(desktop.find_active('button', 'Continue in the Browser'))
        desktop.find_active('button', 'Done')
        desktop.wait_gone(None, re.compile('^Not granted'))
        self.assertIn('video.publish', desktop.done('accounts')[0]['scopes'])

    def test_cancelled_wait_ends_the_sign_in(self):
        desktop = self.open(browser={'answer': 'never'})
        self.begin(desktop)
        desktop.click(desktop.find_active('button', 'Cancel'))
        desktop.wait_gone(None, 'Waiting for Your Browser')
        # The agent has only one at a time: this one runs because the other has ended.
        desktop.answer_consent()
        self.begin(desktop)
        desktop.find(None, re.compile('Is Connected$'))

    def test_closing_the_window_ends_the_sign_in(self):
        desktop = self.open(browser={'answer': 'never'})
        self.begin(desktop)
        desktop.find(None, 'Waiting for Your Browser')
        desktop.stop_peal()
        desktop.wait(lambda: desktop.try_connect('mara.bakes').status == 0, 'another sign-in is possible')

    def test_without_browser(self):
        desktop = self.open()
        desktop.remove_browser()
        self.begin(desktop)
        row = desktop.find('list item', re.compile('^No browser could be opened'))
        address = desktop.wait(lambda: next((node.text for node in desktop.tree.load(row).descendants()
                                             if node.role == 'label' and 'http' in node.text), None), 'the link is shown')
        answer_consent(address)
        desktop.find(None, re.compile('Is Connected$'))

    def test_other_account_comes_back(self):
        desktop = self.open('mara.bakes', browser={'username': 'tomas.rides'})
        self.show_account(desktop, 'Mara')
        desktop.click(desktop.find('button', 'Sign In Again…'))
        desktop.click(desktop.find_active('button', 'Continue in the Browser'))
        desktop.find(None, re.compile('That was another TikTok account'))

    # The agent goes away

    def test_agent_dies_while_waiting(self):
        desktop = self.open(browser={'answer': 'never'})
        self.begin(desktop)
        desktop.find(None, 'Waiting for Your Browser')
        desktop.stop_agent(signal.SIGKILL)
        desktop.find(None, 'Not Connected')
        desktop.start_agent()
        desktop.answer_consent()
        desktop.wait(lambda: self.try_again(desktop), 'the sign-in works again')

    def try_again(self, desktop):
        for button in desktop.find_all('button', 'Try Again', where=lambda node: node.is_active):
            desktop.click(button)
        return desktop.find_all(None, re.compile('Is Connected$'))

    def test_agent_dies_under_each_dialog(self):
        desktop = self.open('mara.bakes')
        self.show_account(desktop, 'Mara')
        for action, heading in (('win.preferences', 'Publishing'), ('win.credentials', 'For Your App’s Page')):
            desktop.camera.activate(action)
            desktop.find(None, heading)
            desktop.stop_agent(signal.SIGKILL)
            desktop.hands.key('Escape')
            desktop.wait_gone(None, heading)
            desktop.start_agent()
        desktop.click(desktop.find('button', 'Disconnect…'))
        desktop.find('button', 'Disconnect')
        desktop.stop_agent(signal.SIGKILL)
        desktop.click(desktop.find_active('button', 'Disconnect'))
        desktop.find(None, re.compile('agent', re.IGNORECASE))

    # The keyring

    def test_locked_keyring(self):
        desktop = self.open()
        self.ask(desktop)
        desktop.lock_keyring()
        desktop.click(desktop.find_active('button', 'Continue in the Browser'))
        desktop.find(None, 'Not Connected')
        desktop.find(None, re.compile('The keyring is locked'))

    # Key and secret

    def test_credentials(self):
        desktop = self.open(setup=False)
        desktop.click(desktop.find('button', 'Connect a Practice Account'))
        key = desktop.find('text', 'Client key')
        desktop.click(desktop.find_active('button', 'Save'))
        desktop.find(None, re.compile('^This is not a client key'))
        desktop.fill(key, SANDBOX[0])
        desktop.find(None, re.compile('looks like the key of a sandbox'))
        desktop.fill(key, DESKTOP[0])
        desktop.click(desktop.find_active('button', 'Save'))
        desktop.find(None, re.compile('^This is not a client secret'))
        desktop.click(desktop.find(('password text', 'text'), 'Client secret'))
        desktop.hands.type(DESKTOP[1] + '\n')
        # There is no account yet, and so this leads on.
        desktop.find_active('button', 'Continue in the Browser')
        self.assertEqual(desktop.done('status')['credentials'], ['production'])

    def test_forget_credentials(self):
        desktop = self.open()
        desktop.camera.activate('win.credentials')
        desktop.find('list item', 'Stored')
        desktop.click(desktop.find_active('button', 'Forget…'))
        desktop.click(desktop.find_active('button', 'Cancel', where=lambda node: 'dialog' in {
            each.role for each in node.ancestors()}))
        self.assertEqual(desktop.done('status')['credentials'], ['production'])
        desktop.click(desktop.find_active('button', 'Forget…'))
        desktop.click(desktop.find_active('button', 'Forget'))
        desktop.wait_gone('list item', 'Stored')
        self.assertEqual(desktop.done('status')['credentials'], [])

    def test_sandbox_and_production(self):
        desktop = self.open()
        desktop.setup(SANDBOX, 'sandbox')
        desktop.camera.activate('win.connect', "''")
        sandbox = desktop.find(('radio button', 'toggle button'), 'Sandbox')
        desktop.click(sandbox)
        desktop.click(desktop.find_active('button', 'Continue in the Browser'))
        desktop.find(None, re.compile('Is Connected$'))
        self.assertEqual(desktop.done('accounts')[0]['environment'], 'sandbox')

    # One account

    def test_disconnect(self):
        desktop = self.open('mara.bakes')
        posts = [desktop.done('add', desktop.video(), '--account', '@mara.bakes', '--privacy', 'SELF_ONLY', '--at', when)[0]
                 for when in ('+1h', '+2h')]
        self.show_account(desktop, 'Mara')
        desktop.click(desktop.find('button', 'Disconnect…'))
        desktop.find(None, re.compile('2 scheduled posts are held until you sign in again'))
        desktop.click(desktop.find_active('button', 'Cancel'))
        self.assertEqual(desktop.done('accounts')[0]['state'], 'connected')
        desktop.click(desktop.find_active('button', 'Disconnect…'))
        desktop.click(desktop.find_active('button', 'Disconnect'))
        desktop.find(None, 'Account disconnected, 2 posts held')
        desktop.find('button', 'Sign In')
        self.assertEqual({desktop.done('show', str(post['id']))['hold_reason'] for post in posts}, {'reconnect'})

    def test_share_type(self):
        desktop = self.open('mara.bakes')
        self.show_account(desktop, 'Mara')
        row = desktop.find('combo box', re.compile('^New posts are sent as'))
        desktop.click(row)
        desktop.click(desktop.find('label', 'Inbox'))
        desktop.wait(lambda: desktop.done('accounts')[0]['share_type'] == 'inbox', 'the agent has it')

    def test_strange_nicknames(self):
        desktop = self.open('mara.bakes', 'tomas.rides', 'linh.draws')
        self.rename(desktop, {'mara.bakes': 'm' * 200, 'tomas.rides': '<b>Tom&ás</b> 🧁', 'linh.draws': 'مرحبا بالعالم'})
        desktop.camera.activate('win.show-page', "'accounts'")
        desktop.find('list item', re.compile('^<b>Tom&ás</b> 🧁, @tomas.rides'))
        desktop.find('list item', re.compile('^مرحبا بالعالم, @linh.draws'))
        desktop.click(desktop.find('list item', re.compile('^m{200}, @mara.bakes')))
        desktop.find(None, 'Permissions')
        desktop.click(desktop.find('button', 'Disconnect…'))
        desktop.find(None, 'Disconnect This Account?')
        desktop.find(None, 'm' * 200, where=lambda node: 'alert' in {each.role for each in node.ancestors()})

    def rename(self, desktop, names):
        """As TikTok could have told them; the practice world's own are tame."""
        with scenes.rows(desktop) as db:
            for username, name in names.items():
                db.execute('UPDATE account SET display_name = ? WHERE username = ?', (name, username))

    # Preferences

    def test_preferences(self):
        desktop = self.open('mara.bakes')
        desktop.camera.activate('win.preferences')
        pause = desktop.find_active(('switch', 'toggle button', 'check box'), 'Pause all publishing')
        desktop.click(pause)
        desktop.wait(lambda: desktop.done('status')['paused'], 'it is paused')
        desktop.click(desktop.find_active('combo box', 'Too late after'))
        desktop.click(desktop.find('label', 'At once'))
        desktop.wait(lambda: "'late_grace_s': <int64 0>" in self.settings(desktop), 'the agent has it')
        desktop.click(desktop.find_active(('switch', 'toggle button', 'check box'), 'TikTok has audited my app'))
        desktop.wait(lambda: "'audited': <true>" in self.settings(desktop), 'the agent has it')
        desktop.click(desktop.find_active('list item', 'Servers that Peal speaks to'))
        desktop.find(None, desktop.server.base)

    def settings(self, desktop):
        return desktop.gdbus('io.github.pealapp.Peal.Practice.Agent', '/io/github/pealapp/Peal/Agent',
                             'io.github.pealapp.Peal.Agent.GetSettings')


if __name__ == '__main__':
    tap.main()

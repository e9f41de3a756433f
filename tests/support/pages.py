# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""The pages and dialogs of the window, and the way to each of them. For the pictures, the walk of what screen readers
are told, and whatever else is to be done on every page.

The ways go by actions, keys and roles, not by texts: they lead there in every language.
"""

import dataclasses
import typing

DIALOGS = ('dialog', 'alert')


@dataclasses.dataclass(frozen=True)
class Page:
    """`open (desktop, scene)`: from wherever the window is, or from nothing, to the page. `needs`: what must be in the
    scene. `is_first_run`: whether it belongs to a window that knows no account. `ends_window`: it cannot be left.
    `has_covers`: pictures come from another program, some time after the rest is drawn."""

    name: str
    way: typing.Callable
    needs: frozenset = frozenset({'account'})
    is_first_run: bool = False
    ends_window: bool = False
    has_covers: bool = False

    def open(self, desktop, scene):
        if desktop.peal is None:
            desktop.start_peal()
        leave(desktop)
        self.way(desktop, scene)


def leave(desktop):
    """Closes what is open over the page."""
    if desktop.find_all('menu'):
        desktop.hands.key('Escape')
        desktop.wait_gone('menu')
    if desktop.find_all(DIALOGS, where=_is_named):
        desktop.camera.dismiss()
        wait_left(desktop)


def wait_left(desktop):
    """Waits until all dialogs are closed."""
    desktop.wait_gone(DIALOGS, where=_is_named)


def dialog(desktop):
    return desktop.find(DIALOGS, where=_is_named)


def _is_named(node):
    """A toast, which is an alert too, has no name."""
    return bool(node.name)


def _page(name):
    def way(desktop, scene):
        desktop.camera.activate('win.show-page', f"'{name}'")
    return way


def _action(action, value=None):
    def way(desktop, scene):
        desktop.camera.activate(action, value)
        dialog(desktop)
    return way


def _post(name):
    def way(desktop, scene):
        desktop.camera.activate('win.show-post', f'int64 {scene[name]}')
        desktop.find('label', within=dialog(desktop))
    return way


def _plan_view(number):
    def way(desktop, scene):
        _page('plan')(desktop, scene)
        desktop.wait(lambda: len(desktop.find_all('radio button')) >= 3, 'the plan has three views')
        desktop.click(desktop.find_all('radio button')[number])
    return way


def _search(desktop, scene):
    _plan_view(0)(desktop, scene)
    # The click has come to rest: it is not to take the keyboard back.
    desktop.camera.settle()
    desktop.hands.key('<Control>f')
    desktop.wait(lambda: desktop.focused() is not None and desktop.focused().role in ('entry', 'text', 'editbar'),
                 'the search has the keyboard')
    desktop.hands.type('bread')


def _end_search(way):
    def ended(desktop, scene):
        desktop.hands.key('Escape', 2)
        way(desktop, scene)
    return ended


def _is_in_a_row(node):
    return any(each.role in ('list item', 'table row') for each in node.ancestors())


def _first_menu(desktop):
    """Opens the menu of the first row."""
    desktop.click(desktop.find_active('toggle button', where=_is_in_a_row))
    desktop.wait_focus('menu item')


def _row_menu(desktop, scene):
    _plan_view(0)(desktop, scene)
    _first_menu(desktop)


def _choose_in_first_menu(desktop, action):
    """What an item of the first row's menu does."""
    def try_once():
        _first_menu(desktop)
        desktop.hands.key('Escape')
        desktop.wait_focus('toggle button')
        try:
            desktop.camera.activate(action)
        except RuntimeError:
            # The row has got another post meanwhile.
            return False
        return True
    desktop.wait(try_once, f'the first row has the action {action}')
    dialog(desktop)


def _dialog_of_row(action):
    def way(desktop, scene):
        _plan_view(0)(desktop, scene)
        _choose_in_first_menu(desktop, action)
    return way


def _video(desktop, scene):
    _page('insights')(desktop, scene)
    if desktop.size[0] < 500:
        desktop.click(desktop.wait(lambda: desktop.find_all('page tab'), 'the page has tabs')[-1])
    _choose_in_first_menu(desktop, 'video.curve')


def _account(desktop, scene):
    _page('accounts')(desktop, scene)
    desktop.camera.settle()
    # The list of the page, not that of the sidebar, which is narrower.
    rows = desktop.wait(lambda: [node for node in desktop.find_all('list item') if node.extents[2] > 300],
                        'there are accounts')
    desktop.click(rows[0])


def _compose(desktop, scene):
    desktop.camera.activate('win.new-post')
    dialog(desktop)


def _compose_video(desktop, scene):
    """With a video, as a file manager opens it."""
    desktop.open_files(desktop.video())
    dialog(desktop)


def _compose_many(desktop, scene):
    desktop.open_files(*(desktop.video(f'clip-{n}.mp4', seconds=1) for n in range(10)))
    dialog(desktop)


def _compose_wrong(desktop, scene):
    desktop.open_files(desktop.file('notes.txt', b'This is no video.\n'))
    dialog(desktop)


def _edit(desktop, scene):
    desktop.camera.activate('win.edit-post', f'int64 {scene["scheduled"]}')
    dialog(desktop)


def _connecting(answer):
    def way(desktop, scene):
        desktop.answer_consent('tomas.rides', answer)
        desktop.camera.activate('win.connect', "''")
        dialog(desktop)
        visited = len(desktop.visited)
        desktop.wait(lambda: any(each.role == 'dialog' for each in getattr(desktop.focused(), 'ancestors', list)()),
                     'the dialog has the keyboard')
        # The button that the dialog is about.
        desktop.camera.activate('default.activate')
        desktop.wait(lambda: len(desktop.visited) > visited, 'the browser was there')
    return way


def _menu(desktop, scene):
    _page('plan')(desktop, scene)
    # A dialog that has just closed gives the keyboard back first.
    desktop.camera.settle()
    desktop.hands.key('F10')
    desktop.find('menu item')


def _sidebar(desktop, scene):
    _page('plan')(desktop, scene)
    if desktop.size[0] < 500:
        desktop.hands.key('F9')


def _welcome(desktop, scene):
    desktop.find_active('button')


def reachable(scene, without=()):
    """The pages that a world with @scene has after its first run, but those whose name begins with one of @without."""
    return [page for page in PAGES
            if not page.is_first_run and page.needs <= set(scene) and not page.name.startswith(tuple(without))]


PAGES = (
    Page('plan', _page('plan'), has_covers=True),
    Page('plan-menu', _row_menu, frozenset({'account', 'scheduled'})),
    Page('plan-drafts', _plan_view(1), has_covers=True),
    Page('plan-past', _plan_view(2), has_covers=True),
    Page('plan-search', _search, has_covers=True),
    Page('post-scheduled', _end_search(_post('scheduled')), frozenset({'scheduled'})),
    Page('post-held', _post('held'), frozenset({'held'})),
    Page('post-failed', _post('failed'), frozenset({'failed'})),
    Page('post-review', _post('needs_review'), frozenset({'needs_review'})),
    Page('post-published', _post('published'), frozenset({'published'})),
    Page('post-uploading', _post('publishing'), frozenset({'publishing'})),
    Page('post-move', _dialog_of_row('post.move'), frozenset({'scheduled'})),
    Page('insights', _page('insights'), has_covers=True),
    Page('video', _video, frozenset({'published'})),
    Page('accounts', _page('accounts')),
    Page('account', _account),
    Page('compose', _compose),
    Page('compose-video', _compose_video),
    Page('compose-many', _compose_many),
    Page('compose-wrong', _compose_wrong),
    Page('compose-edit', _edit, frozenset({'scheduled'})),
    Page('connect', _action('win.connect', "''")),
    Page('connect-waiting', _connecting('never')),
    Page('connect-denied', _connecting('deny')),
    Page('connect-done', _connecting('allow'), frozenset({'second'})),
    Page('credentials', _action('win.credentials')),
    Page('preferences', _action('win.preferences')),
    Page('about', _action('app.about')),
    Page('shortcuts', _action('app.shortcuts')),
    Page('menu', _menu),
    Page('sidebar', _sidebar),
    Page('welcome', _welcome, frozenset(), is_first_run=True),
    Page('welcome-credentials', _action('win.credentials'), frozenset(), is_first_run=True),
    Page('welcome-connect', _action('win.connect', "''"), frozenset(), is_first_run=True),
)

# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What must hold for everything that a window shows to those who do not see it, or who see it on a small screen."""

import re

# What can have the keyboard and does something must say what it is.
NAMED = {'button', 'toggle button', 'text', 'entry', 'password text', 'combo box', 'check box', 'radio button', 'switch',
         'spin button', 'slider', 'link', 'image', 'menu item', 'check menu item', 'radio menu item', 'page tab',
         'push button menu', 'chart', 'frame', 'dialog', 'alert', 'table column header'}
ALWAYS_NAMED = {'frame', 'dialog', 'alert'}
# A pixel of its frame that a button of libadwaita puts over the edge is no loss.
SLACK = 1


def _place(node):
    names = [f'{each.role} “{each.name}”' for each in node.ancestors() if each.name]
    return f'{node!r} in {", ".join(names[:3])}'


def _is_nameless(node):
    if node.role not in NAMED or not (node.has('focusable') or node.role in ALWAYS_NAMED):
        return False
    if node.name.strip():
        return False
    # GTK names the row and not what is in it, which takes the keyboard in the row's stead.
    return not any(each.name.strip() and each.role in NAMED for each in _row(node))


def _row(node):
    """The row that @node is the one control of, if it is."""
    for each in node.ancestors():
        if each.role in ('list item', 'combo box', 'check box', 'switch', 'text', 'entry', 'spin button'):
            return [each]
        if each.role in ('list', 'list box', 'dialog', 'frame', 'menu'):
            break
    return []


def faults(top):
    """Sentences about the nodes in @top, read by Tree.load (), that break a rule; each says where."""
    found = []
    for node in (top, *top.descendants()):
        if not node.has('showing'):
            continue
        if _is_nameless(node):
            found.append(f'has no name: {_place(node)}')
        if re.search(r'(^|\s)_\w', node.name) and node.role in NAMED:
            found.append(f'shows the mark of its mnemonic: {_place(node)}')
        if node.role == 'image' and node.has('focusable') and not node.name:
            found.append(f'is a picture that takes the keyboard and says nothing: {_place(node)}')
    return found


def clipped(top, size):
    """Sentences about controls and labels that stick out to the left or right of a window of @size."""
    found = []
    for node in top.descendants():
        if node.role not in NAMED | {'label'} or not node.has('showing'):
            continue
        x, _, width, _ = node.extents
        if width > 0 and (x < -SLACK or x + width > size[0] + SLACK):
            found.append(f'reaches from {x} to {x + width} in a window of {size[0]}: {_place(node)}')
    return found


def dead_buttons(top):
    """Those of the rows that nobody can press, each with its place."""
    return [_place(node) for node in top.descendants()
            if node.role == 'button' and node.has('showing') and not node.has('sensitive')
            and any(each.role == 'list item' for each in node.ancestors())]


def check(desktop, size=None):
    """faults () of what @desktop shows now, and clipped () if there is a @size; looks again where a list is still at
    work."""
    def look():
        top = desktop.look()
        return [faults(top) + (clipped(top, size) if size is not None else [])]
    return desktop.wait(look, 'what is shown can be read')[0]

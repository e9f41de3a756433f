# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program shows to assistive technology, read from the accessibility bus itself: all of it as it is at one
moment, a deadline on each call, and several buses in one process.

    tree = Tree(session_bus)
    for node in tree.walk('peal'):
        print(node)
"""

import gi

gi.require_version('Atspi', '2.0')
gi.require_version('Gio', '2.0')
# Of Atspi only the names of roles and states are used.
from gi.repository import Atspi, Gio, GLib  # noqa: E402

_ACCESSIBLE = 'org.a11y.atspi.Accessible'
_ROOT = '/org/a11y/atspi/accessible/root'
_NULL = '/org/a11y/atspi/null'
_CACHE = '/org/a11y/atspi/cache'
CALL_MS = 20_000
_LABELLED_BY = int(Atspi.RelationType.LABELLED_BY)

ROLES = {int(role): role.value_nick.replace('-', ' ')
         for role in (Atspi.Role(n) for n in range(int(Atspi.Role.LAST_DEFINED)))}
STATES = {int(state): state.value_nick
          for state in (Atspi.StateType(n) for n in range(int(Atspi.StateType.LAST_DEFINED)))}


def connect(address):
    connection = Gio.DBusConnection.new_for_address_sync(
        address, Gio.DBusConnectionFlags.AUTHENTICATION_CLIENT | Gio.DBusConnectionFlags.MESSAGE_BUS_CONNECTION, None,
        None)
    connection.set_exit_on_close(False)
    return connection


class Gone(Exception):
    """The node, or its program, is not there any more."""


class Node:
    """A node as it was when it was read. `role` and `states` are Atspi's words: 'toggle button', {'focusable'}."""

    def __init__(self, tree, bus_name, path, parent=None):
        self.tree, self.bus_name, self.path, self.parent = tree, bus_name, path, parent
        self.role, self.name, self.description, self.states = '', '', '', frozenset()
        self.children = []

    def __eq__(self, other):
        return isinstance(other, Node) and (self.bus_name, self.path) == (other.bus_name, other.path)

    def __hash__(self):
        return hash((self.bus_name, self.path))

    def __repr__(self):
        shown = ' '.join(sorted(self.states & {'focusable', 'focused', 'checked', 'pressed', 'selected', 'expanded',
                                               'invalid-entry'}))
        greyed = '' if 'sensitive' in self.states else ' insensitive'
        more = f' | {self.description}' if self.description else ''
        return f'{self.role} “{self.name}”{more} [{shown}{greyed}]'

    def has(self, state):
        return state in self.states

    @property
    def is_active(self):
        """Whether the user can use it now."""
        return {'showing', 'sensitive'} <= self.states

    def ancestors(self):
        node = self.parent
        while node is not None:
            yield node
            node = node.parent

    def descendants(self):
        for child in self.children:
            yield child
            yield from child.descendants()

    def call(self, interface, method, arguments=None):
        return self.tree.call(self, f'org.a11y.atspi.{interface}', method, arguments)

    def get(self, interface, name):
        return self.tree.call(self, 'org.freedesktop.DBus.Properties', 'Get',
                              GLib.Variant('(ss)', (f'org.a11y.atspi.{interface}', name)))[0]

    def reread(self):
        """Reads it again, without its children."""
        self.tree.read([self])
        return self

    @property
    def interfaces(self):
        return {name.removeprefix('org.a11y.atspi.') for name in self.call('Accessible', 'GetInterfaces')[0]}

    @property
    def extents(self):
        """(x, y, width, height) in its window."""
        return self.call('Component', 'GetExtents', GLib.Variant('(u)', (1,)))[0]

    @property
    def text(self):
        # GTK takes -1 for no end as no text.
        count = self.get('Text', 'CharacterCount')
        return self.call('Text', 'GetText', GLib.Variant('(ii)', (0, count)))[0]

    @text.setter
    def text(self, text):
        self.call('EditableText', 'SetTextContents', GLib.Variant('(s)', (text,)))

    @property
    def value(self):
        return self.get('Value', 'CurrentValue')

    @property
    def actions(self):
        return [names[0] for names in self.call('Action', 'GetActions')[0]]

    def act(self, index=0):
        """What a screen reader's user does: the first action is the main one."""
        return self.call('Action', 'DoAction', GLib.Variant('(i)', (index,)))[0]

    def dump(self, depth=0):
        lines = ['  ' * depth + repr(self)]
        for child in self.children:
            lines.append(child.dump(depth + 1))
        return '\n'.join(lines)


def _set(node, role, name, description, states):
    low, high = states
    node.role, node.name, node.description = ROLES.get(role, str(role)), name, description
    node.states = frozenset(STATES.get(bit, str(bit)) for bit in range(64) if (high << 32 | low) >> bit & 1)


class _Known:
    """All that the program of @node knows to be in its windows, in one answer; of most of it only the place is read."""

    def __init__(self, tree, node):
        self.tree = tree
        cache = Node(tree, node.bus_name, _CACHE)
        self.items, self.paths = {}, {}
        for item in _each(tree.ask(cache, 'org.a11y.atspi.Cache', 'GetItems').get_child_value(0)):
            self.items[_path(item, 0)] = item
            self.paths.setdefault(_path(item, 2), []).append((item.get_child_value(3).get_int32(), _path(item, 0)))

    def fill(self, node, found):
        """Fills in @node and what is in it. @found: for some nodes what is in them. Returns those of the others of
        which it is not sure."""
        unsure, todo = [], [node]
        while todo:
            each = todo.pop()
            count = self._set(each)
            each.children = []
            if count is None or not (each is node or each.parent is node or each.has('showing')):
                continue
            places = sorted(self.paths.get(each.path, ()))
            paths = [path for _, path in places]
            if each in found:
                paths = [child.path for child in found[each] if child.path in self.items]
            # What has left its parent may still be known, but has no place in it.
            elif [place for place, _ in places] != list(range(count)):
                unsure.append(each)
            each.children = [Node(self.tree, each.bus_name, path, each) for path in paths]
            todo += each.children
        return unsure

    def _set(self, node):
        """Returns how many nodes are in @node, None where it is not there any more."""
        if node.path == _ROOT:
            return node.get('Accessible', 'ChildCount')
        item = self.items.get(node.path)
        if item is None:
            node.states = frozenset({'defunct'})
            return None
        count, name, role, description, states = (item.get_child_value(n).unpack() for n in (4, 6, 7, 8, 9))
        _set(node, role, name, description, states)
        return count


def _each(variant):
    return (variant.get_child_value(n) for n in range(variant.n_children()))


def _path(item, n):
    return item.get_child_value(n).get_child_value(1).get_string()


class Tree:
    """@session: a connection to the session bus whose accessibility bus is meant; that is started by this."""

    def __init__(self, session):
        address = session.call_sync('org.a11y.Bus', '/org/a11y/bus', 'org.a11y.Bus', 'GetAddress', None, None, 0,
                                    CALL_MS, None)[0]
        self.context = GLib.MainContext.default()
        self.bus = connect(address)

    def close(self):
        try:
            self.bus.close_sync(None)
        except GLib.Error:
            pass

    def call(self, node, interface, method, arguments=None):
        return self.ask(node, interface, method, arguments).unpack()

    def ask(self, node, interface, method, arguments=None):
        """As call (), with the answer as it came."""
        try:
            return self.bus.call_sync(node.bus_name, node.path, interface, method, arguments, None, 0, CALL_MS, None)
        except GLib.Error as error:
            raise Gone(f'{node}: {error.message}') from None

    def _call_all(self, calls):
        """Sends all @calls, each (node, interface, method, arguments), and waits for all of them; returns the
        answers, None where there was none."""
        answers, left = [None] * len(calls), [len(calls)]

        def answered(bus, result, n):
            left[0] -= 1
            try:
                answers[n] = bus.call_finish(result).unpack()
            except GLib.Error:
                pass

        for n, (node, interface, method, arguments) in enumerate(calls):
            self.bus.call(node.bus_name, node.path, interface, method, arguments, None, 0, CALL_MS, None, answered, n)
        while left[0] > 0:
            self.context.iteration(True)
        return answers

    def read(self, nodes):
        """Reads @nodes, without what is in them; returns those that are there."""
        calls = []
        for node in nodes:
            calls += [(node, _ACCESSIBLE, 'GetRole', None), (node, _ACCESSIBLE, 'GetState', None),
                      (node, 'org.freedesktop.DBus.Properties', 'GetAll', GLib.Variant('(s)', (_ACCESSIBLE,)))]
        answers, there = self._call_all(calls), []
        for n, node in enumerate(nodes):
            role, state, properties = answers[3 * n:3 * n + 3]
            if None in (role, state, properties):
                node.states = frozenset({'defunct'})
                continue
            _set(node, role[0], properties[0].get('Name', ''), properties[0].get('Description', ''), state[0])
            there.append(node)
        return there

    def children(self, nodes):
        """For each of @nodes the nodes, not read yet, that are in it."""
        answers = self._call_all([(node, _ACCESSIBLE, 'GetChildren', None) for node in nodes])
        return {node: [Node(self, name, path, node) for name, path in answer[0] if path != _NULL]
                for node, answer in zip(nodes, answers) if answer is not None}

    def applications(self):
        """The programs that are there, without what is in them."""
        desktop = Node(self, 'org.a11y.atspi.Registry', _ROOT)
        return self.read(self.children([desktop]).get(desktop, []))

    def load(self, node):
        """Reads @node and all in it that is showing, with the topmost of what is not; returns @node."""
        known, found = _Known(self, node), {}
        unsure = known.fill(node, found)
        if unsure:
            found = self.children(unsure)
            if self._make_known(found, known):
                known = _Known(self, node)
            known.fill(node, found)
        self._read_labels([each for each in (node, *node.descendants()) if not each.name and each.has('focusable')])
        return node

    def _make_known(self, found, known):
        """A program tells nothing of what has just appeared in @found before it is asked; returns whether there is
        such."""
        level = [child for children in found.values() for child in children if child.path not in known.items]
        is_new = bool(level)
        while level:
            level = [child for children in self.children(level).values() for child in children]
        return is_new

    def _read_labels(self, nodes):
        """The items of GTK's menus have a label, but no name of their own: screen readers look for it there too."""
        labels = {}
        relations = self._call_all([(node, _ACCESSIBLE, 'GetRelationSet', None) for node in nodes])
        for node, answer in zip(nodes, relations):
            for kind, targets in answer[0] if answer is not None else ():
                if kind == _LABELLED_BY:
                    labels[node] = [Node(self, *target) for target in targets]
        for node, parts in labels.items():
            try:
                node.name = ' '.join(part.text for part in parts)
            except Gone:
                pass

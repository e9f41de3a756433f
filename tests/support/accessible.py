# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a program shows to assistive technology, read from the accessibility bus itself: no cache, a deadline on each
call, and several buses in one process.

    tree = Tree(session_bus)
    for application in tree.applications():
        print(tree.load(application).dump())
"""

import gi

gi.require_version('Atspi', '2.0')
gi.require_version('Gio', '2.0')
# Of Atspi only the names of roles and states are used.
from gi.repository import Atspi, Gio, GLib  # noqa: E402

_ACCESSIBLE = 'org.a11y.atspi.Accessible'
_ROOT = '/org/a11y/atspi/accessible/root'
CALL_MS = 20_000
_DEPTH = 100
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
        self.role, self.name, self.description, self.help, self.states = '', '', '', '', frozenset()
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
        try:
            return self.bus.call_sync(node.bus_name, node.path, interface, method, arguments, None, 0, CALL_MS,
                                      None).unpack()
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
        """Reads @nodes; returns those that are there, each with the references of its children."""
        calls = []
        for node in nodes:
            calls += [(node, _ACCESSIBLE, 'GetRole', None), (node, _ACCESSIBLE, 'GetState', None),
                      (node, 'org.freedesktop.DBus.Properties', 'GetAll', GLib.Variant('(s)', (_ACCESSIBLE,))),
                      (node, _ACCESSIBLE, 'GetChildren', None)]
        answers, there = self._call_all(calls), []
        for n, node in enumerate(nodes):
            role, state, properties, children = answers[4 * n:4 * n + 4]
            if None in (role, state, properties, children):
                node.states = frozenset({'defunct'})
                continue
            low, high = state[0]
            node.role = ROLES.get(role[0], str(role[0]))
            node.states = frozenset(STATES.get(bit, str(bit)) for bit in range(64) if (high << 32 | low) >> bit & 1)
            node.name = properties[0].get('Name', '')
            node.description = properties[0].get('Description', '')
            node.help = properties[0].get('HelpText', '')
            there.append((node, children[0]))
        return there

    def applications(self):
        """The programs that are there, without what is in them."""
        desktop = Node(self, 'org.a11y.atspi.Registry', _ROOT)
        children = self.call(desktop, _ACCESSIBLE, 'GetChildren')[0]
        nodes = [Node(self, name, path) for name, path in children]
        return [node for node, _ in self.read(nodes)]

    def load(self, node):
        """Reads @node and all in it that is showing, with the topmost of what is not; returns @node."""
        level, seen = [node], {node}
        for _ in range(_DEPTH):
            following = []
            for each, children in self.read(level):
                each.children = []
                if each is not node and each.parent is not node and not each.has('showing'):
                    continue
                for bus_name, path in children:
                    child = Node(self, bus_name, path, each)
                    if path != '/org/a11y/atspi/null' and child not in seen:
                        seen.add(child)
                        each.children.append(child)
                        following.append(child)
            level = following
            if not level:
                break
        self._drop_defunct(node)
        self._read_labels([each for each in (node, *node.descendants()) if not each.name and each.has('focusable')])
        return node

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

    def _drop_defunct(self, node):
        node.children = [child for child in node.children if 'defunct' not in child.states]
        for child in node.children:
            self._drop_defunct(child)

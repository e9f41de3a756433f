#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Abuse of the redirect listener, over bare sockets, while the real agent waits for a sign-in. The numbers are those of
the list of abuses that the design demands to be withstood."""

import os
import select
import signal
import socket
import subprocess
import sys
import time
import unittest
import urllib.parse

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'support'))
import practice as practice_module  # noqa: E402
import tap  # noqa: E402
import world as world_module  # noqa: E402

PATH = '/callback/tiktok/'
server = None
world = None


def setUpModule():
    global server, world
    server = practice_module.Practice(auto_consent=True)
    server.settings(auto_consent_creator='mara.bakes')
    world = world_module.World(server)


def tearDownModule():
    if world is not None:
        world.stop()
    if server is not None:
        server.stop()


def dial(port):
    return socket.create_connection(('127.0.0.1', port), timeout=20)


def read_all(connection):
    """Everything until the other side closes; a reset is an end too."""
    data = b''
    try:
        while part := connection.recv(65536):
            data += part
    except ConnectionResetError:
        pass
    return data


def send(port, data):
    """The whole answer to @data; what a listener does not want to read any more, it need not."""
    if isinstance(data, str):
        data = data.encode()
    with dial(port) as connection:
        try:
            connection.sendall(data)
        except (BrokenPipeError, ConnectionResetError):
            pass
        return read_all(connection)


def status(answer):
    return int(answer.split(b' ', 2)[1]) if answer.startswith(b'HTTP/1.1 ') else None


def is_refused(port):
    try:
        dial(port).close()
    except ConnectionRefusedError:
        return True
    return False


class Waiting:
    """The agent waits for a sign-in, which pealctl has begun."""

    def __init__(self):
        self.process, self.url = world.start_connect()
        query = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(self.url).query))
        self.state, self.redirect_uri = query['state'], query['redirect_uri']
        self.port = urllib.parse.urlsplit(self.redirect_uri).port
        self._location = None

    def __enter__(self):
        return self

    def __exit__(self, *unused):
        if self.process.poll() is None:
            self.cancel()
        self.process.stdout.close()
        self.process.stderr.close()

    def cancel(self):
        self.process.send_signal(signal.SIGINT)
        self.process.wait(20)

    @property
    def location(self):
        """Where TikTok sends the browser once the user has said yes."""
        if self._location is None:
            self._location = practice_module.request('GET', self.url).headers['Location']
        return self._location

    @property
    def target(self):
        return self.location.removeprefix(f'http://127.0.0.1:{self.port}')

    def head(self, target, *lines, method='GET', host=True, version='HTTP/1.1'):
        host_line = [f'Host: 127.0.0.1:{self.port}'] if host else []
        return '\r\n'.join([f'{method} {target} {version}', *host_line, *lines, '', ''])

    def get(self, target, *lines, **more):
        return send(self.port, self.head(target, *lines, **more))

    def end(self, timeout=60):
        out, err = self.process.communicate(timeout=timeout)
        return world_module.Result(('connect',), self.process.returncode, out, err)


class Abuse(unittest.TestCase):
    def setUp(self):
        world.done('accounts')

    def finish_well(self, waiting):
        """Whatever was tried, the true callback still works."""
        self.assertIsNone(waiting.process.poll(), 'The wait was ended')
        answer = waiting.get(waiting.target, 'Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: document')
        self.assertEqual(status(answer), 200, answer)
        result = waiting.end()
        self.assertEqual(result.status, 0, f'{result!r}\n{world.agent_log_tail()}')

    def assert_closed_with(self, waiting, data, *wanted):
        answer = send(waiting.port, data)
        self.assertIn(status(answer), wanted, f'{data[:200]!r} → {answer[:200]!r}')
        self.assertEqual(answer.count(b'HTTP/1.1 '), 1, answer)
        self.assertNotIn(waiting.state.encode(), answer)

    def test_122_wrong_states(self):
        with Waiting() as waiting:
            state = waiting.state
            for query in ('code=a', 'code=a&state=', 'code=a&state=short', f'code=a&state={state[:-1]}',
                          f'code=a&state={state}x', f'code=a&state={state}&state={state}',
                          f'code=a&state={state}&%73tate=b', f'code=a&state={state.swapcase()}'):
                self.assertEqual(status(waiting.get(f'{PATH}?{query}')), 400, query)
            for guess in range(1000):
                self.assertEqual(status(waiting.get(f'{PATH}?code=a&state={guess:043}')), 400)
            self.finish_well(waiting)

    def test_123_error_without_state(self):
        with Waiting() as waiting:
            for query in ('error=access_denied', 'error=access_denied&state=', 'error=access_denied&state=x'):
                self.assertEqual(status(waiting.get(f'{PATH}?{query}')), 400, query)
            self.finish_well(waiting)

    def test_124_error_with_markup(self):
        with Waiting() as waiting:
            answer = waiting.get(f'{PATH}?error=%3Cscript%3Ealert(1)%3C/script%3E&state={waiting.state}'
                                 '&error_description=%3Cb%3Eno%1B%5B31m%0Away%3C/b%3E')
            self.assertEqual(status(answer), 200)
            self.assertNotIn(b'<script', answer)
            self.assertNotIn(b'alert', answer)
            self.assertNotIn(b'<b>', answer)
            result = waiting.end()
            self.assertNotEqual(result.status, 0)
            self.assertNotIn('\x1b', result.out + result.err)
            self.assertNotIn('script', result.out + result.err)
            self.assertTrue(is_refused(waiting.port))

    def test_125_hosts(self):
        with Waiting() as waiting:
            port, good = waiting.port, f'{PATH}?code=a&state={waiting.state}'
            bad = f'{PATH}?code=a&state={"x" * len(waiting.state)}'
            for lines in (['Host: evil.example'], [f'Host: evil.example:{port}'], ['Host: localhost'],
                          [f'Host: localhost:{port}'], ['Host: 127.0.0.1'], [f'Host: 127.0.0.1:{port}.evil.example'],
                          [f'Host: 127.0.0.1:{port}', 'Host: evil.example'], [f'Host: [::1]:{port}'],
                          [f'Host: 127.0.0.1:{port}'] * 2, ['Host:'], []):
                answers = [waiting.get(target, *lines, host=False) for target in (good, bad)]
                self.assertEqual([status(answer) for answer in answers], [400, 400], lines)
                self.assertEqual(answers[0], answers[1], 'A right state is answered otherwise')
            self.finish_well(waiting)

    def test_126_methods_and_protocols(self):
        with Waiting() as waiting:
            target = f'{PATH}?code=a&state={waiting.state}'
            for method in ('POST', 'HEAD', 'OPTIONS', 'PUT', 'DELETE', 'TRACE', 'get'):
                self.assert_closed_with(waiting, waiting.head(target, method=method), 405)
            self.assert_closed_with(waiting, waiting.head(f'127.0.0.1:{waiting.port}', method='CONNECT'), 400, 405)
            self.assert_closed_with(waiting, f'GET {target}\r\n', 400)
            self.assert_closed_with(waiting, f'GET {target}\r\n\r\n', 400)
            self.assert_closed_with(waiting, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 400, 405)
            self.assert_closed_with(waiting, waiting.head(f'http://127.0.0.1:{waiting.port}{target}'), 400)
            self.assert_closed_with(waiting, waiting.head(target, version='HTTP/2'), 400)
            self.assert_closed_with(waiting, waiting.head('*', method='OPTIONS'), 400, 405)
            self.finish_well(waiting)

    def test_127_paths(self):
        with Waiting() as waiting:
            query = f'?code=a&state={waiting.state}'
            for path in ('/favicon.ico', '/', '/callback', '/callback/', '/callback/tiktok', '/callback/tiktok//',
                         '//callback/tiktok/', '/callback/../callback/tiktok/', '/callback/./tiktok/',
                         '/callback/%2e%2e/callback/tiktok/', '/callback/tikto%6b/', '/%63allback/tiktok/',
                         '/callback%2ftiktok/', '/CALLBACK/tiktok/', '/callback/tiktok/;a', '/callback/tiktok/x'):
                self.assert_closed_with(waiting, waiting.head(path + query), 404)
            self.finish_well(waiting)

    def test_128_sizes_and_framing(self):
        with Waiting() as waiting:
            target = f'{PATH}?code=a&state={waiting.state}'
            head = waiting.head(target)
            self.assert_closed_with(waiting, waiting.head(target, 'X-Big: ' + 'a' * 1000000), 431)
            self.assert_closed_with(waiting, waiting.head(target, *['X-A: b'] * 100000), 431)
            self.assert_closed_with(waiting, waiting.head(f'{PATH}?code={"a" * 5000}&state={waiting.state}'), 400, 431)
            for data in (head.replace('Host', 'X\0Y: a\r\nHost'), head.replace('Host', 'X: a\0b\r\nHost'),
                         head.replace('\r\n', '\n'), head.replace('\r\n', '\r'), head.replace('Host', 'X: a\nHost'),
                         head.replace('Host', 'X: a\rb\r\nHost'), head.replace('Host', 'X: a\r\n b\r\nHost'),
                         head.replace('Host', 'X : a\r\nHost'), head.replace('Host', 'X\r\nHost'),
                         waiting.head(target, 'Transfer-Encoding: chunked') + '0\r\n\r\n',
                         waiting.head(target, 'Content-Length: 3') + 'abc', head + head,
                         head + 'x', head.replace(' /', '  /')):
                self.assert_closed_with(waiting, data, 400)
            self.finish_well(waiting)

    def test_129_idle_connections(self):
        with Waiting() as waiting:
            target = waiting.target
            idle, most = [], 0
            for n in range(100):
                idle.append(dial(waiting.port))
                if n % 2 == 0:
                    idle[-1].sendall(b'GET /callback/ti')
                most = max(most, accepted(world.agent.pid, waiting.port))
            begun = time.monotonic()
            with dial(waiting.port) as connection:
                connection.sendall(waiting.head(target).encode())
                while not select.select([connection], [], [], 0.02)[0]:
                    most = max(most, accepted(world.agent.pid, waiting.port))
                    self.assertLess(time.monotonic() - begun, 30, 'The callback was not served')
                self.assertEqual(status(read_all(connection)), 200)
            self.assertLessEqual(most, 4)
            self.assertGreater(most, 0)
            self.assertEqual(waiting.end().status, 0)
            for connection in idle:
                self.assertEqual(read_all(connection), b'')
                connection.close()

    def test_130_replay(self):
        before = server.counts('token')
        with Waiting() as waiting:
            request = waiting.head(waiting.target).encode()
            # Two at once, over connections that are open already: the first wins.
            with dial(waiting.port) as first, dial(waiting.port) as second:
                first.sendall(request)
                second.sendall(request)
                answers = [read_all(first), read_all(second)]
            self.assertEqual([status(answer) for answer in answers].count(200), 1, answers)
            self.assertEqual(waiting.end().status, 0)
            self.assertTrue(is_refused(waiting.port))
        self.assertEqual(server.counts('token') - before, 1)

    def test_131_late(self):
        before = server.counts('token')
        with Waiting() as cancelled:
            late = cancelled.target
            cancelled.cancel()
            end = time.monotonic() + 5
            while not is_refused(cancelled.port) and time.monotonic() < end:
                time.sleep(0.01)
            self.assertTrue(is_refused(cancelled.port))
        with Waiting() as waiting:
            self.assertEqual(status(waiting.get(late)), 400)
            self.assertEqual(server.counts('token'), before)
            self.finish_well(waiting)

    def test_132_other_sites(self):
        with Waiting() as waiting:
            target = f'{PATH}?code=a&state={waiting.state}'
            for lines in (['Sec-Fetch-Mode: navigate', 'Sec-Fetch-Dest: iframe'], ['Sec-Fetch-Dest: image'],
                          ['Sec-Fetch-Mode: no-cors', 'Sec-Fetch-Dest: image'], ['Sec-Fetch-Mode: cors'],
                          ['Sec-Fetch-Mode: cors', 'Sec-Fetch-Dest: empty', 'Origin: https://evil.example'],
                          ['Origin: https://evil.example'], ['Origin: null'],
                          [f'Origin: http://127.0.0.1:{waiting.port}']):
                answer = waiting.get(target, *lines)
                self.assertEqual(status(answer), 400, lines)
                self.assertNotIn(b'access-control-', answer.lower())
            self.finish_well(waiting)

    def test_133_no_port(self):
        with open('/proc/sys/net/ipv4/ip_local_port_range', encoding='ascii') as file:
            low, high = map(int, file.read().split())
        ports = []
        for _ in range(3):
            with Waiting() as waiting:
                ports.append(waiting.port)
                with self.assertRaises(OSError):
                    socket.create_connection(('::1', waiting.port), timeout=5)
        self.assertTrue(all(low <= port <= high for port in ports), ports)
        self.assertGreater(len(set(ports)), 1, 'The port is always the same')
        with CrampedWorld(server) as cramped:
            result = cramped.ctl('connect', '--no-browser', '--json', timeout=30)
            self.assertNotEqual(result.status, 0)
            self.assertEqual(result.code, 'listener', result)
            self.assertIn('port', result.json['error']['message'])
            self.assertEqual(cramped.done('accounts'), [])

    def test_134_token_answers(self):
        tokens = {'access_token': 'act.x', 'refresh_token': 'rft.x', 'open_id': 'o', 'expires_in': 7200,
                  'refresh_expires_in': 86400, 'scope': practice_module.ALL_SCOPES, 'token_type': 'Bearer'}
        bodies = [{name: value for name, value in tokens.items() if name != missing}
                  for missing in ('access_token', 'refresh_token', 'open_id', 'scope')]
        bodies += [tokens | {'token_type': 'mac'}, tokens | {'access_token': 7}, tokens | {'scope': ''}, '',
                   tokens | {'filler': 'x' * 500000, 'open_id': None}, '<html>Please log in</html>',
                   '{"access_token": "act.x"', {'error': 'invalid_grant', 'error_description': 'no', 'log_id': 'L'}]
        accounts = world.done('accounts')
        for body in bodies:
            with self.subTest(body=str(body)[:60]), Waiting() as waiting:
                target = waiting.target
                server.fault(endpoint='token', status=200, body=body)
                self.assertEqual(status(waiting.get(target)), 200)
                result = waiting.end()
                self.assertNotEqual(result.status, 0, f'{result!r}')
                self.assertNotIn('Traceback', result.err)
                self.assertEqual(world.done('accounts'), accounts)
        server.clear_faults()
        # The tokens are one user's and the profile another's.
        with Waiting() as waiting:
            target = waiting.target
            server.fault(endpoint='token', status=200, body=tokens)
            server.fault(endpoint='user_info', status=200, body={
                'data': {'user': {'open_id': 'p', 'display_name': 'P'}}, 'error': {'code': 'ok', 'message': ''}})
            self.assertEqual(status(waiting.get(target)), 200)
            self.assertNotEqual(waiting.end().status, 0)
            self.assertEqual(world.done('accounts'), accounts)
        server.clear_faults()

    def test_135_headers(self):
        with Waiting() as waiting:
            answers = [waiting.get(f'{PATH}?code=a&state=x'), waiting.get('/favicon.ico'), waiting.get(PATH, method='POST'),
                       waiting.get(PATH, 'X-Big: ' + 'a' * 10000), waiting.get(PATH, host=False),
                       waiting.get(PATH, method='HEAD'), waiting.get(waiting.target)]
            self.assertEqual([status(answer) for answer in answers], [400, 404, 405, 431, 400, 405, 200])
            for answer in answers:
                head, _, body = answer.partition(b'\r\n\r\n')
                lines = dict(line.split(': ', 1) for line in head.decode('ascii').split('\r\n')[1:])
                lines = {name.lower(): value for name, value in lines.items()}
                self.assertEqual(lines['x-content-type-options'], 'nosniff')
                self.assertEqual(lines['cache-control'], 'no-store')
                self.assertEqual(lines['referrer-policy'], 'no-referrer')
                self.assertEqual(lines['cross-origin-opener-policy'], 'same-origin')
                self.assertEqual(lines['connection'], 'close')
                for rule in ("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"):
                    self.assertIn(rule, lines['content-security-policy'])
                for name in ('server', 'set-cookie', 'location', 'access-control-allow-origin'):
                    self.assertNotIn(name, lines)
                self.assertNotIn(b'<script', body)
                self.assertNotIn(b'http', body)
            self.assertEqual(waiting.end().status, 0)

    def test_cancelled_wait_leaves_the_agent_at_rest(self):
        for pause in (0, 0.2, 0.5):
            with Waiting() as waiting:
                time.sleep(pause)
                with dial(waiting.port):
                    waiting.cancel()
            begun = used(world.agent.pid)
            self.assertIsInstance(world.done('accounts', timeout=10), list)
            time.sleep(0.5)
            self.assertLess(used(world.agent.pid) - begun, 0.2, 'The agent is busy with nothing')


# Brings loopback up with one port to choose from, takes that, and becomes the agent.
CRAMP = """
import os, socket, subprocess, sys
subprocess.run(['ip', 'link', 'set', 'lo', 'up'], check=True)
with open('/proc/sys/net/ipv4/ip_local_port_range', 'w') as file:
    file.write('40000 40000')
taken = socket.create_server(('127.0.0.1', 0))
taken.set_inheritable(True)
os.execv(sys.argv[1], sys.argv[1:])
"""


class CrampedWorld(world_module.World):
    """Its agent has a network of its own, in which no port is left."""

    def start_agent(self, *options):
        arguments = ['unshare', '--user', '--map-root-user', '--net', sys.executable, '-c', CRAMP,
                     os.path.join(world_module.BIN, 'peal-agent'), '--gapplication-service',
                     f'--practice={self.server.base}']
        self.agent = subprocess.Popen(arguments, env=self.environment, stdin=subprocess.DEVNULL)
        end = time.monotonic() + 30
        while not self.has_agent():
            if self.agent.poll() is not None or time.monotonic() > end:
                raise RuntimeError('peal-agent did not start')
            time.sleep(0.05)


def accepted(pid, port):
    """How many connections to @port the process has open. The kernel's list is no picture of one moment: a connection
    counts if it was there before and after."""
    before = sockets(pid)
    with open('/proc/net/tcp', encoding='ascii') as file:
        rows = [line.split() for line in file.readlines()[1:]]
    listed = {row[9] for row in rows if row[1].endswith(f':{port:04X}') and row[3] == '01'}
    return len(listed & before & sockets(pid))


def sockets(pid):
    inodes = set()
    for name in os.listdir(f'/proc/{pid}/fd'):
        try:
            target = os.readlink(f'/proc/{pid}/fd/{name}')
        except FileNotFoundError:
            continue
        if target.startswith('socket:['):
            inodes.add(target[8:-1])
    return inodes


def used(pid):
    """Seconds of processor time."""
    with open(f'/proc/{pid}/stat', encoding='ascii') as file:
        fields = file.read().rpartition(')')[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


if __name__ == '__main__':
    tap.main()

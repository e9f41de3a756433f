# SPDX-FileCopyrightText: 2026 The Peal developers
# SPDX-License-Identifier: GPL-3.0-or-later
"""Stands between the agent and the practice server, notes every byte and finds the secrets among them."""

import re
import socket
import threading
import urllib.parse

_FORM = {'client_secret': 'client secret', 'code': 'code', 'code_verifier': 'verifier',
         'refresh_token': 'refresh token', 'token': 'access token', 'state': 'state'}
_PATTERNS = [
    ('access token', rb'"access_token" ?: ?"([^"]+)"'),
    ('access token', rb'\r\n[Aa]uthorization: Bearer ([^\r]+)\r\n'),
    ('refresh token', rb'"refresh_token" ?: ?"([^"]+)"'),
    ('upload token', rb'upload_token=([^&"\\]+)'),
    ('code', rb'\r\n[Ll]ocation: [^\r]*[?&]code=([^&\r]+)'),
    ('state', rb'[?&]state=([^&\s"]+)'),
]


class Recorder:
    """`base` is where the agent is to find the server at @base."""

    def __init__(self, base):
        self._target = (urllib.parse.urlsplit(base).hostname, urllib.parse.urlsplit(base).port)
        self._listener = socket.create_server(('127.0.0.1', 0))
        self.base = f'http://127.0.0.1:{self._listener.getsockname()[1]}'
        self._streams = []
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(self._target)
            for source, sink in ((client, server), (server, client)):
                stream = bytearray()
                self._streams.append(stream)
                threading.Thread(target=self._pass_on, args=(source, sink, stream), daemon=True).start()

    @staticmethod
    def _pass_on(source, sink, stream):
        try:
            while part := source.recv(65536):
                stream += part
                sink.sendall(part)
            sink.shutdown(socket.SHUT_WR)
        except OSError:
            pass

    def close(self):
        self._listener.close()

    def secrets(self):
        """Kind → the values that went over the wire."""
        found = {}
        for stream in list(self._streams):
            data = bytes(stream)
            for kind, pattern in _PATTERNS:
                for value in re.findall(pattern, data):
                    value = urllib.parse.unquote(value.decode().replace('\\/', '/'))
                    found.setdefault(kind, set()).add(value)
            for name, value in re.findall(rb'(?:\r\n\r\n|&)([a-z_]+)=([^&\s]*)', data):
                if name.decode() in _FORM and value:
                    found.setdefault(_FORM[name.decode()], set()).add(urllib.parse.unquote_plus(value.decode()))
        return found

"""Thousands of open WebSockets, and the moment at which each is given a message.

That moment is the kernel's, in which the bytes have arrived at the socket: how fast this program
looks at ten thousand of them is nothing that a server is measured by.
"""

import resource
import select
import socket
import struct
import time

AT_ONCE = 200
PATIENCE_SECONDS = 60.0
READ = 65_536
# Of Linux; Python names the older one only, which counts in microseconds.
SO_TIMESTAMPNS = 35
MARK = b"CLIENT_"


class Crowd:
    """Screens of one server."""

    def __init__(self, port: int, count: int, cookie: str = "") -> None:
        _allow_files(count)
        self._poll = select.epoll()
        self._sockets: dict[int, socket.socket] = {}
        request = _request(port, cookie)
        for start in range(0, count, AT_ONCE):
            some = [_open(port, request) for _ in range(min(AT_ONCE, count - start))]
            for one in some:
                _until_greeted(one)
                self._sockets[one.fileno()] = one
                self._poll.register(one, select.EPOLLIN)

    def __len__(self) -> int:
        return len(self._sockets)

    def arrivals(self) -> tuple[list[int], bytes]:
        """When each of them was given the next message, in nanoseconds; and that message."""
        waiting, found, message = set(self._sockets), list[int](), b""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while waiting:
            assert time.monotonic() < deadline, f"{len(waiting)} sockets heard nothing"
            for number, _ in self._poll.poll(0.1, 1_000):
                data, at = _read(self._sockets[number])
                assert data, "the server closed a socket"
                if MARK in data and number in waiting:
                    waiting.discard(number)
                    found.append(at)
                    message = data
        return found, message[message.index(b"{") :]

    def close(self) -> None:
        self._poll.close()
        for one in self._sockets.values():
            one.close()


def _open(port: int, request: bytes) -> socket.socket:
    opened = socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_SECONDS)
    opened.setsockopt(socket.SOL_SOCKET, SO_TIMESTAMPNS, 1)
    opened.sendall(request)
    return opened


def _until_greeted(opened: socket.socket) -> None:
    said = b""
    while b'"hello"' not in said:
        piece = opened.recv(READ)
        assert piece, said
        said += piece
    opened.setblocking(False)


def _read(one: socket.socket) -> tuple[bytes, int]:
    data, notes, _, _ = one.recvmsg(READ, 64)
    for level, kind, value in notes:
        if (level, kind) == (socket.SOL_SOCKET, SO_TIMESTAMPNS):
            seconds, rest = struct.unpack("qq", value[:16])
            return data, seconds * 10**9 + rest
    return data, time.time_ns()


def _request(port: int, cookie: str) -> bytes:
    lines = [
        "GET /ws HTTP/1.1",
        f"Host: 127.0.0.1:{port}",
        "Upgrade: websocket",
        "Connection: Upgrade",
        "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
        *([f"Cookie: {cookie}"] if cookie else []),
    ]
    return "\r\n".join([*lines, "", ""]).encode()


def _allow_files(count: int) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < count + 256:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, count + 256), hard))

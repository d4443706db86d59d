"""Asks name servers for the texts of a name (TXT records), as RFC 1035 has it; no more of it."""

import asyncio
import secrets
import struct
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

PORT = 53
SECONDS = 3.0
"""For one answer of one server, by UDP or TCP."""
RESOLV = Path("/etc/resolv.conf")
TEXT, INTERNET = 16, 1
ASKED, ANSWERED, TRUNCATED = 0x0100, 0x8000, 0x0200
NO_ERROR, NO_SUCH_NAME = 0, 3
HEADER = struct.Struct(">HHHHHH")
RECORD = struct.Struct(">HHIH")


class NoAnswer(Exception):
    """None of the servers said anything that can be read."""


class Server(NamedTuple):
    host: str
    port: int = PORT


def servers(named: Sequence[tuple[str, int]]) -> list[Server]:
    """Those that are named, else those of this machine."""
    return [Server(*one) for one in named] or of_machine(RESOLV)


def of_machine(path: Path) -> list[Server]:
    try:
        lines = [line.split() for line in path.read_text().splitlines()]
    except OSError:
        lines = []
    found = [line[1] for line in lines if len(line) > 1 and line[0] == "nameserver"]
    return [Server(one) for one in found] or [Server("127.0.0.1")]


async def texts(name: str, asked: Sequence[Server]) -> list[str]:
    """All that stand there; none if there is no such name. `NoAnswer` if nobody can be asked."""
    for server in asked:
        try:
            return await _texts(name, server)
        except (OSError, TimeoutError, ValueError, EOFError):
            continue
    raise NoAnswer


async def _texts(name: str, server: Server) -> list[str]:
    number = secrets.randbits(16)
    question = _question(name)
    message = HEADER.pack(number, ASKED, 1, 0, 0, 0) + question
    async with asyncio.timeout(SECONDS):
        reply = await _by_udp(message, server)
    if HEADER.unpack_from(reply)[1] & TRUNCATED:
        async with asyncio.timeout(SECONDS):
            reply = await _by_tcp(message, server)
    return read(reply, number, question)


def _question(name: str) -> bytes:
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    return labels + b"\0" + struct.pack(">HH", TEXT, INTERNET)


def read(reply: bytes, number: int, question: bytes) -> list[str]:
    """The texts in a reply to this question; `ValueError` for anything else."""
    try:
        its_number, flags, _, answers, _, _ = HEADER.unpack_from(reply)
        at = HEADER.size + len(question)
        same = reply[HEADER.size : at].lower() == question.lower()
        if its_number != number or not flags & ANSWERED or not same:
            raise ValueError("this answers something else")
        if flags & 15 not in (NO_ERROR, NO_SUCH_NAME):
            raise ValueError("the server could not find out")
        return list(_records(reply, at, answers))
    except (struct.error, IndexError):
        raise ValueError("this is no reply") from None


def _records(reply: bytes, at: int, count: int) -> list[str]:
    found: list[str] = []
    for _ in range(count):
        at = _after_name(reply, at)
        kind, of, _, size = RECORD.unpack_from(reply, at)
        at += RECORD.size
        if (kind, of) == (TEXT, INTERNET):
            found.append(_text(reply[at : at + size]))
        at += size
    return found


def _after_name(reply: bytes, at: int) -> int:
    while length := reply[at]:
        if length >= 0xC0:
            return at + 2
        at += length + 1
    return at + 1


def _text(data: bytes) -> str:
    """Pieces of at most 255 bytes, each after its length."""
    pieces: list[bytes] = []
    while data:
        pieces.append(data[1 : 1 + data[0]])
        data = data[1 + data[0] :]
    return b"".join(pieces).decode("ascii", "replace")


class _Reply(asyncio.DatagramProtocol):
    """The first that comes with the number of the question; others are not meant."""

    def __init__(self, number: bytes) -> None:
        self.came: asyncio.Future[bytes] = asyncio.get_running_loop().create_future()
        self._number = number

    def datagram_received(self, data: bytes, addr: object) -> None:
        if data[:2] == self._number and len(data) >= HEADER.size and not self.came.done():
            self.came.set_result(data)

    def error_received(self, exc: Exception) -> None:
        if not self.came.done():
            self.came.set_exception(exc)


async def _by_udp(message: bytes, server: Server) -> bytes:
    loop = asyncio.get_running_loop()
    transport, protocol = await loop.create_datagram_endpoint(
        lambda: _Reply(message[:2]), remote_addr=server
    )
    try:
        transport.sendto(message)
        return await protocol.came
    finally:
        transport.close()


async def _by_tcp(message: bytes, server: Server) -> bytes:
    reader, writer = await asyncio.open_connection(*server)
    try:
        writer.write(struct.pack(">H", len(message)) + message)
        (size,) = struct.unpack(">H", await reader.readexactly(2))
        return await reader.readexactly(size)
    finally:
        writer.close()

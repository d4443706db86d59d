"""A name server on loopback: it speaks the protocol, and is asked over UDP and TCP."""

import asyncio
import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from pista.store.embedded.process import free_port

ANSWER, FULL, NO_SUCH_NAME, FAILED = 0x8180, 0x0200, 3, 2
TEXT, INTERNET, ALIAS = 16, 1, 5


class NameServer(asyncio.DatagramProtocol):
    """What it knows is in `texts`, by name."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.texts: dict[str, list[str]] = {}
        self.asked: list[str] = []
        self.is_down = False
        """It answers that it cannot find out."""
        self.most_bytes = 512
        """Of an answer by UDP; more is asked for by TCP."""
        self._transport: asyncio.DatagramTransport | None = None

    def connection_made(self, transport: asyncio.DatagramTransport) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]: asyncio names the base class
        self._transport = transport

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        assert self._transport is not None
        # What somebody else sends along is not for whoever asked.
        self._transport.sendto(bytes([data[0] ^ 1]) + data[1:] + b"stray", addr)
        reply = self.answer(data)
        if len(reply) > self.most_bytes:
            head = struct.pack(">HHHHHH", *_head(data, ANSWER | FULL, 0))
            reply = head + _question(data)
        self._transport.sendto(reply, addr)

    async def by_tcp(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        (size,) = struct.unpack(">H", await reader.readexactly(2))
        reply = self.answer(await reader.readexactly(size))
        writer.write(struct.pack(">H", len(reply)) + reply)
        writer.close()

    def answer(self, asked: bytes) -> bytes:
        name = _name(asked)
        self.asked.append(name)
        if self.is_down:
            return struct.pack(">HHHHHH", *_head(asked, ANSWER | FAILED, 0)) + _question(asked)
        found = self.texts.get(name)
        flags = ANSWER if found is not None else ANSWER | NO_SUCH_NAME
        records = [_alias(), *(_text(one) for one in found)] if found else []
        head = struct.pack(">HHHHHH", *_head(asked, flags, len(records)))
        return head + _question(asked) + b"".join(records)


@asynccontextmanager
async def open_name_server() -> AsyncGenerator[NameServer]:
    server = NameServer(free_port())
    where = ("127.0.0.1", server.port)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.create_datagram_endpoint(lambda: server, local_addr=where)
    tcp = await asyncio.start_server(server.by_tcp, *where)
    yield server
    transport.close()
    tcp.close()
    await tcp.wait_closed()


def _head(asked: bytes, flags: int, answers: int) -> tuple[int, ...]:
    return (int.from_bytes(asked[:2]), flags, 1, answers, 0, 0)


def _question(asked: bytes) -> bytes:
    return asked[12 : asked.index(b"\0", 12) + 5]


def _name(asked: bytes) -> str:
    labels: list[str] = []
    at = 12
    while size := asked[at]:
        labels.append(asked[at + 1 : at + 1 + size].decode())
        at += size + 1
    assert struct.unpack_from(">HH", asked, at + 1) == (TEXT, INTERNET)
    return ".".join(labels)


def _alias() -> bytes:
    """The name is another one's, spelled out: its texts follow under that."""
    other = b"\x05other\x07example\0"
    return b"\xc0\x0c" + struct.pack(">HHIH", ALIAS, INTERNET, 60, len(other)) + other


def _text(said: str) -> bytes:
    pieces = [said.encode()[at : at + 255] for at in range(0, len(said), 255)]
    data = b"".join(bytes([len(one)]) + one for one in pieces)
    return b"\x05other\x07example\0" + struct.pack(">HHIH", TEXT, INTERNET, 60, len(data)) + data

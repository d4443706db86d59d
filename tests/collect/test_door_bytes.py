"""The front door's bytes: what a client says of its body, and what it then sends."""

import asyncio
import json
from urllib.parse import urlsplit

import msgspec
import pytest

from pista.collect import door
from tests.collect.conftest import Body, Served
from tests.collect.reading import counted


class TestBytes:
    """What a client says of its body, and what it then sends."""

    async def raw(self, served: Served, *parts: bytes) -> bytes:
        """Send bytes as they are, and read until the server has nothing more to say."""
        address = urlsplit(served.url)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        try:
            for part in parts:
                writer.write(part)
                await writer.drain()
            async with asyncio.timeout(60):
                return await reader.readuntil(b"}")
        finally:
            writer.close()

    def head(self, served: Served, *headers: str) -> bytes:
        path = f"/tracking-v2/events?k={served.site.write_key}"
        return "\r\n".join([f"POST {path} HTTP/1.1", "Host: pista.test", *headers, "", ""]).encode()

    async def test_a_body_that_never_comes(self, shared: Served, monkeypatch: pytest.MonkeyPatch):
        """Its connection is given back, and the sender told to try again."""
        monkeypatch.setattr(door, "BODY_SECONDS", 0.2)

        answer = await self.raw(shared, self.head(shared, "Content-Length: 100"), b"{")

        assert answer.startswith(b"HTTP/1.1 408 ")
        assert b'"code":"body_too_slow"' in answer

    async def test_in_chunks(self, shared: Served):
        body = msgspec.json.encode(shared.batch())
        chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in body) + b"0\r\n\r\n"

        answer = await self.raw(shared, self.head(shared, "Transfer-Encoding: chunked"), chunks)

        assert answer.startswith(b"HTTP/1.1 202")

    async def test_chunks_without_end(self, shared: Served):
        """Refused as soon as they are too many, not when they end."""
        chunk = b"10000\r\n" + b" " * 65536 + b"\r\n"

        answer = await self.raw(shared, self.head(shared, "Transfer-Encoding: chunked"), chunk * 17)

        assert answer.startswith(b"HTTP/1.1 413")
        assert b"too_many_bytes" in answer

    async def test_more_is_promised_than_fits(self, shared: Served):
        """Refused before a byte of it has come."""
        answer = await self.raw(shared, self.head(shared, "Content-Length: 1048577"))

        assert answer.startswith(b"HTTP/1.1 413")

    async def test_more_comes_than_was_promised(self, shared: Served):
        """The rest is another request, and a bad one; it changes nothing about the first."""
        body = msgspec.json.encode(shared.batch())

        answer = await self.raw(
            shared, self.head(shared, f"Content-Length: {len(body)}"), body + b"rest"
        )

        assert answer.startswith(b"HTTP/1.1 202")

    @pytest.mark.parametrize("length", ["-1", "1e3", "12x", "9" * 30])
    async def test_a_length_that_is_none(self, shared: Served, length: str):
        address = urlsplit(shared.url)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        writer.write(self.head(shared, f"Content-Length: {length}"))

        async with asyncio.timeout(60):
            answer = await reader.readline()

        writer.close()
        assert answer.split()[1] in (b"400", b"413")

    async def test_less_comes_than_was_promised(self, served: Served):
        """A visitor who goes in the middle of it leaves nothing behind."""
        body = msgspec.json.encode(served.batch())
        address = urlsplit(served.url)
        _, writer = await asyncio.open_connection(address.hostname, address.port)
        writer.write(self.head(served, f"Content-Length: {len(body) + 1}") + body)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

        assert (await served.post(served.batch())).status_code == 202
        assert await counted(served) == [1, 1, 0, 0]

    async def test_pipelined(self, shared: Served):
        """Three batches in one packet have their three answers, in their order."""
        bodies = [
            msgspec.json.encode(shared.batch(*[shared.event()] * 1, *range(number)))
            for number in range(3)
        ]
        requests = [self.head(shared, f"Content-Length: {len(body)}") + body for body in bodies]
        address = urlsplit(shared.url)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        writer.write(b"".join(requests))

        answers = [await _answer(reader) for _ in range(3)]

        writer.close()
        assert [answer["received"] for answer in answers] == [1, 2, 3]
        assert [answer["rejected"] for answer in answers] == [0, 1, 2]

    async def test_one_connection_for_many(self, shared: Served):
        """Refusals do not cost the connection, though their bodies were read."""
        address = urlsplit(shared.url)
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        for number in range(20):
            body = b"bad" if number % 2 else msgspec.json.encode(shared.batch())
            writer.write(self.head(shared, f"Content-Length: {len(body)}") + body)
            answer = await _answer(reader)
            assert answer.get("status", 202) == (400 if number % 2 else 202)
        writer.close()


async def _answer(reader: asyncio.StreamReader) -> Body:
    async with asyncio.timeout(60):
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = int(head.split(b"content-length:")[1].split(b"\r\n")[0])
        return json.loads(await reader.readexactly(length))

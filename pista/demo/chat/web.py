"""The little HTTP that the demo's platforms need: a request, an answer, and the connection ends."""

import asyncio
import socket
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec

MOST_BYTES = 32 * 2**20


class Request(NamedTuple):
    method: str
    path: str
    kind: str
    body: bytes


class Answer(NamedTuple):
    status: int
    body: bytes = b""
    kind: str = "text/plain"


def json(body: object, status: int = 200) -> Answer:
    return Answer(status, msgspec.json.encode(body), "application/json")


def read(request: Request) -> dict[str, Any]:
    """A body of JSON; of a form with a file, its texts."""
    if request.kind.startswith("application/json"):
        return msgspec.json.decode(request.body)
    boundary = request.kind.partition("boundary=")[2].strip('"').encode()
    fields: dict[str, Any] = {}
    for part in request.body.split(b"--" + boundary)[1:-1] if boundary else []:
        head, _, content = part.partition(b"\r\n\r\n")
        if b"filename=" not in head:
            name = head.partition(b'name="')[2].partition(b'"')[0].decode()
            fields[name] = content.removesuffix(b"\r\n").decode()
    return fields


@asynccontextmanager
async def serving(
    listening: socket.socket, answer: Callable[[Request], Answer]
) -> AsyncGenerator[None]:
    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            writer.write(_written(answer(await _request(reader))))
            await writer.drain()
        except (asyncio.IncompleteReadError, asyncio.LimitOverrunError, ConnectionError):
            return  # whoever asked has gone, or never spoke HTTP
        finally:
            writer.close()

    server = await asyncio.start_server(serve, sock=listening)
    try:
        yield
    finally:
        server.close()


async def _request(reader: asyncio.StreamReader) -> Request:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, path, _ = head[0].split(" ")
    pairs = (line.partition(":") for line in head[1:] if line)
    headers = {name.lower(): value.strip() for name, _, value in pairs}
    size = min(int(headers.get("content-length", 0)), MOST_BYTES)
    body = await reader.readexactly(size)
    path = unquote(urlsplit(path).path)
    return Request(method, path, headers.get("content-type", ""), body)


def _written(answer: Answer) -> bytes:
    lines = [
        f"HTTP/1.1 {answer.status} -",
        f"Content-Type: {answer.kind}",
        f"Content-Length: {len(answer.body)}",
        "Connection: close",
    ]
    return "\r\n".join([*lines, "", ""]).encode() + answer.body

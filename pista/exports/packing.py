"""Bytes on their way into a file: gathered, packed, and summed up."""

import asyncio
import hashlib
import zlib
from collections.abc import AsyncGenerator, AsyncIterator

GATHERED = 1 << 20
LEVEL = 4
"""Half the time of zlib's usual 6, for a few percent more bytes."""
GZIP = 31
"""zlib's number for a gzip header, which then names no time: the same rows are the same file."""


class Sums:
    """Of what has passed through."""

    def __init__(self) -> None:
        self.bytes = 0
        self._sha256 = hashlib.sha256()

    def add(self, piece: bytes) -> None:
        self.bytes += len(piece)
        self._sha256.update(piece)

    @property
    def sha256(self) -> str:
        return self._sha256.hexdigest()


async def packed(chunks: AsyncIterator[bytes], *, gzip: bool, sums: Sums) -> AsyncGenerator[bytes]:
    """Pieces of about a MiB, packed in a thread if asked for."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, GZIP) if gzip else None
    async for gathered in _gathered(chunks):
        piece = await asyncio.to_thread(packer.compress, gathered) if packer else gathered
        if piece:
            await asyncio.to_thread(sums.add, piece)
            yield piece
    if packer:
        rest = packer.flush()
        sums.add(rest)
        yield rest


async def _gathered(chunks: AsyncIterator[bytes]) -> AsyncGenerator[bytes]:
    waiting = bytearray()
    async for chunk in chunks:
        waiting += chunk
        if len(waiting) >= GATHERED:
            yield bytes(waiting)
            waiting.clear()
    if waiting:
        yield bytes(waiting)

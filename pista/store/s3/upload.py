"""An object of any size, put into a bucket with a part of it in memory: whole, or not at all."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress

from pista.store.places import PlaceAway, PlaceError
from pista.store.s3.client import S3

PART_BYTES = 8 * 2**20
"""Of each of the first 1,000 parts; later ones are larger, as there are 10,000 at most."""


@asynccontextmanager
async def uploading(s3: S3, key: str, *, part_bytes: int = PART_BYTES) -> AsyncGenerator["Upload"]:
    """In parts if it is large; nobody sees it before `commit`, and nothing of it stays undone."""
    await abort_left(s3, key)
    upload = Upload(s3, key, part_bytes)
    try:
        yield upload
    except BaseException:
        # Of what the store cannot be told now the next upload of the key will tell it.
        with suppress(PlaceAway, PlaceError):
            await upload.abort()
        raise
    await upload.abort()


async def abort_left(s3: S3, key: str) -> None:
    """Abort what whoever was killed has begun: it is invisible, and paid for."""
    # Not every key may list uploads, and not every store can.
    with suppress(PlaceError):
        for upload in await s3.uploads(key):
            await s3.abort(key, upload)


class Upload:
    """One object on its way, with a part of it in memory."""

    def __init__(self, s3: S3, key: str, part_bytes: int) -> None:
        self._s3 = s3
        self._key = key
        self._part_bytes = part_bytes
        self._waiting = bytearray()
        self._upload: str | None = None
        self._parts: list[str] = []
        self._size = 0

    async def write(self, piece: bytes) -> None:
        self._waiting += piece
        self._size += len(piece)
        if len(self._waiting) >= self._part_bytes * (1 + len(self._parts) // 1000):
            await self._send()

    async def commit(self) -> None:
        if self._upload is None:
            await self._s3.put(self._key, bytes(self._waiting))
            return
        if self._waiting:
            await self._send()
        await self._s3.complete(self._key, self._upload, self._parts, self._size)
        self._upload = None

    async def abort(self) -> None:
        if self._upload is not None:
            await self._s3.abort(self._key, self._upload)
            self._upload = None

    async def _send(self) -> None:
        if self._upload is None:
            self._upload = await self._s3.begin(self._key)
        part, self._waiting = bytes(self._waiting), bytearray()
        number = len(self._parts) + 1
        self._parts.append(await self._s3.put_part(self._key, self._upload, number, part))

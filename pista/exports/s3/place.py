"""A bucket as a place for exports: an object appears when it is complete, or not at all."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from datetime import date

import msgspec

from pista.exports import layout
from pista.exports.model import ExportFormat, Manifest, PlaceAway, PlaceError
from pista.exports.places import Draft
from pista.exports.s3.client import S3

PART_BYTES = 8 * 2**20
"""Of each of the first 1,000 parts; later ones are larger, as there are 10,000 at most."""


class Bucket:
    def __init__(self, s3: S3, prefix: str, *, part_bytes: int = PART_BYTES) -> None:
        self._s3 = s3
        self._prefix = prefix.strip("/")
        self._part_bytes = part_bytes

    def __str__(self) -> str:
        return f"s3://{self._s3.bucket}/{self._prefix}"

    async def close(self) -> None:
        await self._s3.close()

    async def manifest(self, day: date, form: ExportFormat) -> Manifest | None:
        """What is said of the day, if its object is there as it says."""
        text = await self._s3.get(self._key(day, layout.manifest_name(form)))
        if text is None:
            return None
        try:
            found = msgspec.json.decode(text, type=Manifest)
        except msgspec.DecodeError:
            return None
        size = await self._s3.size(self._key(day, layout.file_name(day, form)))
        return found if size == found.bytes else None

    @asynccontextmanager
    async def writing(self, day: date, form: ExportFormat) -> AsyncGenerator[Draft]:
        """Upload the day's object: in parts if it is large, and nothing of it stays undone."""
        key = self._key(day, layout.file_name(day, form))
        await self._abort_left(key)
        draft = _Upload(self._s3, key, self._part_bytes)
        try:
            yield draft
        except BaseException:
            # Of what the store cannot be told now the next export of the day will tell it.
            with suppress(PlaceAway, PlaceError):
                await draft.abort()
            raise
        await draft.abort()

    async def write_manifest(self, manifest: Manifest) -> None:
        key = self._key(manifest.day, layout.manifest_name(manifest.format))
        await self._s3.put(key, msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")

    async def forget(self, day: date, form: ExportFormat) -> None:
        """The day is not finished any more."""
        await self._s3.delete(self._key(day, layout.manifest_name(form)))

    async def remove(self, day: date, form: ExportFormat) -> None:
        await self.forget(day, form)
        await self._s3.delete(self._key(day, layout.file_name(day, form)))

    async def _abort_left(self, key: str) -> None:
        """Abort what killed exports have begun: it is invisible, and paid for."""
        # Not every key may list uploads, and not every store can.
        with suppress(PlaceError):
            for upload in await self._s3.uploads(key):
                await self._s3.abort(key, upload)

    def _key(self, day: date, name: str) -> str:
        return "/".join(part for part in (self._prefix, layout.folder(day), name) if part)


class _Upload:
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

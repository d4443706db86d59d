"""A bucket as a place for exports: an object appears when it is complete, or not at all."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from datetime import date

import msgspec

from pista.exports import layout
from pista.exports.model import ExportFormat, Manifest
from pista.exports.places import Draft
from pista.store.s3 import S3, uploading
from pista.store.s3.upload import PART_BYTES


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
        async with uploading(self._s3, key, part_bytes=self._part_bytes) as draft:
            yield draft

    async def write_manifest(self, manifest: Manifest) -> None:
        key = self._key(manifest.day, layout.manifest_name(manifest.format))
        await self._s3.put(key, msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")

    async def forget(self, day: date, form: ExportFormat) -> None:
        """The day is not finished any more."""
        await self._s3.delete(self._key(day, layout.manifest_name(form)))

    async def remove(self, day: date, form: ExportFormat) -> None:
        await self.forget(day, form)
        await self._s3.delete(self._key(day, layout.file_name(day, form)))

    def _key(self, day: date, name: str) -> str:
        return "/".join(part for part in (self._prefix, layout.folder(day), name) if part)

"""Where files to import come from: the disk, or a bucket."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Protocol

import msgspec

from pista.exports.model import ExportFormat
from pista.store.places import PlaceError
from pista.store.s3 import S3

CHUNK = 1 << 20
KNOWN = {
    ".parquet": ExportFormat.PARQUET,
    ".csv": ExportFormat.CSV,
    ".ndjson": ExportFormat.NDJSON,
    ".jsonl": ExportFormat.NDJSON,
}


class Source(Protocol):
    @property
    def name(self) -> str: ...
    @property
    def size(self) -> int: ...
    @property
    def form(self) -> ExportFormat: ...
    @property
    def gzip(self) -> bool: ...
    def opened(self) -> AbstractAsyncContextManager[AsyncIterable[bytes]]: ...


class LocalFile(msgspec.Struct, frozen=True, kw_only=True):
    path: Path
    size: int
    form: ExportFormat
    gzip: bool

    @property
    def name(self) -> str:
        return str(self.path)

    @asynccontextmanager
    async def opened(self) -> AsyncGenerator[AsyncIterable[bytes]]:
        async def chunks() -> AsyncGenerator[bytes]:
            with self.path.open("rb") as file:
                while chunk := await asyncio.to_thread(file.read, CHUNK):
                    yield chunk

        yield chunks()


class StoredObject(msgspec.Struct, frozen=True, kw_only=True):
    s3: S3
    key: str
    size: int
    form: ExportFormat
    gzip: bool

    @property
    def name(self) -> str:
        return f"s3://{self.s3.bucket}/{self.key}"

    @asynccontextmanager
    async def opened(self) -> AsyncGenerator[AsyncIterable[bytes]]:
        async with self.s3.reading(self.key) as chunks:
            yield chunks


def format_of(name: str) -> tuple[ExportFormat, bool] | None:
    """What the name says of the content; None for manifests and whatever else lies there."""
    base = name.rpartition("/")[2]
    if base.startswith(("_", ".")):
        return None
    plain = base.removesuffix(".gz")
    form = KNOWN.get(Path(plain).suffix)
    packed = plain != base
    if form is None or (packed and form is ExportFormat.PARQUET):
        return None
    return form, packed


def on_disk(path: Path) -> list[LocalFile]:
    """The file, or all files of an export below the folder, in the order of their days."""
    if path.is_dir():
        found = [one for one in sorted(path.rglob("*")) if one.is_file()]
        return [file for one in found for file in _local(one)]
    if not path.is_file():
        raise PlaceError(f"There is no {path}.")
    files = _local(path)
    if not files:
        raise PlaceError(f"{path} is no .parquet, .csv, .ndjson or .jsonl, packed or not.")
    return files


async def in_bucket(s3: S3, prefix: str) -> list[StoredObject]:
    found = await s3.listed(prefix)
    return [
        StoredObject(s3=s3, key=one.key, size=one.size, form=known[0], gzip=known[1])
        for one in sorted(found, key=lambda one: one.key)
        if (known := format_of(one.key)) is not None
    ]


def _local(path: Path) -> list[LocalFile]:
    known = format_of(path.name)
    if known is None:
        return []
    size = path.stat().st_size
    return [LocalFile(path=path, size=size, form=known[0], gzip=known[1])]

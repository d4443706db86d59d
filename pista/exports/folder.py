"""A folder as a place for exports: a file is there whole, or not at all."""

import asyncio
import os
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import date
from pathlib import Path
from uuid import uuid4

import msgspec

from pista.exports import layout
from pista.exports.model import ExportFormat, Manifest
from pista.exports.places import Draft
from pista.store.places import PlaceError


class Folder:
    def __init__(self, root: Path) -> None:
        self._root = root

    def __str__(self) -> str:
        return str(self._root)

    async def close(self) -> None:
        return None

    async def manifest(self, day: date, form: ExportFormat) -> Manifest | None:
        """What is said of the day, if its file is there as it says."""
        folder = self._folder(day)
        with self._explained():
            try:
                text = (folder / layout.manifest_name(form)).read_bytes()
                found = msgspec.json.decode(text, type=Manifest)
                size = (folder / layout.file_name(day, form)).stat().st_size
            except (FileNotFoundError, msgspec.DecodeError):
                return None
        return found if size == found.bytes else None

    @asynccontextmanager
    async def writing(self, day: date, form: ExportFormat) -> AsyncGenerator[Draft]:
        """Write the day's file: under another name until `commit`, and gone without one."""
        folder = self._folder(day)
        name = layout.file_name(day, form)
        with self._explained():
            folder.mkdir(parents=True, exist_ok=True)
            # What a killed export has left.
            for meant in (name, layout.manifest_name(form)):
                for left in folder.glob(f".{meant}.*"):
                    left.unlink(missing_ok=True)
            with _draft(folder / name) as draft:
                yield draft

    async def write_manifest(self, manifest: Manifest) -> None:
        path = self._folder(manifest.day) / layout.manifest_name(manifest.format)
        with self._explained(), _draft(path) as draft:
            await draft.write(msgspec.json.format(msgspec.json.encode(manifest)) + b"\n")
            await draft.commit()

    async def forget(self, day: date, form: ExportFormat) -> None:
        """The day is not finished any more."""
        with self._explained():
            (self._folder(day) / layout.manifest_name(form)).unlink(missing_ok=True)

    async def remove(self, day: date, form: ExportFormat) -> None:
        await self.forget(day, form)
        with self._explained():
            self.path(day, form).unlink(missing_ok=True)
            if self._folder(day).is_dir() and not any(self._folder(day).iterdir()):
                self._folder(day).rmdir()

    def path(self, day: date, form: ExportFormat) -> Path:
        return self._folder(day) / layout.file_name(day, form)

    def _folder(self, day: date) -> Path:
        return self._root / layout.folder(day)

    @contextmanager
    def _explained(self) -> Generator[None]:
        try:
            yield
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise PlaceError(
                f"{self._root} cannot be written: {why}. Make room or choose another"
                " place, and do the same again: finished days are kept."
            ) from error


@contextmanager
def _draft(final: Path) -> Generator["_FileDraft"]:
    draft = _FileDraft(final)
    try:
        yield draft
    finally:
        draft.discard()


class _FileDraft:
    """A file beside its final name, which it takes when it is complete and on the disk."""

    def __init__(self, final: Path) -> None:
        self._final = final
        self._draft = final.with_name(f".{final.name}.{uuid4().hex}")
        self._file = self._draft.open("xb")

    async def write(self, piece: bytes) -> None:
        await asyncio.to_thread(self._file.write, piece)

    async def commit(self) -> None:
        await asyncio.to_thread(self._commit)

    def _commit(self) -> None:
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._draft.replace(self._final)
        folder = os.open(self._final.parent, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def discard(self) -> None:
        # Closing writes what is still held back, for which there may be no room either.
        with suppress(OSError):
            self._file.close()
        self._draft.unlink(missing_ok=True)

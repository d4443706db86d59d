"""Where files are put now, and where those are found that were put elsewhere before."""

from collections.abc import AsyncGenerator
from typing import NamedTuple
from uuid import UUID

from pista import logs
from pista.chat.media.model import MediaNotHere, MediaStoreAway
from pista.chat.media.objects import Objects
from pista.chat.media.shelf import Shelf
from pista.ids import TenantId
from pista.settings import Settings
from pista.store.places import NothingThere, PlaceAway, PlaceError

CHUNK = 1 << 16

log = logs.get()


class Kept(NamedTuple):
    """A file as its row says that it lies."""

    tenant: TenantId
    id: UUID
    sha256: bytes
    size: int
    bucket: str
    """The data folder, if it is empty."""


class Shelves:
    """The data folder, and the buckets."""

    def __init__(self, settings: Settings) -> None:
        self.folder = Shelf(settings.data_dir)
        self.objects = Objects(settings.s3)
        self.bucket = settings.media_bucket or ""
        """What is new goes here."""

    async def close(self) -> None:
        await self.objects.close()

    async def whole(self, kept: Kept) -> bytes:
        return b"".join([chunk async for chunk in self.reading(kept, 0, kept.size - 1)])

    async def reading(self, kept: Kept, first: int, last: int) -> AsyncGenerator[bytes]:
        """These bytes of a file; `MediaNotHere` or `MediaStoreAway`, before the first of them if
        that can be known."""
        if last < first:
            return
        try:
            if kept.bucket:
                chunks = self.objects.reading(kept.bucket, kept.tenant, kept.id, first, last)
            else:
                chunks = self._from_folder(kept, first, last)
            async for chunk in chunks:
                yield chunk
        except FileNotFoundError:
            raise MediaNotHere("The file is not in the data folder of this machine.") from None
        except NothingThere:
            raise MediaNotHere("The file is not in its bucket any more.") from None
        except (PlaceAway, PlaceError) as error:
            log.warning("media_store_away", bucket=kept.bucket, error=str(error))
            raise MediaStoreAway from error

    async def _from_folder(self, kept: Kept, first: int, last: int) -> AsyncGenerator[bytes]:
        with self.folder.path(kept.tenant, kept.sha256).open("rb") as file:
            file.seek(first)
            left = last - first + 1
            while left > 0 and (chunk := file.read(min(CHUNK, left))):
                left -= len(chunk)
                yield chunk


async def begun(chunks: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    """With the first of them here, so that what is wrong is said before an answer begins."""
    first = await anext(chunks, b"")

    async def all_of_them() -> AsyncGenerator[bytes]:
        try:
            yield first
            async for chunk in chunks:
                yield chunk
        finally:
            await chunks.aclose()

    return all_of_them()

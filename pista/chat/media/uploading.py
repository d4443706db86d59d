"""Takes files that colleagues upload: onto the disk first, then to where files are kept."""

from collections.abc import AsyncIterator
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from pista import logs
from pista.chat.media import kinds, queries
from pista.chat.media.model import MediaEmpty, MediaId, MediaStoreAway, MediaTooLarge
from pista.chat.media.shelves import Shelves
from pista.ids import TenantId, UserId
from pista.store.places import PlaceAway, PlaceError
from pista.store.postgres import Postgres, Tx

log = logs.get()


class Taken(NamedTuple):
    """An upload on its way onto the shelf."""

    draft: Path
    sha256: bytes
    size: int
    head: bytes


async def take(shelves: Shelves, body: AsyncIterator[bytes], most: int) -> Taken:
    """With none of it in memory but a piece."""
    digest, size, head = sha256(), 0, b""
    with shelves.folder.draft() as draft:
        async for chunk in body:
            size += len(chunk)
            if size > most:
                raise MediaTooLarge(f"{most >> 20} MB at most.")
            head = (head + chunk)[: kinds.HEAD] if len(head) < kinds.HEAD else head
            digest.update(chunk)
            draft.file.write(chunk)
        if size == 0:
            raise MediaEmpty
    return Taken(draft.path, digest.digest(), size, head)


async def keep(
    postgres: Postgres,
    shelves: Shelves,
    tenant: TenantId,
    media: MediaId,
    taken: Taken,
    *,
    kind: str,
    name: str | None,
    author: UserId | None,
    now: datetime,
) -> None:
    """Its row is there before it is in a bucket: so nothing lies there that nobody knows of."""

    async def note(tx: Tx) -> None:
        size, bucket = taken.size, shelves.bucket
        await queries.note_kept(tx, tenant, media, taken.sha256, size, kind, bucket, now)

    async with postgres.transaction() as tx:
        await queries.lock_file(tx, tenant, taken.sha256)
        await queries.add_upload(tx, tenant, media, name, author, shelves.bucket, now)
        if not shelves.bucket:
            await note(tx)
            shelves.folder.put(tenant, taken.sha256, taken.draft)
            return
    try:
        await shelves.objects.put(shelves.bucket, tenant, media, taken.draft)
    except (PlaceAway, PlaceError) as error:
        log.warning("media_store_away", bucket=shelves.bucket, error=str(error))
        async with postgres.transaction() as tx:
            await queries.drop(tx, tenant, media)
        raise MediaStoreAway from error
    finally:
        shelves.folder.discard(taken.draft)
    async with postgres.transaction() as tx:
        await note(tx)

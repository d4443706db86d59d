"""Files in buckets of an S3-compatible store, each under its own id; nobody gets at them but us."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path
from uuid import UUID

import httpx

from pista.ids import TenantId
from pista.settings import S3Settings
from pista.store.places import PlaceError
from pista.store.s3 import S3, uploading
from pista.store.s3.upload import PART_BYTES, abort_left

FOLDER = "media"
PIECE = 1 << 20
ATTEMPTS = 3
TIMEOUT = httpx.Timeout(20, connect=5)
"""People wait for it."""


class Objects:
    """Whatever goes wrong with the store is a `PlaceError` or `PlaceAway`."""

    def __init__(self, settings: S3Settings | None) -> None:
        self._settings = settings
        self._buckets: dict[str, S3] = {}

    async def close(self) -> None:
        for bucket in self._buckets.values():
            await bucket.close()

    async def put(self, bucket: str, tenant: TenantId, media: UUID, path: Path) -> None:
        """Twice is the same as once."""
        s3, key = self._bucket(bucket), _key(tenant, media)
        size = await asyncio.to_thread(lambda: path.stat().st_size)
        if size < PART_BYTES:
            await s3.put(key, await asyncio.to_thread(path.read_bytes))
            return
        async with uploading(s3, key, part_bytes=PART_BYTES) as upload:
            with path.open("rb") as file:
                while piece := await asyncio.to_thread(file.read, PIECE):
                    await upload.write(piece)
            await upload.commit()

    async def reading(
        self, bucket: str, tenant: TenantId, media: UUID, first: int, last: int
    ) -> AsyncGenerator[bytes]:
        async with self._bucket(bucket).reading(_key(tenant, media), (first, last)) as chunks:
            async for chunk in chunks:
                yield chunk

    async def delete(self, bucket: str, tenant: TenantId, media: UUID) -> None:
        """With what was begun of it; no error if there is none."""
        s3, key = self._bucket(bucket), _key(tenant, media)
        await abort_left(s3, key)
        await s3.delete(key)

    def _bucket(self, name: str) -> S3:
        if self._settings is None:
            raise PlaceError(f"The file is in the bucket {name}, and there are no keys to it here.")
        if name not in self._buckets:
            self._buckets[name] = S3(self._settings, name, attempts=ATTEMPTS, timeout=TIMEOUT)
        return self._buckets[name]


def _key(tenant: TenantId, media: UUID) -> str:
    return f"{FOLDER}/{tenant}/{media}"

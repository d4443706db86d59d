"""A file into the staging table, where nothing counts it yet."""

import asyncio
import zlib
from collections.abc import AsyncGenerator, AsyncIterable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import msgspec

from pista.exports.imports import queries, statements
from pista.exports.imports.importer import NOBODY
from pista.exports.imports.model import Import, ImportId, Refused, Unreadable
from pista.exports.imports.sources import Source
from pista.ids import SiteId, TenantId, uuid7
from pista.store.clickhouse import ClickHouse, ClickHouseError
from pista.store.postgres import Tx

CHUNK = 1 << 20
TOLERATED_FUTURE = timedelta(seconds=1)
BEGINNING = datetime(1900, 1, 1, tzinfo=UTC)


class _Left(msgspec.Struct, frozen=True):
    id: str


class Terms(msgspec.Struct, frozen=True, kw_only=True):
    """Whose events they become, and how old they may be."""

    tenant: TenantId
    site: SiteId | None
    sites: list[SiteId]
    oldest: datetime
    now: datetime


async def stage(
    clickhouse: ClickHouse, source: Source, terms: Terms
) -> tuple[Import, list[Refused]]:
    """Read the file to its end, all of it or nothing; the rows that will not be imported."""
    wanted = ImportId(uuid7())
    try:
        async with source.opened() as body:
            data = unpacked(body) if source.gzip else body
            await clickhouse.send(
                statements.STAGE[source.form],
                data,
                settings=statements.READING,
                batch=wanted,
            )
    except ClickHouseError as error:
        await drop(clickhouse, wanted)
        raise Unreadable(f"{source.name} cannot be read: {_first_line(error)}") from error
    except BaseException:
        await drop(clickhouse, wanted)
        raise
    verdict = await clickhouse.all(
        Refused,
        statements.VERDICT,
        batch=wanted,
        tenant=terms.tenant,
        site=terms.site or NOBODY,
        sites=terms.sites,
        oldest=terms.oldest,
        newest=terms.now + TOLERATED_FUTURE,
    )
    staged = Import(
        id=wanted,
        tenant_id=terms.tenant,
        file=source.name,
        site_id=terms.site,
        site_ids=terms.sites,
        oldest=terms.oldest,
        newest=terms.now + TOLERATED_FUTURE,
        rows=sum(one.rows for one in verdict),
        done_at=BEGINNING,
        done_id=NOBODY,
    )
    return staged, [one for one in verdict if one.problem]


async def drop(clickhouse: ClickHouse, wanted: UUID) -> None:
    await clickhouse.execute(statements.DROP, batch=str(wanted))


async def drop_left(clickhouse: ClickHouse, tx: Tx) -> None:
    """Drop what commands that were killed have staged and nobody will store."""
    known = {str(one.id) for one in await queries.unfinished(tx)}
    for left in await clickhouse.all(_Left, statements.LEFT):
        if left.id not in known:
            await clickhouse.execute(statements.DROP, batch=left.id)


async def unpacked(body: AsyncIterable[bytes]) -> AsyncGenerator[bytes]:
    """Of a gzip file, which may consist of several."""
    unpacker = zlib.decompressobj(wbits=31)
    async for packed in body:
        rest = packed
        while rest:
            if unpacker.eof:
                unpacker = zlib.decompressobj(wbits=31)
            plain = await asyncio.to_thread(_unpack, unpacker, rest)
            rest = unpacker.unconsumed_tail or unpacker.unused_data
            if plain:
                yield plain
    if not unpacker.eof:
        raise Unreadable("The file is cut short: its gzip has no end.")


def _unpack(unpacker: Any, packed: bytes) -> bytes:
    try:
        return unpacker.decompress(packed, 4 * CHUNK)
    except zlib.error as error:
        raise Unreadable(f"The file is no gzip: {error}.") from error


def _first_line(error: ClickHouseError) -> str:
    return str(error).partition("\n")[0][:400]

"""What PostgreSQL holds of visitors: events on their way, and lines that could not be read."""

import msgspec

from pista.ids import TenantId
from pista.store.postgres import Tx


class Body(msgspec.Struct, frozen=True, kw_only=True):
    stream: int
    seq: int
    body: bytes
    """A zstd frame."""


class Quarantined(msgspec.Struct, frozen=True, kw_only=True):
    id: int
    body: bytes
    error: str


async def journal_after(tx: Tx, stream: int, seq: int, most: int) -> list[Body]:
    """The journal's rows in the order of its key, some at a time."""
    return await tx.all(
        Body,
        """
        select stream, seq, body
        from journal
        where (stream, seq) > ($1, $2)
        order by stream, seq
        limit $3
        """,
        stream,
        seq,
        most,
    )


async def quarantined(tx: Tx, tenant: TenantId) -> list[Quarantined]:
    """The rows with lines of this tenant, of which there should be none."""
    return await tx.all(
        Quarantined,
        """
        select id, body, error
        from journal_quarantine
        where position($1::bytea in body) > 0
        order by id
        """,
        str(tenant).encode(),
    )


async def replace_quarantined(tx: Tx, row: int, body: bytes) -> None:
    """Keep these lines alone; what ClickHouse said of the others may hold parts of them."""
    await tx.execute(
        """
        update journal_quarantine
        set body = $2, events = $3, error = 'Lines of an erased visitor are taken out.'
        where id = $1
        """,
        row,
        body,
        body.count(b"\n"),
    )


async def drop_quarantined(tx: Tx, row: int) -> None:
    await tx.execute("delete from journal_quarantine where id = $1", row)


async def has_waiting(tx: Tx, streams: list[int], seqs: list[int]) -> bool:
    """Whether a row up to these ends is still to be stored."""
    return await tx.value(
        """
        select exists (
            select
            from unnest($1::smallint[], $2::bigint[]) as e (stream, seq)
            cross join lateral (
                select seq from journal where stream = e.stream order by seq limit 1
            ) first
            where first.seq <= e.seq
        )
        """,
        streams,
        seqs,
    )


async def has_recent(tx: Tx, streams: list[int], seqs: list[int]) -> bool:
    """Whether a row up to these ends is still kept for the live stream."""
    return await tx.value(
        """
        select exists (
            select
            from unnest($1::smallint[], $2::bigint[]) as e (stream, seq)
            join journal_recent r on r.stream = e.stream and r.seq <= e.seq
        )
        """,
        streams,
        seqs,
    )


async def is_led(tx: Tx, lock: int) -> bool:
    """Whether a writer holds the lock now."""
    return await tx.value(
        """
        select exists (
            select
            from pg_locks
            where locktype = 'advisory' and granted and objsubid = 1
                and database = (select oid from pg_database where datname = current_database())
                and (classid::bigint << 32) | objid::bigint = $1
        )
        """,
        lock,
    )

"""SQL of the event store on PostgreSQL's side: the journal's end and the flush under way."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec

from pista.ids import FlushId
from pista.store.postgres import Tx


class Pending(msgspec.Struct, frozen=True, kw_only=True):
    """Where a stream ends now."""

    stream: int
    last_seq: int


class Waiting(msgspec.Struct, frozen=True, kw_only=True):
    """A journal row, without its body."""

    seq: int
    events: int
    size: int
    received_at: datetime


class Flush(msgspec.Struct, frozen=True, kw_only=True):
    """The rows that one flush takes: for each stream, the first and last `seq`."""

    id: FlushId
    streams: list[int]
    first_seqs: list[int]
    last_seqs: list[int]
    events: int
    started_at: datetime


class Body(msgspec.Struct, frozen=True, kw_only=True):
    stream: int
    seq: int
    events: int
    body: bytes
    """A zstd frame."""


async def prefer_indexes(connection: Any) -> None:
    """For the writer's connection.

    Right after its rows went, the journal is large and nearly empty, and the planner then reads
    it from end to end; the few rows that are wanted always lie together in the primary key.
    """
    await connection.execute("set enable_seqscan = off; set enable_bitmapscan = off")


async def prefer_indexes_now(tx: Tx) -> None:
    """The same for one transaction."""
    await tx.execute("set local enable_seqscan = off; set local enable_bitmapscan = off")


async def ends(tx: Tx) -> list[Pending]:
    return await tx.all(Pending, "select stream, last_seq from journal_streams order by stream")


async def backlog(tx: Tx) -> int:
    """Events that are kept and not flushed; a few rows, however many events."""
    return await tx.value(
        """
        select (coalesce(sum(s.kept), 0) - max(f.flushed))::bigint
        from journal_flushed f
        left join journal_streams s on true
        """
    )


async def waiting(tx: Tx, stream: int, after: int, up_to: int, most: int) -> list[Waiting]:
    """Rows beyond the low-water mark `after`: nothing below it is looked at again."""
    return await tx.all(
        Waiting,
        """
        select seq, events, size, received_at
        from journal
        where stream = $1 and seq > $2 and seq <= $3
        order by seq
        limit $4
        """,
        stream,
        after,
        up_to,
        most,
    )


async def flush_under_way(tx: Tx) -> Flush | None:
    return await tx.one_or_none(
        Flush,
        """
        select id, streams, first_seqs, last_seqs, events, started_at
        from journal_flushes
        order by id
        limit 1
        """,
    )


async def begin_flush(tx: Tx, flush: Flush) -> None:
    await tx.execute(
        """
        insert into journal_flushes (id, streams, first_seqs, last_seqs, events, started_at)
        values ($1, $2, $3, $4, $5, $6)
        """,
        flush.id,
        flush.streams,
        flush.first_seqs,
        flush.last_seqs,
        flush.events,
        flush.started_at,
    )


async def bodies(tx: Tx, flush: Flush) -> list[Body]:
    return await tx.all(
        Body,
        """
        select j.stream, j.seq, j.events, j.body
        from unnest($1::smallint[], $2::bigint[], $3::bigint[]) as r (stream, first_seq, last_seq)
        join journal j on j.stream = r.stream and j.seq between r.first_seq and r.last_seq
        order by j.stream, j.seq
        """,
        flush.streams,
        flush.first_seqs,
        flush.last_seqs,
    )


async def end_flush(tx: Tx, flush: Flush, at: datetime) -> bool:
    """Let the rows go; False if another writer has ended this flush already."""
    if await tx.execute("delete from journal_flushes where id = $1", flush.id) == 0:
        return False
    if await tx.value("select exists (select from journal_listeners where expires_at > now())"):
        await _keep(tx, flush)
    else:
        await _let_go(tx, flush)
    await tx.execute(
        """
        update journal_flushed
        set flushed = flushed + $1, flush_count = flush_count + 1, last_flush_at = $2
        """,
        flush.events,
        at,
    )
    return True


async def _keep(tx: Tx, flush: Flush) -> None:
    """Move the rows to where those who listen still find them."""
    await tx.execute(
        """
        with taken as (
            select stream, first_seq, last_seq
            from unnest($1::smallint[], $2::bigint[], $3::bigint[])
                as r (stream, first_seq, last_seq)
        ), moved as (
            delete from journal j
            using taken t
            where j.stream = t.stream and j.seq between t.first_seq and t.last_seq
            returning j.stream, j.seq, j.received_at, j.events, j.size, j.body
        ), kept as (
            insert into journal_recent
                (stream, seq, received_at, events, size, flush_id, kept_at, body)
            select stream, seq, received_at, events, size, $4, now(), body
            from moved
        )
        insert into journal_gone (stream, seq)
        select stream, min(first_seq) - 1
        from taken
        group by stream
        order by stream
        on conflict do nothing
        """,
        flush.streams,
        flush.first_seqs,
        flush.last_seqs,
        flush.id,
    )


async def _let_go(tx: Tx, flush: Flush) -> None:
    """Delete the rows, and those kept for an earlier listener: what is kept has no hole."""
    await tx.execute(
        """
        with taken as (
            select stream, first_seq, last_seq
            from unnest($1::smallint[], $2::bigint[], $3::bigint[])
                as r (stream, first_seq, last_seq)
        ), deleted as (
            delete from journal j
            using taken t
            where j.stream = t.stream and j.seq between t.first_seq and t.last_seq
        ), old as (
            delete from journal_recent
            returning stream, seq
        ), gone as (
            select stream, last_seq as seq from taken
            union all
            select stream, seq from old
        )
        insert into journal_gone (stream, seq, flush_id)
        select stream, max(seq), $4
        from gone
        group by stream
        order by stream
        on conflict (stream) do update
        set seq = greatest(journal_gone.seq, excluded.seq), flush_id = excluded.flush_id
        """,
        flush.streams,
        flush.first_seqs,
        flush.last_seqs,
        flush.id,
    )


async def quarantine(tx: Tx, flush: FlushId, row: Body, bad: bytes, rest: bytes, why: str) -> None:
    """Set a row's unreadable lines aside as they are, and leave it with the rest, packed again."""
    await tx.execute(
        """
        insert into journal_quarantine (flush_id, events, body, error) values ($1, $2, $3, $4)
        """,
        flush,
        bad.count(b"\n"),
        bad,
        why,
    )
    await tx.execute(
        "update journal set body = $3 where stream = $1 and seq = $2", row.stream, row.seq, rest
    )


async def oldest_waiting(tx: Tx) -> datetime | None:
    """When the oldest row of the backlog arrived: the first of one of the streams."""
    return await tx.value(
        """
        select min(first.received_at)
        from journal_streams s
        cross join lateral (
            select received_at from journal where stream = s.stream order by seq limit 1
        ) first
        """
    )


async def forget_batches(tx: Tx, before: datetime, most: int) -> int:
    """Forget answers that nobody will ask for again, some at a time."""
    return await tx.execute(
        """
        delete from ingest_batches
        where (site_id, batch_key) in (
            select site_id, batch_key from ingest_batches where received_at < $1 limit $2
        )
        """,
        before,
        most,
    )


async def last_run(tx: Tx, name: str) -> datetime | None:
    return await tx.value("select ran_at from maintenance_runs where name = $1", name)


async def note_run(tx: Tx, name: str, at: datetime) -> None:
    await tx.execute(
        """
        insert into maintenance_runs (name, ran_at) values ($1, $2)
        on conflict (name) do update set ran_at = excluded.ran_at
        """,
        name,
        at,
    )


def ranges(taken: Sequence[tuple[int, Waiting]]) -> tuple[list[int], list[int], list[int]]:
    """Streams with the first and last `seq` of the rows taken from each."""
    streams: list[int] = []
    first: list[int] = []
    last: list[int] = []
    for stream, row in taken:
        if streams and streams[-1] == stream:
            last[-1] = row.seq
        else:
            streams.append(stream)
            first.append(row.seq)
            last.append(row.seq)
    return streams, first, last

"""What the journal holds, and for a while what it held, for those who follow events as they come.

`journal_gone` always says which rows nobody can read any more, so a follower never has to know who
was listening when: what lies above is there, what lies at or below may be gone.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

import msgspec

from pista.events.queries import ends, prefer_indexes, prefer_indexes_now
from pista.ids import FlushId
from pista.store.postgres import Lead, Tx

__all__ = [
    "Held",
    "ends",
    "held",
    "listen",
    "note_gone",
    "prefer_indexes",
    "prefer_indexes_now",
    "prune",
]

LISTENING = timedelta(seconds=90)
"""How long a listener is believed to be there: long enough to come back after a cut."""
KEPT = timedelta(seconds=60)
KEPT_BYTES = 64 * 2**20


class Held(msgspec.Struct, frozen=True, kw_only=True):
    """A row that can be read, with the state of its stream; a stream without one has no `seq`."""

    stream: int
    last_seq: int
    gone_seq: int
    """The last row of the stream that cannot be read any more; 0 if there is none."""
    gone_flush: FlushId | None
    """The flush with which it went."""
    seq: int | None
    received_at: datetime | None
    events: int | None
    body: bytes | None
    """A zstd frame; None where that would have been too many bytes."""


async def listen(tx: Tx, listener: UUID) -> None:
    """From now on rows are kept. The database's own clock is taken, as it is everybody's."""
    await tx.execute(
        """
        insert into journal_listeners (listener, expires_at) values ($1, now() + $2::interval)
        on conflict (listener) do update set expires_at = excluded.expires_at
        """,
        listener,
        LISTENING,
    )


async def note_gone(tx: Tx, flush: FlushId) -> None:
    """Say of streams of which nothing is known (a new database, or PostgreSQL has crashed) that
    all is gone but what the journal still holds. `flush` is one that could begin now."""
    await tx.execute(
        """
        insert into journal_gone (stream, seq, flush_id)
        select s.stream, coalesce(first.seq - 1, s.last_seq), $1
        from journal_streams s
        left join lateral (
            select seq from journal where stream = s.stream order by seq limit 1
        ) first on true
        order by s.stream
        on conflict do nothing
        """,
        flush,
    )


async def held(
    tx: Tx,
    streams: Sequence[int],
    first: Sequence[int],
    below: Sequence[int],
    others_below: int,
    most_bytes: int,
) -> list[Held]:
    """The rows from `first` to `below` of each stream, and of those not named to `others_below`.

    One statement is one snapshot: a row that a flush moves meanwhile is seen once. Rows come in the
    order of each stream; if their lines are too many bytes, the newest come with their bodies.
    """
    return await tx.all(
        Held,
        """
        with wanted as (
            select s.stream, s.last_seq, coalesce(g.seq, 0) as gone_seq, g.flush_id as gone_flush,
                   coalesce(m.first, 1) as first, coalesce(m.below, $4) as below
            from journal_streams s
            left join journal_gone g using (stream)
            left join unnest($1::smallint[], $2::bigint[], $3::bigint[])
                as m (stream, first, below) using (stream)
        ), found as (
            select w.stream, r.seq, r.received_at, r.events, r.size, r.body
            from wanted w
            cross join lateral (
                select seq, received_at, events, size, body
                from journal j
                where j.stream = w.stream and j.seq >= w.first and j.seq < w.below
                union all
                select seq, received_at, events, size, body
                from journal_recent k
                where k.stream = w.stream and k.seq >= w.first and k.seq < w.below
            ) r
        ), measured as (
            select stream, seq, received_at, events, body,
                   sum(size) over (order by received_at desc, seq desc, stream) - size as newer
            from found
        )
        select w.stream, w.last_seq, w.gone_seq, w.gone_flush, r.seq, r.received_at, r.events,
               case when r.newer < $5 then r.body end as body
        from wanted w
        left join measured r using (stream)
        order by w.stream, r.seq
        """,
        streams,
        first,
        below,
        others_below,
        most_bytes,
    )


async def prune(lead: Lead) -> None:
    """A chore of the writer: let go what was kept long enough, and what is too much.

    A flush goes whole, so that each is either held or gone.
    """
    async with lead.transaction() as tx:
        await tx.execute(
            """
            with flushes as (
                select kept_at, sum(sum(octet_length(body))) over (order by kept_at desc) as newer
                from journal_recent
                group by kept_at
            ), old as (
                delete from journal_recent
                where kept_at <= (
                    select max(kept_at)
                    from flushes
                    where kept_at < now() - $1::interval or newer > $2
                )
                returning stream, seq, kept_at, flush_id
            )
            insert into journal_gone (stream, seq, flush_id)
            select stream, max(seq), (select flush_id from old order by kept_at desc limit 1)
            from old
            group by stream
            order by stream
            on conflict (stream) do update
            set seq = greatest(journal_gone.seq, excluded.seq), flush_id = excluded.flush_id
            """,
            KEPT,
            KEPT_BYTES,
        )
        await tx.execute(
            "delete from journal_listeners where expires_at < now() - interval '1 day'"
        )

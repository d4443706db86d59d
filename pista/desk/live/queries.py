"""The SQL of what is told.

Numbers are given before commits: a smaller one may become visible later. So a place is a snapshot
of PostgreSQL, not a number, and what is new is what it did not see.
"""

from typing import LiteralString

import msgspec

from pista.ids import TenantId, UserId
from pista.store.postgres import Tx


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A message; or none, and only the place."""

    place: str
    tenant_id: TenantId | None
    seq: int | None
    audience: list[UserId] | None
    body: str | None


class Missed(msgspec.Struct, frozen=True, kw_only=True):
    seq: int
    body: str


async def place(tx: Tx) -> str:
    return await tx.value("select pg_current_snapshot()::text")


_AFTER: LiteralString = """
    select
        here.place::text as place, m.tenant_id, m.seq, m.audience, m.body::text as body
    from (select pg_current_snapshot() as place) here
    left join desk_messages m
        on m.written_in >= pg_snapshot_xmin($1::text::pg_snapshot)::text::bigint
        and not pg_visible_in_snapshot(m.written_in::text::xid8, $1::text::pg_snapshot)
        and pg_visible_in_snapshot(m.written_in::text::xid8, here.place)
    order by m.tenant_id, m.seq
"""


async def after(tx: Tx, place: str) -> list[Row]:
    """What has become visible since, of all companies; by company in the order of the numbers."""
    return await tx.all(Row, _AFTER, place)


async def known_with(tx: Tx, tenant: TenantId, seq: int) -> str | None:
    """The place at which this message was written; None if it is too long ago to resume from.

    A little less is resumed than is kept: what is let go of goes by another clock.
    """
    return await tx.value(
        """
        select known::text
        from desk_messages
        where tenant_id = $1 and seq = $2 and at > clock_timestamp() - interval '55 minutes'
        """,
        tenant,
        seq,
    )


async def missed(
    tx: Tx,
    tenant: TenantId,
    asesor: UserId | None,
    *,
    after: int,
    known: str,
    place: str,
    most: int,
) -> list[Missed]:
    """What is visible at `place`, and comes after this message or was not visible when that was
    written. Of an asesor, what concerns them."""
    return await tx.all(
        Missed,
        """
        select m.seq, m.body
        from (
            select seq, written_in, audience, body::text as body
            from desk_messages
            where tenant_id = $1 and seq > $3
            union all
            select seq, written_in, audience, body::text as body
            from desk_messages
            where tenant_id = $1 and seq < $3
                and written_in >= pg_snapshot_xmin($4::text::pg_snapshot)::text::bigint
                and not pg_visible_in_snapshot(
                    written_in::text::xid8, $4::text::pg_snapshot
                )
        ) m
        where pg_visible_in_snapshot(m.written_in::text::xid8, $5::text::pg_snapshot)
            and ($2::uuid is null or $2 = any(m.audience))
        order by m.seq
        limit $6
        """,
        tenant,
        asesor,
        after,
        known,
        place,
        most,
    )

"""SQL of the linking report: each statement reads a period of an index, and no more."""

from collections.abc import Sequence
from datetime import date, datetime

import msgspec

from pista.identity.model import Method, Outcome
from pista.ids import TenantId, VisitorId
from pista.store.postgres import Tx


class Tally(msgspec.Struct, frozen=True, kw_only=True):
    """How many claims of a day ended alike."""

    day: date
    method: Method
    outcome: Outcome
    claims: int


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """A link that was made."""

    method: Method
    visitor_id: VisitorId
    decided_at: datetime


class Arrived(msgspec.Struct, frozen=True, kw_only=True):
    """Contacts of a day, and those of them that have a visitor by now."""

    day: date
    contacts: int
    linked: int


async def tallies(
    tx: Tx,
    tenant: TenantId,
    start: datetime,
    end: datetime,
    zone: str,
    only: Sequence[VisitorId] | None,
) -> list[Tally]:
    """By the day of the zone; of these visitors alone, if they are given."""
    return await tx.all(
        Tally,
        """
        select (decided_at at time zone $4)::date as day, method, outcome, count(*) as claims
        from link_claims
        where tenant_id = $1 and decided_at >= $2 and decided_at < $3
            and ($5::text[] is null or visitor_id = any ($5))
        group by day, method, outcome
        """,
        tenant,
        start,
        end,
        zone,
        only,
    )


async def made(
    tx: Tx,
    tenant: TenantId,
    start: datetime,
    end: datetime,
    only: Sequence[VisitorId] | None,
    most: int,
) -> list[Made]:
    """The latest links first."""
    return await tx.all(
        Made,
        """
        select method, visitor_id, decided_at
        from link_claims
        where tenant_id = $1 and decided_at >= $2 and decided_at < $3
            and outcome in ('linked', 'displaced', 'forked')
            and ($4::text[] is null or visitor_id = any ($4))
        order by decided_at desc
        limit $5
        """,
        tenant,
        start,
        end,
        only,
        most,
    )


async def claimed(
    tx: Tx, tenant: TenantId, start: datetime, end: datetime, most: int
) -> list[VisitorId]:
    """Of whom something was said, the latest first; some of them more than once."""
    found = await tx.all(
        _Visitor,
        """
        select visitor_id
        from link_claims
        where tenant_id = $1 and decided_at >= $2 and decided_at < $3
        order by decided_at desc
        limit $4
        """,
        tenant,
        start,
        end,
        most,
    )
    return [row.visitor_id for row in found]


async def arrived(
    tx: Tx, tenant: TenantId, start: datetime, end: datetime, zone: str
) -> list[Arrived]:
    """A contact counts on the day on which it was first told of; one that was merged counts as
    what it was merged into, and has the visitors of both."""
    return await tx.all(
        Arrived,
        """
        select (c.created_at at time zone $4)::date as day, count(*) as contacts,
            count(coalesce(own.found, of_merged.found)) as linked
        from contacts c
        left join lateral (
            select true as found
            from visitor_contact v
            where v.tenant_id = $1 and v.contact_id = c.id
            limit 1
        ) own on true
        left join lateral (
            select true as found
            from contacts lower
            cross join lateral contact_family($1, lower.id) as member (id)
            join visitor_contact v on v.tenant_id = $1 and v.contact_id = member.id
            where lower.tenant_id = $1 and lower.merged_into = c.id
            limit 1
        ) of_merged on true
        where c.tenant_id = $1 and c.merged_into is null
            and c.created_at >= $2 and c.created_at < $3
        group by day
        """,
        tenant,
        start,
        end,
        zone,
    )


class _Visitor(msgspec.Struct, frozen=True, kw_only=True):
    visitor_id: VisitorId

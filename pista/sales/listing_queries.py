"""SQL of lists of sales and of one sale with its history: each page comes from one index."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString, NamedTuple
from uuid import UUID

import msgspec

from pista import paging
from pista.ids import ContactId, TenantId
from pista.sales.model import (
    Sale,
    SaleChange,
    SaleId,
    SaleRefund,
    SaleSource,
    Status,
    Totals,
)
from pista.store.postgres import Tx


class Place(NamedTuple):
    """The last one of the page before."""

    at: paging.Moment
    id: UUID


class Wanted(NamedTuple):
    statuses: Sequence[Status] | None
    sources: Sequence[SaleSource] | None
    contact: ContactId | None
    search: str | None
    """The whole of an order's number or of what a Pix is named by, or a part of a name."""
    since: datetime | None
    until: datetime | None


class Whole(Sale, frozen=True, kw_only=True):
    page_url: str | None
    click_token: str | None


class BuyerRow(msgspec.Struct, frozen=True, kw_only=True):
    id: SaleId
    number: str | None
    name: str | None


_SALE: LiteralString = """
select s.id, s.status, s.amount_cents as "amountCents", s.refunded_cents as "refundedCents",
    s.currency, s.description, s.source, s.source_id as "sourceId",
    s.external_id as "externalId", r.id as "contactId",
    coalesce(r.name, k.name) as "contactName", s.person_id as "personId",
    s.channel_id as "channelId", s.visitor_id as "visitorId", s.items, s.buyer, s.test,
    s.occurred_at as "occurredAt", s.created_at as "createdAt", s.paid_at as "paidAt",
    s.expires_at as "expiresAt", s.version, s.page_url as "pageUrl",
    s.click_token as "clickToken"
from sales s
left join contacts k on k.tenant_id = s.tenant_id and k.id = s.contact_id
left join contacts r
    on r.tenant_id = s.tenant_id and r.id = contact_root(s.tenant_id, s.contact_id)
"""

_WANTED: LiteralString = """
    s.tenant_id = $1
    and ($2::text[] is null or s.status = any ($2))
    and ($3::text[] is null or s.source = any ($3))
    and ($4::text is null or s.contact_id in (select contact_family($1, $4)))
    and (
        $5::text is null or s.external_id = $5
        or exists (
            select from charges c
            where c.tenant_id = $1 and c.sale_id = s.id and $5 in (c.txid, c.e2e, c.gateway_id)
        )
        or s.buyer ->> 'name' ilike $6 or s.buyer ->> 'email' ilike $6
        or exists (
            select from contacts k
            where k.tenant_id = $1 and k.id = s.contact_id and (
                k.name ilike $6 or k.email ilike $6
            )
        )
    )
    and ($7::timestamptz is null or s.occurred_at >= $7)
    and ($8::timestamptz is null or s.occurred_at < $8)
"""

LISTED: LiteralString = (
    _SALE
    + "where "
    + _WANTED
    + """
    and ($9::timestamptz is null or (s.occurred_at, s.id) < ($9, $10::uuid))
    order by s.occurred_at desc, s.id desc
    limit $11
    """
)

TOTALS: LiteralString = (
    """
select s.currency, count(*) as sales,
    count(*) filter (where s.paid_at is not null) as paid,
    coalesce(sum(s.amount_cents) filter (where s.paid_at is not null), 0)::bigint as "paidCents",
    sum(s.refunded_cents)::bigint as "refundedCents",
    count(*) filter (where s.status = 'pending') as pending,
    coalesce(sum(s.amount_cents) filter (where s.status = 'pending'), 0)::bigint
        as "pendingCents"
from sales s
where not s.test and """
    + _WANTED
    + """
group by s.currency
order by s.currency
"""
)


async def listed(
    tx: Tx, tenant: TenantId, wanted: Wanted, before: Place | None, most: int
) -> list[Sale]:
    at, last = before or (None, None)
    return await tx.all(Sale, LISTED, *_given(tenant, wanted), at, last, most)


async def totals(tx: Tx, tenant: TenantId, wanted: Wanted) -> list[Totals]:
    return await tx.all(Totals, TOTALS, *_given(tenant, wanted))


def _given(tenant: TenantId, wanted: Wanted) -> tuple[Any, ...]:
    pattern = None
    if wanted.search is not None:
        escaped = wanted.search.replace("\\", "\\\\").replace("%", r"\%").replace("_", r"\_")
        pattern = f"%{escaped}%"
    return (
        tenant,
        wanted.statuses,
        wanted.sources,
        wanted.contact,
        wanted.search,
        pattern,
        wanted.since,
        wanted.until,
    )


async def one(tx: Tx, tenant: TenantId, sale: SaleId) -> Whole | None:
    return await tx.one_or_none(Whole, _SALE + "where s.tenant_id = $1 and s.id = $2", tenant, sale)


async def changes(tx: Tx, tenant: TenantId, sale: SaleId) -> list[SaleChange]:
    """The oldest first."""
    return await tx.all(
        SaleChange,
        """
        select c.id, c.move, c.from_status as "fromStatus", c.to_status as "toStatus", c.at,
            c.amount_cents as "amountCents", c.actor_kind as "actorKind",
            c.actor_id as "actorId", coalesce(u.name, k.name) as "actorName", c.why, c.evidence
        from sale_changes c
        left join users u
            on c.actor_kind = 'user' and u.tenant_id = c.tenant_id and u.id = c.actor_id
        left join api_keys k
            on c.actor_kind = 'key' and k.tenant_id = c.tenant_id and k.id = c.actor_id
        where c.tenant_id = $1 and c.sale_id = $2
        order by c.id
        """,
        tenant,
        sale,
    )


async def refunds(tx: Tx, tenant: TenantId, sale: SaleId) -> list[SaleRefund]:
    return await tx.all(
        SaleRefund,
        """
        select id, kind, amount_cents as "amountCents", external_id as "externalId", at
        from refunds
        where tenant_id = $1 and sale_id = $2
        order by at, id
        """,
        tenant,
        sale,
    )


async def buyers(tx: Tx, tenant: TenantId, sales: Sequence[UUID]) -> list[BuyerRow]:
    """Who bought, by the name that the screen of sales has; and the shop's number."""
    return await tx.all(
        BuyerRow,
        """
        select s.id, s.external_id as number,
            coalesce(
                r.name, k.name, nullif(s.buyer ->> 'name', ''), nullif(s.buyer ->> 'email', '')
            ) as name
        from sales s
        left join contacts k on k.tenant_id = s.tenant_id and k.id = s.contact_id
        left join contacts r
            on r.tenant_id = s.tenant_id and r.id = contact_root(s.tenant_id, s.contact_id)
        where s.tenant_id = $1 and s.id = any ($2::uuid[])
        """,
        tenant,
        sales,
    )


async def of_number(tx: Tx, tenant: TenantId, number: str) -> list[SaleId]:
    """Of a shop's number, or of the end-to-end id on a Pix's receipt."""
    rows = await tx.connection.fetch(
        """
        select id from sales where tenant_id = $1 and external_id = $2
        union
        select sale_id from charges where tenant_id = $1 and e2e = $2
        """,
        tenant,
        number,
    )
    return [row["id"] for row in rows]

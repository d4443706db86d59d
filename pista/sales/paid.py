"""What was paid, of many contacts at once, and what they named, for whoever credits it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import msgspec

from pista.ids import ContactId, TenantId, VisitorId
from pista.sales.model import SaleId
from pista.store.postgres import Tx


class PaidSale(msgspec.Struct, frozen=True, kw_only=True):
    id: SaleId
    contact_id: ContactId | None
    person_id: UUID | None
    channel_id: UUID | None
    visitor_id: VisitorId | None
    click_token: str | None
    paid_at: datetime
    amount_cents: int
    refunded_cents: int
    currency: str


class NamedClick(NamedTuple):
    """A click that a sale came with: who bought has clicked there."""

    contact_id: ContactId
    token: str
    at: datetime
    """When that was told first."""


async def clicks_named_by(
    tx: Tx, tenant: TenantId, contacts: Sequence[ContactId]
) -> list[NamedClick]:
    """By their sales, paid or not; no tests."""
    rows = await tx.connection.fetch(
        """
        select contact_id, click_token, min(created_at) as at
        from sales
        where tenant_id = $1 and contact_id = any ($2::text[]) and click_token is not null
            and not test
        group by contact_id, click_token
        """,
        tenant,
        contacts,
    )
    return [NamedClick(*row.values()) for row in rows]


async def paid_sales_of(
    tx: Tx,
    tenant: TenantId,
    contacts: Sequence[ContactId],
    persons: Sequence[UUID],
    visitors: Sequence[VisitorId],
    sales: Sequence[UUID],
) -> list[PaidSale]:
    """That name one of these contacts, people who write or browsers, and these; no tests."""
    return await tx.all(
        PaidSale,
        """
        with theirs as (
            select id from sales where tenant_id = $1 and contact_id = any ($2::text[])
            union
            select id from sales where tenant_id = $1 and person_id = any ($3::uuid[])
            union
            select id from sales where tenant_id = $1 and visitor_id = any ($4::text[])
            union
            select unnest($5::uuid[])
        )
        select s.id, s.contact_id, s.person_id, s.channel_id, s.visitor_id, s.click_token,
            s.paid_at, s.amount_cents, s.refunded_cents, s.currency
        from theirs
        join sales s on s.tenant_id = $1 and s.id = theirs.id
        where s.paid_at is not null and not s.test
        """,
        tenant,
        contacts,
        persons,
        visitors,
        sales,
    )

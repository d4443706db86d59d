"""What the timeline of a contact tells of its sales: each step of each, when it happened."""

from datetime import datetime

import msgspec

from pista.contacts.facts import Before, Fact, Told
from pista.ids import ContactId, TenantId
from pista.sales import money
from pista.sales.model import SaleId, SaleSource
from pista.store.postgres import Tx

TOLD: dict[str, str] = {
    "report": "sale_made",
    "pay": "sale_paid",
    "refund_part": "sale_refunded",
    "refund": "sale_refunded",
    "charge_back": "sale_charged_back",
    "reverse": "sale_won_back",
    "cancel": "sale_canceled",
    "refuse": "sale_refused",
    "expire": "sale_expired",
}


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    at: datetime
    move: str
    sale_id: SaleId
    contact_id: ContactId | None
    source: SaleSource
    external_id: str | None
    amount_cents: int
    currency: str
    by: str | None


async def facts(tx: Tx, tenant: TenantId, root: ContactId, before: Before, most: int) -> list[Told]:
    """Of the contact that is shown, of those merged into it, and of whoever they write as."""
    rows = await tx.all(
        _Row,
        """
        with family as materialized (select contact_family($1, $2) as id),
        its as materialized (
            select s.id, s.contact_id, s.source, s.external_id, s.currency
            from sales s
            where s.tenant_id = $1 and s.contact_id in (select id from family)
            union
            select s.id, s.contact_id, s.source, s.external_id, s.currency
            from chat_people p
            join sales s on s.tenant_id = $1 and s.person_id = p.id
            where p.tenant_id = $1 and p.contact_id in (select id from family)
        ), told as (
            select 'sale.' || to_char(c.id, 'FM0000000000000000') as id, c.at, c.move,
                s.id as sale_id, s.contact_id, s.source, s.external_id, c.amount_cents,
                s.currency, u.name as by
            from its s
            join sale_changes c on c.tenant_id = $1 and c.sale_id = s.id
            left join users u
                on c.actor_kind = 'user' and u.tenant_id = c.tenant_id and u.id = c.actor_id
            where c.at <= $3
        )
        select id, at, move, sale_id, contact_id, source, external_id, amount_cents, currency, by
        from told
        where (at, id collate "C") < ($3, $4)
        order by at desc, id collate "C" desc
        limit $5
        """,
        tenant,
        root,
        before.at,
        before.id,
        most,
    )
    return [Told(row.at, _fact(row)) for row in rows]


def _fact(row: _Row) -> Fact:
    evidence = {
        "saleId": str(row.sale_id),
        "amount": money.text(row.amount_cents),
        "currency": row.currency,
        "source": row.source,
    }
    if row.external_id:
        evidence["externalId"] = row.external_id
    return Fact(
        id=row.id,
        room="sales",
        what=TOLD[row.move],
        contact_id=row.contact_id,
        by=row.by,
        evidence=evidence,
    )

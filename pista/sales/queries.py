"""SQL of sales, one statement per function."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

import msgspec

from pista.ids import ContactId, TenantId, VisitorId
from pista.sales.model import (
    ActorKind,
    Buyer,
    ChargeId,
    Consent,
    RefundKind,
    SaleFacts,
    SaleId,
    SaleItem,
    SaleSource,
    Status,
)
from pista.sales.numbering import Numbered
from pista.store.postgres import Tx


class Row(msgspec.Struct, frozen=True, kw_only=True):
    """A sale as it is written."""

    id: SaleId
    contact_id: ContactId | None = None
    person_id: UUID | None = None
    channel_id: UUID | None = None
    visitor_id: VisitorId | None = None
    click_token: str | None = None
    source: SaleSource
    source_id: UUID | None = None
    external_id: str | None = None
    named_by: Sequence[UUID] = ()
    """Who names it by that number: see `numbering`."""
    idempotency_key: str | None = None
    asked: bytes | None = None
    status: Status = "pending"
    amount_cents: int
    refunded_cents: int = 0
    currency: str
    description: str | None = None
    items: list[SaleItem] = []
    buyer: Buyer = Buyer()
    client_ip: str | None = None
    client_user_agent: str | None = None
    page_url: str | None = None
    consent: Consent = Consent()
    test: bool = False
    occurred_at: datetime
    created_at: datetime
    paid_at: datetime | None = None
    expires_at: datetime | None = None
    version: int = 1


async def add(tx: Tx, tenant: TenantId, row: Row) -> bool:
    """False if there is one with its number or key: then it is for the caller to look it up."""
    return bool(
        await tx.execute(
            """
            insert into sales (
                tenant_id, id, contact_id, person_id, channel_id, visitor_id, click_token, source,
                source_id, external_id, idempotency_key, asked, status, amount_cents, currency,
                description, items, buyer, client_ip, client_user_agent, page_url, consent, test,
                occurred_at, created_at, expires_at, changed_at, named_by
            )
            values (
                $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'pending', $13, $14, $15, $16,
                $17, $18, $19, $20, $21, $22, $23, $24, $25, $24, $26
            )
            on conflict do nothing
            """,
            tenant,
            row.id,
            row.contact_id,
            row.person_id,
            row.channel_id,
            row.visitor_id,
            row.click_token,
            row.source,
            row.source_id,
            row.external_id,
            row.idempotency_key,
            row.asked,
            row.amount_cents,
            row.currency,
            row.description,
            msgspec.to_builtins(row.items),
            msgspec.to_builtins(row.buyer),
            row.client_ip,
            row.client_user_agent,
            row.page_url,
            msgspec.to_builtins(row.consent),
            row.test,
            row.occurred_at,
            row.created_at,
            row.expires_at,
            row.named_by,
        )
    )


async def for_update(tx: Tx, tenant: TenantId, sale: SaleId) -> Row | None:
    """Nobody else changes it until the transaction ends."""
    return await tx.one_or_none(
        Row,
        """
        select id, contact_id, person_id, channel_id, visitor_id, click_token, source, source_id,
            external_id, idempotency_key, asked, status, amount_cents, refunded_cents, currency,
            description, items, buyer, client_ip, client_user_agent, page_url, consent, test,
            occurred_at, created_at, paid_at, expires_at, version
        from sales
        where tenant_id = $1 and id = $2
        for update
        """,
        tenant,
        sale,
    )


async def by_key(tx: Tx, tenant: TenantId, key: str) -> SaleId | None:
    return await tx.value(
        "select id from sales where tenant_id = $1 and idempotency_key = $2", tenant, key
    )


async def lock_number(tx: Tx, tenant: TenantId, external_id: str) -> None:
    """Whoever names an order looks whether it is there, and makes it, alone."""
    await tx.execute(
        "select pg_advisory_xact_lock(hashtextextended($1, 7405277))", f"{tenant}:{external_id}"
    )


async def of_number(tx: Tx, tenant: TenantId, external_id: str) -> list[Numbered]:
    """Sales of that number, whoever named them; the first that was told of first."""
    rows = await tx.connection.fetch(
        """
        select id, named_by from sales
        where tenant_id = $1 and external_id = $2
        order by created_at, id
        """,
        tenant,
        external_id,
    )
    return [Numbered(*row.values()) for row in rows]


async def name(tx: Tx, tenant: TenantId, sale: SaleId, by: Sequence[UUID]) -> None:
    """These name it by its number from now on, too."""
    if by:
        await tx.execute(
            """
            update sales set named_by = named_by || $3::uuid[]
            where tenant_id = $1 and id = $2 and external_id is not null
            """,
            tenant,
            sale,
            by,
        )


async def move(
    tx: Tx,
    tenant: TenantId,
    sale: SaleId,
    version: int,
    to: Status,
    *,
    refunded: int,
    paid_at: datetime | None,
    now: datetime,
) -> bool:
    """False if somebody was faster; the sale must be held, so that nobody is."""
    return bool(
        await tx.execute(
            """
            update sales
            set status = $4, refunded_cents = $5, paid_at = $6, changed_at = $7,
                version = version + 1
            where tenant_id = $1 and id = $2 and version = $3
            """,
            tenant,
            sale,
            version,
            to,
            refunded,
            paid_at,
            now,
        )
    )


async def write_change(
    tx: Tx,
    tenant: TenantId,
    sale: SaleId,
    move: str,
    from_status: str,
    to_status: Status,
    *,
    at: datetime,
    amount: int,
    actor: ActorKind,
    actor_id: UUID | None,
    why: str | None,
    evidence: Mapping[str, str],
) -> None:
    await tx.execute(
        """
        insert into sale_changes (
            tenant_id, sale_id, move, from_status, to_status, at, amount_cents, actor_kind,
            actor_id, why, evidence
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        """,
        tenant,
        sale,
        move,
        from_status,
        to_status,
        at,
        amount,
        actor,
        actor_id,
        why,
        dict(evidence),
    )


async def add_refund(
    tx: Tx,
    tenant: TenantId,
    refund: UUID,
    sale: SaleId,
    charge: ChargeId | None,
    kind: RefundKind,
    amount: int,
    external_id: str | None,
    at: datetime,
) -> None:
    await tx.execute(
        """
        insert into refunds (
            tenant_id, id, sale_id, charge_id, kind, amount_cents, external_id, at
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        tenant,
        refund,
        sale,
        charge,
        kind,
        amount,
        external_id,
        at,
    )


async def is_noted(
    tx: Tx, tenant: TenantId, sale: SaleId, kind: RefundKind, external_id: str
) -> bool:
    """Whether the gateway's or shop's own id of it is known."""
    return await tx.value(
        """
        select exists (
            select from refunds
            where tenant_id = $1 and sale_id = $2 and kind = $3 and external_id = $4
        )
        """,
        tenant,
        sale,
        kind,
        external_id,
    )


async def charged_back(tx: Tx, tenant: TenantId, sale: SaleId) -> int:
    """What chargebacks took and did not bring again, in cents."""
    return await tx.value(
        """
        select coalesce(sum(
            case kind when 'chargeback' then amount_cents when 'reversal' then -amount_cents end
        ), 0)::bigint
        from refunds
        where tenant_id = $1 and sale_id = $2
        """,
        tenant,
        sale,
    )


async def was_won_back(tx: Tx, tenant: TenantId, sale: SaleId) -> bool:
    """Whether a chargeback of it was decided for the shop."""
    return await tx.value(
        """
        select exists (
            select from refunds where tenant_id = $1 and sale_id = $2 and kind = 'reversal'
        )
        """,
        tenant,
        sale,
    )


async def facts(tx: Tx, tenant: TenantId, sale: SaleId) -> SaleFacts | None:
    return await tx.one_or_none(
        SaleFacts,
        """
        select s.tenant_id, s.id, s.status, s.amount_cents, s.refunded_cents, s.currency,
            s.description, s.source, s.source_id, s.external_id,
            contact_root(s.tenant_id, s.contact_id) as contact_id, s.person_id, s.channel_id,
            s.visitor_id, s.click_token, s.items, s.buyer, s.client_ip, s.client_user_agent,
            s.page_url, s.consent, s.test, s.occurred_at, s.created_at, s.paid_at
        from sales s
        where s.tenant_id = $1 and s.id = $2
        """,
        tenant,
        sale,
    )


async def complete(tx: Tx, tenant: TenantId, sale: SaleId, row: Row) -> None:
    """What was not known of it before; what was, stays."""
    await tx.execute(
        """
        update sales
        set contact_id = coalesce(contact_id, $3), person_id = coalesce(person_id, $4),
            channel_id = coalesce(channel_id, $5), visitor_id = coalesce(visitor_id, $6),
            click_token = coalesce(click_token, $7), description = coalesce(description, $8),
            buyer = $9::jsonb || buyer, items = case when items = '[]' then $10 else items end,
            client_ip = coalesce(client_ip, $11),
            client_user_agent = coalesce(client_user_agent, $12),
            page_url = coalesce(page_url, $13), consent = consent || $14::jsonb
        where tenant_id = $1 and id = $2
        """,
        tenant,
        sale,
        row.contact_id,
        row.person_id,
        row.channel_id,
        row.visitor_id,
        row.click_token,
        row.description,
        msgspec.to_builtins(row.buyer),
        msgspec.to_builtins(row.items),
        row.client_ip,
        row.client_user_agent,
        row.page_url,
        msgspec.to_builtins(row.consent),
    )

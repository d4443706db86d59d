"""SQL of charges, one statement per function."""

from datetime import datetime
from typing import LiteralString
from uuid import UUID

import msgspec

from pista.ids import TenantId
from pista.sales.model import AccountId, ChargeId, ChargeStatus, Gateway, SaleId, Status
from pista.store.postgres import Tx


class ChargeRow(msgspec.Struct, frozen=True, kw_only=True):
    """A charge as it is stored, with its account's gateway."""

    tenant_id: TenantId
    id: ChargeId
    account_id: AccountId
    gateway: Gateway
    sale_id: SaleId
    gateway_id: str | None
    txid: str | None
    brcode: str | None
    amount_cents: int
    description: str | None
    status: ChargeStatus
    token: str
    e2e: str | None
    conversation_id: UUID | None
    created_by: UUID | None
    created_at: datetime
    expires_at: datetime
    paid_at: datetime | None
    looked_at: datetime | None
    looks: int
    error: str | None


async def add(tx: Tx, row: ChargeRow) -> bool:
    """False if the sale can be paid already: it has one charge at a time. What becomes of it or
    not, it is looked at when it ends."""
    return bool(
        await tx.execute(
            """
            insert into charges (
                tenant_id, id, account_id, sale_id, txid, brcode, amount_cents, description,
                status, token, conversation_id, created_by, created_at, opened_at, expires_at,
                look_at
            )
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9::text, $10, $11, $12, $13::timestamptz,
                case when $9::text = 'open' then $13::timestamptz end, $14, $14)
            on conflict (tenant_id, sale_id) where status in ('creating', 'open') do nothing
            """,
            row.tenant_id,
            row.id,
            row.account_id,
            row.sale_id,
            row.txid,
            row.brcode,
            row.amount_cents,
            row.description,
            row.status,
            row.token,
            row.conversation_id,
            row.created_by,
            row.created_at,
            row.expires_at,
        )
    )


_CHARGES: LiteralString = """
select c.tenant_id, c.id, c.account_id, a.gateway, c.sale_id, c.gateway_id, c.txid, c.brcode,
    c.amount_cents, c.description, c.status, c.token, c.e2e, c.conversation_id, c.created_by,
    c.created_at, c.expires_at, c.paid_at, c.looked_at, c.looks, c.error
from charges c
join payment_accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
"""


async def charge(tx: Tx, tenant: TenantId, charge_id: ChargeId) -> ChargeRow | None:
    its = _CHARGES + "where c.tenant_id = $1 and c.id = $2"
    return await tx.one_or_none(ChargeRow, its, tenant, charge_id)


async def lock(tx: Tx, tenant: TenantId, charge_id: ChargeId) -> None:
    """After its sale, as everywhere: nobody else changes it until the transaction ends."""
    await tx.execute(
        "select id from charges where tenant_id = $1 and id = $2 for update", tenant, charge_id
    )


async def by_gateway_id(
    tx: Tx, tenant: TenantId, account: AccountId, gateway_id: str
) -> ChargeId | None:
    return await tx.value(
        """
        select id from charges where tenant_id = $1 and account_id = $2 and gateway_id = $3
        """,
        tenant,
        account,
        gateway_id.lower(),
    )


async def by_txid(tx: Tx, tenant: TenantId, account: AccountId, txid: str) -> ChargeId | None:
    return await tx.value(
        "select id from charges where tenant_id = $1 and account_id = $2 and txid = $3",
        tenant,
        account,
        txid,
    )


async def of_sale(tx: Tx, tenant: TenantId, sale: SaleId) -> list[ChargeRow]:
    """The newest first."""
    its = "where c.tenant_id = $1 and c.sale_id = $2 order by c.created_at desc, c.id"
    return await tx.all(ChargeRow, _CHARGES + its, tenant, sale)


async def of_conversation(
    tx: Tx, tenant: TenantId, conversation: UUID, most: int
) -> list[ChargeRow]:
    """The newest first."""
    its = "where c.tenant_id = $1 and c.conversation_id = $2 order by c.created_at desc, c.id"
    return await tx.all(ChargeRow, _CHARGES + its + " limit $3", tenant, conversation, most)


async def opened(
    tx: Tx,
    tenant: TenantId,
    charge_id: ChargeId,
    *,
    gateway_id: str,
    brcode: str,
    txid: str | None,
    expires_at: datetime,
    look_at: datetime | None,
    now: datetime,
) -> bool:
    """The gateway made it: it can be paid. False if it has ended since, or there is another."""
    return bool(
        await tx.execute(
            """
            update charges c
            set status = 'open', gateway_id = $3, brcode = $4, txid = coalesce($5, txid),
                expires_at = $6, look_at = $7, opened_at = $8, error = null
            where c.tenant_id = $1 and c.id = $2 and c.status in ('creating', 'unknown')
                and not exists (
                    select from charges o
                    where o.tenant_id = $1 and o.sale_id = c.sale_id and o.id <> c.id
                        and o.status in ('creating', 'open')
                )
            """,
            tenant,
            charge_id,
            gateway_id.lower(),
            brcode,
            txid,
            expires_at,
            look_at,
            now,
        )
    )


async def settle(
    tx: Tx,
    tenant: TenantId,
    charge_id: ChargeId,
    status: ChargeStatus,
    *,
    gateway_id: str | None = None,
    e2e: str | None = None,
    paid_at: datetime | None = None,
    error: str | None = None,
    look_at: datetime | None = None,
) -> None:
    await tx.execute(
        """
        update charges
        set status = $3, gateway_id = coalesce(gateway_id, $4), e2e = coalesce(e2e, $5),
            paid_at = coalesce(paid_at, $6), error = $7, look_at = $8
        where tenant_id = $1 and id = $2
        """,
        tenant,
        charge_id,
        status,
        gateway_id and gateway_id.lower(),
        e2e,
        paid_at,
        error,
        look_at,
    )


async def close(tx: Tx, tenant: TenantId, sale: SaleId, status: ChargeStatus) -> None:
    """By what it could be paid with is of no use any more; what the gateway tells of it later still
    counts, and it is looked at as before: somebody may have it open, and pay."""
    await tx.execute(
        """
        update charges set status = $3, error = null
        where tenant_id = $1 and sale_id = $2 and status in ('creating', 'open')
        """,
        tenant,
        sale,
        status,
    )


async def tell_in(tx: Tx, tenant: TenantId, charge_id: ChargeId, conversation: UUID) -> None:
    """It is sent into this conversation, and shown there."""
    await tx.execute(
        """
        update charges set conversation_id = $3
        where tenant_id = $1 and id = $2 and conversation_id is null
        """,
        tenant,
        charge_id,
        conversation,
    )


async def note_look(tx: Tx, tenant: TenantId, charge_id: ChargeId, error: str | None) -> None:
    """How it was seen to be, and what is wrong with that."""
    await tx.execute(
        """
        update charges set looks = looks + 1, error = $3 where tenant_id = $1 and id = $2
        """,
        tenant,
        charge_id,
        error,
    )


async def note_asked(tx: Tx, tenant: TenantId, charge_id: ChargeId, at: datetime) -> None:
    """When the gateway began to be asked: what was told before is known since."""
    await tx.execute(
        """
        update charges set looked_at = greatest(looked_at, $3)
        where tenant_id = $1 and id = $2
        """,
        tenant,
        charge_id,
        at,
    )


async def paid_with(tx: Tx, tenant: TenantId, e2e: str) -> ChargeId | None:
    """Which charge this very Pix has paid."""
    return await tx.value("select id from charges where tenant_id = $1 and e2e = $2", tenant, e2e)


class Due(msgspec.Struct, frozen=True, kw_only=True):
    tenant_id: TenantId
    id: ChargeId
    sale_id: SaleId
    gateway: Gateway
    expires_at: datetime
    paid_at: datetime | None
    looks: int


async def take_due(tx: Tx, now: datetime, most: int) -> list[Due]:
    """Charges, of all companies, that the gateway is to be asked about, or that end."""
    return await tx.all(
        Due,
        """
        select c.tenant_id, c.id, c.sale_id, a.gateway, c.expires_at, c.paid_at, c.looks
        from charges c
        join payment_accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
        where c.look_at <= $1
        order by c.look_at
        limit $2
        for update of c skip locked
        """,
        now,
        most,
    )


async def look_later(tx: Tx, due: Due, at: datetime | None) -> None:
    await tx.execute(
        "update charges set look_at = $3 where tenant_id = $1 and id = $2",
        due.tenant_id,
        due.id,
        at,
    )


class Page(msgspec.Struct, frozen=True, kw_only=True):
    """What whoever pays may see."""

    tenant_id: TenantId
    id: ChargeId
    sale_id: SaleId
    company: str
    status: ChargeStatus
    sale_status: Status
    amount_cents: int
    description: str | None
    brcode: str | None
    expires_at: datetime


async def page(tx: Tx, token: str) -> Page | None:
    """Whose it is, is not known yet: the token alone is."""
    return await tx.one_or_none(
        Page,
        """
        select c.tenant_id, c.id, c.sale_id,
            coalesce(a.settings ->> 'merchantName', t.name) as company, c.status,
            s.status as sale_status, c.amount_cents, c.description, c.brcode, c.expires_at
        from charges c
        join payment_accounts a on a.tenant_id = c.tenant_id and a.id = c.account_id
        join sales s on s.tenant_id = c.tenant_id and s.id = c.sale_id
        join tenants t on t.id = c.tenant_id
        where c.token = $1
        """,
        token,
    )

"""SQL of what gateways told, one statement per function."""

from datetime import datetime
from uuid import UUID

import msgspec

from pista.ids import TenantId
from pista.sales.model import AccountId, ChargeId
from pista.sales.payments.model import NoticeOutcome, PaymentNotice
from pista.store.postgres import Tx

MOST_PRUNED = 2_000


class NoticeRow(msgspec.Struct, frozen=True, kw_only=True):
    id: UUID
    account_id: AccountId
    received_at: datetime
    body: bytes | None
    outcome: NoticeOutcome


async def add(
    tx: Tx,
    tenant: TenantId,
    notice: UUID,
    account: AccountId,
    key: str,
    body: bytes | None,
    *,
    signed: bool,
    outcome: NoticeOutcome,
    detail: str | None,
    now: datetime,
) -> bool:
    """False if the very same waits to be worked off."""
    return bool(
        await tx.execute(
            """
            insert into payment_notices (
                tenant_id, id, account_id, key, received_at, body, signed, outcome, detail
            )
            select $1, $2, $3, $4, $5, $6, $7, $8, $9
            where not exists (
                select from payment_notices
                where tenant_id = $1 and account_id = $3 and key = $4 and outcome = 'waiting'
            )
            """,
            tenant,
            notice,
            account,
            key,
            now,
            body,
            signed,
            outcome,
            detail,
        )
    )


async def for_update(tx: Tx, tenant: TenantId, notice: UUID) -> NoticeRow | None:
    return await tx.one_or_none(
        NoticeRow,
        """
        select id, account_id, received_at, body, outcome
        from payment_notices
        where tenant_id = $1 and id = $2
        for update
        """,
        tenant,
        notice,
    )


async def finish(
    tx: Tx,
    tenant: TenantId,
    notice: UUID,
    outcome: NoticeOutcome,
    detail: str | None,
    charge: ChargeId | None,
    now: datetime,
) -> None:
    """What it said is forgotten: what came of it is a charge's."""
    await tx.execute(
        """
        update payment_notices
        set outcome = $3, detail = $4, charge_id = $5, finished_at = $6, body = null
        where tenant_id = $1 and id = $2
        """,
        tenant,
        notice,
        outcome,
        detail,
        charge,
        now,
    )


async def listed(tx: Tx, tenant: TenantId, account: AccountId, most: int) -> list[PaymentNotice]:
    return await tx.all(
        PaymentNotice,
        """
        select id, received_at as "receivedAt", signed, outcome, detail, charge_id as "chargeId",
            finished_at as "finishedAt"
        from payment_notices
        where tenant_id = $1 and account_id = $2
        order by id desc
        limit $3
        """,
        tenant,
        account,
        most,
    )


async def forget(tx: Tx, before: datetime) -> int:
    return await tx.execute(
        """
        delete from payment_notices
        where (tenant_id, id) in (
            select tenant_id, id from payment_notices
            where received_at < $1 and outcome <> 'waiting'
            order by received_at
            limit $2
            for update skip locked
        )
        """,
        before,
        MOST_PRUNED,
    )

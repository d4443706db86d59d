"""SQL of payment accounts, one statement per function."""

from datetime import datetime
from typing import LiteralString

import msgspec

from pista.ids import TenantId
from pista.sales.gateways.model import AccountSettings
from pista.sales.model import AccountId, Gateway
from pista.store.postgres import Tx


class AccountRow(msgspec.Struct, frozen=True, kw_only=True):
    """An account as it is stored; its secrets are sealed."""

    tenant_id: TenantId
    id: AccountId
    gateway: Gateway
    name: str
    secrets: bytes | None
    secret_hash: bytes
    settings: AccountSettings
    enabled: bool
    preferred: bool
    paused_reason: str | None
    checked_at: datetime | None
    created_at: datetime
    last_notice_at: datetime | None

    def __repr__(self) -> str:
        return f"AccountRow({self.id})"


async def lock_accounts(tx: Tx, tenant: TenantId) -> None:
    """Whoever counts accounts, or says which is preferred, does so alone."""
    await tx.execute("select id from tenants where id = $1 for no key update", tenant)


async def accounts(tx: Tx, tenant: TenantId) -> list[AccountRow]:
    return await tx.all(
        AccountRow,
        """
        select tenant_id, id, gateway, name, secrets, secret_hash, settings, enabled, preferred,
            paused_reason, checked_at, created_at, last_notice_at
        from payment_accounts
        where tenant_id = $1 and deleted_at is null
        order by created_at, id
        """,
        tenant,
    )


# Also one that was deleted: what was asked for by it may still be paid.
_ACCOUNT: LiteralString = """
select tenant_id, id, gateway, name, secrets, secret_hash, settings,
    enabled and deleted_at is null as enabled, preferred, paused_reason, checked_at, created_at,
    last_notice_at
from payment_accounts
"""


async def account(tx: Tx, tenant: TenantId, account_id: AccountId) -> AccountRow | None:
    its = _ACCOUNT + "where tenant_id = $1 and id = $2"
    return await tx.one_or_none(AccountRow, its, tenant, account_id)


async def at_the_door(tx: Tx, account_id: AccountId) -> AccountRow | None:
    """Whose it is, nobody knows yet; what proves it is still to be compared."""
    return await tx.one_or_none(AccountRow, _ACCOUNT + "where id = $1", account_id)


async def add(tx: Tx, row: AccountRow) -> None:
    await tx.execute(
        """
        insert into payment_accounts (
            tenant_id, id, gateway, name, secrets, secret_hash, settings, preferred, created_at
        )
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        """,
        row.tenant_id,
        row.id,
        row.gateway,
        row.name,
        row.secrets,
        row.secret_hash,
        msgspec.to_builtins(row.settings),
        row.preferred,
        row.created_at,
    )


async def change(tx: Tx, row: AccountRow) -> None:
    await tx.execute(
        """
        update payment_accounts
        set name = $3, secrets = $4, secret_hash = $5, settings = $6, enabled = $7,
            preferred = $8, paused_reason = $9, checked_at = $10
        where tenant_id = $1 and id = $2
        """,
        row.tenant_id,
        row.id,
        row.name,
        row.secrets,
        row.secret_hash,
        msgspec.to_builtins(row.settings),
        row.enabled,
        row.preferred,
        row.paused_reason,
        row.checked_at,
    )


async def prefer_none(tx: Tx, tenant: TenantId) -> None:
    await tx.execute(
        "update payment_accounts set preferred = false where tenant_id = $1 and preferred", tenant
    )


async def delete(tx: Tx, tenant: TenantId, account_id: AccountId, now: datetime) -> bool:
    """Its charges stay, so its row does."""
    return bool(
        await tx.execute(
            """
            update payment_accounts
            set deleted_at = $3, enabled = false, preferred = false
            where tenant_id = $1 and id = $2 and deleted_at is null
            """,
            tenant,
            account_id,
            now,
        )
    )


async def note_checked(
    tx: Tx, tenant: TenantId, account_id: AccountId, reason: str | None, now: datetime
) -> None:
    """Whether the gateway knows who we are."""
    await tx.execute(
        """
        update payment_accounts set paused_reason = $3, checked_at = $4
        where tenant_id = $1 and id = $2
        """,
        tenant,
        account_id,
        reason,
        now,
    )


async def note_notice(tx: Tx, tenant: TenantId, account_id: AccountId, now: datetime) -> None:
    """Unless another notification does so in this moment, whose commit this would wait for."""
    await tx.execute(
        """
        update payment_accounts set last_notice_at = $3::timestamptz
        where (tenant_id, id) in (
            select tenant_id, id from payment_accounts
            where tenant_id = $1 and id = $2
                and coalesce(last_notice_at < $3::timestamptz - interval '10 seconds', true)
            for no key update skip locked
        )
        """,
        tenant,
        account_id,
        now,
    )

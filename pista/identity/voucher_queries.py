"""SQL of vouchers: signed messages that told of a contact and named no visitor."""

from collections.abc import Sequence
from datetime import datetime

from pista.identity.model import ClaimId
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx

LOCKS = 7_405_216


async def lock(tx: Tx, tenant: TenantId, names: Sequence[str]) -> None:
    """A claim and the message that vouches for it see each other, whichever comes first."""
    await tx.execute(
        """
        select pg_advisory_xact_lock(key)
        from (
            select distinct hashtextextended($1::text || ' ' || name, $3) as key
            from unnest($2::text[]) as name
            order by key
        ) keys
        """,
        str(tenant),
        names,
        LOCKS,
    )


async def add(tx: Tx, tenant: TenantId, contact: ContactId, key: str, now: datetime) -> bool:
    """False if this message has vouched already."""
    return bool(
        await tx.execute(
            """
            insert into contact_vouchers (tenant_id, key, contact_id, vouched_at)
            values ($1, $2, $3, $4)
            on conflict (tenant_id, key) do nothing
            """,
            tenant,
            key,
            contact,
            now,
        )
    )


async def take(
    tx: Tx,
    tenant: TenantId,
    root: ContactId,
    since: datetime,
    until: datetime,
    claim_id: ClaimId,
) -> bool:
    """Whether there was one that no other claim has leant on."""
    return bool(
        await tx.execute(
            """
            update contact_vouchers set used_by = $5
            where tenant_id = $1 and key = (
                select key
                from contact_vouchers
                where tenant_id = $1 and contact_id in (select contact_family($1, $2))
                    and used_by is null and vouched_at between $3 and $4
                order by vouched_at, key
                limit 1
                for update
            )
            """,
            tenant,
            root,
            since,
            until,
            claim_id,
        )
    )


async def forget(tx: Tx, before: datetime, most: int) -> int:
    """Let go of vouchers that no claim can lean on any more; so many at a time."""
    return await tx.execute(
        """
        delete from contact_vouchers
        where (tenant_id, key) in (
            select tenant_id, key
            from contact_vouchers
            where vouched_at < $1
            order by vouched_at
            limit $2
            for update skip locked
        )
        """,
        before,
        most,
    )

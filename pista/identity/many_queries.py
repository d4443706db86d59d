"""SQL of many visitors at once, of whom nothing was said before."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from pista.identity.model import ClaimRow
from pista.ids import ContactId, TenantId, VisitorId
from pista.store.postgres import Tx


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """Of one of these something was said, or somebody waits to be told of it."""

    visitor_id: VisitorId | None
    crm_id: str | None


async def said(
    tx: Tx, tenant: TenantId, visitors: Sequence[VisitorId], crm_ids: Sequence[str]
) -> list[Said]:
    """Of which of these visitors there is anything, and of which of a CRM's ids a claim waits."""
    return await tx.all(
        Said,
        """
        select visitor_id, null as crm_id
        from link_claims
        where tenant_id = $1 and visitor_id = any ($2::text[])
        union
        select visitor_id, null
        from visitor_contact
        where tenant_id = $1 and visitor_id = any ($2::text[])
        union
        select visitor_id, null
        from visitor_forks
        where tenant_id = $1 and visitor_id = any ($2::text[])
        union
        select fork_id, null
        from visitor_forks
        where tenant_id = $1 and fork_id = any ($2::text[])
        union
        select null, crm_id
        from link_claims
        where tenant_id = $1 and crm_id = any ($3::text[]) and outcome = 'waiting'
        """,
        tenant,
        visitors,
        crm_ids,
    )


async def link(tx: Tx, tenant: TenantId, rows: Sequence[ClaimRow]) -> None:
    """Write these claims down, and that each visitor is its contact."""
    await tx.execute(
        """
        with said as (
            select *
            from unnest(
                $2::uuid[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[],
                $9::timestamptz[], $10::timestamptz[], $11::text[]
            ) as said (
                id, visitor_id, contact_id, method, strength, key, evidence, claimed_at,
                decided_at, outcome
            )
        ), claimed as (
            insert into link_claims (
                tenant_id, id, visitor_id, contact_id, method, strength, key, evidence, claimed_at,
                decided_at, outcome
            )
            select $1, id, visitor_id, contact_id, method, strength, key, evidence::jsonb,
                claimed_at, decided_at, outcome
            from said
        )
        insert into visitor_contact (
            tenant_id, visitor_id, contact_id, method, strength, linked_at, claim_id
        )
        select $1, visitor_id, contact_id, method, strength, decided_at, id
        from said
        """,
        tenant,
        [row.id for row in rows],
        [row.visitor_id for row in rows],
        [row.contact_id for row in rows],
        [row.method for row in rows],
        [row.strength for row in rows],
        [row.key for row in rows],
        [msgspec.json.encode(row.evidence).decode() for row in rows],
        [row.claimed_at for row in rows],
        [row.decided_at for row in rows],
        [row.outcome for row in rows],
    )


async def vouch(
    tx: Tx, tenant: TenantId, keys: Sequence[str], contacts: Sequence[ContactId], now: datetime
) -> None:
    """A message that has vouched already does so once."""
    await tx.execute(
        """
        insert into contact_vouchers (tenant_id, key, contact_id, vouched_at)
        select $1, key, contact_id, $4
        from unnest($2::text[], $3::text[]) as given (key, contact_id)
        on conflict (tenant_id, key) do nothing
        """,
        tenant,
        keys,
        contacts,
        now,
    )

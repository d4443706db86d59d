"""The SQL of what proves a domain."""

from datetime import datetime

import msgspec

from pista.clicks.model import WhyUnproven
from pista.ids import TenantId
from pista.store.postgres import Tx


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """A company says that a domain is its own."""

    domain: str
    proof: str
    proven_at: datetime | None


async def claim(tx: Tx, tenant: TenantId, domain: str) -> Claim | None:
    return await tx.one_or_none(
        Claim,
        "select domain, proof, proven_at from link_domains where tenant_id = $1 and domain = $2",
        tenant,
        domain,
    )


async def is_taken(tx: Tx, domain: str) -> bool:
    """Whether any company has proven it."""
    return await tx.value("select link_domain_is_taken($1)", domain)


async def prove(tx: Tx, tenant: TenantId, of: Claim, now: datetime) -> None:
    """It is theirs from now on: one company's alone, or this fails."""
    await tx.execute(
        """
        update link_domains set proven_at = $4, checked_at = $4, why = null
        where tenant_id = $1 and domain = $2 and proof = $3 and proven_at is null
        """,
        tenant,
        of.domain,
        of.proof,
        now,
    )


async def note(tx: Tx, tenant: TenantId, of: Claim, why: WhyUnproven, now: datetime) -> None:
    await tx.execute(
        """
        update link_domains set checked_at = $4, why = $5
        where tenant_id = $1 and domain = $2 and proof = $3 and proven_at is null
        """,
        tenant,
        of.domain,
        of.proof,
        now,
        why,
    )

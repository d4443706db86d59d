"""SQL of claims that wait for a person, and of what stands against a claim that nobody signed."""

from collections.abc import Sequence
from datetime import datetime, timedelta

import msgspec

from pista.identity import queries
from pista.identity.model import ClaimId, ClaimRow, ReviewDecision
from pista.identity.queries import LinkRow
from pista.ids import ContactId, TenantId, VisitorId
from pista.store.postgres import Tx

MOST_OF_A_CONTACT = 20
"""More claims about one contact are a flood; they stand in the log."""
MOST_COUNTED = 100


class ReviewRow(msgspec.Struct, frozen=True, kw_only=True):
    """A claim that a person is asked about."""

    claim_id: ClaimId
    contact_id: ContactId
    opened_at: datetime
    decision: ReviewDecision | None
    decided_by: str | None
    decided_at: datetime | None
    made: list[ClaimId]
    """The claims by which the decision was carried out."""


class Rival(msgspec.Struct, frozen=True, kw_only=True):
    """Another browser about which nobody signed said the same."""

    claim_id: ClaimId
    visitor_id: VisitorId
    leans: bool
    """Whether it is linked, and would not be if this other browser had been known of."""


REVIEW = """
select claim_id, contact_id, opened_at, decision, decided_by, decided_at, made
from claim_reviews
"""


async def open_review(
    tx: Tx,
    tenant: TenantId,
    claim_id: ClaimId,
    visitor: VisitorId,
    contact: ContactId,
    now: datetime,
) -> bool:
    """False if the same is asked already, or too much of this contact."""
    return bool(
        await tx.execute(
            """
            insert into claim_reviews (tenant_id, claim_id, visitor_id, contact_id, opened_at)
            select $1, $2, $3, $4, $5
            where not exists (
                select from claim_reviews
                where tenant_id = $1 and contact_id = $4 and visitor_id = $3 and decision is null
            )
            and (
                select count(*)
                from (
                    select
                    from claim_reviews
                    where tenant_id = $1 and contact_id = $4 and decision is null
                    limit $6
                ) many
            ) < $6
            on conflict (tenant_id, claim_id) do nothing
            """,
            tenant,
            claim_id,
            visitor,
            contact,
            now,
            MOST_OF_A_CONTACT,
        )
    )


async def open_heard_of(
    tx: Tx, tenant: TenantId, crm_id: str, contact: ContactId, since: datetime, now: datetime
) -> int:
    """Ask about claims that named this CRM's contact before anybody had told of it; not where the
    visitor is somebody's for certain."""
    return await tx.execute(
        """
        insert into claim_reviews (tenant_id, claim_id, visitor_id, contact_id, opened_at)
        select distinct on (visitor_id) $1, id, visitor_id, $3, $5
        from (
            select id, visitor_id
            from link_claims
            where tenant_id = $1 and crm_id = $2 and outcome = 'waiting' and contact_id is null
                and claimed_at >= $4
                and not exists (
                    select from visitor_contact v
                    where v.tenant_id = $1 and v.visitor_id = link_claims.visitor_id
                        and v.strength = 'strong'
                )
            order by claimed_at
            limit $6
        ) early
        on conflict (tenant_id, claim_id) do nothing
        """,
        tenant,
        crm_id,
        contact,
        since,
        now,
        MOST_OF_A_CONTACT,
    )


async def ask_of(tx: Tx, tenant: TenantId, unproven: ContactId, contact: ContactId) -> int:
    """What is asked about pages' claims to one contact is asked about another, if these are two."""
    return await tx.execute(
        """
        update claim_reviews r set contact_id = $3
        where r.tenant_id = $1 and r.contact_id = $2 and r.decision is null
            and contact_root($1, $2) is distinct from contact_root($1, $3)
            and exists (
                select from link_claims c
                where c.tenant_id = $1 and c.id = r.claim_id and c.method = 'ud'
            )
        """,
        tenant,
        unproven,
        contact,
    )


async def settle(
    tx: Tx,
    tenant: TenantId,
    visitor: VisitorId,
    contact: ContactId | None,
    claim_id: ClaimId,
    now: datetime,
) -> int:
    """What is asked of this visitor (and contact, if one is given) has found its answer."""
    return await tx.execute(
        """
        update claim_reviews set decision = 'settled', decided_at = $5, made = array[$4::uuid]
        where tenant_id = $1 and visitor_id = $2 and decision is null
            and ($3::text is null or contact_root($1, contact_id) = $3)
        """,
        tenant,
        visitor,
        contact,
        claim_id,
        now,
    )


async def review_for_update(tx: Tx, tenant: TenantId, claim_id: ClaimId) -> ReviewRow | None:
    return await tx.one_or_none(
        ReviewRow,
        REVIEW + "where tenant_id = $1 and claim_id = $2 for update",
        tenant,
        claim_id,
    )


async def review(tx: Tx, tenant: TenantId, claim_id: ClaimId) -> ReviewRow | None:
    return await tx.one_or_none(
        ReviewRow, REVIEW + "where tenant_id = $1 and claim_id = $2", tenant, claim_id
    )


async def store_decision(
    tx: Tx,
    tenant: TenantId,
    claim_id: ClaimId,
    decision: ReviewDecision,
    made: Sequence[ClaimId],
    by: str,
    now: datetime,
) -> None:
    await tx.execute(
        """
        update claim_reviews set decision = $3, made = $4, decided_by = $5, decided_at = $6
        where tenant_id = $1 and claim_id = $2
        """,
        tenant,
        claim_id,
        decision,
        made,
        by,
        now,
    )


async def reopen(tx: Tx, tenant: TenantId, claim_id: ClaimId, made: Sequence[ClaimId]) -> None:
    """This one, and what was settled by the claims that its decision had made."""
    await tx.execute(
        """
        update claim_reviews
        set decision = null, made = '{}', decided_by = null, decided_at = null
        where tenant_id = $1 and (
            claim_id = $2 or (decision = 'settled' and made && $3)
        )
        """,
        tenant,
        claim_id,
        made,
    )


async def open_reviews(
    tx: Tx, tenant: TenantId, before: ClaimId | None, most: int
) -> list[ReviewRow]:
    """What waits for a person, the newest first."""
    return await tx.all(
        ReviewRow,
        REVIEW
        + """
        where tenant_id = $1 and decision is null
            and (
                $2::uuid is null
                or (opened_at, claim_id) < (
                    select opened_at, claim_id
                    from claim_reviews
                    where tenant_id = $1 and claim_id = $2
                )
            )
        order by opened_at desc, claim_id desc
        limit $3
        """,
        tenant,
        before,
        most,
    )


async def count_open(tx: Tx, tenant: TenantId) -> int:
    """At most 100."""
    return await tx.value(
        """
        select count(*)
        from (
            select from claim_reviews where tenant_id = $1 and decision is null limit $2
        ) counted
        """,
        tenant,
        MOST_COUNTED,
    )


async def rivals(
    tx: Tx,
    tenant: TenantId,
    visitor: VisitorId,
    contact: ContactId | None,
    crm_id: str | None,
    at: datetime,
    near: timedelta,
) -> list[Rival]:
    """Other browsers that were said to be this contact at about the same time: by nobody who
    signed it, or by the contact's CRM."""
    return await tx.all(
        Rival,
        """
        select id as claim_id, visitor_id, outcome = 'linked' and method = 'ud' as leans
        from (
            select id, visitor_id, method, outcome
            from link_claims
            where tenant_id = $1 and strength = 'provisional'
                and outcome in ('waiting', 'linked')
                and contact_id in (select contact_family($1, contact_root($1, $3)))
                and claimed_at between $5 and $6
            union all
            select id, visitor_id, method, outcome
            from link_claims
            where tenant_id = $1 and method = 'webhook'
                and outcome in ('linked', 'confirmed', 'displaced', 'forked', 'already')
                and contact_id in (select contact_family($1, contact_root($1, $3)))
                and claimed_at between $5 and $6
            union all
            select id, visitor_id, method, outcome
            from link_claims
            where tenant_id = $1 and outcome = 'waiting' and crm_id = $4 and contact_id is null
                and claimed_at between $5 and $6
        ) said
        where visitor_id <> $2
            and not exists (
                select from link_claims later
                where later.tenant_id = $1 and later.undoes = said.id
                    and later.outcome = 'undone'
            )
        order by visitor_id, claim_id
        limit 100
        """,
        tenant,
        visitor,
        contact,
        crm_id,
        at - near,
        at + near,
    )


async def on_claims(
    tx: Tx, tenant: TenantId, contact: ContactId, *, since: datetime, until: datetime
) -> list[ClaimRow]:
    """Claims of pages by which visitors are linked to this contact or what it is shown with,
    provisionally, the earliest first."""
    return await tx.all(
        ClaimRow,
        queries.CLAIM
        + """
        where tenant_id = $1 and method = 'ud' and outcome = 'linked'
            and claimed_at between $3 and $4
            and id in (
                select claim_id
                from visitor_contact
                where tenant_id = $1 and strength = 'provisional'
                    and contact_id in (select contact_family($1, contact_root($1, $2)))
            )
        order by claimed_at, seq
        limit 100
        """,
        tenant,
        contact,
        since,
        until,
    )


async def on_claims_alone(
    tx: Tx, tenant: TenantId, contacts: Sequence[ContactId]
) -> list[ClaimRow]:
    """Of those to one of these very contacts, the ones that nothing signed stands beside."""
    return await tx.all(
        ClaimRow,
        queries.CLAIM
        + """
        where tenant_id = $1 and method = 'ud' and outcome = 'linked'
            and id in (
                select claim_id
                from visitor_contact
                where tenant_id = $1 and strength = 'provisional' and contact_id = any ($2)
            )
            and not exists (
                select from contact_vouchers v
                where v.tenant_id = $1 and v.used_by = link_claims.id
            )
        order by claimed_at, seq
        limit 100
        """,
        tenant,
        contacts,
    )


async def claims(tx: Tx, tenant: TenantId, ids: Sequence[ClaimId]) -> list[ClaimRow]:
    return await tx.all(
        ClaimRow, queries.CLAIM + "where tenant_id = $1 and id = any ($2)", tenant, ids
    )


async def holders(tx: Tx, tenant: TenantId, visitors: Sequence[VisitorId]) -> list[LinkRow]:
    """Whose these visitors are now."""
    return await tx.all(
        LinkRow,
        """
        select visitor_id, contact_id, contact_root(tenant_id, contact_id) as root_id, method,
            strength, linked_at, claim_id
        from visitor_contact
        where tenant_id = $1 and visitor_id = any ($2)
        """,
        tenant,
        visitors,
    )

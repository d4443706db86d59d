"""SQL of links, claims and forks."""

from collections.abc import Sequence
from datetime import datetime

import msgspec

from pista.contacts.model import Strength
from pista.identity.model import ClaimId, ClaimRow, Method, Outcome
from pista.ids import ContactId, TenantId, VisitorId
from pista.store.postgres import Tx

VISITOR_LOCKS = 7_405_215
CLAIM = """
select id, visitor_id, contact_id, contact_root(tenant_id, contact_id) as root_id, crm_id, method,
    strength, key, evidence, claimed_at, decided_at, outcome, decided_by, undoes, follows,
    (
        select coalesce(r.decision, 'open')
        from claim_reviews r
        where r.tenant_id = link_claims.tenant_id and r.claim_id = link_claims.id
    ) as review,
    (
        select r.decided_by
        from claim_reviews r
        where r.tenant_id = link_claims.tenant_id and r.claim_id = link_claims.id
    ) as reviewed_by
from link_claims
"""


class LinkRow(msgspec.Struct, frozen=True, kw_only=True):
    """Whose a visitor is."""

    visitor_id: VisitorId
    contact_id: ContactId
    root_id: ContactId
    method: Method
    strength: Strength
    linked_at: datetime
    claim_id: ClaimId


class ForkRow(msgspec.Struct, frozen=True, kw_only=True):
    visitor_id: VisitorId
    fork_id: VisitorId
    contact_id: ContactId
    root_id: ContactId
    since: datetime
    active: bool


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """Of a browser and of a contact that it may be."""

    root_id: ContactId | None
    """Which contact is shown for it; None if there is none."""
    visitors: int
    """How many it has."""
    base_contact: ContactId | None
    """Whose the browser is, the very contact; and which one is shown for it."""
    base_id: ContactId | None
    base_strength: Strength | None
    forks: list[ContactId]
    barred: list[ContactId]
    """Of these a person has said that they are not this visitor."""


async def lock_visitor(tx: Tx, tenant: TenantId, visitor: VisitorId) -> VisitorId:
    """Decide one claim of a browser after the other, until the transaction ends.

    The answer is the browser's first id: one that a fork was given names the same browser.
    """
    return await tx.value(
        """
        select id, pg_advisory_xact_lock(hashtextextended($1::text || ' ' || id, $4))
        from (
            select coalesce(
                (select visitor_id from visitor_forks where tenant_id = $2 and fork_id = $3), $3
            ) as id
        ) known
        """,
        str(tenant),
        tenant,
        visitor,
        VISITOR_LOCKS,
    )


async def claim_by_key(tx: Tx, tenant: TenantId, method: Method, key: str) -> ClaimRow | None:
    return await tx.one_or_none(
        ClaimRow,
        CLAIM
        + """
        where tenant_id = $1 and method = $2 and key = $3 and outcome <> 'refused_repeated'
        """,
        tenant,
        method,
        key,
    )


async def claim(tx: Tx, tenant: TenantId, claim_id: ClaimId) -> ClaimRow | None:
    return await tx.one_or_none(
        ClaimRow, CLAIM + "where tenant_id = $1 and id = $2", tenant, claim_id
    )


async def undone_by(tx: Tx, tenant: TenantId, claim_id: ClaimId) -> ClaimRow | None:
    """What took this claim back."""
    return await tx.one_or_none(
        ClaimRow, CLAIM + "where tenant_id = $1 and undoes = $2", tenant, claim_id
    )


async def follower(tx: Tx, tenant: TenantId, claim_id: ClaimId) -> ClaimRow | None:
    """What a claim that waited has become."""
    return await tx.one_or_none(
        ClaimRow, CLAIM + "where tenant_id = $1 and follows = $2", tenant, claim_id
    )


async def claims_of_visitor(tx: Tx, tenant: TenantId, visitor: VisitorId) -> list[ClaimRow]:
    """In the order in which they were decided."""
    return await tx.all(
        ClaimRow, CLAIM + "where tenant_id = $1 and visitor_id = $2 order by seq", tenant, visitor
    )


async def claims(
    tx: Tx,
    tenant: TenantId,
    visitor: VisitorId | None,
    outcome: Outcome | None,
    before: ClaimId | None,
    most: int,
) -> list[ClaimRow]:
    """The newest first."""
    return await tx.all(
        ClaimRow,
        CLAIM
        + """
        where tenant_id = $1
            and ($2::text is null or visitor_id = $2)
            and ($3::text is null or outcome = $3)
            and (
                $4::uuid is null
                or seq < (select seq from link_claims where tenant_id = $1 and id = $4)
            )
        order by seq desc
        limit $5
        """,
        tenant,
        visitor,
        outcome,
        before,
        most,
    )


async def claims_of_contact(
    tx: Tx,
    tenant: TenantId,
    root: ContactId,
    visitor: VisitorId | None,
    outcome: Outcome | None,
    before: ClaimId | None,
    most: int,
) -> list[ClaimRow]:
    """The same about a contact and those merged into it; by an index of their own."""
    return await tx.all(
        ClaimRow,
        CLAIM
        + """
        where tenant_id = $1 and contact_id = any (array(select contact_family($1, $2)))
            and ($3::text is null or visitor_id = $3)
            and ($4::text is null or outcome = $4)
            and (
                $5::uuid is null
                or seq < (select seq from link_claims where tenant_id = $1 and id = $5)
            )
        order by seq desc
        limit $6
        """,
        tenant,
        root,
        visitor,
        outcome,
        before,
        most,
    )


async def waiting(
    tx: Tx,
    tenant: TenantId,
    root: ContactId,
    crm_ids: Sequence[str],
    since: datetime,
    until: datetime,
) -> list[ClaimRow]:
    """Claims about this contact that nothing vouches for yet, the earliest first."""
    return await tx.all(
        ClaimRow,
        CLAIM
        + """
        where tenant_id = $1 and outcome = 'waiting' and claimed_at between $4 and $5
            and (crm_id = any ($3) or contact_id in (select contact_family($1, $2)))
            and not exists (
                select from link_claims later
                where later.tenant_id = $1 and later.follows = link_claims.id
            )
            and not exists (
                select from claim_reviews r
                where r.tenant_id = $1 and r.claim_id = link_claims.id and r.decision is not null
            )
        order by claimed_at, seq
        limit 50
        """,
        tenant,
        root,
        crm_ids,
        since,
        until,
    )


async def add_claim(tx: Tx, tenant: TenantId, row: ClaimRow) -> bool:
    """False if there is one with this key already."""
    return bool(
        await tx.execute(
            """
            insert into link_claims (
                tenant_id, id, visitor_id, contact_id, crm_id, method, strength, key, evidence,
                claimed_at, decided_at, outcome, decided_by, undoes, follows
            )
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            on conflict (tenant_id, method, key) where outcome <> 'refused_repeated' do nothing
            """,
            tenant,
            row.id,
            row.visitor_id,
            row.contact_id,
            row.crm_id,
            row.method,
            row.strength,
            row.key,
            row.evidence,
            row.claimed_at,
            row.decided_at,
            row.outcome,
            row.decided_by,
            row.undoes,
            row.follows,
        )
    )


async def link(tx: Tx, tenant: TenantId, visitor: VisitorId) -> LinkRow | None:
    return await tx.one_or_none(
        LinkRow,
        """
        select visitor_id, contact_id, contact_root(tenant_id, contact_id) as root_id, method,
            strength, linked_at, claim_id
        from visitor_contact
        where tenant_id = $1 and visitor_id = $2
        """,
        tenant,
        visitor,
    )


async def links_of(tx: Tx, tenant: TenantId, root: ContactId) -> list[LinkRow]:
    """Every visitor of a contact and of those merged into it."""
    return await tx.all(
        LinkRow,
        """
        select v.visitor_id, v.contact_id, $2 as root_id, v.method, v.strength, v.linked_at,
            v.claim_id
        from contact_family($1, $2) as member (id)
        join visitor_contact v on v.tenant_id = $1 and v.contact_id = member.id
        order by v.linked_at, v.visitor_id
        """,
        tenant,
        root,
    )


async def links_of_many(tx: Tx, tenant: TenantId, contacts: Sequence[ContactId]) -> list[LinkRow]:
    """Every visitor of these very contacts; `root_id` is the very contact, too."""
    return await tx.all(
        LinkRow,
        """
        select visitor_id, contact_id, contact_id as root_id, method, strength, linked_at, claim_id
        from visitor_contact
        where tenant_id = $1 and contact_id = any ($2::text[])
        order by linked_at, visitor_id
        """,
        tenant,
        contacts,
    )


async def forked(tx: Tx, tenant: TenantId, visitors: Sequence[VisitorId]) -> list[VisitorId]:
    """Those of them that are browsers of several people."""
    found = await tx.all(
        _Visitor,
        """
        select distinct one as visitor_id
        from unnest($2::text[]) as one
        where exists (
            select from visitor_forks f where f.tenant_id = $1 and f.visitor_id = one
        ) or exists (
            select from visitor_forks f where f.tenant_id = $1 and f.fork_id = one
        )
        """,
        tenant,
        visitors,
    )
    return [row.visitor_id for row in found]


async def contacts_of(tx: Tx, tenant: TenantId, visitors: Sequence[VisitorId]) -> list[ContactId]:
    """Everybody whom one of these browsers is, or was for a time."""
    rows = await tx.connection.fetch(
        """
        select contact_id from visitor_contact
        where tenant_id = $1 and visitor_id = any ($2::text[])
        union
        select contact_id from visitor_forks
        where tenant_id = $1 and visitor_id = any ($2::text[])
        union
        select contact_id from visitor_forks where tenant_id = $1 and fork_id = any ($2::text[])
        """,
        tenant,
        visitors,
    )
    return [row["contact_id"] for row in rows]


async def forks(tx: Tx, tenant: TenantId, visitors: Sequence[VisitorId]) -> list[ForkRow]:
    """Who else was on these browsers, under their first ids."""
    return await tx.all(
        ForkRow,
        """
        select visitor_id, fork_id, contact_id, contact_root(tenant_id, contact_id) as root_id,
            since, active
        from visitor_forks
        where tenant_id = $1 and visitor_id = any ($2)
        order by since, fork_id
        """,
        tenant,
        visitors,
    )


async def first_ids(tx: Tx, tenant: TenantId, visitors: Sequence[VisitorId]) -> list[VisitorId]:
    """Of ids that forks were given, the browsers' first ones."""
    found = await tx.all(
        _Visitor,
        """
        select distinct visitor_id
        from visitor_forks
        where tenant_id = $1 and fork_id = any ($2)
        """,
        tenant,
        visitors,
    )
    return [row.visitor_id for row in found]


async def add_link(tx: Tx, tenant: TenantId, visitor: VisitorId, row: ClaimRow) -> None:
    await tx.execute(
        """
        insert into visitor_contact (
            tenant_id, visitor_id, contact_id, method, strength, linked_at, claim_id
        )
        values ($1, $2, $3, $4, $5, $6, $7)
        on conflict (tenant_id, visitor_id) do nothing
        """,
        tenant,
        visitor,
        row.contact_id,
        row.method,
        row.strength,
        row.decided_at,
        row.id,
    )


async def change_link(tx: Tx, tenant: TenantId, visitor: VisitorId, row: ClaimRow) -> None:
    """What was provisional is what this claim says."""
    await tx.execute(
        """
        update visitor_contact set
            contact_id = $3, method = $4, strength = $5, linked_at = $6, claim_id = $7
        where tenant_id = $1 and visitor_id = $2 and strength = 'provisional'
        """,
        tenant,
        visitor,
        row.contact_id,
        row.method,
        row.strength,
        row.decided_at,
        row.id,
    )


async def remove_links(tx: Tx, tenant: TenantId, visitors: Sequence[VisitorId]) -> None:
    await tx.execute(
        "delete from visitor_contact where tenant_id = $1 and visitor_id = any ($2)",
        tenant,
        visitors,
    )


async def fork(tx: Tx, tenant: TenantId, row: ClaimRow, fork_id: VisitorId) -> VisitorId:
    """Give this contact an id on the browser, or the one that it was given before."""
    return await tx.value(
        """
        insert into visitor_forks (tenant_id, visitor_id, contact_id, fork_id, since, active)
        values ($1, $2, $3, $4, $5, true)
        on conflict (tenant_id, visitor_id, contact_id) do update set
            since = excluded.since, active = true
        returning fork_id
        """,
        tenant,
        row.visitor_id,
        row.contact_id,
        fork_id,
        row.claimed_at,
    )


async def end_forks(tx: Tx, tenant: TenantId, visitor: VisitorId) -> None:
    await tx.execute(
        "update visitor_forks set active = false where tenant_id = $1 and visitor_id = $2",
        tenant,
        visitor,
    )


async def standing(
    tx: Tx, tenant: TenantId, visitor: VisitorId, contact: ContactId | None
) -> Standing:
    """All that decides whether this browser, by its first id, is this contact."""
    return await tx.one(
        Standing,
        """
        select asked.root_id, base.contact_id as base_contact, base.root_id as base_id,
            base.strength as base_strength,
            array(
                select contact_root(tenant_id, contact_id)
                from visitor_forks
                where tenant_id = $1 and visitor_id = $2 and active
            ) as forks,
            array(
                select root_id
                from (
                    select distinct on (contact_root(tenant_id, contact_id))
                        contact_root(tenant_id, contact_id) as root_id, outcome
                    from link_claims
                    where tenant_id = $1 and visitor_id = $2
                        and (outcome = 'undone' or method = 'manual') and outcome <> 'retracted'
                        and not exists (
                            select from link_claims later
                            where later.tenant_id = $1 and later.undoes = link_claims.id
                                and later.outcome = 'retracted'
                        )
                    order by contact_root(tenant_id, contact_id), seq desc
                ) last
                where outcome = 'undone'
            ) as barred,
            (
                select count(*)
                from visitor_contact
                where tenant_id = $1 and contact_id in (select contact_family($1, asked.root_id))
            ) as visitors
        from (select contact_root($1, $3) as root_id) asked
        left join (
            select contact_id, contact_root(tenant_id, contact_id) as root_id, strength
            from visitor_contact
            where tenant_id = $1 and visitor_id = $2
        ) base on true
        """,
        tenant,
        visitor,
        contact,
    )


class _Visitor(msgspec.Struct, frozen=True, kw_only=True):
    visitor_id: VisitorId

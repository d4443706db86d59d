"""What was said of a contact's visitors, as facts for its timeline."""

from datetime import datetime

import msgspec

from pista.contacts.facts import Before, Fact, Told
from pista.contacts.model import Strength
from pista.identity.model import Method, Outcome
from pista.ids import ContactId, TenantId, VisitorId
from pista.store.postgres import Tx

WHAT: dict[Outcome, str] = {
    "refused_strong": "refused",
    "refused_undone": "refused",
    "refused_repeated": "refused",
}


async def facts(tx: Tx, tenant: TenantId, root: ContactId, before: Before, most: int) -> list[Told]:
    """Claims that changed something or were turned down, and those that took a visitor away.

    What only said again what was known is left out, unless it is what counts now: what it repeated
    was taken back, or was of somebody who is another since.
    """
    rows = await tx.all(
        _Row,
        """
        with family as materialized (
            select coalesce(array_agg(id), '{}') as ids from contact_family($1, $2) as member (id)
        ), own as (
            select id::text, visitor_id, contact_id, crm_id, method, strength, outcome, evidence,
                decided_by, decided_at, false as lost
            from link_claims
            where tenant_id = $1 and contact_id = any ((select ids from family)::text[])
                and outcome <> 'already'
                and decided_at <= $3 and (decided_at, id::text collate "C") < ($3, $4)
            order by decided_at desc, id::text collate "C" desc
            limit $5
        ), counting as (
            select id::text, visitor_id, contact_id, crm_id, method, strength,
                'linked' as outcome, evidence, decided_by, decided_at, false as lost
            from link_claims
            where tenant_id = $1 and outcome = 'already'
                and id in (
                    select claim_id
                    from visitor_contact
                    where tenant_id = $1 and contact_id = any ((select ids from family)::text[])
                )
                and decided_at <= $3 and (decided_at, id::text collate "C") < ($3, $4)
            order by decided_at desc, id::text collate "C" desc
            limit $5
        ), lost as (
            select id::text, visitor_id, contact_id, crm_id, method, strength, outcome, evidence,
                decided_by, decided_at, true as lost
            from link_claims
            where tenant_id = $1
                and visitor_id in (
                    select visitor_id
                    from link_claims
                    where tenant_id = $1 and contact_id = any ((select ids from family)::text[])
                        and outcome in ('linked', 'confirmed', 'displaced', 'forked')
                )
                and outcome in ('displaced', 'forked')
                and not contact_id = any ((select ids from family)::text[])
                and decided_at <= $3 and (decided_at, id::text collate "C") < ($3, $4)
            order by decided_at desc, id::text collate "C" desc
            limit $5
        )
        select *
        from (
            select * from own union all select * from counting union all select * from lost
        ) told
        order by decided_at desc, id collate "C" desc
        limit $5
        """,
        tenant,
        root,
        before.at,
        before.id,
        most,
    )
    return [Told(row.decided_at, _fact(row)) for row in rows]


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    visitor_id: VisitorId
    contact_id: ContactId | None
    crm_id: str | None
    method: Method
    strength: Strength
    outcome: Outcome
    evidence: dict[str, str]
    decided_by: str | None
    decided_at: datetime
    lost: bool


def _fact(row: _Row) -> Fact:
    crm = {} if row.crm_id is None else {"crmId": row.crm_id}
    return Fact(
        id=row.id,
        room="identity",
        what="lost" if row.lost else WHAT.get(row.outcome, row.outcome),
        contact_id=row.contact_id,
        visitor_id=row.visitor_id,
        method=row.method,
        strength=row.strength,
        outcome=row.outcome,
        by=row.decided_by,
        evidence={**crm, **row.evidence},
    )

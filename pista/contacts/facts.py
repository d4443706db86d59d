"""What a room has to tell of a contact, for its timeline; and what this room has.

A room that knows something that happened to contacts tells it with a `Source`.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Literal, NamedTuple

import msgspec

from pista.contacts.model import Strength, Wire
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


class Fact(Wire, frozen=True, kw_only=True):
    """Something that happened to a contact, besides what it did on the pages."""

    id: str
    room: str
    """Who tells it: `identity`, `contacts`, later others."""
    what: str
    """`linked`, `created`, `merged` …; more will come."""
    contact_id: str | None = None
    """The very contact, where several are shown as one; of `lost` the one who has it now."""
    visitor_id: str | None = None
    method: str | None = None
    strength: Strength | None = None
    outcome: str | None = None
    by: str | None = None
    """The person or program that did it, where one did."""
    evidence: dict[str, str] = msgspec.field(default_factory=dict[str, str])
    """Ids of what shows it, by name."""


class Told(NamedTuple):
    """A fact and its time, by which facts are in order; those of one time by their ids."""

    at: datetime
    fact: Fact


class Before(NamedTuple):
    """Facts are asked for that lie before this time, or at it and before this id."""

    at: datetime
    id: str


Source = Callable[[Tx, TenantId, ContactId, Before, int], Awaitable[list[Told]]]
"""At most so many facts of the contact that is shown, and those merged into it, the latest first.
Ids are in the order of their characters' numbers, which PostgreSQL calls `collate "C"`."""


async def facts(tx: Tx, tenant: TenantId, root: ContactId, before: Before, most: int) -> list[Told]:
    """When it was created, and what was merged into it and parted again."""
    rows = await tx.all(
        _Row,
        """
        with family as materialized (select contact_family($1, $2) as id)
        select id, what, at, contact_id, into_id, told_by
        from (
            select c.id, 'created' as what, c.created_at as at, c.id as contact_id,
                null as into_id, c.source as told_by
            from contacts c
            where c.tenant_id = $1 and c.id in (select id from family)
            union all
            select m.id::text || '.merged', 'merged', m.merged_at, m.contact_id, m.into_id,
                m.merged_by
            from contact_merges m
            where m.tenant_id = $1
                and (
                    m.into_id in (select id from family)
                    or m.contact_id in (select id from family)
                )
            union all
            select m.id::text || '.unmerged', 'unmerged', m.undone_at, m.contact_id, m.into_id,
                m.undone_by
            from contact_merges m
            where m.tenant_id = $1 and m.undone_at is not null
                and (
                    m.into_id in (select id from family)
                    or m.contact_id in (select id from family)
                )
        ) told
        where (at, id collate "C") < ($3, $4)
        order by at desc, id collate "C" desc
        limit $5
        """,
        tenant,
        root,
        before.at,
        before.id,
        most,
    )
    return [Told(row.at, _fact(row)) for row in rows]


class _Row(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    what: Literal["created", "merged", "unmerged"]
    at: datetime
    contact_id: str
    into_id: str | None
    told_by: str | None


def _fact(row: _Row) -> Fact:
    created = row.what == "created"
    return Fact(
        id=row.id,
        room="contacts",
        what=row.what,
        contact_id=row.contact_id,
        by=None if created else row.told_by,
        evidence={"source": row.told_by or ""} if created else {"intoId": row.into_id or ""},
    )

"""What only a person can decide: whether two contacts are one person.

Items are opened by what happens and told apart by what they are about, so a message that comes
again, or comes after somebody has decided, opens nothing.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

import msgspec

from pista.contacts.model import Decision, Identity, Kind, MergeId, Reason, ReviewId
from pista.errors import NotFound, PistaError
from pista.ids import ContactId, TenantId, VisitorId, uuid7
from pista.store.postgres import Tx


class Review(msgspec.Struct, frozen=True, kw_only=True):
    """An item as it is stored."""

    id: ReviewId
    reason: Reason
    contact_id: ContactId
    other_contact_id: ContactId | None
    kind: Kind | None
    value: str | None
    visitor_id: VisitorId | None
    opened_at: datetime
    decision: Decision | None
    merge_id: MergeId | None
    decided_by: str | None
    decided_at: datetime | None


class ReviewNotFound(NotFound):
    """This conflict does not exist, or belongs to another tenant."""

    code = "conflict_not_found"


class AlreadyDecided(PistaError):
    """Somebody has decided otherwise already: undo that first."""

    status = 409
    code = "already_decided"


async def open_review(
    tx: Tx,
    tenant: TenantId,
    reason: Reason,
    contact: ContactId,
    *,
    other: ContactId | None = None,
    identity: Identity | None = None,
    visitor: VisitorId | None = None,
    now: datetime,
) -> None:
    """Ask a person, once; contacts that are one already raise no question."""
    what = f"{identity.kind} {identity.value}" if identity else visitor or ""
    people = sorted(one for one in (contact, other) if one)
    await tx.execute(
        """
        insert into contact_reviews (
            tenant_id, id, reason, contact_id, other_contact_id, kind, value, visitor_id, about,
            opened_at
        )
        select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10
        where contact_root($1, $4) is distinct from contact_root($1, $5)
        on conflict (tenant_id, about) do nothing
        """,
        tenant,
        uuid7(),
        reason,
        contact,
        other,
        identity.kind if identity else None,
        identity.value if identity else None,
        visitor,
        " ".join((reason, *people, what)),
        now,
    )


async def list_reviews(
    tx: Tx,
    tenant: TenantId,
    *,
    is_open: bool | None,
    contact: ContactId | None,
    reasons: Collection[Reason] = (),
    before: UUID | None,
    most: int,
) -> list[Review]:
    """The newest first; those with one of these reasons, if any is given, or about this contact or
    one that it is shown with."""
    return await tx.all(
        Review,
        """
        with family as materialized (select contact_family($1, contact_root($1, $3)) as id)
        select id, reason, contact_id, other_contact_id, kind, value, visitor_id, opened_at,
            decision, merge_id, decided_by, decided_at
        from contact_reviews
        where tenant_id = $1
            and ($2::boolean is null or (decision is null) = $2)
            and (
                $3::text is null or contact_id in (select f.id from family f)
                or other_contact_id in (select f.id from family f)
            )
            and ($4::uuid is null or id < $4)
            and (cardinality($6::text[]) = 0 or reason = any ($6))
        order by id desc
        limit $5
        """,
        tenant,
        is_open,
        contact,
        before,
        most,
        list(reasons),
    )

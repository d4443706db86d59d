"""Makes two contacts one, and takes it back.

A merge points one contact at another and moves nothing, so undoing it clears the pointer: what
either was known by, and what was linked to either, is its own again.
"""

from datetime import datetime

from pista.contacts import queries, service
from pista.contacts.model import ContactMerge, ContactNotFound, MergeId
from pista.errors import NotFound, PistaError
from pista.ids import ContactId, TenantId, uuid7
from pista.store.postgres import Tx


class MergeNotFound(NotFound):
    """This merge does not exist, or belongs to another contact or tenant."""

    code = "merge_not_found"


class OneAlready(PistaError):
    """The two are one contact already."""

    status = 409
    code = "one_already"


async def merge(
    tx: Tx, tenant: TenantId, contact: ContactId, into: ContactId, *, by: str, now: datetime
) -> ContactMerge:
    """Show `contact` as part of `into` from now on."""
    await service.hold(tx, tenant, contact, into)
    return await join(tx, tenant, contact, into, by=by, now=now)


async def join(
    tx: Tx, tenant: TenantId, contact: ContactId, into: ContactId, *, by: str, now: datetime
) -> ContactMerge:
    """As `merge`, for who holds what the message in hand says that they are known by."""
    await queries.lock_merges(tx, tenant)
    lower, upper = await _both(tx, tenant, contact, into)
    made = ContactMerge(
        id=MergeId(uuid7()),
        contact_id=lower,
        into_id=upper,
        merged_by=by,
        merged_at=now,
        undone_by=None,
        undone_at=None,
    )
    await _point(tx, tenant, lower, upper)
    await _note(tx, tenant, made)
    await service.noted(tx, tenant, upper, now)
    return made


async def undo(
    tx: Tx, tenant: TenantId, merge_id: MergeId, *, by: str, now: datetime
) -> ContactMerge:
    """Take a merge back; a second time changes nothing. Who calls this judges anew whose browsers
    of both are."""
    made = await merge_of(tx, tenant, merge_id)
    if made.undone_at is not None:
        return made
    await service.hold(tx, tenant, made.contact_id, made.into_id)
    await queries.lock_merges(tx, tenant)
    root = await service.locked_root(tx, tenant, made.into_id)
    undone = await _mark_undone(tx, tenant, merge_id, by, now)
    if undone is None:
        return await merge_of(tx, tenant, merge_id)
    await _point(tx, tenant, made.contact_id, None)
    await service.noted(tx, tenant, root.id, now)
    await service.noted(tx, tenant, made.contact_id, now)
    return undone


async def merges(tx: Tx, tenant: TenantId, root: ContactId) -> list[ContactMerge]:
    """All that was ever merged into this contact or those under it, the latest first."""
    return await tx.all(
        ContactMerge,
        """
        select id, contact_id as "contactId", into_id as "intoId", merged_by as "mergedBy",
            merged_at as "mergedAt", undone_by as "undoneBy", undone_at as "undoneAt"
        from contact_merges
        where tenant_id = $1 and into_id in (select contact_family($1, $2))
        order by id desc
        limit 200
        """,
        tenant,
        root,
    )


async def merge_of(tx: Tx, tenant: TenantId, merge_id: MergeId) -> ContactMerge:
    found = await tx.one_or_none(
        ContactMerge,
        """
        select id, contact_id as "contactId", into_id as "intoId", merged_by as "mergedBy",
            merged_at as "mergedAt", undone_by as "undoneBy", undone_at as "undoneAt"
        from contact_merges
        where tenant_id = $1 and id = $2
        """,
        tenant,
        merge_id,
    )
    if found is None:
        raise MergeNotFound
    return found


async def _both(
    tx: Tx, tenant: TenantId, contact: ContactId, into: ContactId
) -> tuple[ContactId, ContactId]:
    """The two that are shown for these, which nobody changes meanwhile."""
    lower, upper = [await queries.root(tx, tenant, one) for one in (contact, into)]
    if lower is None or upper is None:
        raise ContactNotFound
    if lower == upper:
        raise OneAlready
    for one in sorted((lower, upper)):
        await queries.row_for_update(tx, tenant, one)
    return lower, upper


async def _point(tx: Tx, tenant: TenantId, contact: ContactId, into: ContactId | None) -> None:
    await tx.execute(
        "update contacts set merged_into = $3 where tenant_id = $1 and id = $2",
        tenant,
        contact,
        into,
    )


async def _note(tx: Tx, tenant: TenantId, made: ContactMerge) -> None:
    await tx.execute(
        """
        insert into contact_merges (tenant_id, id, contact_id, into_id, merged_by, merged_at)
        values ($1, $2, $3, $4, $5, $6)
        """,
        tenant,
        made.id,
        made.contact_id,
        made.into_id,
        made.merged_by,
        made.merged_at,
    )


async def _mark_undone(
    tx: Tx, tenant: TenantId, merge_id: MergeId, by: str, now: datetime
) -> ContactMerge | None:
    """None if somebody else has just done so."""
    return await tx.one_or_none(
        ContactMerge,
        """
        update contact_merges set undone_by = $3, undone_at = $4
        where tenant_id = $1 and id = $2 and undone_at is null
        returning id, contact_id as "contactId", into_id as "intoId", merged_by as "mergedBy",
            merged_at as "mergedAt", undone_by as "undoneBy", undone_at as "undoneAt"
        """,
        tenant,
        merge_id,
        by,
        now,
    )

"""Shows what only a person can decide, with both sides."""

from collections.abc import Sequence

from pista import contacts
from pista.contacts import Contact, Review
from pista.identity.model import LinkConflict
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


async def shown(tx: Tx, tenant: TenantId, items: Sequence[Review]) -> list[LinkConflict]:
    """In this order, each with its contacts as they are now."""
    sides = {
        one: await contacts.root_of(tx, tenant, one) or one for item in items for one in _of(item)
    }
    roots = sorted(set(sides.values()))
    found = {one.id: one for one in await contacts.shown_contacts(tx, tenant, roots)}
    return [_shown(item, [found[sides[one]] for one in _of(item)]) for item in items]


def _of(item: Review) -> list[ContactId]:
    return [one for one in (item.contact_id, item.other_contact_id) if one is not None]


def _shown(item: Review, sides: list[Contact]) -> LinkConflict:
    return LinkConflict(
        id=item.id,
        reason=item.reason,
        kind=item.kind,
        value=item.value,
        visitor_id=item.visitor_id,
        sides=list({side.id: side for side in sides}.values()),
        opened_at=item.opened_at,
        decision=item.decision,
        decided_by=item.decided_by,
        decided_at=item.decided_at,
    )

"""Who a visitor is, and which visitors a contact was, at which times."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime

from pista import contacts
from pista.contacts import ContactNotFound
from pista.identity import queries, rules
from pista.identity.model import VisitorSpan
from pista.identity.queries import ForkRow, LinkRow
from pista.identity.rules import Part
from pista.ids import ContactId, TenantId, VisitorId
from pista.store.postgres import Tx


async def contact_of(
    tx: Tx, tenant: TenantId, visitor: VisitorId, at: datetime
) -> ContactId | None:
    """Who was on this browser at that time, as far as anybody knows."""
    link = await queries.link(tx, tenant, visitor)
    if link is None:
        return None
    forks = [fork for fork in await queries.forks(tx, tenant, [visitor]) if fork.active]
    for part in reversed(_parts(link, forks)):
        if part.since is None or part.since <= at:
            return part.contact
    return None


async def visitors_of(tx: Tx, tenant: TenantId, contact: ContactId) -> list[VisitorSpan]:
    """The visitors that this contact was, and those merged into it, each with its time.

    Events carry the browser's first id, also after a fork; one that was given the fork's id may
    carry that.
    """
    root = await contacts.root_of(tx, tenant, contact)
    if root is None:
        raise ContactNotFound
    links = {link.visitor_id: link for link in await queries.links_of(tx, tenant, root)}
    first = {*links, *await queries.first_ids(tx, tenant, list(links))}
    forks: dict[VisitorId, list[ForkRow]] = defaultdict(list)
    for fork in await queries.forks(tx, tenant, sorted(first)):
        if fork.active:
            forks[fork.visitor_id].append(fork)
    whole = [_span(link.visitor_id, link) for link in links.values() if not forks[link.visitor_id]]
    shared = [
        span
        for visitor, own in forks.items()
        if own
        for span in await _shared(tx, tenant, root, visitor, own, links)
    ]
    return [*whole, *shared]


async def visitors_of_many(
    tx: Tx, tenant: TenantId, families: Mapping[ContactId, Sequence[ContactId]]
) -> dict[ContactId, list[VisitorSpan]]:
    """The same for many contacts, each with itself and those merged into it: in a few statements,
    but for those who share a browser."""
    roots = {member: root for root, members in families.items() for member in members}
    links = await queries.links_of_many(tx, tenant, list(roots))
    shared = set(await queries.forked(tx, tenant, [link.visitor_id for link in links]))
    found: dict[ContactId, list[VisitorSpan]] = {root: [] for root in families}
    for link in links:
        found[roots[link.contact_id]].append(_span(link.visitor_id, link))
    for root in {roots[link.contact_id] for link in links if link.visitor_id in shared}:
        found[root] = await visitors_of(tx, tenant, root)
    return found


async def contacts_of(tx: Tx, tenant: TenantId, visitors: Sequence[VisitorId]) -> list[ContactId]:
    """Everybody whom one of these browsers is, or was for a time."""
    return await queries.contacts_of(tx, tenant, visitors)


async def _shared(
    tx: Tx,
    tenant: TenantId,
    root: ContactId,
    visitor: VisitorId,
    forks: list[ForkRow],
    links: dict[VisitorId, LinkRow],
) -> list[VisitorSpan]:
    """The parts of a browser's time that are this contact's."""
    base = links.get(visitor) or await queries.link(tx, tenant, visitor)
    assert base is not None
    by_contact = {fork.root_id: links.get(fork.fork_id, base) for fork in forks}
    return [
        _span(visitor, by_contact.get(part.contact, base), part)
        for part in _parts(base, forks)
        if part.contact == root
    ]


def _parts(base: LinkRow, forks: list[ForkRow]) -> list[Part]:
    return rules.parts(base.root_id, [(fork.root_id, fork.since, fork.fork_id) for fork in forks])


def _span(visitor: VisitorId, link: LinkRow, part: Part | None = None) -> VisitorSpan:
    return VisitorSpan(
        visitor_id=visitor,
        since=part.since if part else None,
        until=part.until if part else None,
        method=link.method,
        strength=link.strength,
        linked_at=link.linked_at,
        claim_id=link.claim_id,
    )

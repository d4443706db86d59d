"""Contacts page by page, and one with all that it is known by."""

from typing import NamedTuple

from msgspec import structs

from pista import paging
from pista.contacts import merging, queries, rules, service
from pista.contacts.model import ContactDetail, Contacts, Kind
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx

MOST_SEARCHED = 200


class Place(NamedTuple):
    """Where a page begins: after this one."""

    created_at: paging.Moment
    id: ContactId


class Filters(NamedTuple):
    """What a list is narrowed down to."""

    search: str = ""
    tag: str | None = None
    source: str | None = None
    has: Kind | None = None


async def listed(
    tx: Tx, tenant: TenantId, filters: Filters, *, before: str | None, limit: int
) -> Contacts:
    """The newest first. Words begin those of a contact; accents and case do not matter."""
    given = {"tag": filters.tag, "source": filters.source, "has": filters.has}
    exact = [f"{name}={value}" for name, value in given.items() if value]
    if any("\0" in one for one in (*exact, filters.search)):
        return Contacts(items=[], next=None)
    query = rules.query(filters.search, *exact)
    if query is None and filters.search.strip():
        return Contacts(items=[], next=None)
    at, last = paging.read(before, Place) or (None, None)
    found = await queries.page(tx, tenant, query, at, last, limit + 1)
    items = await service.shown_contacts(tx, tenant, found[:limit])
    following = items[-1] if len(found) > limit else None
    return Contacts(
        items=items, next=following and paging.written(following.created_at, following.id)
    )


async def detail(tx: Tx, tenant: TenantId, contact_id: ContactId) -> ContactDetail:
    shown = await service.contact(tx, tenant, contact_id)
    return ContactDetail(
        **structs.asdict(shown),
        identities=await queries.identities(tx, tenant, shown.id),
        merges=await merging.merges(tx, tenant, shown.id),
    )


async def searched(tx: Tx, tenant: TenantId, search: str, *, most: int) -> list[ContactId]:
    """The newest contacts with these words, each with those merged into it."""
    query = rules.query(search)
    if query is None or "\0" in search:
        return []
    roots = await queries.page(tx, tenant, query, None, None, most)
    return [row.id for row in await queries.families(tx, tenant, roots)]


async def family(tx: Tx, tenant: TenantId, root: ContactId) -> list[ContactId]:
    """The contact, and those merged into it."""
    return [row.id for row in await queries.families(tx, tenant, [root])]

"""Clientes page by page, in the order of urgency or of age."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

from pista import contacts, paging, texts
from pista.accounts import Caller
from pista.contacts import rules as words
from pista.desk import access, machine
from pista.desk.clientes import listing_queries, queries, showing
from pista.desk.clientes.listing_queries import Place, Wanted
from pista.desk.clientes.model import ClienteCounts, Clientes, Row
from pista.desk.model import STATUSES, ClienteId, Status
from pista.errors import Invalid
from pista.ids import ContactId, TenantId, UserId
from pista.store.postgres import Tx

MOST_FOUND = 1000
"""Clientes with a word, or a mark, that a list looks at: the newest."""
MOST_COUNTED = 10_000

Sort = Literal["urgency", "created"]
Mark = Literal["escalated", "late"]


class Filters(NamedTuple):
    """What a list is narrowed down to, as it was asked for."""

    estatus: Sequence[str] = ()
    asesor: str | None = None
    campaign: str | None = None
    search: str = ""
    contact: ContactId | None = None
    since: datetime | None = None
    until: datetime | None = None
    sort: Sort = "urgency"
    mark: Mark | None = None


class Whose(NamedTuple):
    """One person's, nobody's, or all."""

    asesor: UserId | None = None
    nobodys: bool = False
    none: bool = False
    """There cannot be any that the caller may see."""


async def listed(
    tx: Tx, caller: Caller, filters: Filters, *, before: str | None, limit: int
) -> Clientes:
    urgent = filters.sort == "urgency"
    whose = _whose(caller, filters.asesor)
    campaign = texts.plain(filters.campaign) or None
    statuses = _statuses(filters.estatus, nobodys=whose.nobodys)
    wanted = Wanted(statuses, campaign, filters.since, filters.until, paging.read(before, Place))
    ids = [] if whose.none else await _page(tx, caller, filters, wanted, whose, limit + 1)
    rows = await queries.rows(tx, caller.tenant_id, ids[:limit])
    staff = await showing.names(tx, caller.tenant_id)
    items = [showing.as_shown(row, staff) for row in rows]
    more = len(ids) > limit and bool(rows)
    return Clientes(items=items, next=_next(rows[-1], urgent) if more else None)


async def counts(tx: Tx, caller: Caller) -> ClienteCounts:
    tenant = caller.tenant_id
    if access.sees_all(caller):
        rows = await queries.counts(tx, tenant, STATUSES, MOST_COUNTED)
    elif caller.user:
        rows = await queries.counts_of(tx, tenant, caller.user.id, STATUSES, MOST_COUNTED)
    else:
        rows = []
    whose = None if access.sees_all(caller) else caller.user_id
    marks = await queries.marks(tx, tenant, whose, MOST_COUNTED)
    found = {row.status: row.clientes for row in rows}
    return ClienteCounts(**found, escalated=marks.escalated, late=marks.late)


async def _page(
    tx: Tx, caller: Caller, filters: Filters, wanted: Wanted, whose: Whose, most: int
) -> list[ClienteId]:
    tenant, urgent = caller.tenant_id, filters.sort == "urgency"
    if _asks_for_some(filters):
        return await listing_queries.among(
            tx,
            tenant,
            wanted,
            most,
            urgent=urgent,
            clientes=await _found(tx, caller, filters, whose.asesor),
            asesor=whose.asesor,
        )
    if whose.asesor is not None:
        return await listing_queries.ones(
            tx, tenant, wanted, most, urgent=urgent, asesor=whose.asesor
        )
    if urgent and (wanted.since or wanted.until):
        return await listing_queries.made_then(tx, tenant, wanted, most)
    return await listing_queries.anybodys(tx, tenant, wanted, most, urgent=urgent)


def _asks_for_some(filters: Filters) -> bool:
    return bool(filters.search.strip() or filters.contact or filters.mark)


async def _found(
    tx: Tx, caller: Caller, filters: Filters, asesor: UserId | None
) -> list[ClienteId]:
    """Of the person, with the mark, and with the words: among one asesor's own, or the company's
    newest."""
    tenant = caller.tenant_id
    family, query = await _family(tx, tenant, filters.contact), _query(filters.search)
    if filters.search.strip() and query is None:
        return []
    if asesor is not None:
        return await listing_queries.found_of(
            tx, tenant, asesor, query, family, filters.mark, MOST_FOUND
        )
    kinds: list[list[ClienteId]] = []
    if family is not None:
        kinds.append(await listing_queries.of_contacts(tx, tenant, family, MOST_FOUND))
    if filters.mark:
        kinds.append(await listing_queries.marked(tx, tenant, filters.mark, MOST_FOUND))
    if query is not None:
        kinds.append(await listing_queries.found(tx, tenant, query, MOST_FOUND))
    return sorted(set(kinds[0]).intersection(*kinds[1:]))


async def _family(tx: Tx, tenant: TenantId, contact: ContactId | None) -> list[ContactId] | None:
    """Whoever this contact is; None: nobody was asked for."""
    if contact is None:
        return None
    root = await contacts.root_of(tx, tenant, contact)
    return await contacts.family(tx, tenant, root) if root else []


def _query(search: str) -> str | None:
    """None: there is no word in it that anything could have."""
    return None if "\0" in search else words.query(search)


def _whose(caller: Caller, asked: str | None) -> Whose:
    own = caller.user_id
    match asked:
        case None:
            whose = Whose()
        case "none":
            whose = Whose(nobodys=True)
        case "me":
            whose = Whose(asesor=own, none=own is None)
        case _:
            whose = Whose(asesor=_user(asked))
    if access.sees_all(caller):
        return whose
    other = whose.nobodys or (whose.asesor is not None and whose.asesor != own)
    return Whose(asesor=own, none=other or own is None)


def _user(text: str) -> UserId:
    try:
        return UserId(UUID(text))
    except ValueError:
        raise Invalid("asesorId: `me`, `none`, or a user's id.") from None


def _statuses(asked: Sequence[str], *, nobodys: bool) -> list[Status]:
    """Several may be given at once, with commas or again and again. What somebody works on is not
    nobody's."""
    named = [name.strip() for text in asked for name in text.split(",") if name.strip()]
    if unknown := [name for name in named if name not in STATUSES]:
        raise Invalid(f"estatus: {unknown[0][:40]!r} is none of {', '.join(STATUSES)}.")
    wanted: list[Status] = [status for status in STATUSES if not named or status in named]
    return [status for status in wanted if not nobodys or status not in machine.ACTIVE]


def _next(last: Row, urgent: bool) -> str:
    return paging.written(last.urgent_at if urgent else last.created_at, last.id)

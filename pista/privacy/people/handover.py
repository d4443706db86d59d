"""Writes all that is held of a contact as one JSON, however much it is."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec
from msgspec import structs

from pista import identity
from pista.contacts import ContactNotFound, rights
from pista.contacts.rights import Person
from pista.crm import rights as webhooks
from pista.identity import VisitorSpan
from pista.ids import ContactId, TenantId
from pista.privacy import handover
from pista.privacy.model import VisitorExport
from pista.privacy.people.rooms import HELD
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Tx

# Of the company, or made from the others.
LEFT_OUT = frozenset({"tenant_id", "search", "about", "size"})


class ContactExport(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """Everything that Pista holds of one contact, with those merged into it."""

    tenant_id: TenantId
    contact_id: ContactId
    exported_at: datetime
    contacts: list[dict[str, Any]]
    identities: list[dict[str, Any]]
    merges: list[dict[str, Any]]
    reviews: list[dict[str, Any]]
    """Questions that only a person can decide."""
    links: list[dict[str, Any]]
    """Which visitors it is."""
    claims: list[dict[str, Any]]
    """All that was ever said of that."""
    claim_reviews: list[dict[str, Any]]
    """And what a person was asked about it."""
    forks: list[dict[str, Any]]
    """Browsers that it shares with others."""
    vouchers: list[dict[str, Any]]
    webhooks: list[dict[str, Any]]
    """What other systems told of it, as long as that is kept."""
    webhooks_naming: list[dict[str, Any]]
    """What they told of others, or of nobody, that names it."""
    clicks: list[dict[str, Any]]
    """Hits on links of advertisements, by its browsers or that its chats began with."""
    click_arrivals: list[dict[str, Any]]
    """Each time that a chat or a browser of it showed by which click it came."""
    sales: list[dict[str, Any]]
    """What it bought."""
    sale_changes: list[dict[str, Any]]
    charges: list[dict[str, Any]]
    refunds: list[dict[str, Any]]
    credits: list[dict[str, Any]]
    """Which click each of its results is credited to."""
    report_shares: list[dict[str, Any]]
    """The same, as reports share it between clicks."""
    conversions: list[dict[str, Any]]
    """What platforms are told of it."""
    deliveries: list[dict[str, Any]]
    """To whom that was sent, and what."""
    chat_people: list[dict[str, Any]]
    """As whom it writes, on each platform."""
    chat_keys: list[dict[str, Any]]
    chat_starts: list[dict[str, Any]]
    """The links that it came to a bot by."""
    chat_memberships: list[dict[str, Any]]
    messages: list[dict[str, Any]]
    chat_media: list[dict[str, Any]]
    """Names of files and what they are; the files themselves are at `/api/chat/media/{id}`."""
    chat_notes: list[dict[str, Any]]
    """What colleagues noted beside the conversations."""
    chat_news: list[dict[str, Any]]
    """What a platform told that names them and that Pista does not know the meaning of."""
    clientes: list[dict[str, Any]]
    """Its cases on the lead desk."""
    desk_history: list[dict[str, Any]]
    """What happened to these."""
    cliente_drafts: list[dict[str, Any]]
    """What was entered about them."""
    """All that was written with it."""
    visitors: list[VisitorExport]
    """Its browsers with their events, each with the time in which it was this contact."""


class Begun(msgspec.Struct, frozen=True, kw_only=True):
    """All but the visitors, whose events may be many."""

    export: ContactExport
    spans: list[VisitorSpan]
    visitors: list[VisitorExport]


async def begin(tx: Tx, clickhouse: ClickHouse, tenant: TenantId, contact: ContactId) -> Begun:
    person = await rights.person(tx, tenant, contact)
    if person is None:
        raise ContactNotFound
    spans = await identity.visitors_of(tx, tenant, contact)
    whole = [one.visitor_id for one in spans if _is_whole(one)]
    person = structs.replace(person, visitors=whole)
    now = datetime.now(UTC)
    visitors = [await handover.begin(tx, clickhouse, tenant, one.visitor_id) for one in spans]
    return Begun(
        export=await _export(tx, person, now),
        spans=spans,
        visitors=[_part(*one) for one in zip(visitors, spans, strict=True)],
    )


async def written(clickhouse: ClickHouse, begun: Begun) -> AsyncIterator[bytes]:
    """The JSON, readable by a person too."""
    head, end = msgspec.json.format(msgspec.json.encode(begun.export)).rsplit(b"[]", 1)
    yield head + b"["
    for number, (visitor, span) in enumerate(zip(begun.visitors, begun.spans, strict=True)):
        yield b",\n" if number else b"\n"
        async for chunk in handover.written(clickhouse, visitor, span.since, span.until):
            yield chunk
    yield b"]" + end + b"\n"


async def _export(tx: Tx, person: Person, now: datetime) -> ContactExport:
    found: dict[str, list[dict[str, Any]]] = {}
    for held in HELD.values():
        for name, rows in (await rights.held(tx, person, held.select)).items():
            found[name] = [_told(row) for row in rows]
    naming = await webhooks.naming(tx, person, now)
    return ContactExport(
        tenant_id=person.tenant_id,
        contact_id=person.family[0],
        exported_at=now,
        **found,
        webhooks_naming=[_told(row) for row in naming],
        visitors=[],
    )


def _part(visitor: VisitorExport, span: VisitorSpan) -> VisitorExport:
    """Of a browser that others were on too, what happened in this person's time."""
    if _is_whole(span):
        return visitor
    return structs.replace(
        visitor,
        waiting=[one for one in visitor.waiting if _within(one["occurredAt"], span)],
        sessions=[one for one in visitor.sessions if _within(one.started_at, span)],
        unreadable=[],
        weeks=[],
    )


def _is_whole(span: VisitorSpan) -> bool:
    return span.since is None and span.until is None


def _within(at: datetime, span: VisitorSpan) -> bool:
    return (span.since is None or span.since <= at) and (span.until is None or at < span.until)


def _told(row: dict[str, Any]) -> dict[str, Any]:
    return {
        _camel(name): _readable(value)
        for name, value in row.items()
        if name not in LEFT_OUT and value is not None
    }


def _readable(value: Any) -> Any:
    if isinstance(value, bytes):
        return webhooks.readable(value)
    return str(value) if isinstance(value, UUID) else value


def _camel(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.capitalize() for word in others)

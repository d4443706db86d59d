"""What people do with links: make, change and archive them, and see what came through them."""

import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from typing import Any, Literal
from urllib.parse import urlsplit

import asyncpg
import segno
from msgspec import UNSET, structs

from pista import accounts, queue
from pista.clicks import codes, leading
from pista.clicks.link_queries import DomainRow, LinkRow
from pista.clicks.links import queries
from pista.clicks.links.model import (
    MOST_DOMAINS,
    MOST_LINKS,
    BadLink,
    ChangeLink,
    Clicks,
    DomainInUse,
    DomainNotFound,
    DomainTaken,
    Link,
    LinkCounts,
    LinkDomain,
    LinkHours,
    LinkNotFound,
    Links,
    NewLink,
    SlugTaken,
    TooManyLinks,
)
from pista.clicks.links.queries import Wanted
from pista.clicks.model import ClickId, LinkId
from pista.clicks.proving import queries as proving
from pista.clicks.proving import work
from pista.clicks.reading import address
from pista.clicks.registry import goal
from pista.clicks.registry import leading as leading_of
from pista.errors import Invalid
from pista.ids import TenantId, uuid7
from pista.store.postgres import Tx

TRIES = 5
SLUG_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
LONGEST_SPAN = timedelta(days=400)
SHOWN_TOKEN = "TOKEN"  # noqa: S105 - what stands for one in a preview
_PHONE = re.compile(r"[0-9]{6,15}")
_DOMAIN = re.compile(r"([a-z0-9-]+\.)+[a-z][a-z0-9-]*")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


async def links(
    tx: Tx,
    tenant: TenantId,
    base: str,
    *,
    archived: bool,
    since: datetime | None,
    until: datetime | None,
) -> Links:
    rows = await queries.links(tx, tenant, archived)
    return Links(
        items=await _shown(tx, tenant, rows, base, since, until),
        archived=len(rows) if archived else await queries.count(tx, tenant, archived=True),
    )


async def link(tx: Tx, tenant: TenantId, link_id: LinkId, base: str) -> Link:
    return await _one(tx, await _known(tx, tenant, link_id), base)


async def create(tx: Tx, tenant: TenantId, request: NewLink, base: str, *, now: datetime) -> Link:
    """A new link; with a made-up end of its address where none is given."""
    await queries.lock(tx, tenant)
    if await queries.count(tx, tenant) >= MOST_LINKS:
        raise TooManyLinks
    given: dict[str, Any] = structs.asdict(request)
    given["slug"] = (request.slug or _made_up()).lower()
    row = LinkRow(
        **given,
        tenant_id=tenant,
        id=LinkId(uuid7()),
        channel_display=None,
        archived_at=None,
        created_at=now,
    )
    row = await _checked(tx, row)
    for _ in range(TRIES):
        if await queries.add(tx, row):
            tx.tell(queue.CONFIG)
            return await link(tx, tenant, row.id, base)
        if request.slug is not None:
            break
        row = structs.replace(row, slug=_made_up())
    raise SlugTaken


async def change(tx: Tx, tenant: TenantId, link_id: LinkId, request: ChangeLink, base: str) -> Link:
    await queries.lock(tx, tenant)
    row = await _known(tx, tenant, link_id)
    given: dict[str, Any] = {
        name: value
        for name in request.__struct_fields__
        if (value := getattr(request, name)) is not UNSET
    }
    if "slug" in given:
        given["slug"] = given["slug"].lower()
    return await _write(tx, await _checked(tx, structs.replace(row, **given)), base)


async def archive(
    tx: Tx, tenant: TenantId, link_id: LinkId, base: str, *, at: datetime | None
) -> Link:
    """Or take it back, with None; what is so already stays as it is."""
    await queries.lock(tx, tenant)
    row = await _known(tx, tenant, link_id)
    if (row.archived_at is None) == (at is None):
        return await _one(tx, row, base)
    return await _write(tx, structs.replace(row, archived_at=at), base)


async def hours(
    tx: Tx, tenant: TenantId, link_id: LinkId, since: datetime, until: datetime
) -> LinkHours:
    await _known(tx, tenant, link_id)
    since = max(since, until - LONGEST_SPAN)
    return LinkHours(items=await queries.hours(tx, tenant, link_id, since, until))


async def picture(
    tx: Tx, tenant: TenantId, link_id: LinkId, base: str, kind: Literal["svg", "png"], scale: int
) -> bytes:
    """Its address as a QR code, which stays readable with a tenth of it covered."""
    row = await _known(tx, tenant, link_id)
    out = BytesIO()
    code = segno.make(address_of(row, base), error="m", micro=False)
    code.save(out, kind=kind, scale=scale, border=4)
    return out.getvalue()


async def clicks(
    tx: Tx, tenant: TenantId, wanted: Wanted, before: ClickId | None, most: int
) -> Clicks:
    found = await queries.clicks(tx, tenant, wanted, before, most + 1)
    shown = found[:most]
    return Clicks(items=shown, next=str(shown[-1].id) if len(found) > most else None)


async def domains(tx: Tx, tenant: TenantId) -> list[LinkDomain]:
    return await queries.domains(tx, tenant)


async def add_domain(
    tx: Tx, tenant: TenantId, domain: str, base: str, *, now: datetime
) -> list[LinkDomain]:
    """It is waited for the record that proves it; whoever has proven it before has it."""
    name = _domain(domain, base)
    await queries.lock(tx, tenant)
    own = await queries.domains(tx, tenant)
    if name not in {one.domain for one in own}:
        if len(own) >= MOST_DOMAINS:
            raise TooManyLinks
        if await proving.is_taken(tx, name):
            raise DomainTaken
        proof = await queries.add_domain(
            tx, DomainRow(tenant_id=tenant, domain=name, created_at=now)
        )
        await work.begin(tx, tenant, name, proof, now)
    return await queries.domains(tx, tenant)


def _domain(given: str, base: str) -> str:
    """As a browser names it, of whatever was pasted."""
    try:
        name = accounts.domain(given)
    except Invalid:
        name = ""
    if not _DOMAIN.fullmatch(name) or name == urlsplit(base).hostname:
        raise BadLink("domain: Give a domain of your own, such as go.example.com.")
    return name


async def delete_domain(tx: Tx, tenant: TenantId, domain: str) -> None:
    await queries.lock(tx, tenant)
    own = {one.domain: one for one in await queries.domains(tx, tenant)}
    if domain not in own:
        raise DomainNotFound
    if own[domain].links:
        raise DomainInUse
    await queries.delete_domain(tx, tenant, domain)
    tx.tell(queue.CONFIG)


def address_of(row: LinkRow, base: str) -> str:
    return f"https://{row.domain}/go/{row.slug}" if row.domain else f"{base}/go/{row.slug}"


async def _known(tx: Tx, tenant: TenantId, link_id: LinkId) -> LinkRow:
    row = await queries.link(tx, tenant, link_id)
    if row is None:
        raise LinkNotFound
    return row


async def _write(tx: Tx, row: LinkRow, base: str) -> Link:
    try:
        await queries.change(tx, row)
    except asyncpg.UniqueViolationError:
        raise SlugTaken from None
    tx.tell(queue.CONFIG)
    return await link(tx, row.tenant_id, row.id, base)


async def _checked(tx: Tx, row: LinkRow) -> LinkRow:
    """As it is stored, if it can lead somewhere."""
    await _check_domain(tx, row)
    await _check_channel(tx, row)
    tidy = structs.replace(
        row,
        phone=re.sub(r"[^0-9]", "", row.phone or "") or None,
        bot=row.bot and row.bot.removeprefix("@"),
        url=row.url and _page("url", row.url),
        fallback=row.fallback and _page("fallback", row.fallback),
    )
    _check_goal(tidy)
    return tidy


async def _check_domain(tx: Tx, row: LinkRow) -> None:
    if not row.domain:
        return
    own = {one.domain: one for one in await queries.domains(tx, row.tenant_id)}
    if row.domain not in own:
        raise BadLink("domain: Add the domain first.")
    if own[row.domain].proven_at is None:
        raise BadLink("domain: Prove first that the domain is yours.")


async def _check_channel(tx: Tx, row: LinkRow) -> None:
    if row.channel_id is None:
        return
    if await queries.platform_of(tx, row.tenant_id, row.channel_id) != row.kind:
        raise BadLink("channelId: There is no such number or bot for this kind of link.")


def _check_goal(row: LinkRow) -> None:
    if row.channel_id is None and goal(structs.replace(row, channel_display=None)) is None:
        raise BadLink(f"{_NEEDS[row.kind]}: Say where the link leads.")
    if row.phone and not _PHONE.fullmatch(row.phone):
        raise BadLink("phone: Give the whole number, with its country's.")
    if row.text and row.kind == "whatsapp":
        _check_text(row.text)


def _check_text(text: str) -> None:
    """Whoever sends it off shows by which click they came."""
    code = codes.new_code()
    if codes.PLACE not in text:
        raise BadLink("text: Put {code} where the click's code goes.")
    if code not in codes.found_in(codes.message(text, code)):
        raise BadLink("text: Let {code} stand alone, with a space or a mark on either side.")


_NEEDS = {"telegram": "bot", "whatsapp": "phone", "page": "url"}


def _page(field: str, given: str) -> str:
    """A page's address as it goes into a header."""
    try:
        parts = urlsplit(given.strip())
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        usable = usable and not _CONTROL.search(given)
        if usable and not parts.netloc.isascii():
            named = accounts.domain(parts.hostname or "")
            given = parts._replace(netloc=f"{named}:{parts.port}" if parts.port else named).geturl()
    except (ValueError, Invalid):
        usable = False
    if not usable:
        raise BadLink(f"{field}: Give the whole address, with https:// in front.")
    before, hash_, fragment = given.strip().partition("#")
    return address(before.encode()) + hash_ + address(fragment.encode())


def _made_up() -> str:
    return "".join(secrets.choice(SLUG_LETTERS) for _ in range(7))


async def _one(tx: Tx, row: LinkRow, base: str) -> Link:
    [shown] = await _shown(tx, row.tenant_id, [row], base, None, None)
    return shown


async def _shown(
    tx: Tx,
    tenant: TenantId,
    rows: Sequence[LinkRow],
    base: str,
    since: datetime | None,
    until: datetime | None,
) -> list[Link]:
    counted = await queries.counts(tx, tenant, [row.id for row in rows], since, until)
    of_link = {one.link_id: one for one in counted}
    own = {name for name in Link.__struct_fields__ if name in LinkRow.__struct_fields__}
    return [
        Link(
            **{name: getattr(row, name) for name in own},
            address=address_of(row, base),
            leads_to=_leads_to(row),
            counts=_counts(of_link.get(row.id)),
            last_at=None if row.id not in of_link else of_link[row.id].last_at,
        )
        for row in rows
    ]


def _counts(found: queries.Counted | None) -> LinkCounts:
    if found is None:
        return LinkCounts()
    return LinkCounts(**{name: getattr(found, name) for name in LinkCounts.__struct_fields__})


def _leads_to(row: LinkRow) -> str | None:
    led = leading_of(row)
    if led.goal is None:
        return None
    return leading.lead(
        led.kind, led.goal, text=led.text, query=b"", token=SHOWN_TOKEN, code="CODE"
    )

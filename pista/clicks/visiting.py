"""A page tells that somebody came by an advertisement: with our token, or a platform's own id.

With our token they arrived by that click. Without one the visit is the click: so pages are credited
that no link of ours leads to. Anybody can send this, so it says nothing about any contact.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from pista.clicks import arrival_queries, arrivals, codes, cookies, queries, reading
from pista.clicks.model import Advertised, Arrival, Click, ClickId, Utm
from pista.clicks.reading import OF_PAGE, Said
from pista.ids import TenantId, VisitorId, uuid7
from pista.store.postgres import Tx

LONGEST_HOST = 300


class Visit(msgspec.Struct, frozen=True, kw_only=True):
    """What a page knows of it."""

    visitor_id: VisitorId
    url: str
    referrer: str | None
    fbp: str | None
    fbc: str | None


class From(NamedTuple):
    """What its request tells besides."""

    address: str | None
    agent: str | None
    country: str | None
    language: str | None


async def visited(tx: Tx, tenant: TenantId, visit: Visit, come: From, *, now: datetime) -> bool:
    """Whether it was by an advertisement that is known now; told again it is the same time."""
    query = _query(visit.url)
    found = reading.values(query)
    token = found.get(OF_PAGE, "")
    if codes.TOKEN.fullmatch(token):
        key = f"page:{visit.visitor_id}:{token}"
        if await _arrive(tx, tenant, visit, key, token, now):
            return True
    said = reading.said(found, Utm(), Advertised())
    if not _is_of_an_ad(said):
        return False
    key = f"page:{visit.visitor_id}:{_name(found)}"
    # Two tabs that tell of it at once make one click.
    await tx.execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", f"{tenant} {key}")
    if not await arrival_queries.is_known(tx, tenant, key):
        click = _click(visit, come, said, now)
        await queries.add(tx, [(tenant, click)])
        await _arrive(tx, tenant, visit, key, click.token, now)
    return True


async def _arrive(
    tx: Tx, tenant: TenantId, visit: Visit, key: str, token: str, now: datetime
) -> bool:
    one = Arrival(key=key, method="page", at=now, token=token, visitor_id=visit.visitor_id)
    return await arrivals.arrive(tx, tenant, one) is not None


def _is_of_an_ad(said: Said) -> bool:
    return bool(said.fbclid or said.click_ids or reading.is_paid(said, None))


def _name(found: Mapping[str, str]) -> str:
    """The same for the same advertisement's click, whatever else stands in the address."""
    ids = {name: found[name] for name in (*reading.CLICK_IDS, "fbclid") if name in found}
    named = ids or dict(found)
    return hashlib.sha256(msgspec.json.encode(sorted(named.items()))).hexdigest()[:32]


def _click(visit: Visit, come: From, said: Said, now: datetime) -> Click:
    own = cookies.taken(visit.fbc)
    host = _host(visit.url)
    return Click(
        id=ClickId(uuid7()),
        token=codes.new_token(),
        at=now,
        source="page",
        paid=reading.is_paid(said, None),
        visitor_id=visit.visitor_id,
        fbclid=said.fbclid,
        click_ids=said.click_ids,
        fbc=cookies.fbc(own, said.fbclid, host, int(now.timestamp() * 1000)),
        fbp=cookies.taken(visit.fbp),
        ip=come.address,
        user_agent=come.agent,
        url=visit.url,
        referrer=visit.referrer,
        utm_source=said.utm.source,
        utm_medium=said.utm.medium,
        utm_campaign=said.utm.campaign,
        utm_content=said.utm.content,
        utm_term=said.utm.term,
        campaign=said.advertised.campaign,
        adset=said.advertised.adset,
        ad=said.advertised.ad,
        grim=said.grim,
        country=come.country,
        language=come.language,
    )


def _query(url: str) -> bytes:
    return url.partition("?")[2].partition("#")[0].encode()


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "")[:LONGEST_HOST]
    except ValueError:
        return ""

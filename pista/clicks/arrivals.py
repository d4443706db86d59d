"""Ties chats and visitors to clicks: each time is a row, and what it means is found by a join.

Nothing points at "the" click of somebody, so nothing can point at the wrong one: a sale may come
before its start, a link may be forwarded, and no order of these changes what is found later.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pista import queue
from pista.clicks import arrival_queries, codes, queries
from pista.clicks.arrival_queries import Browser
from pista.clicks.model import Arrival, Arrived, Candidate, Click, ClickId, FromAd, LinksCounted
from pista.ids import TenantId, VisitorId, uuid7
from pista.store.postgres import Tx

BROWSERS = 5


async def arrive(tx: Tx, tenant: TenantId, arrival: Arrival) -> Arrived | None:
    """Tie somebody to the click that they name; None if there is no such click.

    The same key again changes nothing, but tells who it was if that was not known.
    """
    arrived = await arrive_many(tx, [(tenant, arrival)])
    return arrived[0] if arrived else None


async def arrive_many(tx: Tx, arrivals: Sequence[tuple[TenantId, Arrival]]) -> list[Arrived]:
    """The same for many, of any number of companies; those that name a click."""
    arrived = await arrival_queries.add(tx, arrivals)
    if any(one.new for one in arrived):
        at = max(one.at for _, one in arrivals)
        for tenant in {tenant for tenant, _ in arrivals}:
            await queue.announce(tx, LinksCounted(tenant_id=tenant, at=at))
    return arrived


async def arrive_from_ad(tx: Tx, tenant: TenantId, ad: FromAd) -> None:
    """A message began with an advertisement that leads to WhatsApp by itself: that is the click.

    Whoever calls does so for one message at a time; the same again changes nothing.
    """
    if await arrival_queries.is_known(tx, tenant, ad.key):
        return
    click = Click(
        id=ClickId(uuid7()),
        token=codes.new_token(),
        at=ad.at,
        source="ctwa",
        paid=True,
        ctwa_clid=ad.ctwa_clid,
        ad=ad.ad,
        url=ad.url,
        utm_source="facebook",
        utm_medium="paid",
    )
    await queries.add(tx, [(tenant, click)])
    await arrive(
        tx,
        tenant,
        Arrival(
            key=ad.key,
            method="ctwa",
            at=ad.at,
            token=click.token,
            channel_id=ad.channel_id,
            person_id=ad.person_id,
        ),
    )


async def same_person(tx: Tx, tenant: TenantId, one: UUID, into: UUID) -> None:
    """Somebody who wrote turned out to be another: their arrivals are that one's."""
    await arrival_queries.move(tx, tenant, one, into)


async def browsers_of(tx: Tx, tenant: TenantId, person: UUID) -> list[Browser]:
    """The browsers that somebody who writes clicked in, as their latest arrivals show."""
    return await arrival_queries.browsers(tx, tenant, person, BROWSERS)


async def of_people(
    tx: Tx,
    tenant: TenantId,
    persons: Sequence[UUID],
    visitors: Sequence[VisitorId],
    until: datetime,
) -> list[Candidate]:
    """Every click that these people or browsers are tied to by then, the earliest click first.

    One that is tied several times is there several times.
    """
    return await arrival_queries.of_people(tx, tenant, persons, visitors, until)

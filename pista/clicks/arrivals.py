"""Ties chats and visitors to clicks: each time is a row, and what it means is found by a join.

Nothing points at "the" click of somebody, so nothing can point at the wrong one: a sale may come
before its start, a link may be forwarded, and no order of these changes what is found later.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from pista.clicks import arrival_queries as queries
from pista.clicks.model import Arrival, Arrived, Candidate
from pista.ids import TenantId, VisitorId
from pista.store.postgres import Tx


async def arrive(tx: Tx, tenant: TenantId, arrival: Arrival) -> Arrived | None:
    """Tie somebody to the click that they name; None if there is no such click.

    The same key again changes nothing, but tells who it was if that was not known.
    """
    click = await queries.clicked(tx, tenant, arrival.token, arrival.code)
    if click is None:
        return None
    new = await queries.add(tx, tenant, click.id, arrival)
    return Arrived(click_id=click.id, visitor_id=click.visitor_id, new=new)


async def same_person(tx: Tx, tenant: TenantId, one: UUID, into: UUID) -> None:
    """Somebody who wrote turned out to be another: their arrivals are that one's."""
    await queries.move(tx, tenant, one, into)


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
    return await queries.of_people(tx, tenant, persons, visitors, until)

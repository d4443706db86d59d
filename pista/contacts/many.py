"""Tells of many people at once: those that nobody knows yet are added in two statements."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import asyncpg

from pista.contacts import many_queries, queries, rules, service
from pista.contacts.model import BadContact, FoundContact, Identity, Ignored
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


class Told(NamedTuple):
    """What is said of one person, read."""

    found: FoundContact
    identities: list[Identity]
    ignored: list[Ignored]


class Became(NamedTuple):
    contact: ContactId | None
    """None: nobody can be known by what was said."""
    created: bool
    ignored: list[Ignored]


def read(found: FoundContact, country: str | None) -> Told:
    return Told(found, *rules.read(found, country))


async def upsert_many(
    tx: Tx, tenant: TenantId, people: Sequence[Told], *, now: datetime
) -> list[Became]:
    """As `upsert` one after the other, in this order. Whoever calls it may be chosen as the victim
    of a deadlock."""
    known = [one for told in people for one in told.identities]
    await queries.lock_identities(tx, tenant, known)
    new = await _new(tx, tenant, people)
    made = {
        place: service.new_row(tenant, people[place].found, people[place].identities, now)
        for place in new
    }
    await many_queries.add(tx, [(row, people[place].identities) for place, row in made.items()])
    became: list[Became] = []
    for place, told in enumerate(people):
        if place in made:
            became.append(Became(made[place].id, True, told.ignored))
        else:
            became.append(await _upsert(tx, tenant, told, now))
    return became


async def nobodys(tx: Tx, tenant: TenantId, people: Sequence[Told]) -> list[int]:
    """The places of those whom nobody knows, nor tells of meanwhile. Waits for nobody.

    Of two that are known by the same it is neither.
    """
    if not people:
        return []
    every = Counter(one for told in people for one in {*told.identities})
    taken = {one for one, times in every.items() if times > 1}
    taken |= await queries.identities_elsewhere(tx, tenant, list(every))
    owners = await queries.owners(tx, tenant, list(every))
    taken |= {Identity(one.kind, one.value) for one in owners}
    return [
        place
        for place, told in enumerate(people)
        if told.identities and taken.isdisjoint(told.identities)
    ]


async def add(
    tx: Tx, tenant: TenantId, people: Sequence[Told], *, now: datetime
) -> list[ContactId]:
    """New contacts of these, who are `nobodys`."""
    made = [service.new_row(tenant, told.found, told.identities, now) for told in people]
    known = [told.identities for told in people]
    await many_queries.add(tx, list(zip(made, known, strict=True)))
    for row in made:
        await service.announce(tx, tenant, row.id, now)
    return [row.id for row in made]


async def take_back(tx: Tx, tenant: TenantId, made: Sequence[ContactId]) -> set[ContactId]:
    """Delete those of these imported contacts that nobody has touched since and that nothing
    points at: which those were."""
    untouched = await many_queries.untouched(tx, tenant, made)
    if await _removed(tx, tenant, untouched):
        return set(untouched)
    return {one for one in untouched if await _removed(tx, tenant, [one])}


async def _removed(tx: Tx, tenant: TenantId, contacts: Sequence[ContactId]) -> bool:
    try:
        async with tx.connection.transaction():
            await many_queries.remove(tx, tenant, contacts)
    except asyncpg.ForeignKeyViolationError:
        return False
    return True


async def _new(tx: Tx, tenant: TenantId, people: Sequence[Told]) -> list[int]:
    """Which of them nobody knows, nor somebody before them."""
    every = [one for told in people for one in told.identities]
    taken = {Identity(one.kind, one.value) for one in await queries.owners(tx, tenant, every)}
    new: list[int] = []
    for place, told in enumerate(people):
        if told.identities and taken.isdisjoint(told.identities):
            new.append(place)
        taken.update(told.identities)
    return new


async def _upsert(tx: Tx, tenant: TenantId, told: Told, now: datetime) -> Became:
    try:
        done = await service.upsert(tx, tenant, told.found, now=now)
    except BadContact:
        return Became(None, False, told.ignored)
    return Became(done.contact_id, done.created, done.ignored)

"""A chore of the leading writer: erases the contacts that somebody has asked to erase.

Step by step, each committed before the next and each repeatable, so that a worker that is killed
leaves nothing half-done for long:

1. Note what the person is known by; from then on it is known what to look for.
2. Look through the webhooks that came before, some at a time; those that name the person and are
   not the contact's own lose what they said. What waits to be worked off then makes nobody anew.
3. In one transaction: have the events of its visitors erased, and every room let go of its rows.
4. When the visitors' events are gone, look through the other events, month by month; those that
   name the person are erased, too.
5. When those are gone, forget what the person was known by.
"""

import time
from datetime import UTC, datetime

import asyncpg
from msgspec import structs

from pista import identity, logs, queue
from pista.contacts import ContactNotFound, naming, rights
from pista.contacts.rights import Person
from pista.crm import rights as webhooks
from pista.crm.model import ReceivedId
from pista.events import mentions, visitor_queries
from pista.identity import VisitorSpan
from pista.privacy.people import queries, service
from pista.privacy.people.model import Asked
from pista.privacy.people.rooms import HELD
from pista.store.clickhouse import ClickHouse, ClickHouseError
from pista.store.postgres import Lead, Tx

LONG_SECONDS = 1.0
# A number that so many visitors' events name is a company's, and nobody's own.
MOST_NAMING = 100
# Somebody has just linked or merged the contact: at the next try it is known.
IN_THE_WAY = (asyncpg.IntegrityConstraintViolationError, asyncpg.DeadlockDetectedError)

log = logs.get()


class PeopleEraser:
    def __init__(self, clickhouse: ClickHouse) -> None:
        self._clickhouse = clickhouse

    async def __call__(self, lead: Lead) -> None:
        async with lead.transaction() as tx:
            unfinished = await queries.unfinished(tx)
        began = time.monotonic()
        for asked in unfinished:
            await self._try(lead, asked)
            if time.monotonic() - began > LONG_SECONDS:
                return

    async def _try(self, lead: Lead, asked: Asked) -> None:
        error = None
        try:
            await self._go_on(lead, asked)
        except (ClickHouseError, *IN_THE_WAY) as refusal:
            # What it says may quote the person.
            error = type(refusal).__name__
        if error and error != asked.error:
            log.warning("contact_erasure_fails", erasure=str(asked.id), error=error)
        if error or asked.error:
            async with lead.transaction() as tx:
                await queries.note_error(tx, asked, error)

    async def _go_on(self, lead: Lead, asked: Asked) -> None:
        if asked.person is None:
            await _know(lead, asked)
        elif asked.swept_at is None:
            await _sweep(lead, asked, asked.person)
        elif asked.erased_at is None:
            await _let_go(lead, asked, asked.person)
        elif await _is_ready(lead, asked):
            if asked.months is None:
                await self._begin_looking(lead, asked, asked.person)
            elif asked.months:
                await self._look(lead, asked, asked.person)
            else:
                await _finish(lead, asked)

    async def _begin_looking(self, lead: Lead, asked: Asked, person: Person) -> None:
        known = naming.Names(person.identities)
        months = await mentions.months_of(self._clickhouse, asked.tenant_id) if known else []
        async with lead.transaction() as tx:
            await queries.note_months(tx, asked, months, asked.visitors, asked.counts)

    async def _look(self, lead: Lead, asked: Asked, person: Person) -> None:
        """Through one month; those who are named by hundreds are a company."""
        names = naming.Names(person.identities)
        [month, *left] = asked.months or []
        found: dict[str, list[int]] = {}
        for one in await mentions.candidates(
            self._clickhouse,
            asked.tenant_id,
            month,
            emails=names.emails,
            numbers=names.numbers,
            ids=names.ids,
        ):
            if names.named_in(one.said):
                found.setdefault(one.visitor_id, []).append(one.occurred_ms)
        counts = dict(asked.counts)
        if len(found) > MOST_NAMING:
            counts["visitorsNaming"] = counts.get("visitorsNaming", 0) + len(found)
            found = {}
        async with lead.transaction() as tx:
            more = await service.ask_moments(tx, asked, found)
            await queries.note_months(tx, asked, left, [*asked.visitors, *more], counts)


async def _know(lead: Lead, asked: Asked) -> None:
    assert asked.contact_id is not None
    async with lead.transaction() as tx:
        person = await rights.person(tx, asked.tenant_id, asked.contact_id)
        if person is None:
            await queries.finish(tx, asked, datetime.now(UTC))
        else:
            await queries.note_person(tx, asked, person, asked.visitors)


async def _sweep(lead: Lead, asked: Asked, person: Person) -> None:
    names, after = naming.Names(person.identities), asked.swept_to
    counts, began = dict(asked.counts), time.monotonic()
    while time.monotonic() - began < LONG_SECONDS:
        async with lead.transaction() as tx:
            swept = await webhooks.sweep(
                tx, asked.tenant_id, names, after and ReceivedId(after), asked.asked_at
            )
            naming_it = swept.naming if swept else []
            forgotten = await webhooks.forget_bodies(tx, asked.tenant_id, naming_it)
            counts["webhooksNaming"] = counts.get("webhooksNaming", 0) + forgotten
            after = swept.until if swept else None
            await queries.note_swept(tx, asked, after, counts, datetime.now(UTC))
        if swept is None:
            return


async def _let_go(lead: Lead, asked: Asked, person: Person) -> None:
    """Unless the person has become known by more: then the webhooks are looked through for it."""
    async with lead.transaction() as tx:
        await rights.hold(tx, person)
        now = await rights.person(tx, asked.tenant_id, person.family[0])
        if now is not None and not _covers(person, now):
            await queries.note_person(tx, asked, _both(person, now), asked.visitors)
            return
        spans = await _spans(tx, person)
        whole = [one.visitor_id for one in spans if one.since is None and one.until is None]
        person = structs.replace(person, visitors=sorted({*person.visitors, *whole}))
        if await queue.erase_jobs(tx, asked.tenant_id, _names(person)) is None:
            return
        visitors = [*asked.visitors, *await service.ask_visitors(tx, asked, spans)]
        counts = await _erase(tx, asked, person)
        await queries.note_erased(tx, asked, visitors, counts, datetime.now(UTC))


async def _erase(tx: Tx, asked: Asked, person: Person) -> dict[str, int]:
    counts = dict(asked.counts)
    names = naming.Names(person.identities)
    counts["unreadable"] = await mentions.erase_unreadable(tx, asked.tenant_id, names.named_in)
    counts["contactsNaming"] = await rights.forget_named(tx, asked.tenant_id, names)
    for held in HELD.values():
        for name, rows in (await held.erase(tx, person)).items():
            counts[name] = counts.get(name, 0) + rows
    return counts


async def _is_ready(lead: Lead, asked: Asked) -> bool:
    """Whether all is stored that came before, and what was asked for so far is done."""
    async with lead.transaction() as tx:
        return not (
            await queries.has_unfinished(tx, asked.tenant_id, asked.visitors)
            or await visitor_queries.has_waiting(tx, asked.streams, asked.seqs)
        )


async def _finish(lead: Lead, asked: Asked) -> None:
    async with lead.transaction() as tx:
        if await visitor_queries.has_recent(tx, asked.streams, asked.seqs):
            # The live stream lets them go within a minute or two.
            return
        await queries.finish(tx, asked, datetime.now(UTC))
    log.info("contact_erased", erasure=str(asked.id), tenant=str(asked.tenant_id), **asked.counts)


async def _spans(tx: Tx, person: Person) -> list[VisitorSpan]:
    try:
        return await identity.visitors_of(tx, person.tenant_id, person.family[0])
    except ContactNotFound:
        return []


def _covers(person: Person, now: Person) -> bool:
    return {*now.identities} <= {*person.identities} and {*now.family} <= {*person.family}


def _both(person: Person, now: Person) -> Person:
    known = {*person.identities, *now.identities}
    return structs.replace(
        person,
        identities=sorted(known, key=lambda one: (one.kind, one.value)),
        family=list(dict.fromkeys([*person.family, *now.family])),
    )


def _names(person: Person) -> list[str]:
    """What work about the person may be named by."""
    return [*person.family, *person.visitors, *(one.value for one in person.identities)]

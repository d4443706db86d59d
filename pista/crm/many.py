"""Works off many webhooks at once: those about people and visitors of whom nobody has heard.

That is what nearly all of a flood is about, and a few statements do for all of it. Nothing is
decided otherwise than alone: what may concern anybody who is known, or who is told of in this very
moment, is left. Since it waits for nobody, no two such groups wait for each other.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from pista import contacts, identity
from pista.contacts import leads
from pista.contacts import many as people
from pista.contacts import rules as words
from pista.contacts.many import Told
from pista.crm import persons, queries
from pista.crm.model import Read
from pista.crm.queries import Became, Stored, Version
from pista.crm.receiving import ProcessWebhook
from pista.identity import Named, Voucher
from pista.ids import ContactId, TenantId, VisitorId
from pista.store.postgres import Tx


class _Webhook(NamedTuple):
    stored: Stored
    read: Read
    told: Told


async def process(tx: Tx, tenant: TenantId, works: Sequence[ProcessWebhook]) -> list[int]:
    """The places of those that are to be worked off alone."""
    now = datetime.now(UTC)
    every = await _readable(tx, tenant, works, now)
    fresh = await people.nobodys(tx, tenant, [one.told for one in every])
    every = [every[place] for place in fresh]
    every = [every[place] for place in await identity.untold(tx, tenant, _named(every))]
    await _add(tx, tenant, every, now)
    done = {one.stored.id for one in every}
    return [place for place, work in enumerate(works) if work.received_id not in done]


async def _readable(
    tx: Tx, tenant: TenantId, works: Sequence[ProcessWebhook], now: datetime
) -> list[_Webhook]:
    """Those that tell of somebody, and nothing older than what is known."""
    rows = await queries.stored_many(tx, tenant, [work.received_id for work in works])
    new = [row for row in rows if row.sale_mapping is None and not row.again]
    pairs = [(row, persons.read(row)) for row in new]
    told = [(row, read) for row, read in pairs if read.ignored is None]
    where = None
    if any(words.needs_country(read.phone) for _, read in told):
        where = await contacts.country(tx, tenant)
    outdated = await _outdated(tx, tenant, told, now)
    return [
        _Webhook(row, read, people.read(persons.found(row.source_id, row.kind, read), where))
        for row, read in told
        if row.id not in outdated
    ]


async def _outdated(
    tx: Tx, tenant: TenantId, told: Sequence[tuple[Stored, Read]], now: datetime
) -> set[object]:
    dated = {
        row.id: Version(row.source_id, *version)
        for row, read in told
        if (version := persons.version(row, read, now))
    }
    if not dated:
        return set()
    newest = set(await queries.newest(tx, tenant, list(dated.values())))
    return {row for row, version in dated.items() if version not in newest}


def _named(every: Sequence[_Webhook]) -> list[Named]:
    return [
        Named(
            VisitorId(one.read.visitor_id) if one.read.visitor_id else None, one.told.found.crm_id
        )
        for one in every
    ]


async def _add(tx: Tx, tenant: TenantId, every: Sequence[_Webhook], now: datetime) -> None:
    if not every:
        return
    made = await people.add(tx, tenant, [one.told for one in every], now=now)
    pairs = list(zip(every, made, strict=True))
    claims = [
        persons.claim(one.stored, one.read.visitor_id, contact, fresh=True)
        for one, contact in pairs
        if one.read.visitor_id is not None
    ]
    await identity.link_new(tx, tenant, claims, now=now)
    vouchers = [
        Voucher(contact, persons.voucher_key(one.stored))
        for one, contact in pairs
        if one.read.visitor_id is None and persons.is_new(one.stored, one.read)
    ]
    await identity.vouch_new(tx, tenant, vouchers, now=now)
    await queries.finish_many(tx, tenant, [_became(*pair) for pair in pairs], now)
    await leads.tell(tx, tenant, [persons.lead(contact, one.told.found) for one, contact in pairs])


def _became(one: _Webhook, contact: ContactId) -> Became:
    visitor = one.read.visitor_id
    return Became(one.stored.id, contact, visitor, None if visitor is None else "linked")

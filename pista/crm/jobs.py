"""Works webhooks off: what one says of a person is added to their contact."""

import time
from datetime import UTC, datetime, timedelta

import msgspec

from pista import accounts, collect, contacts, identity
from pista.contacts import BadContact, FoundContact, Upserted, leads
from pista.crm import many, persons, queries, reading_sales, told_sales
from pista.crm.claims import DecideClaim, decide
from pista.crm.model import Read, SaleMapping
from pista.crm.queries import Stored
from pista.crm.receiving import ProcessWebhook
from pista.ids import ContactId, TenantId, VisitorId
from pista.queue import Handlers, Job, Together
from pista.store.postgres import Lead, Tx

BODY_KEPT = timedelta(days=30)
KEPT = timedelta(days=90)
PRUNE_SECONDS = 60.0
MOST_TOGETHER = 100


async def process(tx: Tx, job: Job, work: ProcessWebhook) -> None:
    """Add what a webhook says to its contact, once; a repeat of the job finds it done."""
    now = datetime.now(UTC)
    stored = await queries.stored(tx, job.tenant_id, work.received_id)
    if stored is None or stored.state != "waiting":
        return
    if stored.sale_mapping is not None:
        await _hear_sale(tx, job.tenant_id, stored, stored.sale_mapping, now)
        return
    read = persons.read(stored)
    if read.ignored is not None:
        await queries.finish(tx, job.tenant_id, stored.id, "ignored", read.ignored, now)
        return
    try:
        await _note(tx, job.tenant_id, stored, read, now)
    except BadContact as error:
        await queries.finish(tx, job.tenant_id, stored.id, "ignored", error.detail, now)


async def _hear_sale(
    tx: Tx, tenant: TenantId, stored: Stored, mapping: SaleMapping, now: datetime
) -> None:
    """What a shop tells of a sale, for whoever keeps sales."""
    payload: object = msgspec.json.decode(stored.body or b"null")
    zone = (await accounts.tenant(tx, tenant)).time_zone
    read = reading_sales.sale(payload, mapping, zone)
    if stored.body is None or read.ignored is not None:
        why = persons.NO_BODY if stored.body is None else read.ignored
        await queries.finish(tx, tenant, stored.id, "ignored", why, now)
        return
    shared = mapping.numbers == "shared"
    told = told_sales.Told(stored.source_id, stored.id, read, stored.received_at, shared)
    heard = await told_sales.tell(tx, tenant, told)
    await queries.finish(
        tx,
        tenant,
        stored.id,
        "done" if heard.done else "ignored",
        heard.detail,
        now,
        contact=heard.contact,
        visitor=read.visitor_id,
    )


async def _note(tx: Tx, tenant: TenantId, stored: Stored, read: Read, now: datetime) -> None:
    found = persons.found(stored.source_id, stored.kind, read)
    outdated = not await _is_news(tx, tenant, stored, read, now)
    if outdated:
        # Who it is stays true, and so does which browser was theirs.
        found = FoundContact(source=found.source, trusted=True, crm_id=found.crm_id)
    upserted = await contacts.adopt(tx, tenant, found, now=now)
    linking = await _link(tx, tenant, stored, read, found.crm_id, upserted, now)
    if upserted.unproven is not None:
        unproven = upserted.unproven
        await identity.judge_again(tx, tenant, unproven, upserted.contact_id, now=now)
    await queries.finish(
        tx,
        tenant,
        stored.id,
        "done",
        "Something newer is known already." if outdated else None,
        now,
        contact=upserted.contact_id,
        visitor=read.visitor_id,
        linking=linking,
    )
    if not outdated:
        await leads.tell(tx, tenant, [persons.lead(upserted.contact_id, found)])


async def _link(
    tx: Tx,
    tenant: TenantId,
    stored: Stored,
    read: Read,
    found_crm_id: str | None,
    upserted: Upserted,
    now: datetime,
) -> str | None:
    """The visitor that it names is this contact; if it names none, a claim that nobody signed may
    lean on it."""
    if found_crm_id is not None:
        contact, new = upserted.contact_id, upserted.named
        await identity.heard_of(tx, tenant, found_crm_id, contact, new=new, now=now)
    key = await _unsaid(tx, tenant, stored, read, upserted.contact_id, now)
    if read.visitor_id is None:
        if not (upserted.created or upserted.adopted) or not persons.is_new(stored, read):
            # Its id is known to more than the page that has just made it.
            return None
        vouches_as = persons.voucher_key(stored)
        vouched = await identity.vouch(tx, tenant, upserted.contact_id, vouches_as, now=now)
        return None if vouched is None else vouched.outcome
    contact, fresh = upserted.contact_id, upserted.created
    claim = persons.claim(stored, read.visitor_id, contact, fresh=fresh, key=key)
    return (await identity.link(tx, tenant, claim, now=now)).outcome


async def _unsaid(
    tx: Tx, tenant: TenantId, stored: Stored, read: Read, contact: ContactId, now: datetime
) -> str:
    """By another mapping it may have named another visitor, or another contact: that is taken
    back. The key of what it says now."""
    key = persons.claim_key(stored)
    if not stored.again:
        return key
    named = None if read.visitor_id is None else (VisitorId(read.visitor_id), contact)
    return await identity.unsay(tx, tenant, "webhook", key, besides=named, now=now)


async def _is_news(tx: Tx, tenant: TenantId, stored: Stored, read: Read, now: datetime) -> bool:
    version = persons.version(stored, read, now)
    if version is None:
        return True
    return bool(await queries.newest(tx, tenant, [queries.Version(stored.source_id, *version)]))


class Pruner:
    """A chore of the writer: let go of bodies after 30 days, and of what became of them after
    90."""

    def __init__(self) -> None:
        self._pruned_at = -PRUNE_SECONDS

    async def __call__(self, lead: Lead) -> None:
        if time.monotonic() - self._pruned_at < PRUNE_SECONDS:
            return
        self._pruned_at = time.monotonic()
        await prune(lead, datetime.now(UTC))


async def prune(lead: Lead, now: datetime) -> None:
    async with lead.transaction() as tx:
        await queries.forget_bodies(tx, now - BODY_KEPT)
        await queries.forget(tx, now - KEPT)
        await collect.forget_introductions(tx, now - BODY_KEPT)


handlers: Handlers = {
    ProcessWebhook: Together(many.process, most=MOST_TOGETHER, alone=process),
    DecideClaim: decide,
}

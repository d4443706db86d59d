"""Works webhooks off: what one says of a person is added to their contact."""

import hashlib
import time
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import msgspec

from pista import collect, contacts, identity
from pista.contacts import BadContact, FoundContact, Upserted, leads
from pista.crm import queries, reading, reading_sales, told_sales
from pista.crm.claims import DecideClaim, decide
from pista.crm.model import DEFAULT_MAPPING, Read, SaleMapping, SourceId
from pista.crm.queries import Stored
from pista.crm.receiving import ProcessWebhook, order_key
from pista.identity import Claim
from pista.ids import TenantId, VisitorId
from pista.queue import Handlers, Job
from pista.store.postgres import Lead, Tx

BODY_KEPT = timedelta(days=30)
KEPT = timedelta(days=90)
PRUNE_SECONDS = 60.0
NEW_FOR = timedelta(minutes=30)
# A sender's clock may be a little ahead; what is far ahead would make all that follows outdated.
AHEAD = timedelta(minutes=5)
NO_BODY = "What it said was erased before it was worked off."


async def process(tx: Tx, job: Job, work: ProcessWebhook) -> None:
    """Add what a webhook says to its contact, once; a repeat of the job finds it done."""
    now = datetime.now(UTC)
    stored = await queries.stored(tx, job.tenant_id, work.received_id)
    if stored is None or stored.state != "waiting":
        return
    if stored.sale_mapping is not None:
        await _hear_sale(tx, job.tenant_id, stored, stored.sale_mapping, now)
        return
    read = Read(ignored=NO_BODY) if stored.body is None else _read(stored)
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
    read = reading_sales.sale(payload, mapping)
    if stored.body is None or read.ignored is not None:
        why = NO_BODY if stored.body is None else read.ignored
        await queries.finish(tx, tenant, stored.id, "ignored", why, now)
        return
    told = told_sales.Told(stored.source_id, stored.id, read, stored.received_at)
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
    found = found_contact(stored.source_id, stored.kind, read)
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
        campaign = found.attributes.get("campaign") or found.attributes.get("utm_campaign")
        named = campaign[:200] if isinstance(campaign, str) else None
        await leads.tell(tx, tenant, leads.Lead(upserted.contact_id, "crm", named))


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
        contact = upserted.contact_id
        await identity.heard_of(tx, tenant, found_crm_id, contact, now=now)
    if read.visitor_id is None:
        if not _is_new(stored, read, upserted):
            # Its id is known to more than the page that has just made it.
            return None
        # The same bytes again vouch for nobody else.
        key = hashlib.sha256(stored.source_id.bytes + (stored.body or b"")).hexdigest()
        vouched = await identity.vouch(tx, tenant, upserted.contact_id, key, now=now)
        return None if vouched is None else vouched.outcome
    claim = Claim(
        visitor_id=VisitorId(read.visitor_id),
        method="webhook",
        key=str(stored.id),
        at=stored.received_at,
        contact_id=upserted.contact_id,
        fresh=upserted.created,
        evidence={"webhook": str(stored.id), "source": str(stored.source_id)},
    )
    return (await identity.link(tx, tenant, claim, now=now)).outcome


def _is_new(stored: Stored, read: Read, upserted: Upserted) -> bool:
    """Whether the contact was made just now, in the CRM too: as yet only the page that made it
    knows its id, and may have told of it already."""
    if not (upserted.created or upserted.adopted) or read.created_at is None:
        return False
    return stored.received_at - read.created_at <= NEW_FOR


def found_contact(source: SourceId, kind: str, read: Read) -> FoundContact:
    """What a source that proved who it is says of a person."""
    crm_id = read.contact_id
    if crm_id is not None and kind == "generic":
        # Two systems count from one: their ids are not the same person's.
        crm_id = f"{source}:{crm_id}"
    return FoundContact(
        source=kind if kind == "ghl" else "webhook",
        trusted=True,
        name=read.name,
        email=read.email,
        phone=read.phone,
        crm_id=crm_id,
        attributes=dict(read.attributes),
        tags=read.tags,
    )


async def _is_news(tx: Tx, tenant: TenantId, stored: Stored, read: Read, now: datetime) -> bool:
    if read.contact_id is None or read.updated_at is None or read.updated_at > now + AHEAD:
        return True
    about = order_key(stored.source_id, read.contact_id)
    return await queries.is_newest(tx, tenant, stored.source_id, about, read.updated_at)


def _read(stored: Stored) -> Read:
    payload: object = msgspec.json.decode(stored.body or b"")
    if stored.kind == "ghl":
        return reading.ghl(cast("dict[str, Any]", payload))
    return reading.generic(payload, stored.mapping or DEFAULT_MAPPING)


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


handlers: Handlers = {ProcessWebhook: process, DecideClaim: decide}

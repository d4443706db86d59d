"""Which contact somebody is who writes, and which of our visitors they say they were."""

import re
from datetime import UTC, datetime
from typing import Literal

import msgspec

from pista import clicks, contacts, identity
from pista.chat import acquainting_queries as queries
from pista.chat.acquainting_queries import PersonRow
from pista.chat.heard import Platform
from pista.chat.model import PersonId
from pista.contacts import BadContact, FoundContact, leads
from pista.contacts.leads import Lead
from pista.identity import Claim
from pista.ids import ContactId, TenantId, VisitorId
from pista.queue import Job
from pista.store.postgres import Tx

METHODS: dict[Platform, Literal["whatsapp", "telegram"]] = {
    "whatsapp": "whatsapp",
    "telegram": "telegram",
}
# `rstk_vid=…` as a link puts it into the first message, or a bare id as the snippet makes it.
VISITOR = re.compile(r"\brstk_vid\s*[=:]\s*([A-Za-z0-9_-]{1,64})|\b(v\d{13}_[A-Za-z0-9]{3,40})\b")


class Acquaint(msgspec.Struct, frozen=True, kw_only=True, tag="chat.acquaint"):
    """Find out which contact somebody is who wrote."""

    person_id: PersonId


async def acquaint(tx: Tx, job: Job, work: Acquaint) -> None:
    """As `introduce`; and who it is may want something."""
    # None: another that turned out to be the same person took it in.
    person = await queries.person(tx, job.tenant_id, work.person_id)
    contact = person and await introduce(tx, job.tenant_id, person, now=datetime.now(UTC))
    if person and contact:
        await leads.tell(tx, job.tenant_id, [Lead(contact, person.platform)])


async def introduce(
    tx: Tx, tenant: TenantId, person: PersonRow, *, now: datetime
) -> ContactId | None:
    """Add what the platform vouches for to the contact; the same again changes nothing."""
    try:
        upserted = await contacts.upsert(tx, tenant, found(person), now=now)
    except BadContact:
        return None
    await queries.set_contact(tx, tenant, person.id, upserted.contact_id)
    await _link(tx, tenant, person, upserted.contact_id, now)
    await _link_browsers(tx, tenant, person, upserted.contact_id, now)
    return upserted.contact_id


def found(person: PersonRow) -> FoundContact:
    """What a platform says of somebody is sure: they write from there."""
    number = person.phone and f"+{person.phone.removeprefix('+')}"
    whatsapp = (person.user_id or person.phone) if person.platform == "whatsapp" else None
    return FoundContact(
        source=person.platform,
        trusted=True,
        name=person.name,
        phone=number,
        whatsapp=whatsapp,
        telegram=person.user_id if person.platform == "telegram" else None,
    )


async def _link(
    tx: Tx, tenant: TenantId, person: PersonRow, contact: ContactId, now: datetime
) -> None:
    """A message that names a visitor was begun on a page of ours."""
    for message in await queries.naming(tx, tenant, person.id):
        named = visitor_in(message.text)
        if named is not None:
            claim = Claim(
                visitor_id=named,
                method=METHODS[person.platform],
                key=message.external_id,
                at=message.at,
                contact_id=contact,
            )
            await identity.link(tx, tenant, claim, now=now)


async def _link_browsers(
    tx: Tx, tenant: TenantId, person: PersonRow, contact: ContactId, now: datetime
) -> None:
    """Whoever brought a click's token clicked it, in a browser that may be known."""
    for browser in await clicks.browsers_of(tx, tenant, person.id):
        claim = Claim(
            visitor_id=browser.visitor_id,
            method=METHODS[person.platform],
            key=f"{browser.key}:{browser.visitor_id}",
            at=browser.at,
            contact_id=contact,
        )
        await identity.link(tx, tenant, claim, now=now)


def visitor_in(text: str | None) -> VisitorId | None:
    """The visitor that a message names."""
    match = VISITOR.search(text or "")
    return match and VisitorId(match[1] or match[2])

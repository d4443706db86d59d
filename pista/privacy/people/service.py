"""Asking for a contact to be erased, and what became of it."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from pista import contacts
from pista.contacts import ContactNotFound
from pista.identity import VisitorSpan
from pista.ids import ContactId, TenantId, VisitorId, uuid7
from pista.privacy import service as of_visitors
from pista.privacy.model import Part
from pista.privacy.people import queries
from pista.privacy.people.model import Asked, ContactErasure
from pista.store.postgres import Tx


async def ask(
    tx: Tx, tenant: TenantId, contact: ContactId, *, by: UUID | None, name: str, now: datetime
) -> ContactErasure:
    """Ask for all that is held of a contact, and of those merged into it, to be erased."""
    root = await contacts.root_of(tx, tenant, contact)
    if root is None:
        raise ContactNotFound
    asked = await queries.ask(tx, uuid7(), tenant, root, digest(tenant, root), by, name, now)
    return told(asked)


async def erasures(tx: Tx, tenant: TenantId) -> list[ContactErasure]:
    return [told(one) for one in await queries.of_tenant(tx, tenant)]


async def erasure(tx: Tx, tenant: TenantId, erasure: UUID) -> ContactErasure:
    return told(await queries.erasure(tx, tenant, erasure))


async def ask_visitors(tx: Tx, asked: Asked, spans: Sequence[VisitorSpan]) -> list[UUID]:
    """Have the events of these visitors erased; of a shared browser those of this person's time."""
    now = datetime.now(asked.asked_at.tzinfo)
    parts = [(span.visitor_id, Part.between(span.since, span.until)) for span in spans]
    return [await _ask_visitor(tx, asked, visitor, part, now) for visitor, part in parts]


async def ask_moments(tx: Tx, asked: Asked, moments: Mapping[str, Sequence[int]]) -> list[UUID]:
    """Have the events of these moments erased, visitor by visitor."""
    now = datetime.now(asked.asked_at.tzinfo)
    parts = [(VisitorId(one), Part(moments=sorted(set(at)))) for one, at in moments.items()]
    return [await _ask_visitor(tx, asked, visitor, part, now) for visitor, part in parts]


def digest(tenant: TenantId, contact: ContactId) -> bytes:
    """What is kept of an erased contact: it tells nothing to whoever does not know the id."""
    return hashlib.sha256(f"{tenant}:{contact}".encode()).digest()


def told(asked: Asked) -> ContactErasure:
    return ContactErasure(
        id=asked.id,
        state=asked.state,
        contact_id=asked.contact_id,
        contact_hash=asked.contact_hash.hex(),
        asked_by=asked.asked_by_name,
        asked_at=asked.asked_at,
        finished_at=asked.finished_at,
        visitors=len(set(asked.visitors)),
        counts=asked.counts,
        error=asked.error,
    )


async def _ask_visitor(tx: Tx, asked: Asked, visitor: VisitorId, part: Part, now: datetime) -> UUID:
    done = await of_visitors.ask(
        tx,
        asked.tenant_id,
        visitor,
        by=asked.asked_by,
        name=asked.asked_by_name,
        now=now,
        part=part,
    )
    return done.id

"""What a stored webhook says of a person. No I/O."""

import hashlib
from datetime import datetime, timedelta
from typing import Any, cast

import msgspec

from pista.contacts import FoundContact
from pista.contacts.leads import Lead
from pista.crm import reading
from pista.crm.model import DEFAULT_MAPPING, Read, SourceId
from pista.crm.queries import Stored
from pista.crm.receiving import order_key
from pista.identity import Claim
from pista.ids import ContactId, VisitorId

NEW_FOR = timedelta(minutes=30)
# A sender's clock may be a little ahead; what is far ahead would make all that follows outdated.
AHEAD = timedelta(minutes=5)
NO_BODY = "What it said was erased before it was worked off."


def read(stored: Stored) -> Read:
    if stored.body is None:
        return Read(ignored=NO_BODY)
    payload: object = msgspec.json.decode(stored.body)
    if stored.kind == "ghl":
        return reading.ghl(cast("dict[str, Any]", payload))
    return reading.generic(payload, stored.mapping or DEFAULT_MAPPING)


def found(source: SourceId, kind: str, read: Read) -> FoundContact:
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


def claim(
    stored: Stored, visitor: str, contact: ContactId, *, fresh: bool, key: str | None = None
) -> Claim:
    """That the visitor it names is this contact."""
    return Claim(
        visitor_id=VisitorId(visitor),
        method="webhook",
        key=key or claim_key(stored),
        at=stored.received_at,
        contact_id=contact,
        fresh=fresh,
        evidence={"webhook": str(stored.id), "source": str(stored.source_id)},
    )


def claim_key(stored: Stored) -> str:
    return str(stored.id)


def voucher_key(stored: Stored) -> str:
    """The same bytes again vouch for nobody else."""
    return hashlib.sha256(stored.source_id.bytes + (stored.body or b"")).hexdigest()


def is_new(stored: Stored, read: Read) -> bool:
    """Whether the contact, which Pista did not know, is as new in the CRM: as yet only the page
    that made it knows its id, and may have told of it already."""
    return read.created_at is not None and stored.received_at - read.created_at <= NEW_FOR


def version(stored: Stored, read: Read, now: datetime) -> tuple[str, datetime] | None:
    """Whom it is about and how new it is by the sender's clock, if that tells anything."""
    if read.contact_id is None or read.updated_at is None or read.updated_at > now + AHEAD:
        return None
    return order_key(stored.source_id, read.contact_id), read.updated_at


def lead(contact: ContactId, found: FoundContact) -> Lead:
    campaign = found.attributes.get("campaign") or found.attributes.get("utm_campaign")
    return Lead(contact, "crm", campaign[:200] if isinstance(campaign, str) else None)

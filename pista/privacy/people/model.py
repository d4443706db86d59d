"""What is handed over of a contact, and what is erased."""

from datetime import datetime
from uuid import UUID

import msgspec

from pista.contacts.model import AContact
from pista.contacts.rights import Person
from pista.ids import ContactId, TenantId
from pista.privacy.model import State


class EraseContact(
    msgspec.Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True
):
    contact_id: AContact


class ContactErasure(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A contact whose data somebody has asked to erase, and how far that is."""

    id: UUID
    state: State
    contact_id: ContactId | None
    """Until it is done; then nobody knows it any more."""
    contact_hash: str
    """SHA-256 of `tenantId:contactId`: who knows the id finds the erasure again."""
    asked_by: str
    asked_at: datetime
    finished_at: datetime | None
    visitors: int
    """Of how many visitors events are erased; `GET /api/privacy/erasures` tells of each."""
    counts: dict[str, int]
    """Rows, by what they were."""
    error: str | None


class ContactErasures(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    items: list[ContactErasure]
    """The latest first."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An erasure as it is stored."""

    id: UUID
    tenant_id: TenantId
    contact_id: ContactId | None
    contact_hash: bytes
    asked_by: UUID | None
    asked_by_name: str
    asked_at: datetime
    streams: list[int]
    seqs: list[int]
    state: State
    person: Person | None
    """Who it is, as far as it is known yet; forgotten when it is done."""
    swept_to: UUID | None
    """Webhooks up to this one were looked through."""
    swept_at: datetime | None
    erased_at: datetime | None
    """When the rooms had let go of it."""
    months: list[int] | None
    """In which events are still to be looked through for others that name the person."""
    visitors: list[UUID]
    """The erasures of its visitors."""
    counts: dict[str, int]
    error: str | None
    finished_at: datetime | None

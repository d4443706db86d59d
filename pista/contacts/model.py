"""Contacts and what they are known by as Structs, and what can go wrong with them."""

from datetime import datetime
from typing import Annotated, Literal, NewType
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from pista.errors import NotFound, PistaError
from pista.ids import ContactId, TenantId

MergeId = NewType("MergeId", UUID)
ReviewId = NewType("ReviewId", UUID)

Kind = Literal["crm", "user_id", "whatsapp", "telegram", "email", "phone"]
Strength = Literal["strong", "provisional"]
Why = Literal["blocked", "invalid", "taken", "too_many"]
Reason = Literal["shared_identity", "too_many_identities", "shared_browser", "too_many_visitors"]
Decision = Literal["merge", "separate"]
Value = str | int | float | bool | None

MOST_ATTRIBUTES = 100
MOST_TAGS = 100

Text = Annotated[str, Meta(min_length=1, max_length=254)]
Tag = Annotated[str, Meta(min_length=1, max_length=64)]
Tags = Annotated[list[Tag], Meta(max_length=MOST_TAGS)]
Attributes = Annotated[
    dict[
        Annotated[str, Meta(min_length=1, max_length=64)],
        Annotated[str, Meta(max_length=1000)] | int | float | bool | None,
    ],
    Meta(max_length=MOST_ATTRIBUTES),
]
Source = Annotated[str, Meta(pattern=r"^[a-z0-9_.:-]{1,40}\Z")]
Country = Annotated[
    str, Meta(pattern=r"^[A-Z]{2}\Z", description="ISO 3166: the two letters of a country.")
]
AContact = Annotated[str, Meta(pattern=r"^cntct_[0-9A-Za-z]{22,40}\Z")]


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class Request(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """Something the API is sent."""


class Identity(msgspec.Struct, frozen=True):
    """One thing that a person is known by, in its one form."""

    kind: Kind
    value: str


class FoundContact(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody says of a person: a CRM, a form, a chat, one of our people."""

    source: str
    trusted: bool
    """Whether a signed message or one of our people says it, and not whoever fills in a form."""
    name: str | None = None
    email: str | None = None
    phone: str | None = None
    crm_id: str | None = None
    user_id: str | None = None
    whatsapp: str | None = None
    telegram: str | None = None
    attributes: dict[str, Value] = {}
    tags: list[str] = []


class Ignored(Wire, frozen=True, kw_only=True):
    """A field that is not what the contact is known by, and why."""

    kind: Kind
    why: Why


class Upserted(msgspec.Struct, frozen=True, kw_only=True):
    """Which contact it is."""

    contact_id: ContactId
    """The very one that is meant; it may be shown as part of another."""
    created: bool
    ignored: list[Ignored]
    adopted: bool = False
    """Whether it was there, made by a page's word of a CRM's id, and nobody had vouched for it."""
    unproven: ContactId | None = None
    """Which contact the CRM's id was a page's word about until now: this very one, or another. Who
    was linked to it on such words alone is to be judged again."""
    named: bool = False
    """Whether it is known by the CRM's id since this message."""
    absorbed: bool = False
    """Whether that other one is to be a part of this one, since nothing else is known of it."""


class ContactRow(msgspec.Struct, frozen=True, kw_only=True):
    """A contact as it is stored."""

    tenant_id: TenantId
    id: ContactId
    name: str | None
    email: str | None
    phone: str | None
    crm_id: str | None
    attributes: dict[str, Value]
    tags: list[str]
    source: str
    created_at: datetime
    updated_at: datetime
    merged_into: ContactId | None
    untagged: list[str] = []
    """Tags that somebody took off it, and that contacts merged into it bring along."""


class Contact(Wire, frozen=True, kw_only=True):
    """A person, with what is known of those merged into it."""

    id: ContactId
    name: str | None
    email: str | None
    phone: str | None
    """E.164."""
    crm_id: str | None
    attributes: dict[str, Value]
    tags: list[str]
    source: str
    """Who told of it first."""
    created_at: datetime
    updated_at: datetime


class ContactIdentity(Wire, frozen=True, kw_only=True):
    kind: Kind
    value: str
    strength: Strength
    source: str
    created_at: datetime
    contact_id: ContactId
    """Of which of the merged contacts it is."""


class ContactMerge(Wire, frozen=True, kw_only=True):
    id: MergeId
    contact_id: ContactId
    into_id: ContactId
    merged_by: str
    merged_at: datetime
    undone_by: str | None
    undone_at: datetime | None


class ContactDetail(Contact, frozen=True, kw_only=True):
    identities: list[ContactIdentity]
    merges: list[ContactMerge]
    """What was merged into it, the latest first; also what was taken back."""


class Contacts(Wire, frozen=True, kw_only=True):
    items: list[Contact]
    """The newest first."""
    next: str | None
    """Give it as `before` for those that came earlier."""


class NewContact(Request, frozen=True, kw_only=True):
    """At least one of e-mail, phone, CRM id and user id is needed."""

    name: Text | None = None
    email: Text | None = None
    phone: Text | None = None
    crm_id: Text | None = None
    user_id: Text | None = None
    attributes: Attributes = {}
    tags: Tags = []
    source: Source = "api"


class MadeContact(ContactDetail, frozen=True, kw_only=True):
    created: bool
    """Whether it is new; otherwise it was known already, and what was sent was added."""
    ignored: list[Ignored]


class ChangeContact(Request, frozen=True, kw_only=True):
    """What is left out stays; null takes away."""

    name: Text | UnsetType | None = UNSET
    email: Text | UnsetType | None = UNSET
    phone: Text | UnsetType | None = UNSET
    crm_id: Text | UnsetType | None = UNSET
    attributes: Attributes | UnsetType = UNSET
    """Those named; a null takes the attribute away."""
    tags: Tags | UnsetType = UNSET
    """All of them."""


class MergeContact(Request, frozen=True, kw_only=True):
    contact_id: AContact
    """The other contact, which from now on is shown as part of this one."""


class ContactSettings(Wire, frozen=True, kw_only=True):
    default_country: str | None
    """Of phone numbers without a country code; null where the time zone tells none either."""


class ChangeContactSettings(Request, frozen=True, kw_only=True):
    default_country: Country | None
    """Null: that of the company's time zone."""


class ContactChanged(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename="camel",
    tag="contact_changed",
    tag_field="type",
):
    """A contact is new or has changed: fetch it again."""

    tenant_id: TenantId
    contact_id: ContactId
    at: datetime


class ContactNotFound(NotFound):
    """This contact does not exist, or belongs to another tenant."""

    code = "contact_not_found"


class BadContact(PistaError):
    """A contact needs an e-mail, a phone or an id that is one person's."""

    status = 422
    code = "bad_contact"


class IdentityTaken(PistaError):
    """Another contact is known by this already: merge the two, or change the other first."""

    status = 409
    code = "identity_taken"

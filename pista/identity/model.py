"""Claims that a visitor is a contact, links and forks as Structs, and what can go wrong."""

from datetime import datetime
from typing import Annotated, Literal, NewType
from uuid import UUID

import msgspec
from msgspec import Meta

from pista.contacts import Contact, Decision, Reason, ReviewId
from pista.contacts.model import AContact, Kind, Strength
from pista.errors import NotFound, PistaError
from pista.ids import ContactId, TenantId, VisitorId

ClaimId = NewType("ClaimId", UUID)

Method = Literal["webhook", "form", "ud", "telegram", "whatsapp", "identify", "manual"]
Outcome = Literal[
    "linked",
    "confirmed",
    "already",
    "displaced",
    "forked",
    "conflict",
    "waiting",
    "refused_strong",
    "refused_undone",
    "refused_repeated",
    "undone",
    "retracted",
]
ClaimDecision = Literal["accept", "keep", "fork"]
ReviewDecision = Literal["accept", "keep", "fork", "settled"]

AVisitor = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,64}\Z")]


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class Request(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """Something the API is sent."""


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody says that a visitor is a contact.

    How much it counts for follows from the method, and nobody says so of himself.
    """

    visitor_id: VisitorId
    method: Method
    key: str
    """The same for the same claim: a webhook's id, a submission's."""
    at: datetime
    """When the person did what shows it."""
    contact_id: ContactId | None = None
    crm_id: str | None = None
    """Names the contact where Pista's own id is not known."""
    fresh: bool = False
    """Whether the contact is nobody else's: made by this very message, or known by nothing but what
    was typed."""
    evidence: dict[str, str] = {}
    """Ids of what shows it; no personal data."""
    by: str | None = None


class Linked(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a claim."""

    claim_id: ClaimId
    outcome: Outcome
    visitor_id: VisitorId
    contact_id: ContactId | None


class ClaimRow(msgspec.Struct, frozen=True, kw_only=True):
    """A claim as it is stored."""

    id: ClaimId
    visitor_id: VisitorId
    contact_id: ContactId | None
    root_id: ContactId | None
    """The contact that is shown for it now."""
    crm_id: str | None
    method: Method
    strength: Strength
    key: str
    evidence: dict[str, str]
    claimed_at: datetime
    decided_at: datetime
    outcome: Outcome
    decided_by: str | None
    undoes: ClaimId | None
    follows: ClaimId | None
    review: ReviewDecision | Literal["open"] | None = None
    """What a person decided of it, if anybody is asked."""
    reviewed_by: str | None = None


class LinkClaim(Wire, frozen=True, kw_only=True):
    """One time that somebody said which contact a visitor is."""

    id: ClaimId
    visitor_id: VisitorId
    contact_id: ContactId | None
    """Null while it names a CRM's contact that nobody has told of."""
    crm_id: str | None
    method: Method
    strength: Strength
    evidence: dict[str, str]
    claimed_at: datetime
    decided_at: datetime
    outcome: Outcome
    decided_by: str | None
    undoes: ClaimId | None
    follows: ClaimId | None
    review: ReviewDecision | Literal["open"] | None
    """Of a claim about which a person is asked: what was decided. `settled`: something certain
    came, so that nobody has to."""
    reviewed_by: str | None


class LinkClaims(Wire, frozen=True, kw_only=True):
    items: list[LinkClaim]
    """The newest first."""
    next: str | None
    """Give it as `before` for those that came earlier."""


class VisitorSpan(Wire, frozen=True, kw_only=True):
    """A visitor, for as long as it was this contact."""

    visitor_id: VisitorId
    since: datetime | None
    """Null: from its first event on."""
    until: datetime | None
    """Null: still; no longer included."""
    method: Method
    strength: Strength
    linked_at: datetime
    claim_id: ClaimId


class LinkVisitor(Request, frozen=True, kw_only=True):
    visitor_id: AVisitor
    contact_id: AContact


class MadeLink(Wire, frozen=True, kw_only=True):
    claim_id: ClaimId
    outcome: Outcome
    visitor_id: VisitorId
    contact_id: ContactId


class LinkConflict(Wire, frozen=True, kw_only=True):
    """A question that only a person can answer."""

    id: ReviewId
    reason: Reason
    kind: Kind | None
    """Of the identity that it is about, if it is about one."""
    value: str | None
    visitor_id: VisitorId | None
    sides: list[Contact]
    """The contacts that it is about, as they are now: two, or one if they are one by now."""
    opened_at: datetime
    decision: Decision | None
    decided_by: str | None
    decided_at: datetime | None


class LinkConflicts(Wire, frozen=True, kw_only=True):
    items: list[LinkConflict]
    """The newest first."""
    next: str | None
    """Give it as `before` for those that came earlier."""


class DecideConflict(Request, frozen=True, kw_only=True):
    decision: Decision
    """`merge`: they are one person; `separate`: they are not, or it is well as it is."""
    into: AContact | None = None
    """Of a merge: the side that the other becomes part of."""


class LinkHolder(Wire, frozen=True, kw_only=True):
    """Who a visitor is now."""

    contact: Contact
    method: Method
    strength: Strength
    linked_at: datetime
    claim_id: ClaimId


class LinkReview(Wire, frozen=True, kw_only=True):
    """A claim that nobody signed: is the visitor this contact?"""

    claim: LinkClaim
    contact: Contact
    """Who it is claimed to be."""
    holder: LinkHolder | None
    """Null while it is nobody's."""
    opened_at: datetime
    decision: ReviewDecision | None
    """`settled`: something certain came, so that nobody has to decide."""
    decided_by: str | None
    decided_at: datetime | None


class LinkReviews(Wire, frozen=True, kw_only=True):
    items: list[LinkReview]
    """The newest first."""
    next: str | None
    """Give it as `before` for those that came earlier."""


class OpenReviews(Wire, frozen=True, kw_only=True):
    claims: int
    conflicts: int


class DecideClaim(Request, frozen=True, kw_only=True):
    decision: ClaimDecision


class LinkReviewsChanged(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename="camel",
    tag="link_reviews_changed",
    tag_field="type",
):
    """Somebody is asked about a claim, or has decided one: fetch the list again."""

    tenant_id: TenantId
    at: datetime


class VisitorLinked(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename="camel",
    tag="visitor_linked",
    tag_field="type",
):
    """A visitor is another contact's than before, or nobody's: fetch the contact again."""

    tenant_id: TenantId
    visitor_id: VisitorId
    contact_id: ContactId
    outcome: Outcome
    at: datetime


class ClaimNotFound(NotFound):
    """This claim does not exist, or belongs to another tenant."""

    code = "claim_not_found"


class NothingToUndo(PistaError):
    """This claim linked nothing, or another has been decided since: there is nothing to undo."""

    status = 409
    code = "nothing_to_undo"


class NothingToDecide(PistaError):
    """Nobody is asked about this claim: it was decided by itself."""

    status = 409
    code = "nothing_to_decide"

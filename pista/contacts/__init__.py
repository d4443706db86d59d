"""Contacts: known people, what they are known by, and which of them are the same person."""

from pista.contacts.adopting import adopt
from pista.contacts.deciding import decide, undo_decision
from pista.contacts.kin import Kin, kin
from pista.contacts.listing import detail, family, searched
from pista.contacts.merging import MergeNotFound, OneAlready, merge, undo
from pista.contacts.model import (
    BadContact,
    Contact,
    ContactDetail,
    ContactNotFound,
    Decision,
    FoundContact,
    Identity,
    Ignored,
    MergeId,
    Reason,
    ReviewId,
    Upserted,
)
from pista.contacts.reviews import (
    AlreadyDecided,
    Review,
    ReviewNotFound,
    list_reviews,
    open_review,
)
from pista.contacts.routes import routes
from pista.contacts.service import (
    contact,
    contact_by,
    country,
    meant,
    owner_of,
    root_of,
    shown_contacts,
    upsert,
)
from pista.contacts.typed import only_typed

__all__ = [
    "AlreadyDecided",
    "BadContact",
    "Contact",
    "ContactDetail",
    "ContactNotFound",
    "Decision",
    "FoundContact",
    "Identity",
    "Ignored",
    "Kin",
    "MergeId",
    "MergeNotFound",
    "OneAlready",
    "Reason",
    "Review",
    "ReviewId",
    "ReviewNotFound",
    "Upserted",
    "adopt",
    "contact",
    "contact_by",
    "country",
    "decide",
    "detail",
    "family",
    "kin",
    "list_reviews",
    "meant",
    "merge",
    "only_typed",
    "open_review",
    "owner_of",
    "root_of",
    "routes",
    "searched",
    "shown_contacts",
    "undo",
    "undo_decision",
    "upsert",
]

"""Contacts: known people, what they are known by, and which of them are the same person."""

from pista.contacts.listing import detail
from pista.contacts.merging import MergeNotFound, OneAlready, merge, undo
from pista.contacts.model import (
    BadContact,
    Contact,
    ContactDetail,
    ContactNotFound,
    FoundContact,
    Identity,
    Ignored,
    MergeId,
    ReviewId,
    Upserted,
)
from pista.contacts.reviews import Review, list_reviews, open_review
from pista.contacts.routes import routes
from pista.contacts.service import contact, contact_by, root_of, shown_contacts, upsert

__all__ = [
    "BadContact",
    "Contact",
    "ContactDetail",
    "ContactNotFound",
    "FoundContact",
    "Identity",
    "Ignored",
    "MergeId",
    "MergeNotFound",
    "OneAlready",
    "Review",
    "ReviewId",
    "Upserted",
    "contact",
    "contact_by",
    "detail",
    "list_reviews",
    "merge",
    "open_review",
    "root_of",
    "routes",
    "shown_contacts",
    "undo",
    "upsert",
]

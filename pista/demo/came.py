"""Somebody whom the shop heard of, as its CRM or a chat told it."""

from datetime import datetime

import msgspec

from pista.contacts.leads import LeadSource
from pista.ids import ContactId, VisitorId


class Came(msgspec.Struct, frozen=True, kw_only=True):
    contact_id: ContactId
    key: str
    """The same at every call."""
    at: datetime
    source: LeadSource
    name: str
    phone: str | None = None
    email: str | None = None
    visitor_id: VisitorId | None = None
    campaign: str | None = None
    """That of the advertisement they came by."""
    bought: bool = False

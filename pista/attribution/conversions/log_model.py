"""The delivery log as the API shows it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from pista.attribution.conversions.model import DestinationId, EventId, State
from pista.attribution.credit import Method
from pista.attribution.platforms import DestinationKind
from pista.attribution.told import EventName, Quality
from pista.ids import ContactId
from pista.sales import SaleId


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class ConversionDelivery(Wire, frozen=True, kw_only=True):
    """One conversion on its way to one destination."""

    event_id: EventId
    destination_id: DestinationId
    destination_name: str
    kind: DestinationKind
    name: EventName
    sale_id: SaleId | None
    order_number: str | None
    """The shop's own."""
    contact_id: ContactId | None
    buyer_name: str | None
    """Or that of who made themselves heard; null if nobody knows, or the person was erased."""
    event_time: datetime
    value_cents: int | None
    currency: str | None
    state: State
    why: str | None
    """Why it is so: a code."""
    method: Method | None
    """How the click was found that the sale is credited to now."""
    click_id: UUID | None
    campaign: str | None
    """Its id, where that is known; or as the click says it."""
    campaign_name: str | None
    """What costs call it, or else the address of the click."""
    adset: str | None
    adset_name: str | None
    ad: str | None
    ad_name: str | None
    attempts: int
    grace_until: datetime | None
    next_at: datetime | None
    sent_at: datetime | None
    status: int | None
    code: str | None
    error: str | None
    trace_id: str | None
    milliseconds: int | None
    created_at: datetime


class ToldPlace(Wire, frozen=True, kw_only=True):
    """A destination that the log tells of."""

    id: DestinationId
    kind: DestinationKind
    name: str
    deleted: bool


class ConversionDeliveries(Wire, frozen=True, kw_only=True):
    items: list[ConversionDelivery]
    """The newest first."""
    next: str | None
    """Give it as `before` for those that came earlier."""
    counts: dict[State, int]
    """Of all that fits the other filters, by state; counted to 10,000 of each."""
    destinations: list[ToldPlace]
    """All that there are to filter by; those that were deleted come last."""


class DeliveryAttempt(Wire, frozen=True, kw_only=True):
    number: int
    set_out_at: datetime
    ended_at: datetime | None
    """null: nobody knows how it ended."""
    outcome: str | None
    status: int | None
    code: str | None
    error: str | None
    trace_id: str | None
    milliseconds: int | None
    together: int
    """How many events the request held."""


class ConversionDetail(ConversionDelivery, frozen=True, kw_only=True):
    frozen_at: datetime | None
    payload: Any
    """What was sent, without what names somebody; null if nothing was, or if it is gone."""
    quality: Quality | None
    tries: list[DeliveryAttempt]
    may_resend: bool
    must_look: bool
    """Whether somebody has to look first whether it arrived."""


class Resend(msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True):
    has_looked: bool = False
    """Somebody has looked at the platform, and it has not arrived."""

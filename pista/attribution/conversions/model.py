"""Conversions and deliveries as Structs."""

from datetime import datetime
from typing import Any, Literal, NewType, get_args
from uuid import UUID

import msgspec

from pista.attribution.platforms import DestinationKind
from pista.attribution.told import Chat, EventName
from pista.errors import NotFound, PistaError
from pista.ids import ContactId, TenantId
from pista.sales import SaleId

DestinationId = NewType("DestinationId", UUID)
EventId = NewType("EventId", str)

State = Literal["held", "ready", "unknown", "sent", "parked", "dead", "skipped", "canceled"]
STATES: tuple[State, ...] = get_args(State)
DestinationState = Literal["on", "off", "paused"]


class Deliver(msgspec.Struct, frozen=True, kw_only=True, tag="attribution.deliver"):
    """Tell one destination of one conversion."""

    event_id: EventId
    destination_id: DestinationId


class ConversionRow(msgspec.Struct, frozen=True, kw_only=True):
    """Something that happened once and that platforms are told of."""

    event_id: EventId
    name: EventName
    sale_id: SaleId | None
    contact_id: ContactId | None
    event_time: datetime
    value_cents: int | None
    currency: str | None
    created_at: datetime
    test: bool = False
    chat: Chat | None = None
    """Where somebody made themselves heard, if they wrote."""


class DeliveryRow(msgspec.Struct, frozen=True, kw_only=True):
    """One conversion on its way to one destination."""

    event_id: EventId
    destination_id: DestinationId
    state: State
    grace_until: datetime | None
    next_at: datetime | None
    attempts: int
    payload: bytes | None
    unknown_since: datetime | None
    most_together: int
    by_hand: bool
    why: str | None
    test: bool
    chat: Chat | None
    name: EventName
    sale_id: SaleId | None
    contact_id: ContactId | None
    event_time: datetime
    value_cents: int | None


class DestinationRow(msgspec.Struct, frozen=True, kw_only=True):
    """A destination as it is stored."""

    id: DestinationId
    kind: DestinationKind
    name: str
    settings: dict[str, Any]
    secrets: bytes | None
    state: DestinationState
    paused_why: str | None
    events: list[EventName]
    grace_minutes: int
    test_code: str | None
    test_until: datetime | None
    not_before: datetime | None
    skew_seconds: int
    last_sent_at: datetime | None
    created_at: datetime
    deleted_at: datetime | None


class DestinationChanged(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    rename="camel",
    tag="destination_changed",
    tag_field="type",
):
    """A destination was changed, paused or resumed: fetch it again."""

    tenant_id: TenantId
    destination_id: DestinationId
    state: DestinationState | Literal["deleted"]
    at: datetime


class ConversionNotFound(NotFound):
    """This conversion does not exist at this destination, or belongs to another company."""

    code = "conversion_not_found"


class NotResendable(PistaError):
    """This conversion cannot be sent again; the detail says why."""

    status = 409
    code = "conversion_not_resendable"

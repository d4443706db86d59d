"""Rules, firings and deliveries as Structs, and what can go wrong with them."""

from datetime import datetime
from typing import Annotated, Literal, NewType
from uuid import UUID

import msgspec
from msgspec import UNSET, Meta, UnsetType

from pista.errors import NotFound, PistaError
from pista.ids import SiteId, TenantId

RuleId = NewType("RuleId", UUID)
FiringId = NewType("FiringId", UUID)
DeliveryId = NewType("DeliveryId", UUID)

Kind = Literal["threshold", "silence", "anomaly"]
Metric = Literal["events", "pageViews", "uniqueVisitors", "uniqueSessions", "botEvents"]
Comparison = Literal["above", "below", "either"]
State = Literal["ok", "firing", "learning", "paused"]
Ending = Literal["recovered", "paused", "deleted"]
About = Literal["fired", "recovered"]
DeliveryState = Literal["waiting", "delivered", "dead"]

MOST_RULES = 100
HOUR_MINUTES = 60
WEEK_MINUTES = 7 * 24 * 60
DEFAULT_SENSITIVITY = 4.0

RuleName = Annotated[str, Meta(min_length=1, max_length=200)]
EventType = Annotated[str, Meta(pattern=r"^[A-Z][A-Z0-9_]{0,63}\Z")]
Threshold = Annotated[
    float, Meta(ge=0, le=1e15, description="Only of a threshold: what the metric is held against.")
]
WindowMinutes = Annotated[
    int,
    Meta(
        ge=1,
        le=WEEK_MINUTES,
        description="How far back is looked; 60 for an anomaly.",
    ),
]
Sensitivity = Annotated[
    float,
    Meta(
        ge=1,
        le=20,
        description="Only of an anomaly: how many robust standard deviations away is too far.",
    ),
]
WebhookUrl = Annotated[str, Meta(min_length=1, max_length=2048)]


class Wire(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the API answers."""


class Request(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", forbid_unknown_fields=True
):
    """Something the API is sent."""


class Condition(msgspec.Struct, frozen=True, kw_only=True):
    """When a rule fires."""

    kind: Kind
    metric: Metric
    event_type: str | None
    site_id: SiteId | None
    comparison: Comparison
    threshold: float | None
    window_minutes: int
    sensitivity: float | None


class AlertRule(Wire, frozen=True, kw_only=True):
    id: RuleId
    name: str
    kind: Kind
    metric: Metric
    event_type: str | None
    site_id: SiteId | None
    comparison: Comparison
    threshold: float | None
    window_minutes: int
    sensitivity: float | None
    enabled: bool
    webhook_url: str | None
    state: State
    state_since: datetime
    last_value: float | None
    last_expected: float | None
    last_evaluated_at: datetime | None
    """The end of the last window that was looked at."""
    created_at: datetime


class MadeAlertRule(AlertRule, frozen=True, kw_only=True):
    """A rule just made or changed."""

    webhook_secret: str | None
    """Shown this once if it was made just now: what signs the messages to the webhook."""

    def __repr__(self) -> str:
        return f"MadeAlertRule(id={self.id}, …)"


class AlertRules(Wire, frozen=True, kw_only=True):
    items: list[AlertRule]


class Terms(Request, frozen=True, kw_only=True):
    """A condition as it is sent: what is left out has a default, or stays as it is."""

    metric: Metric | UnsetType = UNSET
    event_type: EventType | UnsetType | None = UNSET
    site_id: SiteId | UnsetType | None = UNSET
    comparison: Comparison | UnsetType = UNSET
    threshold: Threshold | UnsetType | None = UNSET
    window_minutes: WindowMinutes | UnsetType = UNSET
    sensitivity: Sensitivity | UnsetType | None = UNSET


class PreviewAlertRule(Terms, frozen=True, kw_only=True):
    """A condition that is not a rule yet."""

    kind: Kind


class NewAlertRule(PreviewAlertRule, frozen=True, kw_only=True):
    name: RuleName
    enabled: bool = True
    webhook_url: WebhookUrl | None = None


class ChangeAlertRule(Terms, frozen=True, kw_only=True):
    """What is left out stays."""

    kind: Kind | UnsetType = UNSET
    name: RuleName | UnsetType = UNSET
    enabled: bool | UnsetType = UNSET
    webhook_url: WebhookUrl | UnsetType | None = UNSET


class NewWebhookSecret(Wire, frozen=True, kw_only=True):
    webhook_secret: str
    """Shown this once."""

    def __repr__(self) -> str:
        return "NewWebhookSecret(…)"


class WebhookTested(Wire, frozen=True, kw_only=True):
    status: int | None
    """What the webhook answered, if it did."""
    error: str | None
    """What went wrong; null if it answered 2xx."""
    milliseconds: int


class AlertDelivery(Wire, frozen=True, kw_only=True):
    id: DeliveryId
    about: About
    state: DeliveryState
    attempts: int
    next_attempt_at: datetime | None
    delivered_at: datetime | None
    last_status: int | None
    last_error: str | None


class AlertFiring(Wire, frozen=True, kw_only=True):
    """One time that a rule fired. Its name and terms are those of that time."""

    id: FiringId
    rule_id: RuleId
    rule_name: str
    kind: Kind
    metric: Metric
    fired_at: datetime
    recovered_at: datetime | None
    ending: Ending | None
    """How it ended: by itself, or because somebody paused or deleted the rule."""
    value: float
    expected: float | None
    threshold: float | None
    deliveries: list[AlertDelivery]


class AlertFirings(Wire, frozen=True, kw_only=True):
    items: list[AlertFiring]
    """The newest first."""
    next: str | None
    """Give it as `before` for those that came earlier."""


class AlertPoint(Wire, frozen=True, kw_only=True):
    """One hour."""

    start: datetime
    """In the tenant's time zone."""
    actual: float
    expected: float | None
    """The median of the same hour of the same weekday in the four weeks before."""
    low: float | None
    high: float | None
    """Beyond these an anomaly fires."""


class AlertHistory(Wire, frozen=True, kw_only=True):
    points: list[AlertPoint]
    time_zone: str


class AlertChanged(
    msgspec.Struct, frozen=True, kw_only=True, rename="camel", tag="alert_changed", tag_field="type"
):
    """A rule's state is another now, or the rule is."""

    tenant_id: TenantId
    rule_id: RuleId
    state: State | Literal["deleted"]
    at: datetime


class AlertRuleNotFound(NotFound):
    """This alert rule does not exist, or belongs to another tenant."""

    code = "alert_rule_not_found"


class AlertDeliveryNotFound(NotFound):
    """This delivery does not exist, or belongs to another tenant."""

    code = "alert_delivery_not_found"


class BadAlertRule(PistaError):
    """These terms of an alert rule do not go together."""

    status = 422
    code = "bad_alert_rule"


class BadWebhookUrl(PistaError):
    """A webhook's address is http or https, without a user name, and outside internal networks."""

    status = 422
    code = "bad_webhook_url"


class TooManyAlertRules(PistaError):
    """A company has at most 100 alert rules: delete one that is no longer needed."""

    status = 409
    code = "too_many_alert_rules"


class NoWebhook(PistaError):
    """The rule has no webhook, or is no more: give it an address first."""

    status = 409
    code = "no_webhook"


class AlreadyDelivered(PistaError):
    """This message has arrived already."""

    status = 409
    code = "already_delivered"

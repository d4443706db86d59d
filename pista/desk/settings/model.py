"""A company's settings of its desk, and what can go wrong with them."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from pista.desk.clientes.model import ShortText
from pista.desk.goals.model import Escalation, Goals
from pista.desk.leads.rules import LeadRules
from pista.desk.model import Request, Wire
from pista.desk.sharing.model import ShareRules
from pista.errors import PistaError

LIMIT_SECONDS = 300
WARNING_SECONDS = 60

FieldKind = Literal[
    "text", "long", "number", "choice", "choices", "yes_no", "date", "phone", "email"
]
Choices = Annotated[list[ShortText], Meta(max_length=50)]
WizardId = Annotated[str, Meta(pattern=r"^[a-z0-9_]{1,64}\Z")]


class OpeningHours(Request, frozen=True, kw_only=True):
    """On one day of the week, in the company's time. There may be several of a day."""

    day: Annotated[int, Meta(ge=1, le=7, description="1 is Monday.")]
    opens: Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]\Z")]
    closes: Annotated[str, Meta(pattern=r"^(([01][0-9]|2[0-3]):[0-5][0-9]|24:00)\Z")]


class WizardField(Request, frozen=True, kw_only=True):
    id: WizardId
    """What it is called in the answers."""
    label: ShortText
    kind: FieldKind
    required: bool = False
    choices: Choices = []  # noqa: RUF012 - every one gets a list of its own


class WizardStep(Request, frozen=True, kw_only=True):
    id: WizardId
    title: ShortText
    fields: Annotated[list[WizardField], Meta(max_length=30)]


class Pause(Request, frozen=True, kw_only=True):
    """A reason for a pause."""

    name: ShortText
    stops_clock: bool = False
    """Whether the time of what somebody has stands still meanwhile."""
    minutes: Annotated[int, Meta(ge=1, le=480)] = 60
    """For so long at the most."""


Pauses = Annotated[list[Pause], Meta(max_length=30)]
Hours = Annotated[list[OpeningHours], Meta(max_length=50)]
Steps = Annotated[list[WizardStep], Meta(max_length=20)]


class SetDeskSettings(Request, frozen=True, kw_only=True):
    limit_seconds: Annotated[int, Meta(ge=5, le=86_400)]
    """How long a cliente stays an advisor's who does nothing with it."""
    warning_seconds: Annotated[int, Meta(ge=0, le=86_400)]
    """So long before that they are warned."""
    hours: Hours
    """When time runs; without any, always."""
    wizard: Steps
    outcomes: Choices
    """What may come of a cliente."""
    leads: LeadRules | UnsetType = UNSET
    """Left out, they stay as they are."""
    assigning: ShareRules | UnsetType = UNSET
    """Who is given what comes, by itself. Left out, it stays as it is."""
    goals: Goals | UnsetType = UNSET
    escalation: Escalation | UnsetType = UNSET
    pauses: Pauses | UnsetType = UNSET
    """What advisors may choose from."""


class DeskSettings(Wire, frozen=True, kw_only=True):
    limit_seconds: int
    warning_seconds: int
    hours: list[OpeningHours]
    wizard: list[WizardStep]
    outcomes: list[str]
    leads: LeadRules
    assigning: ShareRules
    goals: Goals
    escalation: Escalation
    pauses: list[Pause]
    time_zone: str
    """The company's, in which the hours are."""


class BadDeskSettings(PistaError):
    """These settings of the desk do not go together."""

    status = 422
    code = "bad_desk_settings"

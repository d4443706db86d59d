"""What reports on the desk tell."""

from datetime import date, datetime
from typing import Literal

import msgspec

from pista.desk.machine import Name
from pista.desk.model import DeskPerson, Status, Wire
from pista.events.statistics import DateRange

By = Literal["asesor", "campaign", "hour", "source"]
Figure = Literal[
    "came",
    "opened",
    "in_time",
    "late",
    "unopened",
    "given",
    "given_in_time",
    "given_missed",
    "left",
    "returned",
    "completed",
]


class Touch(Wire, frozen=True, kw_only=True):
    """How soon cases were opened, by the clock on the wall, nights and weekends included."""

    cases: int
    opened: int
    undecided: int
    """Not opened, and not late either: they still have time, or were taken away in time."""
    in_time: int
    """Opened within the goal."""
    share_in_time: float | None
    """Of those that are decided; null if none is."""
    median_seconds: float | None
    """Of those that were opened."""
    p90_seconds: float | None


class TouchDay(Touch, frozen=True, kw_only=True):
    day: date


class TouchHour(Touch, frozen=True, kw_only=True):
    hour: int
    """Of the day, in the company's time zone."""


class Report(Wire, frozen=True, kw_only=True):
    date_range: DateRange
    before_range: DateRange
    """The period before, up to the same moment of it."""
    time_zone: str


class TouchReport(Report, frozen=True, kw_only=True):
    goal_seconds: int
    came: Touch
    """From when a case began (entered, or reopened) to its first opening; of the cases that began
    in the range. Of one advisor: of those that they opened."""
    came_before: Touch
    given: Touch
    """From each time that it was given to somebody; of those that ended in the range."""
    given_before: Touch
    days: list[TouchDay]
    """By when cases began; every day of the range."""
    hours: list[TouchHour]
    """The same, by the hour of the day; all 24."""


class LeftBy(Wire, frozen=True, kw_only=True):
    move: Name
    clientes: int


class Stay(Wire, frozen=True, kw_only=True):
    """How long clientes were in a status that they left in the range."""

    status: Status
    stays: int
    average_seconds: float | None
    median_seconds: float | None
    p90_seconds: float | None
    left_by: list[LeftBy]
    """The most frequent first; told of the range alone, not of the period before."""


class StaysReport(Report, frozen=True, kw_only=True):
    items: list[Stay]
    before: list[Stay]


class ReturnCounts(Wire, frozen=True, kw_only=True):
    """Of the times that somebody had a cliente no more, how often it came back undone."""

    ended: int
    returned: int
    """Given back, or its time was up."""
    share: float | None
    """Of those that ended."""


class ReturnKind(Wire, frozen=True, kw_only=True):
    move: Literal["give_back", "time_out"]
    status: Literal["derivado", "en_gestion"]
    """As it was: not opened yet, or open."""
    clientes: int


class ReturnReason(Wire, frozen=True, kw_only=True):
    why: str | None
    clientes: int


class ReturnsOften(Wire, frozen=True, kw_only=True):
    times: int
    """So often within the range; 5 is five times or more."""
    clientes: int


class ReturnsOf(ReturnCounts, frozen=True, kw_only=True):
    asesor: DeskPerson


class ReturnsDay(ReturnCounts, frozen=True, kw_only=True):
    day: date


class ReturnsReport(Report, frozen=True, kw_only=True):
    totals: ReturnCounts
    before: ReturnCounts
    withdrawn: int
    """Taken back by a supervisor, which is no return."""
    kinds: list[ReturnKind]
    reasons: list[ReturnReason]
    """What advisors gave as the reason; the 20 most frequent."""
    often: list[ReturnsOften]
    asesores: list[ReturnsOf]
    days: list[ReturnsDay]


class OutcomeCount(Wire, frozen=True, kw_only=True):
    outcome: str | None
    """Null: done without one."""
    clientes: int


class OutcomesOf(Wire, frozen=True, kw_only=True):
    key: str | None
    """An advisor's id, a campaign, a source, or the hour of the day; null: none."""
    name: str | None
    """Of an advisor."""
    completed: int
    returned: int
    average_seconds: float | None
    """From opening to the end, of those that were completed."""
    outcomes: list[OutcomeCount]


class OutcomesReport(Report, frozen=True, kw_only=True):
    by: By
    completed: int
    completed_before: int
    returned: int
    returned_before: int
    outcomes: list[OutcomeCount]
    """The 30 most frequent."""
    outcomes_before: list[OutcomeCount]
    items: list[OutcomesOf]
    """The 200 with the most; hours in their order, all 24."""
    more: int
    """How many there are besides."""


class DeskLine(Wire, frozen=True, kw_only=True):
    """One of the clientes behind a figure."""

    id: int
    cliente_id: int
    nombre: str | None
    """For an advisor: of what is theirs now."""
    at: datetime
    move: Name
    came_from: Status | None = msgspec.field(name="from")
    to: Status
    seconds: float | None
    """What the figure is made of: the time in the status, or until the first opening."""
    asesor: DeskPerson | None
    campaign: str | None
    source: str | None
    outcome: str | None
    why: str | None


class DeskLines(Wire, frozen=True, kw_only=True):
    items: list[DeskLine]
    """The newest first."""
    next: str | None

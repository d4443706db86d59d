"""What a company wants of its desk, and when a case is a supervisor's."""

from typing import Annotated

from msgspec import Meta

from pista.desk.model import Request
from pista.ids import UserId

Seconds = Annotated[int, Meta(ge=5, le=604_800)]


class Goals(Request, frozen=True, kw_only=True):
    """Of each case that begins, through the company's hours. None: there is no such goal."""

    assign_seconds: Seconds | None = None
    """Until it is somebody's."""
    touch_seconds: Seconds | None = None
    """Until it is opened for the first time."""
    warning_seconds: Annotated[int, Meta(ge=0, le=604_800)] = 60
    """So long before that it is told of."""


class Escalation(Request, frozen=True, kw_only=True):
    """What came back too often is marked, and not given out by itself any more."""

    after_returns: Annotated[int, Meta(ge=1, le=100)] | None = None
    """None: however often."""
    asesor_id: UserId | None = None
    """To whom it is given then, once they are there; a supervisor at once. None: it waits."""


NO_GOALS = Goals()
NO_ESCALATION = Escalation()

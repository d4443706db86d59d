"""Which click earned a result: decided from stored rows, without I/O and without a clock.

Asked one after the other: the chat that it was sold in, the token that came with it, the browser
that it was bought by, and whatever else the contact is tied to. The first that knows a paid click
in the window decides, by the last one that it knows. A click counts by the time at which it was
made; that somebody was tied to it may be learned a little later. Nobody is found by an fbclid, a
cookie's `_fbc` or an address: only by what ties them to a stored click.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Literal, NamedTuple
from uuid import UUID

import msgspec

from pista.clicks import Candidate, Click, ClickId
from pista.ids import VisitorId

WINDOW = timedelta(days=7)
LATE = timedelta(days=1)

Place = Literal["chat", "token", "visitor", "contact"]
PLACES: tuple[Place, ...] = ("chat", "token", "visitor", "contact")
Method = Literal["token", "start", "code", "ctwa", "visitor", "contact", "none"]
Model = Literal["last", "first", "linear"]
Finding = Literal[
    "taken", "nothing", "not_people", "too_early", "too_late", "unpaid", "decided_before"
]


class Rules(NamedTuple):
    """How far back a click earns something, and how long after a result it may become known."""

    window: timedelta = WINDOW
    late: timedelta = LATE


RULES = Rules()


class Result(NamedTuple):
    """What is to be credited, and what is known of how it came about."""

    at: datetime
    person_id: UUID | None = None
    """Who wrote, where it happened in a chat."""
    channel_id: UUID | None = None
    token: str | None = None
    """The click that whoever told of it named."""
    visitor_id: VisitorId | None = None


class Step(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Where was looked, what was there, and what it came to."""

    place: Place
    found: int
    """Clicks that are known there."""
    usable: int
    """Those of people, in the window."""
    paid: int
    finding: Finding
    click_id: ClickId | None = None


class Credit(NamedTuple):
    click: Click | None
    method: Method
    steps: list[Step]
    """The whole reasoning, in the order of the places."""
    touches: list[ClickId]
    """All paid clicks in the window, wherever they are known, the earliest first."""


class Share(NamedTuple):
    click_id: ClickId
    part: Fraction


def credit(
    result: Result, candidates: Sequence[Candidate], rules: Rules = RULES, *, given: Click | None
) -> Credit:
    """`given` is the click of the result's token, if there is one."""
    known: dict[Place, list[_Tie]] = {
        place: _known(place, result, candidates, rules, given) for place in PLACES
    }
    chosen = _first(known, result, rules, paid=True) or _first(known, result, rules, paid=False)
    everything = [one for place in PLACES for one in known[place]]
    return Credit(
        click=chosen.click if chosen else None,
        method=_method(chosen) if chosen else "none",
        steps=_steps(known, result, rules, chosen),
        touches=_touches(everything, result, rules),
    )


def shares(credited: ClickId | None, touches: Sequence[ClickId], model: Model) -> list[Share]:
    """Who gets what of it by a model; all shares together are one, or nothing."""
    match model:
        case "last":
            return [Share(credited, Fraction(1))] if credited else []
        case "first":
            return [Share(one, Fraction(1)) for one in touches[:1]]
        case "linear":
            return [Share(one, Fraction(1, len(touches))) for one in touches]


class _Tie(NamedTuple):
    place: Place
    click: Click
    method: str
    at: datetime


def _known(
    place: Place,
    result: Result,
    candidates: Sequence[Candidate],
    rules: Rules,
    given: Click | None,
) -> list[_Tie]:
    """Clicks that are known in this place; the later places hold those of the earlier too."""
    if place == "token":
        return [_Tie(place, given, "token", result.at)] if given else []
    fits = [one for one in candidates if _is_of(place, one, result)]
    in_time = [one for one in fits if one.at <= result.at + rules.late]
    return [_Tie(place, one.click, one.method, one.at) for one in in_time]


def _is_of(place: Place, one: Candidate, result: Result) -> bool:
    match place:
        case "chat":
            same_channel = result.channel_id is None or one.channel_id == result.channel_id
            return (
                result.person_id is not None and one.person_id == result.person_id and same_channel
            )
        case "visitor":
            return result.visitor_id is not None and result.visitor_id in (
                one.visitor_id,
                one.click.visitor_id,
            )
        case _:
            return True


def _first(
    known: dict[Place, list[_Tie]], result: Result, rules: Rules, *, paid: bool
) -> _Tie | None:
    """The last click of the first place that has one."""
    for place in PLACES:
        usable = [one for one in known[place] if _usable(one.click, result, rules)]
        if fitting := [one for one in usable if one.click.paid or not paid]:
            return max(fitting, key=lambda one: (one.click.at, one.click.id, one.at, one.method))
    return None


def _usable(click: Click, result: Result, rules: Rules) -> bool:
    return click.nature == "click" and result.at - rules.window <= click.at <= result.at


def _method(tie: _Tie) -> Method:
    match tie.place:
        case "chat":
            return _CHAT_METHODS.get(tie.method, "start")
        case "token":
            return "token"
        case "visitor":
            return "visitor"
        case "contact":
            return "contact"


_CHAT_METHODS: dict[str, Method] = {"start": "start", "code": "code", "ctwa": "ctwa"}


def _steps(
    known: dict[Place, list[_Tie]], result: Result, rules: Rules, chosen: _Tie | None
) -> list[Step]:
    steps: list[Step] = []
    for place in PLACES:
        clicks = _distinct(known[place])
        usable = [one for one in clicks if _usable(one, result, rules)]
        decided = any(step.finding == "taken" for step in steps)
        taken = chosen.click.id if chosen is not None and chosen.place == place else None
        steps.append(
            Step(
                place=place,
                found=len(clicks),
                usable=len(usable),
                paid=sum(one.paid for one in usable),
                finding=_finding(clicks, usable, result, taken is not None, decided),
                click_id=taken,
            )
        )
    return steps


def _finding(
    clicks: list[Click], usable: list[Click], result: Result, taken: bool, decided: bool
) -> Finding:
    if taken or decided:
        return "taken" if taken else "decided_before"
    if usable:
        return "unpaid"
    people = [one for one in clicks if one.nature == "click"]
    if not people:
        return "not_people" if clicks else "nothing"
    return "too_late" if all(one.at > result.at for one in people) else "too_early"


def _touches(ties: Iterable[_Tie], result: Result, rules: Rules) -> list[ClickId]:
    paid = [one for one in _distinct(ties) if one.paid and _usable(one, result, rules)]
    return [one.id for one in sorted(paid, key=lambda one: (one.at, one.id))]


def _distinct(ties: Iterable[_Tie]) -> list[Click]:
    return list({tie.click.id: tie.click for tie in ties}.values())

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pista.attribution import credit as crediting
from pista.attribution.credit import Credit, Result, Rules, credit, shares
from pista.clicks import Candidate, Click, ClickId
from pista.ids import VisitorId

NOON = datetime(2026, 3, 14, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
PERSONS = [UUID(int=1), UUID(int=2)]
CHANNELS = [UUID(int=11), UUID(int=12)]
VISITORS = [VisitorId("v1"), VisitorId("v2")]


def click(number: int, hours: float, *, paid: bool = True, **told: Any) -> Click:
    """So many hours before noon."""
    return Click(
        id=ClickId(UUID(int=100 + number)),
        token=f"{number:032x}",
        at=NOON - hours * HOUR,
        source="go",
        paid=paid,
        **told,
    )


def tied(one: Click, method: Any, *, hours: float | None = None, **who: Any) -> Candidate:
    at = one.at if hours is None else NOON - hours * HOUR
    nobody = {"channel_id": None, "person_id": None, "visitor_id": None}
    return Candidate(click=one, method=method, at=at, **(nobody | who))


def started(one: Click, hours: float | None = None, channel: int = 0) -> Candidate:
    return tied(one, "start", hours=hours, person_id=PERSONS[0], channel_id=CHANNELS[channel])


SALE = Result(at=NOON, person_id=PERSONS[0], channel_id=CHANNELS[0], visitor_id=VISITORS[0])
ADS = {number: click(number, hours=number) for number in range(1, 6)}
OLD = click(7, hours=24 * 8)
FREE = click(8, hours=0.5, paid=False, fbc="fb.1.1700000000000.IwAR0stale")
BROWSER = tied(ADS[2], "page", visitor_id=VISITORS[0])
OTHERS = tied(ADS[1], "page", visitor_id=VISITORS[1])


@pytest.mark.parametrize(
    ("candidates", "token", "taken", "method"),
    [
        ([], None, None, "none"),
        ([started(ADS[3])], None, ADS[3], "start"),
        ([started(ADS[3]), started(ADS[2])], None, ADS[2], "start"),
        (
            [tied(ADS[3], "code", person_id=PERSONS[0], channel_id=CHANNELS[0])],
            None,
            ADS[3],
            "code",
        ),
        (
            [tied(ADS[3], "ctwa", person_id=PERSONS[0], channel_id=CHANNELS[0])],
            None,
            ADS[3],
            "ctwa",
        ),
        # The chat comes before the token, this before the browser, and that before the rest.
        ([started(ADS[3]), BROWSER, OTHERS], ADS[1], ADS[3], "start"),
        ([BROWSER, OTHERS], ADS[3], ADS[3], "token"),
        ([BROWSER, OTHERS], None, ADS[2], "visitor"),
        ([OTHERS], None, ADS[1], "contact"),
        # Another bot's chat is not the one that it was sold in.
        ([started(ADS[3], channel=1)], None, ADS[3], "contact"),
        # What is too old, or after the sale, earned nothing, wherever it is known.
        ([started(OLD)], OLD, None, "none"),
        ([started(OLD), BROWSER], None, ADS[2], "visitor"),
        ([started(click(9, hours=-1))], None, None, "none"),
        # The sale came first, and the start of a click before it after it.
        ([started(ADS[3], hours=-0.1)], None, ADS[3], "start"),
        ([started(ADS[3], hours=-48)], None, None, "none"),
        # A stale `_fbc` on a visit that nobody paid for gains nothing over a paid click.
        ([started(FREE), OTHERS], None, ADS[1], "contact"),
        ([started(FREE)], None, FREE, "start"),
        # Machines earn nothing.
        ([started(click(9, hours=1, nature="preview"))], None, None, "none"),
    ],
)
def test_the_chain(
    candidates: list[Candidate], token: Click | None, taken: Click | None, method: str
):
    """
    The first place that knows a paid click of a person in the window decides.
    """
    found = credit(SALE, candidates, given=token)

    assert (found.click, found.method) == (taken, method)


def test_an_fbclid_alone():
    """
    Of two with one fbclid, as a forwarded link has it, each is credited with their own click.
    """
    mine, theirs = click(1, hours=3, fbclid="IwAR1"), click(2, hours=1, fbclid="IwAR1")

    assert credit(SALE, [started(mine)], given=None).click == mine
    assert credit(SALE, [], given=None).click is None
    assert credit(SALE, [tied(theirs, "page", visitor_id=VISITORS[1])], given=None).click == theirs


def test_the_reasoning():
    """
    Every place says what it knew and why it was taken or not.
    """
    preview = click(9, hours=1, nature="preview")
    candidates = [
        started(OLD),
        started(preview),
        tied(FREE, "page", visitor_id=VISITORS[0]),
        OTHERS,
    ]

    found = credit(SALE, candidates, given=None)

    assert [(one.place, one.found, one.usable, one.paid, one.finding) for one in found.steps] == [
        ("chat", 2, 0, 0, "too_early"),
        ("token", 0, 0, 0, "nothing"),
        ("visitor", 1, 1, 0, "unpaid"),
        ("contact", 4, 2, 1, "taken"),
    ]
    assert found.steps[3].click_id == ADS[1].id


def test_other_models():
    """
    The first paid click gets all of it, or each of them the same; nothing more than one is given.
    """
    found = credit(SALE, [started(ADS[3]), BROWSER, OTHERS, started(OLD)], given=ADS[3])

    assert found.touches == [ADS[3].id, ADS[2].id, ADS[1].id]
    assert shares(ADS[3].id, found.touches, "last") == [(ADS[3].id, 1)]
    assert shares(ADS[3].id, found.touches, "first") == [(ADS[3].id, 1)]
    assert shares(ADS[3].id, found.touches, "linear") == [
        (one.id, Fraction(1, 3)) for one in (ADS[3], ADS[2], ADS[1])
    ]
    assert shares(None, [], "linear") == []


CLICKS = st.builds(
    click,
    st.integers(1, 6),
    st.integers(-3, 12),
    paid=st.booleans(),
    nature=st.sampled_from(["click", "click", "bot"]),
    visitor_id=st.none() | st.sampled_from(VISITORS),
)
CANDIDATES = st.builds(
    Candidate,
    click=CLICKS,
    method=st.sampled_from(["start", "code", "ctwa", "page", "manual"]),
    at=st.integers(-5, 12).map(lambda hours: NOON - hours * HOUR),
    channel_id=st.none() | st.sampled_from(CHANNELS),
    person_id=st.none() | st.sampled_from(PERSONS),
    visitor_id=st.none() | st.sampled_from(VISITORS),
)
RESULTS = st.builds(
    Result,
    at=st.just(NOON),
    person_id=st.none() | st.sampled_from(PERSONS),
    channel_id=st.none() | st.sampled_from(CHANNELS),
    visitor_id=st.none() | st.sampled_from(VISITORS),
)
RULES = Rules(window=8 * HOUR, late=2 * HOUR)


def plainly(result: Result, candidates: list[Candidate], token: Click | None) -> tuple[Any, str]:
    """The same as one list: every tie with how much it counts, and the greatest wins."""
    ties: list[tuple[bool, int, datetime, UUID, str]] = []

    def note(one: Click, rank: int, method: str) -> None:
        if one.nature == "click" and NOON - RULES.window <= one.at <= NOON:
            ties.append((one.paid, rank, one.at, one.id, method))

    for one in candidates:
        if one.at > NOON + RULES.late:
            continue
        note(one.click, 1, "contact")
        if result.visitor_id and result.visitor_id in (one.visitor_id, one.click.visitor_id):
            note(one.click, 2, "visitor")
        its_chat = result.person_id and one.person_id == result.person_id
        if its_chat and result.channel_id in (None, one.channel_id):
            note(one.click, 4, "chat")
    if token:
        note(token, 3, "token")
    return max(ties)[3:] if ties else (None, "none")


@given(RESULTS, st.lists(CANDIDATES, max_size=8), st.none() | CLICKS)
def test_against_a_plain_model(result: Result, candidates: list[Candidate], token: Click | None):
    """
    The chain is what one ordering of all ties says, whatever there is, and in whatever order.
    """
    distinct = {one.click.id: one.click for one in candidates}
    candidates = [replaced(one, distinct[one.click.id]) for one in candidates]
    token = distinct.get(token.id, token) if token else None

    found = credit(result, candidates, RULES, given=token)

    where = {"start": "chat", "code": "chat", "ctwa": "chat"}.get(found.method, found.method)
    assert (found.click and found.click.id, where) == plainly(result, candidates, token)
    assert credit(result, candidates[::-1], RULES, given=token) == found
    check_consistent(found)


def replaced(one: Candidate, its: Click) -> Candidate:
    return Candidate(
        click=its,
        method=one.method,
        at=one.at,
        channel_id=one.channel_id,
        person_id=one.person_id,
        visitor_id=one.visitor_id,
    )


def check_consistent(found: Credit) -> None:
    """One step took the click, and the models agree on whether there is anything to share."""
    taken = [step for step in found.steps if step.finding == "taken"]
    assert [step.click_id for step in taken] == ([found.click.id] if found.click else [])
    assert [step.place for step in found.steps] == list(crediting.PLACES)
    if found.click and found.click.paid:
        assert found.click.id in found.touches
    parts = [one.part for one in shares(None, found.touches, "linear")]
    assert sum(parts) == (1 if found.touches else 0)

"""Rows of the journal as events: who is given which, and with which place."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
import pytest

from pista.events import rows as lines
from pista.events.recent import Held
from pista.ids import SiteId, TenantId, uuid7
from pista.store import frames
from pista.stream import model, position
from pista.stream.model import Topic
from pista.stream.position import Mark, Position
from pista.stream.unfold import Portion, is_broken, unfold
from tests.events.conftest import NOON, OTHER_TENANT, SITE, TENANT, make_line

OURS = Topic(TENANT)
START = Position({0: Mark(1), 1: Mark(1)})


def held(
    seq: int, *body: bytes, stream: int = 0, at: datetime = NOON, read: bool = True, gone: int = 0
) -> Held:
    return Held(
        stream=stream,
        last_seq=seq,
        gone_seq=gone,
        gone_flush=None,
        seq=seq,
        received_at=at,
        events=len(body),
        body=frames.pack(b"".join(body)) if read else None,
    )


def quiet(last_seq: int, gone: int = 0) -> Held:
    """A stream with nothing new."""
    return Held(
        stream=0,
        last_seq=last_seq,
        gone_seq=gone,
        gone_flush=None,
        seq=None,
        received_at=None,
        events=None,
        body=None,
    )


def told(portion: Portion) -> list[tuple[str, str]]:
    """The visitor and the place of each event."""
    found: list[tuple[str, str]] = []
    for event in portion.events:
        place, kind, data, *_ = event.decode().split("\n")
        assert kind == "event: event"
        visitor = msgspec.json.decode(data.removeprefix("data: "))["visitorId"]
        found.append((visitor, place.removeprefix("id: ")))
    return found


def visitors(portion: Portion) -> list[str]:
    return [visitor for visitor, _ in told(portion)]


def of(visitor: int, **fields: Any) -> bytes:
    return make_line(NOON, visitor=visitor, **fields)


def test_a_line_is_read_as_the_edge_writes_it():
    """
    The columns have the names and the order of the line's own description.
    """
    names = [column.split()[0] for column in lines.STRUCTURE.split(",")]

    assert list(model.Line.__struct_fields__) == names


OTHER_SITE = SiteId(uuid7())
TRAP = {"a": [str(TENANT), str(SITE), "CLICK", "x"]}
BODY = (
    of(1),
    of(2, tenant=OTHER_TENANT, metadata=TRAP),
    of(3, event_type="CLICK"),
    of(4, site=OTHER_SITE),
    of(5, metadata={"b": ["CLICK", "x"]}),
)


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        (OURS, ["v1", "v3", "v4", "v5"]),
        (Topic(OTHER_TENANT), ["v2"]),
        (Topic(TenantId(uuid7())), []),
        (Topic(TENANT, site=OTHER_SITE), ["v4"]),
        (Topic(TENANT, event_type="CLICK"), ["v3"]),
        (Topic(TENANT, event_type="CLIC"), []),
        (Topic(TENANT, event_type=".*"), []),
        (Topic(TENANT, site=SITE, event_type="PAGE_VIEW"), ["v1", "v5"]),
    ],
)
def test_a_topic_is_given_its_own_lines(topic: Topic, expected: list[str]):
    """
    Not those that only mention it in their metadata, be it another tenant's.
    """
    portions, _ = unfold([held(1, *BODY)], START, {topic: 10})

    assert visitors(portions[topic]) == expected


def test_after_each_event_one_can_go_on():
    """
    Whoever comes back with the id of an event is given exactly those after it.
    """
    rows = [
        held(1, of(1), of(2, tenant=OTHER_TENANT), of(3)),
        held(2, of(4), at=NOON + timedelta(seconds=2)),
        held(1, of(5), of(6), stream=1, at=NOON + timedelta(seconds=1)),
    ]
    rows = [msgspec.structs.replace(row, last_seq=2 - row.stream) for row in rows]
    portions, until = unfold(rows, START, {OURS: 10})
    given = told(portions[OURS])
    assert [visitor for visitor, _ in given] == ["v1", "v3", "v5", "v6", "v4"]

    for number, (_, place) in enumerate(given, 1):
        since = position.decode(place)
        above = [row for row in rows if row.seq and row.seq >= since.marks[row.stream].seq]
        rest, end = unfold(above, since, {OURS: 10})
        assert told(rest[OURS]) == given[number:]
        assert not above or end == until


def test_a_clock_set_back_mixes_up_no_stream():
    """
    Within a stream the order is that of the rows, whatever they say of the time.
    """
    rows = [held(1, of(1), at=NOON), held(2, of(2), at=NOON - timedelta(hours=1))]

    portions, _ = unfold(rows, START, {OURS: 10})

    assert visitors(portions[OURS]) == ["v1", "v2"]


def test_of_too_many_the_newest_are_given():
    """
    And how many there were besides them is told.
    """
    portions, until = unfold([held(1, *(of(n) for n in range(10)))], START, {OURS: 3})

    assert visitors(portions[OURS]) == ["v7", "v8", "v9"]
    assert (portions[OURS].skipped, portions[OURS].estimated) == (7, False)
    assert until.marks[0] == Mark(2)


def test_of_what_is_not_read_the_number_is_estimated():
    """
    As large a part of it is taken to be this tenant's as of the rest.
    """
    many = [of(0)] * 100
    rows = [held(1, *many, read=False), held(2, of(1), of(2, tenant=OTHER_TENANT))]

    portions, until = unfold(rows, START, {OURS: 10})

    assert visitors(portions[OURS]) == ["v1"]
    assert (portions[OURS].skipped, portions[OURS].estimated) == (50, True)
    assert until.marks[0] == Mark(3)


def test_a_line_that_cannot_be_read_costs_the_others_nothing():
    """
    The writer sets it aside; the stream passes over it.
    """
    broken = of(1).replace(b'"v1"', b"oops")

    portions, _ = unfold([held(1, broken, of(2))], START, {OURS: 10})

    assert visitors(portions[OURS]) == ["v2"]


@pytest.mark.parametrize(
    ("row", "mark", "expected"),
    [
        (quiet(9, gone=4), Mark(5), False),
        (quiet(9, gone=5), Mark(5), True),
        (quiet(9, gone=5), Mark(5, 2), True),  # the rest of a row
        (quiet(9), Mark(10), False),
        (quiet(9), Mark(11), True),  # a journal that does not know it
        (held(9, of(1)), Mark(5), False),
    ],
)
def test_what_is_gone_is_noticed(row: Held, mark: Mark, expected: bool):
    """
    Rows at or beyond the place that cannot be read any more.
    """
    assert is_broken([row], Position({0: mark})) is expected

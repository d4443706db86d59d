"""A place on its way to a reader and back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pista.stream import position
from pista.stream.position import Mark, Position, UnknownPosition

MARKS = st.builds(Mark, st.integers(0, 2**62 - 1), st.integers(0, 2**31 - 1))


@given(
    st.dictionaries(st.integers(0, 2**15 - 1), MARKS, max_size=40),
    st.integers(0, 2**60),
    st.integers(0, 2**20),
)
def test_it_comes_back_as_it_went(marks: dict[int, Mark], at: int, filled: int):
    """
    Whatever the number of streams and however far they are.
    """
    there = Position(marks, at, filled)

    assert position.decode(position.encode(there).decode()) == there


def test_it_is_short():
    """
    Four web processes that have each committed a million times.
    """
    marks = {stream: Mark(1_000_000 + stream, 12) for stream in range(4)}

    assert len(position.encode(Position(marks, 1_773_489_600_000))) < 48


@pytest.mark.parametrize(
    "written",
    [
        "",
        "0",
        "7",
        "é",
        "01a20000-0000-7000-8000-000000001001",
        "AQ",  # no time
        "AQEAAQ",  # a stream without its place
        "AoD",
        "AQEAAQGA",  # a number that does not end
        "AQEAgIAEAQE",  # a stream beyond all streams
        "A" * 5_000,
    ],
)
def test_what_is_no_place_of_ours_is_said_to_be_none(written: str):
    """
    It may come from another program, or from somebody who tries things out.
    """
    with pytest.raises(UnknownPosition):
        position.decode(written)


@given(st.text(max_size=60) | st.binary(max_size=40).map(lambda raw: position.text(raw).decode()))
def test_nothing_else_ever_goes_wrong_with_it(written: str):
    """
    It is a place or it is none.
    """
    try:
        there = position.decode(written)
    except UnknownPosition:
        return
    assert all(0 <= mark.seq < 2**62 for mark in there.marks.values())

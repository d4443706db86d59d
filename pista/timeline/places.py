"""Where a reader of a timeline is: no I/O.

Sessions and facts are in one order, by time, then kind, then id; a place in it is the last entry
that was read. What arrives meanwhile lies before or after it and moves nothing. A session that
turns out to have begun earlier moves back, towards the pages to come, so nothing is left out.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from pista.contacts.facts import Before
from pista.errors import Invalid
from pista.events import sessions

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_PLACE = re.compile(r"(\d{1,17})~(fact|session)~([\x21-\x7d]{0,100})\Z")
_SESSION_PLACE = re.compile(r"(\d{1,13})~([0-9a-f-]{36})\Z")


class Place(NamedTuple):
    """In the order of a timeline."""

    at: int
    """Microseconds since 1970."""
    kind: str
    id: str


BEGIN = Place(sessions.NO_PAGE_MS * 1000, "session", "")


def written(place: Place) -> str:
    return f"{place.at}~{place.kind}~{place.id}"


def read(before: str | None) -> Place:
    """What `written` wrote."""
    if before is None:
        return BEGIN
    found = _PLACE.match(before)
    if found is None or int(found[1]) > BEGIN.at:
        raise Invalid("before: give what `next` said.")
    return Place(int(found[1]), found[2], found[3])


def of_session(at_ms: int, session_id: str) -> Place:
    return Place(at_ms * 1000, "session", session_id)


def of_fact(at: datetime, fact_id: str) -> Place:
    return Place((at - _EPOCH) // _MICROSECOND, "fact", fact_id)


def sessions_before(place: Place) -> sessions.Place:
    """The same place among sessions alone, which have whole milliseconds."""
    if place.kind == "session" and place.at % 1000 == 0:
        return place.at // 1000, place.id
    return -(-place.at // 1000), ""


def facts_before(place: Place) -> Before:
    """The same place among facts alone: of one time, sessions come first."""
    if place.kind == "fact":
        return Before(_EPOCH + place.at * _MICROSECOND, place.id)
    return Before(_EPOCH + (place.at + 1) * _MICROSECOND, "")


def written_alone(place: sessions.Place) -> str:
    """A place among sessions, or among the events of one."""
    return f"{place[0]}~{place[1]}"


def read_alone(before: str | None) -> sessions.Place:
    if before is None:
        return sessions.FIRST_PLACE
    found = _SESSION_PLACE.match(before)
    if found is None:
        raise Invalid("before: give what `next` said.")
    return int(found[1]), found[2]

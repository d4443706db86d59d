"""Rows of the journal become events for those who follow them. No I/O, no clock: it runs in a
thread, and what it may cost is bounded by the bytes that were read and the events that are asked
for."""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import attrgetter

import msgspec

from pista.events.recent import Held
from pista.store import frames as packed
from pista.stream import frames, model, position
from pista.stream.model import Topic
from pista.stream.position import Mark, Position


class Portion(msgspec.Struct):
    """What one topic is given of some rows."""

    events: list[bytes]
    ids: list[bytes]
    skipped: int = 0
    estimated: bool = False

    @property
    def notes(self) -> list[bytes]:
        if not self.skipped:
            return []
        told = model.Skipped(count=self.skipped, estimated=self.estimated)
        return [frames.note(b"skipped", told)]


class Row(msgspec.Struct, frozen=True, kw_only=True, eq=False):
    """A row whose lines have been unpacked; `base` is the place before it, without its stream."""

    stream: int
    seq: int
    events: int
    body: bytes | None
    first_line: int
    base: bytes


class Found(msgspec.Struct, frozen=True):
    """A line that a topic means, and where it stands."""

    row: Row
    body: bytes
    start: int
    end: int


def unfold(
    rows: Sequence[Held], since: Position, most: Mapping[Topic, int]
) -> tuple[dict[Topic, Portion], Position]:
    """Each topic's portion of at most so many events, the newest; and the place after all rows."""
    unpacked, until = _unpacked(rows, since)
    portions = {topic: _portion(unpacked, topic, limit) for topic, limit in most.items()}
    return portions, until


def is_broken(rows: list[Held], place: Position) -> bool:
    """Whether rows after the place are gone; or it lies ahead of the journal, which is another one
    then, such as a backup that was put back."""
    return any(
        row.gone_seq >= place.marks.get(row.stream, Mark(1)).seq
        or row.last_seq + 1 < place.marks.get(row.stream, Mark(1)).seq
        for row in rows
    )


def _unpacked(rows: Sequence[Held], since: Position) -> tuple[list[Row], Position]:
    marks, at = dict(since.marks), since.at
    found: list[Row] = []
    for held in _in_turn(rows):
        assert held.seq is not None
        assert held.received_at is not None
        assert held.events is not None
        before = marks.get(held.stream, Mark(1))
        at = max(at, position.milliseconds(held.received_at))
        marks.pop(held.stream, None)
        found.append(
            Row(
                stream=held.stream,
                seq=held.seq,
                events=held.events,
                body=None if held.body is None else packed.unpack(held.body),
                first_line=before.lines if before.seq == held.seq else 0,
                base=position.opening(Position(marks, at)),
            )
        )
        marks[held.stream] = Mark(held.seq + 1)
    for held in rows:
        end = Mark(held.last_seq + 1)
        marks[held.stream] = max(marks.get(held.stream, end), end)
    return found, Position(marks, at)


def _in_turn(rows: Sequence[Held]) -> Iterator[Held]:
    """By time, but never against the order of a stream: a clock may have been set back."""
    there = [row for row in rows if row.seq is not None]
    streams = [list(own) for _, own in groupby(there, attrgetter("stream"))]
    return heapq.merge(*streams, key=attrgetter("received_at"))


def _portion(rows: Iterable[Row], topic: Topic, most: int) -> Portion:
    found: list[Found] = []
    read = unread = 0
    for row in rows:
        if row.body is None:
            unread += row.events
            continue
        read += row.events
        found += _lines(row, row.body, topic)
    chosen = found[max(0, len(found) - most) :] if most else []
    portion = Portion([], [], skipped=len(found) - len(chosen))
    if unread:
        # Of what is not even read, as large a part is taken to be this topic's as of the rest.
        portion.skipped += round(unread * len(found) / max(read, 1))
        portion.estimated = True
    _fill(portion, topic, chosen)
    return portion


def _lines(row: Row, body: bytes, topic: Topic) -> Iterator[Found]:
    begin = 0
    for _ in range(row.first_line):
        # These have been given already.
        begin = body.find(b"\n", begin) + 1
    for start, end in topic.lines(body, begin):
        yield Found(row, body, start, end)


def _fill(portion: Portion, topic: Topic, chosen: Sequence[Found]) -> None:
    for row, lines in groupby(chosen, attrgetter("row")):
        meant = list(_meant(topic, lines))
        for nth, (passed, line) in enumerate(meant, 1):
            # Nothing in the rest of the row is for this topic: a reader of the last is past it.
            mark = Mark(row.seq, passed) if nth < len(meant) else Mark(row.seq + 1)
            place = position.text(row.base + position.mark(row.stream, mark))
            portion.events.append(frames.event(place, model.live(line)))
            portion.ids.append(line.event_id.bytes)


def _meant(topic: Topic, lines: Iterable[Found]) -> Iterator[tuple[int, model.Line]]:
    """The lines that are meant, each with how many of its row have been passed with it."""
    passed, counted = 1, 0
    for found in lines:
        passed += found.body.count(b"\n", counted, found.end)
        counted = found.end
        line = model.read(found.body[found.start : found.end])
        if line is not None and topic.means(line):
            yield passed, line

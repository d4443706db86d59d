"""What the next flush takes: the oldest rows of each stream, as many as one flush holds."""

from collections.abc import Mapping
from datetime import UTC, datetime

from pista.events import queries
from pista.events.queries import Flush, Pending, Waiting
from pista.ids import FlushId, uuid7
from pista.store.postgres import Tx

MAX_EVENTS = 200_000
MAX_BYTES = 32 * 2**20
MAX_ROWS = 2_000


class Gatherer:
    """Remembers how far each stream is flushed, so that nothing below is looked at again."""

    def __init__(self) -> None:
        self._marks: dict[int, int] = {}
        self._first_stream = 0

    def forget(self) -> None:
        """Start over: another writer may have flushed meanwhile."""
        self._marks.clear()

    def flushed(self, flush: Flush) -> None:
        self._marks.update(zip(flush.streams, flush.last_seqs, strict=True))

    async def gather(self, tx: Tx, *, behind: Flush | None = None) -> Flush | None:
        """What waits, or what waits `behind` a flush that is still under way."""
        under_way = zip(behind.streams, behind.last_seqs, strict=True) if behind else ()
        marks = {**self._marks, **dict(under_way)}
        taken = await self._take(tx, marks)
        if not taken:
            return None
        self._first_stream = taken[-1][0] + 1
        streams, first_seqs, last_seqs = queries.ranges(taken)
        return Flush(
            id=FlushId(uuid7()),
            streams=streams,
            first_seqs=first_seqs,
            last_seqs=last_seqs,
            events=sum(row.events for _, row in taken),
            started_at=datetime.now(UTC),
        )

    async def _take(self, tx: Tx, marks: Mapping[int, int]) -> list[tuple[int, Waiting]]:
        taken: list[tuple[int, Waiting]] = []
        events = size = 0
        for end in self._in_turn(await queries.ends(tx)):
            mark = marks.get(end.stream, 0)
            if end.last_seq <= mark or events >= MAX_EVENTS or size >= MAX_BYTES:
                continue
            for row in await queries.waiting(tx, end.stream, mark, end.last_seq, MAX_ROWS):
                if events >= MAX_EVENTS or size >= MAX_BYTES:
                    break
                taken.append((end.stream, row))
                events += row.events
                size += row.size
        return taken

    def _in_turn(self, ends: list[Pending]) -> list[Pending]:
        """Each stream comes first at times: a full flush must not leave the same out for ever."""
        return sorted(ends, key=lambda end: (end.stream < self._first_stream, end.stream))

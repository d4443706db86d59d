"""How many jobs of which lane a runner takes on next."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from pista.queue.queues import Lane

WEIGHTS = {Lane.HIGH: 6, Lane.NORMAL: 3, Lane.LOW: 1}


class Wanted(NamedTuple):
    """Jobs to take on: so many at the most, whose turn comes after this one."""

    kinds: Sequence[str]
    queue: str
    lane: Lane
    after: int
    most: int


class Shares:
    """Divides what is free among the lanes: six, three and one of ten, where all have enough.

    What a lane has no use for is the others'. One that had nothing left is asked for one job, so
    that whatever comes there is seen: a few more may be taken than are free.
    """

    def __init__(self) -> None:
        self._credit = dict.fromkeys(Lane, 0)
        self._stocked = set[Lane]()

    @property
    def more(self) -> bool:
        """Whether there may be more where the last came from."""
        return bool(self._stocked)

    def divide(self, free: int) -> dict[Lane, int]:
        among = self._stocked or set(Lane)
        total = sum(WEIGHTS[lane] for lane in among)
        asked = {lane: 0 if lane in self._stocked else 1 for lane in Lane}
        for lane in among:
            asked[lane] += free // total * WEIGHTS[lane]
        for _ in range(free % total):
            asked[self._next(among, total)] += 1
        return asked

    def got(self, asked: Mapping[Lane, int], taken: Counter[Lane]) -> None:
        """Remember where there may be more."""
        for lane, many in asked.items():
            if taken[lane] < many:
                self._stocked.discard(lane)
                self._credit[lane] = 0
            elif many:
                self._stocked.add(lane)

    def _next(self, among: Collection[Lane], total: int) -> Lane:
        """Each as often as its weight says, and as evenly as can be."""
        for lane in among:
            self._credit[lane] += WEIGHTS[lane]
        first = max(sorted(among), key=lambda lane: self._credit[lane])
        self._credit[first] -= total
        return first

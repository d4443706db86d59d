"""What a runner has in hand of one queue, of what is done in one way; and what it asks for next."""

import asyncio
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pista.queue.attempt import Handled
from pista.queue.lanes import Shares, Wanted
from pista.queue.model import Errand, Job, Together
from pista.queue.queues import MESSAGE, OTHER, QUEUES, WEBHOOK, Lane, queue_of

Limits = Mapping[str, int]
"""How many jobs of each queue are under way at once, in one runner."""

LIMITS: Limits = {WEBHOOK: 10, MESSAGE: 5, OTHER: 8}
GROUPS_AT_ONCE = 2
"""While one group is under way the next gathers, so that a flood makes them large."""
IN_HAND = 4
"""So many times what is under way is in hand, to be begun at once."""
# Turns become visible out of order, but those of transactions under way lie close together.
OVERLAP_TURNS = 1_000


class Way(NamedTuple):
    """How kinds of work are done."""

    how: type
    kind: str | None = None
    """Of what is done in groups: those of one kind hold up no others."""


class Desk:
    """Each runs beside the others: however slow other services are, what needs none goes on."""

    def __init__(
        self, queue: str, kinds: Sequence[str], how: type, at_once: int, group: int
    ) -> None:
        self.queue = queue
        self.kinds = kinds
        self.how = how
        self.turns = asyncio.Semaphore(at_once)
        self.in_hand = 0
        self.has_news = True
        """Whether something may have come since it asked last."""
        self._at_once = at_once
        self._group = group
        self._shares = Shares()
        self._marks = dict.fromkeys(Lane, 0)
        self._asked: dict[Lane, int] = {}

    @property
    def room(self) -> int:
        """How many jobs it has room for; none until it is worth asking."""
        if self.how is Together:
            return self._group if self.in_hand < self._at_once else 0
        if self.how is Errand:
            return max(self._at_once - self.in_hand, 0)
        most = IN_HAND * self._at_once
        return most - self.in_hand if self.in_hand <= most // 2 else 0

    @property
    def more(self) -> bool:
        return self._shares.more

    @property
    def asks(self) -> bool:
        """A question where nothing can be goes past all that is gone there."""
        return (self.more or self.has_news) and self.room > 0

    def ask(self) -> list[Wanted]:
        self.has_news = False
        self._asked = self._shares.divide(self.room)
        return [
            Wanted(self.kinds, self.queue, lane, self._marks[lane], most)
            for lane, most in self._asked.items()
            if most
        ]

    def took(self, jobs: Sequence[Job], seen: int) -> None:
        """What came of it; a lane that had no more of them had nothing before `seen`, however many
        rows there are that are gone and cannot be cleaned away."""
        taken = Counter(Lane(job.lane) for job in jobs)
        self._shares.got(self._asked, taken)
        for job in jobs:
            self._advance(Lane(job.lane), job.turn)
        for lane, most in self._asked.items():
            if taken[lane] < most:
                self._advance(lane, seen)

    def look_back(self) -> None:
        self._marks = dict.fromkeys(Lane, 0)

    def _advance(self, lane: Lane, turn: int) -> None:
        self._marks[lane] = max(self._marks[lane], turn - OVERLAP_TURNS)


def desks(handlers: Mapping[str, Handled], limits: Limits) -> dict[tuple[str, Way], Desk]:
    """One for each queue and way, where there is a kind of it."""
    found = dict[tuple[str, Way], Desk]()
    for way, kinds in _by_way(handlers.items()).items():
        for queue in QUEUES:
            # What an older Pista enqueues has no queue yet: it is among the others.
            own = [kind for kind in kinds if queue in (queue_of(kind), OTHER)]
            if own:
                at_once = limits[queue]
                if way.how is Together:
                    at_once = min(at_once, GROUPS_AT_ONCE)
                found[queue, way] = Desk(queue, own, way.how, at_once, max(kinds.values()))
    return found


def _by_way(handlers: Iterable[tuple[str, Handled]]) -> dict[Way, dict[str, int]]:
    """The kinds that are done in each way, and how many of them at once."""
    ways: defaultdict[Way, dict[str, int]] = defaultdict(dict)
    for kind, (_, handler) in handlers:
        ways[way_of(kind, handler)][kind] = handler.most if isinstance(handler, Together) else 1
    return ways


def way_of(kind: str, handler: object) -> Way:
    if isinstance(handler, Together):
        return Way(Together, kind)
    return Way(Errand if isinstance(handler, Errand) else object)

"""What the clients send: any batch can be made again from the seed, the client and its number."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

# None of them is thinned out by default.
TYPES = ("PAGE_VIEW", "CLICK", "FORM_SUBMIT", "ADD_TO_CART", "PURCHASE")
VISITORS = 400
AROUND_BORDER_SECONDS = 300
MOST_EVENTS = 20
BURST = 5
TRACKING, SEGMENT = "/tracking-v2/events", "/v1/batch"


class Echo(StrEnum):
    """What is sent once more after its answer, and must change nothing."""

    NOTHING = "nothing"
    SAME_BYTES = "the same bytes"
    REPACKED = "the same events in another batch"
    OTHER_DOOR = "the same events through the other door"


class Site(msgspec.Struct, frozen=True, rename="camel"):
    tenant_id: str
    site_id: str
    write_key: str


class Event(msgspec.Struct, frozen=True, kw_only=True):
    key: str
    """Stands in the metadata: by it the event is found again among those that are counted."""
    event_id: UUID | None
    event_type: str
    visitor: str
    session: UUID
    occurred_at: datetime


class Batch(msgspec.Struct, frozen=True, kw_only=True):
    batch_id: UUID
    door: str
    events: list[Event]
    echo: Echo

    def counted(self) -> list[Event]:
        """The events that must be counted: the same id twice in a batch counts once."""
        seen: set[UUID] = set()
        return [event for event in self.events if _is_new(event, seen)]


def _is_new(event: Event, seen: set[UUID]) -> bool:
    if event.event_id is None:
        return True
    new = event.event_id not in seen
    seen.add(event.event_id)
    return new


def batch(seed: int, client: int, number: int, borders: Sequence[datetime]) -> Batch:
    """Half of the batches for Pista's own door name no event, and are known by their own id."""
    dice = random.Random(f"{seed}-{client}-{number}")
    door = dice.choice((TRACKING, TRACKING, SEGMENT))
    named = door == SEGMENT or dice.random() < 0.5
    prefix = f"{client}-{number}"
    events = list(_events(dice, prefix, named, borders))
    if named and dice.random() < 0.1:
        events.append(events[0])
    echoes = list(Echo) if named else [Echo.NOTHING, Echo.SAME_BYTES]
    if door == SEGMENT:
        # Its format has no id for the batch: the same bytes are the same events once more.
        echoes.remove(Echo.SAME_BYTES)
    return Batch(
        batch_id=_uuid(dice),
        door=door,
        events=events,
        echo=dice.choice(echoes) if dice.random() < 0.15 else Echo.NOTHING,
    )


def _events(
    dice: random.Random, prefix: str, named: bool, borders: Sequence[datetime]
) -> Iterator[Event]:
    for place in range(dice.randint(1, MOST_EVENTS)):
        visitor = dice.randrange(VISITORS)
        offset = dice.uniform(-AROUND_BORDER_SECONDS, AROUND_BORDER_SECONDS)
        at = dice.choice(borders) + timedelta(milliseconds=round(offset * 1000))
        event_type = dice.choice(TYPES)
        # Some happen several times in one moment, alike in all: they are stored as one row.
        for _ in range(BURST if dice.random() < 0.1 else 1):
            yield Event(
                key=f"{prefix}-{place}",
                event_id=_uuid(dice) if named else None,
                event_type=event_type,
                visitor=f"v{visitor}",
                session=UUID(int=visitor + 1),
                occurred_at=at,
            )


def _uuid(dice: random.Random) -> UUID:
    return UUID(int=dice.getrandbits(128), version=4)


def body(batch: Batch, site: Site) -> bytes:
    made = _segment(batch) if batch.door == SEGMENT else _tracking(batch, site)
    return msgspec.json.encode(made)


def echo(batch: Batch, seed: str) -> Batch | None:
    """What is sent again after `batch` was acknowledged."""
    match batch.echo:
        case Echo.NOTHING:
            return None
        case Echo.SAME_BYTES:
            return batch
        case Echo.REPACKED:
            return msgspec.structs.replace(batch, batch_id=_uuid(random.Random(seed)))
        case Echo.OTHER_DOOR:
            other = TRACKING if batch.door == SEGMENT else SEGMENT
            return msgspec.structs.replace(batch, door=other, batch_id=_uuid(random.Random(seed)))


def _tracking(batch: Batch, site: Site) -> dict[str, Any]:
    return {
        "tenantId": site.tenant_id,
        "siteId": site.site_id,
        "batchId": str(batch.batch_id),
        "events": [_event(event) for event in batch.events],
    }


def _event(event: Event) -> dict[str, Any]:
    told = {
        "visitorId": event.visitor,
        "sessionId": str(event.session),
        "eventType": event.event_type,
        "occurredAt": _iso(event.occurred_at),
        "metadata": {"n": event.key},
    }
    return told | {"eventId": str(event.event_id)} if event.event_id else told


def _segment(batch: Batch) -> dict[str, Any]:
    return {
        "batch": [
            {
                "type": "track",
                "event": event.event_type,
                "messageId": str(event.event_id),
                "anonymousId": event.visitor,
                "timestamp": _iso(event.occurred_at),
                "properties": {"n": event.key},
                "context": {"sessionId": str(event.session)},
            }
            for event in batch.events
        ]
    }


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")


class Expected:
    """What the statistics must say of batches that were acknowledged."""

    def __init__(self) -> None:
        self.keys: Counter[str] = Counter()
        self.types: Counter[str] = Counter()
        self.hours: dict[tuple[str, str], Hour] = {}
        self.visitors: set[str] = set()

    def add(self, batch: Batch) -> None:
        for event in batch.counted():
            self.keys[event.key] += 1
            self.types[event.event_type] += 1
            self.visitors.add(event.visitor)
            hour = (f"{event.occurred_at:%Y-%m-%d %H:00:00}", event.event_type)
            self.hours.setdefault(hour, Hour()).add(event)


class Hour:
    """What happened of one type in one hour."""

    def __init__(self) -> None:
        self.events = 0
        self.visitors: set[str] = set()
        self.sessions: set[UUID] = set()

    def add(self, event: Event) -> None:
        self.events += 1
        self.visitors.add(event.visitor)
        self.sessions.add(event.session)

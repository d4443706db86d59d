"""What is handed over of a visitor, and what is erased."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

import msgspec

from pista.collect.model import VISITOR_ID
from pista.events.visitors import StoredSession, VisitorWeek
from pista.ids import TenantId

VisitorId = Annotated[str, msgspec.Meta(pattern=VISITOR_ID)]


class VisitorExport(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """Everything that Pista holds of one visitor."""

    tenant_id: TenantId
    visitor_id: str
    exported_at: datetime
    waiting: list[dict[str, Any]]
    """Events that are accepted and not yet stored."""
    unreadable: list[str]
    """Lines that could not be stored, as they arrived."""
    weeks: list[VisitorWeek]
    """First and last times by week, counted from the events: for the retention."""
    sessions: list[StoredSession]
    """Visits, counted from the events: one that lasts over a month's end stands there twice."""
    events: list[dict[str, Any]]
    """One for each minute, session, type and content; `count` says how many they were."""


class State(StrEnum):
    WAITING = "waiting"
    """For what was accepted before it to be stored, or for a worker."""
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    """Tried again and again; `error` says why it fails."""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """What of a visitor is erased; all of it, if nothing is said."""

    since_ms: int | None = None
    until_ms: int | None = None
    """No longer included."""
    moments: list[int] = []
    """The events of these alone."""

    @classmethod
    def between(cls, since: datetime | None, until: datetime | None) -> "Part":
        return cls(since_ms=_milliseconds(since), until_ms=_milliseconds(until))

    @property
    def is_whole(self) -> bool:
        return self == WHOLE

    @property
    def name(self) -> str:
        """The same for the same part; empty for the whole."""
        if self.is_whole:
            return ""
        return "moments" if self.moments else f"{self.since_ms}-{self.until_ms}"


WHOLE = Part()


def _milliseconds(at: datetime | None) -> int | None:
    return None if at is None else round(at.timestamp() * 1000)


class EraseVisitor(
    msgspec.Struct, frozen=True, rename="camel", kw_only=True, forbid_unknown_fields=True
):
    visitor_id: VisitorId


class Erasure(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    """A visitor whose data somebody has asked to erase, and how far that is."""

    id: UUID
    state: State
    visitor_id: str | None
    """Until it is done; then nobody knows it any more."""
    visitor_hash: str
    """SHA-256 of `tenantId:visitorId`: who knows the id finds the erasure again."""
    asked_by: str
    asked_at: datetime
    finished_at: datetime | None
    files_gone_at: datetime | None
    """When ClickHouse had removed the files, too: minutes later."""
    counts: dict[str, int]
    """What was found: `events`, `eventRows`, `weeks`, `sessions`, `unreadable`, and the `hours`
    that are counted anew."""
    error: str | None


class Erasures(msgspec.Struct, frozen=True, rename="camel", kw_only=True):
    items: list[Erasure]
    """The latest first."""


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An erasure as it is stored."""

    id: UUID
    tenant_id: TenantId
    visitor_id: str | None
    visitor_hash: bytes
    asked_by_name: str
    asked_at: datetime
    streams: list[int]
    seqs: list[int]
    state: State
    started_at: datetime | None
    deleted_at: datetime | None
    hours: list[int]
    counts: dict[str, int]
    error: str | None
    finished_at: datetime | None
    files_gone_at: datetime | None
    since_ms: int | None
    until_ms: int | None
    moments: list[int]

    @property
    def part(self) -> Part:
        return Part(since_ms=self.since_ms, until_ms=self.until_ms, moments=self.moments)

"""What the stream says, and to whom."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import msgspec

from pista.errors import PistaError
from pista.ids import EventId, SiteId, TenantId


class TooManyReaders(PistaError):
    """As many as this server allows follow your company's events already; close one of them."""

    status = 503
    code = "too_many_readers"


class Topic(msgspec.Struct, frozen=True):
    """Whose events, and which of them."""

    tenant: TenantId
    site: SiteId | None = None
    event_type: str | None = None
    visitors: frozenset[tuple[str, int]] | None = None
    """Only of these people, bots left out: each from a moment on, in milliseconds."""

    def lines(self, body: bytes, begin: int) -> Iterator[tuple[int, int]]:
        """From where to where the lines are that may be meant, the others passed over quickly."""
        if self.visitors is None:
            return self._like(body, begin)
        return self._naming(body, begin)

    def means(self, line: "Line") -> bool:
        """Whether it is so: what is looked for may also stand in the metadata of another event."""
        if self.event_type is not None and line.event_type != self.event_type:
            return False
        return self.follows(line.visitor_id, line.occurred_ms, line.bot)

    def follows(self, visitor: str, occurred_ms: int, bot: str) -> bool:
        if self.visitors is None:
            return True
        since = (since for one, since in self.visitors if one == visitor)
        return not bot and any(moment <= occurred_ms for moment in since)

    def _like(self, body: bytes, begin: int) -> Iterator[tuple[int, int]]:
        # It begins with plain text, which is found quickly.
        site = '[^"]*' if self.site is None else str(self.site)
        kind = "" if self.event_type is None else f'"{re.escape(self.event_type)}",.*'
        pattern = re.compile(rf'\["{self.tenant}","{site}",.*{kind}'.encode())
        for match in pattern.finditer(body, begin):
            # What looks like a line's beginning may stand in the metadata of another's event.
            if match.start() == 0 or body[match.start() - 1] == NEWLINE:
                yield match.span()

    def _naming(self, body: bytes, begin: int) -> Iterator[tuple[int, int]]:
        opening = f'["{self.tenant}",'.encode()
        if opening not in body:
            return
        names = {visitor for visitor, _ in self.visitors or ()}
        starts = {start for name in names for start in _starts(body, begin, name)}
        for start in sorted(starts):
            if body.startswith(opening, start):
                yield start, _end(body, start)


class Line(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A line of the journal: the columns of `events.rows.STRUCTURE`."""

    tenant_id: UUID
    site_id: UUID
    received_ms: int
    browser: str
    os: str
    device: str
    country: str
    bot: str
    host: str
    path: str
    referrer: str
    channel: str
    utm_source: str
    utm_medium: str
    utm_campaign: str
    utm_term: str
    utm_content: str
    click_id: str
    event_id: UUID
    visitor_id: str
    session_id: UUID
    event_type: str
    occurred_ms: int
    sampling_rate: float
    corrected: bool
    metadata: msgspec.Raw


class LiveEvent(msgspec.Struct, frozen=True, kw_only=True, rename="camel", gc=False):
    """An event as the stream tells it."""

    event_id: EventId
    site_id: SiteId
    event_type: str
    visitor_id: str
    session_id: UUID
    occurred_at: datetime
    received_at: datetime
    count: int = 1
    """More than one where equal events of a minute have been put together."""
    sampling_rate: float
    host: str
    path: str
    title: str
    referrer: str
    channel: str
    utm_source: str
    utm_medium: str
    utm_campaign: str
    utm_term: str
    utm_content: str
    click_id: str
    country: str
    device: str
    browser: str
    os: str
    bot: str
    """Why this is not a person; empty for a person."""
    metadata: msgspec.Raw


class Gap(msgspec.Struct, frozen=True, kw_only=True, rename="camel", omit_defaults=True):
    """Events may be missing here."""

    reason: str
    """`slow`: the reader did not keep up. `expired`: its place is older than what is kept.
    `unknown`: its place is none of this server's."""
    dropped: int | None = None
    """How many, where that is known."""
    since: datetime | None = msgspec.field(default=None, name="from")
    """From when on, where that is known."""
    filled: int | None = None
    """How many stored events follow to fill it."""
    complete: bool | None = None
    """Whether those are all that are stored."""


class Skipped(msgspec.Struct, frozen=True, kw_only=True):
    """More events came than a reader is given; all of them are counted in the statistics."""

    count: int
    estimated: bool


class _Titled(msgspec.Struct):
    title: Any = None


def _starts(body: bytes, begin: int, visitor: str) -> Iterator[int]:
    """Where the lines begin that name the visitor."""
    named = f',"{visitor}",'.encode()
    place = body.find(named, begin)
    while place >= 0:
        start = body.rfind(b"\n", begin, place)
        yield begin if start < 0 else start + 1
        place = body.find(named, _end(body, place))


def _end(body: bytes, place: int) -> int:
    end = body.find(b"\n", place)
    return len(body) if end < 0 else end


NEWLINE = ord("\n")
_line = msgspec.json.Decoder(Line).decode
_titled = msgspec.json.Decoder(_Titled).decode


def read(line: bytes) -> Line | None:
    """None for a line that cannot be read: the writer sets those aside, too."""
    try:
        return _line(line)
    except msgspec.MsgspecError:
        return None


def live(line: Line) -> LiveEvent:
    return LiveEvent(
        event_id=EventId(line.event_id),
        site_id=SiteId(line.site_id),
        event_type=line.event_type,
        visitor_id=line.visitor_id,
        session_id=line.session_id,
        occurred_at=datetime.fromtimestamp(line.occurred_ms / 1000, UTC),
        received_at=datetime.fromtimestamp(line.received_ms / 1000, UTC),
        sampling_rate=line.sampling_rate,
        host=line.host,
        path=line.path,
        title=title(line.metadata),
        referrer=line.referrer,
        channel=line.channel,
        utm_source=line.utm_source,
        utm_medium=line.utm_medium,
        utm_campaign=line.utm_campaign,
        utm_term=line.utm_term,
        utm_content=line.utm_content,
        click_id=line.click_id,
        country=line.country,
        device=line.device,
        browser=line.browser,
        os=line.os,
        bot=line.bot,
        metadata=line.metadata,
    )


def title(metadata: bytes | msgspec.Raw) -> str:
    found = _titled(metadata).title
    return found if isinstance(found, str) else ""

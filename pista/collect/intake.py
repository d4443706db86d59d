"""From the bytes of a request to an entry for the journal: no I/O, no clock."""

import re
from collections.abc import Callable, Mapping
from hashlib import blake2b
from typing import Any
from uuid import UUID

import msgspec

from pista.collect import channels, clock, mending, throttling
from pista.collect.agents import Agent
from pista.collect.model import (
    MAX_EVENTS,
    MAX_METADATA_BYTES,
    Answer,
    BadBatch,
    Batch,
    Event,
    NoEvents,
    NotJson,
    Outcome,
    RawBatch,
    Result,
    TooManyEvents,
)
from pista.collect.throttling import Throttle
from pista.events import rows
from pista.ids import SiteId, TenantId, uuid7
from pista.store.journal import Entry


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """What the edge knows of a site."""

    id: SiteId
    tenant_id: TenantId
    write_key: str
    domains: tuple[str, ...]
    store_ip: bool = False
    throttles: Mapping[str, Throttle]
    """By event type, the tenant's own and the defaults; empty while throttling is off."""


class Circumstances(msgspec.Struct, frozen=True, kw_only=True):
    """What a batch is judged by, besides itself."""

    site: Site
    agent: Agent
    bot: str
    opted_out: bool = False
    """The browser asks not to be followed."""
    country: str
    address: str = ""
    """Where the connection came from, if the tenant says to keep it."""
    now_ms: int
    retention_months: int
    buffer_size: int


class Rejected(Exception):
    def __init__(self, code: str, detail: str) -> None:
        self.code = code
        self.detail = detail
        super().__init__(detail)


class Opened(msgspec.Struct, frozen=True, kw_only=True):
    """A batch whose envelope is right."""

    tenant_id: str
    site_id: str
    sent_at_ms: int | None
    batch_id: str | None
    events: list[Event | msgspec.Raw]
    """All decoded, or, if one of them is bad, all still closed."""


_batch = msgspec.json.Decoder(Batch)
_raw_batch = msgspec.json.Decoder(RawBatch)
_event = msgspec.json.Decoder(Event)
_anything = msgspec.json.Decoder(dict[str, Any])
_encode = msgspec.json.Encoder().encode

UNREADABLE = (msgspec.DecodeError, UnicodeDecodeError, RecursionError, OverflowError)


def open_batch(body: bytes) -> Opened:
    """Read the envelope; its events at once if all are right, which they nearly always are."""
    try:
        batch: Batch | RawBatch = _batch.decode(body)
    except (*UNREADABLE, msgspec.ValidationError):
        batch = _open_raw(mending.without_lone_surrogates(body))
    if not batch.events:
        raise NoEvents
    if len(batch.events) > MAX_EVENTS:
        raise TooManyEvents(
            f"The batch holds {len(batch.events)} events; at most {MAX_EVENTS} fit: split it."
        )
    return Opened(
        tenant_id=batch.tenant_id.lower(),
        site_id=batch.site_id.lower(),
        sent_at_ms=None if batch.sent_at is None else clock.milliseconds(batch.sent_at),
        batch_id=batch.batch_id,
        events=list(batch.events),
    )


def _open_raw(body: bytes) -> RawBatch:
    try:
        return _raw_batch.decode(body)
    except msgspec.ValidationError as error:
        raise BadBatch(str(error)) from None
    except RecursionError:
        return _open_deep(body)
    except UNREADABLE as error:
        raise NotJson(f"The body is not JSON: {error}") from None


def _open_deep(body: bytes) -> RawBatch:
    envelope, events = mending.parted(body)
    try:
        batch = _raw_batch.decode(envelope)
    except msgspec.ValidationError as error:
        raise BadBatch(str(error)) from None
    except UNREADABLE as error:
        raise NotJson(f"The body is not JSON, or nested too deep: {error}") from None
    batch.events = [msgspec.Raw(event) for event in events]
    return batch


def prepare(batch: Opened, how: Circumstances) -> Entry:
    """Judge each event and encode the kept ones, with the answer that tells of the others."""
    judged = Judged(batch, how)
    for index, event in enumerate(batch.events):
        judged.take(index, event)
    return judged.entry()


class Judged:
    """One batch while its events are gone through."""

    def __init__(self, batch: Opened, how: Circumstances) -> None:
        self._batch = batch
        self._how = how
        self._page: Callable[[dict[str, Any] | None], bytes] = _page
        self._skew = clock.skew(batch.sent_at_ms, how.now_ms)
        self._oldest = clock.oldest_kept(how.now_ms, how.retention_months)
        self._opening = rows.opening(sender(how))
        self._ending = rows.ending(how.address)
        self._lines: list[bytes] = []
        # As numbers: a UUID's own hash is Python code, and felt here.
        self._ids: set[int] = set()
        self._results: list[Result] = []
        self._discarded = 0
        self._rejected = 0
        self._named = True

    def take(self, index: int, event: Event | msgspec.Raw) -> None:
        try:
            if isinstance(event, msgspec.Raw):
                event, remark = _open_event(event)
            else:
                remark = ""
            self._judge(index, event, remark)
        except Rejected as rejected:
            self.reject(index, rejected)

    def reject(self, index: int, rejected: Rejected) -> None:
        self._rejected += 1
        self._remark(index, Outcome.REJECTED, rejected.code, rejected.detail)

    def _judge(self, index: int, event: Event, unknown: str) -> None:
        if self._how.opted_out:
            self._discarded += 1
            self._remark(index, Outcome.OPTED_OUT, "privacy_signal", OPTED_OUT)
            return
        event_id = event.event_id
        if event_id is None:
            self._named = False
            event_id = uuid7()
        elif event_id.int in self._ids:
            self._discarded += 1
            self._remark(index, Outcome.DUPLICATE, "event_id_repeated", REPEATED)
            return
        metadata = _metadata(event)
        occurred_ms, moved = self._occurred(event)
        self._ids.add(event_id.int)
        throttle = self._how.site.throttles.get(event.event_type)
        rate = throttling.EVERYTHING if throttle is None else throttle.rate
        if not throttling.is_kept(event_id, rate):
            self._discarded += 1
            detail = f"{rate:g} % of {event.event_type} are kept, and this one is not among them."
            self._remark(index, Outcome.SAMPLED_OUT, "throttled", detail)
            return
        self._keep(event, event_id, occurred_ms, rate, bool(moved), metadata)
        self._note(index, moved, unknown)

    def _occurred(self, event: Event) -> tuple[int, str]:
        """The time to store, and the code of what was done to it."""
        occurred_ms = clock.milliseconds(event.occurred_at) + self._skew
        now_ms = self._how.now_ms
        done = "clock_skew" if self._skew else ""
        if event.occurred_at.tzinfo is None:
            done = done or "no_time_zone"
        if occurred_ms > now_ms:
            ahead = occurred_ms - now_ms > clock.TOLERATED_FUTURE_MS
            return now_ms, "clock_future" if ahead else done
        if occurred_ms < self._oldest:
            raise Rejected(
                "occurred_at_too_old",
                f"`occurredAt` is more than {self._how.retention_months} months ago.",
            )
        return occurred_ms, done

    def _keep(
        self,
        event: Event,
        event_id: UUID,
        occurred_ms: int,
        rate: float,
        corrected: bool,
        metadata: bytes,
    ) -> None:
        happening = rows.Happening(
            event_id,
            event.visitor_id,
            event.session_id,
            event.event_type,
            occurred_ms,
            rate,
            corrected,
        )
        self._lines.append(
            rows.line(self._opening, self._page(event.metadata), happening, metadata, self._ending)
        )

    def _note(self, index: int, moved: str, unknown: str) -> None:
        if self._how.bot:
            detail = f"The sender is a bot ({self._how.bot}): kept apart from the statistics."
            self._remark(index, Outcome.BOT, "bot_user_agent", detail)
        elif moved:
            self._remark(index, Outcome.CORRECTED, moved, CORRECTIONS[moved])
        elif unknown:
            self._remark(index, Outcome.CORRECTED, "unknown_field", unknown)

    def _remark(self, index: int, outcome: Outcome, code: str, detail: str) -> None:
        self._results.append(Result(index=index, outcome=outcome, code=code, detail=detail))

    def entry(self) -> Entry:
        kept = len(self._lines)
        received = len(self._batch.events)
        answer = Answer(
            received=received,
            accepted=kept,
            discarded=self._discarded,
            rejected=self._rejected,
            buffer_size=self._how.buffer_size + kept,
            results=self._results,
        )
        key, fingerprint = self._identity()
        return Entry(
            site_id=self._how.site.id,
            batch_key=key,
            fingerprint=fingerprint,
            answer=_encode(answer),
            body=b"".join(self._lines),
            received=received,
            kept=kept,
            discarded=self._discarded,
            rejected=self._rejected,
        )

    def _identity(self) -> tuple[UUID | None, bytes]:
        """What a repeat will carry too, and what must then be alike.

        That is the batch's id and its events. Without an id it is all the events' ids: they say by
        themselves that these events came before, whatever else is told of them now.
        """
        if self._batch.batch_id is not None:
            key = UUID(bytes=_digest(b"batch" + self._batch.batch_id.encode()))
            return key, _digest(_encode(self._batch.events))
        if self._named and self._ids and not self._rejected:
            ids = _digest(b"ids" + b"".join(i.to_bytes(16) for i in sorted(self._ids)))
            return UUID(bytes=ids), ids
        return None, b""


OPTED_OUT = "The browser asks not to be followed (`Sec-GPC` or `DNT`): nothing of it is kept."
REPEATED = "This `eventId` stands in the batch more than once; the first one counts."
CORRECTIONS = {
    "clock_skew": "The client's clock is wrong by `sentAt`; `occurredAt` was moved by as much.",
    "no_time_zone": "`occurredAt` names no time zone and was taken for UTC; end it with Z.",
    "clock_future": "`occurredAt` lay in the future and was set to the time of arrival.",
}


def sender(how: Circumstances) -> rows.Sender:
    return rows.Sender(
        tenant_id=how.site.tenant_id,
        site_id=how.site.id,
        received_ms=how.now_ms,
        browser=how.agent.browser,
        os=how.agent.os,
        device=how.agent.device,
        country=how.country,
        bot=how.bot,
    )


def _digest(content: bytes) -> bytes:
    return blake2b(content, digest_size=16).digest()


def _metadata(event: Event) -> bytes:
    try:
        metadata = mending.without_click_tokens(rows.metadata_bytes(event.metadata))
    except (OverflowError, RecursionError, UnicodeEncodeError, ValueError) as error:
        raise Rejected("metadata_invalid", f"`metadata` cannot be stored: {error}") from None
    if len(metadata) > MAX_METADATA_BYTES:
        raise Rejected(
            "metadata_too_large",
            f"`metadata` has {len(metadata)} bytes as compact JSON; at most"
            f" {MAX_METADATA_BYTES} (8 KiB) fit.",
        )
    return metadata


_NO_PAGE = rows.middle(rows.Page())


def _page(metadata: dict[str, Any] | None) -> bytes:
    if not metadata:
        return _NO_PAGE
    url, referrer = metadata.get("url"), metadata.get("referrer")
    if not isinstance(url, str) or not url:
        return _NO_PAGE
    return channels.encoded_page(url, referrer if isinstance(referrer, str) else "")


def _open_event(raw: msgspec.Raw) -> tuple[Event, str]:
    """Decode one event of a batch that has a bad one; a remark if a field of it was left out."""
    try:
        return _event.decode(raw), ""
    except msgspec.ValidationError as error:
        if "unknown field" not in str(error):
            raise _rejection(error) from None
    except RecursionError:
        raise Rejected("event_unreadable", "The event is nested too deep.") from None
    except UNREADABLE as error:
        raise Rejected("event_unreadable", f"The event is not valid JSON: {error}") from None
    return _without_unknown_fields(raw)


def _without_unknown_fields(raw: msgspec.Raw) -> tuple[Event, str]:
    try:
        fields = _anything.decode(raw)
        unknown = sorted(fields.keys() - FIELDS)
        known = {name: value for name, value in fields.items() if name in FIELDS}
        event = msgspec.convert(known, Event)
    except msgspec.ValidationError as error:
        raise _rejection(error) from None
    except UNREADABLE as error:
        raise Rejected("event_unreadable", f"The event is not valid JSON: {error}") from None
    names = ", ".join(f"`{name[:40]}`" for name in unknown[:5])
    return event, f"{names} left out: not a field of an event; put it into `metadata`."


FIELDS = frozenset(Event.__struct_encode_fields__)

FIELD_CODES = {
    "eventId": "event_id_invalid",
    "visitorId": "visitor_id_invalid",
    "sessionId": "session_id_invalid",
    "eventType": "event_type_invalid",
    "occurredAt": "occurred_at_invalid",
    "metadata": "metadata_invalid",
}


def _rejection(error: msgspec.ValidationError) -> Rejected:
    """The stable code for what msgspec found, by the field that it names."""
    text = str(error)
    named = re.search(r"required field `(\w+)`", text) or re.search(r"\$\.(\w+)", text)
    return Rejected(FIELD_CODES.get(named[1] if named else "", "event_invalid"), text)

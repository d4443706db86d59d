"""`POST /v1/batch` and its like: Segment's HTTP tracking format, into the same journal."""

import asyncio
import base64
import binascii
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import msgspec

from pista import logs, metrics
from pista.collect import agents, channels, clock, intake, introductions, mending
from pista.collect.agents import Agent
from pista.collect.door import Door, Headers, Scope, check_type, origin_of
from pista.collect.intake import Circumstances, Opened, Rejected
from pista.collect.model import MAX_EVENTS, Introduction, NotJson, UnknownSite
from pista.collect.registry import Registry
from pista.collect.segment import mapping, rules
from pista.collect.segment.mapping import Surroundings
from pista.collect.segment.model import (
    MAX_MESSAGES,
    Alone,
    BadMessages,
    Kind,
    RawMessages,
    Taken,
    TooManyMessages,
)
from pista.collect.whereabouts import Whereabouts
from pista.events import rows
from pista.events.backlog import Backlog
from pista.store.journal import Entry, Journal
from pista.store.postgres import Postgres

# Browsers and phones use the short ones; Java and Ruby call a batch an import.
PATHS: Mapping[str, Kind | None] = {
    f"/v1/{name}{end}": kind
    for names, kind in (
        (("batch", "b", "import"), None),
        *(((kind.value, kind.value[0]), kind) for kind in Kind),
    )
    for name in names
    for end in ("", "/")
}
SUCCESS = msgspec.json.encode(Taken())
SERVER = Agent(browser="", os="", device="server", bot="", automated=False)

log = logs.get()


class SegmentDoor(Door):
    """Takes what Segment's client libraries send."""

    # Browsers name the second and later tries of a batch by their number.
    allowed_headers = b"authorization, x-retry-count, " + Door.allowed_headers

    def __init__(
        self,
        registry: Registry,
        journal: Journal,
        backlog: Backlog,
        whereabouts: Whereabouts,
        *,
        retention_months: int,
        postgres: Postgres,
    ) -> None:
        super().__init__(registry, journal, backlog, whereabouts, retention_months=retention_months)
        self._postgres = postgres

    async def _take(self, scope: Scope, headers: Headers, body: bytes) -> tuple[int, bytes]:
        check_type(headers)
        kind = PATHS[scope["path"]]
        messages = opened(body, alone=kind is not None)
        site = await self._registry.find_by_key(_write_key(headers, messages))
        origin = origin_of(headers, site)
        how = self._circumstances(site, scope, headers, origin)
        if not origin:
            # The library's own User-Agent and address say nothing of a visitor.
            how = msgspec.structs.replace(how, agent=SERVER, bot="", country="", address="")
        parts = [
            prepared(messages, start, how, kind, origin)
            for start in range(0, len(messages.batch), MAX_EVENTS)
        ]
        await asyncio.gather(*(self._commit(entry) for entry, _ in parts))
        said = [introduction for _, some in parts for introduction in some]
        if said:
            now = datetime.now(UTC)
            await introductions.introduce_all(self._postgres, site.tenant_id, said, now=now)
        return 200, SUCCESS


def prepared(
    messages: RawMessages, start: int, how: Circumstances, kind: Kind | None, origin: str
) -> tuple[Entry, list[Introduction]]:
    """An entry for the journal, of as many messages from `start` on as fit into one; and who the
    visitors are, as some of them say."""
    some = messages.batch[start : start + MAX_EVENTS]
    judged = _Judged(some, how, origin)
    around = _surroundings(messages, how, kind)
    for index, raw in enumerate(some):
        judged.hear(index, raw, around)
    entry = judged.entry()
    judged.report()
    return entry, judged.introductions


class _Judged(intake.Judged):
    """Some messages while they are gone through; each may be another visitor's."""

    def __init__(self, raws: list[msgspec.Raw], how: Circumstances, origin: str) -> None:
        batch = Opened(tenant_id="", site_id="", sent_at_ms=None, batch_id=None, events=list(raws))
        super().__init__(batch, how)
        self._origin = origin
        self._line_page = b""
        self._page = lambda _: self._line_page
        self._dropped_traits = 0
        self._codes: Counter[str] = Counter()
        self.introductions: list[Introduction] = []

    def hear(self, index: int, raw: msgspec.Raw, around: Surroundings) -> None:
        try:
            told = mapping.told(raw, around)
        except Rejected as rejected:
            self.reject(index, rejected)
            return
        self._dropped_traits += told.dropped_traits
        if told.introduces is not None and not self._how.opted_out:
            self.introductions.append(told.introduces)
        sent_ms = None if told.sent_at is None else clock.milliseconds(told.sent_at)
        self._skew = clock.skew(sent_ms, self._how.now_ms)
        self._line_page = channels.encoded_page(told.url, told.referrer)
        self._turn_to(told.agent)
        self.take(index, told.event)

    def _turn_to(self, agent: Agent) -> None:
        """Go on with another visitor's browser."""
        if agent != self._how.agent:
            bot = agents.bot_reason(agent, self._origin)
            self._how = msgspec.structs.replace(self._how, agent=agent, bot=bot)
            self._opening = rows.opening(intake.sender(self._how))

    def reject(self, index: int, rejected: Rejected) -> None:
        super().reject(index, rejected)
        self._codes[rejected.code] += 1

    def report(self) -> None:
        """Say here what the sender does not hear."""
        if self._dropped_traits:
            metrics.SEGMENT_TRAITS_DROPPED.inc(self._dropped_traits)
        if self._codes:
            site = str(self._how.site.id)
            log.warning("segment_messages_rejected", site_id=site, codes=dict(self._codes))


_messages = msgspec.json.Decoder(RawMessages)
_alone = msgspec.json.Decoder(Alone)


def opened(body: bytes, *, alone: bool = False) -> RawMessages:
    """Read the envelope; a message that comes alone is a batch of one."""
    messages = _read_alone(body) if alone else _read(_messages, body)
    if len(messages.batch) > MAX_MESSAGES:
        raise TooManyMessages
    return messages


def _read_alone(body: bytes) -> RawMessages:
    said = _read(_alone, body)
    return RawMessages(
        batch=[msgspec.Raw(body)], sent_at=None, context=None, write_key=said.write_key
    )


def _read(decoder: "msgspec.json.Decoder[Any]", body: bytes) -> Any:
    try:
        return _mended(decoder, body)
    except msgspec.ValidationError as error:
        raise BadMessages(str(error)) from None
    except intake.UNREADABLE as error:
        raise NotJson(f"The body is not JSON, or nested too deep: {error}") from None


def _mended(decoder: "msgspec.json.Decoder[Any]", body: bytes) -> Any:
    try:
        return decoder.decode(body)
    except msgspec.ValidationError:
        raise
    except msgspec.DecodeError:
        return decoder.decode(mending.without_lone_surrogates(rules.without_nan(body)))


def _write_key(headers: Headers, messages: RawMessages) -> str:
    """The user of basic authentication, else the body's `writeKey`, else that of a message."""
    scheme, _, given = headers.get(b"authorization", b"").partition(b" ")
    if scheme.lower() == b"basic" and (user := _user(given)):
        return user
    if isinstance(messages.write_key, str) and messages.write_key:
        return messages.write_key
    raise UnknownSite("Send the site's write key as the user of basic authentication.")


def _user(given: bytes) -> str:
    try:
        return base64.b64decode(given.strip(), validate=True).partition(b":")[0].decode()
    except (binascii.Error, UnicodeDecodeError):
        raise UnknownSite("The `Authorization` header is not basic authentication.") from None


def _surroundings(messages: RawMessages, how: Circumstances, kind: Kind | None) -> Surroundings:
    return Surroundings(
        tenant_id=how.site.tenant_id,
        site_id=how.site.id,
        kind=kind,
        context=mapping.part(messages.context),
        sent_at=rules.moment(messages.sent_at),
        now=datetime.fromtimestamp(how.now_ms / 1000, UTC),
        agent=how.agent,
    )

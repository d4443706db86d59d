"""The watcher: looks at every rule when one of its windows is over, and says what it sees once.

One watcher at a time, held by a lock on a connection; any number of workers may stand by. The
lock saves work and no more: what makes a firing single is that its rule's state is changed by an
update that names the state before, in one transaction with the firing and its message.

A window is looked at when everything that arrived until shortly after its end is in the
statistics. While the journal waits, so do the rules: what is not known is not silence.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import structs

from pista import accounts, events, logs, metrics, queue
from pista.alerts import evaluate, messages, outbox, watching
from pista.alerts.evaluate import Band, Watch
from pista.alerts.history import MARGIN, Past
from pista.alerts.model import About, AlertChanged, DeliveryId, FiringId
from pista.alerts.queries import RuleRow
from pista.alerts.watching import Outcome
from pista.events import Figures, FirstHours, Window
from pista.ids import TenantId, uuid7
from pista.store import postgres
from pista.store.clickhouse import ClickHouse, ClickHouseAway, ClickHouseError
from pista.store.postgres import Lead, Tx

LOCK = (7_405_214, 0)
TICK_SECONDS = 5.0
STAND_BY_SECONDS = 1.0
GRACE = timedelta(seconds=10)
"""For pages that send in batches, and for clocks of several machines."""
RULES_AT_ONCE = 200
"""Of as many companies as have so many together, one question is asked of ClickHouse."""
KEPT = timedelta(days=400)
FORGET_EVERY = timedelta(hours=1)
FORGET_AT_ONCE = 5_000
MOST_FAILURES = 3

log = logs.get()


class Rules(msgspec.Struct, frozen=True, kw_only=True):
    """What one company wants to have looked at."""

    tenant: TenantId
    items: list[RuleRow]


class Seen:
    """What is known of one tenant at one moment."""

    def __init__(
        self, zone: ZoneInfo, figures: dict[Window, Figures], first: FirstHours | None
    ) -> None:
        self._zone = zone
        self._figures = figures
        self._first = first

    def outcome(self, rule: RuleRow, window: Window) -> Outcome:
        value = float(evaluate.value_of(rule.metric, self._figures[window]))
        usual = self._usual(rule, window)
        state, clear_since = evaluate.next_state(
            rule.kind,
            rule.state,
            evaluate.judged(rule, value, usual),
            rule.clear_since,
            window.end,
        )
        return Outcome(
            rule=rule,
            end=window.end,
            value=value,
            expected=usual.expected if usual else None,
            state=state,
            clear_since=clear_since,
        )

    def _usual(self, rule: RuleRow, window: Window) -> Band | None:
        if rule.kind != "anomaly" or self._first is None:
            return None
        same = same_windows(window, self._zone)
        values = {one.start: evaluate.value_of(rule.metric, self._figures[one]) for one in same}
        first = self._first.of(rule.site_id, rule.event_type)
        return Past(values=values, first=first).usual(rule, window.start, self._zone)


class Watcher:
    def __init__(
        self,
        database_url: str,
        clickhouse: ClickHouse,
        public_url: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._url = database_url
        self._clickhouse = clickhouse
        self._public_url = public_url
        self._clock = clock
        self._forgot_at: datetime | None = None
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        self._stopping.set()

    async def run(self) -> None:
        """Stand by for the lock, watch while holding it, start over when something breaks."""
        while not self._stopping.is_set():
            try:
                await self._stand_by()
            except postgres.AWAY as error:
                log.warning("watcher_interrupted", error=str(error)[:500])
            except Exception:
                # A mistake in here must not end the watching of all days to come.
                log.exception("watcher_failed")
            await self._pause(STAND_BY_SECONDS)

    async def _stand_by(self) -> None:
        connection: Any = await postgres.connect(self._url)
        try:
            while not await connection.fetchval("select pg_try_advisory_lock($1, $2)", *LOCK):
                await self._pause(STAND_BY_SECONDS)
                if self._stopping.is_set():
                    return
            log.info("watcher_leads")
            while not self._stopping.is_set():
                await self.tick(Lead(connection))
                await self._pause(TICK_SECONDS)
        finally:
            connection.terminate()

    async def tick(self, lead: Lead) -> None:
        """Look at the rules that are due."""
        now = self._clock()
        async with lead.transaction() as tx:
            watch = await _looked(tx, now)
            until = await events.stored_until(tx, now) - GRACE
            minute = until.replace(second=0, microsecond=0)
            due = await watching.due(tx, minute, now)
        began = time.monotonic()
        await self._look_at_all(lead, due, until, watch)
        if due:
            metrics.ALERT_EVALUATION_SECONDS.observe(time.monotonic() - began)
        await self._forget(lead, now)

    async def _forget(self, lead: Lead, now: datetime) -> None:
        """Let go of firings that nobody will read again, some at a time."""
        if self._forgot_at is not None and abs(now - self._forgot_at) < FORGET_EVERY:
            return
        async with lead.transaction() as tx:
            gone = await watching.forget_firings(tx, now - KEPT, FORGET_AT_ONCE)
        if gone < FORGET_AT_ONCE:
            self._forgot_at = now

    async def _look_at_all(
        self, lead: Lead, due: list[RuleRow], until: datetime, watch: Watch
    ) -> None:
        waiting = deque(_some_at_a_time(due))
        failures = 0
        while waiting and failures < MOST_FAILURES:
            some = waiting.popleft()
            zones = await _zones(lead, some)
            try:
                outcomes = await self._look_at(some, zones, until, watch)
            except (ClickHouseAway, ClickHouseError) as error:
                log.warning("alerts_held", companies=len(some), error=str(error)[:500])
                failures += 1
                if len(some) > 1:
                    # What one of them asks for may be too much, and the others' is not.
                    waiting.extendleft([one] for one in some)
            else:
                failures = 0
                await self._decide(lead, outcomes)

    async def _look_at(
        self,
        some: Sequence[Rules],
        zones: dict[TenantId, ZoneInfo],
        until: datetime,
        watch: Watch,
    ) -> list[Outcome]:
        """What some companies' rules see, asked of ClickHouse for all of them at once."""
        now = self._clock()
        windows = {
            rules.tenant: _windows(rules.items, zones[rules.tenant], until, watch, now)
            for rules in some
        }
        hours = {
            tenant: [window for rule, window in found if rule.kind == "anomaly"]
            for tenant, found in windows.items()
        }
        figures = await events.measure(
            self._clickhouse,
            {
                tenant: [
                    *(window for _, window in found),
                    *_same_windows(hours[tenant], zones[tenant]),
                ]
                for tenant, found in windows.items()
            },
        )
        first = await self._first_hours(hours)
        return [
            Seen(zones[tenant], figures[tenant], first.get(tenant)).outcome(rule, window)
            for tenant, found in windows.items()
            for rule, window in found
        ]

    async def _first_hours(self, hours: dict[TenantId, list[Window]]) -> dict[TenantId, FirstHours]:
        """Of the companies that have anomalies to look at."""
        tenants = [tenant for tenant, some in hours.items() if some]
        if not tenants:
            return {}
        since = min(hour.start for tenant in tenants for hour in hours[tenant])
        earliest = since - evaluate.WEEK * evaluate.WEEKS - MARGIN
        return await events.first_hours(self._clickhouse, tenants, earliest)

    async def _decide(self, lead: Lead, outcomes: list[Outcome]) -> None:
        same = [outcome for outcome in outcomes if outcome.state == outcome.rule.state]
        async with lead.transaction() as tx:
            # Looking at many rules takes a while, in which nobody looks at the clock elsewhere.
            await _looked(tx, self._clock())
            await watching.note(tx, same)
        for outcome in outcomes:
            if outcome.state != outcome.rule.state:
                async with lead.transaction() as tx:
                    await self.change(tx, outcome, self._clock())

    async def change(self, tx: Tx, outcome: Outcome, now: datetime) -> None:
        """Change a rule's state, with what follows from it; nothing if somebody was faster."""
        rule = outcome.rule
        if not await watching.move(tx, outcome, now):
            return
        if outcome.state == "firing":
            await self._begin(tx, outcome, now)
        elif rule.state == "firing":
            await self._end(tx, outcome, now)
        await queue.announce(
            tx,
            AlertChanged(tenant_id=rule.tenant_id, rule_id=rule.id, state=outcome.state, at=now),
        )
        log.info("alert_changed", rule=str(rule.id), before=rule.state, state=outcome.state)

    async def _begin(self, tx: Tx, outcome: Outcome, now: datetime) -> None:
        firing = FiringId(uuid7())
        await watching.open_firing(tx, firing, outcome, now)
        metrics.ALERT_CHANGES.labels("fired").inc()
        await self._tell(tx, outcome, firing, "fired", fired_at=now)

    async def _end(self, tx: Tx, outcome: Outcome, now: datetime) -> None:
        closed = await watching.close_recovered(tx, outcome.rule, now)
        metrics.ALERT_CHANGES.labels("recovered").inc()
        # Whoever was never told that it began does not want to hear that it is over.
        if closed is not None and closed.told:
            began = closed.fired_at
            await self._tell(tx, outcome, closed.id, "recovered", fired_at=began, recovered_at=now)

    async def _tell(
        self,
        tx: Tx,
        outcome: Outcome,
        firing: FiringId,
        about: About,
        *,
        fired_at: datetime,
        recovered_at: datetime | None = None,
    ) -> None:
        rule = outcome.rule
        if rule.webhook_url is None:
            return
        body = messages.message(
            rule,
            firing,
            about,
            value=outcome.value,
            expected=outcome.expected,
            fired_at=fired_at,
            recovered_at=recovered_at,
            url=self._public_url,
        )
        message, at = DeliveryId(uuid7()), recovered_at or fired_at
        await outbox.add(tx, message, rule.tenant_id, firing, rule.id, about, body, at)

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return


def _some_at_a_time(due: Iterable[RuleRow]) -> Iterator[list[Rules]]:
    """Company by company, as many as have some hundreds of rules together."""
    some: list[Rules] = []
    number = 0
    for tenant, rules in groupby(due, lambda rule: rule.tenant_id):
        some.append(Rules(tenant=tenant, items=list(rules)))
        number += len(some[-1].items)
        if number >= RULES_AT_ONCE:
            yield some
            some, number = [], 0
    if some:
        yield some


def _same_windows(hours: Iterable[Window], zone: ZoneInfo) -> Iterator[Window]:
    return (one for window in hours for one in same_windows(window, zone))


def same_windows(window: Window, zone: ZoneInfo) -> list[Window]:
    """The same hour of the weeks before."""
    length = window.end - window.start
    return [
        structs.replace(window, start=at, end=at + length)
        for at in evaluate.same_hours_before(window.start, zone)
    ]


def _windows(
    rules: Sequence[RuleRow], zone: ZoneInfo, until: datetime, watch: Watch, now: datetime
) -> list[tuple[RuleRow, Window]]:
    """The rules that can be looked at, with the windows that are over."""
    found: list[tuple[RuleRow, Window]] = []
    for rule in rules:
        end = evaluate.last_end(rule.kind, until, zone)
        window = Window(
            start=end - timedelta(minutes=rule.window_minutes),
            end=end,
            site=rule.site_id,
            event_type=rule.event_type,
            people=rule.metric in evaluate.OF_PEOPLE,
        )
        if _is_new(rule, end, now) and _is_fair(rule, window, watch):
            found.append((rule, window))
    return found


def _is_new(rule: RuleRow, end: datetime, now: datetime) -> bool:
    last = rule.evaluated_until
    return last is None or end > last or last > now + timedelta(minutes=1)


def _is_fair(rule: RuleRow, window: Window, watch: Watch) -> bool:
    """Whether the window says something: it was watched, and silence was asked for all along."""
    if rule.kind == "silence" and window.start < rule.watched_since:
        return False
    return evaluate.is_seen(watch, window.start, window.end)


async def _looked(tx: Tx, now: datetime) -> Watch:
    before = await watching.watch_for_update(tx)
    after = evaluate.look(before, now)
    if before.steady_since not in (None, after.steady_since) and after.gap_seconds > 1:
        log.warning("time_unseen", seconds=round(after.gap_seconds))
    await watching.set_watch(tx, after)
    return after


async def _zones(lead: Lead, some: Sequence[Rules]) -> dict[TenantId, ZoneInfo]:
    """Each company's time zone; only anomalies have to know it."""
    found = {rules.tenant: ZoneInfo("UTC") for rules in some}
    async with lead.transaction() as tx:
        for rules in some:
            if any(rule.kind == "anomaly" for rule in rules.items):
                zone = (await accounts.tenant(tx, rules.tenant)).time_zone
                found[rules.tenant] = ZoneInfo(zone)
    return found

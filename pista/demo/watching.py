"""What the shop watches, when it was told of something, and a job that Pista gave up."""

from collections import defaultdict
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from pista import queue
from pista.alerts import service, watching
from pista.alerts.model import FiringId, NewAlertRule, State
from pista.alerts.queries import RuleRow
from pista.alerts.watching import Outcome
from pista.demo import agents, shop, traffic
from pista.demo.traffic import Scale
from pista.ids import TenantId, uuid7
from pista.store.postgres import Postgres, Tx
from pista.store.secrets import Sealer

HOUR = timedelta(hours=1)
RULES = [
    NewAlertRule(name="La tienda no manda nada", kind="silence", window_minutes=30),
    NewAlertRule(
        name="Compras fuera de lo normal",
        kind="anomaly",
        metric="events",
        event_type="PURCHASE",
        comparison="either",
    ),
]
BUSY = "Más visitantes de los que atiende la mesa"


class _Left(msgspec.Struct, frozen=True, kw_only=True, tag="crm.webhook"):
    """What an older version would have left: nobody can say any more what was to be done."""

    received: str


class Rush(msgspec.Struct, frozen=True, kw_only=True):
    """When the shop was fuller than its people can handle."""

    limit: int
    fired_at: datetime
    value: int
    recovered_at: datetime
    value_after: int


async def watch(
    postgres: Postgres, sealer: Sealer, tenant: TenantId, scale: Scale, days: int, now: datetime
) -> None:
    """Once: whoever changes or deletes the rules has changed or deleted them."""
    found = rush(scale, days, now)
    async with postgres.transaction() as tx:
        for asked in RULES:
            await service.create_rule(tx, sealer, tenant, asked, now=now)
        if found is not None:
            await _was_told(tx, sealer, tenant, found)
        await queue.enqueue(tx, tenant, _Left(received="ghl-2025-11-03"), now=now)


def rush(scale: Scale, days: int, now: datetime) -> Rush | None:
    """Of the fullest of the past days, with a limit that its fullest hours were above."""
    zone = ZoneInfo(shop.TIME_ZONE)
    today = now.astimezone(zone).date()
    past = [today - timedelta(days=ago) for ago in range(1, days)]
    if not past:
        return None
    hours = _visitors(scale, max(past, key=lambda on: traffic.visits_on(scale, on)))
    limit = max(hours.values()) * 4 // 5
    first = min(hour for hour, many in hours.items() if many > limit)
    after = first + HOUR
    while hours.get(after, 0) > limit * 9 // 10:
        after += HOUR
    return Rush(
        limit=limit,
        fired_at=first + HOUR,
        value=hours[first],
        recovered_at=after + HOUR,
        value_after=hours.get(after, 0),
    )


def _visitors(scale: Scale, on: date) -> dict[datetime, int]:
    machines = {header for header, _ in agents.BOTS}
    seen: defaultdict[datetime, set[str]] = defaultdict(set)
    for one in traffic.day(scale, on):
        if one.agent not in machines:
            hour = datetime.fromtimestamp(one.at_ms // 3_600_000 * 3_600, UTC)
            seen[hour].add(one.body["visitorId"])
    return {hour: len(visitors) for hour, visitors in seen.items()}


async def _was_told(tx: Tx, sealer: Sealer, tenant: TenantId, rush: Rush) -> None:
    """The rule, and how it fired and recovered."""
    asked = NewAlertRule(
        name=BUSY,
        kind="threshold",
        metric="uniqueVisitors",
        comparison="above",
        threshold=rush.limit,
        window_minutes=60,
    )
    made = await service.create_rule(tx, sealer, tenant, asked, now=rush.fired_at - 24 * HOUR)
    rule = await service.rule(tx, tenant, made.id)
    began = _outcome(rule, rush.fired_at, rush.value, "firing")
    if await watching.move(tx, began, rush.fired_at):
        await watching.open_firing(tx, FiringId(uuid7()), began, rush.fired_at)
    rule = await service.rule(tx, tenant, made.id)
    ended = _outcome(rule, rush.recovered_at, rush.value_after, "ok")
    if await watching.move(tx, ended, rush.recovered_at):
        await watching.close_recovered(tx, rule, rush.recovered_at)


def _outcome(rule: RuleRow, end: datetime, value: float, state: State) -> Outcome:
    return Outcome(rule=rule, end=end, value=value, expected=None, state=state, clear_since=None)

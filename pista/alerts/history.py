"""What a rule's figure was, hour by hour, beside what is usual: for the plot."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import msgspec

from pista import events
from pista.alerts import evaluate
from pista.alerts.evaluate import WEEK, WEEKS, Band
from pista.alerts.model import AlertHistory, AlertPoint, Condition
from pista.events import Figures
from pista.ids import TenantId
from pista.store.clickhouse import ClickHouse

MOST_DAYS = 31
HOUR = timedelta(hours=1)
# Later than the hour of four weeks ago by as much as clocks are set.
MARGIN = timedelta(hours=2)

Values = Mapping[datetime, float]


class Past(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of the hours before."""

    values: Values
    first: datetime | None
    """The first hour in which something happened; before it, nothing says what is usual."""

    def usual(self, condition: Condition, hour: datetime, zone: ZoneInfo) -> Band | None:
        if self.first is None or condition.kind != "anomaly":
            return None
        same = evaluate.same_hours_before(hour, zone)
        samples = [self.values.get(at, 0) for at in same if at >= self.first]
        return evaluate.band(samples, condition.sensitivity or 0)


async def history(
    clickhouse: ClickHouse,
    tenant: TenantId,
    condition: Condition,
    zone: ZoneInfo,
    start: datetime,
    end: datetime,
) -> AlertHistory:
    """Each whole hour of the zone between `start` and `end`."""
    if end - start > timedelta(days=MOST_DAYS, hours=2):
        raise events.BadRange(f"At most {MOST_DAYS} days can be drawn.")
    hours = hours_between(start, end, zone)
    if not hours:
        return AlertHistory(points=[], time_zone=zone.key)
    is_anomaly = condition.kind == "anomaly"
    since = hours[0] - (WEEK * WEEKS + MARGIN if is_anomaly else timedelta())
    past = Past(
        values=await _values(clickhouse, tenant, condition, [since, *hours], end),
        first=await _first(clickhouse, tenant, condition, since) if is_anomaly else None,
    )
    points = [_point(past, condition, hour, zone) for hour in hours]
    return AlertHistory(points=points, time_zone=zone.key)


def _point(past: Past, condition: Condition, hour: datetime, zone: ZoneInfo) -> AlertPoint:
    usual = past.usual(condition, hour, zone)
    return AlertPoint(
        start=hour.astimezone(zone),
        actual=past.values.get(hour, 0),
        expected=usual and usual.expected,
        low=usual and usual.low,
        high=usual and usual.high,
    )


async def _values(
    clickhouse: ClickHouse,
    tenant: TenantId,
    condition: Condition,
    hours: list[datetime],
    end: datetime,
) -> dict[datetime, float]:
    """By the hour. Where clocks are set by half an hour, hours begin at two places of UTC's."""
    found: dict[datetime, Figures] = {}
    for shift in {int(hour.timestamp()) % 3600 for hour in hours[1:]}:
        begin = hours[0].replace(minute=0, second=0, microsecond=0) + timedelta(seconds=shift)
        found |= await events.hourly(
            clickhouse, tenant, begin, end, site=condition.site_id, event_type=condition.event_type
        )
    return {at: evaluate.value_of(condition.metric, figures) for at, figures in found.items()}


async def _first(
    clickhouse: ClickHouse, tenant: TenantId, condition: Condition, since: datetime
) -> datetime | None:
    found = await events.first_hours(clickhouse, [tenant], since)
    return found[tenant].of(condition.site_id, condition.event_type)


def hours_between(start: datetime, end: datetime, zone: ZoneInfo) -> list[datetime]:
    """The hours of the zone that begin at or after `start` and are over at `end`, in UTC."""
    found: list[datetime] = []
    hour = evaluate.hour_of(start, zone).astimezone(UTC)
    while hour + HOUR <= end:
        if hour >= start:
            found.append(hour)
        hour = _next(hour, zone)
    return found


def _next(hour: datetime, zone: ZoneInfo) -> datetime:
    """On the wall again: where clocks are set by half an hour, some hours are longer or shorter."""
    following = evaluate.hour_of(hour + HOUR, zone).astimezone(UTC)
    return (
        following if following > hour else evaluate.hour_of(hour + 2 * HOUR, zone).astimezone(UTC)
    )

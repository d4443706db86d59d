"""The report, as it is asked for."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from pista import clicks, contacts, paging
from pista.attribution import credit_queries
from pista.attribution.credit import Model, Step
from pista.attribution.currencies import currency_of
from pista.attribution.report import joining, naming, queries
from pista.attribution.report.joining import Key, Names, Sums
from pista.attribution.report.model import (
    NOBODY,
    WHOLE,
    Axis,
    By,
    CreditedTo,
    CreditNotFound,
    Figures,
    Kind,
    Line,
    OtherMoney,
    Report,
    ReportPoint,
    ReportResult,
    ReportResults,
)
from pista.attribution.report.queries import CostRow, Last, PlaceRow, ResultRow, Span
from pista.clicks import LinkId
from pista.errors import Invalid
from pista.events import periods
from pista.events.periods import Granularity, Range
from pista.ids import TenantId
from pista.store.postgres import Tx

MOST_LINES = 1_000
NAMED = timedelta(days=90)
"""How long before the range costs tell of names: today's may not be told yet."""


class Asked(NamedTuple):
    period: Range
    by: By = "campaign"
    cohort: Axis = "event"
    model: Model = "last"
    currency: str | None = None
    key: str | None = None
    """Of one line, for its points alone."""


class _Gathered(NamedTuple):
    places: list[PlaceRow]
    costs: list[CostRow]
    names: Names
    currency: str
    monies: dict[str, Sums]
    """What was sold and spent in each currency."""


async def report(
    tx: Tx, tenant: TenantId, asked: Asked, granularity: Granularity, *, now: datetime
) -> Report:
    """Sums from the rollup by the hour: it costs the same however many clicks there were."""
    asked = asked._replace(period=_counted(asked.period))
    got = await _gather(tx, tenant, asked)
    before = await _before(tx, tenant, asked, got.currency, now)
    lines = await _lines(tx, tenant, asked, got)
    return Report(
        currency=got.currency,
        currencies=sorted({*got.monies, got.currency}),
        others=_others(got),
        time_zone=asked.period.zone.key,
        start=asked.period.start,
        end=asked.period.end,
        granularity=granularity,
        by=asked.by,
        cohort=asked.cohort,
        model=asked.model,
        totals=_total(got.places, got.costs, got.currency).figures(),
        before=before,
        lines=lines[:MOST_LINES],
        more_lines=max(0, len(lines) - MOST_LINES),
        points=await _points(tx, tenant, asked, granularity, got),
    )


async def every_line(tx: Tx, tenant: TenantId, asked: Asked) -> tuple[str, list[Line]]:
    """All of them and the money that they are in, for a file."""
    asked = asked._replace(period=_counted(asked.period))
    got = await _gather(tx, tenant, asked)
    return got.currency, await _lines(tx, tenant, asked, got)


async def results(
    tx: Tx, tenant: TenantId, asked: Asked, kind: Kind, *, before: str | None, limit: int
) -> ReportResults:
    """The very contacts, conversations, leads or sales behind a line, the newest first."""
    asked = asked._replace(period=_counted(asked.period))
    got = await _gather(tx, tenant, asked)
    chosen = _chosen(got, asked)
    rows = await queries.results(
        tx,
        tenant,
        asked.cohort,
        asked.model,
        kind,
        sorted({place.place_id for place in got.places}) if chosen is None else chosen,
        asked.period.start,
        asked.period.end,
        paging.read(before, Last),
        limit + 1,
    )
    shown = {
        one.id: one
        for one in await contacts.shown_contacts(
            tx, tenant, [row.contact_id for row in rows if row.contact_id]
        )
    }
    items = [
        _result(row, (one := shown.get(row.contact_id)) and one.name if row.contact_id else None)
        for row in rows[:limit]
    ]
    last = rows[limit - 1] if len(rows) > limit else None
    following = last and paging.written(last.ordered_at, last.result_id, last.click_id)
    return ReportResults(items=items, next=following)


async def credited_to(
    tx: Tx, tenant: TenantId, kind: Kind, result: str, *, now: datetime
) -> CreditedTo:
    """Step by step, why a result is credited as it is."""
    row = await credit_queries.credit_of(tx, tenant, kind, result)
    if row is None:
        raise CreditNotFound
    [advertised] = await naming.named(tx, tenant, [row], now=now)
    return CreditedTo(
        kind=kind,
        id=row.result_id,
        at=row.at,
        method=row.method,
        steps=msgspec.convert(row.why, list[Step]),
        click_id=row.click_id,
        click_at=row.click_at,
        link_id=row.link_id,
        touches=len(row.touches),
        decided_at=row.decided_at,
        **advertised._asdict(),
    )


def _counted(period: Range) -> Range:
    """The company's whole hours that it touches: by these it is counted."""
    start = periods.floor(period.start.astimezone(period.zone), "hour")
    end = periods.floor(period.end.astimezone(period.zone), "hour")
    if end.timestamp() < period.end.timestamp():
        end = (end.astimezone(UTC) + timedelta(hours=1)).astimezone(period.zone)
    return Range(start=start, end=end, zone=period.zone)


async def _gather(tx: Tx, tenant: TenantId, asked: Asked) -> _Gathered:
    first, last = _days(asked.period)
    places = await queries.places(tx, tenant, asked.cohort, asked.model, _span(asked.period))
    costs = await queries.costs(tx, tenant, first, last)
    names = Names(await queries.named(tx, tenant, first - NAMED, last))
    monies = joining.monies(places, costs)
    usual = max(
        monies, key=lambda one: (monies[one].sales, monies[one].cost_cents or 0), default=None
    )
    currency = asked.currency or usual or currency_of(await contacts.country(tx, tenant))
    return _Gathered(places, costs, names, currency, monies)


def _days(period: Range) -> tuple[date, date]:
    """The first and the last that it touches: costs are told by days."""
    last = period.end.astimezone(UTC) - timedelta(microseconds=1)
    return (
        period.start.astimezone(period.zone).date(),
        last.astimezone(period.zone).date(),
    )


def _others(got: _Gathered) -> list[OtherMoney]:
    found = {code: sums.figures() for code, sums in sorted(got.monies.items())}
    return [
        OtherMoney(
            currency=code,
            sales=one.sales,
            revenue_cents=one.revenue_cents,
            cost_cents=one.cost_cents or 0,
        )
        for code, one in found.items()
        if code != got.currency and (one.sales or one.revenue_cents or one.cost_cents)
    ]


async def _before(tx: Tx, tenant: TenantId, asked: Asked, currency: str, now: datetime) -> Figures:
    period = periods.before(asked.period, now)
    places = await queries.places(tx, tenant, asked.cohort, asked.model, _span(period))
    return _total(places, await queries.costs(tx, tenant, *_days(period)), currency).figures()


def _total(places: Sequence[PlaceRow], costs: Sequence[CostRow], currency: str) -> Sums:
    total = Sums()
    for place in places:
        total.add(place, currency)
    for cost in costs:
        if cost.currency == currency:
            total.spend(cost.cost_cents)
    return total


async def _lines(tx: Tx, tenant: TenantId, asked: Asked, got: _Gathered) -> list[Line]:
    """What earned most comes first, then what was clicked most."""
    links = await clicks.link_names(tx, tenant) if asked.by == "link" else {}

    def called(key: Key) -> list[str | None]:
        match asked.by:
            case "link":
                return [links.get(LinkId(UUID(one))) for one in key if one]
            case "source":
                return []
            case _:
                return got.names.called(key)

    found = joining.lines(got.places, got.costs, got.names, asked.by, got.currency)
    ordered = sorted(
        found.items(),
        key=lambda one: (-one[1].value_cents, -one[1].sales, -one[1].clicks, one[0]),
    )
    return [joining.line(key, asked.by, sums, called(key)) for key, sums in ordered]


def _chosen(got: _Gathered, asked: Asked) -> list[int] | None:
    """The places of the line that is asked about; None: of every line."""
    if asked.key is None:
        return None
    key = joining.read(asked.key, asked.by)
    if key is None:
        raise Invalid("key: give that of a line of the same report.")
    return sorted(
        {place.place_id for place in got.places if got.names.key_of_place(place, asked.by) == key}
    )


async def _points(
    tx: Tx, tenant: TenantId, asked: Asked, granularity: Granularity, got: _Gathered
) -> list[ReportPoint]:
    period, chosen = asked.period, _chosen(got, asked)
    span = _span(period, by_hours=granularity == "hour")
    found: dict[datetime, Sums] = defaultdict(Sums)
    for row in await queries.moments(tx, tenant, asked.cohort, asked.model, span, chosen):
        found[periods.floor(row.at.astimezone(period.zone), granularity)].add(row, got.currency)
    spent = None if asked.key is None else _spent(got, asked.by, asked.key)
    for cost in await queries.cost_days(tx, tenant, got.currency, *_days(period), spent):
        start = _midnight(cost.day, period.zone)
        found[periods.floor(start, granularity)].spend(cost.cost_cents)
    by_moment = {start.astimezone(UTC): sums for start, sums in found.items()}
    empty = Sums()
    return [
        ReportPoint(
            start=bucket.start,
            figures=by_moment.get(bucket.start.astimezone(UTC), empty).figures(),
        )
        for bucket in periods.buckets(period, granularity)
    ]


def _spent(got: _Gathered, by: By, key: str) -> list[CostRow]:
    """What of the costs is this line's."""
    wanted = joining.read(key, by)
    return [cost for cost in got.costs if got.names.key_of_cost(cost, by) == wanted]


def _span(period: Range, *, by_hours: bool = False) -> Span:
    """With the days that lie in it as a whole; by hours, none do."""
    first = periods.floor(period.start.astimezone(period.zone), "day")
    if first.timestamp() < period.start.timestamp():
        first = _midnight(first.date() + timedelta(days=1), period.zone)
    last = periods.floor(period.end.astimezone(period.zone), "day")
    if by_hours or last.timestamp() <= first.timestamp():
        first = last = period.end.astimezone(period.zone)
    return Span(
        start=period.start,
        end=period.end,
        zone=period.zone.key,
        first_day=first.date(),
        after_last_day=last.date(),
        days_begin=first,
        days_end=last,
    )


def _midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)


def _result(row: ResultRow, name: str | None) -> ReportResult:
    return ReportResult(
        kind=row.kind,
        id=row.result_id,
        at=row.at,
        click_at=None if row.click_id == NOBODY else row.click_at,
        part=round(row.millionths / WHOLE, 3),
        value_cents=row.value_cents,
        refunded_cents=row.refunded_cents,
        currency=row.currency or None,
        contact_id=row.contact_id,
        contact_name=name,
    )

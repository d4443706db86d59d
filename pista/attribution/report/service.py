"""The report, as it is asked for."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec

from pista import clicks, contacts
from pista.attribution import credit_queries
from pista.attribution.credit import Model, Step
from pista.attribution.currencies import currency_of
from pista.attribution.report import joining, queries
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
    Report,
    ReportPoint,
    ReportResult,
    ReportResults,
)
from pista.attribution.report.queries import CostRow, PlaceRow, ResultRow, Span
from pista.clicks import LinkId
from pista.errors import Invalid
from pista.events import periods
from pista.events.periods import Granularity, Range
from pista.ids import TenantId
from pista.store.postgres import Tx

MOST_LINES = 1_000


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
    currencies: list[str]


async def report(
    tx: Tx, tenant: TenantId, asked: Asked, granularity: Granularity, *, now: datetime
) -> Report:
    """Sums from the rollup by the hour: it costs the same however many clicks there were."""
    got = await _gather(tx, tenant, asked)
    found = joining.lines(got.places, got.costs, got.names, asked.by, got.currency)
    before = await _before(tx, tenant, asked, got.currency, now)
    return Report(
        currency=got.currency,
        currencies=got.currencies,
        time_zone=asked.period.zone.key,
        start=asked.period.start,
        end=asked.period.end,
        granularity=granularity,
        by=asked.by,
        cohort=asked.cohort,
        model=asked.model,
        totals=_total(got.places, got.costs, got.currency).figures(),
        before=before,
        lines=(await _lines(tx, tenant, asked, got, found))[:MOST_LINES],
        points=await _points(tx, tenant, asked, granularity, got),
    )


async def every_line(tx: Tx, tenant: TenantId, asked: Asked) -> tuple[str, list[Line]]:
    """All of them and the money that they are in, for a file."""
    got = await _gather(tx, tenant, asked)
    found = joining.lines(got.places, got.costs, got.names, asked.by, got.currency)
    return got.currency, await _lines(tx, tenant, asked, got, found)


async def results(
    tx: Tx, tenant: TenantId, asked: Asked, kind: Kind, *, before: str | None, limit: int
) -> ReportResults:
    """The very contacts, conversations, leads or sales behind a line, the newest first."""
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
        _cursor(before),
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
    following = _written(last) if last else None
    return ReportResults(items=items, next=following)


async def credited_to(tx: Tx, tenant: TenantId, kind: Kind, result: str) -> CreditedTo:
    """Step by step, why a result is credited as it is."""
    row = await credit_queries.credit_of(tx, tenant, kind, result)
    if row is None:
        raise CreditNotFound
    return CreditedTo(
        kind=kind,
        id=row.result_id,
        at=row.at,
        method=row.method,
        steps=msgspec.convert(row.why, list[Step]),
        click_id=row.click_id,
        click_at=row.click_at,
        campaign=row.campaign,
        adset=row.adset,
        ad=row.ad,
        link_id=row.link_id,
        touches=len(row.touches),
        decided_at=row.decided_at,
    )


async def _gather(tx: Tx, tenant: TenantId, asked: Asked) -> _Gathered:
    period = asked.period
    places = await queries.places(tx, tenant, asked.cohort, asked.model, _span(period))
    costs = await _costs(tx, tenant, period)
    used = Counter({one.currency: 0 for one in (*places, *costs) if one.currency})
    for place in places:
        used[place.currency] += place.sales
    used.pop("", None)
    usual = used.most_common(1)
    home = usual[0][0] if usual else currency_of(await contacts.country(tx, tenant))
    chosen = asked.currency or home
    return _Gathered(places, costs, Names(costs), chosen, sorted({*used, chosen}))


async def _costs(tx: Tx, tenant: TenantId, period: Range) -> list[CostRow]:
    last = period.end - timedelta(microseconds=1)
    first_day = period.start.astimezone(period.zone).date()
    return await queries.costs(tx, tenant, first_day, last.astimezone(period.zone).date())


async def _before(tx: Tx, tenant: TenantId, asked: Asked, currency: str, now: datetime) -> Figures:
    period = periods.before(asked.period, now)
    places = await queries.places(tx, tenant, asked.cohort, asked.model, _span(period))
    return _total(places, await _costs(tx, tenant, period), currency).figures()


def _total(places: Sequence[PlaceRow], costs: Sequence[CostRow], currency: str) -> Sums:
    total = Sums()
    for place in places:
        total.add(place, currency)
    for cost in costs:
        if cost.currency == currency:
            total.spend(cost.cost_cents)
    return total


async def _lines(
    tx: Tx, tenant: TenantId, asked: Asked, got: _Gathered, found: dict[Key, Sums]
) -> list[Line]:
    """What earned most comes first, then what was clicked most."""
    links = await clicks.link_names(tx, tenant) if asked.by == "link" else {}

    def name(key: Key) -> str | None:
        if asked.by == "link":
            return links.get(LinkId(UUID(key[0]))) if key[0] else None
        return got.names.name(key, asked.by)

    ordered = sorted(
        found.items(),
        key=lambda one: (-one[1].value_cents, -one[1].sales, -one[1].clicks, one[0]),
    )
    return [joining.line(key, asked.by, sums, name(key)) for key, sums in ordered]


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
    rows = await queries.moments(tx, tenant, asked.cohort, asked.model, span, chosen)
    buckets = [bucket.start for bucket in periods.buckets(period, granularity)]
    found: dict[datetime, Sums] = defaultdict(Sums)
    for row in rows:
        found[periods.floor(row.at.astimezone(period.zone), granularity)].add(row, got.currency)
    key = None if asked.key is None else joining.read(asked.key, asked.by)
    for cost in got.costs:
        if cost.currency == got.currency and (
            key is None or got.names.key_of_cost(cost, asked.by) == key
        ):
            start = _midnight(cost.day, period.zone)
            found[periods.floor(start, granularity)].spend(cost.cost_cents)
    by_moment = {start.astimezone(UTC): sums for start, sums in found.items()}
    empty = Sums()
    return [
        ReportPoint(start=start, figures=by_moment.get(start.astimezone(UTC), empty).figures())
        for start in buckets
    ]


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


def _written(last: ResultRow) -> str:
    return f"{last.ordered_at.isoformat()}~{last.result_id}~{last.click_id}"


def _cursor(before: str | None) -> tuple[datetime, str, UUID] | None:
    if before is None:
        return None
    try:
        at, result, click = before.replace("\0", "?").split("~")
        return datetime.fromisoformat(at).astimezone(UTC), result, UUID(click)
    except (ValueError, OverflowError):
        raise Invalid("before: give what `next` said.") from None

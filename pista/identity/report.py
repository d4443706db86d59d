"""The linking report: what became of claims, how soon a form led to a link, and how many of the
contacts that came have a visitor."""

import math
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import NamedTuple

from msgspec import structs

from pista.events import Range
from pista.events.periods import before, buckets
from pista.events.statistics import DateRange
from pista.identity import forms, report_queries
from pista.identity.model import Method, Outcome, Wire
from pista.identity.report_queries import Arrived, Made, Tally
from pista.ids import SiteId, TenantId, VisitorId
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres

MOST_TIMED = 5_000
MOST_OF_A_SITE = 50_000
REFUSED: frozenset[Outcome] = frozenset({"refused_strong", "refused_undone", "refused_repeated"})


class FormToLink(Wire, frozen=True, kw_only=True):
    """How long it took from the visitor's form to the link."""

    links: int
    """Links that were looked at: the latest 5,000 of the range."""
    with_form: int
    """Those before which, within a day, the visitor sent a form: the seconds are theirs."""
    p50_seconds: float | None
    p95_seconds: float | None


class ClaimCounts(Wire, frozen=True, kw_only=True):
    """What became of claims when they were decided."""

    claims: int
    linked: int
    confirmed: int
    displaced: int
    forked: int
    already: int
    waiting: int
    conflicts: int
    refused: int
    undone: int


class LinkingMethod(ClaimCounts, frozen=True, kw_only=True):
    method: Method
    form_to_link: FormToLink


class LinkingDay(Wire, frozen=True, kw_only=True):
    day: date
    """In the company's time zone."""
    links: int
    """Visitors that became somebody's, or somebody else's."""
    contacts: int | None
    """Made that day; null for a single site, since a contact that nobody was linked to is of
    none."""
    contacts_linked: int | None
    """Those of them that have at least one visitor by now."""
    success_rate: float | None
    """From 0 to 1; null where no contact was made."""


class LinkingTotals(ClaimCounts, frozen=True, kw_only=True):
    links: int
    contacts: int | None
    contacts_linked: int | None
    success_rate: float | None
    form_to_link: FormToLink


class LinkingReport(Wire, frozen=True, kw_only=True):
    date_range: DateRange
    time_zone: str
    totals: LinkingTotals
    before: LinkingTotals
    """Of the period of the same length before."""
    before_range: DateRange
    methods: list[LinkingMethod]
    """Those by which something was said, the most frequent first."""
    days: list[LinkingDay]
    """Every day of the range."""
    partial: bool
    """Whether a site has so many claims that only the latest 50,000 were looked at."""


class _Found(NamedTuple):
    """What there is of one period."""

    period: Range
    tallies: list[Tally]
    made: list[Made]
    arrived: list[Arrived] | None
    waited: list[tuple[Made, float]]


async def report(
    postgres: Postgres,
    clickhouse: ClickHouse,
    tenant: TenantId,
    period: Range,
    *,
    site: SiteId | None,
    now: datetime,
) -> LinkingReport:
    """Of one site: of the visitors that were ever seen there."""
    earlier = before(period, now)
    only, partial = await _only(postgres, clickhouse, tenant, earlier, period, site)
    here, then = [await _find(postgres, clickhouse, tenant, one, only) for one in (period, earlier)]
    return LinkingReport(
        date_range=DateRange(start=period.start, end=period.end),
        time_zone=period.zone.key,
        totals=_totals(here),
        before=_totals(then),
        before_range=DateRange(start=earlier.start, end=earlier.end),
        methods=_methods(here),
        days=_days(here),
        partial=partial,
    )


def quantile(values: Sequence[float], share: float) -> float | None:
    """Of values in their order; between two of them, in proportion."""
    if not values:
        return None
    place = (len(values) - 1) * share
    lower, upper = values[math.floor(place)], values[math.ceil(place)]
    return lower + (upper - lower) * (place - math.floor(place))


async def _only(
    postgres: Postgres,
    clickhouse: ClickHouse,
    tenant: TenantId,
    earlier: Range,
    period: Range,
    site: SiteId | None,
) -> tuple[list[VisitorId] | None, bool]:
    if site is None:
        return None, False
    async with postgres.transaction() as tx:
        said = await report_queries.claimed(
            tx, tenant, earlier.start, period.end, MOST_OF_A_SITE + 1
        )
    partial = len(said) > MOST_OF_A_SITE
    return await forms.seen_at(clickhouse, tenant, site, said[:MOST_OF_A_SITE]), partial


async def _find(
    postgres: Postgres,
    clickhouse: ClickHouse,
    tenant: TenantId,
    period: Range,
    only: list[VisitorId] | None,
) -> _Found:
    start, end, zone = period.start, period.end, period.zone.key
    async with postgres.transaction() as tx:
        tallies = await report_queries.tallies(tx, tenant, start, end, zone, only)
        made = await report_queries.made(tx, tenant, start, end, only, MOST_TIMED)
        arrived = None
        if only is None:
            arrived = await report_queries.arrived(tx, tenant, start, end, zone)
    waited = await forms.waited(clickhouse, tenant, made)
    return _Found(period, tallies, made, arrived, waited)


def _totals(found: _Found) -> LinkingTotals:
    contacts = linked = None
    if found.arrived is not None:
        contacts = sum(day.contacts for day in found.arrived)
        linked = sum(day.linked for day in found.arrived)
    counts = _counts(found.tallies)
    return LinkingTotals(
        **structs.asdict(counts),
        links=_links(counts),
        contacts=contacts,
        contacts_linked=linked,
        success_rate=_rate(linked, contacts),
        form_to_link=_form_to_link(found, None),
    )


def _methods(found: _Found) -> list[LinkingMethod]:
    by_method: dict[Method, list[Tally]] = {}
    for tally in found.tallies:
        by_method.setdefault(tally.method, []).append(tally)
    rows = [
        LinkingMethod(
            **structs.asdict(_counts(own)),
            method=method,
            form_to_link=_form_to_link(found, method),
        )
        for method, own in by_method.items()
    ]
    return sorted(rows, key=lambda row: (-row.claims, row.method))


def _days(found: _Found) -> list[LinkingDay]:
    arrived = {day.day: day for day in found.arrived or ()}
    days: list[LinkingDay] = []
    for bucket in buckets(found.period, "day"):
        day = bucket.start.date()
        here = arrived.get(day)
        contacts = None if found.arrived is None else here.contacts if here else 0
        linked = None if found.arrived is None else here.linked if here else 0
        counts = _counts(tally for tally in found.tallies if tally.day == day)
        days.append(
            LinkingDay(
                day=day,
                links=_links(counts),
                contacts=contacts,
                contacts_linked=linked,
                success_rate=_rate(linked, contacts),
            )
        )
    return days


def _counts(tallies: Iterable[Tally]) -> ClaimCounts:
    by_outcome: dict[Outcome, int] = {}
    for tally in tallies:
        by_outcome[tally.outcome] = by_outcome.get(tally.outcome, 0) + tally.claims
    return ClaimCounts(
        claims=sum(by_outcome.values()),
        linked=by_outcome.get("linked", 0),
        confirmed=by_outcome.get("confirmed", 0),
        displaced=by_outcome.get("displaced", 0),
        forked=by_outcome.get("forked", 0),
        already=by_outcome.get("already", 0),
        waiting=by_outcome.get("waiting", 0),
        conflicts=by_outcome.get("conflict", 0),
        refused=sum(by_outcome.get(outcome, 0) for outcome in REFUSED),
        undone=by_outcome.get("undone", 0),
    )


def _links(counts: ClaimCounts) -> int:
    return counts.linked + counts.displaced + counts.forked


def _form_to_link(found: _Found, method: Method | None) -> FormToLink:
    seconds = sorted(took for link, took in found.waited if method in (None, link.method))
    return FormToLink(
        links=sum(method in (None, link.method) for link in found.made),
        with_form=len(seconds),
        p50_seconds=quantile(seconds, 0.5),
        p95_seconds=quantile(seconds, 0.95),
    )


def _rate(part: int | None, whole: int | None) -> float | None:
    return round(part / whole, 6) if whole and part is not None else None

"""SQL of the report: sums from the hours, never from clicks or results one by one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import LiteralString, NamedTuple
from uuid import UUID

import msgspec

from pista import paging
from pista.attribution.credit import Model
from pista.attribution.report.model import Axis, Kind
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


class Last(NamedTuple):
    """The last result of the page before."""

    ordered_at: paging.Moment
    result_id: str
    click_id: UUID


class PlaceRow(msgspec.Struct, frozen=True, kw_only=True):
    """What came of one place, in one money."""

    place_id: int
    source: str
    link_id: UUID | None
    campaign: str
    adset: str
    ad: str
    currency: str
    clicks: int
    bots: int
    visits: int
    contacts: int
    conversations: int
    leads: int
    sales: int
    value_cents: int
    refunded_cents: int


class MomentRow(msgspec.Struct, frozen=True, kw_only=True):
    at: datetime
    currency: str
    clicks: int
    bots: int
    visits: int
    contacts: int
    conversations: int
    leads: int
    sales: int
    value_cents: int
    refunded_cents: int


class NamedRow(msgspec.Struct, frozen=True, kw_only=True):
    """An advertisement, or all of a campaign, as costs name it."""

    campaign_id: str
    campaign: str
    adset_id: str
    adset: str
    ad_id: str
    ad: str


class CostRow(NamedRow, frozen=True, kw_only=True):
    """What it cost, in one money."""

    currency: str
    cost_cents: int


class CostDayRow(msgspec.Struct, frozen=True, kw_only=True):
    day: date
    cost_cents: int


class ResultRow(msgspec.Struct, frozen=True, kw_only=True):
    kind: Kind
    result_id: str
    click_id: UUID
    at: datetime
    click_at: datetime
    millionths: int
    value_cents: int
    refunded_cents: int
    currency: str
    contact_id: ContactId | None
    ordered_at: datetime


SUMS: LiteralString = """
    sum(clicks)::bigint as clicks, sum(bots)::bigint as bots, sum(visits)::bigint as visits,
    sum(contacts)::bigint as contacts, sum(conversations)::bigint as conversations,
    sum(leads)::bigint as leads, sum(sales)::bigint as sales,
    sum(value_cents)::bigint as value_cents, sum(refunded_cents)::bigint as refunded_cents
"""
COUNTED: LiteralString = """
    place_id, currency, clicks, bots, visits, contacts, conversations, leads, sales, value_cents,
    refunded_cents
"""
ITS: LiteralString = """
    tenant_id = $1 and axis in ('', $2) and model in ('', 'all', $3)
    and (axis = '' and model = '' or axis = $2 and model in ('all', $3))
"""
HOURS: LiteralString = "select hour as at, " + COUNTED + " from report_hours where " + ITS
# Whole days by the days' primary key, what is before and behind them by that of the hours. What is
# not added up yet is of the last seconds. While a company's days are not those of its time zone,
# all of it by hours.
PARTS: LiteralString = (
    """
    with ready as (
        select exists (select from report_zones where tenant_id = $1 and zone = $6) as yes
    ), parts as (
        select day::timestamp at time zone $6 as at, """
    + COUNTED
    + " from report_days where "
    + ITS
    + " and day >= $7 and day < $8 and (select yes from ready) union all "
    + HOURS
    + " and hour >= $4 and hour < $9 union all "
    + HOURS
    + " and hour >= $10 and hour < $5 union all "
    + HOURS
    + " and hour >= $9 and hour < $10 and not (select yes from ready) union all select hour as at, "
    + COUNTED
    + " from report_deltas where "
    + ITS
    + " and hour >= $4 and hour < $5)"
)


class Span(NamedTuple):
    """A range, and the whole days in it."""

    start: datetime
    end: datetime
    zone: str
    first_day: date
    after_last_day: date
    days_begin: datetime
    days_end: datetime


async def places(tx: Tx, tenant: TenantId, axis: Axis, model: Model, span: Span) -> list[PlaceRow]:
    """What came of each place."""
    return await tx.all(
        PlaceRow,
        PARTS
        + ", sums as (select place_id, currency, "
        + SUMS
        + """
        from parts group by place_id, currency)
        select s.place_id, p.source, p.link_id, p.campaign, p.adset, p.ad, s.currency, s.clicks,
            s.bots, s.visits, s.contacts, s.conversations, s.leads, s.sales, s.value_cents,
            s.refunded_cents
        from sums s
        join report_places p on p.tenant_id = $1 and p.id = s.place_id
        """,
        *_given(tenant, axis, model, span),
    )


async def moments(
    tx: Tx,
    tenant: TenantId,
    axis: Axis,
    model: Model,
    span: Span,
    chosen: Sequence[int] | None,
) -> list[MomentRow]:
    """What came of these places, or of all, by day or hour."""
    return await tx.all(
        MomentRow,
        PARTS
        + "select at, currency, "
        + SUMS
        + """
        from parts
        where $11::bigint[] is null or place_id = any ($11::bigint[])
        group by at, currency
        order by at
        """,
        *_given(tenant, axis, model, span),
        chosen,
    )


def _given(tenant: TenantId, axis: Axis, model: Model, span: Span) -> tuple[object, ...]:
    days = (span.first_day, span.after_last_day, span.days_begin, span.days_end)
    return (tenant, axis, model, span.start, span.end, span.zone, *days)


async def costs(tx: Tx, tenant: TenantId, first: date, last: date) -> list[CostRow]:
    """What was spent in these days, by the primary key."""
    return await tx.all(
        CostRow,
        """
        select currency, campaign_id, campaign, adset_id, adset, ad_id, ad,
            sum(cost_cents)::bigint as cost_cents
        from spend
        where tenant_id = $1 and day between $2 and $3
        group by currency, campaign_id, campaign, adset_id, adset, ad_id, ad
        """,
        tenant,
        first,
        last,
    )


async def named(
    tx: Tx, tenant: TenantId, first: date, last: date, texts: Sequence[str] | None = None
) -> list[NamedRow]:
    """What costs of these days name; the latest come last. With `texts`, what has one of these ids
    or names."""
    return await tx.all(
        NamedRow,
        """
        select campaign_id, campaign, adset_id, adset, ad_id, ad
        from spend
        where tenant_id = $1 and day between $2 and $3 and (
            $4::text[] is null or array[campaign_id, campaign, adset_id, adset, ad_id, ad] && $4
        )
        group by campaign_id, campaign, adset_id, adset, ad_id, ad
        order by max(day), campaign_id, campaign, adset_id, adset, ad_id, ad
        """,
        tenant,
        first,
        last,
        texts,
    )


async def cost_days(
    tx: Tx,
    tenant: TenantId,
    currency: str,
    first: date,
    last: date,
    chosen: Sequence[NamedRow] | None,
) -> list[CostDayRow]:
    """What was spent on these, or on all, on each day."""
    names = [[getattr(one, name) for one in chosen or ()] for name in NamedRow.__struct_fields__]
    return await tx.all(
        CostDayRow,
        """
        select day, sum(cost_cents)::bigint as cost_cents
        from spend
        where tenant_id = $1 and currency = $2 and day between $3 and $4 and (
            $5 or (campaign_id, campaign, adset_id, adset, ad_id, ad) in (
                select * from unnest($6::text[], $7::text[], $8::text[], $9::text[], $10::text[],
                    $11::text[])
            )
        )
        group by day
        """,
        tenant,
        currency,
        first,
        last,
        chosen is None,
        *names,
    )


async def results(
    tx: Tx,
    tenant: TenantId,
    axis: Axis,
    model: Model,
    kind: Kind,
    chosen: Sequence[int],
    start: datetime,
    end: datetime,
    before: Last | None,
    most: int,
) -> list[ResultRow]:
    """The newest of these places; of each place by one of its two indexes, what all models agree on
    and what is this one's alone."""
    return await tx.all(
        ResultRow,
        _BY_CLICK if axis == "click" else _BY_EVENT,
        tenant,
        model,
        kind,
        chosen,
        start,
        end,
        *(before or (None, None, None)),
        most,
    )


def _newest(at: LiteralString) -> LiteralString:
    return (
        """
        select found.*
        from unnest($4::bigint[]) as place (id)
        cross join unnest(array['all', $2]) as told (model)
        cross join lateral (
            select s.kind, s.result_id, s.click_id, s.at, s.click_at, s.millionths, s.value_cents,
                s.refunded_cents, s.currency, s.contact_id, """
        + at
        + """ as ordered_at
            from report_shares s
            where s.tenant_id = $1 and s.model = told.model and s.kind = $3
                and s.place_id = place.id
                and """
        + at
        + " >= $5 and "
        + at
        + " < $6 and ($7::timestamptz is null or ("
        + at
        + ", s.result_id, s.click_id) < ($7, $8, $9)) order by "
        + at
        + """ desc, s.result_id desc, s.click_id desc
            limit $10
        ) found
        order by found.ordered_at desc, found.result_id desc, found.click_id desc
        limit $10
        """
    )


_BY_EVENT = _newest("s.at")
_BY_CLICK = _newest("s.click_at")

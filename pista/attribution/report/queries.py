"""SQL of the report: sums from the hours, never from clicks or results one by one."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import LiteralString
from uuid import UUID

import msgspec

from pista.attribution.credit import Model
from pista.attribution.report.model import Axis, Kind
from pista.ids import ContactId, TenantId
from pista.store.postgres import Tx


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


class HourRow(msgspec.Struct, frozen=True, kw_only=True):
    hour: datetime
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


class CostRow(msgspec.Struct, frozen=True, kw_only=True):
    day: date
    platform: str
    currency: str
    campaign_id: str
    campaign: str
    adset_id: str
    adset: str
    ad_id: str
    ad: str
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
    place_id, hour, currency, clicks, bots, visits, contacts, conversations, leads, sales,
    value_cents, refunded_cents
"""
# By the primary key of the hours; what is not added up yet is of the last seconds.
PARTS: LiteralString = (
    "with parts as (select "
    + COUNTED
    + """
    from report_hours
    where tenant_id = $1 and axis = '' and model = '' and hour >= $4 and hour < $5
    union all
    select """
    + COUNTED
    + """
    from report_hours
    where tenant_id = $1 and axis = $2 and model = $3 and hour >= $4 and hour < $5
    union all
    select """
    + COUNTED
    + """
    from report_deltas
    where tenant_id = $1 and hour >= $4 and hour < $5
        and (axis = '' and model = '' or axis = $2 and model = $3)
    )
"""
)


async def places(
    tx: Tx, tenant: TenantId, axis: Axis, model: Model, start: datetime, end: datetime
) -> list[PlaceRow]:
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
        tenant,
        axis,
        model,
        start,
        end,
    )


async def hours(
    tx: Tx,
    tenant: TenantId,
    axis: Axis,
    model: Model,
    start: datetime,
    end: datetime,
    chosen: Sequence[int] | None,
) -> list[HourRow]:
    """What came of these places, or of all, hour by hour."""
    return await tx.all(
        HourRow,
        PARTS
        + "select hour, currency, "
        + SUMS
        + """
        from parts
        where $6::bigint[] is null or place_id = any ($6::bigint[])
        group by hour, currency
        order by hour
        """,
        tenant,
        axis,
        model,
        start,
        end,
        chosen,
    )


async def costs(tx: Tx, tenant: TenantId, first: date, last: date) -> list[CostRow]:
    """What was spent in these days, by the primary key."""
    return await tx.all(
        CostRow,
        """
        select day, platform, currency, campaign_id, campaign, adset_id, adset, ad_id, ad,
            cost_cents
        from spend
        where tenant_id = $1 and day between $2 and $3
        """,
        tenant,
        first,
        last,
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
    before: tuple[datetime, str, UUID] | None,
    most: int,
) -> list[ResultRow]:
    """The newest of these places; of each place by one of its two indexes."""
    return await tx.all(
        ResultRow,
        _BY_CLICK if axis == "click" else _BY_EVENT,
        tenant,
        model,
        kind,
        chosen,
        start,
        end,
        before[0] if before else None,
        before[1] if before else None,
        before[2] if before else None,
        most,
    )


_FOUND: LiteralString = """
    select s.kind, s.result_id, s.click_id, s.at, s.click_at, s.millionths, s.value_cents,
        s.refunded_cents, s.currency, s.contact_id,
"""
_BY_EVENT: LiteralString = (
    "select found.* from unnest($4::bigint[]) as place (id) cross join lateral ("
    + _FOUND
    + """ s.at as ordered_at
        from report_shares s
        where s.tenant_id = $1 and s.model = $2 and s.kind = $3 and s.place_id = place.id
            and s.at >= $5 and s.at < $6
            and ($7::timestamptz is null or (s.at, s.result_id, s.click_id) < ($7, $8, $9))
        order by s.at desc, s.result_id desc, s.click_id desc
        limit $10
    ) found
    order by found.ordered_at desc, found.result_id desc, found.click_id desc
    limit $10
    """
)
_BY_CLICK: LiteralString = (
    "select found.* from unnest($4::bigint[]) as place (id) cross join lateral ("
    + _FOUND
    + """ s.click_at as ordered_at
        from report_shares s
        where s.tenant_id = $1 and s.model = $2 and s.kind = $3 and s.place_id = place.id
            and s.click_at >= $5 and s.click_at < $6
            and ($7::timestamptz is null or (s.click_at, s.result_id, s.click_id) < ($7, $8, $9))
        order by s.click_at desc, s.result_id desc, s.click_id desc
        limit $10
    ) found
    order by found.ordered_at desc, found.result_id desc, found.click_id desc
    limit $10
    """
)

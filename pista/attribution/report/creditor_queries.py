"""SQL of what is to be credited again, and of what each click is credited with."""

from collections.abc import Sequence
from typing import Any, LiteralString

import msgspec

from pista.attribution.credit_queries import CreditRow
from pista.attribution.report.model import Kind
from pista.attribution.report.sharing import Part, Place
from pista.clicks import ClickId
from pista.ids import TenantId
from pista.store.postgres import Tx

LOCKS = 7_405_275
FOLD_LOCK = 7_405_276
MOST_FOLDED = 20_000


class Due(msgspec.Struct, frozen=True, kw_only=True):
    tenant_id: TenantId
    subject: str


class Zoned(msgspec.Struct, frozen=True, kw_only=True):
    tenant_id: TenantId
    zone: str


class Credited(msgspec.Struct, frozen=True, kw_only=True):
    kind: Kind
    result_id: str
    click_id: ClickId | None
    """Null: it was erased, and with it what was known of the click."""


async def take(tx: Tx, most: int) -> list[Due]:
    """What was noted first, of one company; it is gone when the transaction is committed."""
    return await tx.all(
        Due,
        """
        with first as (
            select tenant_id from credit_due order by id limit 1 for update skip locked
        ), taken as (
            select d.id
            from credit_due d
            where d.tenant_id = (select tenant_id from first)
                and d.id <= (select min(id) from credit_due) + 100 * $1
            order by d.id
            limit $1
            for update skip locked
        )
        delete from credit_due d using taken where d.id = taken.id
        returning d.tenant_id, d.subject
        """,
        most,
    )


async def lock(tx: Tx, tenant: TenantId) -> None:
    """One worker credits a company's results at a time: what it reads is what others wrote."""
    await tx.execute("select pg_advisory_xact_lock($1, hashtext($2))", LOCKS, str(tenant))


async def credited(tx: Tx, tenant: TenantId, rows: Sequence[CreditRow]) -> list[Credited]:
    """Which click earned them, as it was decided before; those whose click is erased as well."""
    return await tx.all(
        Credited,
        """
        select c.kind, c.result_id, c.click_id
        from unnest($2::text[], $3::text[]) as asked (kind, result_id)
        join credits c on c.tenant_id = $1 and c.kind = asked.kind
            and c.result_id = asked.result_id
        where c.click_id is not null or c.why = '[]'
        """,
        tenant,
        [row.kind for row in rows],
        [row.result_id for row in rows],
    )


async def parts_of(tx: Tx, tenant: TenantId, parts: Sequence[Part]) -> list[Part]:
    """All that is stored of these results."""
    keys = sorted({(part.kind, part.result_id) for part in parts})
    rows = await tx.connection.fetch(
        """
        select s.kind, s.result_id, s.model, s.click_id, s.at, s.click_at, s.millionths,
            s.value_cents, s.refunded_cents, s.currency, s.contact_id, p.source, p.link_id,
            p.campaign, p.adset, p.ad
        from unnest($2::text[], $3::text[]) as asked (kind, result_id)
        join report_shares s on s.tenant_id = $1 and s.kind = asked.kind
            and s.result_id = asked.result_id
        join report_places p on p.tenant_id = $1 and p.id = s.place_id
        """,
        tenant,
        [kind for kind, _ in keys],
        [result for _, result in keys],
    )
    return [_part(*row.values()) for row in rows]


def _part(*stored: Any) -> Part:
    *own, source, link_id, campaign, adset, ad = stored
    return Part._make((*own, Place(source, link_id, campaign, adset, ad)))


async def remove(tx: Tx, tenant: TenantId, results: Sequence[tuple[str, str]]) -> None:
    await tx.execute(
        """
        delete from report_shares s
        using unnest($2::text[], $3::text[]) as asked (kind, result_id)
        where s.tenant_id = $1 and s.kind = asked.kind and s.result_id = asked.result_id
        """,
        tenant,
        [kind for kind, _ in results],
        [result for _, result in results],
    )


async def forget(tx: Tx, tenant: TenantId, kind: Kind, results: Sequence[str]) -> None:
    """What is no result of its own any more."""
    if not results:
        return
    await remove(tx, tenant, [(kind, result) for result in results])
    await tx.execute(
        "delete from credits where tenant_id = $1 and kind = $2 and result_id = any ($3::text[])",
        tenant,
        kind,
        results,
    )


async def add(tx: Tx, tenant: TenantId, parts: Sequence[Part]) -> None:
    """Each at its place, which is made if nothing was counted there yet."""
    places = {place: number for number, place in enumerate({part.place for part in parts}, 1)}
    *columns, placed = zip(*parts, strict=True)
    await tx.execute(
        """
        with places as materialized (
            select *, report_place(source, link_id, campaign, adset, ad) as id
            from unnest($2::text[], $3::uuid[], $4::text[], $5::text[], $6::text[])
                with ordinality as g (source, link_id, campaign, adset, ad, number)
        ), made as (
            insert into report_places (tenant_id, id, source, link_id, campaign, adset, ad)
            select $1, id, source, link_id, campaign, adset, ad from places order by id
            on conflict do nothing
        )
        insert into report_shares (
            tenant_id, kind, result_id, model, click_id, at, click_at, millionths, value_cents,
            refunded_cents, currency, contact_id, place_id
        )
        select $1::uuid, kind, result_id, model, click_id, at, click_at, millionths, value_cents,
            refunded_cents, currency, contact_id, p.id
        from unnest(
            $7::text[], $8::text[], $9::text[], $10::uuid[], $11::timestamptz[],
            $12::timestamptz[], $13::bigint[], $14::bigint[], $15::bigint[], $16::text[],
            $17::text[], $18::bigint[]
        ) as g (
            kind, result_id, model, click_id, at, click_at, millionths, value_cents,
            refunded_cents, currency, contact_id, number
        )
        join places p on p.number = g.number
        """,
        tenant,
        *zip(*places, strict=True),
        *columns,
        [places[place] for place in placed],
    )


async def is_mine(tx: Tx) -> bool:
    """Whether no other worker is adding up, until the transaction ends."""
    return await tx.value("select pg_try_advisory_xact_lock($1)", FOLD_LOCK)


async def zones_changed(tx: Tx) -> list[Zoned]:
    """Companies whose days are not summed up, or were in another time zone."""
    return await tx.all(
        Zoned,
        """
        select t.id as tenant_id, t.time_zone as zone
        from tenants t
        left join report_zones z on z.tenant_id = t.id
        where z.zone is distinct from t.time_zone
        order by t.id
        """,
    )


async def rebuild_days(tx: Tx, zoned: Zoned) -> None:
    """All of a company's days again, from its hours."""
    await tx.execute("delete from report_days where tenant_id = $1", zoned.tenant_id)
    await tx.execute(
        """
        insert into report_days (
            tenant_id, axis, model, day, place_id, currency, clicks, bots, visits, contacts,
            conversations, leads, sales, value_cents, refunded_cents
        )
        select tenant_id, axis, model, (hour at time zone $2)::date, place_id, currency,
            sum(clicks), sum(bots), sum(visits), sum(contacts), sum(conversations), sum(leads),
            sum(sales), sum(value_cents), sum(refunded_cents)
        from report_hours
        where tenant_id = $1
        group by 1, 2, 3, 4, 5, 6
        """,
        zoned.tenant_id,
        zoned.zone,
    )
    await tx.execute(
        """
        insert into report_zones (tenant_id, zone) values ($1, $2)
        on conflict (tenant_id) do update set zone = excluded.zone
        """,
        zoned.tenant_id,
        zoned.zone,
    )


ADDED: LiteralString = """
    clicks = h.clicks + excluded.clicks, bots = h.bots + excluded.bots,
    visits = h.visits + excluded.visits, contacts = h.contacts + excluded.contacts,
    conversations = h.conversations + excluded.conversations, leads = h.leads + excluded.leads,
    sales = h.sales + excluded.sales, value_cents = h.value_cents + excluded.value_cents,
    refunded_cents = h.refunded_cents + excluded.refunded_cents
"""
SUMMED: LiteralString = """
    sum(clicks), sum(bots), sum(visits), sum(contacts), sum(conversations), sum(leads), sum(sales),
    sum(value_cents), sum(refunded_cents)
"""
# By an array, looked up by the primary key: where the table was empty a moment ago, the planner had
# each of twenty thousand compared with each, which took half a minute.
FOLD: LiteralString = (
    """
    with gone as (
        delete from report_deltas
        where id = any (array(select id from report_deltas order by id limit $1))
        returning *
    ), hours as (
        insert into report_hours as h (
            tenant_id, axis, model, hour, place_id, currency, clicks, bots, visits, contacts,
            conversations, leads, sales, value_cents, refunded_cents
        )
        select tenant_id, axis, model, hour, place_id, currency, """
    + SUMMED
    + """
        from gone
        group by tenant_id, axis, model, hour, place_id, currency
        on conflict (tenant_id, axis, model, hour, place_id, currency) do update set """
    + ADDED
    + """
    ), days as (
        insert into report_days as h (
            tenant_id, axis, model, day, place_id, currency, clicks, bots, visits, contacts,
            conversations, leads, sales, value_cents, refunded_cents
        )
        select g.tenant_id, axis, model, (hour at time zone z.zone)::date, place_id, currency, """
    + SUMMED
    + """
        from gone g
        join report_zones z on z.tenant_id = g.tenant_id
        group by 1, 2, 3, 4, 5, 6
        on conflict (tenant_id, axis, model, day, place_id, currency) do update set """
    + ADDED
    + """
    )
    select count(*) from gone
    """
)


async def fold(tx: Tx) -> int:
    """Add what was counted to its hour and its day; how many counts that were."""
    return await tx.value(FOLD, MOST_FOLDED)

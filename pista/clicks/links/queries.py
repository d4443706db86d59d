"""The SQL of links for those who make them, and of what came through them."""

from collections.abc import Sequence
from datetime import datetime
from typing import LiteralString
from uuid import UUID

import msgspec

from pista.clicks.link_queries import DomainRow, LinkRow
from pista.clicks.links.model import ClickShown, LinkDomain, LinkHour
from pista.clicks.model import ClickId, LinkId, Nature
from pista.clicks.proving.service import RECORD, VALUE
from pista.ids import TenantId, VisitorId
from pista.store.postgres import Tx


class Counted(msgspec.Struct, frozen=True, kw_only=True):
    link_id: LinkId
    clicks: int
    people: int
    bots: int
    starts: int
    lost: int
    last_at: datetime | None


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Which clicks are asked for; None asks for any."""

    link_id: LinkId | None = None
    campaign: str | None = None
    adset: str | None = None
    ad: str | None = None
    nature: Nature | None = None
    visitor_id: VisitorId | None = None
    since: datetime | None = None
    until: datetime | None = None


_LINK: LiteralString = """
select
    l.tenant_id, l.id, l.domain, l.slug, l.name, l.kind, l.channel_id,
    c.display as channel_display, l.phone, l.bot, l.url, l.text, l.fallback, l.paid, l.campaign,
    l.adset, l.ad, l.utm_source, l.utm_medium, l.utm_campaign, l.utm_content, l.utm_term,
    l.archived_at, l.created_at
from links l
left join chat_channels c on c.tenant_id = l.tenant_id and c.id = l.channel_id
"""


async def lock(tx: Tx, tenant: TenantId) -> None:
    """Links and domains of a company are added one after the other."""
    await tx.execute(
        "select pg_advisory_xact_lock(hashtextextended('links ' || $1::text, 0))", str(tenant)
    )


async def links(tx: Tx, tenant: TenantId, archived: bool) -> list[LinkRow]:
    return await tx.all(
        LinkRow,
        _LINK
        + """
        where l.tenant_id = $1 and (l.archived_at is not null) = $2
        order by l.created_at desc, l.id desc
        """,
        tenant,
        archived,
    )


async def link(tx: Tx, tenant: TenantId, link: LinkId) -> LinkRow | None:
    return await tx.one_or_none(
        LinkRow, _LINK + "where l.tenant_id = $1 and l.id = $2", tenant, link
    )


async def count(tx: Tx, tenant: TenantId, archived: bool | None = None) -> int:
    return await tx.value(
        """
        select count(*) from links
        where tenant_id = $1 and ($2::bool is null or (archived_at is not null) = $2)
        """,
        tenant,
        archived,
    )


async def platform_of(tx: Tx, tenant: TenantId, channel: UUID) -> str | None:
    return await tx.value(
        "select platform from chat_channels where tenant_id = $1 and id = $2", tenant, channel
    )


COLUMNS = tuple(name for name in LinkRow.__struct_fields__ if name != "channel_display")


async def add(tx: Tx, row: LinkRow) -> bool:
    """False if the address is taken."""
    return bool(
        await tx.execute(
            """
            insert into links (
                tenant_id, id, domain, slug, name, kind, channel_id, phone, bot, url, text,
                fallback, paid, campaign, adset, ad, utm_source, utm_medium, utm_campaign,
                utm_content, utm_term, archived_at, created_at
            )
            values (
                $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                $19, $20, $21, $22, $23
            )
            on conflict (domain, slug) do nothing
            """,
            *(getattr(row, name) for name in COLUMNS),
        )
    )


async def change(tx: Tx, row: LinkRow) -> None:
    await tx.execute(
        """
        update links set
            domain = $3, slug = $4, name = $5, kind = $6, channel_id = $7, phone = $8, bot = $9,
            url = $10, text = $11, fallback = $12, paid = $13, campaign = $14, adset = $15,
            ad = $16, utm_source = $17, utm_medium = $18, utm_campaign = $19, utm_content = $20,
            utm_term = $21, archived_at = $22
        where tenant_id = $1 and id = $2
        """,
        *(getattr(row, name) for name in COLUMNS[:-1]),
    )


async def counts(
    tx: Tx,
    tenant: TenantId,
    wanted: Sequence[LinkId],
    since: datetime | None,
    until: datetime | None,
) -> list[Counted]:
    """Of whole hours: a row for each and not one for each click."""
    return await tx.all(
        Counted,
        """
        select
            link_id, sum(clicks)::bigint as clicks, sum(people)::bigint as people,
            sum(bots)::bigint as bots, sum(starts)::bigint as starts, sum(lost)::bigint as lost,
            max(hour) filter (where clicks > 0) as last_at
        from link_hours
        where tenant_id = $1 and link_id = any ($2::uuid[])
            and hour >= coalesce($3, '-infinity'::timestamptz)
            and hour < coalesce($4, 'infinity'::timestamptz)
        group by link_id
        """,
        tenant,
        wanted,
        since,
        until,
    )


async def hours(
    tx: Tx, tenant: TenantId, link: LinkId, since: datetime, until: datetime
) -> list[LinkHour]:
    return await tx.all(
        LinkHour,
        """
        select
            hour as start, sum(clicks)::bigint as clicks, sum(people)::bigint as people,
            sum(bots)::bigint as bots, sum(starts)::bigint as starts, sum(lost)::bigint as lost
        from link_hours
        where tenant_id = $1 and link_id = $2 and hour >= $3 and hour < $4
        group by hour
        order by hour
        """,
        tenant,
        link,
        since,
        until,
    )


async def clicks(
    tx: Tx, tenant: TenantId, wanted: Wanted, before: ClickId | None, most: int
) -> list[ClickShown]:
    """By their ids, which sort by time: of one link by its index, of all by the key."""
    rows = await tx.connection.fetch(
        CLICKS_OF_LINK if wanted.link_id else CLICKS,
        tenant,
        wanted.link_id,
        wanted.campaign,
        wanted.nature,
        wanted.visitor_id,
        wanted.since,
        wanted.until,
        before,
        most,
        wanted.adset,
        wanted.ad,
    )
    return [ClickShown(**dict(row)) for row in rows]


_SHOWN: LiteralString = """
select
    c.id, c.at, c.link_id, l.name as link_name, c.source, c.nature, c.paid, c.campaign, c.adset,
    c.ad, c.utm_source, c.utm_medium, c.utm_campaign, c.utm_content, c.utm_term, c.fbclid,
    c.click_ids, c.ctwa_clid, c.grim, c.referrer, c.country, c.language, c.visitor_id,
    (
        select count(*) from click_arrivals a where a.tenant_id = $1 and a.click_id = c.id
    ) as arrivals
from clicks c
left join links l on l.tenant_id = $1 and l.id = c.link_id
where c.tenant_id = $1
"""
_WANTED: LiteralString = """
    and ($3::text is null or c.campaign = $3)
    and ($4::text is null or c.nature = $4)
    and ($5::text is null or c.visitor_id = $5)
    and ($6::timestamptz is null or c.at >= $6)
    and ($7::timestamptz is null or c.at < $7)
    and ($8::uuid is null or c.id < $8)
    and ($10::text is null or c.adset = $10)
    and ($11::text is null or c.ad = $11)
order by c.id desc
limit $9
"""
CLICKS: LiteralString = _SHOWN + "and ($2::uuid is null or c.link_id = $2)" + _WANTED
CLICKS_OF_LINK: LiteralString = _SHOWN + "and c.link_id = $2" + _WANTED


async def domains(tx: Tx, tenant: TenantId) -> list[LinkDomain]:
    rows = await tx.connection.fetch(
        """
        select d.domain, d.created_at, d.proven_at, d.checked_at, d.why,
            $2::text || d.domain as record, $3::text || d.proof as value, (
                select count(*) from links l where l.tenant_id = $1 and l.domain = d.domain
            ) as links
        from link_domains d
        where d.tenant_id = $1
        order by d.domain
        """,
        tenant,
        RECORD,
        VALUE,
    )
    return [LinkDomain(**dict(row)) for row in rows]


async def add_domain(tx: Tx, row: DomainRow) -> str:
    """What its record is to say; nobody else's does."""
    return await tx.value(
        """
        insert into link_domains (tenant_id, domain, created_at) values ($1, $2, $3)
        returning proof
        """,
        row.tenant_id,
        row.domain,
        row.created_at,
    )


async def delete_domain(tx: Tx, tenant: TenantId, domain: str) -> int:
    return await tx.execute(
        "delete from link_domains where tenant_id = $1 and domain = $2", tenant, domain
    )

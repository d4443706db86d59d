"""The SQL of links and the domains that they are on."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, LiteralString
from uuid import UUID

import msgspec

from pista.clicks.model import Kind, LinkId
from pista.ids import TenantId
from pista.store.postgres import Tx


class LinkRow(msgspec.Struct, frozen=True, kw_only=True):
    """A link as it is stored, with what its channel is called now."""

    tenant_id: TenantId
    id: LinkId
    domain: str
    slug: str
    name: str
    kind: Kind
    channel_id: UUID | None
    channel_display: str | None
    phone: str | None
    bot: str | None
    url: str | None
    text: str | None
    fallback: str | None
    paid: bool | None
    campaign: str | None
    adset: str | None
    ad: str | None
    utm_source: str | None
    utm_medium: str | None
    utm_campaign: str | None
    utm_content: str | None
    utm_term: str | None
    archived_at: datetime | None
    created_at: datetime


class DomainRow(msgspec.Struct, frozen=True, kw_only=True):
    tenant_id: TenantId
    domain: str
    created_at: datetime


async def leading(tx: Tx) -> Sequence[Any]:
    """Every link of every company, as rows that a `LinkRow` is still to be made of."""
    return await tx.connection.fetch(_LINKS)


async def looked_for(tx: Tx, hosts: Sequence[str], slugs: Sequence[str]) -> list[LinkRow]:
    """Those at these addresses, and those with these ends at Pista's own."""
    return await tx.all(LinkRow, LOOKED_FOR, hosts, slugs)


async def domains(tx: Tx, hosts: Sequence[str] | None = None) -> list[DomainRow]:
    """Every company's that are proven, or whichever of these are."""
    return await tx.all(
        DomainRow,
        """
        select tenant_id, domain, created_at from link_domains
        where proven_at is not null and ($1::text[] is null or domain = any ($1))
        """,
        hosts,
    )


_LINKS: LiteralString = """
select
    l.tenant_id, l.id, l.domain, l.slug, l.name, l.kind, l.channel_id,
    c.display as channel_display, l.phone, l.bot, l.url, l.text, l.fallback, l.paid,
    l.campaign, l.adset, l.ad, l.utm_source, l.utm_medium, l.utm_campaign, l.utm_content,
    l.utm_term, l.archived_at, l.created_at
from links l
left join chat_channels c on c.tenant_id = l.tenant_id and c.id = l.channel_id
"""

LOOKED_FOR: LiteralString = (
    _LINKS
    + """
join (
    select host as domain, slug from unnest($1::text[], $2::text[]) as asked (host, slug)
    union
    select '', slug from unnest($2::text[]) as asked (slug)
) w on w.domain = l.domain and w.slug = l.slug
"""
)

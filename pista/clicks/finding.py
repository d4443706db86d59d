"""Finds one click again, by its id or by the token that travelled."""

from collections.abc import Sequence
from typing import LiteralString
from uuid import UUID

from pista.clicks.model import Click, ClickId, LinkId
from pista.ids import TenantId
from pista.store.postgres import Tx

_CLICK: LiteralString = """
    select id, token, code, link_id, at, source, nature, paid, visitor_id, fbclid, click_ids,
        ctwa_clid, fbc, fbp, ip, user_agent, url, referrer, utm_source, utm_medium, utm_campaign,
        utm_content, utm_term, campaign, adset, ad, grim, country, language, refused
    from clicks
"""


async def click(tx: Tx, tenant: TenantId, click_id: ClickId) -> Click | None:
    """None: it was erased with whoever clicked."""
    return await tx.one_or_none(
        Click,
        _CLICK
        + """
        where tenant_id = $1 and id = $2
        """,
        tenant,
        click_id,
    )


async def click_of_token(tx: Tx, tenant: TenantId, token: str) -> Click | None:
    found = await tx.value(
        "select id from clicks where tenant_id = $1 and token = $2", tenant, token
    )
    return None if found is None else await click(tx, tenant, found)


async def clicks_of_tokens(tx: Tx, tenant: TenantId, tokens: Sequence[str]) -> list[Click]:
    """Those that are there, in no order."""
    return await tx.all(
        Click,
        _CLICK
        + """
        where tenant_id = $1 and token = any ($2::text[])
        """,
        tenant,
        tokens,
    )


NamesSaid = dict[UUID, tuple[str | None, str | None, str | None]]
"""What a campaign, its ad set and its advertisement are called, by the click that said so."""


async def names_said(tx: Tx, tenant: TenantId, clicks: Sequence[UUID]) -> NamesSaid:
    """Of those whose addresses said names beside the ids: an address that says the campaign's id
    twice says a keyword where others say the ad set's name."""
    rows = await tx.connection.fetch(
        """
        select id, utm_campaign, utm_term, utm_content
        from clicks
        where tenant_id = $1 and id = any ($2::uuid[]) and utm_campaign <> campaign
        """,
        tenant,
        clicks,
    )
    return {row["id"]: (row["utm_campaign"], row["utm_term"], row["utm_content"]) for row in rows}


async def still_there(tx: Tx, tenant: TenantId, clicks: Sequence[ClickId]) -> set[ClickId]:
    """Without those that were erased with whoever clicked."""
    rows = await tx.connection.fetch(
        "select id from clicks where tenant_id = $1 and id = any ($2::uuid[])", tenant, clicks
    )
    return {row["id"] for row in rows}


async def link_names(tx: Tx, tenant: TenantId) -> dict[LinkId, str]:
    """What people call their links; archived ones too."""
    rows = await tx.connection.fetch("select id, name from links where tenant_id = $1", tenant)
    return {row["id"]: row["name"] for row in rows}

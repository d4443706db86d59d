"""Finds one click again, by its id or by the token that travelled."""

from pista.clicks.model import Click, ClickId
from pista.ids import TenantId
from pista.store.postgres import Tx


async def click(tx: Tx, tenant: TenantId, click_id: ClickId) -> Click | None:
    """None: it was erased with whoever clicked."""
    return await tx.one_or_none(
        Click,
        """
        select id, token, code, link_id, at, source, nature, paid, visitor_id, fbclid, click_ids,
            ctwa_clid, fbc, fbp, ip, user_agent, url, referrer, utm_source, utm_medium,
            utm_campaign, utm_content, utm_term, campaign, adset, ad, grim, country, language
        from clicks
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

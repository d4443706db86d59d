"""The SQL of clicks: written many at once, and never changed."""

from collections.abc import Sequence

import msgspec

from pista.clicks.model import Click
from pista.ids import TenantId
from pista.store.postgres import Tx


async def add(tx: Tx, clicks: Sequence[tuple[TenantId, Click]]) -> None:
    """Keep clicks of any number of companies, in one statement."""
    given = [click for _, click in clicks]
    await tx.execute(
        ADD,
        [tenant for tenant, _ in clicks],
        *([getattr(click, name) for click in given] for name in PLAIN),
        [msgspec.json.encode(click.click_ids).decode() for click in given],
    )


PLAIN = tuple(name for name in Click.__struct_fields__ if name != "click_ids")
"""In the order in which the statement takes them."""

ADD = """
insert into clicks (
    tenant_id, id, token, code, link_id, at, source, nature, paid, visitor_id, fbclid, ctwa_clid,
    fbc, fbp, ip, user_agent, url, referrer, utm_source, utm_medium, utm_campaign, utm_content,
    utm_term, campaign, adset, ad, grim, country, language, click_ids
)
select
    tenant_id, id, token, code, link_id, at, source, nature, paid, visitor_id, fbclid, ctwa_clid,
    fbc, fbp, ip, user_agent, url, referrer, utm_source, utm_medium, utm_campaign, utm_content,
    utm_term, campaign, adset, ad, grim, country, language, click_ids::jsonb
from unnest(
    $1::uuid[], $2::uuid[], $3::text[], $4::text[], $5::uuid[], $6::timestamptz[], $7::text[],
    $8::text[], $9::boolean[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[],
    $15::text[], $16::text[], $17::text[], $18::text[], $19::text[], $20::text[], $21::text[],
    $22::text[], $23::text[], $24::text[], $25::text[], $26::text[], $27::text[], $28::text[],
    $29::text[], $30::text[]
) as c (
    tenant_id, id, token, code, link_id, at, source, nature, paid, visitor_id, fbclid, ctwa_clid,
    fbc, fbp, ip, user_agent, url, referrer, utm_source, utm_medium, utm_campaign, utm_content,
    utm_term, campaign, adset, ad, grim, country, language, click_ids
)
"""

"""The shop's links, its number and bot, and what its advertisements cost."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import msgspec

from pista.attribution.spend import service as spend
from pista.attribution.spend.model import MOST_LINES, SpendLine
from pista.chat.channels import Given, ensure
from pista.chat.channels import queries as stored_channels
from pista.chat.model import ChannelId
from pista.clicks import LinkId
from pista.clicks.links import queries as stored
from pista.clicks.links import service as linking
from pista.clicks.links.model import SlugTaken
from pista.demo import shop
from pista.demo.ads import moments, script
from pista.demo.ads.script import Ad
from pista.demo.chat.platforms import BOT_FOUND, NUMBER_FOUND
from pista.demo.traffic import Scale
from pista.ids import TenantId
from pista.store.postgres import Postgres
from pista.store.secrets import Sealer


async def links(postgres: Postgres, tenant: TenantId, url: str, now: datetime) -> dict[str, LinkId]:
    """By name; those that are not there are made."""
    async with postgres.transaction() as tx:
        known = {one.name: one.id for one in await stored.links(tx, tenant, False)}
        for asked in script.LINKS:
            if asked.name in known:
                continue
            try:
                made = await linking.create(tx, tenant, asked, url, now=now)
            except SlugTaken:
                # Somebody else's on this Pista: any other address will do.
                other = msgspec.structs.replace(asked, slug=None)
                made = await linking.create(tx, tenant, other, url, now=now)
            known[asked.name] = made.id
    return known


async def channels(
    postgres: Postgres, sealer: Sealer, tenant: TenantId, now: datetime
) -> dict[str, ChannelId]:
    """By the platform's id; those that are not there are made, without a token yet."""
    known: dict[str, ChannelId] = {}
    async with postgres.transaction() as tx:
        for one in (NUMBER_FOUND, BOT_FOUND):
            row = await stored_channels.channel_of(tx, tenant, one.platform, one.external_id)
            known[one.external_id] = (
                row.id
                if row is not None and row.deleted_at is None
                else await ensure(
                    tx, sealer, tenant, one, Given(None, None, None, [], None), now=now
                )
            )
    return known


async def tell_costs(
    postgres: Postgres, tenant: TenantId, scale: Scale, days: int, now: datetime
) -> None:
    """Of the past days and of this one so far, as the platforms' accounts would."""
    zone = ZoneInfo(shop.TIME_ZONE)
    today = now.astimezone(zone).date()
    lines: list[SpendLine] = []
    for ago in range(days + 1):
        midnight = datetime.combine(today - timedelta(days=ago), time(), zone)
        lines += [_line(ad, scale, midnight, now) for ad in script.ADS]
    async with postgres.transaction() as tx:
        for first in range(0, len(lines), MOST_LINES):
            await spend.tell(tx, tenant, lines[first : first + MOST_LINES], now=now)


def _line(ad: Ad, scale: Scale, midnight: datetime, now: datetime) -> SpendLine:
    cents = moments.cost_of(ad, scale, midnight, now)
    return SpendLine(
        day=midnight.date(),
        platform=ad.platform,
        currency=ad.currency,
        cost_cents=cents,
        campaign_id=ad.campaign_id,
        campaign=ad.campaign,
        adset_id=ad.adset_id,
        adset=ad.adset,
        ad_id=ad.ad_id,
        ad=ad.ad,
        impressions=cents * 9 // 20,
        clicks=cents // ad.cents_a_click,
    )

"""Tells Pista of clicks, arrivals, people and sales as they happen, or happened long ago."""

from datetime import datetime, timedelta

from msgspec import structs

from pista import attribution, clicks
from pista.accounts import Caller, Role
from pista.chat.model import ChannelId
from pista.clicks import LinkId
from pista.clicks import queries as clicking
from pista.clicks.queries import Hit
from pista.demo import introducing
from pista.demo.ads import hearing, moments, setting
from pista.demo.ads.moments import Moments, Sold
from pista.demo.came import Came
from pista.demo.traffic import Happening, Scale
from pista.ids import TenantId
from pista.sales import SaleChanged, reporting
from pista.sales.model import PersonNotFound, SaleChat
from pista.sales.moving import Cause
from pista.sales.reporting import Teller
from pista.store.postgres import Postgres, Tx
from pista.store.secrets import Sealer

TOLD_DAYS = timedelta(days=3)
"""Of what is older no platform is told: that was before there was a demo."""
BY = Teller("api")


class Follower:
    """Follows the traffic. Telling of the same again changes nothing."""

    def __init__(
        self,
        postgres: Postgres,
        tenant: TenantId,
        scale: Scale,
        links: dict[str, LinkId],
        channels: dict[str, ChannelId],
        began: datetime,
    ) -> None:
        self._postgres = postgres
        self._tenant = tenant
        self._scale = scale
        self._links = links
        self._channels = channels
        self._began = began
        self._caller = Caller(tenant_id=tenant, role=Role.ADMIN)

    @classmethod
    async def open(
        cls,
        postgres: Postgres,
        sealer: Sealer,
        tenant: TenantId,
        scale: Scale,
        url: str,
        now: datetime,
    ) -> "Follower":
        """With the shop's links, number and bot, which are made if they are not there."""
        links = await setting.links(postgres, tenant, url, now)
        channels = await setting.channels(postgres, sealer, tenant, now)
        return cls(postgres, tenant, scale, links, channels, now)

    async def hear(self, tx: Tx, tenant: TenantId, change: SaleChanged) -> None:
        """Has the platforms told of a sale, as Pista's own processes do."""
        if change.at > self._began - TOLD_DAYS:
            await attribution.hear_sale(tx, tenant, change)

    async def follow(
        self, happenings: list[Happening], start: datetime, end: datetime
    ) -> list[Came]:
        """Whoever became known by it."""
        found = moments.between(self._scale, happenings, self._links, start, end)
        async with self._postgres.transaction() as tx:
            await self._clicked(tx, found, end)
            came = await introducing.introduce(tx, self._tenant, found.known)
            came += await self._wrote(tx, found, max(self._began, end))
            for sold in sorted(found.sales, key=lambda one: one.at):
                await self._sell(tx, sold)
        campaigns = found.campaigns
        return [
            structs.replace(one, campaign=one.campaign or campaigns.get(one.visitor_id))
            if one.visitor_id
            else one
            for one in came
        ]

    async def _clicked(self, tx: Tx, found: Moments, end: datetime) -> None:
        tokens = [one.token for one in found.clicks]
        there = {one.id for one in await clicks.clicks_of_tokens(tx, self._tenant, tokens)}
        new = [one for one in found.clicks if one.id not in there]
        hits = [Hit(tenant_id=self._tenant, click=one, who=one.id.int % 2**62) for one in new]
        if hits:
            await clicking.add_hits(tx, hits, {}, end)
        if found.arrivals:
            await clicks.arrive_many(tx, [(self._tenant, one) for one in found.arrivals])

    async def _wrote(self, tx: Tx, found: Moments, until: datetime) -> list[Came]:
        came: list[Came] = []
        for wrote in sorted(found.wrote, key=lambda one: one.at):
            one = await hearing.hear(tx, self._caller, self._channels, wrote, until)
            came += [one] if one else []
        return came

    async def _sell(self, tx: Tx, sold: Sold) -> None:
        sale = sold.sale
        if sold.chat is not None:
            platform, number = sold.chat
            channel = self._channels[hearing.CHANNELS[platform]]
            sale = structs.replace(sale, chat=SaleChat(channel_id=channel, external_id=number))
        try:
            await reporting.report(tx, self._tenant, BY, sale, Cause("shop", sold.at))
        except PersonNotFound:
            # They wrote before all that is told.
            return
        if sold.then is not None and sold.later is not None and sold.later < self._began:
            await reporting.report(tx, self._tenant, BY, sold.then, Cause("shop", sold.later))

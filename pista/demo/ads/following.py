"""Tells Pista of clicks, arrivals and sales as they happen, or happened long ago."""

from datetime import datetime, timedelta

from pista import attribution, clicks
from pista.clicks import LinkId
from pista.clicks import queries as clicking
from pista.clicks.queries import Hit
from pista.demo.ads import moments, setting
from pista.demo.ads.moments import Sold
from pista.demo.traffic import Happening, Scale
from pista.ids import TenantId
from pista.sales import SaleChanged, reporting
from pista.sales.moving import Cause
from pista.sales.reporting import Teller
from pista.store.postgres import Postgres, Tx

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
        began: datetime,
    ) -> None:
        self._postgres = postgres
        self._tenant = tenant
        self._scale = scale
        self._links = links
        self._began = began

    @classmethod
    async def open(
        cls, postgres: Postgres, tenant: TenantId, scale: Scale, url: str, now: datetime
    ) -> "Follower":
        """With the shop's links, which are made if they are not there."""
        links = await setting.links(postgres, tenant, url, now)
        return cls(postgres, tenant, scale, links, now)

    async def hear(self, tx: Tx, tenant: TenantId, change: SaleChanged) -> None:
        """Has the platforms told of a sale, as Pista's own processes do."""
        if change.at > self._began - TOLD_DAYS:
            await attribution.hear_sale(tx, tenant, change)

    async def follow(self, happenings: list[Happening], start: datetime, end: datetime) -> None:
        found = moments.between(self._scale, happenings, self._links, start, end)
        if not (found.clicks or found.arrivals or found.sales):
            return
        async with self._postgres.transaction() as tx:
            tokens = [one.token for one in found.clicks]
            there = {one.id for one in await clicks.clicks_of_tokens(tx, self._tenant, tokens)}
            new = [one for one in found.clicks if one.id not in there]
            hits = [Hit(tenant_id=self._tenant, click=one, who=one.id.int % 2**62) for one in new]
            if hits:
                await clicking.add_hits(tx, hits, {}, end)
            if found.arrivals:
                await clicks.arrive_many(tx, [(self._tenant, one) for one in found.arrivals])
            for sold in sorted(found.sales, key=lambda one: one.at):
                await self._sell(tx, sold)

    async def _sell(self, tx: Tx, sold: Sold) -> None:
        await reporting.report(tx, self._tenant, BY, sold.sale, Cause("shop", sold.at))
        if sold.then is not None and sold.later is not None and sold.later < self._began:
            await reporting.report(tx, self._tenant, BY, sold.then, Cause("shop", sold.later))

"""One sale in one chat, played step by step: also how a worker is cut off in the middle."""

from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple

from pista.attribution.conversions.courier import Courier
from pista.attribution.conversions.model import Deliver, EventId
from pista.clicks import Click
from pista.ids import uuid7
from pista.queue import Again, Job, JobId, Trip
from pista.sales import SaleId
from tests.attribution.conversions.shop import Shop
from tests.fakes.meta import Meta

Misfortune = Literal["none", "killed before", "killed after", "unanswered"]


class Known(NamedTuple):
    """What a person who watched it all would say."""

    clicked_before_paid: bool
    started: bool
    started_before_sent: bool


class Play:
    """One sale in one chat of one shop, played in some order."""

    def __init__(self, shop: Shop, meta: Meta, courier: Courier) -> None:
        self._shop = shop
        self._meta = meta
        self._courier = courier
        self._person, self._channel = uuid7(), uuid7()
        self._lost = False
        self.click: Click | None = None
        self.sale: SaleId | None = None
        self.known = Known(False, False, False)
        self._paid = self._frozen = False

    async def do(self, step: str) -> None:
        match step:
            case "click":
                self.click = await self._shop.click(ago=timedelta(0))
                self.known = self.known._replace(clicked_before_paid=not self._paid)
            case "start" if self.click is not None:
                await self._shop.start(self.click, self._person, self._channel)
                self.known = self.known._replace(started=True, started_before_sent=not self._frozen)
            case "stranger":
                # A forwarded link: the same fbclid, in somebody else's hands.
                await self._shop.start(await self._shop.click(), uuid7(), self._channel)
            case "sale":
                self.sale = await self._sold()
            case "paid":
                self.sale = self.sale or await self._sold()
                await self._shop.pay(self.sale)
                self._paid = True
            case "none" | "killed before" | "killed after" | "unanswered":
                await self._attempt(step)
            case _:
                return

    async def _sold(self) -> SaleId:
        return self.sale or await self._shop.sell(
            paid=False, person_id=self._person, channel_id=self._channel
        )

    async def end(self) -> None:
        """Whatever was not paid is, the grace is over, and a worker has its way."""
        await self.do("paid")
        async with self._shop.postgres.transaction() as tx:
            await tx.execute(OVER, self._shop.tenant)
        await self._attempt("none")

    async def _attempt(self, misfortune: Misfortune) -> None:
        """What a runner does with the job, and where it is cut off."""
        if self.sale is None or not self._paid:
            return
        work = Deliver(
            event_id=EventId(f"purchase:{self.sale}"), destination_id=self._shop.destination
        )
        trip, bound = self._trip(), self._shop.postgres.of(self._shop.tenant)
        try:
            async with bound.transaction() as tx:
                plan = await self._courier.set_out(tx, trip, work)
        except Again:
            return
        if plan is None:
            return
        self._frozen = self._lost = True
        if misfortune == "killed before":
            return
        self._meta.lose = float(misfortune == "unanswered")
        came = await self._courier.do(trip, plan)
        self._meta.lose = 0.0
        if misfortune == "killed after":
            return
        async with bound.transaction() as tx:
            await self._courier.note(tx, trip, plan, came)
        self._lost = False

    def _trip(self) -> Trip:
        job = Job(
            id=JobId(1),
            tenant_id=self._shop.tenant,
            kind="attribution.deliver",
            payload={},
            order_key=None,
            turn=1,
            runner=1,
            attempts=1,
            crashes=0,
            enqueued_at=datetime.now(UTC),
        )
        return Trip(job=job, lost=self._lost, last=False)


OVER = "update deliveries set grace_until = now() - interval '1 second' where tenant_id = $1"

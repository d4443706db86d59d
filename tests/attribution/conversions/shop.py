"""A company that sells by advertisements, and workers that tell Meta of it."""

import asyncio
import sys
from collections.abc import AsyncGenerator
from contextlib import AbstractContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from pista import accounts, attribution, clicks
from pista.accounts.audit import TERMINAL
from pista.attribution.conversions import rules
from pista.attribution.conversions.client import Client
from pista.attribution.conversions.model import DestinationId, DestinationRow, EventId
from pista.attribution.destinations import queries as destinations
from pista.attribution.destinations import sealing, service
from pista.attribution.destinations.model import ChangeDestination, TestEvents
from pista.attribution.told import EventName
from pista.clicks import Arrival, Click, ClickId
from pista.clicks import queries as click_queries
from pista.ids import TenantId, uuid7
from pista.queue import Runner, shift
from pista.sales import Buyer, SaleId, moving, reporting
from pista.sales import queries as sale_queries
from pista.sales.model import NewSale, Reached, RefundKind
from pista.sales.moving import Cause, Returned
from pista.sales.reporting import Teller
from pista.settings import Settings
from pista.store.postgres import Postgres
from pista.store.secrets import Sealer
from tests.fakes import meta
from tests.killing import killable

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
AGENT = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Instagram 350.0"


class Place(NamedTuple):
    """Where a worker finds all it needs."""

    database: str
    meta: str
    data_dir: Path


class Shop:
    """One company with one destination. What it does is committed, as it would be."""

    def __init__(self, postgres: Postgres, tenant: TenantId, place: Place) -> None:
        self.postgres = postgres
        self.tenant = tenant
        self.place = place
        self.sealer = Sealer((), place.data_dir)
        self.destination = DestinationId(uuid7())

    async def connect(self, **told: Any) -> DestinationId:
        """Have Meta told of purchases."""
        given: dict[str, Any] = {
            "kind": "meta",
            "settings": {"pixelId": meta.PIXEL},
            "events": ["Purchase"],
            "grace_minutes": 0,
            "secrets": {"token": meta.TOKEN},
            **told,
        }
        destination = DestinationId(uuid7())
        given["secrets"] = sealing.sealed(self.sealer, destination, given["secrets"])
        row = DestinationRow(
            id=destination,
            name="Meta",
            state="on",
            paused_why=None,
            test_code=None,
            test_until=None,
            not_before=None,
            skew_seconds=0,
            last_sent_at=None,
            created_at=datetime.now(UTC),
            deleted_at=None,
            **given,
        )
        async with self.postgres.transaction() as tx:
            await destinations.add(tx, self.tenant, row)
        self.destination = destination
        return destination

    async def click(self, *, ago: timedelta = MINUTE, **told: Any) -> Click:
        at = datetime.now(UTC) - ago
        fields: dict[str, Any] = {
            "fbclid": "IwAR0aBcD",
            "fbc": f"fb.1.{int(at.timestamp() * 1000)}.IwAR0aBcD",
            "fbp": f"fb.1.{int(at.timestamp() * 1000)}.987654321",
            "ip": "203.0.113.7",
            "user_agent": AGENT,
            "url": "https://oferta.example/go/rosas?fbclid=IwAR0aBcD",
            **told,
        }
        click = Click(
            id=ClickId(uuid7()), token=uuid7().hex, at=at, source="go", paid=True, **fields
        )
        async with self.postgres.transaction() as tx:
            await click_queries.add(tx, [(self.tenant, click)])
        return click

    async def start(self, click: Click, person: UUID, channel: UUID) -> None:
        arrival = Arrival(
            key=f"start:{uuid7()}",
            method="start",
            at=datetime.now(UTC),
            token=click.token,
            channel_id=channel,
            person_id=person,
        )
        async with self.postgres.transaction() as tx:
            await clicks.arrive(tx, self.tenant, arrival)

    async def sell(
        self, *, ago: timedelta = timedelta(0), paid: bool = True, **told: Any
    ) -> SaleId:
        now = datetime.now(UTC)
        fields: dict[str, Any] = {
            "amount_cents": 1999,
            "buyer": Buyer(email="ana@flores.example"),
            **told,
        }
        row = sale_queries.Row(
            id=SaleId(uuid7()),
            source="api",
            currency="BRL",
            occurred_at=now - ago,
            created_at=now,
            **fields,
        )
        async with self.postgres.transaction() as tx:
            await sale_queries.add(tx, self.tenant, row)
            cause = Cause("system", now)
            held = await moving.hold(tx, self.tenant, row.id)
            await moving.made(tx, self.tenant, held, cause)
            if paid:
                await moving.pay(tx, self.tenant, held, cause, paid_at=now - ago)
        return row.id

    async def report(self, status: Reached) -> SaleId:
        """As somebody enters it by hand, who tells of it now."""
        told = NewSale(amount=1999, currency="BRL", status=status)
        async with self.postgres.transaction() as tx:
            cause = Cause("user", datetime.now(UTC))
            found = await reporting.report(tx, self.tenant, Teller("manual"), told, cause)
        return found.sale.id

    async def begin_checkouts(self, count: int) -> list[SaleId]:
        """As many at once, told when the destination is switched on again."""
        sales = [SaleId(uuid7()) for _ in range(count)]
        now = datetime.now(UTC)
        async with self.postgres.transaction() as tx:
            off, on = ChangeDestination(enabled=False), ChangeDestination(enabled=True)
            given = (tx, self.sealer, self.tenant, self.destination)
            await service.change(*given, off, TERMINAL, now=now)
            await tx.execute(SALES, self.tenant, sales)
            await tx.execute(CHECKOUTS, self.tenant, sales)
            await tx.execute(DELIVERIES, self.tenant, sales, self.destination)
            await service.change(*given, on, TERMINAL, now=now)
        return sales

    async def pay(self, sale: SaleId) -> None:
        """As often as a gateway tells of it."""
        async with self.postgres.transaction() as tx:
            held = await moving.hold(tx, self.tenant, sale)
            await moving.pay(tx, self.tenant, held, Cause("gateway", datetime.now(UTC)))

    async def refund(
        self, sale: SaleId, kind: RefundKind = "refund", cents: int | None = None
    ) -> None:
        """All of it, or a part."""
        async with self.postgres.transaction() as tx:
            held = await moving.hold(tx, self.tenant, sale)
            back = Returned(kind, cents or held.amount_cents)
            cause = Cause("user", datetime.now(UTC))
            await moving.give_back(tx, self.tenant, held, back, cause)

    async def test_under(self, code: str | None) -> None:
        """From now on, or no more."""
        async with self.postgres.transaction() as tx:
            given = (tx, self.sealer, self.tenant, self.destination)
            await service.test_events(
                *given, TestEvents(code=code), TERMINAL, now=datetime.now(UTC)
            )

    async def states(self) -> dict[str, int]:
        """How many deliveries are in which state."""
        async with self.postgres.transaction() as tx:
            rows = await tx.connection.fetch(
                "select state, count(*) as n from deliveries where tenant_id = $1 group by state",
                self.tenant,
            )
        return {row["state"]: row["n"] for row in rows}

    async def attempts(self) -> set[str]:
        """What was tried to be told."""
        async with self.postgres.transaction() as tx:
            rows = await tx.connection.fetch(
                "select event_id from deliveries where tenant_id = $1 and attempts > 0", self.tenant
            )
        return {row["event_id"] for row in rows}

    async def told(self, name: EventName) -> set[str]:
        """What is to be told of this kind, or is not."""
        async with self.postgres.transaction() as tx:
            rows = await tx.connection.fetch(
                "select event_id from deliveries where tenant_id = $1 and name = $2",
                self.tenant,
                name,
            )
        return {row["event_id"] for row in rows}

    async def delivery(self, sale: SaleId) -> dict[str, Any]:
        async with self.postgres.transaction() as tx:
            row = await tx.connection.fetchrow(
                "select * from deliveries where tenant_id = $1 and event_id = $2",
                self.tenant,
                f"purchase:{sale}",
            )
        return dict(row or {})

    async def whys(self, name: EventName) -> set[tuple[str, str | None]]:
        """How each delivery of this kind is, and why."""
        async with self.postgres.transaction() as tx:
            rows = await tx.connection.fetch(
                "select state, why from deliveries where tenant_id = $1 and name = $2",
                self.tenant,
                name,
            )
        return {(row["state"], row["why"]) for row in rows}

    async def two_days_pass(self) -> None:
        """What was taken was so much earlier, and what waits is due."""
        async with self.postgres.transaction() as tx:
            await tx.execute(
                """
                update deliveries set sent_at = sent_at - interval '2 days' where tenant_id = $1
                """,
                self.tenant,
            )
            await tx.execute(
                "update jobs set due_at = now() where tenant_id = $1 and state = 'waiting'",
                self.tenant,
            )

    async def backdate(self, sale: SaleId, by: timedelta) -> None:
        """What was told of it happened so much earlier, and is due now."""
        async with self.postgres.transaction() as tx:
            for statement in BACKDATE:
                await tx.execute(statement, self.tenant, EventId(f"purchase:{sale}"), by)
            await tx.execute(
                "update jobs set due_at = now() where tenant_id = $1 and state = 'waiting'",
                self.tenant,
            )

    async def is_settled(self) -> bool:
        """Whether nothing is under way or due."""
        return not set(await self.states()) & {"held", "ready", "unknown"}


SALES = """
insert into sales (
    tenant_id, id, source, status, amount_cents, currency, buyer, occurred_at, created_at,
    changed_at
)
select
    $1, id, 'api', 'pending', 1999, 'BRL', '{"email": "ana@flores.example"}', now(), now(), now()
from unnest($2::uuid[]) as id
"""
CHECKOUTS = """
insert into conversions (
    tenant_id, event_id, name, sale_id, event_time, value_cents, currency, created_at
)
select $1, 'checkout:' || id, 'InitiateCheckout', id, now(), 1999, 'BRL', now()
from unnest($2::uuid[]) as id
"""
DELIVERIES = """
insert into deliveries (tenant_id, event_id, destination_id, state, next_at, created_at)
select $1, 'checkout:' || id, $3, 'ready', now(), now() from unnest($2::uuid[]) as id
"""
BACKDATE = (
    """
    update deliveries set unknown_since = unknown_since - $3::interval
    where tenant_id = $1 and event_id = $2
    """,
    """
    update delivery_attempts set set_out_at = set_out_at - $3::interval
    where tenant_id = $1 and event_id = $2
    """,
)


async def founded(postgres: Postgres, place: Place) -> Shop:
    async with postgres.transaction() as tx:
        tenant = await accounts.create_tenant(
            tx, "flores", now=datetime.now(UTC), time_zone="America/Sao_Paulo"
        )
    return Shop(postgres, tenant.id, place)


@asynccontextmanager
async def _opened(place: Place) -> AsyncGenerator[Runner]:
    client = Client(Settings(data_dir=place.data_dir, meta_graph_url=place.meta))
    handlers = attribution.errands(client, Sealer((), place.data_dir))
    yield Runner(place.database, handlers)
    await client.close()


@asynccontextmanager
async def working(place: Place) -> AsyncGenerator[None]:
    async with _opened(place) as runner:
        task = asyncio.create_task(runner.run())
        try:
            yield
        finally:
            runner.stop()
            await task


def worker_process(place: Place) -> AbstractContextManager[Any]:
    """It is killed -9 at the latest at the end."""
    return killable("tests.attribution.conversions.shop", *(str(one) for one in place), loud=False)


def quicken() -> None:
    """The waits of hours are not what is tried here."""
    shift.POLL_SECONDS = 0.1
    rules.BACKOFF = rules.BACKOFF._replace(first_seconds=0.05, longest_seconds=0.2)
    rules.IN_FLIGHT = timedelta(seconds=1)
    rules.LOOK_AGAIN = timedelta(seconds=0.2)


async def _work(place: Place) -> None:
    async with _opened(place) as runner:
        await runner.run()


if __name__ == "__main__":
    quicken()
    database, url, folder = sys.argv[1:]
    asyncio.run(_work(Place(database, url, Path(folder))))

"""A company in which anything may happen in any order, and a plain account of what follows."""

import asyncio
import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from pista import clicks, contacts, identity, sales
from pista.attribution import crediting
from pista.attribution.report import Creditor
from pista.chat import talks_of
from pista.clicks import Arrival, Click
from pista.identity import Claim
from pista.ids import ContactId, TenantId, VisitorId, uuid7
from pista.store.postgres import Postgres, Tx
from tests.clicks.conftest import clicked
from tests.contacts.conftest import found, new_tenant

BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)
COLUMNS = (
    *("clicks", "bots", "visits", "contacts", "conversations", "leads", "sales"),
    *("value_cents", "refunded_cents"),
)
CAMPAIGNS = ("verano", "inverno", None)


async def worked_off(pool: Postgres, workers: int = 1) -> None:
    """Everybody who is noted is credited, and all that was counted is added up."""

    async def work() -> None:
        creditor = Creditor(pool)
        while await creditor.work():
            pass
        await creditor.fold()

    await asyncio.gather(*(work() for _ in range(workers)))


class World:
    """Everything that happens is committed, one thing a transaction."""

    def __init__(self, pool: Postgres, seed: int, zone: str = "America/Lima") -> None:
        self.pool = pool
        self.zone = zone
        self.chance = random.Random(seed)
        self.at = BEGIN
        self.clicks: list[Click] = []
        self.contacts: list[ContactId] = []
        self.visitors: list[VisitorId] = []
        self.persons: list[UUID] = []
        self.sales: list[UUID] = []
        self.merges: list[Any] = []
        self.tenant: TenantId
        self.channel = uuid7()

    async def begin(self) -> "World":
        async with self.pool.transaction() as tx:
            self.tenant = await new_tenant(tx, f"flores {self.channel}", self.zone)
            await tx.execute(
                """
                insert into chat_channels
                    (tenant_id, id, platform, external_id, name, token, secrets, created_at)
                values ($1, $2, 'telegram', $3, 'bot', 'x', array['x'::bytea], now())
                """,
                self.tenant,
                self.channel,
                str(self.channel),
            )
        return self

    async def happen(self, times: int) -> None:
        things = [
            *([self.click] * 4),
            *([self.contact, self.write, self.sell] * 3),
            *(self.know, self.arrive, self.come, self.lead, self.refund, self.merge, self.unmerge),
            *([self.link] * 3),
        ]
        for _ in range(times):
            self.at += timedelta(minutes=self.chance.randrange(1, 600))
            async with self.pool.transaction() as tx:
                await self.chance.choice(things)(tx)

    async def click(self, tx: Tx) -> None:
        visitor = self.chance.choice([None, self._visitor()])
        click = await clicked(
            tx,
            self.tenant,
            at=self.at - timedelta(hours=self.chance.randrange(0, 24)),
            paid=self.chance.random() < 0.7,
            nature=self.chance.choice(["click", "click", "click", "bot"]),
            visitor_id=visitor,
            campaign=self.chance.choice(CAMPAIGNS),
            ad=self.chance.choice(["video", None]),
        )
        self.clicks.append(click)

    async def contact(self, tx: Tx) -> None:
        name = f"p{len(self.contacts)}@mail.pe"
        made = await contacts.upsert(tx, self.tenant, found(email=name), now=self.at)
        self.contacts.append(made.contact_id)

    async def link(self, tx: Tx) -> None:
        if self.contacts:
            claim = Claim(
                visitor_id=self._visitor(),
                method=self.chance.choice(["webhook", "manual"]),
                key=str(uuid7()),
                at=self.at,
                contact_id=self.chance.choice(self.contacts),
            )
            await identity.link(tx, self.tenant, claim, now=self.at)

    async def write(self, tx: Tx) -> None:
        """Somebody begins to write."""
        person = uuid7()
        known = self.chance.choice([None, *self.contacts[-3:]])
        await tx.execute(
            """
            insert into chat_people (tenant_id, id, platform, contact_id, created_at)
            values ($1, $2, 'telegram', $3, $4)
            """,
            self.tenant,
            person,
            known,
            self.at,
        )
        await tx.execute(
            """
            insert into conversations (tenant_id, id, channel_id, person_id, created_at)
            values ($1, $2, $3, $4, $5)
            """,
            self.tenant,
            uuid7(),
            self.channel,
            person,
            self.at,
        )
        self.persons.append(person)

    async def know(self, tx: Tx) -> None:
        """Whoever writes turns out to be somebody."""
        if self.persons and self.contacts:
            await tx.execute(
                "update chat_people set contact_id = $3 where tenant_id = $1 and id = $2",
                self.tenant,
                self.chance.choice(self.persons),
                self.chance.choice(self.contacts),
            )

    async def arrive(self, tx: Tx) -> None:
        """A chat is begun by a click."""
        if self.clicks and self.persons:
            arrival = Arrival(
                key=str(uuid7()),
                method="start",
                at=self.at,
                token=self.chance.choice(self.clicks).token,
                channel_id=self.channel,
                person_id=self.chance.choice(self.persons),
            )
            await clicks.arrive(tx, self.tenant, arrival)

    async def come(self, tx: Tx) -> None:
        """A page is opened by a click."""
        if self.clicks:
            arrival = Arrival(
                key=str(uuid7()),
                method="page",
                at=self.at,
                token=self.chance.choice(self.clicks[-5:]).token,
                visitor_id=self._visitor(),
            )
            await clicks.arrive(tx, self.tenant, arrival)

    async def lead(self, tx: Tx) -> None:
        await tx.execute(
            """
            insert into clientes (tenant_id, contact_id, nombre, source, created_at, state_since)
            values ($1, $2, 'x', 'manual', $3, $3)
            """,
            self.tenant,
            self.chance.choice([None, *self.contacts]),
            self.at,
        )

    async def sell(self, tx: Tx) -> None:
        sale = await self.sold(
            tx,
            contact=self.chance.choice([None, None, *self.contacts[-4:]]),
            person=self.chance.choice([None, *self.persons[-4:]]),
            visitor=self.chance.choice([None, self._visitor()]),
            token=self.chance.choice([None, None, *(one.token for one in self.clicks[-3:])]),
        )
        if self.chance.random() < 0.8:
            await tx.execute(
                """
                update sales set status = 'paid', paid_at = $3
                where tenant_id = $1 and id = $2
                """,
                self.tenant,
                sale,
                self.at,
            )
            self.sales.append(sale)

    async def sold(
        self,
        tx: Tx,
        *,
        contact: ContactId | None = None,
        person: UUID | None = None,
        visitor: VisitorId | None = None,
        token: str | None = None,
        test: bool = False,
    ) -> UUID:
        """What is not paid yet."""
        sale = uuid7()
        await tx.execute(
            """
            insert into sales (
                tenant_id, id, contact_id, person_id, visitor_id, click_token, source, status,
                amount_cents, currency, occurred_at, created_at, changed_at, test
            )
            values ($1, $2, $3, $4, $5, $6, 'api', 'pending', $7, $8, $9, $9, $9, $10)
            """,
            self.tenant,
            sale,
            contact,
            person,
            visitor,
            token,
            self.chance.randrange(1, 100_000),
            self.chance.choice(["PEN", "USD"]),
            self.at,
            test,
        )
        return sale

    async def refund(self, tx: Tx) -> None:
        """By the buyer's bank, where it may come again; and go, and come."""
        if self.sales:
            await tx.execute(
                """
                update sales
                set status = case status when 'paid' then 'charged_back' else 'paid' end,
                    refunded_cents = amount_cents - refunded_cents
                where tenant_id = $1 and id = $2 and paid_at is not null
                """,
                self.tenant,
                self.chance.choice(self.sales),
            )

    async def merge(self, tx: Tx) -> None:
        roots = {await contacts.root_of(tx, self.tenant, one) for one in self.contacts}
        if len(roots) > 1:
            one, into = self.chance.sample(sorted(root for root in roots if root), 2)
            self.merges.append(
                await contacts.merge(tx, self.tenant, one, into, by="x", now=self.at)
            )

    async def unmerge(self, tx: Tx) -> None:
        if self.merges:
            merge = self.merges.pop(self.chance.randrange(len(self.merges)))
            await contacts.undo(tx, self.tenant, merge.id, by="x", now=self.at)

    def _visitor(self) -> VisitorId:
        if self.visitors and self.chance.random() < 0.6:
            return self.chance.choice(self.visitors)
        self.visitors.append(VisitorId(f"v{len(self.visitors)}"))
        return self.visitors[-1]

    async def counted(self) -> dict[tuple[Any, ...], Counter[str]]:
        """What the hours and what is not added up yet say."""
        return await self._sums(
            """
            select * from report_hours where tenant_id = $1
            union all
            select tenant_id, axis, model, hour, place_id, currency, clicks, bots, visits, contacts,
                conversations, leads, sales, value_cents, refunded_cents
            from report_deltas where tenant_id = $1
            """
        )

    async def to_be_counted(self) -> dict[tuple[Any, ...], Counter[str]]:
        """The same, added up from clicks, arrivals and shares one by one."""
        return await self._sums(
            """
            select '' as axis, '' as model, date_trunc('hour', c.at, $2) as hour,
                report_place(source, link_id, campaign, adset, ad) as place_id, '' as currency,
                (nature = 'click')::int as clicks, (nature <> 'click')::int as bots,
                (nature = 'click' and exists (
                    select from click_arrivals a
                    where a.tenant_id = $1 and a.click_id = c.id and a.method = 'page'
                ))::int as visits,
                0 as contacts, 0 as conversations, 0 as leads, 0::bigint as sales,
                0::bigint as value_cents, 0::bigint as refunded_cents
            from clicks c where tenant_id = $1
            union all
            select axis, model,
                date_trunc('hour', case axis when 'event' then at else click_at end, $2),
                place_id, currency, 0, 0, 0,
                case kind when 'contact' then millionths else 0 end,
                case kind when 'conversation' then millionths else 0 end,
                case kind when 'lead' then millionths else 0 end,
                case kind when 'sale' then millionths else 0 end,
                value_cents, refunded_cents
            from report_shares cross join unnest(array['event', 'click']) as axis
            where tenant_id = $1
            """,
            self.zone,
        )

    async def _sums(self, sql: Any, *given: str) -> dict[tuple[Any, ...], Counter[str]]:
        found: dict[tuple[Any, ...], Counter[str]] = {}
        async with self.pool.transaction() as tx:
            for row in await tx.connection.fetch(sql, self.tenant, *given):
                place = (row["axis"], row["model"], row["hour"], row["place_id"], row["currency"])
                own = found.setdefault(place, Counter())
                for name in COLUMNS:
                    own[name] += row[name]
        return {place: own for place, own in found.items() if any(own.values())}

    async def credited(self) -> dict[tuple[str, str], UUID | None]:
        async with self.pool.transaction() as tx:
            rows = await tx.connection.fetch(
                "select kind, result_id, click_id from credits where tenant_id = $1", self.tenant
            )
        return {(row["kind"], row["result_id"]): row["click_id"] for row in rows}

    async def to_be_credited(self) -> dict[tuple[str, str], UUID | None]:
        """One result after the other, each by itself."""
        found: dict[tuple[str, str], UUID | None] = {}
        async with self.pool.transaction() as tx:
            for sale in self.sales:
                facts = await sales.facts(tx, self.tenant, sales.SaleId(sale))
                credit = await crediting.credit_sale(tx, self.tenant, facts, now=self.at)
                found["sale", str(sale)] = credit.click and credit.click.id
            for contact in self.contacts:
                root = await contacts.root_of(tx, self.tenant, contact)
                if root == contact:
                    known = await contacts.contact(tx, self.tenant, contact)
                    result = crediting.Result(at=known.created_at)
                    found["contact", contact] = await self._alone(tx, result, contact)
            for talk in await talks_of(tx, self.tenant, [], self.persons):
                assert talk.began_at is not None
                root = talk.contact_id and await contacts.root_of(tx, self.tenant, talk.contact_id)
                result = crediting.Result(
                    at=talk.began_at, person_id=talk.person_id, channel_id=talk.channel_id
                )
                found["conversation", str(talk.conversation_id)] = await self._alone(
                    tx, result, root
                )
        return found

    async def _alone(
        self, tx: Tx, result: crediting.Result, contact: ContactId | None
    ) -> UUID | None:
        persons = [result.person_id] if result.person_id else []
        visitors: list[VisitorId] = []
        if contact:
            family = [one.id for one in await contacts.kin(tx, self.tenant, [contact])]
            persons += [one.person_id for one in await talks_of(tx, self.tenant, family, [])]
            spans = await identity.visitors_of(tx, self.tenant, contact)
            visitors = [span.visitor_id for span in spans]
        found = await crediting.decide(tx, self.tenant, result, contact, persons, visitors)
        return found.click and found.click.id

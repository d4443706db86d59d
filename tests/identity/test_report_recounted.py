"""The linking report against the same numbers, counted one by one from the rows."""

import random
from collections import Counter
from datetime import UTC, date, datetime, timedelta
from statistics import median, quantiles
from typing import Any
from zoneinfo import ZoneInfo

from pista import contacts, identity
from pista.events import Range, read_range
from pista.identity import report
from pista.identity.model import ClaimId
from pista.ids import ContactId, TenantId
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres, Tx
from tests.contacts.conftest import found, new_tenant
from tests.events.conftest import flushed, make_line
from tests.identity.conftest import claim

# In these days the clock goes forward: one of them has 23 hours.
MADRID = ZoneInfo("Europe/Madrid")
START = datetime(2026, 3, 26, 22, tzinfo=UTC)
AFTER = datetime(2026, 4, 20, tzinfo=UTC)
DAYS = read_range("2026-03-28", "2026-03-31", MADRID, AFTER)
MINUTES = 6 * 24 * 60
LINKS = ("linked", "displaced", "forked")
DAY = timedelta(days=1)

Rows = list[dict[str, Any]]


class Happened:
    """Contacts, claims, merges and undos, of which chance says who and when."""

    def __init__(self, tx: Tx, tenant: TenantId, chance: random.Random) -> None:
        self.tx = tx
        self.tenant = tenant
        self.chance = chance
        self.people: list[ContactId] = []
        self.claims: list[ClaimId] = []

    async def all(self, times: int) -> None:
        for n in range(times):
            at = START + timedelta(minutes=MINUTES * n / times + self.chance.random())
            what = [self.contact, self.say, self.say, self.say, self.undo, self.merge]
            weights = [30, 20, 20, 20, 5, 5]
            await self.chance.choices(what, weights)[0](n, at)

    async def contact(self, n: int, at: datetime) -> None:
        made = await contacts.upsert(self.tx, self.tenant, found(crm_id=f"c{n}"), now=at)
        self.people.append(made.contact_id)

    async def say(self, n: int, at: datetime) -> None:
        if not self.people:
            return
        said = claim(
            self.chance.choice(("webhook", "ud", "manual", "whatsapp")),
            f"k{n}",
            visitor_id=f"v{self.chance.randrange(25)}",
            contact_id=self.chance.choice(self.people),
            at=at,
            fresh=self.chance.random() < 0.5,
        )
        self.claims.append((await identity.link(self.tx, self.tenant, said, now=at)).claim_id)

    async def undo(self, n: int, at: datetime) -> None:
        try:
            one = self.chance.choice(self.claims or [ClaimId(self.tenant)])
            await identity.undo(self.tx, self.tenant, one, by="Eva", now=at)
        except (identity.NothingToUndo, identity.ClaimNotFound):
            return

    async def merge(self, n: int, at: datetime) -> None:
        if not self.people:
            return
        one, into = self.chance.choices(self.people, k=2)
        try:
            await contacts.merge(self.tx, self.tenant, one, into, by="Eva", now=at)
        except contacts.OneAlready:
            return


async def test_every_number_is_what_the_rows_say(postgres: Postgres, clickhouse: ClickHouse):
    """
    Claims by method and day, contacts that have a visitor, and the seconds from form to link, also
    of a day whose clock changes and of the period before.
    """
    chance = random.Random(4)
    async with postgres.transaction() as tx:
        tenant = await new_tenant(tx)
        await Happened(tx, tenant, chance).all(320)
    forms = [
        (chance.randrange(25), START + timedelta(milliseconds=chance.randrange(MINUTES * 60_000)))
        for _ in range(250)
    ]
    lines = [make_line(at, visitor=n, tenant=tenant, event_type="FORM_SUBMIT") for n, at in forms]
    await flushed(clickhouse, *lines)

    told = await report.report(postgres, clickhouse, tenant, DAYS, site=None, now=AFTER)

    async with postgres.transaction() as tx:
        claims = await rows_of(tx, "link_claims", tenant)
        people = await rows_of(tx, "contacts", tenant)
        linked = {row["contact_id"] for row in await rows_of(tx, "visitor_contact", tenant)}
    earlier = read_range("2026-03-24", "2026-03-27", MADRID, AFTER)
    for period, here in ((DAYS, told.totals), (earlier, told.before)):
        own = [row for row in claims if period.start <= row["decided_at"] < period.end]
        came = arrived(people, linked, period)
        outcomes = Counter(row["outcome"] for row in own)
        assert here.claims == len(own) > 9
        assert (here.linked, here.waiting) == (outcomes["linked"], outcomes["waiting"])
        assert (here.links, here.undone) == (
            sum(outcomes[one] for one in LINKS),
            outcomes["undone"],
        )
        assert (here.contacts, here.contacts_linked) == (len(came), sum(one for _, one in came))
        assert timed(here.form_to_link) == seconds(own, forms)
    for method in told.methods:
        own = [row for row in claims if row["method"] == method.method and within(row, DAYS)]
        assert method.claims == len(own)
        assert timed(method.form_to_link) == seconds(own, forms)
    days = Counter(day_of(row["decided_at"]) for row in claims if row["outcome"] in LINKS)
    came = Counter(day for day, _ in arrived(people, linked, DAYS))
    has = Counter(day for day, one in arrived(people, linked, DAYS) if one)
    assert [(one.day, one.links, one.contacts, one.contacts_linked) for one in told.days] == [
        (day, days[day], came[day], has[day])
        for day in (date(2026, 3, 28) + n * DAY for n in range(4))
    ]
    for one in told.days:
        assert one.success_rate == round(has[one.day] / came[one.day], 6)


async def rows_of(tx: Tx, table: Any, tenant: TenantId) -> Rows:
    rows = await tx.connection.fetch(f"select * from {table} where tenant_id = $1", tenant)
    return [dict(row) for row in rows]


def day_of(at: datetime) -> date:
    return at.astimezone(MADRID).date()


def within(row: dict[str, Any], period: Range) -> bool:
    return period.start <= row["decided_at"] < period.end


def arrived(people: Rows, linked: set[str], period: Range) -> list[tuple[date, bool]]:
    """The day of each contact that is shown, and whether it or one that is part of it is linked."""
    above = {row["id"]: row["merged_into"] for row in people}

    def root(one: str) -> str:
        return root(above[one]) if above[one] else one

    roots = {root(one) for one in linked}
    return [
        (day_of(row["created_at"]), row["id"] in roots)
        for row in people
        if row["merged_into"] is None and period.start <= row["created_at"] < period.end
    ]


def seconds(claims: Rows, forms: list[tuple[int, datetime]]) -> tuple[Any, ...]:
    """How many links, of how many there was a form, and how long after it, half and 95 of 100."""
    links = [row for row in claims if row["outcome"] in LINKS]
    took: list[float] = []
    for row in links:
        before = [
            row["decided_at"] - at
            for n, at in forms
            if f"v{n}" == row["visitor_id"] and timedelta() <= row["decided_at"] - at <= DAY
        ]
        took += [one.total_seconds() for one in sorted(before)[:1]]
    if len(took) < 2:
        return len(links), len(took), *([round(one, 3) for one in took] * 2 or [None, None])
    last = quantiles(took, n=20, method="inclusive")[18]
    return len(links), len(took), round(median(took), 3), round(last, 3)


def timed(told: report.FormToLink) -> tuple[Any, ...]:
    p50, p95 = told.p50_seconds, told.p95_seconds
    rounded = [None if one is None else round(one, 3) for one in (p50, p95)]
    return told.links, told.with_form, *rounded

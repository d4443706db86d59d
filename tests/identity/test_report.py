"""What the linking report counts, and that it reads no more than its period."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import msgspec
import pytest

from pista import contacts, identity
from pista.events import Range, read_range
from pista.identity import report
from pista.identity.report import LinkingReport
from pista.ids import ContactId, SiteId, TenantId
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres, Tx
from tests.contacts.conftest import found, new_tenant
from tests.events.conftest import SITE, flushed, make_line
from tests.identity.conftest import claim

LIMA = ZoneInfo("America/Lima")
# In Lima it is still the evening of the 17th.
LATE = datetime(2026, 3, 18, 3, tzinfo=UTC)
SECOND, HOUR, DAY = timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
MARCH = read_range("2026-03-16", "2026-03-18", LIMA, LATE)
OTHER_SITE = SiteId(UUID("0190a000-0000-7000-8000-0000000000b2"))

Ask = Callable[..., Awaitable[LinkingReport]]


@pytest.fixture
async def tenant(postgres: Postgres) -> TenantId:
    async with postgres.transaction() as tx:
        return await new_tenant(tx)


@pytest.fixture
def ask(postgres: Postgres, clickhouse: ClickHouse, tenant: TenantId) -> Ask:
    async def asked(
        period: Range = MARCH, site: SiteId | None = None, now: datetime = LATE + 10 * DAY
    ) -> LinkingReport:
        return await report.report(postgres, clickhouse, tenant, period, site=site, now=now)

    return asked


class Shop:
    """Contacts and claims at chosen moments."""

    def __init__(self, postgres: Postgres, clickhouse: ClickHouse, tenant: TenantId) -> None:
        self.postgres = postgres
        self.clickhouse = clickhouse
        self.tenant = tenant
        self.number = 0

    async def contact(self, name: str, at: datetime) -> ContactId:
        async with self.postgres.transaction() as tx:
            made = await contacts.upsert(tx, self.tenant, found(crm_id=name), now=at)
        return made.contact_id

    async def say(self, method: str, visitor: str, contact: ContactId, at: datetime) -> str:
        self.number += 1
        said = claim(method, f"k{self.number}", visitor_id=visitor, contact_id=contact, at=at)
        async with self.postgres.transaction() as tx:
            return (await identity.link(tx, self.tenant, said, now=at)).outcome

    async def forms(self, *sent: tuple[int, datetime], **fields: Any) -> None:
        """Visitors `v1`, `v2`… and when each sent a form."""
        fields = {"event_type": "FORM_SUBMIT", "tenant": self.tenant, **fields}
        lines = [make_line(at, visitor=visitor, **fields) for visitor, at in sent]
        await flushed(self.clickhouse, *lines)


@pytest.fixture
def shop(postgres: Postgres, clickhouse: ClickHouse, tenant: TenantId) -> Shop:
    return Shop(postgres, clickhouse, tenant)


async def test_what_became_of_claims_by_method_and_day(shop: Shop, ask: Ask):
    """
    Days are the company's; the period before stands beside, and what is outside does not count.
    """
    ana, luis = await shop.contact("ana", LATE), await shop.contact("luis", LATE)
    said = [
        await shop.say("webhook", "v1", ana, LATE),
        await shop.say("ud", "v1", luis, LATE),
        await shop.say("webhook", "v1", luis, LATE + DAY),
        await shop.say("ud", "v2", luis, LATE + DAY),
        await shop.say("webhook", "v3", ana, LATE - 3 * DAY),
        await shop.say("webhook", "v4", ana, LATE - 9 * DAY),
    ]
    assert said == ["linked", "refused_strong", "forked", "waiting", "linked", "linked"]

    found = await ask()

    ud, webhook = sorted(found.methods, key=lambda one: one.method)
    assert (webhook.method, webhook.linked, webhook.forked, webhook.refused) == ("webhook", 1, 1, 0)
    assert (ud.method, ud.claims, ud.refused, ud.waiting, ud.linked) == ("ud", 2, 1, 1, 0)
    assert (found.totals.links, found.totals.claims) == (2, 4)
    assert [(day.day.day, day.links) for day in found.days] == [(16, 0), (17, 1), (18, 1)]
    assert (found.before.links, found.before.claims) == (1, 1)
    assert found.before_range.start == datetime(2026, 3, 13, 5, tzinfo=UTC)


async def test_how_many_contacts_of_a_day_have_a_visitor(shop: Shop, ask: Ask, postgres: Postgres):
    """
    Also by a link that came days later, and by one of a contact that was merged into it.
    """
    ana, luis = await shop.contact("ana", LATE), await shop.contact("luis", LATE)
    await shop.contact("eva", LATE)
    twin = await shop.contact("twin", LATE)
    await shop.say("webhook", "v1", ana, LATE + 30 * DAY)
    await shop.say("webhook", "v2", twin, LATE)
    async with postgres.transaction() as tx:
        await contacts.merge(tx, shop.tenant, twin, luis, by="Eva", now=LATE)

    found = await ask()

    [day] = [day for day in found.days if day.contacts]
    assert (day.day, day.contacts, day.contacts_linked) == (date(2026, 3, 17), 3, 2)
    assert day.success_rate == found.totals.success_rate == 0.666667
    assert found.before.success_rate is None


async def test_the_time_from_the_form_to_the_link(shop: Shop, ask: Ask):
    """
    Of the form nearest before: not a later one, nor one of another day, nor another visitor's.
    """
    ana = await shop.contact("ana", LATE)
    for n in range(1, 7):
        await shop.say("webhook", f"v{n}", ana, LATE)
    await shop.forms(
        (1, LATE - 2 * SECOND),
        (1, LATE - HOUR),
        (2, LATE - 4 * SECOND),
        (2, LATE - 5 * HOUR),
        (2, LATE + HOUR),  # and again later: the week's last form tells nothing
        (3, LATE + SECOND),
        (4, LATE - 25 * HOUR),
        (5, LATE - 10 * SECOND),
        (9, LATE - SECOND),
    )
    await shop.forms((6, LATE - SECOND), event_type="PAGE_VIEW")

    [webhook] = (await ask()).methods

    assert (webhook.form_to_link.links, webhook.form_to_link.with_form) == (6, 3)
    assert webhook.form_to_link.p50_seconds == 4
    assert webhook.form_to_link.p95_seconds == pytest.approx(9.4)


async def test_a_form_across_the_border_of_weeks(shop: Shop, ask: Ask):
    """
    One of Sunday night counts for a link of Monday, also beside one of later in the week.
    """
    monday = datetime(2026, 3, 16, 5, 0, 30, tzinfo=UTC)
    sunday = datetime(2026, 3, 15, 23, 59, tzinfo=UTC)
    ana = await shop.contact("ana", monday)
    await shop.say("webhook", "v1", ana, monday)
    await shop.forms((1, sunday), (1, monday + HOUR))

    [webhook] = (await ask()).methods

    assert webhook.form_to_link.p50_seconds == (monday - sunday).total_seconds()


async def test_of_one_site_those_who_were_seen_there(shop: Shop, ask: Ask):
    """
    And nothing of contacts, which are of no site.
    """
    ana = await shop.contact("ana", LATE)
    await shop.say("webhook", "v1", ana, LATE)
    await shop.say("webhook", "v2", ana, LATE)
    await shop.forms((1, LATE - 40 * DAY), event_type="PAGE_VIEW")
    await shop.forms((2, LATE - SECOND), site=OTHER_SITE)

    found, other = await ask(site=SITE), await ask(site=OTHER_SITE)

    assert (found.totals.links, found.totals.contacts, found.days[1].success_rate) == (
        1,
        None,
        None,
    )
    assert (other.totals.links, other.totals.form_to_link.p50_seconds) == (1, 1)
    assert not found.partial


async def test_another_company_is_not_counted(
    shop: Shop, postgres: Postgres, clickhouse: ClickHouse
):
    """
    Nor its contacts.
    """
    ana = await shop.contact("ana", LATE)
    await shop.say("webhook", "v1", ana, LATE)
    async with postgres.transaction() as tx:
        rivals = await new_tenant(tx, "rivales")

    theirs = await report.report(postgres, clickhouse, rivals, MARCH, site=None, now=LATE)

    assert (theirs.totals.claims, theirs.totals.contacts, theirs.methods) == (0, 0, [])


@pytest.mark.parametrize(
    ("start", "end", "now", "earlier"),
    [
        ("2026-03-16", "2026-03-18", "2026-04-01T00:00", ("2026-03-13T00:00", "2026-03-16T00:00")),
        # A morning is compared with a morning.
        ("2026-03-18", "2026-03-18", "2026-03-18T09:30", ("2026-03-17T00:00", "2026-03-17T09:30")),
        # What has not begun is compared with nothing.
        ("2026-03-18", "2026-03-18", "2026-03-10T09:30", ("2026-03-17T00:00", "2026-03-17T00:00")),
    ],
)
def test_the_period_before(start: str, end: str, now: str, earlier: tuple[str, str]):
    """
    Of the same length, up to the same moment of it.
    """
    at = datetime.fromisoformat(now).replace(tzinfo=LIMA)

    before = report.before(read_range(start, end, LIMA, at), at)

    assert tuple(f"{one:%Y-%m-%dT%H:%M}" for one in (before.start, before.end)) == earlier


def test_the_period_before_a_changed_clock():
    """
    A week before the week in which an hour is missing begins at midnight, too.
    """
    madrid = ZoneInfo("Europe/Madrid")
    now = datetime(2026, 5, 1, tzinfo=madrid)

    before = report.before(read_range("2026-03-26", "2026-04-01", madrid, now), now)

    assert before.start == datetime(2026, 3, 19, tzinfo=madrid)


@pytest.mark.parametrize(
    ("values", "share", "expected"),
    [([], 0.5, None), ([3.0], 0.95, 3.0), ([1.0, 2.0], 0.5, 1.5), ([1.0, 2.0, 4.0], 1.0, 4.0)],
)
def test_a_quantile(values: list[float], share: float, expected: float | None):
    """
    Between two values, in proportion.
    """
    assert report.quantile(values, share) == expected


@pytest.fixture
async def crowded(postgres: Postgres, tenant: TenantId) -> Postgres:
    """A year of a company that has 200,000 claims about 20,000 contacts."""
    async with postgres.transaction() as tx:
        for statement in (MANY_CONTACTS, MANY_CLAIMS, MANY_LINKS):
            await tx.execute(statement, tenant)
        await tx.execute("analyze contacts, link_claims, visitor_contact")
    return postgres


async def test_no_query_reads_all_claims(
    crowded: Postgres, clickhouse: ClickHouse, tenant: TenantId, monkeypatch: pytest.MonkeyPatch
):
    """
    Each statement of the report goes by an index that has a name, into a week of a year.
    """
    plans: list[tuple[set[str], int]] = []
    all_rows = Tx.all

    async def explained(self: Tx, kind: Any, sql: Any, *args: object) -> Any:
        if "from link_claims" in sql or "from contacts" in sql:
            [[plan]] = await self.connection.fetch(EXPLAIN + sql, *args)
            plans.append(_indexes(msgspec.json.decode(plan)[0]["Plan"]))
        return await all_rows(self, kind, sql, *args)

    monkeypatch.setattr(Tx, "all", explained)
    week = read_range("2026-03-12", "2026-03-18", LIMA, LATE)
    done = await report.report(crowded, clickhouse, tenant, week, site=None, now=LATE)

    assert done.totals.claims > 3_000
    assert {name for names, _ in plans for name in names} <= BY_PERIOD
    assert {"link_claims_decided", "link_claims_made", "contacts_newest"} <= BY_PERIOD
    assert max(rows for _, rows in plans) < 12_000


BY_PERIOD = {
    "link_claims_decided",
    "link_claims_made",
    "contacts_newest",
    "contacts_merged",
    "contacts_pkey",
    "visitor_contact_contact",
}
EXPLAIN: Any = "explain (analyze, format json) "


def _indexes(plan: dict[str, Any]) -> tuple[set[str], int]:
    """What a plan reads by, and the most rows that a node of it reads; a table that is read
    whole stands under its name."""
    here = {plan["Index Name"]} if "Index Name" in plan else set[str]()
    if plan["Node Type"] == "Seq Scan":
        here.add(f"the whole of {plan['Relation Name']}")
    below = [_indexes(one) for one in plan.get("Plans", [])]
    most = max([int(plan["Actual Rows"]), *(rows for _, rows in below)])
    return here.union(*(names for names, _ in below)), most


MANY_CONTACTS: Any = """
insert into contacts (tenant_id, id, source, created_at, updated_at)
select $1, 'cntct_' || lpad(n::text, 22, '0'), 'ghl', at, at
from generate_series(0, 19999) n
cross join lateral (select timestamptz '2026-03-18' - n * interval '26 minutes' as at) moment
"""
MANY_CLAIMS: Any = """
insert into link_claims (
    tenant_id, id, visitor_id, contact_id, method, strength, key, claimed_at, decided_at, outcome
)
select $1, gen_random_uuid(), 'v' || n, 'cntct_' || lpad((n % 20000)::text, 22, '0'), 'webhook',
    'strong', 'k' || n, at, at, (array['linked', 'already', 'waiting'])[n % 3 + 1]
from generate_series(1, 200000) n
cross join lateral (select timestamptz '2026-03-18' - n * interval '156 seconds' as at) moment
"""
MANY_LINKS: Any = """
insert into visitor_contact (
    tenant_id, visitor_id, contact_id, method, strength, linked_at, claim_id
)
select tenant_id, visitor_id, contact_id, method, strength, decided_at, id
from link_claims
where tenant_id = $1 and outcome = 'linked' and seq < 20000
"""

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
from pista.identity import forms, report, visitors
from pista.identity.report import LinkingReport
from pista.ids import ContactId, SiteId, TenantId, VisitorId
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres
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


async def test_what_a_visitor_did(shop: Shop, clickhouse: ClickHouse):
    """
    Its visits and its last form, for whoever has to say who it is; of this company alone.
    """
    await shop.forms((1, LATE - HOUR), (2, LATE), session=7)
    await shop.forms((1, LATE), (1, LATE + HOUR), event_type="PAGE_VIEW", session=8)

    found = await visitors.activity(clickhouse, shop.tenant, VisitorId("v1"))
    nobody = await visitors.activity(clickhouse, shop.tenant, VisitorId("v9"))

    assert (found.sessions, found.events, found.last_form_at) == (2, 3, LATE - HOUR)
    assert (found.first_seen_at, found.last_seen_at) == (LATE - HOUR, LATE + HOUR)
    assert [(one.started_at, one.page_views) for one in found.latest] == [
        (LATE, 2),
        (LATE - HOUR, 0),
    ]
    assert (nobody.sessions, nobody.last_seen_at, nobody.last_form_at) == (0, None, None)


async def test_forms_are_looked_for_in_their_hours(shop: Shop, clickhouse: ClickHouse):
    """
    Where the weeks do not tell, a few hours of the events are read and not the whole range.
    """
    for day in range(4):
        at = LATE + day * DAY
        await shop.forms(*((n, at + n * SECOND) for n in range(9_000)), event_type="PAGE_VIEW")
    explained: Any = "select explain from (explain indexes = 1 " + forms.FORMS + ")"
    where = {"tenant": shop.tenant, "visitors": ["v1"], "hours": [int(LATE.timestamp())]}
    lines = await clickhouse.all(_Line, explained, start=LATE, end=LATE + 4 * DAY, **where)

    granules = [line.explain.split(":")[1].strip() for line in lines if "Granules" in line.explain]
    assert "1/4" in granules


class _Line(msgspec.Struct):
    explain: str

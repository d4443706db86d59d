"""The shop's advertisements: who came by them and bought, told once however often it is told."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import UUID

from pista.accounts import service as accounts
from pista.attribution.report.creditor import Creditor
from pista.attribution.spend import queries as spend
from pista.clicks import LinkId
from pista.demo import traffic
from pista.demo.ads import Follower, moments, script, tell_costs
from pista.demo.ads.moments import Moments
from pista.demo.traffic import Scale
from pista.ids import TenantId
from pista.store.postgres import Postgres

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAYS = 3
SCALE = Scale(visits_a_day=120, grown_by=date(2026, 11, 20))
LINKS = {one.name: LinkId(UUID(int=place)) for place, one in enumerate(script.LINKS)}


def between(start: datetime, end: datetime) -> Moments:
    return moments.between(SCALE, traffic.between(SCALE, start, end), LINKS, start, end)


def test_pieces_of_time_fit_together():
    """
    What is told bit by bit, or again, is what would have been told at once; and in it nobody
    arrives by a click that nobody made.
    """
    borders = [NOON - timedelta(hours=hours) for hours in (48, 31, 30, 7, 0)]

    whole = between(borders[0], borders[-1])
    pieces = [between(start, end) for start, end in pairwise(borders)]

    for told, parts in (
        (whole.clicks, [one for piece in pieces for one in piece.clicks]),
        (whole.arrivals, [one for piece in pieces for one in piece.arrivals]),
        (whole.sales, [one for piece in pieces for one in piece.sales]),
    ):
        assert len(told) == len(parts)
        assert all(one in parts for one in told)
    tokens = {one.token for one in between(borders[0] - moments.LONGEST, NOON).clicks}
    assert len(whole.clicks) > 50
    assert {one.token for one in whole.arrivals} <= tokens
    assert {one.campaign for one in whole.clicks} == {ad.campaign_id for ad in script.ADS}


async def followed(postgres: Postgres, tenant: TenantId) -> list[tuple[str, int, int]]:
    """Tell of some days, with their costs; what the report then has of each campaign."""
    follower = await Follower.open(postgres, tenant, SCALE, "https://pista.example", NOON)
    start = NOON - timedelta(days=DAYS)
    await follower.follow(traffic.between(SCALE, start, NOON), start, NOON)
    await tell_costs(postgres, tenant, SCALE, DAYS, NOON)
    creditor = Creditor(postgres, lambda: NOON)
    while await creditor.work():
        continue
    await creditor.fold()
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch(
            """
            select p.campaign, sum(d.clicks)::int as clicks, sum(d.sales)::int as sales
            from report_days d
            join report_places p on p.tenant_id = d.tenant_id and p.id = d.place_id
            where d.tenant_id = $1 and d.axis in ('', 'event') and d.model in ('', 'all', 'last')
            group by 1 order by 1
            """,
            tenant,
        )
        costs = await spend.days(tx, tenant, NOON.date() - timedelta(days=DAYS), NOON.date())
        assert {one.currency for one in costs} == {"MXN", "BRL"}
        assert all(one.cost_cents >= 0 for one in costs)
    return [(row["campaign"], row["clicks"], row["sales"]) for row in rows]


async def test_telling_of_it_again_counts_nothing_twice(postgres: Postgres):
    """
    Each campaign has its clicks and some have sales; a demo that has forgotten what it told says
    all of it again, and the report is the same.
    """
    async with postgres.transaction() as tx:
        tenant = (await accounts.create_tenant(tx, "x", now=NOON)).id

    first = await followed(postgres, tenant)
    second = await followed(postgres, tenant)

    assert second == first
    clicks = {campaign: clicks for campaign, clicks, _ in first}
    assert all(clicks[ad.campaign_id] > 0 for ad in script.ADS)
    assert sum(sales for campaign, _, sales in first if campaign) > 0

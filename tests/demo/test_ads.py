"""The shop's advertisements: who came by them and bought, told once however often it is told."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from pista.accounts import service as accounts
from pista.attribution.report.creditor import Creditor
from pista.attribution.spend import queries as spend
from pista.clicks import LinkId
from pista.demo import desk, traffic
from pista.demo.ads import Follower, moments, script, tell_costs
from pista.demo.ads.moments import Moments
from pista.demo.chat.script import CUSTOMERS
from pista.demo.traffic import Scale
from pista.ids import TenantId
from pista.store.postgres import Postgres
from pista.store.secrets import Sealer

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAYS = 3
SCALE = Scale(visits_a_day=300, grown_by=date(2026, 11, 20))
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
        (whole.known, [one for piece in pieces for one in piece.known]),
        (whole.wrote, [one for piece in pieces for one in piece.wrote]),
        (whole.sales, [one for piece in pieces for one in piece.sales]),
    ):
        assert len(told) == len(parts)
        assert all(one in parts for one in told)
    tokens = {one.token for one in between(borders[0] - moments.LONGEST, NOON).clicks}
    assert len(whole.clicks) > 50
    assert {one.token for one in whole.arrivals} <= tokens
    assert {one.start for one in whole.wrote if one.start} <= tokens
    assert not {one.name for one in whole.wrote} & {one.name for one in CUSTOMERS}
    assert {one.nature for one in whole.clicks} == {"click", "preview"}
    assert {one.campaign for one in whole.clicks} == {
        *(ad.campaign_id for ad in script.ADS),
        "Perfil",
    }


class Line(NamedTuple):
    """What the report has of a campaign, or of what no click is known of."""

    clicks: int
    visits: int
    contacts: int
    conversations: int
    leads: int
    sales: int


async def followed(postgres: Postgres, tenant: TenantId, sealer: Sealer) -> dict[str, Line]:
    """Tell of some days, with their costs; the report's lines."""
    follower = await Follower.open(postgres, sealer, tenant, SCALE, "https://pista.example", NOON)
    staff = await desk.staff(postgres, tenant, NOON)
    leading = desk.Leading(postgres, tenant, staff, NOON, waits=True)
    start = NOON - timedelta(days=DAYS)
    came = await follower.follow(traffic.between(SCALE, start, NOON), start, NOON)
    await leading.lead(came)
    await tell_costs(postgres, tenant, SCALE, DAYS, NOON)
    creditor = Creditor(postgres, lambda: NOON)
    while await creditor.work():
        continue
    await creditor.fold()
    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch(
            """
            select p.campaign, sum(d.clicks)::int as clicks, sum(d.visits)::int as visits,
                sum(d.contacts)::int / 1000000 as contacts,
                sum(d.conversations)::int / 1000000 as conversations,
                sum(d.leads)::int / 1000000 as leads, sum(d.sales)::int / 1000000 as sales
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
    return {campaign: Line(*counts) for campaign, *counts in rows}


async def test_telling_of_it_again_counts_nothing_twice(postgres: Postgres, tmp_path: Path):
    """
    A demo that has forgotten what it told says all of it again, and the report is the same. What
    it says fits together: nobody is sold to whom nobody knows, and who becomes a lead is known.
    """
    async with postgres.transaction() as tx:
        tenant = (await accounts.create_tenant(tx, "x", now=NOON)).id
    sealer = Sealer(("x" * 32,), tmp_path)

    first = await followed(postgres, tenant, sealer)
    second = await followed(postgres, tenant, sealer)

    assert second == first
    pages = {ad.campaign_id for ads in script.PAGES.values() for ad in ads}
    chats = {chat.ad.campaign_id if chat.ad else "Perfil" for chat in script.CHATS}
    assert pages <= first.keys() <= pages | chats | {""}
    for campaign, line in first.items():
        assert line.clicks >= line.visits
        assert (line.visits > 0) == (campaign in pages)
    whole = Line(*map(sum, zip(*first.values(), strict=True)))
    assert whole.clicks > whole.visits > whole.contacts
    assert whole.contacts > whole.leads > whole.conversations > 0
    assert whole.leads > whole.sales
    assert sum(line.sales for campaign, line in first.items() if campaign) > 0
    assert min(first[""].sales, first[""].leads) > 0

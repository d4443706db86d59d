"""What was credited and counted along the way is what one would count in the end."""

import asyncio

import pytest

from pista.attribution import credit_queries
from pista.attribution.report import Creditor
from pista.ids import ContactId
from pista.store.postgres import Postgres
from tests.attribution.report.world import World, worked_off
from tests.clicks.conftest import clicked


@pytest.mark.parametrize("seed", range(4))
async def test_counts_along_the_way_are_those_of_the_end(postgres: Postgres, seed: int):
    """
    Whatever happens in whatever order, between the looks of several workers: each result is
    credited as if it were looked at alone, and every sum is that of what is stored.
    """
    # In India the hours begin when those of UTC are half over.
    zone = "Asia/Kolkata" if seed == 0 else "America/Lima"
    world = await World(postgres, seed, zone).begin()

    for _ in range(6):
        await world.happen(25)
        await worked_off(postgres, workers=1 + seed % 3)

    credited = await world.credited()
    expected = await world.to_be_credited()
    assert {key: credited[key] for key in expected} == expected
    assert await world.counted() == await world.to_be_counted()


async def test_a_contact_is_tied_to_the_click_that_their_sale_came_with(postgres: Postgres):
    """
    Whoever bought has clicked there, whether the shop says so at once, later, or before it is paid;
    a trial says nothing of anybody.
    """
    world = await World(postgres, 1).begin()
    made: list[ContactId] = []
    async with postgres.transaction() as tx:
        click = await clicked(tx, world.tenant, at=world.at, paid=True, campaign="verano")
        for _ in range(3):
            await world.contact(tx)
        made = world.contacts
        await world.sold(tx, contact=made[0], token=click.token)
        later = await world.sold(tx, contact=made[1])
        await world.sold(tx, contact=made[2], token=click.token, test=True)
    await worked_off(postgres)
    credited = await world.credited()
    assert [credited["contact", one] for one in made] == [click.id, None, None]

    async with postgres.transaction() as tx:
        await tx.execute("update sales set click_token = $2 where id = $1", later, click.token)
    await worked_off(postgres)
    credited = await world.credited()
    assert [credited["contact", one] for one in made] == [click.id, click.id, None]
    assert await world.counted() == await world.to_be_counted()


async def test_looking_again_changes_nothing(postgres: Postgres):
    """
    However often somebody is noted.
    """
    world = await World(postgres, 7).begin()
    await world.happen(60)
    await worked_off(postgres)
    before = await world.counted()

    async with postgres.transaction() as tx:
        await tx.execute(
            """
            insert into credit_due (tenant_id, subject)
            select tenant_id, 'contact:' || id from contacts
            union all
            select tenant_id, 'sale:' || id from sales
            """
        )
    await Creditor(postgres).work()

    async with postgres.transaction() as tx:
        assert await tx.value("select count(*) from report_deltas") == 0
    assert await world.counted() == before


async def test_another_window_is_of_everything(postgres: Postgres):
    """
    What was credited by the one before is credited anew, so that a report has one alone.
    """
    world = await World(postgres, 9).begin()
    await world.happen(120)
    await worked_off(postgres)
    before = await world.credited()

    async with postgres.transaction() as tx:
        await credit_queries.set_window(tx, world.tenant, 30)
    await worked_off(postgres)

    credited, expected = await world.credited(), await world.to_be_credited()
    assert {key: credited[key] for key in expected} == expected
    assert credited != before
    assert await world.counted() == await world.to_be_counted()


async def test_results_are_whole(postgres: Postgres):
    """
    By every model, each result is counted once, to the millionth and to the cent.
    """
    world = await World(postgres, 11).begin()
    await world.happen(120)
    await worked_off(postgres)

    async with postgres.transaction() as tx:
        rows = await tx.connection.fetch(
            """
            select m.model, s.kind, s.result_id, sum(s.millionths) as parts,
                sum(s.value_cents) as cents, max(x.amount_cents) as amount
            from unnest(array['last', 'first', 'linear']) as m (model)
            join report_shares s on s.model in ('all', m.model)
            left join sales x on s.kind = 'sale' and x.id::text = s.result_id
            group by 1, 2, 3
            """
        )
    assert {row["parts"] for row in rows} == {1_000_000}
    assert [row for row in rows if row["kind"] == "sale" and row["cents"] != row["amount"]] == []
    results = {(row["kind"], row["result_id"]) for row in rows}
    assert len(rows) == 3 * len(results)


async def test_what_a_worker_did_not_finish_is_done_by_the_next(postgres: Postgres):
    """
    A worker that ends in the middle has changed nothing, and what was noted is still noted.
    """
    world = await World(postgres, 3).begin()
    await world.happen(40)
    creditor = Creditor(postgres)

    for turn in range(12):
        task = asyncio.create_task(creditor.work())
        await asyncio.sleep(0.002 * turn)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    await worked_off(postgres)

    expected = await world.to_be_credited()
    credited = await world.credited()
    assert {key: credited[key] for key in expected} == expected
    assert await world.counted() == await world.to_be_counted()

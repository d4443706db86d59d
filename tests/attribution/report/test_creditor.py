"""What was credited and counted along the way is what one would count in the end."""

import asyncio

import pytest

from pista.attribution.report import Creditor
from pista.store.postgres import Postgres
from tests.attribution.report.world import World, worked_off


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
            select s.model, s.kind, s.result_id, sum(s.millionths) as parts,
                sum(s.value_cents) as cents, max(x.amount_cents) as amount
            from report_shares s
            left join sales x on s.kind = 'sale' and x.id::text = s.result_id
            group by 1, 2, 3
            """
        )
    assert {row["parts"] for row in rows} == {1_000_000}
    assert [row for row in rows if row["kind"] == "sale" and row["cents"] != row["amount"]] == []
    assert len({row["model"] for row in rows}) == 3


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

"""Vouchers go when no claim can lean on them any more."""

from datetime import timedelta
from typing import Any

import msgspec

from pista import identity
from pista.identity import Pruner, pruning
from pista.store import postgres as store
from pista.store.postgres import Lead, Postgres
from tests.contacts.conftest import new_tenant
from tests.identity.conftest import NOON, claim, links, new_contact

OLD: Any = """
insert into contact_vouchers (tenant_id, key, contact_id, vouched_at)
select $1, 'w' || n, $2, $3::timestamptz - n * interval '1 second'
from generate_series(1, 250) n
"""


async def test_old_vouchers_go_in_small_batches(
    postgres: Postgres, database: str, monkeypatch: Any
):
    """
    At most so many at a time and so many times; what may still count stays, and counts.
    """
    async with postgres.transaction() as tx:
        tenant = await new_tenant(tx)
        ana = await new_contact(tx, tenant, "ana")
        await tx.execute(OLD, tenant, ana, NOON - pruning.KEPT)
        await identity.vouch(tx, tenant, ana, "new", now=NOON)
    connection = await store.connect(database)
    lead = Lead(connection)
    monkeypatch.setattr(pruning, "MOST_BATCHES", 2)

    gone = [await pruning.prune(lead, NOON, batch=100) for _ in range(3)]

    assert gone == [200, 50, 0]
    async with postgres.transaction() as tx:
        assert await tx.value("select array_agg(key) from contact_vouchers") == ["new"]
        await identity.link(tx, tenant, claim("ud", "s1", contact_id=ana), now=NOON)
        assert len(await links(tx, tenant)) == 1
    await connection.close()


async def test_by_their_age_and_not_by_looking_at_all(postgres: Postgres):
    """
    An index tells which are old.
    """
    async with postgres.transaction() as tx:
        tenant = await new_tenant(tx)
        ana = await new_contact(tx, tenant, "ana")
        for _ in range(8):
            await tx.execute(OLD.replace("'w' || n", "gen_random_uuid()::text"), tenant, ana, NOON)
        await tx.execute("analyze contact_vouchers")
        explain: Any = "explain (format json) " + "delete from contact_vouchers"
        explain += " where vouched_at < $1"
        [[plan]] = await tx.connection.fetch(explain, NOON - timedelta(days=9))

    assert "contact_vouchers_age" in msgspec.json.encode(plan).decode()


async def test_the_chore_looks_once_a_minute(postgres: Postgres, database: str):
    """
    Not at every flush.
    """
    async with postgres.transaction() as tx:
        tenant = await new_tenant(tx)
        ana = await new_contact(tx, tenant, "ana")
    connection = await store.connect(database)
    chore, lead = Pruner(), Lead(connection)
    left: list[int] = []

    for _ in range(2):
        async with postgres.transaction() as tx:
            await identity.vouch(tx, tenant, ana, f"w{len(left)}", now=NOON)
        await chore(lead)
        async with postgres.transaction() as tx:
            left.append(await tx.value("select count(*) from contact_vouchers"))

    assert left == [0, 1]
    await connection.close()

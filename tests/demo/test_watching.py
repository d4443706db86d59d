"""What the shop watches, and what was given up there."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pista.accounts import service as accounts
from pista.alerts import service
from pista.demo import watching
from pista.demo.traffic import Scale
from pista.store.postgres import Postgres
from pista.store.secrets import Sealer

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
SCALE = Scale(visits_a_day=120, grown_by=date(2026, 11, 20))


def test_the_shop_was_too_full_once():
    """
    On the fullest day, the same at every call, and it is over; of today alone nothing is said.
    """
    found = watching.rush(SCALE, 30, NOON)

    assert found == watching.rush(SCALE, 30, NOON)
    assert found is not None
    assert found.value > found.limit > found.value_after
    assert found.fired_at < found.recovered_at < NOON - timedelta(days=1)
    assert watching.rush(SCALE, 1, NOON) is None


async def test_it_fired_and_recovered(postgres: Postgres, tmp_path: Path):
    """
    The rules are watched from now on; one of them has a past.
    """
    async with postgres.transaction() as tx:
        tenant = (await accounts.create_tenant(tx, "x", now=NOON)).id

    await watching.watch(postgres, Sealer(("x" * 32,), tmp_path), tenant, SCALE, 30, NOON)

    async with postgres.transaction() as tx:
        rules = {one.name: one for one in await service.rules(tx, tenant)}
        firings = await service.firings(tx, tenant, rule_id=None, state=None, before=None, limit=10)
    assert len(rules) == 3
    assert rules[watching.BUSY].state == "ok"
    [fired] = firings.items
    assert (fired.rule_name, fired.kind) == (watching.BUSY, "threshold")
    assert fired.recovered_at is not None

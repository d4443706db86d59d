"""Whoever names no site is not looked for each time, and a site that is made is found at once."""

from typing import Any

import pytest

from pista import accounts
from pista.accounts import NewSite
from pista.collect import Registry, queries, registry
from pista.collect.model import UnknownSite
from pista.store.postgres import Postgres, Tx
from tests.collect.conftest import NOW

FEW = 4


@pytest.fixture
def loads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """One for each time that all sites are loaded."""
    counted: list[str] = []
    original = queries.all_throttles

    async def counting(tx: Tx) -> Any:
        counted.append("loaded")
        return await original(tx)

    monkeypatch.setattr(queries, "all_throttles", counting)
    monkeypatch.setattr(registry, "LOOK_AGAIN_SECONDS", 0.0)
    monkeypatch.setattr(registry, "MOST_UNKNOWN", FEW)
    monkeypatch.setattr(registry, "UNKNOWN_SECONDS", 600.0)
    return counted


async def refused(sites: Registry, key: str) -> None:
    with pytest.raises(UnknownSite):
        await sites.find_by_key(key)


async def test_what_is_unknown_is_looked_for_once(postgres: Postgres, loads: list[str]):
    """
    A page with an old snippet asks all the time. Only so many are remembered, the latest, and
    however long they are.
    """
    sites = Registry(postgres, throttled=True)

    for _ in range(20):
        await refused(sites, "pk_wrong")
        with pytest.raises(UnknownSite):
            await sites.find("a" * 2**20, "b", "pk_wrong")
    assert len(loads) == 2
    for place in range(FEW):
        await refused(sites, f"pk_{place}")
    await refused(sites, f"pk_{FEW - 1}")
    assert len(loads) == 2 + FEW
    await refused(sites, "pk_wrong")

    assert len(loads) == 3 + FEW


@pytest.mark.parametrize("heard", [True, False], ids=["announced", "unheard"])
async def test_what_was_unknown_is_found_when_it_is_there(
    postgres: Postgres, loads: list[str], monkeypatch: pytest.MonkeyPatch, heard: bool
):
    """
    As soon as it is announced; and without that, when it was unknown for a while.
    """
    sites = Registry(postgres, throttled=True)
    await refused(sites, "pk_later")
    async with postgres.transaction() as tx:
        tenant = await accounts.create_tenant(tx, "flores", now=NOW, time_zone="UTC")
        made = await accounts.create_site(
            tx, tenant.id, NewSite(domains=["*"]), public_url="", now=NOW
        )
        await tx.execute("update sites set write_key = 'pk_later' where id = $1", made.id)
    await refused(sites, "pk_later")

    if heard:
        sites.changed()
    else:
        monkeypatch.setattr(registry, "UNKNOWN_SECONDS", 0.0)

    assert (await sites.find_by_key("pk_later")).id == made.id
    assert (await sites.find(str(tenant.id), str(made.id), "pk_later")).id == made.id

"""The links in memory: what is new is found at once, and what is as it was is not made again."""

import asyncio
from collections.abc import AsyncGenerator
from typing import Any, NoReturn

import pytest

from pista.clicks import Registry, link_queries, registry
from pista.ids import TenantId
from pista.store.postgres import Postgres
from tests.clicks.conftest import new_link, own_domain
from tests.contacts.conftest import new_tenant

OWN = "go.tienda.pe"


@pytest.fixture
async def company(postgres: Postgres) -> TenantId:
    async with postgres.transaction() as tx:
        return await new_tenant(tx)


@pytest.fixture
async def links(postgres: Postgres, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Registry]:
    monkeypatch.setattr(registry, "LOOK_SECONDS", 60.0)
    links = Registry(postgres)
    await links.load()
    yield links
    await links.stop()


async def test_whoever_misses_a_link_asks_for_that_alone(
    links: Registry, postgres: Postgres, company: TenantId, monkeypatch: pytest.MonkeyPatch
):
    """
    Not for those of every company: anybody may ask for what is nowhere, all the time. A domain that
    was added with the link is known with it, and what was never a link's end is not asked for.
    """

    async def refuse(*_: Any) -> NoReturn:
        raise AssertionError("all links were asked for")

    monkeypatch.setattr(link_queries, "leading", refuse)
    async with postgres.transaction() as tx:
        other = await new_tenant(tx, "otra")
        await new_link(tx, company, "nuevo", domain=OWN)
        await new_link(tx, other, "ajeno")
        await own_domain(tx, company, OWN)

    asked = [(OWN, "nuevo"), (OWN, "ajeno"), ("t.pe", "ajeno"), ("t.pe", "nuevo"), ("ñ\0", "no")]
    found = await asyncio.gather(*(links.find(host, slug) for host, slug in asked))
    nowhere = await links.find("t.pe", "no\0 link/")

    assert [one and one.tenant_id for one in found] == [company, None, other, None, None]
    assert nowhere is None
    assert links.is_own_domain(OWN)
    assert links.is_shared("t.pe")


async def test_what_is_as_it_was_is_not_made_again(
    links: Registry, postgres: Postgres, company: TenantId
):
    """
    To make thousands of links every few seconds would hold up every visitor.
    """
    async with postgres.transaction() as tx:
        for slug in ("uno", "dos", "tres"):
            await new_link(tx, company, slug)
    await links.load()
    before = [links.known("t.pe", slug) for slug in ("uno", "dos", "tres")]
    async with postgres.transaction() as tx:
        await tx.execute("update links set bot = 'otro_bot' where slug = 'uno'")
        await tx.execute("delete from links where slug = 'tres'")

    await links.load()

    uno, dos, tres = (links.known("t.pe", slug) for slug in ("uno", "dos", "tres"))
    assert uno is not None
    assert uno.goal == "otro_bot"
    assert dos is before[1]
    assert tres is None

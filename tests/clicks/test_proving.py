"""A domain is a company's own once a record of it says so, which name servers are asked for."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from pista import clicks, queue
from pista.clicks import Registry, links
from pista.clicks.proving import dns, queries, service
from pista.clicks.proving.dns import NoAnswer, Server
from pista.errors import StartError
from pista.ids import TenantId
from pista.settings import Settings, load
from pista.store.embedded.process import free_port
from pista.store.postgres import Postgres
from tests.contacts.conftest import new_tenant
from tests.events.writing import until
from tests.fakes.names import NameServer, open_name_server
from tests.rooms import AdminOf, admins

OWN = "go.tienda.pe"
RECORD = f"_pista.{OWN}"


@pytest.fixture
async def names() -> AsyncGenerator[NameServer]:
    async with open_name_server() as server:
        yield server


@pytest.fixture
async def admin_of(postgres: Postgres, names: NameServer) -> AsyncGenerator[AdminOf]:
    asked = Settings(public_url="https://pista.example", name_servers=(_at(names),))
    async with admins(postgres, links.routes, asked) as opened:
        yield opened


@pytest.fixture
async def companies(postgres: Postgres) -> tuple[TenantId, TenantId]:
    async with postgres.transaction() as tx:
        return await new_tenant(tx, "flores"), await new_tenant(tx, "otra")


def _at(names: NameServer) -> tuple[str, int]:
    return "127.0.0.1", names.port


async def _shown(client: httpx.AsyncClient, *way: str) -> dict[str, Any]:
    """The company's only domain, as it is after that."""
    answer = await client.request(*(way or ("GET", "/api/link-domains")))
    assert answer.status_code < 300, answer.text
    [domain] = answer.json()["items"]
    return domain


CHECK = ("POST", f"/api/link-domains/{OWN}/check")


async def test_the_first_to_prove_a_domain_has_it_and_the_other_is_told(
    admin_of: AdminOf,
    companies: tuple[TenantId, TenantId],
    names: NameServer,
    postgres: Postgres,
):
    """
    Both may want it, and the record of one is none of the other's. Until it is proven it is
    nobody's; whoever comes later is told at once.
    """
    owner, other = [await admin_of(company) for company in companies]
    registry = Registry(postgres)
    wanted = {"domain": OWN}
    for one in (other, owner):
        assert (await one.post("/api/link-domains", json=wanted)).status_code == 201
    mine, theirs = await _shown(owner), await _shown(other)
    assert (mine["record"], mine["provenAt"], mine["checkedAt"]) == (RECORD, None, None)
    assert mine["value"] != theirs["value"]

    assert (await _shown(owner, *CHECK))["why"] == "missing"
    names.is_down = True
    assert (await _shown(owner, *CHECK))["why"] == "unanswered"
    names.is_down = False
    names.texts[RECORD] = ["v=spf1 -all", f' "{mine["value"]}" ']
    assert (await _shown(other, *CHECK))["why"] == "other"
    await registry.load()
    assert not registry.is_own_domain(OWN)
    proven = await _shown(owner, *CHECK)

    assert (proven["why"], proven["provenAt"]) == (None, proven["checkedAt"])
    await registry.load()
    assert registry.is_own_domain(OWN)
    assert (await _shown(other, *CHECK))["why"] == "taken"
    names.texts[RECORD] = [theirs["value"]]
    assert (await _shown(other, *CHECK))["why"] == "taken"
    assert (await _shown(owner, *CHECK))["provenAt"] == proven["provenAt"]
    assert (await other.delete(f"/api/link-domains/{OWN}")).status_code == 204
    late = await other.post("/api/link-domains", json=wanted)
    assert (late.status_code, late.json()["code"]) == (409, "domain_taken")
    assert (await other.post(f"/api/link-domains/{OWN}/check")).status_code == 404


async def test_of_two_that_prove_it_at_once_one_has_it(
    admin_of: AdminOf, companies: tuple[TenantId, TenantId], postgres: Postgres
):
    """
    Whoever runs the domain wrote both records.
    """
    for company in companies:
        client = await admin_of(company)
        await client.post("/api/link-domains", json={"domain": OWN})

    async def prove(company: TenantId) -> str | None:
        async with postgres.of(company).transaction() as tx:
            claim = await queries.claim(tx, company, OWN)
            assert claim is not None
            return await service.note(tx, company, claim, None, now=datetime.now(UTC))

    found = await asyncio.gather(*(prove(company) for company in companies for _ in range(3)))

    winner = 0 if found[0] is None else 1
    assert set(found[winner * 3 :][:3]) == {None}
    assert set(found[(1 - winner) * 3 :][:3]) == {"taken"}


async def test_it_is_looked_for_by_itself(
    admin_of: AdminOf,
    companies: tuple[TenantId, TenantId],
    names: NameServer,
    database: str,
    postgres: Postgres,
):
    """
    By a worker: at once, and then again and again, until it is proven.
    """
    client = await admin_of(companies[0])
    await client.post("/api/link-domains", json={"domain": OWN})
    runner = queue.Runner(database, clicks.errands([_at(names)]))
    running = asyncio.create_task(runner.run())

    async def is_missing() -> bool:
        return (await _shown(client))["why"] == "missing"

    async def is_proven() -> bool:
        return (await _shown(client))["provenAt"] is not None

    await until(is_missing, 60.0)
    names.texts[RECORD] = [(await _shown(client))["value"]]
    async with postgres.transaction() as tx:
        # The pause is over.
        await tx.execute("update jobs set due_at = now()")
    await until(is_proven, 60.0)
    runner.stop()
    await running

    async with postgres.transaction() as tx:
        assert await tx.value("select count(*) from jobs") == 0


async def test_name_servers_are_asked_one_after_the_other(
    names: NameServer, monkeypatch: pytest.MonkeyPatch
):
    """
    A long answer comes by TCP, what follows an alias counts, and no such name is no text. What is
    not the answer is waited past.
    """
    monkeypatch.setattr(dns, "SECONDS", 3.0)
    gone = Server("127.0.0.1", free_port())
    here = Server(*_at(names))
    long = "x" * 700
    names.texts = {"a.example": ["one", "two"], "long.example": [long], "none.example": []}

    assert await dns.texts("a.example", [here]) == ["one", "two"]
    assert await dns.texts("a.example", [gone, here]) == ["one", "two"]
    assert await dns.texts("long.example", [here]) == [long]
    assert await dns.texts("none.example", [here]) == await dns.texts("b.example", [here]) == []
    names.is_down = True
    with pytest.raises(NoAnswer):
        await dns.texts("a.example", [here, gone])


def test_whom_to_ask_is_read_from_the_settings():
    """
    Addresses, with a port or without.
    """
    named = load({"PISTA_NAME_SERVERS": "9.9.9.9, [::1]:5353, 2620:fe::fe"}).name_servers

    assert dns.servers(named) == [("9.9.9.9", 53), ("::1", 5353), ("2620:fe::fe", 53)]
    with pytest.raises(StartError, match="PISTA_NAME_SERVERS must be addresses"):
        load({"PISTA_NAME_SERVERS": "dns.example"})

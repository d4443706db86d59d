"""Fifty who link one visitor at once, over two real web processes."""

import asyncio
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from pista import contacts
from pista.contacts import FoundContact
from pista.ids import ContactId
from pista.store.embedded.process import free_port
from pista.store.postgres import Postgres
from tests.crm.conftest import Company, company, house, make_company, outside, sender, work_off
from tests.crm.test_kills import is_up, web
from tests.crm.test_linking import CONTACT, PAGE, VISITOR, key
from tests.fakes.crm import LOCATION, Crm, workflow
from tests.timing import stretched

__all__ = ["company", "house", "key", "make_company", "outside", "sender", "work_off"]

MANY = 50
BY_HAND = "v1758565884546_by_hand"
WAITING: Any = """
select coalesce(max(extract(epoch from clock_timestamp() - query_start)), 0)::float8
from pg_stat_activity
where datname = current_database() and wait_event_type = 'Lock'
"""
LEFT: Any = """
select count(*)
from pg_locks
where locktype = 'advisory' and objsubid = 1
    and database = (select oid from pg_database where datname = current_database())
    and pid <> pg_backend_pid()
"""


@pytest.fixture
async def webs(
    database: str, company: Company, sender: Crm
) -> AsyncGenerator[list[httpx.AsyncClient]]:
    """Two web processes of their own on one database."""
    async with AsyncExitStack() as stack:
        clients: list[httpx.AsyncClient] = []
        for port in (free_port(), free_port()):
            stack.enter_context(web(database, port, "pista.cli"))
            address = f"http://127.0.0.1:{port}"
            client = httpx.AsyncClient(
                base_url=address,
                timeout=20,
                headers=company.client.headers,
                limits=httpx.Limits(max_connections=MANY),
            )
            clients.append(await stack.enter_async_context(client))
        for client in clients:
            await is_up(Crm(client, sender.path, sender.secret))
        yield clients


async def longest_wait(postgres: Postgres, done: asyncio.Event) -> float:
    """How long anybody has waited for a lock, in seconds."""
    longest = 0.0
    while not done.is_set():
        async with postgres.transaction() as tx:
            longest = max(longest, await tx.value(WAITING))
        await asyncio.sleep(0.02)
    return longest


async def locks_left(postgres: Postgres) -> int:
    async with postgres.transaction() as tx:
        return await tx.value(LEFT)


async def person(company: Company, crm_id: str) -> ContactId:
    found = FoundContact(source="ghl", trusted=True, crm_id=crm_id)
    async with company.postgres.transaction() as tx:
        made = await contacts.upsert(tx, company.tenant, found, now=datetime.now(UTC))
    return made.contact_id


async def watched(company: Company, work: Awaitable[Any]) -> float:
    """Do it; the answer is how long anybody waited for a lock meanwhile."""
    done = asyncio.Event()
    watch = asyncio.create_task(longest_wait(company.postgres, done))
    try:
        await work
    finally:
        done.set()
    return await watch


async def test_fifty_linkers_at_two_processes(
    company: Company,
    sender: Crm,
    key: str,
    webs: list[httpx.AsyncClient],
    work_off: Callable[[], Awaitable[None]],
):
    """
    One link, every claim in the log, no lock left behind, and nobody waits for a second: fifty by
    hand, and then as many webhooks, claims of pages and people, while a worker works them off.
    """
    ana = await person(company, CONTACT)
    before = await locks_left(company.postgres)

    waited = [
        await watched(company, by_hand_alone(webs, ana)),
        await watched(company, of_all_kinds(company, sender, key, webs, work_off, ana)),
    ]

    assert max(waited) < stretched(1)
    assert await locks_left(company.postgres) == before
    assert await logged(company, BY_HAND) == {"linked": 1, "already": MANY - 1}
    outcomes = await logged(company, VISITOR)
    assert outcomes.total() == MANY
    assert outcomes["linked"] + outcomes["confirmed"] in (1, 2)
    assert set(outcomes) <= {"linked", "confirmed", "already", "waiting"}
    async with company.postgres.transaction() as tx:
        rows: Any = await tx.connection.fetch(
            "select visitor_id, contact_id, strength from visitor_contact"
        )
    links = {(row[0], row[1], row[2]) for row in rows}
    assert links == {(BY_HAND, ana, "strong"), (VISITOR, ana, "strong")}


async def by_hand_alone(webs: list[httpx.AsyncClient], contact: ContactId) -> None:
    body = {"visitorId": BY_HAND, "contactId": contact}
    answers = await asyncio.gather(
        *(webs[n % 2].post("/api/linking/links", json=body) for n in range(MANY))
    )
    outcomes = Counter(answer.json()["outcome"] for answer in answers)
    assert outcomes == {"linked": 1, "already": MANY - 1}


async def of_all_kinds(
    company: Company,
    sender: Crm,
    key: str,
    webs: list[httpx.AsyncClient],
    work_off: Callable[[], Awaitable[None]],
    contact: ContactId,
) -> None:
    async def webhook(n: int) -> int:
        body = workflow(rstk_vid=VISITOR, tags=f"n{n}")
        headers = {"X-Webhook-Secret": sender.secret}
        return (await webs[n % 2].post(sender.path, json=body, headers=headers)).status_code

    async def page(n: int) -> int:
        seen = {"event": "ghl_update", "visitorId": VISITOR, "contactId": CONTACT}
        seen |= {"locationId": LOCATION, "submissionId": f"submission-{n:04}"}
        headers = {"Origin": PAGE}
        return (await webs[n % 2].post(f"/collect?k={key}", json=seen, headers=headers)).status_code

    async def by_hand(n: int) -> int:
        body = {"visitorId": VISITOR, "contactId": contact}
        return (await webs[n % 2].post("/api/linking/links", json=body)).status_code

    kinds = (webhook, page, by_hand)
    statuses = await asyncio.gather(*(kinds[n % 3](n) for n in range(MANY)), work_off())
    assert set(statuses[:-1]) == {200, 202}
    await work_off()


async def logged(company: Company, visitor: str) -> Counter[str]:
    async with company.postgres.transaction() as tx:
        rows: Any = await tx.connection.fetch(
            "select outcome from link_claims where visitor_id = $1", visitor
        )
    return Counter(row[0] for row in rows)

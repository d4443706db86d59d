"""Many who link one visitor at once, over real connections."""

import asyncio
import time
from collections import Counter
from collections.abc import AsyncGenerator, Awaitable, Callable

import pytest

from pista import contacts, identity
from pista.identity import Claim, Linked, queries, rules, service
from pista.ids import ContactId, TenantId, VisitorId
from pista.store import postgres as store
from pista.store.postgres import Postgres, Tx
from tests.contacts.conftest import found, new_tenant, somebody_waits
from tests.events.writing import until
from tests.identity.conftest import MINUTE, NOON, claim, links, new_contact, outcomes
from tests.timing import stretched

MANY = 50


@pytest.fixture
async def crowd(database: str) -> AsyncGenerator[Postgres]:
    """A pool of as many connections as there are linkers, all of them open."""
    pool = await store.open_pool(database, most=MANY)
    everybody = asyncio.Barrier(MANY)

    async def connect() -> None:
        async with pool.transaction():
            await everybody.wait()

    await asyncio.gather(*(connect() for _ in range(MANY)))
    yield pool
    await pool.close()


async def at_once(
    crowd: Postgres, tenant: TenantId, claims: list[Claim]
) -> tuple[list[Linked], float]:
    """Each on its own connection, all at the same moment; and how long the slowest took."""
    everybody = asyncio.Barrier(len(claims))

    async def one(said: Claim) -> tuple[Linked, float]:
        async with crowd.transaction() as tx:
            await everybody.wait()
            began = time.monotonic()
            done = await identity.link(tx, tenant, said, now=NOON)
        return done, time.monotonic() - began

    ended = await asyncio.gather(*(one(said) for said in claims))
    return [done for done, _ in ended], max(took for _, took in ended)


async def company(crowd: Postgres, *people: str) -> tuple[TenantId, list[ContactId]]:
    async with crowd.transaction() as tx:
        tenant = await new_tenant(tx)
        return tenant, [await new_contact(tx, tenant, name) for name in people]


async def locks_held(crowd: Postgres) -> int:
    async with crowd.transaction() as tx:
        return await tx.value(
            """
            select count(*)
            from pg_locks
            where locktype = 'advisory'
                and database = (select oid from pg_database where datname = current_database())
            """
        )


async def test_one_link_and_every_claim(crowd: Postgres):
    """
    Fifty linkers of one visitor: one link, all claims recorded, no lock left, nobody waits long.
    """
    tenant, [ana] = await company(crowd, "ana")
    webhooks = [claim("webhook", f"w{n}", contact_id=ana) for n in range(MANY // 2)]
    submits = [claim("ud", f"s{n}", contact_id=ana) for n in range(MANY // 2)]

    done, slowest = await at_once(crowd, tenant, [*webhooks, *submits])

    counts = Counter(one.outcome for one in done)
    assert counts["linked"] == 1
    assert counts["linked"] + counts["already"] + counts["waiting"] == MANY
    assert slowest < stretched(1)
    assert await locks_held(crowd) == 0
    async with crowd.transaction() as tx:
        assert await links(tx, tenant) == {"v1758565884546_xyz": ("ana", "strong")}
        assert sorted(await outcomes(tx, tenant)) == sorted(counts.elements())


async def test_the_same_message_fifty_times(crowd: Postgres):
    """
    One line in the log, and one answer.
    """
    tenant, [ana] = await company(crowd, "ana")

    done, _ = await at_once(crowd, tenant, [claim("webhook", "w", contact_id=ana)] * MANY)

    assert len(set(map(repr, done))) == 1
    async with crowd.transaction() as tx:
        assert await outcomes(tx, tenant) == ["linked"]


async def test_as_many_people_as_claims(crowd: Postgres):
    """
    One has the browser, each other one a fork of it, whoever comes first.
    """
    tenant, people = await company(crowd, *(f"c{n}" for n in range(10)))
    said = [claim("webhook", f"w{n}", contact_id=people[n % 10]) for n in range(MANY)]

    done, slowest = await at_once(crowd, tenant, said)

    counts = Counter(one.outcome for one in done)
    assert counts == {"linked": 1, "forked": 9, "already": 40}
    assert slowest < stretched(1)
    async with crowd.transaction() as tx:
        assert len(await links(tx, tenant)) == 10
        assert await tx.value("select count(distinct contact_id) from visitor_contact") == 10


async def test_one_voucher_and_many_browsers_at_the_same_moment(crowd: Postgres):
    """
    A message that vouches and twenty browsers that claim its contact, at once, in any order: none
    of them is linked, since nobody can tell which is the right one. One alone would be.
    """
    tenant, [ana, luis] = await company(crowd, "ana", "luis")
    everybody = asyncio.Barrier(23)

    async def vouch(contact: ContactId, key: str) -> None:
        async with crowd.transaction() as tx:
            await everybody.wait()
            await identity.vouch(tx, tenant, contact, key, now=NOON)

    async def submit(visitor: str, crm_id: str) -> None:
        said = claim("ud", f"of {visitor}", crm_id=crm_id, visitor_id=visitor)
        async with crowd.transaction() as tx:
            await everybody.wait()
            await identity.link(tx, tenant, said, now=NOON)

    await asyncio.gather(
        vouch(ana, "w1"),
        vouch(luis, "w2"),
        submit("luis", "luis"),
        *(submit(f"v{n}", "ana") for n in range(20)),
    )

    async with crowd.transaction() as tx:
        assert await links(tx, tenant) == {"luis": ("luis", "provisional")}


@pytest.mark.parametrize("first", ["vouch", "submit"])
async def test_a_voucher_and_a_claim_see_each_other(postgres: Postgres, first: str):
    """
    Whichever begins first and commits late: the other waits for it, and the visitor is linked.
    """
    tenant, [ana] = await company(postgres, "ana")

    async def vouch(tx: Tx) -> None:
        await identity.vouch(tx, tenant, ana, "w", now=NOON)

    async def submit(tx: Tx) -> None:
        await identity.link(tx, tenant, claim("ud", "s", crm_id="ana"), now=NOON)

    async def committed(step: Callable[[Tx], Awaitable[None]]) -> None:
        async with postgres.transaction() as tx:
            await step(tx)

    steps = [vouch, submit] if first == "vouch" else [submit, vouch]
    async with postgres.transaction() as tx:
        await steps[0](tx)
        second = asyncio.create_task(committed(steps[1]))
        await asyncio.sleep(0.1)
        assert not second.done()
    await second

    async with postgres.transaction() as tx:
        assert await links(tx, tenant) == {"v1758565884546_xyz": ("ana", "provisional")}


async def test_who_vouches_takes_browsers_in_one_order(postgres: Postgres):
    """
    Two browsers wait for the same message, and somebody has the first of them and comes to the
    second: neither waits for the other.
    """
    tenant, [ana] = await company(postgres, "ana")
    async with postgres.transaction() as tx:
        for ago, visitor in enumerate(("v1", "v2")):
            said = claim("ud", visitor, visitor_id=visitor, contact_id=ana, at=NOON - ago * MINUTE)
            await identity.link(tx, tenant, said, now=NOON)

    async def vouch() -> None:
        async with postgres.transaction() as tx:
            await identity.vouch(tx, tenant, ana, "w", now=NOON)

    async with postgres.transaction() as tx:
        await queries.lock_visitor(tx, tenant, VisitorId("v1"))
        vouched = asyncio.create_task(vouch())
        await until(lambda: somebody_waits(postgres), 60)
        await queries.lock_visitor(tx, tenant, VisitorId("v2"))
    await vouched

    async with postgres.transaction() as tx:
        assert await links(tx, tenant) == {}


async def test_messages_while_two_are_parted(crowd: Postgres):
    """
    Each is decided wholly before or wholly after: in the end every browser is whose the log says,
    and shared by the two where both were named on it.
    """
    tenant, [ana, luis] = await company(crowd, "ana", "luis")
    visitors = [VisitorId(f"v{n}") for n in range(4)]
    async with crowd.transaction() as tx:
        merge = await contacts.merge(tx, tenant, luis, ana, by="Eva", now=NOON)

    async def message(n: int) -> None:
        who = ("ana", "luis")[n % 2]
        async with crowd.transaction() as tx:
            told = await contacts.upsert(tx, tenant, found(crm_id=who), now=NOON)
            said = claim(
                "webhook", f"w{n}", visitor_id=visitors[n // 2 % 4], contact_id=told.contact_id
            )
            await identity.link(tx, tenant, said, now=NOON)

    async def part() -> None:
        async with crowd.transaction() as tx:
            await identity.unmerge(tx, tenant, merge.id, by="Eva", now=NOON)

    messages = [message(n) for n in range(MANY - 1)]
    await asyncio.gather(*messages[:20], part(), *messages[20:])

    async with crowd.transaction() as tx:
        for visitor in visitors:
            log = await queries.claims_of_visitor(tx, tenant, visitor)
            state = await service.state_of(tx, tenant, visitor)
            assert rules.replay(log).state == state
            assert state.base is not None
            assert {state.base.contact, *state.forks} == {ana, luis}

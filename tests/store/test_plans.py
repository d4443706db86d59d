"""Row-level security costs no index: what is listed and looked up is found as without it."""

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec
import pytest

from pista.contacts import queries as contacts
from pista.contacts import rules
from pista.contacts.model import Identity
from pista.identity import queries as identity
from pista.ids import ContactId, TenantId, VisitorId, uuid7
from pista.store.postgres import Postgres, Tx

PAGE = 51
ROWS = 20_000
SPARE_BLOCKS = 40
"""Of 8 KiB, for the policies' own; a table read from one end to the other has hundreds."""

FILL = """
insert into contacts (tenant_id, id, name, search, tags, source, created_at, updated_at)
select $1, 'cntct_' || lpad(n::text, 22, '0'), 'Ana Flores ' || n,
    array_to_tsvector(array['flores', 'n' || n, case n % 50 when 0 then 'tag=vip' else 'x' end]),
    '{}', 'test', now() - n * interval '1 minute', now()
from generate_series(1, $2::int) n;
"""
IDENTITIES = """
insert into contact_identities
    (tenant_id, kind, value, contact_id, strength, source, created_at)
select tenant_id, 'email', id || '@example.com', id, 'strong', 'test', created_at from contacts
"""
LINKS = """
insert into visitor_contact
    (tenant_id, visitor_id, contact_id, method, strength, linked_at, claim_id)
select tenant_id, 'v' || right(id, 8), id, 'webhook', 'strong', created_at, gen_random_uuid()
from contacts
"""
CLAIMS = """
insert into link_claims
    (tenant_id, id, visitor_id, contact_id, method, strength, key, claimed_at, decided_at, outcome)
select tenant_id, claim_id, visitor_id, contact_id, method, strength, visitor_id, linked_at,
    linked_at, 'linked'
from visitor_contact
"""

LookUp = Callable[[Tx, TenantId], Awaitable[Any]]
CONTACT = ContactId(f"cntct_{'123':0>22}")
VISITOR = VisitorId("v00000123")


class Measuring(Tx):
    """Runs each statement as `explain analyze`, and adds up the blocks that it reads."""

    def __init__(self, connection: Any) -> None:
        super().__init__(connection)
        self.blocks = 0

    async def all(self, kind: Any, sql: Any, *args: object) -> list[Any]:
        await self._measure(sql, args)
        return await super().all(kind, sql, *args)

    async def one_or_none(self, kind: Any, sql: Any, *args: object) -> Any:
        await self._measure(sql, args)
        return await super().one_or_none(kind, sql, *args)

    async def value(self, sql: Any, *args: object) -> Any:
        await self._measure(sql, args)
        return await super().value(sql, *args)

    async def _measure(self, sql: str, args: Any) -> None:
        explain = f"explain (analyze, buffers, format json) {sql}"
        [plan] = msgspec.json.decode(await self.connection.fetchval(explain, *args))
        self.blocks += plan["Plan"]["Shared Hit Blocks"] + plan["Plan"]["Shared Read Blocks"]


@pytest.fixture
async def tenant(postgres: Postgres) -> TenantId:
    """One of two companies with many contacts each."""
    tenants = [TenantId(uuid7()), TenantId(uuid7())]
    async with postgres.transaction() as tx:
        for one in tenants:
            await tx.execute("insert into tenants (id, name) values ($1, 'x')", one)
            await tx.execute(FILL, one, ROWS)
        for fill in (IDENTITIES, LINKS, CLAIMS):
            await tx.execute(fill)
        for table in ("contacts", "contact_identities", "visitor_contact", "link_claims"):
            await tx.connection.execute(f"analyze {table}")
        # As the vacuum that comes by itself would; until then what is new is read whole.
        await tx.value("select gin_clean_pending_list('contacts_search')")
    return tenants[0]


def searched(words: str, *exact: str) -> LookUp:
    async def look_up(tx: Tx, tenant: TenantId) -> list[ContactId]:
        return await contacts.page(tx, tenant, rules.query(words, *exact), None, None, PAGE)

    return look_up


NOBODY = "a word that nobody has"
LOOK_UPS: dict[str, LookUp] = {
    "the newest contacts": lambda tx, t: contacts.page(tx, t, None, None, None, PAGE),
    "a rare word": searched("n1234"),
    "a rare tag and a frequent word": searched("flores", "tag=vip"),
    NOBODY: searched("nobody"),
    "contacts as they are shown": lambda tx, t: contacts.families(tx, t, [CONTACT]),
    "whose an e-mail is": lambda tx, t: contacts.owners(
        tx, t, [Identity(kind="email", value=f"{CONTACT}@example.com")]
    ),
    "what a contact is known by": lambda tx, t: contacts.identities(tx, t, CONTACT),
    "a contact's visitors": lambda tx, t: identity.links_of(tx, t, CONTACT),
    "a visitor's contact": lambda tx, t: identity.link(tx, t, VISITOR),
    "the newest claims": lambda tx, t: identity.claims(tx, t, None, None, None, PAGE),
    "a visitor's claims": lambda tx, t: identity.claims_of_visitor(tx, t, VISITOR),
}


async def measured(postgres: Postgres, tenant: TenantId) -> dict[str, int]:
    """The blocks that each look-up reads."""
    read: dict[str, int] = {}
    async with postgres.transaction() as tx:
        for name, look_up in LOOK_UPS.items():
            measuring = Measuring(tx.connection)
            assert bool(await look_up(measuring, tenant)) == (name != NOBODY)
            read[name] = measuring.blocks
    return read


async def test_what_is_looked_up_is_read_as_without_policies(postgres: Postgres, tenant: TenantId):
    """
    Behind them no statement reads more of a company's rows than the owner of the tables does.
    """
    without = await measured(postgres, tenant)

    behind = await measured(postgres.of(tenant), tenant)

    more = {name: (without[name], behind[name]) for name in LOOK_UPS}
    assert {
        name: blocks for name, blocks in more.items() if blocks[1] > blocks[0] + SPARE_BLOCKS
    } == {}


async def test_the_search_past_the_policies_keeps_to_its_tenant(
    postgres: Postgres, tenant: TenantId
):
    """
    It runs as the owner, so that the index serves it; for another tenant than the one that the
    handle is bound to it finds nothing.
    """
    query = rules.query("flores")
    async with postgres.transaction() as tx:
        other = await tx.value("select id from tenants where id <> $1", tenant)

    async with postgres.of(tenant).transaction() as tx:
        assert len(await contacts.page(tx, tenant, query, None, None, 5)) == 5
        assert await contacts.page(tx, other, query, None, None, 5) == []
        await tx.value("select set_config('pista.tenant', '', true)")
        assert await contacts.page(tx, tenant, query, None, None, 5) == []

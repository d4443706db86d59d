"""How much a search reads, among many contacts and as a company's people do."""

from typing import LiteralString

import pytest

from pista.contacts import listing, queries, rules
from pista.contacts.listing import Filters
from pista.ids import ContactId, TenantId
from pista.store.postgres import Postgres, Tx
from tests.contacts.conftest import new_tenant

MANY = 30_000
OLD = 900
# What a search reads besides what it finds: there, and with the other company, in the one index.
WINDOW = 10_000

FILL: LiteralString = """
insert into contacts (tenant_id, id, source, created_at, updated_at, search)
select $1, 'cntct_' || lpad(n::text, 22, '0'), 'api', now() - n * interval '1 minute', now(),
    array_to_tsvector(array[
        'ana', 'n' || n, 'source=api', case when n > $2::int - $3::int then 'antigua' else 'x' end
    ])
from generate_series(1, $2::int) n
"""
# Rows of the table that this connection has read lately, whichever way.
READ: LiteralString = """
select (coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0))::bigint
from pg_stat_xact_user_tables
where relname = 'contacts'
"""


@pytest.fixture
async def tenant(postgres: Postgres) -> TenantId:
    """A company with many contacts, beside another that has as many."""
    async with postgres.transaction() as tx:
        tenants = [await new_tenant(tx, name) for name in ("flores", "otra")]
        for one in tenants:
            await tx.execute(FILL, one, MANY, OLD)
    await _analyze(postgres)
    return tenants[0]


async def _analyze(postgres: Postgres) -> None:
    async with postgres.transaction() as tx:
        await tx.execute("analyze contacts")


async def found(tx: Tx, tenant: TenantId, search: str) -> tuple[list[ContactId], int]:
    """Which contacts, and how many rows were read for that."""
    earlier = await tx.value(READ) or 0
    page = await queries.page(tx, tenant, rules.query(search), None, None, 50)
    return page, await tx.value(READ) - earlier


def ids(*numbers: int) -> list[str]:
    return [f"cntct_{number:022}" for number in numbers]


async def test_no_search_goes_through_all_contacts(postgres: Postgres, tenant: TenantId):
    """
    Neither for a word that only old contacts have, nor for one that a single one has, or nobody;
    a word that all have is met at once.
    """
    oldest = MANY - OLD + 1
    searches: list[tuple[str, list[str], int]] = [
        ("antigua", ids(*range(oldest, oldest + 50)), WINDOW + 2 * OLD),
        (f"n{MANY - 5}", ids(MANY - 5), WINDOW + 2),
        (f"ana n{MANY - 5}", ids(MANY - 5), WINDOW + 2),
        ("nadie", [], WINDOW),
        ("ana", ids(*range(1, 51)), 100),
    ]
    for words, expected, most in searches:
        async with postgres.of(tenant).transaction() as tx:
            shown, read = await found(tx, tenant, words)

        assert shown == expected, words
        assert read <= most, words


async def test_pages_of_a_search_follow_each_other(postgres: Postgres, tenant: TenantId):
    """
    Through both ways of searching: one page begins where the other ended, with none left out.
    """
    async with postgres.of(tenant).transaction() as tx:
        shown: list[str] = []
        before = None
        while len(shown) < OLD:
            page = await listing.listed(tx, tenant, Filters("antigua"), before=before, limit=200)
            shown += [one.id for one in page.items]
            before = page.next
    assert before is None
    assert shown == ids(*range(MANY - OLD + 1, MANY + 1))

"""Nothing about linking gets slower as claims grow: each statement goes by an index with a name."""

from typing import Any
from zoneinfo import ZoneInfo

import httpx
import msgspec
import pytest

from pista import identity
from pista.contacts.facts import Before
from pista.events import read_range
from pista.identity import report
from pista.identity.facts import facts
from pista.ids import ContactId
from pista.store.clickhouse import ClickHouse
from pista.store.postgres import Postgres, Tx
from tests.identity.conftest import NOON, claim
from tests.identity.test_routes import CLAIMS, add, client, make_client

__all__ = ["client", "make_client"]

EXPLAIN: Any = "explain (analyze, format json) "
TABLES = ("link_claims", "claim_reviews", "from contacts")
Plans = list[tuple[str, set[str], int]]


async def test_no_statement_reads_all_claims(
    client: httpx.AsyncClient,
    clickhouse: ClickHouse,
    postgres: Postgres,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    Among 200,000 claims of a year: the report reads a week, the lists and what decides a claim a
    few rows.
    """
    contact = await add(client, crmId="a1")
    async with postgres.transaction() as tx:
        tenant = await tx.value("select tenant_id from contacts")
        for statement in (MANY_CONTACTS, MANY_CLAIMS, MANY_LINKS, MANY_REVIEWS):
            await tx.execute(statement, tenant)
        await tx.execute("analyze contacts, link_claims, claim_reviews, visitor_contact")
    plans: Plans = []
    for name in ("all", "one", "one_or_none", "value"):
        _watch(monkeypatch, name, plans)

    week = read_range("2026-03-12", "2026-03-18", ZoneInfo("America/Lima"), NOON)
    done = await report.report(postgres, clickhouse, tenant, week, site=None, now=NOON)
    of_report = plans.copy()
    plans.clear()
    for params in ({}, {"outcome": "conflict"}, {"visitorId": "v77"}, {"contactId": contact}):
        assert (await client.get(CLAIMS, params=params)).status_code == 200
    assert (await client.get("/api/linking/reviews")).status_code == 200
    assert (await client.get("/api/linking/open")).status_code == 200
    async with postgres.transaction() as tx:
        said = claim("ud", "s1", contact_id=ContactId(contact))
        await identity.link(tx, tenant, said, now=NOON)
        told = await facts(tx, tenant, ContactId("cntct_" + "0" * 22), Before(NOON, "~"), 21)

    assert len(told) > 3
    assert done.totals.claims > 3_000
    assert {name for _, names, _ in (*of_report, *plans) for name in names} <= INDEXES
    assert max(rows for _, _, rows in of_report) < 12_000
    assert max(rows for _, _, rows in plans) <= 200
    assert (len(of_report), len(plans) > 10) == (6, True)


def _watch(monkeypatch: pytest.MonkeyPatch, name: str, plans: Plans) -> None:
    usual = getattr(Tx, name)

    async def explained(self: Tx, *args: Any) -> Any:
        sql, given = (args[0], args[1:]) if name == "value" else (args[1], args[2:])
        if any(table in sql for table in TABLES) and "update" not in sql:
            [[plan]] = await self.connection.fetch(EXPLAIN + sql, *given)
            plans.append((sql, *_read_by(msgspec.json.decode(plan)[0]["Plan"])))
        return await usual(self, *args)

    monkeypatch.setattr(Tx, name, explained)


def _read_by(plan: dict[str, Any]) -> tuple[set[str], int]:
    """By which indexes, and the most rows of one step; a table that is read whole stands under
    its name."""
    here = {plan["Index Name"]} if "Index Name" in plan else set[str]()
    if plan["Node Type"] == "Seq Scan":
        here.add(f"the whole of {plan['Relation Name']}")
    below = [_read_by(one) for one in plan.get("Plans", [])]
    most = max([int(plan["Actual Rows"]), *(rows for _, rows in below)])
    return here.union(*(names for names, _ in below)), most


INDEXES = {
    "link_claims_decided",
    "link_claims_made",
    "contacts_newest",
    "visitor_contact_contact",
    "claim_reviews_open",
    "claim_reviews_pkey",
    "claim_reviews_contact",
    "claim_reviews_visitor",
    "link_claims_key",
    "link_claims_pkey",
    "visitor_forks_pkey",
    "link_claims_newest",
    "link_claims_visitor",
    "link_claims_contact",
    "link_claims_told",
    "link_claims_outcome",
    "link_claims_unsigned",
    "link_claims_undoes",
    "link_claims_waiting",
    "contact_vouchers_used",
    "visitor_contact_pkey",
    "contacts_pkey",
    "contacts_merged",
    "contact_identities_contact",
    "contact_identities_pkey",
}
MANY_CONTACTS: Any = """
insert into contacts (tenant_id, id, source, created_at, updated_at)
select $1, 'cntct_' || lpad(n::text, 22, '0'), 'ghl', at, at
from generate_series(0, 19999) n
cross join lateral (select timestamptz '2026-03-18' - n * interval '26 minutes' as at) moment
"""
MANY_CLAIMS: Any = """
insert into link_claims (
    tenant_id, id, visitor_id, contact_id, method, strength, key, claimed_at, decided_at, outcome
)
select $1, gen_random_uuid(), 'v' || n, 'cntct_' || lpad((n % 20000)::text, 22, '0'), 'webhook',
    'strong', 'k' || n, at, at, (array['linked', 'already', 'waiting'])[n % 3 + 1]
from generate_series(1, 200000) n
cross join lateral (select timestamptz '2026-03-18' - n * interval '156 seconds' as at) moment
"""
MANY_LINKS: Any = """
insert into visitor_contact (
    tenant_id, visitor_id, contact_id, method, strength, linked_at, claim_id
)
select tenant_id, visitor_id, contact_id, method, strength, decided_at, id
from link_claims
where tenant_id = $1 and outcome = 'linked'
"""
MANY_REVIEWS: Any = """
insert into claim_reviews (
    tenant_id, claim_id, visitor_id, contact_id, opened_at, decision, decided_at
)
select tenant_id, id, visitor_id, contact_id, decided_at,
    case when seq % 100 > 0 then 'keep' end, case when seq % 100 > 0 then decided_at end
from link_claims
where tenant_id = $1 and outcome = 'waiting'
"""

"""Many webhooks at once come to the same as one after the other, and wait for nobody."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import msgspec

from pista import contacts, identity
from pista.contacts import Identity
from pista.contacts import queries as contact_queries
from pista.crm import jobs, many, queries, receiving, service
from pista.crm.model import NewWebhookSource, SourceRow, WebhookTaken
from pista.crm.receiving import ProcessWebhook
from pista.identity import queries as links
from pista.ids import TenantId, VisitorId
from pista.store import postgres as store
from pista.store.postgres import Postgres, Tx
from tests.contacts.conftest import found, new_tenant
from tests.crm.told import a_job
from tests.fakes.crm import marketplace, workflow
from tests.identity.conftest import claim

V = "v1758565884546_{:07}"
KNOWN, SHARED, AWAITED = "known@mail.example", "two@mail.example", "awaitedByAPage123456"


def payloads() -> list[dict[str, Any]]:
    """One of nearly every kind, each with a name of its own."""
    now = datetime.now(UTC)
    visitors = (V.format(number) for number in range(100))
    plain: list[dict[str, Any]] = [
        {"customData": {"rstk_vid": next(visitors), "plan": "anual", "campaign": "julio"}},
        {"rstk_vid": next(visitors), "tags": "a,b,a", "phone": "991 234 871"},
        {"date_created": now.isoformat()},
        {"rstk_vid": "{{contact.rstk_vid}}", "phone": "00000"},
    ]
    crowd: list[dict[str, Any]] = [
        {"email": KNOWN, "rstk_vid": next(visitors)},
        {"email": SHARED, "rstk_vid": next(visitors)},
        {"email": SHARED, "rstk_vid": next(visitors)},
        {"rstk_vid": V.format(200)},
        {"rstk_vid": V.format(200)},
        {"rstk_vid": V.format(300)},
        {"contact_id": AWAITED, "date_created": now.isoformat()},
        {"contact_id": "", "email": "null", "phone": ""},
        {
            "contact_id": "null",
            "email": "only.mail@mail.example",
            "phone": "",
            "rstk_vid": V.format(5),
        },
    ]
    told = [
        workflow(
            f"contact-of-{n:010}",
            **{"email": f"{n}@mail.example", "phone": f"+51991234{n:03}"} | one,
        )
        for n, one in enumerate([*plain, *crowd])
    ]
    apps = [
        marketplace(
            "app-1",
            email="app@mail.example",
            phone="",
            customFields=[{"id": "x", "value": V.format(9)}],
        )
    ]
    apps += [
        marketplace(
            "app-2",
            email="late@mail.example",
            phone="",
            dateUpdated=(now - timedelta(days=1)).isoformat(),
        )
    ]
    apps += [marketplace("app-3", type="OrderCreate")]
    for number, one in enumerate([*told, *apps]):
        one["name"] = one["full_name"] = f"Number {number:02}"
    return [*told, *apps]


class Company(NamedTuple):
    tenant: TenantId
    source: SourceRow


async def company(tx: Tx) -> Company:
    """One that knows somebody, and one browser; a page has claimed another for a CRM's contact."""
    now, tenant = datetime.now(UTC), await new_tenant(tx)
    known = await contacts.upsert(tx, tenant, found(email=KNOWN, name="Known"), now=now)
    said = claim("webhook", "w", contact_id=known.contact_id, visitor_id=V.format(300), at=now)
    await identity.link(tx, tenant, said, now=now)
    page = claim("ud", "s", crm_id=AWAITED, visitor_id=V.format(400), at=now)
    await identity.link(tx, tenant, page, now=now)
    made = await service.create(tx, tenant, NewWebhookSource(kind="ghl", name="GHL"), now=now)
    source = await queries.source(tx, tenant, made.id)
    assert source is not None
    about = receiving.order_key(source.id, "app-2")
    await queries.newest(tx, tenant, [queries.Version(source.id, about, now)])
    return Company(tenant, source)


async def received(tx: Tx, to: Company, sent: Sequence[dict[str, Any]]) -> list[ProcessWebhook]:
    taken = [
        await receiving.take(tx, to.source, msgspec.json.encode(one), now=datetime.now(UTC))
        for one in sent
    ]
    return [ProcessWebhook(received_id=one.id) for one in taken if isinstance(one, WebhookTaken)]


async def alone(tx: Tx, to: Company, works: Sequence[ProcessWebhook]) -> None:
    for work in works:
        await jobs.process(tx, a_job(to.tenant), work)


async def all_that_is_known(tx: Tx, to: Company) -> dict[str, list[tuple[Any, ...]]]:
    """Without ids and times, which are another's each time."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    for name, statement in KNOWLEDGE.items():
        rows = await tx.connection.fetch(statement, to.tenant)
        found[name] = sorted((tuple(row.values()) for row in rows), key=repr)
    return found


async def test_together_comes_to_the_same_as_one_after_the_other(tx: Tx):
    """
    Contacts and what they are found and known by, links, claims, vouchers, questions, and what is
    said of each webhook. Whoever is known, or named twice, is left to be worked off alone.
    """
    sent = payloads()
    one_by_one, at_once = await company(tx), await company(tx)
    await alone(tx, one_by_one, await received(tx, one_by_one, sent))
    works = await received(tx, at_once, sent)
    left = await many.process(tx, at_once.tenant, works)
    await alone(tx, at_once, [works[place] for place in left])

    assert left == [4, 5, 6, 7, 8, 9, 10, 11, 14, 15]
    assert await all_that_is_known(tx, at_once) == await all_that_is_known(tx, one_by_one)


async def test_a_group_waits_for_nobody(database: str, postgres: Postgres):
    """
    Whoever is told of in this moment, by e-mail, visitor or CRM's id, is left; the others are not.
    """
    async with postgres.transaction() as tx:
        to = await company(tx)
        works = await received(tx, to, payloads()[:4])
    pool = await store.open_pool(database)
    async with pool.transaction() as other:
        await contact_queries.lock_identities(
            other, to.tenant, [Identity("email", "0@mail.example")]
        )
        await links.lock_visitor(other, to.tenant, VisitorId(V.format(1)))
        async with asyncio.timeout(20), postgres.transaction() as tx:
            assert await many.process(tx, to.tenant, works) == [0, 1]
    await pool.close()

    async with postgres.transaction() as tx:
        assert await many.process(tx, to.tenant, works) == [2, 3]


KNOWLEDGE = {
    "contacts": """
        select name, email, phone, crm_id, attributes, tags, source, search::text, merged_into
        from contacts where tenant_id = $1
    """,
    "identities": """
        select i.kind, i.value, i.strength, i.source, c.name
        from contact_identities i join contacts c on c.id = i.contact_id
        where i.tenant_id = $1
    """,
    "claims": """
        select l.visitor_id, c.name, l.crm_id, l.method, l.strength, l.outcome, l.decided_by
        from link_claims l left join contacts c on c.id = l.contact_id
        where l.tenant_id = $1
    """,
    "links": """
        select case when v.visitor_id like 'fork%' then 'fork' else v.visitor_id end, c.name,
            v.method, v.strength, l.outcome
        from visitor_contact v
        join contacts c on c.id = v.contact_id
        join link_claims l on l.id = v.claim_id
        where v.tenant_id = $1
    """,
    "vouchers": """
        select c.name, v.used_by is null
        from contact_vouchers v join contacts c on c.id = v.contact_id
        where v.tenant_id = $1
    """,
    "questions": """
        select c.name, r.visitor_id, r.decision, null
        from claim_reviews r join contacts c on c.id = r.contact_id
        where r.tenant_id = $1
        union all
        select c.name, r.visitor_id, r.reason, r.value
        from contact_reviews r join contacts c on c.id = r.contact_id
        where r.tenant_id = $1
    """,
    "webhooks": """
        select w.state, w.detail, w.visitor_id, w.linking, c.name, w.finished_at is null
        from webhooks w left join contacts c on c.id = w.contact_id
        where w.tenant_id = $1
    """,
    "versions": "select count(*) from webhook_contacts where tenant_id = $1",
}

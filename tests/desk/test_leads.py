"""Leads from elsewhere: by the company's rules, once for each person."""

import asyncio
from collections.abc import Generator
from typing import Any

import pytest

from pista import contacts, crm, desk
from pista.accounts import Role
from pista.contacts import FoundContact, leads
from pista.contacts.leads import Lead
from pista.ids import ContactId, TenantId
from pista.queue import Runner
from pista.store.postgres import Postgres
from tests.desk.conftest import NOW, Agent, Sit, later
from tests.desk.test_settings import PLAIN
from tests.events.writing import until

SETTINGS = "/api/desk/settings"
ALL = ["form", "whatsapp", "telegram", "crm"]


@pytest.fixture
async def admin(sit: Sit) -> Agent:
    return await sit("alba", Role.ADMIN)


@pytest.fixture
async def contact(postgres: Postgres, tenant: TenantId) -> ContactId:
    found = FoundContact(source="whatsapp", trusted=True, name="Rosa Luna", phone="+51961508001")
    async with postgres.transaction() as tx:
        return (await contacts.upsert(tx, tenant, found, now=NOW)).contact_id


@pytest.fixture
def registered() -> Generator[None]:
    """As the worker does at its start."""
    leads.register(desk.hear_lead)
    yield
    leads.forget(desk.hear_lead)


async def allow(admin: Agent, sources: list[str], days: int | None = None) -> None:
    rules = {"sources": sources, "reopenAfterDays": days}
    await admin.ok("PUT", SETTINGS, json={**PLAIN, "leads": rules})


async def heard(postgres: Postgres, tenant: TenantId, lead: Lead) -> None:
    async with postgres.of(tenant).transaction() as tx:
        await desk.hear_lead(tx, tenant, [lead])


async def shown(agent: Agent) -> list[dict[str, Any]]:
    return (await agent.ok("GET", "/api/clientes"))["items"]


async def test_nothing_comes_by_itself_until_it_is_set(
    admin: Agent, postgres: Postgres, tenant: TenantId, contact: ContactId
):
    """
    And then from where it was set; other settings leave that as it is.
    """
    await heard(postgres, tenant, Lead(contact, "whatsapp"))
    await allow(admin, ["crm"])
    await heard(postgres, tenant, Lead(contact, "whatsapp"))
    assert await shown(admin) == []

    await heard(postgres, tenant, Lead(contact, "crm", "mayo"))

    [made] = await shown(admin)
    assert (made["nombre"], made["telefono"]) == ("Rosa Luna", "+51961508001")
    assert (made["source"], made["campaign"], made["contact_id"]) == ("crm", "mayo", contact)
    [line] = await admin.history(made["id"])
    assert line["by"] == {"kind": "system", "person": None}
    kept = await admin.ok("PUT", SETTINGS, json=PLAIN)
    assert kept["leads"]["sources"] == ["crm"]


async def test_a_person_has_one_case_at_a_time(
    admin: Agent, ana: Agent, postgres: Postgres, tenant: TenantId, contact: ContactId
):
    """
    However often and however many at once they are heard of; what came back begins again.
    """
    await allow(admin, ALL, days=7)
    lead = Lead(contact, "telegram")

    await asyncio.gather(*[heard(postgres, tenant, lead) for _ in range(8)])

    [made] = await shown(admin)
    path = f"/api/clientes/{made['id']}"
    await admin.derive(made["id"], ana)
    await heard(postgres, tenant, lead)
    assert (await shown(admin))[0]["asesor_nombre"] == "ana"
    await ana.ok("POST", f"{path}/give-back", json={"why": "No contesta"})
    await asyncio.gather(*[heard(postgres, tenant, lead) for _ in range(4)])
    assert await admin.moves(made["id"]) == ["create", "derive", "give_back", "reopen"]
    await admin.derive(made["id"], ana)
    token = await ana.open(made["id"])
    await ana.ok("POST", f"{path}/complete-wizard", json={"lockToken": token})
    await heard(postgres, tenant, lead)
    assert (await admin.moves(made["id"]))[-1] == "complete"
    await later(postgres, 8 * 86_400)
    await heard(postgres, tenant, lead)
    assert (await admin.moves(made["id"]))[-1] == "reopen"
    assert len(await shown(admin)) == 1


async def test_a_case_that_is_under_way_is_the_one(
    admin: Agent, ana: Agent, postgres: Postgres, tenant: TenantId, contact: ContactId
):
    """
    Also where the person has a newer one that came back; and two leads of them at once are one.
    """
    await allow(admin, ["whatsapp"], days=0)
    older, newer = [(await admin.enter(contactId=contact))["id"] for _ in range(2)]
    await admin.derive(newer, ana)
    await ana.ok("POST", f"/api/clientes/{newer}/give-back", json={"why": "No contesta"})
    lead = Lead(contact, "whatsapp")

    async with postgres.of(tenant).transaction() as tx:
        await desk.hear_lead(tx, tenant, [lead, lead])
        await desk.hear_leads_again(tx, tenant, "whatsapp", [contact])
    assert (await admin.moves(newer))[-1] == "give_back"

    await admin.derive(older, ana)
    await ana.ok("POST", f"/api/clientes/{older}/give-back", json={"why": "No contesta"})
    async with postgres.of(tenant).transaction() as tx:
        await desk.hear_lead(tx, tenant, [lead, lead])
    assert [(await admin.moves(one))[-1] for one in (older, newer)] == ["give_back", "reopen"]


async def test_somebody_who_writes_again_is_heard(
    admin: Agent, ana: Agent, postgres: Postgres, tenant: TenantId, contact: ContactId
):
    """
    A case that is under way stays as it is, one that came back or was done long ago begins again,
    and who has none gets one; also where they were merged into another meanwhile.
    """

    async def again(*people: ContactId) -> None:
        async with postgres.of(tenant).transaction() as tx:
            await desk.hear_leads_again(tx, tenant, "whatsapp", people)

    await again(contact)
    await allow(admin, ["form"])
    await again(contact)
    assert await shown(admin) == []
    await allow(admin, ["whatsapp"], days=7)
    other = FoundContact(source="whatsapp", trusted=True, name="R. Luna", email="rosa@mail.pe")
    async with postgres.transaction() as tx:
        twin = (await contacts.upsert(tx, tenant, other, now=NOW)).contact_id

    await again(contact)
    [made] = await shown(admin)
    await admin.ok("POST", f"/api/contacts/{contact}/merge", json={"contactId": twin})
    await again(contact, twin)
    await admin.derive(made["id"], ana)
    await again(contact)
    assert await admin.moves(made["id"]) == ["create", "derive"]
    await ana.ok("POST", f"/api/clientes/{made['id']}/give-back", json={"why": "No contesta"})
    await again(twin, contact)
    assert (await admin.moves(made["id"]))[-1] == "reopen"
    assert len(await shown(admin)) == 1


@pytest.mark.usefixtures("registered")
async def test_a_webhook_of_a_crm_becomes_a_cliente(
    admin: Agent, postgres: Postgres, database: str, tenant: TenantId
):
    """
    From the door to the desk; the same webhook again makes no second one.
    """
    await allow(admin, ["crm"])
    new = {"kind": "generic", "name": "crm", "mapping": {"email": "email", "name": "name"}}
    source = await admin.ok("POST", "/api/webhook-sources", json=new)
    path = f"/webhooks/contacts/{source['id']}/{source['secret']}"
    for _ in range(2):
        await admin.ok("POST", path, json={"email": "rosa@mail.pe", "name": "Rosa Luna"})
    runner = Runner(database, crm.handlers)
    running = asyncio.create_task(runner.run())

    async def is_done() -> bool:
        async with postgres.transaction() as tx:
            return not await tx.value("select count(*) from jobs")

    await until(is_done, 60)
    runner.stop()
    await running

    [made] = await shown(admin)
    assert (made["nombre"], made["email"], made["source"]) == ("Rosa Luna", "rosa@mail.pe", "crm")

"""What an admin sees of sources and webhooks, and working off once more."""

from collections.abc import Awaitable, Callable
from typing import Any
from uuid import uuid4

import httpx
import pytest

from tests.crm.conftest import SOURCES, Company, source_id
from tests.fakes.crm import Crm, workflow

MAPPING = {"email": "data.mail", "name": "data.who"}


async def _listed(company: Company) -> dict[str, Any]:
    [source] = (await company.client.get(SOURCES)).json()["items"]
    return source


async def test_the_list_tells_how_much_came_and_failed(
    company: Company,
    sender: Crm,
    work_off: Callable[[], Awaitable[None]],
    monkeypatch: pytest.MonkeyPatch,
):
    """
    Of the last day; what a worker gave up stands beside it, unless nobody can read any more which
    webhook that was.
    """
    await sender.post(workflow())
    await work_off()
    async with company.postgres.transaction() as tx:
        await tx.execute("update webhooks set received_at = now() - interval '2 days'")
    await sender.post(workflow())
    await sender.post(workflow())
    async with company.postgres.transaction() as tx:
        await tx.execute(
            """
            update jobs set state = 'dead', error = 'broken', died_at = now()
            where id = (select max(id) from jobs)
            """
        )
        await tx.execute(
            """
            insert into jobs (tenant_id, kind, queue, payload, state, error, enqueued_at, died_at)
            select tenant_id, kind, queue, '{"received": "x"}', state, error, enqueued_at, died_at
            from jobs where state = 'dead'
            """
        )

    source = await _listed(company)

    assert (source["lastDay"], source["failed"]) == (2, 1)


async def test_one_webhook_is_shown_as_it_came_and_as_it_is_read(company: Company, sender: Crm):
    """
    Field by field; not that of another source.
    """
    await sender.post(workflow())
    other = await company.source(sender.client, name="other")
    [received] = await company.received(sender)
    path = f"webhooks/{received['id']}"

    shown = (await company.client.get(f"{SOURCES}/{source_id(sender)}/{path}")).json()
    elsewhere = await company.client.get(f"{SOURCES}/{source_id(other)}/{path}")
    nowhere = await company.client.get(f"{SOURCES}/{source_id(sender)}/webhooks/{uuid4()}")

    assert shown["payload"] == workflow()
    assert shown["read"]["email"] == workflow()["email"]
    assert shown["state"] == "waiting"
    assert elsewhere.json()["code"] == nowhere.json()["code"] == "webhook_not_found"


async def test_what_came_before_the_mapping_is_worked_off_by_it(
    company: Company, outside: httpx.AsyncClient, work_off: Callable[[], Awaitable[None]]
):
    """
    Once each, however often that is asked for; the contact is made then.
    """
    sender = await company.source(outside, kind="generic")
    await sender.post({"data": {"mail": "ana@tiendasol.example", "who": "Ana"}})
    await work_off()
    [received] = await company.received(sender)
    assert received["state"] == "ignored"
    url = f"{SOURCES}/{source_id(sender)}"
    await company.client.patch(url, json={"mapping": MAPPING})

    again = await company.client.post(f"{url}/replay", json={"ids": [received["id"]]})
    twice = await company.client.post(f"{url}/replay", json={"ids": [received["id"]]})
    await work_off()

    assert (again.json(), twice.json()) == ({"count": 1}, {"count": 0})
    [person] = await company.people()
    assert (person.email, person.name) == ("ana@tiendasol.example", "Ana")
    assert [one["state"] for one in await company.received(sender)] == ["done"]


async def test_a_mapping_that_took_the_wrong_field_is_mended(
    company: Company, outside: httpx.AsyncClient, work_off: Callable[[], Awaitable[None]]
):
    """
    Worked off by the right one, each webhook links the visitor that it names to whom it names, and
    what it said by the wrong one is taken back; and so each time that it is changed.
    """
    sender = await company.source(outside, kind="generic")
    url = f"{SOURCES}/{source_id(sender)}"
    right = {"email": "mail", "visitorId": "vid"}
    tries = [
        right | {"visitorId": "order"},
        right | {"email": "seller"},
        {"email": "mail"},
        right | {"visitorId": "order"},
        right,
        right,
    ]
    ana = {"mail": "ana@tiendasol.example", "vid": "v1758565884546_xyz"}
    payload = ana | {"order": "order-2026-0001", "seller": "luz@tiendasol.example"}
    found: list[dict[str, str]] = []
    for mapping in tries:
        await company.client.patch(url, json={"mapping": mapping})
        if not found:
            await sender.post(payload)
        else:
            ids = {"ids": [one["id"] for one in await company.received(sender)]}
            await company.client.post(f"{url}/replay", json=ids)
        await work_off()
        found.append(await _whose(company))

    wrong = {payload["order"]: ana["mail"]}
    linked = {ana["vid"]: ana["mail"]}
    assert found == [wrong, {ana["vid"]: payload["seller"]}, {}, wrong, linked, linked]


async def _whose(company: Company) -> dict[str, str]:
    """Each visitor that is somebody's."""
    async with company.postgres.transaction() as tx:
        rows = await tx.connection.fetch(
            """
            select v.visitor_id, c.email
            from visitor_contact v
            join contacts c on c.tenant_id = v.tenant_id and c.id = v.contact_id
            where v.tenant_id = $1
            """,
            company.tenant,
        )
    return {row["visitor_id"]: row["email"] for row in rows}


async def test_working_off_again_changes_nothing_that_is_known(
    company: Company, sender: Crm, work_off: Callable[[], Awaitable[None]]
):
    """
    The same contact, and the visitor linked as before.
    """
    await sender.post(workflow())
    await work_off()
    [before] = await company.received(sender)
    [person] = await company.people()

    ids = {"ids": [before["id"]]}
    await company.client.post(f"{SOURCES}/{source_id(sender)}/replay", json=ids)
    await work_off()

    assert await company.people() == [person]
    [after] = await company.received(sender)
    assert (after["contactId"], after["visitorId"]) == (before["contactId"], before["visitorId"])

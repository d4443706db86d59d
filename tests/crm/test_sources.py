"""Webhook sources over HTTP: made, changed, and their secrets shown once."""

from collections.abc import Awaitable, Callable
from uuid import uuid4

import httpx
import pytest

from pista.crm import service
from tests.crm.conftest import SOURCES, Company, source_id
from tests.fakes.crm import LOCATION, Crm, workflow


async def test_a_secret_is_shown_once_and_kept_as_its_hash(
    company: Company, outside: httpx.AsyncClient
):
    """
    Not in the list, and nowhere in the database.
    """
    sender = await company.source(outside, name="  CRM  ")

    listed = await company.client.get(SOURCES)
    async with company.postgres.transaction() as tx:
        row = await tx.value("select s::text from webhook_sources s")

    [item] = listed.json()["items"]
    assert (item["name"], item["kind"], item["enabled"]) == ("CRM", "ghl", True)
    assert item["path"] == sender.path == f"/webhooks/ghl/{item['id']}"
    assert sender.secret not in listed.text + row


async def test_a_new_secret_takes_the_old_ones_place(company: Company, sender: Crm):
    """
    At once: the old one may have leaked.
    """
    answer = await company.client.post(f"{SOURCES}/{source_id(sender)}/secret")

    assert (await sender.post(workflow())).status_code == 401
    sender.secret = answer.json()["secret"]
    assert (await sender.post(workflow())).status_code == 200


async def test_a_source_is_switched_off_and_deleted(company: Company, sender: Crm):
    """
    Off, it refuses; deleted, it is not there, nor what it sent.
    """
    url = f"{SOURCES}/{source_id(sender)}"
    await sender.post(workflow())

    off = await company.client.patch(url, json={"enabled": False})
    assert off.json()["enabled"] is False
    assert (await sender.post(workflow())).json()["code"] == "webhook_refused"
    assert (await company.client.delete(url)).status_code == 204
    assert (await sender.post(workflow())).json()["code"] == "webhook_source_not_found"
    async with company.postgres.transaction() as tx:
        assert await tx.value("select count(*) from webhooks") == 0


@pytest.mark.parametrize(
    "terms",
    [
        {"kind": "ghl", "publicKey": "x" * 44, "locationId": LOCATION},
        {"kind": "ghl", "publicKey": "A" * 43 + "="},  # whose location?
        {"kind": "generic", "locationId": LOCATION},
        {"kind": "ghl", "mapping": {"email": "email"}},
        {"kind": "ghl", "name": "  "},
        {"kind": "generic", "mapping": {"email": "a..b"}},
        {"kind": "other"},
    ],
)
async def test_terms_that_do_not_go_together_are_refused(
    company: Company, terms: dict[str, object]
):
    """
    With a sentence, and without a source.
    """
    answer = await company.client.post(SOURCES, json={"name": "x", **terms})

    assert answer.status_code == 422
    assert (await company.client.get(SOURCES)).json()["items"] == []


async def test_another_company_sees_and_changes_nothing(
    make_company: Callable[[str], Awaitable[Company]], sender: Crm
):
    """
    Whoever knows the id of a source.
    """
    stranger = await make_company("rivales")
    url = f"{SOURCES}/{source_id(sender)}"

    answers = [
        await stranger.client.patch(url, json={"enabled": False}),
        await stranger.client.delete(url),
        await stranger.client.post(f"{url}/secret"),
        await stranger.client.get(f"{url}/webhooks"),
        await stranger.client.get(f"{url}/last"),
        await stranger.client.post(f"{url}/mapping", json={"mapping": {}, "payload": {}}),
        await stranger.client.delete(f"{SOURCES}/{uuid4()}"),
    ]

    assert {answer.json()["code"] for answer in answers} == {"webhook_source_not_found"}
    assert (await stranger.client.get(SOURCES)).json()["items"] == []
    assert (await sender.post(workflow())).status_code == 200


async def test_there_are_fifty_at_most(
    company: Company, outside: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
):
    """
    However fast they are made.
    """
    monkeypatch.setattr(service, "MOST_SOURCES", 2)
    for _ in range(2):
        await company.source(outside)

    answer = await company.client.post(SOURCES, json={"kind": "ghl", "name": "third"})

    assert (answer.status_code, answer.json()["code"]) == (409, "too_many_webhook_sources")


async def test_a_mapping_is_tried_on_the_last_payload_and_then_set(
    company: Company, outside: httpx.AsyncClient
):
    """
    The last one that came is shown as it came.
    """
    sender = await company.source(outside, kind="generic")
    url = f"{SOURCES}/{source_id(sender)}"
    payload = {"lead": {"mail": "ana@example.com", "at": ["v1758565884546_xyz"]}}
    assert (await company.client.get(f"{url}/last")).json()["payload"] is None
    await sender.post(payload)
    mapping = {"email": "lead.mail", "visitorId": "lead.at.0"}

    last = await company.client.get(f"{url}/last")
    tried = await company.client.post(f"{url}/mapping", json={"mapping": mapping})
    changed = await company.client.patch(url, json={"mapping": mapping})

    assert last.json()["payload"] == payload
    assert tried.json()["email"] == "ana@example.com"
    assert tried.json()["visitorId"] == "v1758565884546_xyz"
    assert changed.json()["mapping"]["visitorId"] == "lead.at.0"

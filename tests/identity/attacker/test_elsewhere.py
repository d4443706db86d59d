"""The same attacker at the other doors: events, the routes that read, and webhooks."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pista import accounts
from pista.accounts import guards
from pista.app import House
from pista.ids import ContactId, uuid7
from tests.crm.conftest import SOURCES, Company, source_id
from tests.crm.test_linking import CONTACT, PAGE, THIEF, VISITOR, owner
from tests.fakes.crm import LOCATION, Crm, marketplace, workflow
from tests.identity.attacker.conftest import WorkOff, links


async def test_events_under_the_victims_ids(
    company: Company, victim: ContactId, outside: httpx.AsyncClient, key: str
):
    """
    They are taken, as anybody's are: the answer tells nothing of the contact, and the visitor is
    whose it was.
    """
    async with company.postgres.transaction() as tx:
        site: Any = await tx.value("select id from sites where write_key = $1", key)
    event = {
        "visitorId": VISITOR,
        "sessionId": str(uuid4()),
        "eventType": "IDENTIFY",
        "occurredAt": datetime.now(UTC).isoformat(),
        "metadata": {"contactId": CONTACT, "email": "t@example.org"},
    }
    batch = {"tenantId": str(company.tenant), "siteId": str(site), "events": [event]}
    answer = await outside.post(
        f"/tracking-v2/events?k={key}",
        content=json.dumps(batch),
        headers={"Origin": PAGE, "Content-Type": "application/json"},
    )

    assert answer.status_code == 202
    assert all(one not in answer.text for one in (CONTACT, victim, "ana@", "+5199"))
    assert await owner(company) == victim
    assert await company.known_by("email", "t@example.org") is None


async def test_reading_with_the_write_key(
    house: House, company: Company, victim: ContactId, outside: httpx.AsyncClient, key: str
):
    """
    As a bearer, as a cookie or in the address: it opens no route that is not everybody's.
    """
    ways: list[dict[str, Any]] = [
        {"headers": {"Authorization": f"Bearer {key}"}},
        {"headers": {"Cookie": f"pista_session={key}"}},
        {"params": {"k": key}},
        {"headers": {"X-Api-Key": key, "X-Webhook-Secret": key}},
    ]
    tried = 0
    for route, may in accounts.declarations(house.litestar).items():
        method, _, path = route.partition(" ")
        if may is None or may == guards.public()[guards.DECLARATION] or method == "WEBSOCKET":
            continue
        for way in ways:
            asked = _filled(path, company, victim)
            answer = await outside.request(method, asked, **way)
            assert answer.status_code == 401, f"{route} with {way}"
            assert "ana@" not in answer.text
            tried += 1
    assert tried > 200


def _filled(path: str, company: Company, victim: ContactId) -> str:
    parts = [
        part if "{" not in part else _value(part.strip("{}"), company, victim)
        for part in path.split("/")
    ]
    return "/".join(parts)


def _value(parameter: str, company: Company, victim: ContactId) -> str:
    name, _, kind = parameter.partition(":")
    known = {"contact_id": victim, "visitor_id": VISITOR, "tenant_id": str(company.tenant)}
    return known.get(name, str(uuid7()) if kind == "uuid" else "1")


async def test_a_webhook_without_what_proves_it(
    company: Company, victim: ContactId, sender: Crm, outside: httpx.AsyncClient, work_off: WorkOff
):
    """
    He knows the source's address. No secret, a wrong one, another source's, a signature of his own,
    none where one is needed: refused, and nothing of it is kept.
    """
    other = await company.source(outside, name="Another")
    terms = {"publicKey": sender.public_key, "locationId": LOCATION}
    await company.client.patch(f"{SOURCES}/{source_id(sender)}", json=terms)
    signed = json.dumps(marketplace(rstk_vid=THIEF)).encode()
    his_key = base64.b64encode(Ed25519PrivateKey.generate().sign(signed)).decode()
    stolen: list[tuple[Any, dict[str, str]]] = [
        (workflow(rstk_vid=THIEF), {}),
        (workflow(rstk_vid=THIEF), {"X-Webhook-Secret": ""}),
        (workflow(rstk_vid=THIEF), {"X-Webhook-Secret": "whs_guessed"}),
        (workflow(rstk_vid=THIEF), {"X-Webhook-Secret": other.secret}),
        (signed, {"x-ghl-signature": his_key}),
        (signed, {"x-ghl-signature": "bm90IGEgc2lnbmF0dXJl"}),
        (signed, {"x-wh-signature": his_key}),
    ]

    answers = [await sender.post(body, headers=headers) for body, headers in stolen]
    await work_off()

    assert {answer.status_code for answer in answers} == {401}
    assert {answer.json()["code"] for answer in answers} == {"webhook_refused"}
    assert await links(company) == {VISITOR: CONTACT}
    assert len(await company.received(sender)) == 1


async def test_a_webhook_that_he_has_seen(company: Company, sender: Crm, work_off: WorkOff):
    """
    A signed one again is the first one's repeat; with another visitor written into it, or later,
    it is refused; a workflow's without its secret too.
    """
    terms = {"publicKey": sender.public_key, "locationId": LOCATION}
    await company.client.patch(f"{SOURCES}/{source_id(sender)}", json=terms)
    fields = [{"id": "3sv6UEo51C9Bmpo1cKTq", "value": VISITOR}]
    seen = json.dumps(marketplace(customFields=fields)).encode()
    signature = {"x-ghl-signature": sender.sign(seen)}
    old = (datetime.now(UTC) - timedelta(minutes=6)).isoformat()
    late = json.dumps(marketplace(customFields=fields, timestamp=old)).encode()
    assert (await sender.post(seen, headers=signature)).json()["repeated"] is False
    await work_off()

    again = await sender.post(seen, headers=signature)
    changed = await sender.post(seen.replace(VISITOR.encode(), THIEF.encode()), headers=signature)
    outdated = await sender.post(late, headers={"x-ghl-signature": sender.sign(late)})
    bare = await sender.post(json.dumps(workflow(rstk_vid=THIEF)).encode(), headers={})
    await work_off()

    assert (again.status_code, again.json()["repeated"]) == (200, True)
    refusals = [(one.status_code, one.json()["code"]) for one in (changed, outdated, bare)]
    assert refusals == [
        (401, "webhook_refused"),
        (401, "webhook_outdated"),
        (401, "webhook_refused"),
    ]
    assert await links(company) == {VISITOR: CONTACT}

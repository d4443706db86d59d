"""An attacker who knows a contact's id, a visitor's id and the write key of the pages, and has no
session, no API key and no secret of a webhook. Each attempt, and why it comes to nothing."""

import asyncio
import base64
import json
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pista import accounts, contacts, identity
from pista.accounts import guards
from pista.app import House
from pista.contacts import FoundContact
from pista.crm import claims, unproven
from pista.identity import review_queries
from pista.ids import ContactId, VisitorId, uuid7
from pista.store.postgres import Tx
from tests.crm.conftest import (
    SOURCES,
    Company,
    company,
    house,
    make_company,
    outside,
    sender,
    source_id,
    work_off,
)
from tests.crm.test_linking import (
    CONTACT,
    PAGE,
    THIEF,
    VISITOR,
    claim,
    fresh_limit,
    key,
    owner,
)
from tests.fakes.crm import LOCATION, Crm, marketplace, workflow

__all__ = [
    "claim",
    "company",
    "fresh_limit",
    "house",
    "key",
    "make_company",
    "outside",
    "sender",
    "work_off",
]

Send = Callable[..., Awaitable[httpx.Response]]
WorkOff = Callable[[], Awaitable[None]]


def made_now(**fields: Any) -> dict[str, Any]:
    """The CRM has just made the victim's contact, and its form has no field for the visitor."""
    return workflow(date_created=datetime.now(UTC).isoformat(), **fields)


async def links(company: Company) -> dict[str, str]:
    """Every visitor that is somebody's, with the CRM id of whose."""
    async with company.postgres.transaction() as tx:
        rows: Any = await tx.connection.fetch(
            """
            select v.visitor_id, c.crm_id
            from visitor_contact v
            join contacts c on c.tenant_id = v.tenant_id and c.id = v.contact_id
            """
        )
    return {row[0]: row[1] for row in rows}


async def waiting(company: Company) -> int:
    async with company.postgres.transaction() as tx:
        return await review_queries.count_open(tx, company.tenant)


@pytest.fixture
async def victim(company: Company, sender: Crm, work_off: WorkOff) -> ContactId:
    """A contact whose CRM named the visitor: certain."""
    await sender.post(made_now(rstk_vid=VISITOR))
    await work_off()
    [found] = await company.people()
    return found.id


async def test_his_browser_as_the_victims_contact(
    company: Company, victim: ContactId, claim: Send, work_off: WorkOff
):
    """
    Once, and ten times over: it waits, asked about once.
    """
    for _ in range(10):
        assert (await claim(visitorId=THIEF)).status_code == 202
    await work_off()

    assert await links(company) == {VISITOR: CONTACT}
    assert await waiting(company) == 1


@pytest.mark.parametrize("known", ["in the CRM for long", "just made"])
async def test_his_browser_before_pista_has_heard_of_the_contact(
    company: Company, sender: Crm, claim: Send, work_off: WorkOff, known: str
):
    """
    Pista hears of an old contact: that vouches for nobody, since many may know its id. Of one just
    made, whose page claims too: two browsers, so neither is linked, whichever came first.
    """
    await claim(visitorId=THIEF)
    if known == "just made":
        await sender.post(made_now())
        await work_off()
        await claim()
    else:
        await sender.post(workflow())
    await work_off()

    assert await links(company) == {}
    assert await waiting(company) == (2 if known == "just made" else 1)


@pytest.mark.parametrize("message", ["of an old contact", "with another visitor"])
async def test_a_contact_that_he_names_before_anybody_has_told_of_it(
    company: Company, sender: Crm, claim: Send, work_off: WorkOff, message: str
):
    """
    He sits on an empty contact, where nobody else is and nothing stands; when its CRM tells, he is
    off it again, a person is asked, and what he is answered is always the same.
    """
    before = await claim(visitorId=THIEF)
    await work_off()
    [empty] = await company.people()
    sat = await links(company)
    fields = {"rstk_vid": VISITOR} if message == "with another visitor" else {}
    await sender.post(made_now(**fields) if fields else workflow())
    await work_off()
    after = await claim(visitorId=THIEF)
    await work_off()

    assert (empty.name, empty.email, empty.phone, sat) == (None, None, None, {THIEF: CONTACT})
    [told] = await company.people()
    assert (told.id, told.email) == (empty.id, "ana@example.com")
    assert await links(company) == ({VISITOR: CONTACT} if fields else {})
    assert await waiting(company) == 1
    assert (before.status_code, before.text) == (after.status_code, after.text)


async def test_a_flood_of_contacts_that_he_invents(
    company: Company, sender: Crm, claim: Send, work_off: WorkOff, monkeypatch: pytest.MonkeyPatch
):
    """
    Past so many an hour they only wait; a webhook's is made all the same, and linked as before.
    """
    monkeypatch.setattr(unproven, "MOST_AN_HOUR", 3)
    for n in range(6):
        await claim(visitorId=f"v1758565000000_{n:06}", contactId=f"inventedContact{n:05}")
    await work_off()
    await claim()
    await work_off()
    assert len(await company.people()) == len(await links(company)) == 3

    await sender.post(made_now())
    await work_off()
    assert len(await company.people()) == 4
    assert (await links(company))[VISITOR] == CONTACT


async def test_his_browser_within_minutes_of_the_victims_submission(
    company: Company, sender: Crm, claim: Send, work_off: WorkOff
):
    """
    The victim's page was linked on its claim alone. A second browser's claim makes that doubtful
    instead of taking its place: he gains nothing, and a person is asked about both.
    """
    await claim()
    await sender.post(made_now())
    await work_off()
    assert await links(company) == {VISITOR: CONTACT}

    await claim(visitorId=THIEF)
    await work_off()

    assert await links(company) == {}
    assert await waiting(company) == 2
    # Who is certain is not held up by it.
    await sender.post(made_now(rstk_vid=VISITOR))
    await work_off()
    assert await links(company) == {VISITOR: CONTACT}


@pytest.mark.parametrize("when", ["before", "after"])
async def test_his_browser_beside_a_later_message_about_the_victim(
    company: Company,
    victim: ContactId,
    sender: Crm,
    claim: Send,
    work_off: WorkOff,
    when: str,
):
    """
    The CRM tells of the victim again, without a visitor, as it does with each change: he lies in
    wait for it or follows it, and is linked by neither.
    """
    if when == "before":
        await claim(visitorId=THIEF)
    await sender.post(made_now(tags="vip"))
    await work_off()
    if when == "after":
        await claim(visitorId=THIEF)
    await work_off()

    assert await links(company) == {VISITOR: CONTACT}


@pytest.mark.parametrize("first", ["the victim's", "his own"])
async def test_a_submission_id_that_he_knows(
    company: Company, sender: Crm, claim: Send, work_off: WorkOff, first: str
):
    """
    Used after the victim it is refused; guessed and used before, it links him to nothing either.
    """
    submission = str(uuid4())
    visitors = [VISITOR, THIEF] if first == "the victim's" else [THIEF, VISITOR]
    for visitor in visitors:
        await claim(visitorId=visitor, submissionId=submission)
        await work_off()
    await sender.post(workflow())
    await work_off()

    assert THIEF not in await links(company)
    log = (await company.client.get("/api/linking/claims")).json()["items"]
    assert {line["outcome"] for line in log} == {"linked", "refused_repeated", "retracted"}


@pytest.mark.parametrize(
    ("origin", "code"),
    [
        ("https://evil.example", "origin_not_allowed"),
        ("https://shop.example.evil.example", "origin_not_allowed"),
        ("null", "origin_not_allowed"),
        ("", "origin_not_allowed"),
    ],
)
async def test_from_a_page_of_his_own(claim: Send, origin: str, code: str):
    """
    A browser says which page sends, and only the company's may.
    """
    answer = await claim(origin=origin, visitorId=THIEF)

    assert (answer.status_code, answer.json()["code"]) == (403, code)


async def test_the_victims_browser_as_his_own_contact(
    company: Company, victim: ContactId, sender: Crm, claim: Send, work_off: WorkOff
):
    """
    He is a contact of the company himself; the victim's browser and its history stay the victim's.
    """
    await sender.post(
        workflow("thiefsOwnContact0000", email="t@example.org", phone="", rstk_vid=THIEF)
    )
    await claim(contactId="thiefsOwnContact0000")
    await work_off()

    assert await links(company) == {VISITOR: CONTACT, THIEF: "thiefsOwnContact0000"}
    assert await waiting(company) == 0


async def test_the_victims_visitor_id_in_a_form_of_his_own(
    company: Company, victim: ContactId, sender: Crm, work_off: WorkOff
):
    """
    The CRM itself then names the victim's visitor for his contact. What was before stays the
    victim's, from then on the browser is held to be shared, and a person is asked.
    """
    began = datetime.now(UTC)
    his = workflow("thiefsOwnContact0000", email="t@example.org", phone="", rstk_vid=VISITOR)
    await sender.post(his)
    await work_off()

    async with company.postgres.transaction() as tx:
        before = await identity.contact_of(tx, company.tenant, VisitorId(VISITOR), at=began)
        [item] = await contacts.list_reviews(
            tx, company.tenant, is_open=True, contact=victim, before=None, most=9
        )
    assert before == victim
    assert (item.reason, item.visitor_id) == ("shared_browser", VISITOR)


@pytest.mark.parametrize("method", ["identify", "form"])
async def test_he_types_the_victims_e_mail(
    company: Company, sender: Crm, work_off: WorkOff, method: Any
):
    """
    Even in the minutes in which the CRM makes the contact: many know an e-mail.
    """
    await sender.post(made_now())
    await work_off()
    now = datetime.now(UTC)
    typed = FoundContact(
        source="form", trusted=False, email="ana@example.com", phone="+51999888777"
    )
    async with company.postgres.transaction() as tx:
        found = await contacts.upsert(tx, company.tenant, typed, now=now)
        said = identity.Claim(
            visitor_id=VisitorId(THIEF),
            method=method,
            key="f1",
            at=now,
            contact_id=found.contact_id,
            fresh=found.created,
        )
        done = await identity.link(tx, company.tenant, said, now=now)

    [victim] = await company.people()
    assert (done.outcome, victim.phone) == ("waiting", "+51991234877")
    assert await company.known_by("phone", "+51999888777") is None


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


async def test_a_flood_of_claims(
    company: Company,
    victim: ContactId,
    claim: Send,
    work_off: WorkOff,
    monkeypatch: pytest.MonkeyPatch,
):
    """
    One address is held to 30 a minute. From many addresses: of one contact twenty are asked about,
    and those of other contacts still are.
    """
    answers = [await claim(visitorId=f"v1758565000000_{n:06}") for n in range(32)]
    assert [answer.status_code for answer in answers[-2:]] == [429, 429]
    monkeypatch.setattr(claims, "limiter", claims.Limiter())
    await asyncio.gather(*(claim(visitorId=f"v1758565000001_{n:06}") for n in range(30)))
    await work_off()

    assert await waiting(company) == review_queries.MOST_OF_A_CONTACT
    async with company.postgres.transaction() as tx:
        await _other_claim(tx, company)
    assert await waiting(company) == review_queries.MOST_OF_A_CONTACT + 1
    assert await links(company) == {VISITOR: CONTACT}


async def _other_claim(tx: Tx, company: Company) -> None:
    now = datetime.now(UTC)
    made = await contacts.upsert(
        tx, company.tenant, FoundContact(source="ghl", trusted=True, crm_id="eva"), now=now
    )
    said = identity.Claim(
        visitor_id=VisitorId("v_eva"), method="ud", key="e1", at=now, contact_id=made.contact_id
    )
    await identity.link(tx, company.tenant, said, now=now)


async def test_how_long_an_answer_takes(company: Company, victim: ContactId, claim: Send):
    """
    It tells nothing of whether a contact or a visitor is known: it is given while nobody at all can
    look at contacts, visitors and claims.
    """
    async with company.postgres.transaction() as tx:
        await tx.execute(
            "lock table contacts, contact_identities, visitor_contact, link_claims, claim_reviews,"
            " contact_vouchers in access exclusive mode"
        )
        began = time.monotonic()
        answers = [
            await claim(),
            await claim(contactId="notAContactAtAll0000"),
            await claim(visitorId=THIEF),
        ]
        took = time.monotonic() - began

    assert {(answer.status_code, answer.text) for answer in answers} == {(202, '{"accepted":true}')}
    assert took < 5

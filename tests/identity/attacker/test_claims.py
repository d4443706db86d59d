"""An attacker who knows a contact's id, a visitor's id and the write key of the pages, and has no
session, no API key and no secret of a webhook. Each attempt, and why it comes to nothing."""

import asyncio
import time
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest

from pista import contacts, identity
from pista.contacts import FoundContact
from pista.crm import claims, unproven
from pista.identity import review_queries
from pista.ids import ContactId, VisitorId
from pista.store.postgres import Tx
from tests.crm.conftest import Company
from tests.crm.test_linking import CONTACT, THIEF, VISITOR
from tests.fakes.crm import Crm, workflow
from tests.identity.attacker.conftest import Send, WorkOff, links, made_now, waiting


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
    assert took < 30

"""A form, a webhook and a page's claim make a visitor a contact, in whatever order they arrive."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from itertools import permutations
from typing import Any
from uuid import uuid4

import httpx
import pytest

from pista import accounts, identity
from pista.accounts import NewSite
from pista.crm import claims
from pista.ids import ContactId, VisitorId
from tests.crm.conftest import SOURCES, Company, source_id
from tests.fakes.crm import LOCATION, Crm, marketplace, workflow

WorkOff = Callable[[], Awaitable[None]]
VISITOR = "v1758565884546_x7Gk2Qp"
THIEF = "v1758565999999_thief00"
CONTACT = "ocQHyuzHvysMo5N5VsXc"
PAGE = "https://shop.example"


@pytest.fixture(autouse=True)
def fresh_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "limiter", claims.Limiter())


@pytest.fixture
async def key(company: Company) -> str:
    """The write key of the company's site, as it stands in every page of it."""
    async with company.postgres.transaction() as tx:
        site = await accounts.create_site(
            tx,
            company.tenant,
            NewSite(domains=["shop.example"]),
            public_url="",
            now=datetime.now(UTC),
        )
    return site.write_key


@pytest.fixture
def claim(outside: httpx.AsyncClient, key: str) -> Callable[..., Awaitable[httpx.Response]]:
    """What the snippet sends when a form was sent."""

    async def send(origin: str = PAGE, k: str = key, **fields: Any) -> httpx.Response:
        seen = {
            "event": "ghl_update",
            "visitorId": VISITOR,
            "contactId": CONTACT,
            "locationId": LOCATION,
            "submissionId": str(uuid4()),
            **fields,
        }
        headers = {"Origin": origin} if origin else {}
        return await outside.post(f"/collect?k={k}", json=seen, headers=headers)

    return send


Send = Callable[..., Awaitable[httpx.Response]]


async def owner(company: Company, visitor: str = VISITOR) -> ContactId | None:
    async with company.postgres.transaction() as tx:
        return await identity.contact_of(
            tx, company.tenant, VisitorId(visitor), at=datetime.now(UTC)
        )


async def test_a_webhook_with_the_visitor_links_at_once(
    company: Company, sender: Crm, work_off: WorkOff
):
    """
    And says so beside what came.
    """
    await sender.post(workflow(rstk_vid=VISITOR))
    await work_off()

    [found], [received] = await company.people(), await company.received(sender)
    assert await owner(company) == found.id
    assert received["linking"] == "linked"


@pytest.mark.parametrize("order", list(permutations(("webhook", "claim", "named"))))
async def test_every_order_ends_alike(
    company: Company, sender: Crm, work_off: WorkOff, claim: Send, order: tuple[str, ...]
):
    """
    The page's claim, a webhook without the visitor, one with it: one contact, linked by the one
    who proved it.
    """
    for step in order:
        match step:
            case "claim":
                assert (await claim()).status_code == 202
            case "webhook":
                await sender.post(workflow())
            case _:
                await sender.post(workflow(rstk_vid=VISITOR))
        await work_off()

    [found] = await company.people()
    assert await owner(company) == found.id
    async with company.postgres.transaction() as tx:
        strength = await tx.value("select strength from visitor_contact")
    assert strength == "strong"


@pytest.mark.parametrize("webhook_first", [True, False])
async def test_the_claim_is_the_fallback(
    company: Company, sender: Crm, work_off: WorkOff, claim: Send, webhook_first: bool
):
    """
    Where the form has no field for the visitor, webhook and claim together link, provisionally.
    """
    made_now = workflow(date_created=datetime.now(UTC).isoformat())
    sends = [lambda: sender.post(made_now), claim]
    for send in sends if webhook_first else sends[::-1]:
        await send()
        await work_off()

    [found] = await company.people()
    assert await owner(company) == found.id


async def test_a_claim_alone_of_no_crm_links_nobody(
    company: Company, work_off: WorkOff, claim: Send
):
    """
    Where there is no source of GoHighLevel that could ever tell of the contact.
    """
    await claim()
    await work_off()

    assert await owner(company) is None
    assert await company.people() == []


@pytest.mark.usefixtures("sender")
async def test_a_webhook_that_never_comes(company: Company, work_off: WorkOff, claim: Send):
    """
    Leaves a contact that is known by its CRM's id alone, with the visitor as far as a page can say.
    """
    submission = str(uuid4())
    for _ in range(2):
        await claim(submissionId=submission)
        await work_off()

    [found] = await company.people()
    assert (found.crm_id, found.email, found.source) == (CONTACT, None, "ud")
    assert await owner(company) == found.id
    async with company.postgres.transaction() as tx:
        assert await tx.value("select strength from visitor_contact") == "provisional"
        assert await tx.value("select count(*) from link_claims") == 1


async def test_a_claim_is_told_the_same_whatever_is_known(
    company: Company, sender: Crm, work_off: WorkOff, claim: Send
):
    """
    Of a contact that is there, of one that is not, of a visitor that is somebody: no difference.
    """
    await sender.post(workflow(rstk_vid=VISITOR))
    await work_off()

    answers = [
        await claim(),
        await claim(contactId="notAContactAtAll0000"),
        await claim(visitorId=THIEF),
        await claim(locationId="anotherLocation"),
    ]

    assert {(answer.status_code, answer.text) for answer in answers} == {(202, '{"accepted":true}')}


async def test_a_thief_is_attached_to_nobody(
    company: Company, sender: Crm, work_off: WorkOff, claim: Send
):
    """
    He knows the contact's id, the victim's visitor id, the write key and a submission: his
    browser becomes nobody's, and the victim stays who he is.
    """
    submission = str(uuid4())
    await claim(submissionId=submission)
    await sender.post(workflow(rstk_vid=VISITOR))
    await work_off()
    [victim] = await company.people()

    await claim(visitorId=THIEF, submissionId=submission)  # the victim's own submission
    await claim(visitorId=THIEF)  # one of his own
    await claim(contactId="anotherContact000000")  # the victim's browser as another's
    await work_off()

    assert await owner(company) == victim.id
    assert await owner(company, THIEF) is None


async def test_another_location_claims_nothing(
    company: Company, outside: httpx.AsyncClient, work_off: WorkOff, claim: Send
):
    """
    Where the source says which location is the company's.
    """
    sender = await company.source(outside, locationId=LOCATION)
    await sender.post(workflow())
    await claim(locationId="anotherLocation")
    await work_off()

    assert await owner(company) is None


@pytest.mark.parametrize(
    ("how", "status", "code"),
    [
        ({"k": "pk_wrong"}, 401, "unknown_site"),
        ({"k": ""}, 401, "unknown_site"),
        ({"origin": "https://evil.example"}, 403, "origin_not_allowed"),
        ({"origin": ""}, 403, "origin_not_allowed"),
        ({"event": "purchase"}, 422, "invalid"),
        ({"visitorId": "v1'; drop table"}, 422, "invalid"),
        ({"contactId": None}, 422, "invalid"),
        ({"submissionId": ""}, 422, "invalid"),
        ({"submissionId": "x" * 65}, 422, "invalid"),
        ({"email": "x" * 5000}, 413, "too_large"),
    ],
)
async def test_what_is_no_claim_is_refused(
    claim: Send, how: dict[str, Any], status: int, code: str
):
    """
    By key, origin and shape.
    """
    answer = await claim(**how)

    assert (answer.status_code, answer.json()["code"]) == (status, code)


async def test_a_claim_is_kept_once_and_without_the_person(company: Company, claim: Send):
    """
    What a page sends beside the three ids is not kept.
    """
    for _ in range(3):
        await claim(submissionId="the-same-submission", email="ana@example.com")

    async with company.postgres.transaction() as tx:
        rows: Any = await tx.connection.fetch("select j::text from jobs j")
    assert len(rows) == 1
    assert "ana@" not in rows[0][0]


async def test_a_flood_of_claims_is_refused(claim: Send, monkeypatch: pytest.MonkeyPatch):
    """
    From one address; a minute later it may again.
    """
    monkeypatch.setattr(claims, "MOST_A_MINUTE", 3)
    answers = [await claim() for _ in range(4)]

    assert [answer.status_code for answer in answers] == [202, 202, 202, 429]
    assert answers[-1].json()["code"] == "too_many_claims"
    monkeypatch.setattr(claims, "A_MINUTE", 0.0)
    assert (await claim()).status_code == 202


async def test_a_marketplace_app_links_too(
    company: Company, outside: httpx.AsyncClient, work_off: WorkOff
):
    """
    Its custom fields have no names; the snippet's visitor id is known by its form.
    """
    sender = await company.source(outside)
    terms = {"publicKey": sender.public_key, "locationId": LOCATION}
    await company.client.patch(f"{SOURCES}/{source_id(sender)}", json=terms)

    fields = [{"id": "3sv6UEo51C9Bmpo1cKTq", "value": VISITOR}]
    answer = await sender.post_signed(marketplace(customFields=fields))
    await work_off()

    [found] = await company.people()
    assert answer.status_code == 200
    assert await owner(company) == found.id

"""What a page or a program says of a visitor without proof: contacts of its own, nobody else's."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import httpx
import pytest

from pista import accounts, identity
from pista.accounts import NewSite, Site
from pista.crm import claims, unproven
from pista.ids import ContactId, VisitorId
from pista.store import frames
from tests.crm.conftest import Company
from tests.events.writing import until
from tests.fakes.crm import Crm, workflow

WorkOff = Callable[[], Awaitable[None]]
Say = Callable[..., Awaitable[httpx.Response]]
VISITOR = "v1758565884546_x7Gk2Qp"
OTHER = "v1758565999999_other00"
PAGE = "https://shop.example"
NOTICE = "Guardamos tu correo para responderte."
ON = {"enabled": True, "basis": "consent", "notices": {"es": NOTICE}}


@pytest.fixture(autouse=True)
def fresh_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "limiter", claims.Limiter())


@pytest.fixture
async def site(company: Company) -> Site:
    async with company.postgres.transaction() as tx:
        return await accounts.create_site(
            tx,
            company.tenant,
            NewSite(domains=["shop.example"]),
            public_url="",
            now=datetime.now(UTC),
        )


@pytest.fixture
def say(outside: httpx.AsyncClient, site: Site) -> Say:
    """What the snippet sends."""

    async def send(event: str = "identify", **fields: Any) -> httpx.Response:
        said = {"visitorId": VISITOR, "submissionId": str(uuid4()), **fields, "event": event}
        path = f"/collect?k={site.write_key}"
        return await outside.post(path, json=said, headers={"Origin": PAGE})

    return send


async def let_forms(company: Company, site: Site, **terms: Any) -> httpx.Response:
    return await company.client.put(f"/api/sites/{site.id}/forms", json=ON | terms)


async def owner(company: Company, visitor: str = VISITOR) -> ContactId | None:
    async with company.postgres.transaction() as tx:
        return await identity.contact_of(
            tx, company.tenant, VisitorId(visitor), at=datetime.now(UTC)
        )


async def everything(company: Company) -> str:
    """What PostgreSQL holds outside of the contacts' own tables."""
    async with company.postgres.transaction() as tx:
        found: list[str] = []
        for table in ("introductions", "jobs", "job_keys", "link_claims", "visitor_contact"):
            rows: Any = await tx.connection.fetch(f"select t::text from {table} t")
            found += [row[0] for row in rows]
        return " ".join(found)


async def test_who_is_nobody_yet_becomes_a_contact(company: Company, work_off: WorkOff, say: Say):
    """
    With what tells people apart as its identities, and of the rest only what tells nobody apart.
    """
    answer = await say(
        email="Ana@Example.com", name="Ana Quispe", traits={"plan": "pro", "birthday": "1990-01-01"}
    )
    await work_off()

    [found] = await company.people()
    assert answer.status_code == 202
    assert answer.headers["access-control-allow-origin"] == PAGE
    assert (found.email, found.name, found.source) == ("ana@example.com", "Ana Quispe", "identify")
    assert found.attributes == {"plan": "pro"}
    assert await owner(company) == found.id
    assert "ana" not in (await everything(company)).lower()
    async with company.postgres.transaction() as tx:
        assert await tx.value("select strength from visitor_contact") == "provisional"


async def test_a_repeat_changes_nothing(company: Company, work_off: WorkOff, say: Say):
    """
    A beacon and a fetch of the same message are one.
    """
    submission = str(uuid4())
    for _ in range(3):
        await say(email="ana@example.com", submissionId=submission)
    await work_off()
    await say(email="ana@example.com", submissionId=submission)
    await work_off()

    async with company.postgres.transaction() as tx:
        assert await tx.value("select count(*) from link_claims") == 1


async def test_a_thief_attaches_nothing_to_a_victim(
    company: Company, sender: Crm, work_off: WorkOff, say: Say
):
    """
    Who knows the e-mail of a contact that a CRM has told of gets neither his phone beside it, nor
    its name changed, nor his browser linked, in whatever way he says it.
    """
    await sender.post(workflow(rstk_vid=VISITOR))
    await work_off()
    [before] = await company.people()

    await say(
        visitorId=OTHER,
        email="ana@example.com",
        phone="+51999888777",
        name="Thief",
        userId="thief",
        traits={"plan": "stolen"},
    )
    await say(visitorId=VISITOR, email="thief@example.com")  # the victim's own browser
    await work_off()

    assert await company.known_by("email", "ana@example.com") == before
    assert await company.known_by("phone", "+51999888777") is None
    assert await owner(company, OTHER) is None
    assert await owner(company) == before.id


async def test_a_webhook_takes_over_what_was_typed(
    company: Company, sender: Crm, work_off: WorkOff, say: Say
):
    """
    Whoever types another's e-mail first has it only until the CRM tells of its owner.
    """
    await say(visitorId=OTHER, email="ana@example.com")
    await work_off()
    await sender.post(workflow(rstk_vid=VISITOR))
    await work_off()

    victim = await company.known_by("email", "ana@example.com")
    assert victim is not None
    assert victim.crm_id is not None
    assert await owner(company) == victim.id
    assert await owner(company, OTHER) != victim.id


async def test_the_same_person_on_another_device(company: Company, work_off: WorkOff, say: Say):
    """
    A contact that nobody has vouched for gets a few more browsers by typing; no crowd of them.
    """
    visitors = [f"v1758565884546_device{n:02}" for n in range(7)]
    for visitor in visitors:
        await say(visitorId=visitor, email="ana@example.com")
        await work_off()

    [found] = await company.people()
    linked = [visitor for visitor in visitors if await owner(company, visitor) == found.id]
    assert linked == visitors[:5]


@pytest.mark.parametrize(
    ("event", "fields", "status", "code"),
    [
        ("identify", {"name": "Ana"}, 422, "nobody_named"),
        ("identify", {"email": " "}, 422, "nobody_named"),
        ("identify", {"email": "x" * 255}, 422, "invalid"),
        ("identify", {"email": 7}, 422, "invalid"),
        ("identify", {"email": "a@b.pe", "visitorId": "no"}, 422, "invalid"),
        ("form", {"email": "a@b.pe"}, 403, "forms_off"),
        ("form_submit", {"email": "a@b.pe"}, 422, "invalid"),
    ],
)
async def test_what_is_refused_can_be_read_by_the_page(
    say: Say, event: str, fields: dict[str, Any], status: int, code: str
):
    """
    Or else it could not tell a refusal from a network that fails, and would try for a day.
    """
    answer = await say(event, **fields)

    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["access-control-allow-origin"] == PAGE


async def test_placeholders_make_nobody(company: Company, work_off: WorkOff, say: Say):
    """
    They are taken, worked off and forgotten.
    """
    await say(email="test@test.com")
    await work_off()

    assert await company.people() == []
    assert "test" not in await everything(company)


async def test_forms_make_contacts_where_the_site_says_so(
    company: Company, site: Site, work_off: WorkOff, say: Say
):
    """
    Off by default; from the moment on that it is switched off again the door refuses.
    """
    off = await say("form", email="ana@example.com")
    changed = await let_forms(company, site)
    await say("form", email="ana@example.com", phone="991234877", name="Ana")
    await work_off()
    await let_forms(company, site, enabled=False)
    again = await say("form", email="luz@example.com")
    await work_off()

    [found] = await company.people()
    assert changed.json() == {
        "enabled": True,
        "basis": "consent",
        "notices": {"es": NOTICE, "pt": "", "en": ""},
    }
    assert [off.status_code, again.status_code] == [403, 403]
    assert (found.phone, found.source) == ("+51991234877", "form")
    assert await owner(company) == found.id


async def test_what_visitors_are_told_is_kept_per_site(company: Company, site: Site):
    """
    Also while it is off; and the code to paste says what the snippet has to do.
    """
    path = f"/api/sites/{site.id}"
    fresh = (await company.client.get(path + "/forms")).json()
    before = (await company.client.get(path)).json()
    await let_forms(company, site)
    during = (await company.client.get(path)).json()
    await let_forms(company, site, enabled=False)
    after = (await company.client.get(path + "/forms")).json()

    assert fresh == {
        "enabled": False,
        "basis": None,
        "notices": {"es": "", "pt": "", "en": ""},
    }
    assert "data-forms" not in before["snippet"]
    assert during["snippet"].endswith(' data-forms="contacts"></script>')
    assert after["notices"]["es"] == NOTICE
    lines = (await company.client.get("/api/audit")).json()["items"]
    assert {"form_contacts": "True", "form_basis": "consent"} in [one["details"] for one in lines]


@pytest.mark.parametrize("terms", [{"basis": None}, {"notices": {}}, {"notices": {"es": "  "}}])
async def test_it_needs_a_basis_and_a_sentence(company: Company, site: Site, terms: dict[str, Any]):
    """
    To switch it on.
    """
    answer = await let_forms(company, site, **terms)

    assert (answer.status_code, answer.json()["code"]) == (422, "bad_site_forms")


async def test_another_companys_site_is_none(
    company: Company, site: Site, make_company: Callable[[str], Awaitable[Company]]
):
    """
    Neither to read nor to change.
    """
    stranger = await make_company("stranger")

    for answer in (
        await stranger.client.get(f"/api/sites/{site.id}/forms"),
        await let_forms(stranger, site),
    ):
        assert (answer.status_code, answer.json()["code"]) == (404, "site_not_found")


@pytest.mark.parametrize("path", ["/v1/identify", "/v1/batch"])
async def test_segments_identify_makes_a_contact(
    company: Company, site: Site, outside: httpx.AsyncClient, work_off: WorkOff, path: str
):
    """
    Signed with nothing but the public write key, so it is provisional as well; sent again it is
    the same.
    """
    message = {
        "type": "identify",
        "messageId": str(uuid4()),
        "anonymousId": VISITOR,
        "userId": "42",
        "traits": {
            "email": "ana@example.com",
            "phone": "+51991234877",
            "firstName": "Ana",
            "lastName": "Quispe",
            "plan": "pro",
            "address": {"city": "Lima"},
        },
    }
    for _ in range(2):
        body = {"batch": [message]} if path == "/v1/batch" else message
        answer = await outside.post(path, json=body, auth=(site.write_key, ""))
        assert answer.status_code == 200, answer.text
        await work_off()

    [found] = await company.people()
    assert (found.email, found.phone, found.name) == (
        "ana@example.com",
        "+51991234877",
        "Ana Quispe",
    )
    assert found.attributes == {"plan": "pro"}
    assert await company.known_by("user_id", "42") == found
    assert await owner(company) == found.id
    async with company.postgres.transaction() as tx:
        assert await tx.value("select count(*) from link_claims") == 1
        stored: Any = await tx.connection.fetch("select body from journal")
    events = " ".join(frames.unpack(row["body"]).decode() for row in stored)
    assert '"plan":"pro"' in events.replace("\\", "")
    assert not any(word in events.lower() for word in ("ana", "991234877", "quispe", "lima"))


async def test_segments_identify_steals_nothing(
    company: Company, site: Site, sender: Crm, outside: httpx.AsyncClient, work_off: WorkOff
):
    """
    The write key stands in every page: who knows it and an e-mail has no more than a visitor.
    """
    await sender.post(workflow(rstk_vid=VISITOR))
    await work_off()
    [before] = await company.people()

    traits = {"email": "ana@example.com", "phone": "+51999888777"}
    message = {"anonymousId": OTHER, "userId": "thief", "traits": traits}
    await outside.post("/v1/identify", json=message, auth=(site.write_key, ""))
    await work_off()

    assert await company.people() == [before]
    assert await company.known_by("phone", "+51999888777") is None
    assert await owner(company, OTHER) is None


@pytest.mark.parametrize("door", ["identify", "segment"])
async def test_a_flood_of_people(
    company: Company,
    site: Site,
    outside: httpx.AsyncClient,
    work_off: WorkOff,
    say: Say,
    monkeypatch: pytest.MonkeyPatch,
    door: str,
):
    """
    Past so many an hour those who are new wait their turn; who is known already is met at once,
    and nothing that was said is lost.
    """
    monkeypatch.setattr(unproven, "MOST_AN_HOUR", 2)

    async def tell(n: int) -> None:
        visitor, email = f"v1758565884546_crowd{n:02}", f"ana{n}@example.com"
        if door == "identify":
            await say(visitorId=visitor, email=email)
        else:
            message = {"anonymousId": visitor, "userId": f"u{n}", "traits": {"email": email}}
            await outside.post("/v1/identify", json=message, auth=(site.write_key, ""))

    for n in range(2):
        await tell(n)
    await work_off()
    await tell(2)
    await say(visitorId=OTHER, email="ana0@example.com")
    runner = asyncio.ensure_future(work_off())
    await until(lambda: _met(company, OTHER))
    assert len(await company.people()) == 2

    monkeypatch.setattr(unproven, "MOST_AN_HOUR", 3)
    await runner
    assert len(await company.people()) == 3


async def _met(company: Company, visitor: str) -> bool:
    return await owner(company, visitor) is not None

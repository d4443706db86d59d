"""Links, claims and conflicts over HTTP."""

from collections.abc import AsyncGenerator, Callable
from typing import Any

import httpx
import pytest

from pista import contacts, identity
from pista.store.postgres import Postgres
from tests.contacts.conftest import new_tenant
from tests.rooms import admins

CONFLICTS = "/api/linking/conflicts"
CLAIMS = "/api/linking/claims"
LINKS = "/api/linking/links"


@pytest.fixture
async def make_client(postgres: Postgres) -> AsyncGenerator[Callable[..., Any]]:
    """A client with the admin key of a company of its own."""
    async with admins(postgres, [*contacts.routes, *identity.routes]) as admin_of:

        async def opened(name: str = "flores") -> httpx.AsyncClient:
            async with postgres.transaction() as tx:
                tenant = await new_tenant(tx, name)
            return await admin_of(tenant)

        yield opened


@pytest.fixture
async def client(make_client: Callable[..., Any]) -> httpx.AsyncClient:
    return await make_client()


async def add(client: httpx.AsyncClient, **given: str) -> str:
    return (await client.post("/api/contacts", json=given)).json()["id"]


async def link(client: httpx.AsyncClient, contact: str, visitor: str = "v1") -> dict[str, Any]:
    return (await client.post(LINKS, json={"visitorId": visitor, "contactId": contact})).json()


async def test_a_conflict_is_decided_and_opened_again(client: httpx.AsyncClient):
    """
    Both sides are shown; merged they are one; undone they are two, and the question stands.
    """
    one = await add(client, crmId="a1", email="ana@tienda.pe")
    two = await add(client, crmId="b2", email="ana@tienda.pe")
    [item] = (await client.get(CONFLICTS, params={"state": "open"})).json()["items"]
    assert (item["reason"], item["kind"], item["value"]) == (
        "shared_identity",
        "email",
        "ana@tienda.pe",
    )
    assert {side["id"] for side in item["sides"]} == {one, two}

    path = f"{CONFLICTS}/{item['id']}/decision"
    wrong = await client.post(path, json={"decision": "merge", "into": "cntct_" + "x" * 22})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid")
    decided = (await client.post(path, json={"decision": "merge", "into": two})).json()
    assert (decided["decision"], decided["decidedBy"]) == ("merge", "API key")
    assert [side["id"] for side in decided["sides"]] == [two]
    again = await client.post(path, json={"decision": "merge", "into": two})
    assert again.json() == decided
    other = await client.post(path, json={"decision": "separate"})
    assert (other.status_code, other.json()["code"]) == (409, "already_decided")
    assert (await client.get(f"/api/contacts/{one}")).json()["id"] == two

    undone = (await client.delete(path)).json()
    assert (undone["decision"], len(undone["sides"])) == (None, 2)
    assert (await client.get(f"/api/contacts/{one}")).json()["id"] == one
    # Decided to be two people, the same question is not asked again.
    await client.post(path, json={"decision": "separate"})
    await add(client, crmId="b2", email="ana@tienda.pe")
    assert (await client.get(CONFLICTS, params={"state": "open"})).json()["items"] == []
    about_one = await client.get(CONFLICTS, params={"contactId": one, "state": "decided"})
    assert len(about_one.json()["items"]) == 1


async def test_a_conflict_of_a_contact_that_was_merged_meanwhile(client: httpx.AsyncClient):
    """
    It is asked of what shows the contact now, and can be decided for that as for the other side.
    """
    one = await add(client, crmId="a1", email="ana@tienda.pe")
    two = await add(client, crmId="b2", email="ana@tienda.pe")
    three = await add(client, crmId="c3")
    await client.post(f"/api/contacts/{three}/merge", json={"contactId": one})

    found = await client.get(CONFLICTS, params={"contactId": three, "state": "open"})
    [item] = found.json()["items"]
    assert {side["id"] for side in item["sides"]} == {three, two}
    path = f"{CONFLICTS}/{item['id']}/decision"
    for into in (three, two):
        decided = (await client.post(path, json={"decision": "merge", "into": into})).json()
        assert [side["id"] for side in decided["sides"]] == [into]
        assert (await client.get(f"/api/contacts/{one}")).json()["id"] == into
        await client.delete(path)
    assert (await client.get(f"/api/contacts/{one}")).json()["id"] == three


async def test_a_conflict_is_of_the_very_contacts(client: httpx.AsyncClient):
    """
    Asked while they were shown with others, and parted since: it is not of those others.
    """
    one, two = await add(client, crmId="a1", email="ana@tienda.pe"), await add(client, crmId="b2")
    await link(client, one)
    merged = await client.post(f"/api/contacts/{two}/merge", json={"contactId": one})
    three = await add(client, crmId="c3", email="ana@tienda.pe")
    await link(client, three)

    await client.delete(f"/api/contacts/{two}/merge/{merged.json()['merges'][0]['id']}")

    items = (await client.get(CONFLICTS, params={"state": "open"})).json()["items"]
    assert {item["reason"] for item in items} == {"shared_identity", "shared_browser"}
    for item in items:
        assert {side["id"] for side in item["sides"]} == {one, three}


async def test_questions_are_narrowed_down_to_reasons(client: httpx.AsyncClient):
    """
    Several may be given; a page is full of those, whatever lies between them.
    """
    one, two = await add(client, crmId="a1", email="ana@tienda.pe"), await add(client, crmId="b2")
    for contact in (one, two):
        await link(client, contact)
    await add(client, crmId="c3", email="ana@tienda.pe")

    async def asked(*reasons: str) -> list[str]:
        params = [("reason", one) for one in reasons]
        found = await client.get(CONFLICTS, params=[*params, ("limit", "1")])
        return [item["reason"] for item in found.json()["items"]]

    assert await asked("shared_browser", "too_many_visitors") == ["shared_browser"]
    assert await asked("too_many_identities", "shared_identity") == ["shared_identity"]
    assert await asked("too_many_visitors") == []
    wrong = await client.get(CONFLICTS, params={"reason": "bad_luck"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid")


async def test_a_link_by_hand_and_its_undo(client: httpx.AsyncClient):
    """
    Written down with who did it; undone, the visitor is nobody's.
    """
    one, two = await add(client, crmId="a1"), await add(client, crmId="b2")
    made = await link(client, one)
    assert made["outcome"] == "linked"
    assert (await link(client, two))["outcome"] == "forked"
    [item] = (await client.get(CONFLICTS)).json()["items"]
    assert (item["reason"], item["visitorId"]) == ("shared_browser", "v1")

    log = (await client.get(CLAIMS, params={"visitorId": "v1"})).json()["items"]
    assert [(line["outcome"], line["decidedBy"]) for line in log] == [
        ("forked", "API key"),
        ("linked", "API key"),
    ]
    undo = f"{CLAIMS}/{made['claimId']}/undo"
    undone = (await client.post(undo)).json()
    assert (undone["outcome"], undone["undoes"]) == ("undone", made["claimId"])
    assert (await client.post(undo)).json() == undone
    again = await client.post(f"{CLAIMS}/{undone['id']}/undo")
    assert (again.status_code, again.json()["code"]) == (409, "nothing_to_undo")


async def test_lists_are_read_page_by_page(client: httpx.AsyncClient):
    """
    The newest first, each once, until there is no next page.
    """
    contact = await add(client, crmId="a1")
    for n in range(5):
        await link(client, contact, f"v{n}")

    read: list[str] = []
    asked = {"limit": "2", "contactId": contact, "outcome": "linked"}
    while asked:
        page = (await client.get(CLAIMS, params=asked)).json()
        read += [one["visitorId"] for one in page["items"]]
        asked = asked | {"before": page["next"]} if page["next"] else {}
    assert read == [f"v{n}" for n in reversed(range(5))]
    for path in (CLAIMS, CONFLICTS):
        assert (await client.get(path, params={"before": "x"})).json()["code"] == "invalid"
        odd = await client.get(path, params={"contactId": "a\0b"})
        assert odd.json() == {"items": [], "next": None}


async def test_another_company_sees_and_decides_nothing(
    client: httpx.AsyncClient, make_client: Callable[..., Any]
):
    """
    By the ids of ours it finds nothing.
    """
    contact = await add(client, crmId="a1", email="ana@tienda.pe")
    await add(client, crmId="b2", email="ana@tienda.pe")
    made = await link(client, contact)
    [item] = (await client.get(CONFLICTS)).json()["items"]
    stranger: httpx.AsyncClient = await make_client("rivales")

    nothing: dict[str, Any] = {"items": [], "next": None}
    for path in (CONFLICTS, CLAIMS, f"{CLAIMS}?visitorId=v1", f"{CLAIMS}?contactId={contact}"):
        assert (await stranger.get(path)).json() == nothing
    path = f"{CONFLICTS}/{item['id']}/decision"
    answers = [
        await stranger.post(path, json={"decision": "merge"}),
        await stranger.delete(path),
        await stranger.post(f"{CLAIMS}/{made['claimId']}/undo"),
        await stranger.post(LINKS, json={"visitorId": "v1", "contactId": contact}),
    ]
    assert [one.json()["code"] for one in answers] == [
        "conflict_not_found",
        "conflict_not_found",
        "claim_not_found",
        "contact_not_found",
    ]
    assert (await client.get(CONFLICTS)).json()["items"] == [item]

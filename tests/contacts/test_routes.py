"""Contacts over HTTP."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

PATH = "/api/contacts"
ANA = {"name": "Ana", "email": "ana@tienda.pe", "phone": "987 612 345"}


@pytest.fixture
async def client(make_client: Callable[..., Any]) -> httpx.AsyncClient:
    return await make_client()


async def test_a_contact_from_the_first_to_the_last(client: httpx.AsyncClient):
    """
    Added, added to, changed, found and merged.
    """
    made = await client.post(PATH, json=ANA | {"tags": ["vip"], "attributes": {"plan": "gold"}})
    ana = made.json()
    assert (made.status_code, ana["created"], ana["phone"]) == (201, True, "+51987612345")
    again = await client.post(PATH, json={"email": "ANA@tienda.pe", "crmId": "a1"})
    assert (again.status_code, again.json()["id"]) == (200, ana["id"])

    path = f"{PATH}/{ana['id']}"
    change = {"email": "ana@otra.pe", "phone": None, "attributes": {"plan": None, "n": 7}}
    changed = (await client.patch(path, json=change)).json()
    assert (changed["email"], changed["phone"], changed["crmId"]) == ("ana@otra.pe", None, "a1")
    assert (changed["attributes"], changed["tags"]) == ({"n": 7}, ["vip"])
    known = {(one["kind"], one["value"]) for one in changed["identities"]}
    assert known == {("email", "ana@otra.pe"), ("crm", "a1")}
    assert (await client.get(path)).json() == changed

    luis = (await client.post(PATH, json={"phone": "987612345"})).json()
    taken = await client.patch(path, json={"phone": "+51 987612345"})
    assert (taken.status_code, taken.json()["code"]) == (409, "identity_taken")
    merged = (await client.post(f"{path}/merge", json={"contactId": luis["id"]})).json()
    assert (merged["id"], merged["phone"]) == (ana["id"], "+51987612345")
    twice = await client.post(f"{path}/merge", json={"contactId": luis["id"]})
    assert twice.json()["code"] == "one_already"
    [listed] = (await client.get(PATH, params={"q": "987612345"})).json()["items"]
    assert listed["id"] == ana["id"]

    hidden = (await client.patch(path, json={"crmId": None})).json()
    assert (hidden["phone"], hidden["crmId"]) == ("+51987612345", None)
    undo = f"{path}/merge/{merged['merges'][0]['id']}"
    undone = (await client.delete(undo)).json()
    assert undone["phone"] is None
    assert (await client.get(f"{PATH}/{luis['id']}")).json()["id"] == luis["id"]
    assert (await client.delete(undo)).json()["merges"] == undone["merges"]


WRONG: list[tuple[dict[str, Any], str]] = [
    ({}, "bad_contact"),
    ({"name": "Ana"}, "bad_contact"),
    ({"email": "test@test.com"}, "bad_contact"),
    ({"phone": "call me"}, "bad_contact"),
    ({"email": ""}, "invalid"),
    ({"email": "a@tienda.pe", "unknown": 1}, "invalid"),
    ({"email": "a@tienda.pe", "source": "with blanks"}, "invalid"),
    ({"email": "a@tienda.pe", "attributes": {"a": ["b"]}}, "invalid"),
]


async def test_contacts_that_cannot_be(client: httpx.AsyncClient):
    """
    Each says why, and nothing is stored.
    """
    said = [(await client.post(PATH, json=body)).json()["code"] for body, _ in WRONG]

    assert said == [code for _, code in WRONG]
    assert (await client.get(PATH)).json() == {"items": [], "next": None}


async def test_texts_that_cannot_be_stored(client: httpx.AsyncClient):
    """
    PostgreSQL takes no NUL; what is around it is kept.
    """
    odd = {"name": "A\0na", "tags": ["v\0ip"], "attributes": {"p\0lan": "g\0old"}}
    made = (await client.post(PATH, json=odd | {"crmId": "a1"})).json()
    assert (made["name"], made["tags"], made["attributes"]) == (
        "A na",
        ["v ip"],
        {"p lan": "g old"},
    )

    changed = await client.patch(f"{PATH}/{made['id']}", json=odd)
    assert (changed.status_code, changed.json()["name"]) == (200, "A na")
    odd_bytes = await client.get(f"{PATH}?tag=%ED%A0%80&q=%FF%FE")
    assert odd_bytes.status_code in (200, 400, 422)
    for asked in ({"q": "\0"}, {"tag": "\0"}, {"before": "2026-01-01T00:00:00+00:00~\0"}):
        assert (await client.get(PATH, params=asked)).status_code in (200, 422), asked
    assert (await client.get(f"{PATH}/a%00b")).json()["code"] == "contact_not_found"


async def test_contacts_are_read_page_by_page(client: httpx.AsyncClient):
    """
    The newest first, each once, until there is no next page.
    """
    for n in range(7):
        assert (await client.post(PATH, json={"crmId": f"c{n}"})).status_code == 201

    read: list[str] = []
    asked = {"limit": "3"}
    while asked:
        page = (await client.get(PATH, params=asked)).json()
        read += [one["crmId"] for one in page["items"]]
        asked = asked | {"before": page["next"]} if page["next"] else {}

    assert read == [f"c{n}" for n in reversed(range(7))]
    for wrong in ("x", "0001-01-01T00:00:00+14:00~y"):
        assert (await client.get(PATH, params={"before": wrong})).json()["code"] == "invalid"


async def test_the_country_of_phones(client: httpx.AsyncClient):
    """
    That of the time zone until somebody chooses one.
    """
    settings = f"{PATH}/settings"
    assert (await client.get(settings)).json() == {"defaultCountry": "PE"}
    chosen = await client.put(settings, json={"defaultCountry": "BR"})
    assert chosen.json() == {"defaultCountry": "BR"}
    made = (await client.post(PATH, json={"phone": "(11) 98761-2344"})).json()
    assert made["phone"] == "+5511987612344"
    assert (await client.put(settings, json={"defaultCountry": "XX"})).json()["code"] == "invalid"
    assert (await client.put(settings, json={"defaultCountry": None})).json() == {
        "defaultCountry": "PE"
    }


async def test_what_a_merged_contact_shows_can_be_changed(client: httpx.AsyncClient):
    """
    Also what it shows of another: taken away, it is nobody's, and stays so after the undo.
    """
    one = (await client.post(PATH, json={"crmId": "a1"})).json()
    two = (await client.post(PATH, json={"email": "ana@tienda.pe"})).json()
    path = f"{PATH}/{one['id']}"
    merged = (await client.post(f"{path}/merge", json={"contactId": two["id"]})).json()
    assert merged["email"] == "ana@tienda.pe"

    changed = (await client.patch(path, json={"email": None})).json()
    assert changed["email"] is None
    assert [one["kind"] for one in changed["identities"]] == ["crm"]
    await client.delete(f"{path}/merge/{merged['merges'][0]['id']}")
    assert (await client.get(f"{PATH}/{two['id']}")).json()["email"] is None


async def test_another_company_finds_nothing(
    client: httpx.AsyncClient, make_client: Callable[..., Any]
):
    """
    Neither by our ids nor by our people's e-mails.
    """
    ana = (await client.post(PATH, json=ANA)).json()
    luis = (await client.post(PATH, json={"crmId": "l1"})).json()
    path = f"{PATH}/{ana['id']}"
    merged = (await client.post(f"{path}/merge", json={"contactId": luis["id"]})).json()
    stranger: httpx.AsyncClient = await make_client("rivales")
    own = (await stranger.post(PATH, json=ANA)).json()
    assert own["created"]

    answers = [
        await stranger.get(path),
        await stranger.patch(path, json={"name": "Eve"}),
        await stranger.post(f"{path}/merge", json={"contactId": own["id"]}),
        await stranger.post(f"{PATH}/{own['id']}/merge", json={"contactId": ana["id"]}),
        await stranger.delete(f"{path}/merge/{merged['merges'][0]['id']}"),
    ]
    assert {one.json()["code"] for one in answers} == {"contact_not_found"}
    undo = f"{PATH}/{own['id']}/merge/{merged['merges'][0]['id']}"
    assert (await stranger.delete(undo)).json()["code"] == "merge_not_found"
    assert (await client.get(path)).json() == merged

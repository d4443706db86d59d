"""Claims that wait for a person, over HTTP."""

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from pista import identity
from pista.ids import ContactId
from pista.store.postgres import Postgres
from tests.identity.conftest import NOON, claim
from tests.identity.test_routes import CLAIMS, add, client, link, make_client

__all__ = ["client", "make_client"]

REVIEWS = "/api/linking/reviews"
OPEN = "/api/linking/open"


@pytest.fixture
def page_says(postgres: Postgres) -> Callable[..., Any]:
    """A claim of a page, about the one company that there is."""

    async def said(contact: str, visitor: str = "v1", key: str = "s1") -> str:
        async with postgres.transaction() as tx:
            tenant = await tx.value("select tenant_id from contacts where id = $1", contact)
            what = claim("ud", key, visitor_id=visitor, contact_id=ContactId(contact))
            return str((await identity.link(tx, tenant, what, now=NOON)).claim_id)

    return said


async def test_a_claim_is_decided_and_asked_again(
    client: httpx.AsyncClient, page_says: Callable[..., Any]
):
    """
    With both sides shown; the log tells what was decided, and by whom.
    """
    ana, luis = await add(client, crmId="a1"), await add(client, crmId="b2")
    claim_id = await page_says(ana)
    [item] = (await client.get(REVIEWS)).json()["items"]
    assert (item["contact"]["id"], item["holder"], item["decision"]) == (ana, None, None)
    assert (item["claim"]["id"], item["claim"]["review"]) == (claim_id, "open")
    assert (await client.get(OPEN)).json() == {"claims": 1, "conflicts": 0}

    path = f"{CLAIMS}/{claim_id}/decision"
    decided = (await client.post(path, json={"decision": "accept"})).json()
    assert (decided["decision"], decided["decidedBy"]) == ("accept", "API key")
    assert decided["holder"]["contact"]["id"] == ana
    assert (await client.get(OPEN)).json()["claims"] == 0
    other = await client.post(path, json={"decision": "keep"})
    assert (other.status_code, other.json()["code"]) == (409, "already_decided")
    log = (await client.get(CLAIMS, params={"visitorId": "v1"})).json()["items"]
    assert [(line["outcome"], line["review"], line["reviewedBy"]) for line in log] == [
        ("linked", None, None),
        ("waiting", "accept", "API key"),
    ]

    undone = (await client.delete(path)).json()
    assert (undone["decision"], undone["holder"]) == (None, None)
    assert (await client.delete(path)).json() == undone
    # Somebody else's for certain by now: that was the answer.
    await link(client, luis)
    assert (await client.get(REVIEWS)).json() == {"items": [], "next": None}
    settled = await client.delete(path)
    assert (settled.status_code, settled.json()["code"]) == (409, "nothing_to_decide")


async def test_reviews_are_read_page_by_page(
    client: httpx.AsyncClient, page_says: Callable[..., Any]
):
    """
    The newest first, each once.
    """
    people = [await add(client, crmId=f"c{n}") for n in range(5)]
    for n, contact in enumerate(people):
        await page_says(contact, f"v{n}", f"s{n}")

    read: list[str] = []
    asked: dict[str, Any] = {"limit": 2}
    while asked:
        page = (await client.get(REVIEWS, params=asked)).json()
        read += [one["contact"]["id"] for one in page["items"]]
        asked = asked | {"before": page["next"]} if page["next"] else {}

    assert sorted(read) == sorted(people)
    assert (await client.get(REVIEWS, params={"before": "x"})).json()["code"] == "invalid"


async def test_another_company_decides_nothing(
    client: httpx.AsyncClient, make_client: Callable[..., Any], page_says: Callable[..., Any]
):
    """
    Nor does it see what waits.
    """
    claim_id = await page_says(await add(client, crmId="a1"))
    stranger: httpx.AsyncClient = await make_client("rivales")

    path = f"{CLAIMS}/{claim_id}/decision"
    answers = [await stranger.post(path, json={"decision": "accept"}), await stranger.delete(path)]

    assert [one.json()["code"] for one in answers] == ["claim_not_found"] * 2
    assert (await stranger.get(OPEN)).json() == {"claims": 0, "conflicts": 0}
    assert (await stranger.get(REVIEWS)).json()["items"] == []
    assert len((await client.get(REVIEWS)).json()["items"]) == 1

"""Making links, and reading what came through them."""

import asyncio
from collections.abc import AsyncGenerator
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import httpx
import pytest

from pista import clicks
from pista.clicks import LinkId, links
from pista.clicks.links.queries import CLICKS_OF_LINK
from pista.clicks.queries import Hit, add_hits
from pista.ids import TenantId
from pista.settings import Settings
from pista.store import postgres as store
from pista.store.postgres import Lead, Postgres
from tests.clicks.conftest import HOUR, NOON, a_click
from tests.contacts.conftest import new_tenant
from tests.rooms import AdminOf, admins

BASE = "https://pista.example"
BOT = {"name": "Otoño", "kind": "telegram", "bot": "@tienda_bot", "slug": "Otono"}


class Shop(NamedTuple):
    tenant: TenantId
    client: httpx.AsyncClient
    postgres: Postgres
    admin_of: AdminOf

    async def made(self, **given: Any) -> dict[str, Any]:
        answer = await self.client.post("/api/links", json=given)
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def code(self, method: str, path: str, **given: Any) -> tuple[int, str]:
        answer = await self.client.request(method, path, **given)
        return answer.status_code, answer.json()["code"]


@pytest.fixture
async def shop(postgres: Postgres) -> AsyncGenerator[Shop]:
    async with postgres.transaction() as tx:
        tenant = await new_tenant(tx)
    async with admins(postgres, links.routes, Settings(public_url=BASE)) as admin_of:
        yield Shop(tenant, await admin_of(tenant), postgres, admin_of)


async def test_a_link_is_made_changed_archived_and_used_again(shop: Shop):
    """
    It shows its address and where it leads now; archived it leads to its fallback, and taking that
    back it leads where it did.
    """
    made = await shop.made(**BOT)
    path = f"/api/links/{made['id']}"

    changed = await shop.client.patch(path, json={"name": "Primavera", "utmSource": "ig"})
    archived = await shop.client.post(f"{path}/archive")
    listed = (await shop.client.get("/api/links")).json()
    shelved = (await shop.client.get("/api/links", params={"archived": True})).json()
    restored = await shop.client.post(f"{path}/restore")

    assert (made["address"], made["slug"]) == (f"{BASE}/go/otono", "otono")
    assert made["leadsTo"] == "https://t.me/tienda_bot?start=TOKEN"
    assert changed.json() | {"name": "Otoño", "utmSource": None} == made
    assert (archived.json()["leadsTo"], listed) == (None, {"items": [], "archived": 1})
    assert [one["id"] for one in shelved["items"]] == [made["id"]]
    assert restored.json() == changed.json()


async def test_links_that_lead_nowhere_are_refused(shop: Shop):
    """
    With the name of the field; and an address is one link's, whoever's that is.
    """
    twin = await shop.admin_of(await _another(shop))
    await twin.post("/api/links", json=BOT | {"slug": "ajeno"})
    page: dict[str, Any] = {"name": "P", "kind": "page"}
    refused = [
        await shop.code("POST", "/api/links", json=asked)
        for asked in (
            {"name": "T", "kind": "telegram"},
            {"name": "W", "kind": "whatsapp", "phone": "+51 987 654 321", "text": "Hola"},
            page,
            page | {"url": "javascript:alert(1)"},
            page | {"url": "//tienda.pe"},
            page | {"url": "https://[x"},
            page | {"url": "https://tienda.pe:99999/"},
            page | {"url": "https://tienda.pe/\r\nSet-Cookie: a=b"},
            {"name": "W", "kind": "whatsapp", "phone": "12-34-5"},
            {"name": "W", "kind": "whatsapp", "phone": "+51 987 654 321 987 654"},
            # Who sends it off would not be found by it.
            {"name": "W", "kind": "whatsapp", "phone": "51987654321", "text": "Cupon{code}"},
            BOT | {"domain": "go.tienda.pe"},
            BOT | {"channelId": "0190a000-0000-7000-8000-00000000000f"},
        )
    ]

    assert refused == [(422, "bad_link")] * len(refused)
    assert await shop.code("POST", "/api/links", json=BOT | {"slug": "AJENO"}) == (
        409,
        "slug_taken",
    )
    made = await shop.made(**BOT)
    assert await shop.code("PATCH", f"/api/links/{made['id']}", json={"slug": "ajeno"}) == (
        409,
        "slug_taken",
    )
    free = await shop.made(**page, url="https://Niño.pe:8443/ñandú?a=é")
    led = "https://xn--nio-8ma.pe:8443/%C3%B1and%C3%BA?a=%C3%A9&pista=TOKEN"
    assert free["leadsTo"] == led
    assert len(free["slug"]) == 7


async def test_changes_at_once_all_count(shop: Shop):
    """
    Whoever writes the name does not take back what another writes beside it, nor the archiving.
    """
    path = f"/api/links/{(await shop.made(**BOT))['id']}"
    fields = {"name": "Nuevo", "campaign": "C", "adset": "S", "ad": "A", "utmSource": "ig"}

    await asyncio.gather(
        *(shop.client.patch(path, json={name: value}) for name, value in fields.items()),
        shop.client.post(f"{path}/archive"),
    )

    link = (await shop.client.get(path)).json()
    assert {name: link[name] for name in fields} == fields
    assert link["archivedAt"]


async def test_odd_questions_are_answered(shop: Shop):
    """
    Times of no calendar and without a zone, and texts that nothing is called.
    """
    made = await shop.made(**BOT)
    hours = f"/api/links/{made['id']}/hours"
    asked = [
        (hours, {"to": "0001-01-01T00:00:00Z"}, 200),
        (hours, {"from": "9999-12-31T23:59:59-10:00"}, 200),
        (hours, {"from": "2026-01-01T00:00:00"}, 200),
        ("/api/links", {"from": "0001-01-01T00:00:00+10:00"}, 200),
        ("/api/clicks", {"to": "9999-12-31T23:59:59-10:00"}, 200),
        ("/api/clicks", {"campaign": "\0"}, 422),
    ]

    answers = [await shop.client.get(path, params=given) for path, given, _ in asked]
    named = await shop.code("POST", "/api/links", json=BOT | {"slug": "nul", "name": "a\0"})

    assert [one.status_code for one in answers] == [status for _, _, status in asked]
    assert named == (422, "invalid")


async def test_domains_of_ones_own(shop: Shop):
    """
    One company has a domain, once it is proven; it is given up once nothing is on it.
    """
    twin = await shop.admin_of(await _another(shop))
    added = await shop.client.post("/api/link-domains", json={"domain": "Go.Tienda.pe."})
    assert added.status_code == 201, added.text
    unproven = await shop.code("POST", "/api/links", json=BOT | {"domain": "go.tienda.pe"})
    assert unproven == (422, "bad_link")
    async with shop.postgres.transaction() as tx:
        await tx.execute("update link_domains set proven_at = now()")
    made = await shop.made(**BOT, domain="go.tienda.pe")
    theirs = await twin.post("/api/link-domains", json={"domain": "go.tienda.pe"})
    in_use = await shop.code("DELETE", "/api/link-domains/go.tienda.pe")
    await shop.client.patch(f"/api/links/{made['id']}", json={"domain": ""})
    gone = await shop.client.delete("/api/link-domains/go.tienda.pe")

    assert [one["domain"] for one in added.json()["items"]] == ["go.tienda.pe"]
    assert made["address"] == "https://go.tienda.pe/go/otono"
    assert (theirs.status_code, theirs.json()["code"]) == (409, "domain_taken")
    assert (in_use, gone.status_code) == ((409, "domain_in_use"), 204)
    for pasted, name in (("https://Go.Niño.pe:8443/x", "go.xn--nio-8ma.pe"), ("a.pe", "a.pe")):
        named = await shop.client.post("/api/link-domains", json={"domain": pasted})
        assert name in [one["domain"] for one in named.json()["items"]]
    for wrong in ("pista.example", "no domain", "x", "-a.com", "a-.com", "1.2.3.4", "*", "a\0.pe"):
        asked = {"domain": wrong}
        assert await shop.code("POST", "/api/link-domains", json=asked) == (422, "bad_link")


async def test_what_came_through_is_counted_and_listed(shop: Shop):
    """
    People once a day each, whatever they click; programs apart; clicks newest first, page by page.
    """
    link = LinkId(UUID((await shop.made(**BOT))["id"]))
    hits = [
        Hit(tenant_id=shop.tenant, click=a_click(link_id=link, **given), who=who)
        for who, given in (
            (1, {"campaign": "A"}),
            (1, {"campaign": "A", "at": NOON + HOUR}),
            (2, {"campaign": "B"}),
            (3, {"nature": "preview"}),
            (1, {"at": NOON + timedelta(days=1)}),
        )
    ]
    async with shop.postgres.transaction() as tx:
        for hit in hits:
            await add_hits(tx, [hit], {(shop.tenant, link): 1}, NOON)

    one = (await shop.client.get(f"/api/links/{link}")).json()
    span = {"from": "2026-03-18T12:00:00Z", "to": "2026-03-18T13:00:00Z"}
    [within] = (await shop.client.get("/api/links", params=span)).json()["items"]
    days = {"from": "2026-03-18T00:00:00Z", "to": "2026-03-20T00:00:00Z"}
    hours = (await shop.client.get(f"/api/links/{link}/hours", params=days)).json()["items"]
    first = (await shop.client.get("/api/clicks", params={"linkId": str(link), "limit": 2})).json()
    more = {"linkId": str(link), "before": first["next"]}
    rest = (await shop.client.get("/api/clicks", params=more)).json()
    of_a = (await shop.client.get("/api/clicks", params={"campaign": "A"})).json()["items"]

    assert one["counts"] == {"clicks": 4, "people": 3, "bots": 1, "starts": 0, "lost": 5}
    assert (within["counts"]["clicks"], within["counts"]["bots"]) == (2, 1)
    assert [hour["clicks"] for hour in hours] == [2, 1, 1]
    listed = [click["id"] for click in (*first["items"], *rest["items"])]
    assert listed == sorted((str(hit.click.id) for hit in hits), reverse=True)
    assert rest["next"] is None
    assert [click["campaign"] for click in of_a] == ["A", "A"]


async def test_a_links_clicks_are_found_by_their_index(shop: Shop):
    """
    However many others there are.
    """
    async with shop.postgres.transaction() as tx:
        await tx.execute("set local enable_seqscan = off")
        plan = await tx.connection.fetch(
            "explain " + CLICKS_OF_LINK,
            *(shop.tenant, LinkId(shop.tenant), None, None, None, None, None, None, 50, None, None),
        )

    text = "\n".join(row[0] for row in plan)
    assert "clicks_link" in text
    assert "Sort" not in text


@pytest.mark.parametrize(
    ("kind", "begins"), [("svg", b"<?xml"), ("png", b"\x89PNG")], ids=["svg", "png"]
)
async def test_a_picture_of_its_address(shop: Shop, kind: str, begins: bytes):
    made = await shop.made(**BOT)

    answer = await shop.client.get(f"/api/links/{made['id']}/qr", params={"format": kind})

    assert answer.content.startswith(begins)
    assert kind in answer.headers["content-type"]


async def _another(shop: Shop) -> TenantId:
    async with shop.postgres.transaction() as tx:
        return await new_tenant(tx, "otra")


async def test_who_came_is_forgotten_when_the_day_is_over(shop: Shop):
    """
    The counts stay.
    """
    link = LinkId(UUID((await shop.made(**BOT))["id"]))
    now = datetime.now(UTC)
    hits = [
        Hit(tenant_id=shop.tenant, click=a_click(link_id=link, at=at), who=1)
        for at in (now - timedelta(days=4), now)
    ]
    async with shop.postgres.transaction() as tx:
        await add_hits(tx, hits, {}, now)
    connection = await store.connect(shop.postgres.url)

    await clicks.Pruner()(Lead(connection))
    await connection.close()

    async with shop.postgres.transaction() as tx:
        [left] = await tx.connection.fetch("select day from link_people")
    counts = (await shop.client.get(f"/api/links/{link}")).json()["counts"]
    assert left["day"] == now.date()
    assert counts["people"] == 2

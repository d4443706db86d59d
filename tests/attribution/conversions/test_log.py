"""The delivery log and destinations over HTTP, as an admin uses them."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from pista.accounts import Role, service
from pista.app import House
from pista.sales import Buyer
from pista.settings import Settings
from pista.store.embedded.process import free_port
from pista.store.runtime import Urls
from tests.attribution.conversions.shop import DAY, Shop, working
from tests.events.writing import until
from tests.fakes import meta as fake
from tests.fakes.meta import Meta

URL = "http://pista.test"
LOG = "/api/conversions"
EMAIL = "ana@flores.example"
PASSWORD = "correct horse battery"
META = {"kind": "meta", "name": "Meta", "settings": {"pixelId": fake.PIXEL}, "graceMinutes": 0}
SECRET = {"secrets": {"token": fake.TOKEN}}


@pytest.fixture
async def admin(shop: Shop, meta: Meta, tmp_path: Path) -> AsyncGenerator[httpx.AsyncClient]:
    """Signed in; ClickHouse is away."""
    async with shop.postgres.transaction() as tx:
        await service.create_user(
            tx,
            shop.tenant,
            email=EMAIL,
            name="Ana",
            role=Role.ADMIN,
            password=PASSWORD,
            now=datetime.now(UTC),
        )
    settings = Settings(public_url=URL, data_dir=tmp_path, meta_graph_url=meta.url)
    away = f"http://127.0.0.1:{free_port()}"
    house = House(settings, Urls(database_url=shop.place.database, clickhouse_url=away))
    await house.start()
    transport = httpx.ASGITransport(house, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url=URL) as client:
        await ask(client, "POST", "/api/login", {"email": EMAIL, "password": PASSWORD})
        client.headers["Origin"] = URL
        yield client
    await house.stop()


async def ask(client: httpx.AsyncClient, method: str, path: str, body: Any = None) -> Any:
    answer = await client.request(method, path, json=body)
    assert answer.status_code < 400, answer.text
    return answer.json() if answer.content else None


async def test_connecting_and_trying(admin: httpx.AsyncClient, meta: Meta):
    """
    A destination's secret is never answered; its test button says what the platform said.
    """
    made = await ask(admin, "POST", "/api/destinations", META | SECRET)
    place = f"/api/destinations/{made['id']}"
    fine = await ask(admin, "POST", f"{place}/test")
    await ask(admin, "PUT", f"{place}/test-events", {"code": "TEST42"})
    tried = await ask(admin, "POST", f"{place}/test")
    meta.token = "another"
    refused = await ask(admin, "POST", f"{place}/test")
    wrong = await admin.post("/api/destinations", json=META | {"settings": {"pixel": "1"}} | SECRET)
    listed = await admin.get("/api/destinations")

    assert (fine["ok"], tried["ok"], refused["ok"]) == (True, True, False)
    assert [one.test_code for one in meta.taken] == ["TEST42"]
    assert refused["error"] == "Error validating access token."
    assert wrong.json()["code"] == "bad_destination"
    assert (made["hasSecrets"], fake.TOKEN in listed.text) == (["token"], False)


async def test_who_changed_it(admin: httpx.AsyncClient, shop: Shop):
    """
    Whatever is done to a destination is written down with who did it, and without its secrets.
    """
    made = await ask(admin, "POST", "/api/destinations", META | SECRET)
    place = f"/api/destinations/{made['id']}"
    await ask(admin, "PATCH", place, {"enabled": False, "secrets": {"token": "EAAGnew"}})
    await ask(admin, "PUT", f"{place}/test-events", {"code": "TEST42"})
    await ask(admin, "POST", f"{place}/backfill", {"days": 3})
    await ask(admin, "DELETE", place)
    log = await admin.get("/api/audit", params={"subjectId": made["id"]})

    lines = list(reversed(log.json()["items"]))
    assert [(one["action"], one["details"].get("changed")) for one in lines] == [
        ("destination_added", None),
        ("destination_changed", "secrets, enabled"),
        ("destination_changed", "test_events"),
        ("destination_changed", "past_days"),
        ("destination_deleted", None),
    ]
    assert {one["subjectName"] for one in lines} == {"Meta"}
    assert "EAAG" not in log.text


async def test_what_does_not_fit(admin: httpx.AsyncClient):
    """
    What a platform has no use for is refused by its name; where it has no code for tests, one under
    a code would count.
    """
    ga4 = {"kind": "ga4", "name": "GA4", "settings": {"measurementId": "G-ABC123"}}
    made = await ask(admin, "POST", "/api/destinations", ga4 | {"secrets": {"api_secret": "s"}})
    code = await admin.put(f"/api/destinations/{made['id']}/test-events", json={"code": "TEST42"})
    wrong = {
        "pixelId": {"settings": {"pixelId": "12/../me"}},
        "pageUrl": {"settings": {"pixelId": "1", "pageUrl": "javascript:x"}},
        "Refund": {"events": ["Refund"]},
    }
    for named, told in wrong.items():
        answer = await admin.post("/api/destinations", json=META | SECRET | told)
        assert (answer.status_code, answer.json()["code"]) == (422, "bad_destination")
        assert named in answer.json()["detail"]

    assert code.json()["code"] == "bad_destination"
    assert made["events"] == ["Purchase"]


async def test_the_log(admin: httpx.AsyncClient, shop: Shop, meta: Meta):
    """
    Each delivery is shown with what was sent, without what names anybody, and what would help;
    what has arrived is not sent again.
    """
    made = await ask(admin, "POST", "/api/destinations", META | SECRET)
    names = {"utm_campaign": "flores", "utm_term": "madres", "utm_content": "video"}
    told: dict[str, Any] = {"campaign": "120210", "adset": "77", "ad": "video", **names}
    click = await shop.click(**told)
    cost = {"day": f"{datetime.now(UTC):%Y-%m-%d}", "platform": "meta", "costCents": 100}
    cost |= {"currency": "BRL", "campaignId": "120210", "campaign": "rosas"}
    await ask(admin, "PUT", "/api/spend", {"items": [cost]})
    sale = await shop.sell(click_token=click.token, external_id="1001")
    lost = await shop.sell(test=True, buyer=Buyer(name="Rosa Vega"))
    async with working(shop.place):
        await until(shop.is_settled, 60)
    listed = await ask(admin, "GET", "/api/conversions?limit=1")
    rest = await ask(admin, "GET", f"/api/conversions?limit=1&before={listed['next']}")
    detail = await ask(admin, "GET", f"/api/conversions/purchase:{sale}/{made['id']}")
    why = await ask(admin, "GET", f"/api/sales/{sale}/credit")
    same = await ask(admin, "GET", f"/api/report/credits/{sale}?kind=sale")
    again = await admin.post(f"/api/conversions/purchase:{sale}/{made['id']}/resend", json={})

    before = f"{datetime.now(UTC) - 2 * DAY:%Y-%m-%dT%H:%M:%SZ}"
    fitting = {
        asked: [one["saleId"] for one in (await ask(admin, "GET", f"{LOG}?{asked}"))["items"]]
        for asked in (
            "name=Purchase",
            "name=Lead",
            f"destinationId={made['id']}",
            f"destinationId={sale}",
            "q=1001",
            f"q={sale}",
            f"q=purchase:{lost}",
            f"q=1001&saleId={lost}",
            "q=nothing",
            f"from={before}",
            f"to={before}",
        )
    }

    both = [str(lost), str(sale)]
    assert list(fitting.values()) == [
        *(both, [], both, []),
        *([str(sale)], [str(sale)], [str(lost)], [], []),
        *(both, []),
    ]
    assert [(one["name"], one["deleted"]) for one in listed["destinations"]] == [("Meta", False)]
    assert listed["counts"] == {"sent": 1, "skipped": 1}
    [first, second] = [*listed["items"], *rest["items"]]
    assert (first["saleId"], first["why"]) == (str(lost), "test_sale")
    # By the name that the shop told; else by all that is known of them.
    assert [one["buyerName"] for one in (first, second)] == ["Rosa Vega", "ana@flores.example"]
    assert [one["orderNumber"] for one in (first, detail)] == [None, "1001"]
    assert (second["saleId"], second["method"]) == (str(sale), "token")
    for one in (second, detail, why):
        assert (one["campaign"], one["adset"], one["ad"]) == ("120210", "77", "video")
        # By the costs, by the address, and as it is where that is a name itself.
        assert (one["campaignName"], one["adsetName"], one["adName"]) == ("rosas", "madres", None)
    assert why == same
    assert (rest["next"], detail["mayResend"], again.status_code) == (None, False, 409)
    user = detail["payload"]["user_data"]
    assert (user["client_ip_address"], len(user["em"][0])) == ("203…", 7)
    assert detail["quality"]["wouldRaise"][0] == "ph"
    assert [(one["outcome"], one["traceId"]) for one in detail["tries"]] == [("sent", "T1")]
    assert [step["finding"] for step in why["steps"]] == [
        "nothing",
        "taken",
        "decided_before",
        "decided_before",
    ]


async def test_refused_after_no_answer(admin: httpx.AsyncClient, shop: Shop, meta: Meta):
    """
    What was not answered first and refused then may have arrived: somebody has to look.
    """
    made = await ask(admin, "POST", "/api/destinations", META | SECRET)
    meta.lose = 1.0
    sale = await shop.sell()

    async with working(shop.place):
        await until(meta.has_lost, 60)
        meta.lose, meta.poisoned = 0.0, {f"purchase:{sale}"}
        await until(shop.is_settled, 60)
    place = f"/api/conversions/purchase:{sale}/{made['id']}"
    detail = await ask(admin, "GET", place)
    blind = await admin.post(f"{place}/resend", json={})
    await ask(admin, "PATCH", f"/api/destinations/{made['id']}", {"enabled": False})
    off = await ask(admin, "GET", place)

    assert (detail["state"], detail["mayResend"], detail["mustLook"]) == ("dead", True, True)
    assert blind.json()["detail"].startswith("It may have arrived.")
    assert off["mayResend"] is False


async def test_sent_by_hand(admin: httpx.AsyncClient, shop: Shop, meta: Meta):
    """
    A sale that was refused is written anew; one that may have arrived needs somebody who looked,
    and leaves as it was.
    """
    made = await ask(admin, "POST", "/api/destinations", META | SECRET)
    refused, lost = await shop.sell(), await shop.sell()
    meta.poisoned = {f"purchase:{refused}"}
    async with working(shop.place):
        await until(shop.is_settled, 60)
    meta.poisoned = set()
    async with shop.postgres.transaction() as tx:
        await tx.execute(PARK, f"purchase:{lost}")
    places = [f"/api/conversions/purchase:{sale}/{made['id']}/resend" for sale in (refused, lost)]
    await ask(admin, "POST", places[0], {})
    blind = await admin.post(places[1], json={})
    await ask(admin, "POST", places[1], {"hasLooked": True})
    async with working(shop.place):
        await until(shop.is_settled, 60)

    assert blind.json()["detail"].startswith("It may have arrived.")
    assert await shop.states() == {"sent": 2}
    assert len({one.body for one in meta.of(f"purchase:{lost}")}) == 1


PARK = """
update deliveries set state = 'parked', unknown_since = now() - interval '3 days', sent_at = null
where event_id = $1
"""


async def test_past_days(admin: httpx.AsyncClient, shop: Shop, meta: Meta):
    """
    A destination that is new is told of past days under the ids that they have, and only once.
    """
    sale = await shop.sell()
    made = await ask(admin, "POST", "/api/destinations", META | SECRET)
    place = f"/api/destinations/{made['id']}/backfill"
    added = [(await ask(admin, "POST", place, {}))["added"] for _ in range(2)]
    async with working(shop.place):
        await until(shop.is_settled, 60)

    assert added == [1, 0]
    assert [one.event["event_id"] for one in meta.taken] == [f"purchase:{sale}"]

"""Exports over HTTP: one's own only, and no file but those."""

from collections.abc import AsyncGenerator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from pista.accounts import Scope, service
from pista.app import House
from pista.settings import Settings
from pista.store.clickhouse import ClickHouse
from pista.store.runtime import Urls
from tests.exports.conftest import Company, MakeCompany, store_days
from tests.exports.running import work

TODAY = datetime.now(UTC).date().isoformat()
DAYS = {"from": "2026-03-14", "to": "2026-03-15"}


@pytest.fixture
async def house(
    database: str, clickhouse_database: str, open_folder: Path
) -> AsyncGenerator[House]:
    settings = Settings(public_url="http://pista.test", data_dir=open_folder / "data")
    running = House(settings, Urls(database_url=database, clickhouse_url=clickhouse_database))
    await running.start()
    yield running
    await running.stop()


async def client(house: House, company: Company) -> httpx.AsyncClient:
    async with house.postgres.transaction() as tx:
        key = await service.create_api_key(
            tx, company.tenant, name="admin", scopes=[Scope.ADMIN], now=datetime.now(UTC)
        )
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(house, raise_app_exceptions=False),
        base_url="http://pista.test",
        headers={"Authorization": f"Bearer {key.key}"},
    )


async def test_an_export_from_beginning_to_download(
    house: House,
    database: str,
    clickhouse: ClickHouse,
    clickhouse_database: str,
    make_company: MakeCompany,
    open_folder: Path,
):
    """
    Asked for, done, listed and fetched; by nobody else, and nothing beside it.
    """
    mine, other = await make_company("Flores"), await make_company("Panes")
    await store_days(clickhouse, mine, 2)
    async with await client(house, mine) as me, await client(house, other) as them:
        made = await me.post("/api/exports", json=DAYS)
        path = f"/api/exports/{made.json()['id']}"
        early = await me.get(f"{path}/files/part-2026-03-14.parquet")
        await work(database, clickhouse_database, Settings(data_dir=open_folder / "data"))
        listed = (await me.get("/api/exports")).json()
        fetched = await me.get(f"{path}/files/part-2026-03-14.parquet")

        assert (made.status_code, made.json()["state"]) == (202, "waiting")
        assert early.json()["code"] == "export_file_not_found"
        assert listed["items"] == [(await me.get(path)).json()]
        assert listed["items"][0]["state"] == "done"
        assert (listed["schedule"], listed["s3Configured"], listed["next"]) == (None, False, None)
        file = listed["items"][0]["files"][0]
        assert file == {
            "day": "2026-03-14",
            "name": "part-2026-03-14.parquet",
            "events": 3,
            "bytes": len(fetched.content),
        }
        assert fetched.content.endswith(b"PAR1")
        assert "attachment" in fetched.headers["content-disposition"]

        for name in (
            "..%2F..%2Fdate=2026-03-14%2F_manifest-parquet.json",
            "_manifest-parquet.json",
            "%2Fetc%2Fpasswd",
            "%2E%2E",
            "part-2026-03-14.csv.gz",
            "part-2026-03-16.parquet",
            "part-2026-03-14.parquet%00",
        ):
            assert (await me.get(f"{path}/files/{name}")).status_code in {400, 404}, name
        for method, place in (
            ("GET", path),
            ("POST", f"{path}/cancel"),
            ("POST", f"{path}/retry"),
            ("GET", f"{path}/files/part-2026-03-14.parquet"),
        ):
            refused = await them.request(method, place)
            assert (refused.status_code, refused.json()["code"]) == (404, "export_not_found")
        assert (await them.get("/api/exports")).json()["items"] == []
        assert (await me.post(f"{path}/cancel")).json()["code"] == "export_finished"
        assert (await me.post(f"{path}/retry")).json()["code"] == "export_not_failed"


REFUSED: list[tuple[dict[str, Any], Any]] = [
    ({"from": "2026-03-15", "to": "2026-03-14"}, "bad_export"),
    ({"from": TODAY, "to": "2999-01-01"}, "bad_export"),
    ({"from": "1990-01-01", "to": TODAY}, "bad_export"),
    ({"from": "0001-01-01", "to": "0001-01-02"}, "bad_export"),
    ({"from": TODAY, "to": TODAY, "target": "s3"}, "bad_export"),
    ({"from": TODAY}, "invalid"),
    ({"from": TODAY, "to": TODAY, "format": "xml"}, "invalid"),
    ({"from": TODAY, "to": TODAY, "prefix": "x"}, "invalid"),
]


async def test_what_cannot_be_exported_is_refused(house: House, company: Company):
    """
    With a sentence on why.
    """
    async with await client(house, company) as me:
        for body, said in REFUSED:
            refused = await me.post("/api/exports", json=body)

            assert (refused.status_code, refused.json()["code"]) == (422, said), body


async def test_ten_may_wait(house: House, company: Company):
    """
    And are paged through, the newest first.
    """
    async with await client(house, company) as me:
        for _ in range(10):
            assert (await me.post("/api/exports", json=DAYS)).status_code == 202
        refused = await me.post("/api/exports", json=DAYS)
        first = (await me.get("/api/exports")).json()["items"]
        rest = await me.get("/api/exports", params={"before": first[7]["id"]})
        cancelled = await me.post(f"/api/exports/{first[0]['id']}/cancel")
        freed = await me.post("/api/exports", json=DAYS)

    assert (refused.status_code, refused.json()["code"]) == (409, "too_many_exports")
    assert [one["id"] for one in rest.json()["items"]] == [one["id"] for one in first[8:]]
    assert (cancelled.json()["state"], freed.status_code) == ("cancelled", 202)


PLACES: list[tuple[dict[str, Any], Any]] = [
    ({"enabled": True, "prefix": "a/b-c/d=e"}, 200),
    ({"enabled": False, "target": "s3"}, 200),
    ({"enabled": True, "target": "s3"}, 422),
    ({"enabled": True, "hour": 24}, 422),
    ({"enabled": True, "prefix": "../other"}, 422),
    ({"enabled": True, "prefix": "a/../../other"}, 422),
    ({"enabled": True, "prefix": "/etc"}, 422),
    ({"enabled": True, "prefix": "a//b"}, 422),
    ({"enabled": True, "prefix": "a\n"}, 422),
    ({"enabled": True, "prefix": ".hidden"}, 422),
    ({"enabled": True, "prefix": ""}, 422),
    ({"enabled": True, "prefix": "requested/x"}, 422),
]


async def test_the_schedule_says_where(house: House, company: Company):
    """
    Below the company's own place and nowhere else.
    """
    kept = None
    async with await client(house, company) as me:
        for terms, status in PLACES:
            answer = await me.put("/api/exports/schedule", json=terms)
            kept = answer.json() if status == 200 else kept

            assert answer.status_code == status, answer.text
            assert (await me.get("/api/exports")).json()["schedule"] == kept

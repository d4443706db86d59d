"""A file becomes contacts, once; and what it made can be taken back."""

import asyncio
import csv
import io
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from pista.contacts import imports
from pista.contacts.imports import queries
from pista.ids import TenantId
from pista.queue import Runner
from pista.store.postgres import Postgres
from tests.contacts.imports.working import worker_process
from tests.events.writing import until

HEADER = "Nombre;Correo;Teléfono;Zona\n"
ROWS = (
    "Ana;ana@mail.pe;991 234 877;Norte\n"
    "Luz;luz@mail.pe;;Sur\n"
    ";anonymous;null;\n"
    "Ana Dos;ANA@mail.pe;;Este\n"
    "Eva;eva@mail.pe;123;\n"
)


class Shop:
    def __init__(self, client: httpx.AsyncClient, postgres: Postgres, database: str) -> None:
        self.client = client
        self.postgres = postgres
        self.database = database

    async def upload(self, text: str, encoding: str = "utf-8") -> dict[str, Any]:
        answer = await self.client.post(
            "/api/contacts/imports?name=feria.csv", content=text.encode(encoding)
        )
        assert answer.status_code == 201, answer.text
        return answer.json()

    async def post(self, path: str, body: Any = None) -> Any:
        answer = await self.client.post(f"/api/contacts/imports/{path}", json=body)
        assert answer.status_code < 300, answer.text
        return answer.json()

    async def start(self, made: dict[str, Any], **terms: Any) -> dict[str, Any]:
        return await self.post(f"{made['id']}/start", terms_of(made, **terms))

    async def get(self, made: dict[str, Any]) -> dict[str, Any]:
        return (await self.client.get(f"/api/contacts/imports/{made['id']}")).json()

    async def worked_off(self) -> None:
        runner = Runner(self.database, imports.handlers)
        task = asyncio.create_task(runner.run())
        await until(self._is_idle)
        runner.stop()
        await task

    async def _is_idle(self) -> bool:
        async with self.postgres.transaction() as tx:
            return not await tx.value("select count(*) from jobs")

    async def names(self) -> list[str]:
        items = (await self.client.get("/api/contacts?limit=200")).json()["items"]
        return sorted(one["name"] for one in items)


def terms_of(made: dict[str, Any], **terms: Any) -> dict[str, Any]:
    return {"mapping": made["guessed"], "header": made["header"], "country": "PE", **terms}


@pytest.fixture
async def shop(
    make_client: Callable[..., Awaitable[httpx.AsyncClient]], postgres: Postgres, database: str
) -> Shop:
    return Shop(await make_client(), postgres, database)


async def test_a_file_becomes_contacts(shop: Shop):
    """
    New ones, changes to those that are known, and refusals with a reason, each row counted once.
    """
    await shop.client.post("/api/contacts", json={"name": "Luz Vega", "email": "luz@mail.pe"})
    made = await shop.upload(HEADER + ROWS, "cp1252")

    await shop.start(made, tags=["feria"])
    await shop.worked_off()

    done = await shop.get(made)
    counts = {name: done[name] for name in ("created", "updated", "unchanged", "refused")}
    assert (done["state"], done["rowsDone"], done["rows"]) == ("done", 6, 6)
    assert counts == {"created": 2, "updated": 2, "unchanged": 0, "refused": 1}
    assert await shop.names() == ["Ana Dos", "Eva", "Luz"]
    [ana] = (await shop.client.get("/api/contacts?q=991234877")).json()["items"]
    assert (ana["phone"], ana["attributes"], ana["tags"]) == (
        "+51991234877",
        {"Zona": "Este"},
        ["feria"],
    )


async def test_problems_are_told_row_by_row(shop: Shop):
    """
    With the number that a spreadsheet shows, so that they can be mended and sent again.
    """
    made = await shop.upload(HEADER + ROWS)
    await shop.start(made)
    await shop.worked_off()

    answer = await shop.client.get(f"/api/contacts/imports/{made['id']}/problems")

    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert rows == [
        ["row", "problem", "Nombre", "Correo", "Teléfono", "Zona"],
        ["4", "email blocked, phone blocked", "", "anonymous", "null", ""],
        ["6", "phone invalid", "Eva", "eva@mail.pe", "123", ""],
    ]


async def test_the_preview_tells_what_would_be(shop: Shop):
    """
    And changes nothing.
    """
    await shop.client.post("/api/contacts", json={"name": "Luz Vega", "email": "luz@mail.pe"})
    made = await shop.upload(HEADER + ROWS)

    told = await shop.post(f"{made['id']}/preview", terms_of(made))

    assert [(one["row"], one["outcome"], one["sameAs"]) for one in told["rows"]] == [
        (2, "created", None),
        (3, "updated", None),
        (4, "refused", None),
        (5, "updated", 2),
        (6, "created", None),
    ]
    assert told["rows"][0]["phone"] == "+51991234877"
    assert told["rows"][4]["ignored"] == [{"kind": "phone", "why": "invalid"}]
    assert await shop.names() == ["Luz Vega"]


async def test_the_preview_tells_who_shares_an_email(shop: Shop):
    """
    One e-mail and another id of the CRM is another person, also where a row before told of the
    e-mail; what the import says of them is what the preview said.
    """
    known = {"name": "Luz", "email": "casa@mail.pe", "crmId": "c1"}
    await shop.client.post("/api/contacts", json=known)
    made = await shop.upload(
        "Nombre;Correo;Teléfono;CRM id\n"
        "Ana;casa@mail.pe;991 234 877;c2\n"
        "Eva;otra@mail.pe;;c3\n"
        "Eva Dos;otra@mail.pe;;c4\n"
        "Luz Vega;casa@mail.pe;;c1\n"
    )

    told = (await shop.post(f"{made['id']}/preview", terms_of(made)))["rows"]

    taken = [{"kind": "email", "why": "taken"}]
    assert [(one["outcome"], one["sameAs"], one["ignored"]) for one in told] == [
        ("created", None, taken),
        ("created", None, []),
        ("created", None, taken),
        ("updated", None, []),
    ]
    assert [one["contactId"] is None for one in told] == [True, True, True, False]
    await shop.start(made)
    await shop.worked_off()
    done = await shop.get(made)
    assert (done["created"], done["updated"]) == (3, 1)


async def test_whatever_ends_in_between_each_row_counts_once(
    shop: Shop, monkeypatch: pytest.MonkeyPatch
):
    """
    A slice that fails on the way to its commit has not been; two workers do not do it twice.
    """
    text = HEADER + "".join(f"N{n};n{n}@mail.pe;;\n" for n in range(1200))
    made = await shop.upload(text)
    await shop.start(made)
    store, failed = queries.store, list[int]()

    async def failing(tx: Any, row: Any) -> None:
        await store(tx, row)
        if row.rows_done not in failed and row.state == "running":
            failed.append(row.rows_done)
            raise ConnectionError

    monkeypatch.setattr(queries, "store", failing)
    await asyncio.gather(shop.worked_off(), shop.worked_off())

    done = await shop.get(made)
    assert len(failed) == 3
    assert (done["state"], done["created"], done["refused"]) == ("done", 1200, 0)
    async with shop.postgres.transaction() as tx:
        assert await tx.value("select count(*) from contacts") == 1200
        assert await tx.value("select count(*) from contact_import_chunks") == 0


async def test_a_killed_worker_leaves_no_row_out_and_does_none_twice(shop: Shop):
    """
    Killed for good in the middle of a slice, twice; the next worker goes on where it was.
    """
    many = 3000
    text = HEADER + "".join(f"N{n};n{n}@mail.pe;;\n" for n in range(many))
    made = await shop.upload(text)
    await shop.start(made)
    for _ in range(2):
        before = (await shop.get(made))["rowsDone"]

        async def went_on(before: int = before) -> bool:
            return (await shop.get(made))["rowsDone"] > before

        with worker_process(shop.database):
            await until(went_on, 60)
    killed_at = await shop.get(made)
    await shop.worked_off()

    done = await shop.get(made)
    assert 0 < killed_at["rowsDone"] < many
    assert (done["state"], done["rowsDone"], done["created"]) == ("done", many + 1, many)
    assert (done["updated"], done["unchanged"], done["refused"]) == (0, 0, 0)
    async with shop.postgres.transaction() as tx:
        assert await tx.value("select count(*) from contacts") == many
        assert await tx.value("select count(*) from contact_identities") == many
        assert await tx.value("select count(*) from contact_import_chunks") == 0


async def test_what_nobody_touched_is_taken_back(shop: Shop):
    """
    What somebody changed, merged or linked since, and what was there before, stays.
    """
    await shop.client.post("/api/contacts", json={"name": "Luz Vega", "email": "luz@mail.pe"})
    made = await shop.upload(HEADER + ROWS + "Sol;sol@mail.pe;;\nMar;mar@mail.pe;;\n")
    await shop.start(made)
    await shop.worked_off()
    people = (await shop.client.get("/api/contacts")).json()["items"]
    ids = {one["name"]: one["id"] for one in people}
    await shop.client.patch(f"/api/contacts/{ids['Sol']}", json={"name": "Sol Ríos"})
    await _link(shop, ids["Mar"])

    await shop.post(f"{made['id']}/undo")
    await shop.worked_off()

    done = await shop.get(made)
    assert (done["state"], done["takenBack"], done["kept"]) == ("undone", 2, 2)
    assert await shop.names() == ["Luz", "Mar", "Sol Ríos"]


async def _link(shop: Shop, contact: str) -> None:
    async with shop.postgres.transaction() as tx:
        tenant: TenantId = await tx.value("select tenant_id from contacts limit 1")
        await tx.execute(
            """
            insert into visitor_contact (
                tenant_id, visitor_id, contact_id, method, strength, linked_at, claim_id
            )
            values ($1, 'vmar', $2, 'manual', 'strong', $3, gen_random_uuid())
            """,
            tenant,
            contact,
            datetime.now(UTC),
        )


async def test_an_import_goes_one_way(shop: Shop):
    """
    It is started once; one that is cancelled forgets its rows, and one that runs is not undone.
    """
    made = await shop.upload(HEADER + ROWS)
    path = f"/api/contacts/imports/{made['id']}"

    early = await shop.client.post(f"{path}/undo")
    await shop.start(made)
    twice = await shop.client.post(f"{path}/start", json=terms_of(made))
    cancelled = await shop.post(f"{made['id']}/cancel")
    await shop.worked_off()

    assert [early.json()["code"], twice.json()["code"]] == ["import_not_ready"] * 2
    assert (cancelled["state"], (await shop.get(made))["rowsDone"]) == ("cancelled", 0)
    assert await shop.names() == []
    async with shop.postgres.transaction() as tx:
        assert await tx.value("select count(*) from contact_import_chunks") == 0


async def test_what_is_no_file_of_contacts_is_refused(shop: Shop, monkeypatch: pytest.MonkeyPatch):
    """
    Nothing of it is kept.
    """
    monkeypatch.setattr("pista.sheets.model.MOST_BYTES", 1000)
    path = "/api/contacts/imports"

    empty = await shop.client.post(path, content=b" \n\n")
    large = await shop.client.post(path, content=b"a@b.pe\n" * 200)
    made = await shop.upload(HEADER + ROWS)
    unmapped = await shop.client.post(
        f"{path}/{made['id']}/preview", json={"mapping": {"name": 0}, "header": True}
    )

    assert [one.json()["code"] for one in (empty, large, unmapped)] == [
        "bad_file",
        "file_too_large",
        "invalid",
    ]
    assert len((await shop.client.get(path)).json()["items"]) == 1


async def test_contacts_are_exported_as_they_are_listed(shop: Shop):
    """
    Safe to open: what a spreadsheet would work out is text; a phone stays a phone.
    """
    for body in (
        {"name": '=HYPERLINK("http://x")', "email": "ana@mail.pe", "tags": ["vip", "+1"]},
        {"name": "Luz, Sur", "phone": "+51991234877", "attributes": {"zona": "@x"}},
        {"name": "Otro", "email": "otro@mail.pe"},
    ):
        await shop.client.post("/api/contacts", json=body)

    everybody = await shop.client.get("/api/contacts/export")
    some = await shop.client.get("/api/contacts/export?q=luz&bom=false")

    rows = list(csv.DictReader(io.StringIO(everybody.text.removeprefix("\ufeff"))))
    assert everybody.content.startswith(b"\xef\xbb\xbf")
    assert {one["name"] for one in rows} == {'\'=HYPERLINK("http://x")', "Luz, Sur", "Otro"}
    [luz] = csv.DictReader(io.StringIO(some.text))
    assert (luz["phone"], luz["attributes"]) == ("+51991234877", '{"zona":"@x"}')
